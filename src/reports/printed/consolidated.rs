//! The consolidated report's own paper: its head when an edition is made, and the whole document from the frozen edition.
//! Pure; the same edition gives the same rows.

use chrono::Datelike;

use super::super::recipients::PaperRecipients;
use super::recipients::archive;
use super::words::{
    Kind, Subject, bases as basis_lines, closing, kept_together, lower_first, one_line, report_opening,
    report_subject,
};
use super::{chapters, figures};
use crate::calendar::to_local;
use crate::consolidation::content::{EditionContent, Identity, IndicatorLine, PaperHead};
use crate::documents::{Annex, Column, Document, PaperDate, Row, Signatory, Table};
use crate::periods::{Period, Regime};
use crate::plans::{LegalBasis, Plan};
use crate::units::Letterhead;
use crate::vietnamese::{format_scaled, roman, short_date};

/// What the head is made from beside the letterhead.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub regime: &'a Regime,
    pub period: &'a Period,
    /// The plans the regime serves, and the documents they rest on.
    pub plans: &'a [Plan],
    pub bases: &'a [LegalBasis],
    /// Who drafts at the collector, and how many copies are kept.
    pub recipients: Option<&'a PaperRecipients>,
}

/// The head of the paper with which an edition goes to some addressees.
pub fn paper_head(letterhead: &Letterhead, of: Origin<'_>, addressees: Vec<String>) -> PaperHead {
    let full = |one: String| {
        one.strip_prefix("UBND ").map_or_else(|| one.clone(), |of| format!("Ủy ban nhân dân {of}"))
    };
    let addressees: Vec<String> = addressees.into_iter().map(full).collect();
    let whose = match letterhead.area.is_empty() {
        true => String::new(),
        false => format!(" trên địa bàn {}", letterhead.area),
    };
    let subject = report_subject(of.regime, of.period, &whose);
    let mut recipients: Vec<String> = addressees.first().map(|_| "Như trên".to_owned()).into_iter().collect();
    recipients
        .extend(of.recipients.filter(|known| known.own).into_iter().flat_map(|known| known.names.clone()));
    recipients.push(archive(of.recipients));
    PaperHead {
        superior: letterhead.superior.clone(),
        issuer: letterhead.issuer.clone(),
        issuer_name: letterhead.name.clone(),
        symbol: format!("{}-{}", Kind::Report.code(), letterhead.symbol),
        place: letterhead.place.clone(),
        kind: Kind::Report.name().to_owned(),
        bases: basis_lines(of.regime, of.bases, of.plans, of.period.reference_on),
        opening: report_opening(&letterhead.name, &subject.own, of.plans, of.period.year),
        closing: closing(Kind::Report, &letterhead.name, &subject, 1),
        capacity: letterhead.capacity.clone(),
        subject: subject.full,
        addressees,
        recipients,
    }
}

/// The head of an edition made before heads were kept: from what its identity says.
fn head_of(identity: &Identity) -> PaperHead {
    let period = lower_first(&identity.period_label);
    let subject = Subject {
        full: format!("{}\n{period}", identity.regime_name),
        own: format!("{} {period}", lower_first(&identity.regime_name)),
    };
    PaperHead {
        superior: identity.superior.clone(),
        issuer: identity.agency.clone(),
        issuer_name: identity.agency.clone(),
        place: identity.place.clone(),
        kind: Kind::Report.name().to_owned(),
        opening: report_opening(&identity.agency, &subject.own, &[], 0),
        closing: closing(Kind::Report, &identity.agency, &subject, 1),
        recipients: vec!["Lưu: VT".to_owned()],
        capacity: vec!["THỦ TRƯỞNG ĐƠN VỊ".to_owned()],
        subject: subject.full,
        ..PaperHead::default()
    }
}

