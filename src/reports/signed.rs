//! The signed paper at the moment a report leaves: what is left blank is taken from the unit and its people, and a
//! paper that was used for an earlier sending is used again only knowingly. Stands between what was typed and what is
//! kept; the words of it go into history and audit.

use chrono::NaiveDate;

use super::difference::Difference;
use super::printed::paper_code;
use super::queries::{self, RevisionRow, Sent};
use super::{Case, Content, Outline, Paper, document};
use crate::db::Conn;
use crate::error::{Error, Problems};
use crate::units::Letterhead;
use crate::units::queries::succession::heir_on;
use crate::vietnamese::{search_key, short_date};

/// The field of the tick by which an earlier paper goes with other content.
pub const SAME_FIELD: &str = "same_paper";

/// Ranks of the armed forces, which stand before a name on paper (NĐ 30/2020, phụ lục I) and in no account.
const RANKS: [&str; 12] = [
    "Đại tướng ",
    "Thượng tướng ",
    "Trung tướng ",
    "Thiếu tướng ",
    "Đại tá ",
    "Thượng tá ",
    "Trung tá ",
    "Thiếu tá ",
    "Đại úy ",
    "Thượng úy ",
    "Trung úy ",
    "Thiếu úy ",
];

/// A name as an account has it: "Đại tá Nguyễn Văn A" is Nguyễn Văn A.
pub fn without_rank(name: &str) -> &str {
    RANKS.iter().find_map(|rank| name.trim().strip_prefix(rank)).unwrap_or(name)
}

/// An earlier sending under the very number and day, with other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reused {
    /// Number of that revision.
    pub revision: i32,
    /// "78/BC-SKHCN, ngày 09/6/2025".
    pub paper: String,
    /// What a confirmation is given for: the paper and the revision it goes with.
    pub key: String,
}

impl Reused {
    /// What is asked of whoever sends.
    pub fn question(&self) -> String {
        format!(
            "Văn bản số {} đã dùng cho lần gửi {}, nội dung lần này đã khác. Nhập số, ngày của văn bản mới; \
             vẫn gửi theo văn bản đó thì đánh dấu.",
            self.paper, self.revision
        )
    }
}

/// What the unit's people and its head are called, to complete a paper with.
#[derive(Debug, Clone)]
pub struct Signers {
    pub letterhead: Letterhead,
    /// "BC-SKHCN".
    pub symbol: String,
    /// The same of the unit itself, where it has ended and its successor signs.
    pub former: Option<String>,
    /// Name and title of whoever has a role in the unit.
    pub people: Vec<(String, String)>,
}

impl Signers {
    /// As they are called on `day`; of a unit that had ended by then its successor's, who has seal and numbers, but for what is
    /// typed in from the unit's own paper. Three queries at most, and one for each successor.
    ///
    /// # Errors
    /// The queries' own.
    pub fn of(conn: &mut Conn, case: &Case, day: NaiveDate) -> Result<Signers, Error> {
        let heir = match case.behalf {
            Some(_) => None,
            None => heir_on(conn, &case.unit, day)?,
        };
        let letterhead = match heir {
            Some(heir) => document::successors_letterhead(conn, case, heir, day)?,
            None => document::letterhead(conn, case, day)?,
        };
        let people = queries::titles_in(conn, heir.unwrap_or(case.obligation.unit_id))?;
        let code = paper_code(case);
        let former = match heir {
            Some(_) => Some(format!("{code}-{}", document::letterhead(conn, case, day)?.symbol)),
            None => None,
        };
        Ok(Signers { symbol: format!("{code}-{}", letterhead.symbol), former, letterhead, people })
    }

    /// Takes out the symbol of a body that has ended, which a correction begins with.
    pub fn renew(&self, paper: &mut Paper) {
        let ended = |symbol: &str| self.former.as_deref().is_some_and(|former| symbol.starts_with(former));
        if ended(&paper.symbol) {
            paper.symbol.clear();
        }
    }

    /// Quyền hạn and chức vụ of the person with this name, by the title they have here: the title as it is spelled there,
    /// capitals are of the paper.
    pub fn office(&self, name: &str) -> Option<(String, String)> {
        let wanted = search_key(without_rank(name));
        let mut titles = self.people.iter().filter(|(name, _)| search_key(name) == wanted);
        titles.find_map(|(_, title)| {
            let (capacity, capitals) = self.letterhead.signing(title)?;
            Some((capacity, as_spelled(title, &capitals)))
        })
    }

    /// The paper as pages show it while it is being written: its symbol is the one that its document would have.
    pub fn shown(&self, mut paper: Paper) -> Paper {
        let former = paper.symbol.clone();
        self.renew(&mut paper);
        if paper.symbol.is_empty() && !(paper.number.is_empty() && former.is_empty()) {
            paper.symbol.clone_from(&self.symbol);
        }
        paper
    }

    /// Puts in what follows from the rest: the unit's symbol beside a number, the office of who signed.
    pub fn complete(&self, paper: &mut Paper) {
        self.renew(paper);
        *paper = std::mem::take(paper).split();
        if paper.symbol.is_empty() && !paper.number.is_empty() {
            paper.symbol.clone_from(&self.symbol);
        }
        if paper.capacity.is_empty()
            && paper.title.is_empty()
            && !paper.name.is_empty()
            && let Some((capacity, title)) = self.office(&paper.name)
        {
            (paper.capacity, paper.title) = (capacity, title);
        }
        // A title alone: the lines over it follow from it (a deputy signs "KT.").
        if paper.capacity.is_empty()
            && let Some((capacity, _)) = self.letterhead.signing(&paper.title)
        {
            paper.capacity = capacity;
        }
    }

