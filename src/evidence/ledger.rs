//! The ledger of evidence as lines: one for a post, however often it was noted and claimed, with whoever else claims it. Pure;
//! stands between rows of the log of work and of reports, and the pages that show them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::Platform;
use crate::calendar::Window;
use crate::db::ids::{FileId, IndicatorId, PeriodId, ReportId, TaskEntryId, TaskId, UnitId};
use crate::vietnamese::{search_key, short_date};

/// All that is told of a claim in what another unit is still writing.
pub const UNSENT: &str = "một đơn vị khác đang soạn";

/// Where a post was shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the log of work.
    Entry(NaiveDate),
    /// In a report for a period.
    Report { period: PeriodId, label: String, window: Option<Window> },
    /// In what another unit is still writing: that much is told, and neither whose nor for what period.
    Unsent,
}

impl Place {
    /// Whether two places are two claims of one body: reports whose periods have no day in common, an entry outside the period it is
    /// reported for. Two entries are one body's log.
    pub fn is_apart(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::Unsent, _) | (_, Place::Unsent) | (Place::Entry(_), Place::Entry(_)) => false,
            (Place::Entry(day), Place::Report { window, .. })
            | (Place::Report { window, .. }, Place::Entry(day)) => {
                window.is_some_and(|window| !window.contains(*day))
            }
            (Place::Report { period, window, .. }, Place::Report { period: other, window: others, .. }) => {
                period != other && !window.zip(*others).is_some_and(|(one, two)| one.overlaps(&two))
            }
        }
    }

    pub fn words(&self) -> String {
        match self {
            Place::Entry(day) => format!("công việc ngày {}", short_date(*day)),
            Place::Report { label, .. } => format!("báo cáo {}", label.to_lowercase()),
            Place::Unsent => format!("báo cáo {UNSENT}"),
        }
    }
}

/// A post claimed, by whom and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    pub key: String,
    /// The body as it is now: what it took over is its own.
    pub body: UnitId,
    pub place: Place,
}

impl Claim {
    /// "Sở …: báo cáo 6 tháng đầu năm 2025" for a body; of its own the place alone, and of what is not sent nobody's name.
    pub fn words(&self, body: UnitId, names: &HashMap<UnitId, String>) -> String {
        let place = self.place.words();
        let is_named = self.body != body && self.place != Place::Unsent;
        match names.get(&self.body).filter(|_| is_named) {
            Some(unit) => format!("{unit}: {place}"),
            None => place,
        }
    }
}

/// Each of some claims once, in words.
pub fn words_of(claims: &[Claim], body: UnitId, names: &HashMap<UnitId, String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for words in claims.iter().map(|claim| claim.words(body, names)) {
        if !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// An entry of the log behind a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    pub id: TaskEntryId,
    pub task: TaskId,
    pub text: String,
    pub quantity: Option<i64>,
    pub measure_unit: String,
    pub indicator: Option<IndicatorId>,
    pub photos: Vec<FileId>,
}

/// One showing of a post, or of work without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub body: UnitId,
    /// The one spelling of its address; "" without one.
    pub key: String,
    pub url: String,
    pub title: String,
    /// What its entry or its report says of its platform; may be blank. Of a report that is not sent its own unit alone is told.
    pub platform: String,
    pub reach: Option<i64>,
    pub day: Option<NaiveDate>,
    pub place: Place,
    pub noted: Option<Noted>,
    pub report: Option<ReportId>,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub body: UnitId,
    pub key: String,
    pub url: String,
    pub title: String,
    pub platform: Platform,
    /// The largest count anybody gave.
    pub reach: Option<i64>,
    /// The first day.
    pub day: Option<NaiveDate>,
    pub entries: Vec<Noted>,
    /// The reports that claim it, with the labels of their periods.
    pub reports: Vec<(ReportId, String)>,
    /// Who else claims it, and where the same body claims it for another period.
    pub twice: Vec<Claim>,
}

/// What the reader asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub platform: Option<Platform>,
    pub text: String,
    pub twice: bool,
    pub body: Option<UnitId>,
    /// Entries that count toward it, those without a post too.
    pub indicator: Option<IndicatorId>,
}

