//! A unit's workbook that reached its collector and not the unit's own page: weighed against the draft that typing in would
//! begin from, then entered on the unit's behalf and sent, by the verbs a paper is typed in by. Stands between the bulk drop
//! and those verbs; there is no second way into a report.

use std::collections::{BTreeSet, HashSet};

use super::behalf::{self, Begin, Beginning, Begun};
use super::document::Download;
use super::draft::{self, Open};
use super::form::{self, Fields};
use super::submit::{self, Sending, paper_is_due};
use super::workbook_order::in_sheet_order;
use super::workbook_preview::{ANNOTATED, findings, keep_spelling, marks};
use super::workbook_said::says_nothing;
use super::{Case, Content, Past, queries, workbook};
use crate::access::Actor;
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::unit_workbook::{Finding, Identity, Opened, Reading, Refusal};
use crate::vietnamese::search_key;

/// A workbook held against the report it is of.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The report as if typing in had begun.
    pub open: Open,
    /// The draft as it would be.
    pub typed: Content,
    /// To be mended; nothing is entered while there is one.
    pub blockers: Vec<Finding>,
    /// To be looked at before it is entered.
    pub warnings: Vec<Finding>,
    /// Why it is no report at all; one of the blockers too.
    pub empty: Option<String>,
    /// The unit is writing this report here, and has said in it what the file does not know.
    pub drafting: bool,
    /// The fields that the unit itself would have to fill and the file leaves blank.
    silent: Vec<String>,
    /// What a tick for those warnings stands for.
    keys: BTreeSet<String>,
    /// What it was held against, and what typing in begins from.
    past: Past,
    from: Beginning,
}

impl Weighed {
    /// Stands for the warnings as they are shown: a tick given for others does not count.
    pub fn digest(&self) -> String {
        let all: Vec<String> = self.warnings.iter().map(|w| format!("{}\n{}", w.field, w.words)).collect();
        sha256_hex(all.join("\n\n").as_bytes())
    }

    /// "thiếu 8 số liệu, 7 phần thuyết minh bắt buộc"; blank where nothing is left out that a unit must answer.
    pub fn lacks(&self) -> String {
        let count = |kind: &str| self.silent.iter().filter(|field| field.starts_with(kind)).count();
        let counts = [(count("figure."), "số liệu"), (count("section."), "phần thuyết minh")];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if counts.is_empty() { String::new() } else { format!("thiếu {} bắt buộc", counts.join(", ")) }
    }
}

/// What became of a workbook that was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// Sent for the unit, as the revision with this number.
    Sent(i32),
    /// Filled in; the regime wants the facts of the signed paper before it is sent.
    WantsPaper,
}

/// Reads an opened workbook as one of this report and weighs it; `by_hand` says that a person chose the report.
///
/// # Errors
/// As [`behalf::as_begun`]; [`Error::Refused`] for a workbook of another form or of before the last sending.
pub fn read(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    opened: &Opened,
    (given, by_hand): (&Begin, bool),
    moment: Moment,
) -> Result<(Reading, Weighed), Error> {
    let begun = behalf::as_begun(conn, actor, id, given, moment)?;
    let reading = of_report(&begun.open, opened, by_hand)?;
    let weighed = weighed(conn, begun, &reading, moment)?;
    Ok((reading, weighed))
}

fn of_report(open: &Open, opened: &Opened, by_hand: bool) -> Result<Reading, Error> {
    let ours = workbook::identity(open);
    let identity = match &opened.identity {
        Some(found) => {
            is_of(found, &ours, by_hand).map_err(|why| Error::Refused(why.to_string()))?;
            found.clone()
        }
        None => {
            let unit = &open.case.unit;
            let is_it = |name: &str| {
                [&unit.name, &unit.short_name].iter().any(|own| search_key(own) == search_key(name))
            };
            if let Some(other) = opened.named().filter(|name| !is_it(name)) {
                return Err(Error::Refused(format!(
                    "Trong tệp ghi đơn vị báo cáo là “{other}”, không phải {}. Chọn lại đơn vị.",
                    unit.name
                )));
            }
            ours
        }
    };
    Ok(opened.read(&open.outline, identity))
}