    /// What a page that sends proposes; `leader` is the one who approves there.
    pub fn proposed(&self, mut paper: Paper, leader: Option<&str>) -> Paper {
        self.renew(&mut paper);
        if paper.symbol.is_empty() && !paper.number.contains('/') {
            paper.symbol.clone_from(&self.symbol);
        }
        if let Some(name) = leader.filter(|_| paper.name.is_empty()) {
            name.clone_into(&mut paper.name);
        }
        self.complete(&mut paper);
        paper
    }
}

/// "Phó Giám đốc" of "Phó Giám đốc Sở", for "PHÓ GIÁM ĐỐC".
fn as_spelled(title: &str, capitals: &str) -> String {
    let spelled: String = title.trim().chars().take(capitals.chars().count()).collect();
    if spelled.to_uppercase() == capitals { spelled } else { capitals.to_owned() }
}

/// Without a title nobody knows over which words a name stands. With `nameless` it is said of a paper without a name too.
pub fn office_is_missing(paper: &Paper, nameless: bool, problems: &mut Problems) {
    if (nameless || !paper.name.is_empty()) && paper.title.is_empty() && paper.capacity.is_empty() {
        problems.add(
            "signatory_title",
            "Nhập chức vụ người ký như trên văn bản; ký thay thì nhập cả quyền hạn ký (KT., TL., TUQ.).",
        );
    }
}

/// Whether two sets of facts name one paper: the same number, and the day and symbol as far as both say them.
pub fn is_same(one: &Paper, other: &Paper) -> bool {
    let number = |paper: &Paper| {
        let number = paper.number.split('/').next().unwrap_or_default().trim();
        number.trim_start_matches('0').to_lowercase()
    };
    let agree = |one: &str, other: &str| {
        one.is_empty() || other.is_empty() || one.to_lowercase() == other.to_lowercase()
    };
    let days = one.date.date.is_none() || other.date.date.is_none() || one.date.date == other.date.date;
    !number(one).is_empty() && number(one) == number(other) && agree(&one.symbol, &other.symbol) && days
}

/// The newest earlier sending under the same paper whose content is another one. One query, and those of a revision
/// and its entries for each that has the number.
///
/// # Errors
/// The queries' own.
pub fn reused(
    conn: &mut Conn,
    case: &Case,
    outline: &Outline,
    content: &Content,
) -> Result<Option<Reused>, Error> {
    if !case.correcting() || content.paper.number.is_empty() {
        return Ok(None);
    }
    let next = case.report.last_revision + 1;
    let taken_back = queries::taken_back(conn, case.report.id)?;
    let revisions = queries::revisions(conn, case.report.id)?.into_iter().rev();
    for row in revisions.filter(|row| !taken_back.contains(&row.id)) {
        let paper = paper_of(conn, &row)?;
        if is_same(&content.paper, &paper)
            && Difference::to_draft(&queries::sent(conn, row.id)?.content, content, outline).places() > 0
        {
            let key = format!("paper:{next}:{}", content.paper.words());
            return Ok(Some(Reused { revision: row.number, paper: paper.words(), key }));
        }
    }
    Ok(None)
}

/// The facts of a revision's paper that count: those entered last.
fn paper_of(conn: &mut Conn, row: &RevisionRow) -> Result<Paper, Error> {
    let entered = queries::papers(conn, row.id)?;
    Ok(entered.last().map_or_else(|| row.paper(), queries::PaperRow::paper))
}

/// The earlier sending with the same paper and other content, for whoever reads this one. Two queries for each earlier
/// revision, and those of a revision for each with the same paper.
///
/// # Errors
/// The queries' own.
pub fn same_as(conn: &mut Conn, revisions: &[RevisionRow], sent: &Sent) -> Result<Option<i32>, Error> {
    for row in revisions.iter().rev().filter(|row| row.number < sent.row.number) {
        if is_same(&sent.content.paper, &paper_of(conn, row)?)
            && Difference::between(&queries::sent(conn, row.id)?.content, &sent.content).places() > 0
        {
            return Ok(Some(row.number));
        }
    }
    Ok(None)
}

/// How a sending was approved, for history and audit.
pub fn approval(case: &Case, paper: &Paper, as_leader: bool, reused: Option<&Reused>) -> String {
    let mut words = match (as_leader, case.regime.leader_step) {
        (true, _) => "Lãnh đạo đơn vị duyệt trên hệ thống".to_owned(),
        (false, true) => "Lãnh đạo không duyệt trên hệ thống".to_owned(),
        (false, false) => String::new(),
    };
    let signed = paper.words();
    if !signed.is_empty() {
        let begin = if words.is_empty() { "Gửi" } else { "; gửi" };
        words.push_str(&format!("{begin} theo văn bản số {signed}"));
        if !paper.name.is_empty() {
            words.push_str(&format!(", {} ký", paper.name));
        }
    }
    if let Some(reused) = reused {
        words.push_str(&format!("; cùng văn bản với lần gửi {}, nội dung đã khác", reused.revision));
    }
    if words.is_empty() { words } else { format!("{words}.") }
}

/// "09/6/2025" behind a reference, for [`Paper::words`].
pub(super) fn dated(paper: &Paper) -> String {
    paper.date.date.map(|day| format!(", ngày {}", short_date(day))).unwrap_or_default()
}
