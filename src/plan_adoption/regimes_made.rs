//! Duties of a proposal as regimes: cycles with their due words, who reports, and the first periods whose day is known. Pure.

use chrono::{Datelike, NaiveDate};

use super::compare::alike;
use super::draft::{Draft, DutyItem};
use super::first_periods::next_period;
use super::ground::Ground;
use super::joined::{Joined, joined};
use super::named_periods::window_of;
use super::outcome::Fault;
use super::owed_by;
use super::windows::Presets;
use crate::calendar::{Cycle, DueRule, DueTemplate, OwnWindow, Preset, parse_hour};
use crate::db::ids::{RegimeId, UnitId};
use crate::error::Problems;
use crate::periods::{NewPeriod, RegimeKind};
use crate::regimes::cycle_input::CycleInput;
use crate::regimes::cycles::{Group, Source};
use crate::regimes::{Charter, CyclePlan};
use crate::vietnamese::limits::LINE;
use crate::vietnamese::{day_month, parse_date, search_key};

/// Letters of a regime's code at most, room for a number behind left.
const LONGEST_CODE: usize = 30;

/// Words of two names, of a hundred of both, that stand in both where the two are of one thing.
const CALLED_ALIKE: usize = 70;

/// A regime to be made, or one there is that the plan is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeMade {
    /// The duties it is of.
    pub duties: Vec<u32>,
    pub existing: Option<RegimeId>,
    /// Its code is a beginning: the first free one is taken.
    pub charter: Charter,
    /// The day as of which those who report are read: today, or the day something asked once was due when that has passed.
    pub day: NaiveDate,
    /// Whoever reports, of those there are on that day.
    pub units: Vec<UnitId>,
    /// Reported in words alone.
    pub plain: bool,
    /// Opened at once; of a regime there is, where somebody says so.
    pub periods: Vec<NewPeriod>,
    /// What is next where nothing is opened, with its duty.
    pub ahead: Vec<(u32, NewPeriod)>,
}

impl RegimeMade {
    /// A regime of the same collector that has all its cycles with a day, due by the same days. What is reported in words alone, or on
    /// no day that the document names, joins only what is called much the same: many things are reported by the end of a year.
    pub fn known(&self, ground: &Ground) -> Option<RegimeId> {
        self.known_with(ground, &self.charter.cycles)
    }

    /// The same for one of its duties.
    pub fn known_of(&self, ground: &Ground, duty: &DutyItem) -> Option<RegimeId> {
        self.known_with(ground, &plans(duty, Preset::Nd09).ok()?)
    }

    fn known_with(&self, ground: &Ground, cycles: &[CyclePlan]) -> Option<RegimeId> {
        let rows: Vec<_> = cycles.iter().map(CyclePlan::row).collect();
        let dated = rows.iter().any(|row| row.due_day.is_some());
        let told: Vec<_> = rows.iter().filter(|row| !dated || row.due_day.is_some()).collect();
        let has = |id: RegimeId| {
            told.iter().all(|row| {
                ground.cycles.iter().any(|known| {
                    known.regime_id == id
                        && (&known.cycle, &known.due_rule) == (&row.cycle, &row.due_rule)
                        && (known.due_month, known.due_day) == (row.due_month, row.due_day)
                        && known.due_days == row.due_days
                })
            })
        };
        let of_time = told.iter().any(|row| row.cycle != Cycle::AdHoc.code());
        let recurs = self.charter.kind == RegimeKind::Report && of_time;
        let by_day = dated && !self.plain;
        let called = |name: &str| by_day || alike(name, &self.charter.name) >= CALLED_ALIKE;
        ground.regimes.iter().find(|(id, name)| recurs && has(*id) && called(name)).map(|(id, _)| *id)
    }
}

/// The regimes of the duties that are taken; what is in the way goes to `faults`. `basis` is the document in words.
pub fn regimes_made(draft: &Draft, ground: &Ground, basis: &str, faults: &mut Vec<Fault>) -> Vec<RegimeMade> {
    let mut groups: Vec<Vec<&DutyItem>> = Vec::new();
    for duty in draft.duties.iter().filter(|duty| duty.taken) {
        // Where the first duty was left out, the next of its group begins the regime.
        let goes = |known: &&mut Vec<&DutyItem>| {
            with(duty).is_some_and(|first| {
                known.iter().any(|other| other.key == first || with(other) == Some(first))
            })
        };
        match groups.iter_mut().find(goes) {
            Some(group) => group.push(duty),
            None => groups.push(vec![duty]),
        }
    }
    groups.iter().map(|group| one(draft, ground, basis, group, faults)).collect()
}

/// The duty whose regime it is a cycle of.
fn with(duty: &DutyItem) -> Option<u32> {
    duty.regime.strip_prefix("with:").and_then(|key| key.parse().ok())
}

