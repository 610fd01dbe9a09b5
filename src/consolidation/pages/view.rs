//! What the templates show of a content: rows of words made from exact numbers, nothing decided in a template.
//! Stands between the content of an edition and the two pages that show one.

use serde::Deserialize;

use super::super::content::{
    EditionContent, FigureStatus, IndicatorGroup, IndicatorLine, ListedUnit, MissingUnit, OnBehalf, Sending,
    StackedList, UnitFigure, UnitLine,
};
use super::super::outdated::is_outdated;
use super::changes_view::ChangesView;
use super::todays_units::TodaysUnits;
use crate::calendar::to_local;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::lists::{Cell as ListCell, Column, Row};
use crate::periods::Progress;
use crate::units::lens::Lens;
use crate::vietnamese::{date_time, short_date};

/// Shown where there is no number.
const NOTHING: &str = "–";

/// The part of a page asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Code of a group: its figures unit by unit.
    pub group: Option<String>,
    /// Code of a list: the rows of every unit.
    pub list: Option<String>,
    /// Code of the lens through which units are read.
    pub lens: Option<String>,
    /// Of several bodies the reader collects for.
    pub collector: Option<UnitId>,
}

impl Asked {
    /// # Errors
    /// [`Error::NotFound`] for a code that is no lens.
    pub(super) fn lens(&self) -> Result<Lens, Error> {
        Lens::from_code(self.lens.as_deref().unwrap_or(Lens::Reported.code())).ok_or(Error::NotFound)
    }
}

/// One content as a page shows it, to a reader who may or may not see figures of single units in classified groups.
pub(super) struct View<'a> {
    pub(super) content: &'a EditionContent,
    /// Sees everything: the collector itself.
    pub(super) everything: bool,
    /// The group shown by unit.
    pub(super) group: Option<&'a IndicatorGroup>,
    /// The list shown.
    pub(super) list: Option<&'a StackedList>,
    /// The units as they stand today; none: as they reported.
    pub(super) today: Option<TodaysUnits>,
    body: Option<UnitId>,
}

/// One indicator of the totals.
pub(super) struct TotalView<'a> {
    pub(super) line: &'a IndicatorLine,
    pub(super) before: String,
    pub(super) now: String,
    pub(super) difference: String,
    pub(super) change: String,
    pub(super) remarks: String,
}

/// One unit of the table by unit.
pub(super) struct UnitRowView {
    pub(super) name: String,
    pub(super) kind: String,
    /// Its progress where that is not "đã tiếp nhận"; whom it stands for.
    pub(super) notes: Vec<String>,
    /// It opens a new heading.
    pub(super) opens_kind: bool,
    pub(super) cells: Vec<Cell>,
}

/// One cell of the table by unit.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) hint: &'static str,
    /// The unit is not asked: grey, as in the workbook.
    pub(super) closed: bool,
}

/// The rows of one unit in a list.
pub(super) struct ListedView<'a> {
    pub(super) unit: &'a str,
    pub(super) rows: Vec<Vec<ListedCell<'a>>>,
}

/// One cell of them.
pub(super) struct ListedCell<'a> {
    pub(super) title: &'a str,
    pub(super) shown: String,
    pub(super) is_number: bool,
    pub(super) is_link: bool,
}

impl<'a> ListedView<'a> {
    fn of(list: &'a StackedList, unit: &'a ListedUnit) -> ListedView<'a> {
        let cell = |row: &Row, column: &'a Column| {
            let read = row.get(&column.code).and_then(|stored| column.cell(stored));
            ListedCell {
                title: &column.title,
                is_number: matches!(read, Some(ListCell::Number { .. })),
                is_link: matches!(read, Some(ListCell::Link(_))),
                shown: read.map_or_else(String::new, |cell| cell.shown()),
            }
        };
        let cells = |row: &Row| list.columns.iter().map(|column| cell(row, column)).collect();
        ListedView { unit: &unit.unit, rows: unit.rows.iter().map(cells).collect() }
    }
}

