//! The consolidated report's own paper: its head when an edition is made, and the whole document from the frozen edition.
//! Pure; the same edition gives the same rows.

use chrono::Datelike;

use super::super::open_plans::open_plans;
use super::super::recipients::PaperRecipients;
use super::bases::bases as basis_lines;
use super::recipients::archive;
use super::words::{
    Annexed, Kind, Subject, closing, collected_from, headed_by_code, report_opening, report_subject,
};
use super::{chapters, figures, totals};
use crate::calendar::to_local;
use crate::consolidation::annexes::{Annexes, is_quoted};
use crate::consolidation::composed::{Composed, composed, says_nothing};
use crate::consolidation::content::{
    EditionContent, Identity, NarrativeParagraph, NarrativeSection, PaperHead,
};
use crate::consolidation::coverage::{coverage, names};
use crate::documents::{Align, Annex, Chapter, Column, Document, PaperDate, Row, Signatory, Table};
use crate::periods::{Period, Regime};
use crate::plans::{LegalBasis, Plan};
use crate::units::Letterhead;
use crate::vietnamese::{document_number, held_together, long_date, lower_first, roman};

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
    /// It collects for the whole regime, and for no collector above it.
    pub top: bool,
}

/// The head of the paper with which an edition goes to some addressees.
pub fn paper_head(letterhead: &Letterhead, of: Origin<'_>, addressees: Vec<String>) -> PaperHead {
    let full = |one: String| {
        one.strip_prefix("UBND ").map_or_else(|| one.clone(), |of| format!("Ủy ban nhân dân {of}"))
    };
    let addressees: Vec<String> = addressees.into_iter().map(full).collect();
    let subject = report_subject(of.regime, of.period, &collected_from(letterhead, of.top));
    let mut recipients: Vec<String> = addressees.first().map(|_| "Như trên".to_owned()).into_iter().collect();
    recipients
        .extend(of.recipients.filter(|known| known.own).into_iter().flat_map(|known| known.names.clone()));
    recipients.push(archive(of.recipients));
    PaperHead {
        superior: letterhead.superior.clone(),
        issuer: letterhead.issuer.clone(),
        issuer_name: letterhead.name.clone(),
        symbol: letterhead
            .symbol_of(Kind::Report.code(), of.recipients.map_or("", |known| known.drafter.as_str())),
        place: letterhead.place.clone(),
        kind: Kind::Report.name().to_owned(),
        bases: basis_lines(of.regime, of.bases, of.plans, of.period.reference_on),
        opening: report_opening(&letterhead.name, &subject.own, of.plans, of.period.year),
        closing: closing(Kind::Report, &letterhead.name, &subject, Annexed::FIGURES),
        capacity: letterhead.capacity.clone(),
        subject: subject.full,
        addressees,
        recipients,
        replaces: None,
        open_citations: open_plans(of.plans, of.period.year)
            .into_iter()
            .map(|plan| format!("{} chưa có {}", plan.name, plan.lacks))
            .collect(),
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
        closing: closing(Kind::Report, &identity.agency, &subject, Annexed::FIGURES),
        recipients: vec!["Lưu: VT".to_owned()],
        subject: subject.full,
        ..PaperHead::default()
    }
}

/// The consolidated report of an edition: the edited narrative, what nobody edited as it is proposed, and as annexes the
/// totals and the units' own words of the sections that are shortened.
pub fn consolidated(content: &EditionContent) -> Document {
    let identity = &content.identity;
    let head = content.paper.clone().unwrap_or_else(|| head_of(identity));
    let made = to_local(identity.created_at).date();
    let proposed = composed(content);
    let quoted = quoted(content, &proposed);
    let said = |(section, proposed): (&NarrativeSection, &Composed)| {
        let title = headed_by_code(&identity.period_code, &section.heading);
        (section.code.clone(), title, words(content, section, proposed))
    };
    let sections: Vec<(String, String, String)> = content.narrative.iter().zip(&proposed).map(said).collect();
    let mut chapters = chapters::plain(&sections);
    // Who is in the report and who is not stands at the head of the annex of figures; without one there is only the text.
    let figures = content.lines().next().map(|_| totals::annex(content, &head.subject));
    if figures.is_none() {
        let coverage = coverage(content);
        match chapters.first_mut() {
            Some(first) => first.text = format!("{coverage}\n{}", first.text).trim().to_owned(),
            None => chapters.push(Chapter { text: coverage, ..Chapter::default() }),
        }
    }
    let number = identity.doc_number.clone().unwrap_or_default();
    let annexed = Annexes::of(content, &proposed);
    let partial = figures.as_ref().and_then(|_| partial(content));
    let replaces = replacing(content, &head, annexed);
    let annexes: Vec<Annex> = [figures, quoted].into_iter().flatten().collect();
    let mut recipients = head.recipients;
    // Who drafted stands in the number it was sent under, as on a unit's own paper: "318/BC-CAT-PC10".
    let drafter = number
        .split_once('/')
        .and_then(|(_, symbol)| symbol.strip_prefix(head.symbol.as_str())?.strip_prefix('-'));
    if let (Some(last), Some(drafter)) = (recipients.last_mut().filter(|last| *last == "Lưu: VT"), drafter) {
        *last = format!("{last}, {drafter}");
    }
    Document {
        closing: pointing(&head.closing, annexed),
        annexes,
        draft: identity.approved_at.is_none(),
        superior: head.superior,
        issuer: head.issuer,
        issuer_name: head.issuer_name,
        // A number with its symbol in it needs no other.
        symbol: if number.contains('/') { String::new() } else { head.symbol },
        number,
        place: head.place,
        date: identity
            .doc_date
            .map_or(PaperDate::Blank { month: made.month(), year: made.year() }, PaperDate::Known),
        kind: head.kind,
        subject: head.subject,
        addressees: head.addressees.iter().map(|one| held_together(one)).collect(),
        bases: head.bases,
        // What is replaced stands at the head, as on a unit's own paper.
        opening: [replaces, Some(head.opening), partial].into_iter().flatten().collect::<Vec<_>>().join("\n"),
        chapters,
        recipients,
        signatory: Signatory {
            capacity: content.signing(),
            name: identity.signatory.name.clone().unwrap_or_default(),
        },
    }
}

