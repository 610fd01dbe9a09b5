//! What applying a workbook would do to a draft as it stands, before anything is written: changes, what blocks, what is
//! doubtful, each with its cell. Stands between a kept reading and the page that shows it, and the verb that applies it,
//! which asks the same again.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::check::{Dates, check, contradictions};
use super::draft::Open;
use super::form::{self, Fields};
use super::merge::{Merged, merge};
use super::parts::{changed, parts, put};
use super::queries::{self, UploadRow};
use super::workbook_evidence::faults;
use super::workbook_order::in_sheet_order;
use super::{Content, Past, draft, part_words, save, workbook};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ReportId, WorkbookUploadId};
use crate::error::Error;
use crate::unit_workbook::{FONT, Finding, Place, Reading, Refusal};

/// What a workbook with faults marked in its cells is called.
pub(super) const ANNOTATED: &str = "Biểu mẫu có ghi chú lỗi";

/// An upload held against the draft.
#[derive(Debug, Clone)]
pub struct Preview {
    pub open: Open,
    pub upload: UploadRow,
    pub reading: Reading,
    /// The draft as it would be.
    pub after: Content,
    /// What the workbook says of everything it says anything of, over the draft it was made from.
    pub(super) typed: Content,
    /// What both the workbook and others changed: names of the places.
    pub clashes: Vec<String>,
    /// The workbook was made from an older version of the draft.
    pub older: bool,
    /// To be mended; nothing is applied while there is one.
    pub blockers: Vec<Finding>,
    pub warnings: Vec<Finding>,
    /// The draft holds all it says already.
    pub changes_nothing: bool,
    /// It does not belong to the report any more.
    pub refusal: Option<Refusal>,
    pub past: Past,
}

/// Holds a kept upload against the draft as it stands, with texts of old fonts turned into Unicode or not.
///
/// # Errors
/// As [`draft::open`]; 404 for an upload of another report.
pub fn preview(
    conn: &mut Conn,
    actor: &Actor,
    (id, upload): (ReportId, WorkbookUploadId),
    convert: bool,
    moment: Moment,
) -> Result<Preview, Error> {
    let open = draft::open(conn, actor, id)?;
    let (upload, reading) = queries::workbook_upload(conn, id, upload)?;
    let past = queries::past(conn, &open.case)?;
    let refusal = workbook::belongs(&open, &reading.identity).err();
    let now = parts(&open.draft.content)?;
    let made_from = reading.identity.draft;
    let older = made_from != open.draft.version;
    let base = match older {
        false => Some(now.clone()),
        true => save::base(conn, &open, &now, made_from)?,
    };
    let mut typed = open.draft.content.clone();
    if let Some(base) = &base {
        for (field, _) in changed(&now, base) {
            put(&mut typed, &field, base.get(&field))?;
        }
    }
    let fields: HashMap<String, String> = reading.fields(convert).into_iter().collect();
    let before = typed.clone();
    let mut typed = form::parse(&Fields(fields), &open.outline, typed);
    keep_spelling(&mut typed, &before, &open);
    let merged = match older {
        true => merge(base.as_ref(), &parts(&typed)?, &now),
        false => Merged { parts: parts(&typed)?, ..Merged::default() },
    };
    let (mut after, changes) = (open.draft.content.clone(), changed(&now, &merged.parts));
    let changes_nothing = changes.is_empty() && merged.clashes.is_empty();
    for (field, _) in changes {
        put(&mut after, &field, merged.parts.get(&field))?;
    }
    let clashes = merged.clashes.iter().map(|clash| part_words::label(&clash.field, &open.outline)).collect();
    let (mut blockers, mut warnings) = findings(&open, &reading, &typed, &past, moment);
    for findings in [&mut blockers, &mut warnings] {
        in_sheet_order(findings, &reading, &open.outline);
    }
    Ok(Preview {
        open,
        upload,
        reading,
        after,
        typed,
        clashes,
        older,
        blockers,
        warnings,
        changes_nothing,
        refusal,
        past,
    })
}

