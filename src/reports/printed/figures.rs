//! The annex of figures: groups under Roman numerals, this period beside the same one of last year, the difference.
//! A blank cell is a blank, never a zero.

use super::super::{Aside, AskedIndicator, Content, Outline, Past, PastPeriod, percent_at, shown, words};
use super::Frame;
use super::spelling::spelt_out;
use super::words::Kind;
use crate::consolidation::{Fraction, PartDecimals};
use crate::db::ids::IndicatorId;
use crate::documents::{Align, Annex, Column, Row, Table};
use crate::vietnamese::{Level, Qualifier, format_scaled, lower_first, roman, short_date};

/// The annex; none for a form without figures. `past` is what the frame keeps of the year before.
pub(super) fn annex(outline: &Outline, content: &Content, (frame, past): (&Frame, &Past)) -> Option<Annex> {
    if outline.indicators.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    let (mut groups, mut group, mut number) = (0, None, 0);
    for asked in &outline.indicators {
        if group != Some(&asked.group_name) {
            groups += 1;
            number = 0;
            group = Some(&asked.group_name);
            rows.push(Row::Group { label: roman(groups), title: asked.group_name.clone() });
        }
        number += 1;
        rows.push(Row::Cells(line(number, asked, outline, content, past)));
    }
    let mut table = Table { title: String::new(), columns: columns(), rows };
    let explained = long_notes(&mut table);
    let compared = without_blank(&mut table);
    let mut notes = notes(outline, content, past, compared);
    notes.extend(frame.earlier.whose(frame.year).filter(|_| compared));
    // A plan is compared with nothing, and a body that was divided says what it had beside the table.
    let aside = past.asides.iter().any(|aside| aside.same);
    if !compared && !aside && frame.kind() == Kind::Report {
        notes.push(no_earlier_year(frame.year));
    }
    Some(Annex {
        title: title(&frame.subject),
        lines: period_lines(content, frame),
        tables: vec![table],
        // One paragraph: two would leave the second alone on a page. What the unit explains begins a line each.
        notes: [notes.join(" ")].into_iter().filter(|notes| !notes.is_empty()).chain(explained).collect(),
        across: false,
    })
}

/// The title of the annex, its line ends those of the subject.
pub(super) fn title(subject: &str) -> String {
    format!("Số liệu {}", spelt_out(&lower_first(subject)))
}

/// The name of an indicator on paper: without the hint to who types it ("(kèm số, ngày)").
pub(super) fn printed_name(name: &str) -> String {
    spelt_out(name.split_once(" (kèm").map_or(name, |(name, _)| name))
}

/// "Kỳ báo cáo: 6 tháng đầu năm 2025"; "Báo cáo đột xuất về …" for one that answers a question.
pub(super) fn period_line(label: &str) -> String {
    match label.split_once(':') {
        Some((kind, about)) => {
            format!("Báo cáo {} về {}", lower_first(kind.trim()), lower_first(about.trim()))
        }
        None => format!("Kỳ báo cáo: {}", lower_first(label)),
    }
}

/// Said where there is nothing to compare with.
pub(super) fn no_earlier_year(year: i32) -> String {
    format!("Chưa có số liệu cùng kỳ năm {} để so sánh.", year - 1)
}

/// Letters of a note that its narrow column holds in a few lines.
const SHORT_NOTE: usize = 36;

/// Takes the longer notes out of their column, where they would stand a word to a line: each stands under the table with a number,
/// which is left in its place.
fn long_notes(table: &mut Table) -> Vec<String> {
    let Some(at) = table.columns.iter().position(|column| column.heading == REMARKS) else { return vec![] };
    let mut notes = Vec::new();
    for row in &mut table.rows {
        let Row::Cells(cells) = row else { continue };
        let name = cells.get(1).cloned().unwrap_or_default();
        let Some(note) = cells.get_mut(at).filter(|note| note.chars().count() > SHORT_NOTE) else { continue };
        let number = notes.len() + 1;
        notes.push(format!("({number}) {name}: {note}"));
        *note = format!("Xem ({number})");
    }
    notes
}

/// Beside a figure of which another body is the owner.
const REFERENCE: &str = "Không cộng vào số chung";

/// Headings of columns that go when nothing stands in them: an empty column of a signed paper asks what it hides.
const COMPARED: &str = "So với cùng kỳ";
const EARLIER: &str = "Cùng kỳ năm trước";
const REMARKS: &str = "Ghi chú";