impl<'a> View<'a> {
    /// None when the group or list is not there, or is hidden from the reader: the two look the same.
    pub(super) fn new(content: &'a EditionContent, everything: bool, asked: &Asked) -> Option<View<'a>> {
        let group = match &asked.group {
            None => None,
            Some(code) => {
                let group = content.groups.iter().find(|group| group.code == *code);
                Some(group.filter(|group| everything || !group.classified)?)
            }
        };
        let list = match &asked.list {
            None => None,
            Some(code) => Some(content.lists.iter().find(|list| list.code == *code)?),
        };
        Some(View { content, everything, group, list, today: None, body: asked.collector })
    }

    /// "15/12/2024 – 14/6/2025".
    pub(super) fn window(&self) -> String {
        let identity = &self.content.identity;
        format!("{} – {}", short_date(identity.window_from), short_date(identity.window_to))
    }

    /// N: units that owe, through all levels.
    pub(super) fn of(&self) -> u32 {
        self.content.reporting().of
    }

    /// Units whose report, or whose "không phát sinh", is in it.
    pub(super) fn reported(&self) -> u32 {
        self.content.reporting().reported
    }

    /// "9/10 báo cáo gửi trực tiếp", where some come through a lower collector.
    pub(super) fn direct(&self) -> Option<String> {
        let count = self.content.reporting();
        count.levels.then(|| format!("{}/{} báo cáo gửi trực tiếp", count.direct, count.direct_of))
    }

    /// "21 đơn vị được giao, 5 đơn vị được đề nghị", which other pages count apart; none where nobody is only asked, or some
    /// come through a lower collector.
    pub(super) fn asked_apart(&self) -> Option<String> {
        let (content, count) = (self.content, self.content.reporting());
        let outside: Vec<&str> = content.outside.iter().map(|unit| unit.name.as_str()).collect();
        let asked =
            content.sendings.iter().filter(|one| one.requested && !outside.contains(&one.unit.as_str()));
        let asked = u32::try_from(asked.count()).unwrap_or(u32::MAX);
        let assigned = count.of.saturating_sub(asked);
        let apart = asked > 0 && !count.levels;
        apart.then(|| format!("{assigned} đơn vị được giao, {asked} đơn vị được đề nghị"))
    }

    /// Whole percent of the bar.
    pub(super) fn percent(&self) -> u32 {
        (self.reported() * 100).checked_div(self.of()).unwrap_or(0)
    }

    /// Assigned units without a report.
    pub(super) fn missing(&self) -> Vec<&'a MissingUnit> {
        self.content.missing.iter().filter(|unit| !unit.requested).collect()
    }

    /// Units that were asked and have not sent: named apart.
    pub(super) fn missing_requested(&self) -> Vec<&'a MissingUnit> {
        self.content.missing.iter().filter(|unit| unit.requested).collect()
    }

    pub(super) fn estimated(&self) -> usize {
        self.content.estimated_figures()
    }

    /// Groups whose figures by unit the reader may open.
    pub(super) fn open_groups(&self) -> Vec<&'a IndicatorGroup> {
        self.content.groups.iter().filter(|group| self.everything || !group.classified).collect()
    }

    pub(super) fn is_open(&self, group: &IndicatorGroup) -> bool {
        self.group.is_some_and(|open| open.code == group.code)
    }

    /// Whether neither figures by unit nor a list are shown.
    pub(super) fn is_whole(&self) -> bool {
        self.group.is_none() && self.list.is_none()
    }

    pub(super) fn shows_list(&self, list: &StackedList) -> bool {
        self.list.is_some_and(|open| open.code == list.code)
    }

    /// The rows of the list shown, unit by unit.
    pub(super) fn listed(&self, list: &'a StackedList) -> Vec<ListedView<'a>> {
        list.units.iter().map(|unit| ListedView::of(list, unit)).collect()
    }

    pub(super) fn totals(&self, group: &'a IndicatorGroup) -> Vec<TotalView<'a>> {
        group.indicators.iter().map(TotalView::of).collect()
    }

    /// The changes since the edition before that the reader may see.
    pub(super) fn changes(&self) -> Option<ChangesView<'a>> {
        let list = self.content.changes.as_ref()?;
        Some(ChangesView::new(list, None, self.content, self.everything))
    }

    /// Blocks of the consolidated text that their unit or their totals have left behind.
    pub(super) fn outdated(&self) -> usize {
        let blocks = self.content.narrative.iter().flat_map(|section| &section.blocks);
        blocks.filter(|block| is_outdated(self.content, block)).count()
    }

    /// The same with units as they stand today, or as they reported.
    pub(super) fn through(self, today: Option<TodaysUnits>) -> View<'a> {
        View { today, ..self }
    }

    /// The switch between the two, of the figures of a group by unit.
    pub(super) fn lenses(&self, base: &str) -> [(String, &'static str, bool); 2] {
        let group = self.group.map(|group| group.code.as_str()).unwrap_or_default();
        let here = if self.today.is_some() { Lens::Today } else { Lens::Reported };
        let at = |lens: Lens| format!("{base}?group={group}&lens={}{}", lens.code(), self.body_part());
        Lens::ALL.map(|lens| (at(lens), lens.words(), lens == here))
    }

    /// Goes on with the lens from group to group.
    pub(super) fn lens_part(&self) -> String {
        format!("{}{}", if self.today.is_some() { "&lens=today" } else { "" }, self.body_part())
    }

    /// Goes on with the collecting body: "&collector=5".
    pub(super) fn body_part(&self) -> String {
        self.body_query().replacen('?', "&", 1)
    }

    pub(super) fn body_query(&self) -> String {
        self.body.map(|body| format!("?collector={body}")).unwrap_or_default()
    }

    /// The figures of every unit for a group.
    pub(super) fn rows(&self, group: &IndicatorGroup) -> Vec<UnitRowView> {
        if let Some(today) = &self.today {
            return today.rows(self.content, group);
        }
        let mut kind: Option<&str> = None;
        let mut rows = Vec::new();
        for unit in &self.content.units {
            let opens_kind = kind != Some(&unit.kind_name);
            kind = Some(&unit.kind_name);
            let cells = group.indicators.iter().map(|line| Cell::of_unit(line, unit)).collect();
            let (name, kind) = (unit.name.clone(), unit.kind_name.clone());
            rows.push(UnitRowView {
                name,
                kind,
                notes: standing(unit).into_iter().collect(),
                opens_kind,
                cells,
            });
        }
        rows
    }

    /// How the units sent: to the collector all of them, to others those whose report is in it.
    pub(super) fn sources(&self) -> Vec<&'a Sending> {
        let used =
            |sending: &&Sending| sending.revision.is_some() || sending.progress == Progress::Nil.words();
        self.content.sendings.iter().filter(|sending| self.everything || used(sending)).collect()
    }

    /// The reports in it that were typed in from paper.
    pub(super) fn typed_in(&self) -> Vec<(&'a Sending, &'a OnBehalf)> {
        let sendings = self.content.sendings.iter();
        sendings.filter_map(|sending| Some((sending, sending.on_behalf.as_ref()?))).collect()
    }

    /// The total of an indicator in words.
    pub(super) fn total(&self, line: &IndicatorLine) -> String {
        line.reading_words(line.total.reading()).unwrap_or_else(|| NOTHING.to_owned())
    }
}

