//! What the signed paper of a report still lacks by its regime: before the sending where it must go with it, after it
//! as a duty that stays open until number, symbol, day, signatory and, where asked for, the signed file are there.

use std::collections::HashMap;

use super::{Case, Paper, queries};
use crate::attachments::Attached;
use crate::db::Conn;
use crate::db::ids::{ReportId, UnitId};
use crate::error::{Error, Problems};
use crate::periods::{Duty, Regime};

/// What is still to come; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPaper {
    /// "số", "ký hiệu", "ngày ký", "người ký".
    facts: Vec<&'static str>,
    /// The signed file.
    file: bool,
}

impl MissingPaper {
    /// Of the paper of what was sent last, as it counts; none where nothing is missing or nothing is asked for.
    pub fn of(regime: &Regime, paper: &Paper, has_file: bool) -> Option<MissingPaper> {
        if regime.paper_rule == "none" {
            return None;
        }
        let facts = [
            ("số", paper.number.is_empty()),
            ("ký hiệu", paper.symbol.is_empty()),
            ("ngày ký", paper.date.date.is_none()),
            ("người ký", paper.name.is_empty()),
        ];
        let facts: Vec<_> = facts.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect();
        let file = regime.signed_file && !has_file;
        (file || !facts.is_empty()).then_some(MissingPaper { facts, file })
    }

    /// "Còn thiếu văn bản đã ký: số, ngày ký; bản PDF".
    pub fn words(&self) -> String {
        let facts = self.facts.join(", ");
        let parts = [facts.as_str(), if self.file { "bản PDF" } else { "" }];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("Còn thiếu văn bản đã ký: {}", parts.join("; "))
    }

    /// Where it is entered: the facts first.
    pub fn href(&self, report: ReportId, revision: i32) -> String {
        let page = if self.facts.is_empty() { "signed-paper" } else { "paper" };
        format!("/reports/{report}/revisions/{revision}/{page}")
    }
}

/// Whether one of some files shows the signed paper: the unit's own, or the scan its collector typed from.
pub fn shows_it(files: &[Attached]) -> bool {
    files.iter().any(|file| file.purpose.shows_paper(file.kind))
}

/// Whether the signed file must go with the sending.
pub fn file_is_due(case: &Case) -> bool {
    case.behalf.is_none() && case.regime.paper_rule == "required" && case.regime.signed_file
}

/// What must be there before the sending and is not, at the fields of the page: everything where the regime requires
/// the paper; number, day and signatory where the paper stands for an approval here.
pub(super) fn before_sending(case: &Case, is_due: bool, paper: &Paper, files: &[Attached]) -> Problems {
    let mut problems = Problems::default();
    if is_due {
        paper.lacking(&mut problems);
    }
    if case.regime.paper_rule == "required" && case.behalf.is_none() && paper.symbol.is_empty() {
        problems.add("doc_symbol", "Nhập ký hiệu của văn bản lãnh đạo đã ký, ví dụ BC-SKHCN.");
    }
    if file_is_due(case) && !shows_it(files) {
        problems.add(
            "signed_file",
            "Đính kèm bản đã ký, đóng dấu (tệp PDF): chế độ báo cáo này yêu cầu có khi gửi.",
        );
    }
    problems
}

/// What is missing of the last sendings of some reports. Three queries at most.
///
/// # Errors
/// The queries' own.
pub fn missing<'a>(
    conn: &mut Conn,
    reports: impl Iterator<Item = (&'a Duty, &'a Regime)>,
) -> Result<HashMap<ReportId, MissingPaper>, Error> {
    let asked: HashMap<ReportId, &Regime> = reports
        .filter(|(duty, regime)| duty.report.first_sent_at.is_some() && regime.paper_rule != "none")
        .map(|(duty, regime)| (duty.report.id, regime))
        .collect();
    let ids: Vec<ReportId> = asked.keys().copied().collect();
    let known = queries::last_papers(conn, &ids)?;
    let missing = known.into_iter().filter_map(|(id, (paper, has_file))| {
        Some((id, MissingPaper::of(asked.get(&id)?, &paper, has_file)?))
    });
    Ok(missing.collect())
}

/// One report whose paper is still to come, for the unit's own pages.
pub struct PaperDuty {
    pub href: String,
    pub title: String,
    pub words: String,
}

/// The reports some units have sent without what their regimes ask of the paper, newest period first. Six queries.
///
/// # Errors
/// The queries' own.
pub fn of_units(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<PaperDuty>, Error> {
    let cases: Vec<(Case, Duty)> = queries::of_units(conn, units)?
        .into_iter()
        .map(|case| {
            let duty = case.duty();
            (case, duty)
        })
        .collect();
    let missing = missing(conn, cases.iter().map(|(case, duty)| (duty, &case.regime)))?;
    let duties = cases.iter().filter_map(|(case, _)| {
        let of = missing.get(&case.report.id)?;
        let href = of.href(case.report.id, case.report.last_revision);
        Some(PaperDuty { href, title: case.title(), words: of.words() })
    });
    Ok(duties.collect())
}
