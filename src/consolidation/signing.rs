//! Number, day and signatory of a consolidated report: typed where they are known when its edition is approved, so that paper and
//! workbooks are kept with them; proposed where it goes out, from the newest record or from the approval. One document has one
//! number. The rank of who signs is in no account: it is taken from an earlier paper of the same person.

use chrono::NaiveDate;

use super::content::{EditionContent, Identity};
use super::paper;
use super::queries::{self, ApprovedWith, Dispatch, EditionRow, Signed};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::reports::signed::{is_same, without_rank};
use crate::reports::{Paper, TypedDay};
use crate::vietnamese::limits::{LINE, SIGN};
use crate::vietnamese::{document_number, parse_date, search_key, short_date};

/// What the page of the approval posts, as typed; all of it may be blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signing {
    pub doc_number: String,
    pub doc_date: String,
    /// Who signs; blank for the leader who approves.
    pub capacity: String,
    pub title: String,
    pub name: String,
}

/// The same read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// "" while there is none.
    pub number: String,
    pub date: Option<NaiveDate>,
    pub signed: Signed,
}

impl Signing {
    /// Reads it. Number and day come together.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is missing or cannot be read.
    pub(super) fn read(&self, moment: Moment) -> Result<Numbered, Error> {
        let mut problems = Problems::default();
        problems.add_fault("doc_number", SIGN.fault("Số, ký hiệu", &self.doc_number));
        problems.add_fault("capacity", LINE.fault("Quyền hạn ký", &self.capacity));
        problems.add_fault("title", LINE.fault("Chức vụ người ký", &self.title));
        problems.add_fault("name", LINE.fault("Họ và tên người ký", &self.name));
        let date = match self.doc_date.as_str() {
            "" => None,
            typed => parse_date(typed).map_err(|e| problems.add("doc_date", e.to_string())).ok(),
        };
        match (self.doc_number.is_empty(), self.doc_date.is_empty()) {
            (false, true) => {
                problems.add("doc_date", "Nhập cả ngày của văn bản; chưa có ngày thì để trống cả số.");
            }
            (true, false) => {
                problems.add("doc_number", "Nhập cả số của văn bản; chưa lấy số thì để trống cả ngày.");
            }
            _ => {}
        }
        if date.is_some_and(|day| day > moment.today) {
            problems.add(
                "doc_date",
                "Ngày văn bản chưa tới. Nhập ngày ghi trên văn bản, hoặc để trống số, ngày.",
            );
        }
        let signed =
            Signed { capacity: self.capacity.clone(), title: self.title.clone(), name: self.name.clone() };
        problems.or(Numbered { number: self.doc_number.clone(), date, signed })
    }
}

impl Numbered {
    /// The same as a form shows it.
    pub fn typed(&self) -> Signing {
        Signing {
            doc_number: self.number.clone(),
            doc_date: self.date.map(short_date).unwrap_or_default(),
            capacity: self.signed.capacity.clone(),
            title: self.signed.title.clone(),
            name: self.signed.name.clone(),
        }
    }

    /// Puts it on paper and workbooks.
    pub(super) fn put(&self, identity: &mut Identity) {
        identity.doc_number = Some(self.number.clone()).filter(|number| !number.is_empty());
        identity.doc_date = self.date;
        identity.signatory = paper::signatory(&self.signed.capacity, &self.signed.title, &self.signed.name);
    }

    /// As papers are compared.
    fn paper(&self) -> Paper {
        let (number, symbol) = self.number.split_once('/').unwrap_or((self.number.as_str(), ""));
        Paper {
            number: number.trim().to_owned(),
            symbol: symbol.trim().to_owned(),
            date: TypedDay::of(self.date),
            ..Paper::default()
        }
    }

    /// "09/BC-CAT-PC10 ngày 16/6/2025".
    fn words(&self) -> String {
        let day = self.date.map(|day| format!(" ngày {}", short_date(day))).unwrap_or_default();
        format!("{}{day}", document_number(&self.number))
    }
}

/// The leader who approved an edition, or would, with the lines over their name and the rank they signed with before. Three
/// queries.
///
/// # Errors
/// The queries' own.
pub(super) fn leader(
    conn: &mut Conn,
    content: &EditionContent,
    collector: UnitId,
    (name, title): (&str, &str),
) -> Result<Signed, Error> {
    let (capacity, title) = paper::office(content, title);
    let known = queries::signed_names(conn, collector)?;
    Ok(Signed { capacity, title, name: with_rank(&known, name) })
}

/// The name as it stands with a rank on the first of some papers; without one as it is.
fn with_rank(papers: &[String], name: &str) -> String {
    let bare = |name: &str| search_key(without_rank(name));
    let wanted = bare(name);
    let ranked = papers.iter().find(|one| without_rank(one) != one.as_str() && bare(one) == wanted);
    ranked.cloned().unwrap_or_else(|| name.to_owned())
}

