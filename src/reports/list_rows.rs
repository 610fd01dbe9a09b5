//! Adding the rows of a pasted block to a list table of the draft. Stands between the preview of the block and the
//! draft's own save, by whose rules it is done.

use super::draft::{self, Open};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::lists::{ListTable, MOST_ROWS, Pasted, Row};

/// A block held against the list it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The rows the list does not have yet.
    pub rows: Vec<Row>,
    /// Rows left out because the list, or the block itself, has the same already.
    pub repeated: usize,
    /// Rows over what can be sent.
    pub over: usize,
    /// The block's first line named the columns.
    pub headed: bool,
    /// Cells without a column.
    pub unplaced: usize,
}

impl Addition {
    /// What a block would add to a list that holds `rows`.
    pub fn of(list: &ListTable, rows: &[Row], block: &str) -> Addition {
        let Pasted { rows: pasted, headed, unplaced } = Pasted::read(list, block);
        let found = pasted.len();
        let new = list.new_among(rows, pasted);
        Addition {
            repeated: found - new.len(),
            over: (rows.len() + new.len()).saturating_sub(MOST_ROWS),
            rows: new,
            headed,
            unplaced,
        }
    }

    /// How many cells have to be mended once the rows are in.
    pub fn faults(&self, list: &ListTable) -> usize {
        self.rows.iter().map(|row| list.problems(row).count()).sum()
    }

    /// Why the rows cannot be added as they are.
    pub fn refusal(&self) -> Option<String> {
        (self.over > 0).then(|| {
            format!(
                "Danh sách có nhiều nhất {MOST_ROWS} dòng, thừa {} dòng. Gộp bớt hoặc bỏ bớt dòng trong khối dán.",
                self.over
            )
        })
    }
}

/// The list of a code that the report asks for, with the rows its draft holds.
///
/// # Errors
/// [`Error::NotFound`] for a list that is not asked.
pub fn of<'a>(open: &'a Open, code: &str) -> Result<(&'a ListTable, &'a [Row]), Error> {
    let list = open.outline.lists.iter().find(|list| list.code == code).ok_or(Error::NotFound)?;
    Ok((list, open.draft.content.lists.get(code).map_or(&[], Vec::as_slice)))
}

/// Adds the rows of a pasted block below those of a list, and saves the draft over version `seen`.
///
/// # Errors
/// As [`draft::open`] and [`draft::save`]; [`Error::Conflict`] naming who saved since `seen`; [`Error::NotFound`] for a list that is not asked; [`Error::Refused`] for
/// more rows than can be sent.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (code, block): (&str, &str),
    seen: i32,
    moment: Moment,
) -> Result<Addition, Error> {
    let open = draft::open(conn, actor, id)?;
    let (list, rows) = of(&open, code)?;
    let addition = Addition::of(list, rows, block);
    if let Some(words) = addition.refusal() {
        return Err(Error::Refused(words));
    }
    // The block was looked at beside the rows of that version: it is looked at again beside the newest.
    draft::may_change(actor, &open.case)?;
    if seen != open.draft.version {
        return Err(draft::conflict(&open.draft));
    }
    let mut content = open.draft.content.clone();
    content.lists.entry(code.to_owned()).or_default().extend(addition.rows.iter().cloned());
    draft::save(conn, actor, &open, &content, seen, moment)?;
    Ok(addition)
}