/// Takes out the columns of the comparison where no row has a figure of the earlier year, and the remarks where there is
/// none; what is left is numbered anew. Gives back whether the comparison stays.
pub(super) fn without_blank(table: &mut Table) -> bool {
    let blank = |table: &Table, at: usize| {
        table.rows.iter().all(|row| match row {
            Row::Cells(cells) => cells.get(at).is_none_or(String::is_empty),
            Row::Group { .. } => true,
        })
    };
    let optional = |column: &Column| column.heading == EARLIER || column.over == COMPARED;
    let compared = table.columns.iter().enumerate().any(|(at, column)| optional(column) && !blank(table, at));
    let kept: Vec<bool> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| match optional(column) {
            true => compared,
            false => column.heading != REMARKS || !blank(table, at),
        })
        .collect();
    keep(&mut table.columns, &kept);
    for row in &mut table.rows {
        if let Row::Cells(cells) = row {
            keep(cells, &kept);
        }
    }
    for (column, number) in table.columns.iter_mut().zip(1..) {
        let rest = column.number.find('=').map_or("", |at| &column.number[at..]);
        column.number = format!("({number}){rest}");
    }
    compared
}

fn keep<T>(of: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    of.retain(|_| kept.next().copied().unwrap_or(true));
}

pub(super) fn columns() -> Vec<Column> {
    let column = |heading: &str, share, align, number: &str| Column {
        over: String::new(),
        heading: heading.to_owned(),
        share,
        align,
        number: number.to_owned(),
    };
    let compared = |heading, share, number| Column {
        over: COMPARED.to_owned(),
        ..column(heading, share, Align::Right, number)
    };
    vec![
        column("TT", 66, Align::Centre, "(1)"),
        column("Chỉ tiêu", 330, Align::Left, "(2)"),
        column("Đơn vị tính", 92, Align::Centre, "(3)"),
        column(EARLIER, 118, Align::Right, "(4)"),
        column("Kỳ này", 118, Align::Right, "(5)"),
        compared("Tăng (+), giảm (-)", 108, "(6)=(5)-(4)"),
        compared("Tỷ lệ (%)", 92, "(7)"),
        column(REMARKS, 170, Align::Left, "(8)"),
    ]
}

/// "Kỳ báo cáo: …", "(số liệu từ ngày … đến ngày …)", and up to which day the figures are actual.
fn period_lines(content: &Content, frame: &Frame) -> Vec<String> {
    let mut lines = vec![period_line(&frame.period)];
    if let Some((from, to)) = frame.window {
        lines.push(format!("(số liệu từ ngày {} đến ngày {})", short_date(from), short_date(to)));
    }
    let last = frame.window.map(|(_, to)| to);
    if let Some(actual) = content.actual_to.date.filter(|day| last.is_some_and(|last| *day < last)) {
        lines.push(format!("Số liệu thực tế đến ngày {}, phần còn lại ước thực hiện", short_date(actual)));
    }
    if let Some(number) = frame.edition {
        lines.push(format!("Số liệu lấy từ bản tổng hợp lần {number} của {}", frame.issuer_name));
    }
    lines
}

fn line(
    number: usize,
    asked: &AskedIndicator,
    outline: &Outline,
    content: &Content,
    past: &Past,
) -> Vec<String> {
    let now = |id: IndicatorId| content.value(id);
    let same = past.same.as_ref();
    let before = |id: IndicatorId| same.and_then(|past| past.figures.get(&id).copied());
    let (change, rate) = compared(asked, outline, &now, &before).unwrap_or_default();
    let note = content.entries.get(&asked.id).map_or("", |entry| entry.note.as_str());
    let estimated = |id: IndicatorId| {
        content.entries.get(&id).is_some_and(|entry| entry.estimate && entry.reading.value().is_some())
    };
    let figure =
        words(asked, outline, content).map(|figure| of_parts(asked, figure, outline, &now, &estimated));
    let figure = figure.map(|figure| said(asked, now(asked.id), figure)).unwrap_or_default();
    let then =
        |id: IndicatorId| same.and_then(|past| past.levels.get(&id)).is_some_and(|level| level.estimate);
    let reference = if asked.counts || figure.is_empty() { "" } else { REFERENCE };
    let note = [reference, note].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ");
    vec![
        number.to_string(),
        printed_name(&asked.name),
        asked.measure_unit.clone(),
        same.and_then(|past| past.words(asked, outline))
            .map(|figure| of_parts(asked, figure, outline, &before, &then))
            .map(|figure| said(asked, before(asked.id), figure))
            .unwrap_or_default(),
        figure,
        change,
        rate,
        note,
    ]
}

/// A ratio with the word that one of its parts has: out of an estimate comes an estimate; a zero is none. Any other figure as it is.
fn of_parts(
    asked: &AskedIndicator,
    figure: String,
    outline: &Outline,
    value: &dyn Fn(IndicatorId) -> Option<i64>,
    estimated: &dyn Fn(IndicatorId) -> bool,
) -> String {
    let rough = asked.parts.is_some_and(|(part, whole)| estimated(part) || estimated(whole));
    match rough && percent_at(asked, outline, value).is_some_and(|percent| percent != 0) {
        true => format!("{} {figure}", ESTIMATE.before_figure()),
        false => figure,
    }
}

