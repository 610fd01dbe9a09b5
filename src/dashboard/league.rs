//! The league table: how every unit has kept its last days over a year, in order, and whether better than over the year
//! before. Pure; it stands between the duties of the past periods and the pages of leaders. Bodies that are asked (đề nghị)
//! are counted apart, in protocol order and without a place.

mod load;

pub use load::{Standings, load};

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Months, NaiveDate};

use crate::db::ids::UnitId;
use crate::periods::tally::{Entry, Tally, percent};
use crate::plans::Mode;

/// The two stretches of time that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Span {
    /// The twelve months up to yesterday.
    Now,
    /// The twelve months before those.
    Before,
}

impl Span {
    /// Where a period belongs whose last day this is; none for one to come or long past. Together the two are without gap
    /// or overlap.
    pub fn of(deadline: NaiveDate, today: NaiveDate) -> Option<Span> {
        let back = |months| today.checked_sub_months(Months::new(months));
        match (back(12), back(24)) {
            _ if today <= deadline => None,
            (Some(year), _) if year <= deadline => Some(Span::Now),
            (_, Some(two)) if two <= deadline => Some(Span::Before),
            _ => None,
        }
    }
}

/// One obligation of a period that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filing {
    pub unit: UnitId,
    pub span: Span,
    pub entry: Entry,
}

/// What the order asks of a body that exists today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    /// Front and mass organisations: asked, whatever a document says.
    pub courteous: bool,
    /// Protocol order.
    pub order: (i32, i32, UnitId),
}

/// How a body kept some last days that have passed. `owed = sent + not_sent`; of what was sent some came in time, some late,
/// and of reports from before the system nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    pub owed: u32,
    pub sent: u32,
    pub on_time: u32,
    pub late: u32,
    pub not_sent: u32,
}

impl Kept {
    fn of(entries: impl IntoIterator<Item = Entry>, today: NaiveDate) -> Kept {
        let passed = entries.into_iter().filter(|e| e.deadline.is_some_and(|day| day < today));
        // One pile whatever the mode: who is asked stands in a table apart already.
        let Tally { assigned: n, .. } = Tally::of(passed.map(|e| Entry { mode: Mode::Assign, ..e }), today);
        Kept { owed: n.owed, sent: n.sent, on_time: n.on_time, late: n.late, not_sent: n.not_sent }
    }

    /// What the share of those in time is measured over: all of which the day is known, the missing among them.
    pub fn timed(&self) -> u32 {
        self.on_time + self.late + self.not_sent
    }

    /// Whole percent that came in time, as [`percent`]: 100 only for all. None of nothing.
    pub fn on_time_percent(&self) -> Option<u32> {
        percent(self.on_time, self.timed())
    }

    /// Whole percent that was sent at all, as [`percent`].
    pub fn sent_percent(&self) -> Option<u32> {
        percent(self.sent, self.owed)
    }

    /// "75%" in time, or a dash.
    pub fn on_time_words(&self) -> String {
        shown(self.on_time_percent())
    }

    /// "75%" sent at all, or a dash.
    pub fn sent_words(&self) -> String {
        shown(self.sent_percent())
    }

    /// Whether everything was there in time.
    pub fn is_perfect(&self) -> bool {
        self.late == 0 && self.not_sent == 0
    }

    /// What the order goes by, the best smallest: in time, then sent at all; exact, as fractions over one denominator; then who
    /// left fewer unsent, for none of three is worse than none of one.
    fn rank(&self) -> (Reverse<(u64, u64)>, u32) {
        let share = |part: u32, whole: u32| u64::from(part) * SCALE / u64::from(whole.max(1));
        (Reverse((share(self.on_time, self.timed()), share(self.sent, self.owed))), self.not_sent)
    }
}

/// Two different shares of up to 30,000 obligations differ by more than one part in it.
const SCALE: u64 = 1 << 32;

/// Better or worse than the year before, in whole points of the percents shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    Up(u32),
    Down(u32),
    Same,
    /// Nothing was owed in one of the two years.
    Unknown,
}

impl Trend {
    fn between(before: Option<u32>, now: Option<u32>) -> Trend {
        match (before, now) {
            (Some(before), Some(now)) if before < now => Trend::Up(now - before),
            (Some(before), Some(now)) if now < before => Trend::Down(before - now),
            (Some(_), Some(_)) => Trend::Same,
            _ => Trend::Unknown,
        }
    }