fn one(
    draft: &Draft,
    ground: &Ground,
    basis: &str,
    all: &[&DutyItem],
    faults: &mut Vec<Fault>,
) -> RegimeMade {
    let first = all[0];
    let mut fault = |duty: &DutyItem, words: String| {
        faults.push(Fault {
            anchor: format!("duty-{}", duty.key),
            words: format!("Nghĩa vụ “{}”: {words}", cut(&duty.text)),
        });
    };
    let existing = first.regime.strip_prefix("regime:").and_then(|id| id.parse().ok()).map(RegimeId);
    if let Some(id) = existing
        && !ground.regimes.iter().any(|(known, _)| *known == id)
    {
        fault(first, "chế độ đã chọn không còn. Chọn lại.".to_owned());
    }
    let day = reading_day(all, ground.today);
    let units = owed_by::bodies(draft, ground, all, day);
    let kind = if first.what == "document" { RegimeKind::Document } else { RegimeKind::Report };
    let mut cycles: Vec<CyclePlan> = Vec::new();
    let (mut periods, mut ahead) = (Vec::new(), Vec::new());
    let presets = Presets::of(all);
    for duty in all {
        if let Some(id) = existing {
            let there = |code: &str| {
                periods
                    .iter()
                    .chain(ahead.iter().map(|(_, period)| period))
                    .any(|p: &NewPeriod| p.code == code)
            };
            match joined(duty, id, basis, ground) {
                Joined::Next(period) if there(&period.code) => {}
                Joined::Next(period) if duty.open == Some(true) => periods.push(period),
                Joined::Next(period) => ahead.push((duty.key, period)),
                Joined::Opened(_) | Joined::Elsewhere => {}
            }
            continue;
        }
        if (duty.what == "document") != (first.what == "document") {
            fault(duty, "báo cáo và văn bản phải gửi là hai chế độ. Chọn chế độ riêng.".to_owned());
        }
        match plans(duty, presets.of_duty(duty)) {
            Ok(plans) => {
                if plans.iter().any(|plan| cycles.iter().any(|known| known.cycle == plan.cycle)) {
                    fault(duty, "chế độ này đã có chu kỳ đó. Chọn chu kỳ khác hoặc chế độ riêng.".to_owned());
                    continue;
                }
                let next = next_period(duty, &plans, basis, ground);
                if !duty.first_on.is_empty() && parse_date(&duty.first_on).is_err() {
                    fault(duty, "nhập hạn của kỳ đầu tiên, ví dụ 18/6/2025.".to_owned());
                }
                match next {
                    Some((period, now)) if duty.open.unwrap_or(now) => periods.push(period),
                    Some((period, _)) => ahead.push((duty.key, period)),
                    None => {}
                }
                cycles.extend(plans);
            }
            Err(words) => fault(duty, words),
        }
    }
    let kinds = owed_by::kinds(ground, &units, day);
    let charter = Charter {
        code: code(draft, kind),
        name: first.name.trim().to_owned(),
        collector: ground.collector,
        addressee: addressee(ground, first),
        legal_basis: legal_basis(basis, all),
        subject: String::new(),
        kind,
        rolling: false,
        paper_rule: "later",
        signed_file: false,
        leader_step: true,
        cycles,
        kinds,
    };
    if existing.is_none() {
        if units.is_empty() {
            fault(first, owed_by::nobody(draft, ground, all, day));
        } else {
            // Whether its cycles are in the way already.
            let faulty = all.iter().any(|duty| plans(duty, presets.of_duty(duty)).is_err());
            for problem in charter.problems().0.into_iter().filter(|p| !(p.field == "cycles" && faulty)) {
                fault(first, problem.message);
            }
        }
    }
    let duties = all.iter().map(|duty| duty.key).collect();
    let plain = kind == RegimeKind::Report && first.plain;
    RegimeMade { duties, existing, charter, day, units, plain, periods, ahead }
}

/// What the document is, and within how long something is reported that nobody can foresee: no cycle has a place for that.
fn legal_basis(basis: &str, all: &[&DutyItem]) -> String {
    let within: Vec<String> = all.iter().filter_map(|duty| within_words(duty)).collect();
    let room = 500_usize.saturating_sub(within.iter().map(|words| words.chars().count() + 13).sum());
    let mut text: String = basis.chars().take(room).collect();
    for words in within {
        text.push_str(&format!("; đột xuất: {words}"));
    }
    text
}

/// "trong thời hạn 24 giờ", of what is asked when something happens.
pub fn within_words(duty: &DutyItem) -> Option<String> {
    let number: u32 = duty.when.parse().ok().filter(|_| duty.cycle == "adhoc")?;
    match duty.rule.as_str() {
        "hours" => Some(format!("trong thời hạn {number} giờ")),
        "days" => Some(format!("trong thời hạn {number} ngày")),
        "working_days" => Some(format!("trong thời hạn {number} ngày làm việc")),
        _ => None,
    }
}