/// The lines of all showings, newest first. What has no address is a line of its own. `claims` are those of the same posts, the
/// body's own among them.
pub fn lines(shown: Vec<Shown>, claims: &[Claim]) -> Vec<Line> {
    let mut by_key: HashMap<&str, Vec<&Claim>> = HashMap::new();
    for claim in each_once(claims) {
        by_key.entry(&claim.key).or_default().push(claim);
    }
    // With what entries and reports say of its platform, the first of each.
    type Said = (Option<Platform>, Option<Platform>);
    let mut posts: BTreeMap<(UnitId, String, usize), (Line, Said)> = BTreeMap::new();
    for (at, one) in shown.into_iter().enumerate() {
        let own = if one.key.is_empty() { at + 1 } else { 0 };
        let (line, (noted, reported)) =
            posts.entry((one.body, one.key.clone(), own)).or_insert_with(|| (blank(&one), (None, None)));
        if line.title.is_empty() {
            line.title.clone_from(&one.title);
        }
        let said = if one.noted.is_some() { noted } else { reported };
        *said = said.or_else(|| Platform::from_words(&one.platform));
        line.reach = line.reach.max(one.reach);
        line.day = [line.day, one.day].into_iter().flatten().min();
        line.entries.extend(one.noted);
        if let (Some(report), Place::Report { label, .. }) = (one.report, one.place)
            && line.reports.iter().all(|(known, _)| *known != report)
        {
            line.reports.push((report, label));
        }
    }
    let settled = |(line, (noted, reported)): (Line, Said)| {
        let platform = Platform::settled(noted, &line.key, reported);
        Line { platform, ..line }
    };
    let mut lines: Vec<Line> = posts.into_values().map(settled).collect();
    for line in &mut lines {
        let same = by_key.get(line.key.as_str()).filter(|_| !line.key.is_empty());
        line.twice = same.map_or(vec![], |same| twice(line.body, same));
    }
    lines.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.title.cmp(&other.title)));
    lines
}

/// The line of a post of which nothing is told yet.
fn blank(of: &Shown) -> Line {
    Line {
        body: of.body,
        key: of.key.clone(),
        url: of.url.clone(),
        title: String::new(),
        platform: Platform::Other,
        reach: None,
        day: None,
        entries: vec![],
        reports: vec![],
        twice: vec![],
    }
}

/// Each of some claims once, in the order in which they come first.
pub fn each_once(claims: &[Claim]) -> Vec<&Claim> {
    let mut met: HashSet<&Claim> = HashSet::with_capacity(claims.len());
    claims.iter().filter(|claim| met.insert(*claim)).collect()
}

/// The claims of one post that stand against a body: those of others, and its own that are apart from another of its own. Given
/// are the claims of that post, [`each_once`]: only a body's own are held against each other.
pub fn twice(body: UnitId, claims: &[&Claim]) -> Vec<Claim> {
    let own: Vec<&Place> =
        claims.iter().filter(|claim| claim.body == body).map(|claim| &claim.place).collect();
    let against = |claim: &Claim| claim.body != body || own.iter().any(|mine| mine.is_apart(&claim.place));
    claims.iter().filter(|claim| against(claim)).map(|claim| (*claim).clone()).collect()
}

impl Line {
    /// Whether the reader asked for it. Work without a post or picture is evidence of nothing, unless its figure is asked for.
    pub fn passes(&self, filter: &Filter) -> bool {
        let counts = |id| self.entries.iter().any(|entry| entry.indicator == Some(id));
        let shows = !self.key.is_empty() || self.entries.iter().any(|entry| !entry.photos.is_empty());
        filter.indicator.map_or(shows, counts)
            && filter.platform.is_none_or(|platform| platform == self.platform)
            && filter.body.is_none_or(|body| body == self.body)
            && (!filter.twice || !self.twice.is_empty())
            && self.holds(&filter.text)
    }

    fn holds(&self, text: &str) -> bool {
        let words = search_key(text);
        let texts = [&self.title, &self.url].into_iter().chain(self.entries.iter().map(|entry| &entry.text));
        let whole = search_key(&texts.cloned().collect::<Vec<_>>().join(" "));
        words.split(' ').all(|word| whole.contains(word))
    }
}

/// Posts and reach by platform, in the order of platforms, none where nobody counted; work without a post is none.
pub fn totals<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<(Platform, usize, Option<i128>)> {
    let mut found: BTreeMap<Platform, (usize, Option<i128>)> = BTreeMap::new();
    for line in lines.into_iter().filter(|line| !line.key.is_empty()) {
        let (posts, reach) = found.entry(line.platform).or_default();
        *posts += 1;
        if let Some(count) = line.reach {
            *reach = Some(reach.unwrap_or_default() + i128::from(count));
        }
    }
    found.into_iter().map(|(platform, (posts, reach))| (platform, posts, reach)).collect()
}