    /// "▲ 25 điểm %".
    pub fn words(self) -> String {
        match self {
            Trend::Up(points) => format!("▲ tăng {points} điểm"),
            Trend::Down(points) => format!("▼ giảm {points} điểm"),
            Trend::Same => "không đổi".to_owned(),
            Trend::Unknown => "–".to_owned(),
        }
    }

    /// The class of the words; see docs/pages.md.
    pub fn class(self) -> &'static str {
        match self {
            Trend::Up(_) => "up",
            Trend::Down(_) => "down",
            Trend::Same | Trend::Unknown => "",
        }
    }
}

/// One body with its two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub unit: UnitId,
    /// From 1, the same for the same shares and as many unsent; none among those asked, and where no day is known.
    pub place: Option<u32>,
    pub now: Kept,
    pub before: Kept,
}

impl Row {
    /// How the share in time has moved.
    pub fn trend(&self) -> Trend {
        Trend::between(self.before.on_time_percent(), self.now.on_time_percent())
    }
}

/// Everybody who owed something in the year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct League {
    /// The assigned, the best first; the same place in protocol order; without a place last.
    pub ranked: Vec<Row>,
    /// Those who are asked, in protocol order.
    pub asked: Vec<Row>,
    /// Bodies that owed something and are no more.
    pub gone: u32,
}

/// Puts the bodies in order. Whoever is not in `bodies` is no more.
pub fn league(
    filings: impl IntoIterator<Item = Filing>,
    bodies: &HashMap<UnitId, Body>,
    today: NaiveDate,
) -> League {
    let mut piles: BTreeMap<(UnitId, bool), (Vec<Entry>, Vec<Entry>)> = BTreeMap::new();
    for Filing { unit, span, entry } in filings {
        let asked = entry.mode == Mode::Request || bodies.get(&unit).is_some_and(|body| body.courteous);
        let (now, before) = piles.entry((unit, asked)).or_default();
        if span == Span::Now { now.push(entry) } else { before.push(entry) }
    }
    let mut league = League::default();
    let mut gone = BTreeSet::new();
    for ((unit, asked), (now, before)) in piles {
        let row = Row { unit, place: None, now: Kept::of(now, today), before: Kept::of(before, today) };
        match bodies.get(&unit) {
            _ if row.now.owed == 0 => {}
            None => {
                gone.insert(unit);
            }
            Some(_) if asked => league.asked.push(row),
            Some(_) => league.ranked.push(row),
        }
    }
    league.gone = u32::try_from(gone.len()).unwrap_or(u32::MAX);
    let order = |row: &Row| bodies.get(&row.unit).map(|body| body.order);
    league.asked.sort_by_key(order);
    league.ranked.sort_by_key(|row| (row.now.timed() == 0, row.now.rank(), order(row)));
    let (mut place, mut last) = (0, None);
    for (number, row) in (1u32..).zip(league.ranked.iter_mut()).filter(|(_, row)| row.now.timed() > 0) {
        if last.replace(row.now.rank()) != Some(row.now.rank()) {
            place = number;
        }
        row.place = Some(place);
    }
    league
}

impl League {
    /// Whether everybody stands at the same place and was late or missing: an order would say nothing.
    pub fn is_level(&self) -> bool {
        let mut placed = self.ranked.iter().filter(|row| row.place.is_some());
        placed.clone().count() > 1 && placed.all(|row| row.place == Some(1) && !row.now.is_perfect())
    }

    /// The last places of those who were late or missing, the worst first; of the same place whoever did worse the year
    /// before, then protocol order.
    pub fn behind(&self) -> Vec<Row> {
        let imperfect = self.ranked.iter().filter(|row| row.place.is_some() && !row.now.is_perfect());
        let mut behind: Vec<Row> = imperfect.copied().collect();
        behind.sort_by_key(|row| (Reverse(row.place), row.before.on_time_percent().unwrap_or(100)));
        behind
    }
}

fn shown(percent: Option<u32>) -> String {
    percent.map_or_else(|| "–".to_owned(), |n| format!("{n}%"))
}