/// A number with its symbol: "90" of an edition whose paper has the symbol BC-CAT-PC10 is "90/BC-CAT-PC10", as its Word file writes it.
/// One with a symbol of its own stays, and so does "".
pub(super) fn whole(number: &str, symbol: &str) -> String {
    match number.is_empty() || number.contains('/') || symbol.is_empty() {
        true => number.to_owned(),
        false => format!("{number}/{symbol}"),
    }
}

/// Number and day of the paper an approved edition went out with, put into its content: of the first record that stands and has a
/// number, as [`paper::paper`] serves it; before that those typed at approval. Nothing of a draft. Two queries.
///
/// # Errors
/// The queries' own.
pub fn put_sent(conn: &mut Conn, row: &EditionRow, content: &mut EditionContent) -> Result<(), Error> {
    if row.is_draft() {
        return Ok(());
    }
    let approved = queries::approved_with(conn, row.id)?;
    let sent = queries::dispatches(conn, &[row.id])?;
    let stands = sent.iter().find(|one| !one.is_struck() && !one.doc_number.is_empty());
    let (number, date) = match stands {
        Some(one) => (one.doc_number.clone(), one.doc_date),
        None => (approved.number, approved.date),
    };
    let symbol = content.paper.as_ref().map_or("", |head| head.symbol.as_str());
    content.identity.doc_number = Some(whole(&number, symbol)).filter(|number| !number.is_empty());
    content.identity.doc_date = date;
    Ok(())
}

/// Who signs, as typed; where nothing was, the leader, by their title. A name alone has the lines of its title where it is that
/// leader's, a title alone those that follow from it (a deputy signs "KT.").
pub(super) fn completed(mut typed: Signed, content: &EditionContent, leader: &Signed) -> Signed {
    if typed.capacity.is_empty() && !typed.title.is_empty() {
        typed.capacity = paper::office(content, &typed.title).0;
    }
    let bare = |name: &str| search_key(without_rank(name));
    let other = !typed.name.is_empty() && bare(&typed.name) != bare(&leader.name);
    if other || !typed.capacity.is_empty() || !typed.title.is_empty() {
        return typed;
    }
    // The rank stands in no account: as typed.
    let name = if typed.name.is_empty() { leader.name.clone() } else { typed.name };
    Signed { name, ..leader.clone() }
}

/// What is known of the number of an edition: by its approval, and by the records of its sendings that stand, the newest last.
pub(super) fn known(approved: &ApprovedWith, sent: &[Dispatch]) -> Vec<Numbered> {
    let blank = || Signed { capacity: String::new(), title: String::new(), name: String::new() };
    let at_approval = Numbered {
        number: approved.number.clone(),
        date: approved.date,
        signed: Signed {
            capacity: approved.signatory_capacity.clone(),
            title: approved.signatory_title.clone(),
            name: approved.signatory_name.clone(),
        },
    };
    let stands = sent.iter().filter(|one| !one.is_struck());
    let recorded = stands.map(|one| Numbered {
        number: one.doc_number.clone(),
        date: one.doc_date,
        signed: one.signatory.clone().unwrap_or_else(blank),
    });
    std::iter::once(at_approval).chain(recorded).filter(|one| !one.number.is_empty()).collect()
}

/// What a page that records a sending proposes, and whether the workbooks kept at approval have a number. Five queries.
///
/// # Errors
/// The queries' own.
pub fn proposed(
    conn: &mut Conn,
    content: &EditionContent,
    row: &EditionRow,
    sent: &[Dispatch],
) -> Result<(Numbered, bool), Error> {
    let approved = queries::approved_with(conn, row.id)?;
    let by = (row.approved_by_name.as_str(), row.approved_by_title.as_str());
    let mut leader = leader(conn, content, row.collector_id, by)?;
    if !approved.signatory_name.is_empty() {
        leader = Signed {
            capacity: approved.signatory_capacity.clone(),
            title: approved.signatory_title.clone(),
            name: approved.signatory_name.clone(),
        };
    }
    let numbered = !approved.number.is_empty();
    let last = known(&approved, sent).pop();
    let last = last.unwrap_or(Numbered { number: String::new(), date: None, signed: leader.clone() });
    let unsigned = last.signed.name.is_empty() && last.signed.title.is_empty();
    let signed = if unsigned { leader } else { last.signed.clone() };
    Ok((Numbered { signed, ..last }, numbered))
}

/// What is wrong with a number that is not the one an edition has already: it is another document's, and whoever records it says
/// so. None without a number, and of the first one. Whole numbers are compared: `symbol` is what stands after one typed alone.
pub(super) fn another(known: &[Numbered], own: &Numbered, symbol: &str) -> Option<String> {
    let last = known.last().filter(|_| !own.number.is_empty())?;
    let paper = |one: &Numbered| Numbered { number: whole(&one.number, symbol), ..one.clone() }.paper();
    if known.iter().any(|one| is_same(&paper(one), &paper(own))) {
        return None;
    }
    Some(format!(
        "Bản tổng hợp này đã có số {}. Một văn bản chỉ có một số, một ngày; đánh dấu nếu đây là công văn khác.",
        last.words()
    ))
}