/// What is said before the first chapter where not all are in; who is missing stands at the head of the annex of figures, which
/// is the first of several: the workbook is another.
fn partial(content: &EditionContent) -> Option<String> {
    let count = content.reporting();
    (count.reported < count.of).then(|| {
        format!(
            "Báo cáo tổng hợp số liệu của {}/{} cơ quan, đơn vị; các đơn vị chưa có số liệu nêu ở đầu Phụ lục I.",
            count.reported, count.of
        )
    })
}

/// "Báo cáo này thay thế Báo cáo số 09/BC-CAT-PC10 ngày 16 tháng 6 năm 2025 của Công an tỉnh Bắc Giang; …", and where what changed
/// since stands; none of the first report that goes out, and of one that goes under the very number and day.
fn replacing(content: &EditionContent, head: &PaperHead, annexed: Annexes) -> Option<String> {
    let before = head.replaces.as_ref()?;
    let reference = |number: &str| match number.contains('/') || head.symbol.is_empty() {
        true => document_number(number),
        false => format!("{}/{}", document_number(number), head.symbol),
    };
    let own = content.identity.doc_number.as_deref().map(reference);
    let others = before.papers.iter().filter(|paper| {
        own.as_deref() != Some(reference(&paper.number).as_str()) || paper.date != content.identity.doc_date
    });
    let named: Vec<String> = others
        .map(|paper| {
            let day = paper.date.map(|day| format!(" {}", long_date(day))).unwrap_or_default();
            format!("{} số {}{day}", head.kind, reference(&paper.number))
        })
        .collect();
    let changes = content.changes.as_ref().filter(|list| list.since == before.edition).map(|_| {
        let annex = annexed.workbook().map(|label| format!(" ({label})")).unwrap_or_default();
        format!("; nội dung thay đổi nêu tại trang “Thay đổi so với lần trước” của tệp Excel kèm theo{annex}")
    });
    (!named.is_empty()).then(|| {
        let changes = changes.unwrap_or_default();
        format!("{} này thay thế {} của {}{changes}.", head.kind, named.join(" và "), head.issuer_name)
    })
}

/// The closing as it was frozen, with the annexes there are, by their labels; the workbook is the last of them.
fn pointing(closing: &str, annexed: Annexes) -> String {
    let closing = closing.replace("số liệu, danh mục chi tiết", "số liệu chi tiết");
    let Some(workbook) = annexed.workbook() else { return closing };
    let closing = match annexed.texts {
        true => closing
            .replace("số liệu chi tiết", "số liệu, nội dung chi tiết")
            .replace("tại Phụ lục", "tại các Phụ lục I, II"),
        false => closing.replace("tại Phụ lục", "tại Phụ lục I"),
    };
    format!("{closing}. Biểu số liệu tổng hợp theo từng đơn vị tại tệp Excel kèm theo ({workbook})")
}

/// What a section says: the compiler's text; else the text proposed.
fn words(content: &EditionContent, section: &NarrativeSection, proposed: &Composed) -> String {
    if let Some(written) = section.consolidated() {
        return written;
    }
    let text = proposed.text();
    if text.is_empty() && !content.heads_parts(section) {
        return "Không có đơn vị báo cáo nội dung này.".to_owned();
    }
    text
}

/// The units' own words of the sections that do not hold all of them; none where there is no such section.
fn quoted(content: &EditionContent, proposed: &[Composed]) -> Option<Annex> {
    let mut rows = Vec::new();
    let mut groups = 0;
    for (section, proposed) in content.narrative.iter().zip(proposed) {
        if !is_quoted(section, proposed) {
            continue;
        }
        groups += 1;
        let title = headed_by_code(&content.identity.period_code, &section.heading);
        rows.push(Row::Group { label: roman(groups), title });
        let (silent, said): (Vec<&NarrativeParagraph>, Vec<_>) =
            section.paragraphs.iter().partition(|said| says_nothing(said.text.trim()));
        let cells = |number: usize, unit: &str, text: &str| {
            let text: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            Row::Cells(vec![number.to_string(), held_together(unit), text.join("\n")])
        };
        rows.extend(said.iter().zip(1..).map(|(said, number)| cells(number, &said.unit, &said.text)));
        // Who has nothing to say is named in one row.
        if let Some(first) = silent.first() {
            let units: Vec<&str> = silent.iter().map(|said| said.unit.as_str()).collect();
            rows.push(cells(said.len() + 1, &names(&units), &first.text));
        }
    }
    let column = |heading: &str, share, align| Column {
        heading: heading.to_owned(),
        share,
        align,
        ..Column::default()
    };
    let columns = vec![
        column("TT", 66, Align::Centre),
        column("Đơn vị", 290, Align::Left),
        column("Nội dung báo cáo", 650, Align::Left),
    ];
    (!rows.is_empty()).then(|| Annex {
        title: "Nội dung báo cáo của các đơn vị".to_owned(),
        lines: vec![
            figures::period_line(&content.identity.period_label),
            "(các phần mà lời văn của báo cáo chưa nêu hết)".to_owned(),
        ],
        tables: vec![Table { title: String::new(), columns, rows }],
        notes: vec![],
        across: false,
    })
}