/// A row, a day or a link that says the same as one of the draft stays as it was typed there.
pub(super) fn keep_spelling(typed: &mut Content, before: &Content, open: &Open) {
    for list in &open.outline.lists {
        let known = before.lists.get(&list.code).map_or(&[][..], Vec::as_slice);
        for row in typed.lists.get_mut(&list.code).into_iter().flatten() {
            let settled = list.settled(row);
            if let Some(same) = known.iter().find(|known| list.settled(known) == settled) {
                row.clone_from(same);
            }
        }
    }
}

/// What keeps the workbook from being applied, and what is to be looked at, each with its cell.
pub(super) fn findings(
    open: &Open,
    reading: &Reading,
    typed: &Content,
    past: &Past,
    moment: Moment,
) -> (Vec<Finding>, Vec<Finding>) {
    let (case, outline) = (&open.case, &open.outline);
    let of_it = |field: &str| reading.places.contains_key(field) || reading.fields.contains_key(field);
    let at = |field: &str, blocks: bool, words: String| Finding {
        blocks,
        field: field.to_owned(),
        place: reading.places.get(field).cloned(),
        words,
    };
    let mut all: Vec<Finding> = reading.findings.clone();
    let blocking = reading.findings.iter().filter(|found| found.blocks);
    let mut told: HashSet<String> = blocking.map(|found| found.field.clone()).collect();
    for problem in form::problems(typed, outline).0 {
        // A fault of the cell itself says more than that its text is no number.
        if of_it(&problem.field) && told.insert(problem.field.clone()) {
            all.push(at(&problem.field, true, problem.message));
        }
    }
    for (field, words) in faults(typed, &open.draft.content, moment.today) {
        if of_it(&field) && told.insert(field.clone()) {
            all.push(at(&field, true, words));
        }
    }
    for problem in contradictions(typed, outline).0 {
        all.push(at(&problem.field, false, problem.message));
    }
    let dates = Dates { cycle: case.cycle(), window: case.window(), today: moment.today };
    let found = check(typed, outline, past, dates, &typed.confirmed);
    for warning in found.open_warnings().filter(|w| of_it(&w.field) && !w.is_about_a_blank()) {
        all.push(at(&warning.field, false, warning.text()));
    }
    all.into_iter().partition(|finding| finding.blocks)
}

/// What is said at each field, for the notes in its cell.
pub(super) fn marks<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    reading: &Reading,
) -> BTreeMap<String, Vec<String>> {
    let mut marks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings.filter(|found| !found.field.is_empty()) {
        // One line of a text of many cells is named by its number.
        let lines = format!("{}/", finding.field);
        let mut within = reading.places.range(lines.clone()..).take_while(|(key, _)| key.starts_with(&lines));
        let of_line =
            |(key, place): &(&String, &Place)| !key.ends_with(FONT) && finding.place.as_ref() == Some(*place);
        let line = within.find(of_line).map(|(key, _)| key);
        let field = line.unwrap_or(&finding.field).clone();
        marks.entry(field).or_default().push(finding.words.clone());
    }
    marks
}

/// The upload's own values in a workbook, with what is to be mended said in the cells.
///
/// # Errors
/// As [`preview`].
pub fn annotated(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, WorkbookUploadId),
    moment: Moment,
) -> Result<super::document::Download, Error> {
    let preview = preview(conn, actor, which, false, moment)?;
    let reading = &preview.reading;
    let marks = marks(preview.blockers.iter().chain(&preview.warnings), reading);
    let said = (&marks, &reading.refused);
    let bytes = workbook::made(&preview.open, &reading.identity, &preview.typed, &preview.past, said)?;
    let file_name = workbook::file_name(&preview.open, ANNOTATED);
    Ok(super::document::Download { file_name, bytes })
}
