//! The annex of totals of a consolidated report: the columns of a unit's own annex, with how many units stand behind a total and
//! what was compared. Pure; stands between a frozen edition and its paper.

use super::figures;
use crate::consolidation::content::{EditionContent, IndicatorLine, OnBehalf};
use crate::consolidation::coverage::{names, standings};
use crate::consolidation::qualified::{percent, spoken};
use crate::documents::{Align, Annex, Column, Row, Table};
use crate::indicators::UnitRule;
use crate::vietnamese::{roman, short_date};

/// The annex; its title ends as the subject of the paper does. Who is not in the totals is said at its head, where the
/// totals are: it is no part of what a chapter reports.
pub(super) fn annex(content: &EditionContent, subject: &str) -> Annex {
    let identity = &content.identity;
    let mut rows = Vec::new();
    for (group, number) in content.groups.iter().zip(1..) {
        rows.push(Row::Group { label: roman(number), title: group.name.clone() });
        for (line, number) in group.indicators.iter().zip(1..) {
            rows.push(Row::Cells(cells(content, number, line)));
        }
    }
    let mut table = Table { title: String::new(), columns: columns(), rows };
    let compared = figures::without_blank(&mut table);
    let count = content.reporting();
    Annex {
        title: figures::title(subject),
        lines: vec![
            figures::period_line(&identity.period_label),
            format!(
                "(số liệu từ ngày {} đến ngày {})",
                short_date(identity.window_from),
                short_date(identity.window_to)
            ),
            format!("Tổng hợp từ báo cáo của {}/{} đơn vị", count.reported, count.of),
        ],
        tables: vec![table],
        notes: notes(content, compared),
        // Nine columns; without the comparison six, which a standing page holds.
        across: compared,
    }
}

/// Widths of the nine columns: number, name, unit of measure, four figures, units behind, remarks.
const SHARES: [u32; 9] = [46, 360, 84, 92, 92, 84, 70, 70, 250];

/// The columns of a unit's own annex, and how many units stand behind a total; the difference here is over the units with
/// figures in both periods, and not of the two columns beside it.
fn columns() -> Vec<Column> {
    let mut columns = figures::columns();
    let behind = Column {
        heading: "Số đơn vị có số liệu".to_owned(),
        share: 96,
        align: Align::Centre,
        ..Column::default()
    };
    columns.insert(columns.len().saturating_sub(1), behind);
    // Across the page there is room for names and for what was compared; figures need little.
    for ((column, number), share) in columns.iter_mut().zip(1..).zip(SHARES) {
        column.number = format!("({number})");
        column.share = share;
    }
    columns
}

fn cells(content: &EditionContent, number: usize, line: &IndicatorLine) -> Vec<String> {
    let whole = |words: String| words.replace(' ', "\u{a0}");
    let comparison = line.compared();
    let total = content.total_spoken(line);
    let rounded = total.as_ref().is_some_and(|(_, rounded)| *rounded);
    let difference = comparison.and_then(|comparison| comparison.difference);
    let change = comparison.and_then(|comparison| comparison.change);
    let difference = difference.map(|value| match line.rule {
        UnitRule::Ratio => figures::points_words(value),
        // No more exact than the total it is of.
        _ => figures::signed(value, |size| {
            line.words(spoken(size, "khoảng").filter(|_| rounded).unwrap_or(size))
        }),
    });
    vec![
        number.to_string(),
        figures::printed_name(&line.total_name()),
        line.total_unit().to_owned(),
        content.same_period_words(line).map(whole).unwrap_or_default(),
        total.map(|(words, _)| whole(words)).unwrap_or_default(),
        difference.unwrap_or_default(),
        change.map(|value| figures::signed(value, |size| percent(size, rounded))).unwrap_or_default(),
        format!("{}/{}", line.total.n, line.total.of),
        [line.note.clone(), line.compared_words().unwrap_or_default()]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    ]
}

fn notes(content: &EditionContent, compared: bool) -> Vec<String> {
    let mut notes = vec![
        "Số đơn vị có số liệu: số đơn vị đã báo cáo chỉ tiêu trên tổng số đơn vị phải báo cáo chỉ tiêu đó."
            .to_owned(),
    ];
    if compared {
        notes.push("Tăng, giảm chỉ tính trên các đơn vị có số liệu ở cả hai kỳ.".to_owned());
        notes.extend(Some(content.same_period_note.clone()).filter(|note| !note.is_empty()));
    } else {
        let year = content.identity.period_code.split('-').next().and_then(|year| year.parse().ok());
        notes.extend(year.map(figures::no_earlier_year));
    }
    let lines = || content.lines().map(|(_, line)| line);
    let points = |line: &IndicatorLine| {
        line.rule == UnitRule::Ratio && line.compared().is_some_and(|both| both.difference.is_some())
    };
    if lines().any(points) {
        notes.push(figures::POINTS.to_owned());
    }
    if lines().any(|line| line.total.estimated || line.total.approximate) {
        notes.push(
            "Số ghi “ước”, “gần”, “hơn”, “khoảng”: có đơn vị báo cáo số ước hoặc số làm tròn.".to_owned(),
        );
    }
    if lines().any(|line| line.total.n == 0) {
        notes.push("Ô để trống: chưa có số liệu.".to_owned());
    }
    let standings = Some(standings(content)).filter(|standings| !standings.is_empty());
    standings.into_iter().chain(typed_in(content)).chain([notes.join(" ")]).collect()
}

/// Whose figures the collector typed in: those of a paper with its number and day in the book of incoming documents, those of a
/// table of before the system without.
fn typed_in(content: &EditionContent) -> Option<String> {
    let by = content.paper.as_ref().map_or(&content.identity.agency, |head| &head.issuer_name);
    let here = content.sendings.iter().filter(|sending| sending.revision.is_some());
    let typed = here.filter_map(|sending| Some((sending.unit.as_str(), sending.on_behalf.as_ref()?)));
    let (papers, tables): (Vec<_>, Vec<_>) = typed.partition(|(_, typed)| typed.from_table.is_empty());
    let arrived = |typed: &OnBehalf| {
        let day = short_date(typed.arrived_on);
        match typed.arrived_number.as_str() {
            "" => format!("đến ngày {day}"),
            number => format!("số đến {number} ngày {day}"),
        }
    };
    let of_papers = match papers.as_slice() {
        [] => None,
        [(unit, typed)] => {
            Some(format!("Số liệu của {unit} do {by} nhập từ văn bản giấy ({}).", arrived(typed)))
        }
        many => {
            let units: Vec<String> =
                many.iter().map(|(unit, typed)| format!("{unit} ({})", arrived(typed))).collect();
            let units = units.join("; ");
            Some(format!("Số liệu của các đơn vị sau do {by} nhập từ văn bản giấy: {units}."))
        }
    };
    let units: Vec<&str> = tables.iter().map(|(unit, _)| *unit).collect();
    let of_tables = (!units.is_empty())
        .then(|| format!("Số liệu của {} do {by} nhập từ bảng số liệu cũ.", names(&units)));
    let told: Vec<String> = [of_papers, of_tables].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}