/// Whether a workbook's rows mean what this report asks. The unit's own draft may have moved since: what came is what the
/// unit says.
fn is_of(found: &Identity, ours: &Identity, by_hand: bool) -> Result<(), Refusal> {
    if found.unit != ours.unit && !by_hand {
        return Err(Refusal::OtherUnit(found.unit_name.clone()));
    }
    if (&found.regime, &found.period) != (&ours.regime, &ours.period) && !by_hand {
        return Err(Refusal::OtherPeriod(found.period_label.clone()));
    }
    if (&found.form, found.form_version) != (&ours.form, ours.form_version) {
        return Err(Refusal::OtherForm(found.form_version, ours.form_version));
    }
    if found.sending != ours.sending {
        return Err(Refusal::BeforeSending(found.sending, ours.sending));
    }
    if found.behalf {
        return Err(Refusal::OtherDraft);
    }
    Ok(())
}

/// Holds a reading against the report as it stands. Texts of old fonts are turned into Unicode, and pointed out.
///
/// # Errors
/// As [`behalf::as_begun`].
pub fn weigh(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    reading: &Reading,
    given: &Begin,
    moment: Moment,
) -> Result<Weighed, Error> {
    let begun = behalf::as_begun(conn, actor, id, given, moment)?;
    weighed(conn, begun, reading, moment)
}

fn weighed(
    conn: &mut Conn,
    Begun { mut open, own, from }: Begun,
    reading: &Reading,
    moment: Moment,
) -> Result<Weighed, Error> {
    let mut past = queries::past(conn, &open.case)?;
    let before = open.draft.content.clone();
    let fields: Fields = Fields(reading.fields(true).into_iter().collect());
    let mut typed = form::parse(&fields, &open.outline, before.clone());
    keep_spelling(&mut typed, &before, &open);
    // The posts of the file are claimed nowhere yet.
    let keys: Vec<String> =
        typed.evidence.iter().map(|link| link.url_key()).filter(|key| !key.is_empty()).collect();
    past.claimed = queries::claimed_elsewhere(conn, &open.case, &keys)?;
    let (mut blockers, mut warnings) = findings(&open, reading, &typed, &past, moment);
    if !reading.fonts.is_empty() {
        let words = format!("Có chữ gõ bằng phông {}: khi nhận được chuyển sang Unicode.", reading.fonts);
        warnings.push(Finding { blocks: false, field: String::new(), place: None, words });
    }
    let mut carried = vec![&before];
    carried.extend(from.own_content());
    let empty = says_nothing(&typed, &open.outline, &carried)?;
    let drafting = own.is_some();
    if let Some(own) = own {
        let words =
            format!("Đơn vị đang soạn báo cáo này trên hệ thống ({own}): khi nhận, bản đó được để riêng.");
        warnings.push(Finding { blocks: false, field: String::new(), place: None, words });
    }
    let draft = std::mem::replace(&mut open.draft.content, typed.clone());
    let sending = submit::found(&open, &past, moment);
    open.draft.content = draft;
    let mut keys = BTreeSet::new();
    // A fault of the cell itself says more than that the field is blank for it.
    let mut blocked: HashSet<String> = blockers.iter().map(|found| found.field.clone()).collect();
    let mut block = |field: &str, words: String| {
        if field.is_empty() || blocked.insert(field.to_owned()) {
            blockers.push(placed(reading, field, true, words));
        }
    };
    if let Some(words) = &empty {
        block("", words.clone());
    }
    // That there is nothing in it is said once.
    for found in sending.blockers.iter().filter(|found| empty.is_none() || found.field != "main") {
        block(&found.field, found.text());
    }
    let mut told: HashSet<(String, String)> =
        warnings.iter().map(|found| (found.field.clone(), found.words.clone())).collect();
    for found in sending.open_warnings() {
        if found.is_remark() {
            let words = format!(
                "{} Tệp Excel không có chỗ trả lời góp ý: mở trang báo cáo, bấm “Nhập thay”, chép nội dung của tệp rồi đánh \
                 dấu “Đã sửa” ở từng góp ý.",
                found.text()
            );
            block(&found.field, words);
        } else {
            keys.insert(found.key.clone());
            if found.field.is_empty() || told.insert((found.field.clone(), found.text())) {
                warnings.push(placed(reading, &found.field, false, found.text()));
            }
        }
    }
    // What a sending does not take is no mere warning.
    let stop: HashSet<(&str, &str)> =
        blockers.iter().map(|found| (found.field.as_str(), found.words.as_str())).collect();
    warnings.retain(|found| !stop.contains(&(found.field.as_str(), found.words.as_str())));
    let silent = sending.warnings.iter().filter(|found| found.is_silent());
    let silent = silent.map(|found| found.field.clone()).collect();
    for findings in [&mut blockers, &mut warnings] {
        in_sheet_order(findings, reading, &open.outline);
    }
    Ok(Weighed { open, typed, blockers, warnings, empty, drafting, silent, keys, past, from })
}