const ESTIMATE: Level = Level { estimate: true, qualifier: Qualifier::Exact };

/// A figure with its word; a zero is no estimate.
fn said(asked: &AskedIndicator, value: Option<i64>, figure: String) -> String {
    let zero = value == Some(0) && !asked.is_bool() && !asked.is_ratio();
    whole(asked, if zero { shown(0, asked) } else { figure })
}

/// A figure on one line, its word with it; the unit of measure has a column of its own.
fn whole(asked: &AskedIndicator, figure: String) -> String {
    let figure = if asked.measure_unit == "%" { figure.trim_end_matches('%') } else { &figure };
    figure.replace(' ', "\u{a0}")
}

/// The difference and its part of the earlier figure in percent with two decimals; ratios differ in points. None
/// without both figures; no rate over zero.
fn compared(
    asked: &AskedIndicator,
    outline: &Outline,
    now: &dyn Fn(IndicatorId) -> Option<i64>,
    before: &dyn Fn(IndicatorId) -> Option<i64>,
) -> Option<(String, String)> {
    if asked.is_bool() {
        return None;
    }
    if asked.is_ratio() {
        let points = percent_at(asked, outline, now)?.checked_sub(percent_at(asked, outline, before)?)?;
        return Some((points_words(points), String::new()));
    }
    let (now, before) = (now(asked.id)?, before(asked.id)?);
    let change = now.checked_sub(before)?;
    let rate = Fraction::new(change, before, PartDecimals::default())
        .and_then(Fraction::percent_hundredths)
        .map_or(String::new(), |rate| signed(rate, |size| format_scaled(size, 2)));
    Some((signed(change, |size| shown(size, asked)), rate))
}

/// The difference of two percentages, in hundredths: percentage points, as [`POINTS`] says under the table.
pub(super) fn points_words(points: i64) -> String {
    signed(points, |size| format_scaled(size, 2))
}

/// Said under a table in which percentages are compared.
pub(super) const POINTS: &str = "Tăng, giảm của chỉ tiêu tính bằng % là số điểm phần trăm.";

/// "+12", "-3", "0".
pub(super) fn signed(value: i64, words: impl Fn(i64) -> String) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{}", words(value)),
        _ => words(value),
    }
}

/// What a body divided since reported for the same period of last year: to be read, in none of the columns.
fn not_compared(aside: &Aside, outline: &Outline) -> Option<String> {
    let figures: Vec<String> = outline
        .typed()
        .filter_map(|asked| {
            let figure = aside.figure(asked)?;
            let bare = asked.is_bool() || figure.ends_with('%');
            let unit = if bare { "" } else { asked.measure_unit.as_str() };
            Some(
                format!("{}: {figure} {unit}", lower_first(&printed_name(&asked.name))).trim_end().to_owned(),
            )
        })
        .collect();
    let became = match aside.parts {
        0 | 1 => "cơ quan này đã được sắp xếp lại".to_owned(),
        parts => format!("nhiệm vụ đã chuyển về {parts} cơ quan"),
    };
    let words = format!(
        "Số liệu {} của {} ({became}) ghi để tham khảo, không so sánh: {}.",
        lower_first(&aside.label),
        aside.name,
        figures.join("; ")
    );
    (!figures.is_empty()).then_some(words)
}

fn notes(outline: &Outline, content: &Content, past: &Past, compared: bool) -> Vec<String> {
    let same = past.same.as_ref();
    let then = outline.typed().any(|asked| same.is_some_and(|past| past.levels.contains_key(&asked.id)));
    let entries = || outline.typed().map(|asked| content.entries.get(&asked.id));
    let mut notes: Vec<&str> = Vec::new();
    let rough = |entry: Option<&super::super::Entry>| {
        entry.is_some_and(|e| e.reading.value().is_some() && e.level() != Level::default())
    };
    if compared && (then || entries().any(rough)) {
        notes.push("Số liệu ghi “ước”, “gần”, “hơn” được so sánh theo con số đã ghi.");
    }
    let both = |asked: &AskedIndicator| {
        let of = |past: &PastPeriod| percent_at(asked, outline, &|id| past.figures.get(&id).copied());
        asked.is_ratio()
            && percent_at(asked, outline, &|id| content.value(id)).and(same.and_then(of)).is_some()
    };
    if compared && outline.indicators.iter().any(both) {
        notes.push(POINTS);
    }
    if entries().any(|entry| entry.is_none_or(|e| !e.reading.is_answer())) {
        notes.push("Ô để trống: chưa có số liệu.");
    }
    let asides: Vec<String> = past
        .asides
        .iter()
        .filter(|aside| aside.same)
        .filter_map(|aside| not_compared(aside, outline))
        .collect();
    notes.extend(asides.iter().map(String::as_str));
    notes.into_iter().map(str::to_owned).collect()
}