/// The consolidated report of an edition: the edited narrative, and the totals as its annex.
pub fn consolidated(content: &EditionContent) -> Document {
    let identity = &content.identity;
    let head = content.paper.clone().unwrap_or_else(|| head_of(identity));
    let made = to_local(identity.created_at).date();
    let sections: Vec<(String, String, String)> = content
        .narrative
        .iter()
        .map(|section| (section.code.clone(), section.heading.clone(), section.words()))
        .filter(|(_, _, words)| !words.trim().is_empty())
        .collect();
    let capacity = match identity.signatory.capacity.is_empty() {
        true => head.capacity.clone(),
        false => identity.signatory.capacity.clone(),
    };
    Document {
        annexes: vec![annex(content, &head.subject)],
        superior: head.superior,
        issuer: head.issuer,
        issuer_name: head.issuer_name,
        number: identity.doc_number.clone().unwrap_or_default(),
        symbol: head.symbol,
        place: head.place,
        date: identity
            .doc_date
            .map_or(PaperDate::Blank { month: made.month(), year: made.year() }, PaperDate::Known),
        kind: head.kind,
        subject: head.subject,
        addressees: head.addressees.iter().map(|one| kept_together(one)).collect(),
        bases: head.bases,
        opening: head.opening,
        chapters: chapters::plain(&sections),
        closing: head.closing,
        recipients: head.recipients,
        signatory: Signatory { capacity, name: identity.signatory.name.clone().unwrap_or_default() },
    }
}

fn annex(content: &EditionContent, subject: &str) -> Annex {
    let identity = &content.identity;
    let mut rows = Vec::new();
    for (group, number) in content.groups.iter().zip(1..) {
        rows.push(Row::Group { label: roman(number), title: group.name.clone() });
        for (line, number) in group.indicators.iter().zip(1..) {
            rows.push(Row::Cells(cells(number, line)));
        }
    }
    let count = content.reporting();
    Annex {
        title: format!("Số liệu {}", lower_first(&one_line(subject))),
        lines: vec![
            format!(
                "Kỳ báo cáo: {} (số liệu từ ngày {} đến ngày {})",
                lower_first(&identity.period_label),
                short_date(identity.window_from),
                short_date(identity.window_to)
            ),
            format!(
                "Bản tổng hợp lần {}; {}/{} đơn vị có báo cáo",
                identity.edition_number, count.reported, count.of
            ),
        ],
        tables: vec![Table { title: String::new(), columns: columns(), rows }],
        notes: notes(content),
    }
}

/// The columns of a unit's own annex; the difference here is over the units with figures in both periods, and not of the
/// two columns beside it.
fn columns() -> Vec<Column> {
    let mut columns = figures::columns();
    for (column, number) in columns.iter_mut().zip(1..) {
        column.number = format!("({number})");
    }
    if let Some(first) = columns.first_mut() {
        // Room for the Roman numeral of a group.
        first.share = 7;
    }
    columns
}

fn cells(number: usize, line: &IndicatorLine) -> Vec<String> {
    let words = |reading| line.reading_words(reading).unwrap_or_default();
    let comparison = line.comparison.as_ref();
    let signed = |value: i64, words: String| if value > 0 { format!("+{words}") } else { words };
    let difference = comparison.and_then(|comparison| comparison.difference);
    let change = comparison.and_then(|comparison| comparison.change);
    let mut remarks = vec![format!("{}/{} đơn vị", line.total.n, line.total.of)];
    if line.total.estimated {
        remarks.push("có số ước".to_owned());
    }
    if line.total.approximate {
        remarks.push("có số gần đúng".to_owned());
    }
    if !line.note.is_empty() {
        remarks.push(line.note.clone());
    }
    vec![
        number.to_string(),
        line.name.clone(),
        line.measure_unit.clone(),
        line.same_period.map(|total| words(total.reading())).unwrap_or_default(),
        words(line.total.reading()),
        difference.map(|value| signed(value, line.words(value))).unwrap_or_default(),
        change.map(|value| signed(value, format_scaled(value, 2))).unwrap_or_default(),
        remarks.join("; "),
    ]
}

fn notes(content: &EditionContent) -> Vec<String> {
    let mut notes = Vec::new();
    let names = |requested: bool| -> Vec<&str> {
        let units = content.missing.iter().filter(|unit| unit.requested == requested);
        units.map(|unit| unit.name.as_str()).collect()
    };
    for (words, names) in
        [("Chưa có báo cáo của", names(false)), ("Được đề nghị, chưa có báo cáo", names(true))]
    {
        if !names.is_empty() {
            notes.push(format!("{words}: {}.", names.join("; ")));
        }
    }
    if !content.missing_below.is_empty() {
        let below: Vec<&str> = content.missing_below.iter().map(|unit| unit.name.as_str()).collect();
        notes.push(format!("Chưa có trong bản tổng hợp cấp dưới: {}.", below.join("; ")));
    }
    notes.push(
        "Tăng, giảm chỉ tính trên các đơn vị có số liệu ở cả hai kỳ. Ô để trống: chưa có số liệu.".to_owned(),
    );
    notes
}