/// The file's own values in a workbook, with what is to be mended said in the cells, for the unit to send again.
///
/// # Errors
/// As [`weigh`].
pub fn annotated(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    reading: &Reading,
    given: &Begin,
    moment: Moment,
) -> Result<Download, Error> {
    let weighed = weigh(conn, actor, id, reading, given, moment)?;
    let marks = marks(weighed.blockers.iter().chain(&weighed.warnings), reading);
    let said = (&marks, &reading.refused);
    let bytes = workbook::made(&weighed.open, &reading.identity, &weighed.typed, &weighed.past, said)?;
    Ok(Download { file_name: workbook::file_name(&weighed.open, ANNOTATED), bytes })
}

/// A finding at its cell, where the workbook has one for it.
fn placed(reading: &Reading, field: &str, blocks: bool, words: String) -> Finding {
    Finding { blocks, field: field.to_owned(), place: reading.places.get(field).cloned(), words }
}

/// Enters a workbook on the unit's behalf and sends it; the report comes back as it was typed in. `ticked` is the [`Weighed::digest`] of the warnings that were seen.
///
/// # Errors
/// [`Error::Refused`] for what has to be mended first; [`Error::Conflict`] for warnings nobody has seen; else as
/// [`behalf::begin`], [`draft::save_as_came`] and [`submit::submit`]. Everything is read once: this is one transaction.
pub fn enter(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (reading, ticked): (&Reading, &str),
    given: &Begin,
    moment: Moment,
) -> Result<(Entered, Case), Error> {
    let weighed = weigh(conn, actor, id, reading, given, moment)?;
    if !weighed.blockers.is_empty() {
        return Err(Error::Refused(format!("Còn {} chỗ phải sửa nên chưa nhận.", weighed.blockers.len())));
    }
    if !weighed.warnings.is_empty() && weighed.digest() != ticked {
        return Err(Error::Conflict("Cảnh báo đã khác lúc xem. Xem lại rồi nhận.".to_owned()));
    }
    let version = weighed.open.case.report.version;
    let begin = Begin { version, put_aside: true, from_file: true, ..given.clone() };
    behalf::begin_from(conn, actor, &weighed.from, &begin, moment)?;
    let open = draft::open_again(conn, actor, id, weighed.open.outline)?;
    let typed = Content { files: open.draft.content.files.clone(), ..weighed.typed };
    draft::save_as_came(conn, actor, &open, &typed, open.draft.version, moment)?;
    let open = draft::open_again(conn, actor, id, open.outline)?;
    if paper_is_due(&open.case, false) {
        return Ok((Entered::WantsPaper, open.case));
    }
    let sending = Sending {
        version: open.case.report.version,
        draft: open.draft.version,
        confirmed: weighed.keys,
        ..Sending::default()
    };
    let case = open.case.clone();
    let number = submit::send(conn, actor, (open, &weighed.past), &sending, moment)?;
    Ok((Entered::Sent(number), case))
}