/// The day as of which groups are read. What was asked once and is over was owed by those there were then.
fn reading_day(all: &[&DutyItem], today: NaiveDate) -> NaiveDate {
    let over: Option<Vec<NaiveDate>> = all.iter().map(|duty| over_since(duty, today)).collect();
    over.and_then(|days| days.into_iter().max()).unwrap_or(today)
}

/// The last day in time of something asked once, where that has passed.
pub(super) fn over_since(duty: &DutyItem, today: NaiveDate) -> Option<NaiveDate> {
    let day = parse_date(&duty.when).ok().filter(|_| duty.cycle == "once")?;
    let due = DueRule::from_parts(&duty.rule, Some(day))?.at(parse_hour(&duty.hour));
    due.last_day().filter(|last| *last < today)
}

fn cut(text: &str) -> String {
    crate::plans::shortened(text, 60)
}

/// Whom the reports are addressed to, in words.
fn addressee(ground: &Ground, duty: &DutyItem) -> String {
    let place = ground.province_name.replacen("Tỉnh ", "tỉnh ", 1).replacen("Thành phố ", "thành phố ", 1);
    let to = match duty.to.as_str() {
        "" | "UBND tỉnh" | "Ủy ban nhân dân tỉnh" => format!("UBND {place}"),
        to => to.to_owned(),
    };
    // "Công an tỉnh" is the collector itself: through nobody.
    let itself = search_key(&ground.collector_name);
    if duty.via.is_empty() && !duty.to.is_empty() && itself.starts_with(&search_key(&duty.to)) {
        return ground.collector_name.chars().take(LINE.characters()).collect();
    }
    let via = if duty.via.is_empty() { &ground.collector_name } else { &duty.via };
    let whole = if search_key(&to).contains(&search_key(via)) { to } else { format!("{to} (qua {via})") };
    whole.chars().take(LINE.characters()).collect()
}

/// The beginning of a code: "kh-ubnd-2025".
fn code(draft: &Draft, kind: RegimeKind) -> String {
    // Letter by letter: a search writes "UBND" out.
    let plain = |c: char| match c {
        '-' => Some('-'),
        c => search_key(&c.to_string()).chars().next().filter(char::is_ascii_alphanumeric),
    };
    let symbol: String = draft.facts.symbol.chars().filter_map(plain).collect();
    let head = if symbol.is_empty() { "vb".to_owned() } else { symbol };
    let head: String = head.chars().take(LONGEST_CODE - 10).collect();
    let year: String = draft.facts.year.chars().filter(char::is_ascii_digit).take(4).collect();
    let tail = if kind == RegimeKind::Document { "-gui" } else { "" };
    format!("{head}-{year}{tail}").replace("--", "-").trim_matches('-').to_owned()
}

/// The cycles of a duty; what is wrong with it in words.
pub fn plans(duty: &DutyItem, preset: Preset) -> Result<Vec<CyclePlan>, String> {
    if duty.cycle == "adhoc" {
        if ["hours", "days", "working_days"].contains(&duty.rule.as_str()) && within_words(duty).is_none() {
            return Err("nhập số giờ hoặc số ngày, ví dụ 24.".to_owned());
        }
        return Ok(vec![CyclePlan {
            cycle: Cycle::AdHoc,
            source: Source::AtOpening,
            due: DueTemplate::Undated,
            hour: None,
            lock_days: None,
        }]);
    }
    let group = Group::ALL.into_iter().find(|group| group.field() == duty.cycle);
    let group = group.ok_or("chọn chu kỳ.")?;
    let dated = duty.rule == "before" || duty.rule == "by";
    let when = match (group, dated) {
        (Group::Once, true) => {
            let day = parse_date(&duty.when).map_err(|_| "nhập đủ ngày, tháng, năm, ví dụ 20/02/2025.")?;
            day_month(day.day(), day.month())
        }
        _ => duty.when.clone(),
    };
    let input = CycleInput {
        asked: true,
        rule: duty.rule.clone(),
        when,
        hour: duty.hour.clone(),
        ..CycleInput::default()
    };
    let mut problems = Problems::default();
    let mut plans = input.parse(group, Some(preset), &mut problems);
    if let Some((window, own)) = window_of(duty).and_then(|window| Some((window, OwnWindow::of(&window)?))) {
        // The days that the document counts go before any preset; one that cuts the same days keeps its name.
        let is_other = |plan: &&mut CyclePlan| plan.row().window(window.to.year()) != Some(window);
        plans.iter_mut().filter(is_other).for_each(|plan| plan.source = Source::Own(own));
    }
    match problems.0.into_iter().next() {
        Some(problem) => Err(problem.message),
        None => Ok(plans),
    }
}