impl<'a> TotalView<'a> {
    pub(super) fn of(line: &'a IndicatorLine) -> TotalView<'a> {
        let words = |reading| line.reading_words(reading).unwrap_or_else(|| NOTHING.to_owned());
        let comparison = line.compared();
        let signed = |value: i64, words: String| match value {
            1.. => format!("+{words}"),
            0 => words,
            _ => words.replacen('-', "−", 1),
        };
        let difference = comparison.and_then(|comparison| comparison.difference);
        let change = comparison.and_then(|comparison| comparison.change);
        TotalView {
            before: line.same_period.map_or_else(|| NOTHING.to_owned(), |total| words(total.reading())),
            now: words(line.total.reading()),
            difference: difference
                .map_or_else(|| NOTHING.to_owned(), |value| signed(value, line.words(value))),
            change: change.map_or_else(
                || NOTHING.to_owned(),
                |value| signed(value, crate::vietnamese::format_scaled(value, 2)),
            ),
            remarks: remarks(line),
            line,
        }
    }
}

/// "có số ước · so sánh trên 8 đơn vị: kỳ này 17, cùng kỳ 18".
fn remarks(line: &IndicatorLine) -> String {
    let mut remarks = Vec::new();
    if !line.note.is_empty() {
        remarks.push(line.note.clone());
    }
    if line.telling.now && !line.is_withheld() {
        remarks.push(
            "so với bản đã chốt trước chỉ khác số của một đơn vị, người ngoài không đọc được tổng này"
                .to_owned(),
        );
    }
    if line.total.estimated {
        remarks.push("có số ước".to_owned());
    }
    if line.total.approximate {
        remarks.push("có số gần đúng".to_owned());
    }
    remarks.extend(line.compared_words());
    remarks.join(" · ")
}

/// How far a unit's report has come, where it is not received.
pub(super) fn standing(unit: &UnitLine) -> Option<String> {
    (unit.progress != Progress::Received.words()).then(|| unit.progress.clone())
}

impl Cell {
    pub(super) fn of_unit(line: &IndicatorLine, unit: &UnitLine) -> Cell {
        match unit.figures.iter().find(|figure| figure.indicator == line.code) {
            Some(figure) => Cell::of(line, figure),
            None => Cell {
                text: String::new(), hint: "không thuộc biểu mẫu của đơn vị", closed: true
            },
        }
    }

    pub(super) fn of(line: &IndicatorLine, figure: &UnitFigure) -> Cell {
        let hint = match figure.state {
            FigureStatus::Given | FigureStatus::Nil if figure.counts => "",
            FigureStatus::Given | FigureStatus::Nil => "tham khảo, không cộng",
            FigureStatus::Blank => "chưa nhập",
            FigureStatus::NotReported => "chưa có báo cáo",
            FigureStatus::Exempt => "được miễn",
            FigureStatus::NotAsked => "không áp dụng",
        };
        if let Some(total) = &figure.total {
            let share = format!("{}/{} đơn vị", total.n, total.of);
            let words = line.reading_words(total.reading()).unwrap_or_else(|| NOTHING.to_owned());
            return Cell { text: format!("{words} ({share})"), hint, closed: false };
        }
        let closed = figure.state == FigureStatus::NotAsked;
        let Some(words) = line.unit_words(figure.now) else {
            return Cell { text: String::new(), hint, closed };
        };
        let mut text = words;
        if line.rule == UnitRule::Ratio {
            text.push('%');
        }
        if figure.is_approximate() {
            text = format!("{} {text}", figure.qualifier.label());
        }
        if figure.is_estimate() {
            text = format!("ước {text}");
        }
        if !figure.counts {
            text.push_str(" *");
        }
        Cell { text, hint, closed }
    }
}

/// "16/6/2025 18:05" of an instant in UTC.
pub(super) fn local(at: &chrono::NaiveDateTime) -> String {
    date_time(to_local(*at))
}
