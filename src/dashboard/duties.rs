//! One duty as the officer sees it: the day that presses, the words, the reason of a correction, one button.
//! Pure; it stands between the rows of the periods slice and the page.

use chrono::{Datelike, NaiveDate};

use super::queries::Amendment;
use crate::access::{Action, Actor};
use crate::calendar::{Holidays, Now, SOON_DAYS, Timing, to_local};
use crate::chasing::promise;
use crate::periods::{
    Due, Duty, ExtensionWord, Period, Progress, Regime, RegimeKind, lock_day, report_title,
};
use crate::plans::deliverable::is_of_plans;
use crate::reports::behalf::Typing;
use crate::reports::{ReportState, Step};
use crate::vietnamese::{short_date, weekday_date};

/// The little calendar leaf at the left of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub above: String,
    pub day: String,
    pub below: String,
}

impl Leaf {
    /// The leaf of a day as seen on `today`, or of a duty without one.
    pub fn of(day: Option<NaiveDate>, today: NaiveDate) -> Leaf {
        let Some(day) = day else {
            return Leaf { above: "theo".into(), day: "–".into(), below: "quy định".into() };
        };
        let weekdays = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
        let weekday =
            weekdays.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
        let month = day.month();
        let below = if month < 3 { format!("tháng 0{month}") } else { format!("tháng {month}") };
        // A year is said where it is another.
        let below = if day.year() == today.year() { below } else { format!("{month:02}/{}", day.year()) };
        Leaf { above: weekday.to_owned(), day: format!("{:02}", day.day()), below }
    }
}

/// The one thing to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub href: String,
    pub words: &'static str,
    pub main: bool,
}

/// A duty with everything its card shows.
#[derive(Debug, Clone)]
pub struct Card {
    pub leaf: Leaf,
    pub title: String,
    pub href: String,
    pub regime: String,
    pub addressee: String,
    /// The unit, where the person answers for more than one.
    pub unit: Option<String>,
    /// Of which body before a reorganisation it is.
    pub part_of: Option<String>,
    pub window: Option<String>,
    /// Every date with where it comes from: as stated, rolled, extended, asked of a correction, promised.
    pub dates: Vec<String>,
    pub due: Option<Due>,
    /// Where it stands in time; none of a correction.
    pub timing: Option<Timing>,
    pub amendment: Option<(String, String)>,
    /// Why the unit's own leader handed it back.
    pub handed_back: Option<(String, String)>,
    /// The collector is entering it for the unit, which reads it when that is done.
    pub typing: Option<String>,
    pub locked_since: Option<String>,
    pub tag: &'static str,
    pub tag_words: String,
    pub button: Button,
    pub nil_href: Option<String>,
    /// The last word about an extension, while it still matters.
    pub extension: Option<String>,
    /// Where an extension is asked for.
    pub ask_href: Option<String>,
    /// The day that presses.
    pub day: Option<NaiveDate>,
    pub correcting: bool,
    /// It waits for this person's approval.
    pub approves: bool,
}

/// What a card is made from.
pub struct Source<'a> {
    pub duty: &'a Duty,
    pub period: &'a Period,
    pub regime: &'a Regime,
    pub unit: Option<String>,
    /// Of which body before a reorganisation it is ([`crate::periods::queries::passed_from`]).
    pub part_of: Option<String>,
    pub amendment: Option<&'a Amendment>,
    pub handed_back: Option<&'a Amendment>,
    /// What the collector is entering it from.
    pub typing: Option<&'a Typing>,
    pub unlocked_until: Option<NaiveDate>,
    pub filled: (i64, i64),
    pub extension: Option<&'a ExtensionWord>,
    /// The day the unit promised when it was called.
    pub promised: Option<NaiveDate>,
    /// Something happened in a part of the period: nothing can be declared for the whole of it.
    pub had_part: bool,
}

/// "Báo cáo năm 2025", or the label itself for a document.
pub fn title(kind: RegimeKind, label: &str) -> String {
    if kind == RegimeKind::Document {
        return label.to_owned();
    }
    report_title(label)
}

impl Card {
    /// The card of one duty for one person on one day.
    pub fn new(source: &Source<'_>, actor: &Actor, holidays: &Holidays, now: impl Into<Now>) -> Card {
        let now = now.into();
        let today = now.today;
        let Source { duty, period, regime, .. } = source;
        let day = duty.pressing_day(regime.rolling, holidays);
        let lock = lock_day(period.lock_on, duty.obligation.extended_to, source.unlocked_until);
        // A correction that was asked for is not held up by the lock.
        let locked = lock.filter(|day| *day < today && !duty.is_correcting());
        let progress = duty.progress();
        let (filled, asked) = source.filled;
        let tag_words = match duty.state() {
            _ if source.typing.is_some() => "Nơi nhận đang nhập thay".to_owned(),
            ReportState::Draft if asked > 0 => format!("{} · {filled}/{asked}", progress.words()),
            _ => progress.words().to_owned(),
        };
        let kind = regime.kind();
        let may_declare = actor.for_unit(duty.obligation.unit_id, Action::DeclareNil).is_some();
        let open = matches!(duty.state(), ReportState::NotBegun | ReportState::Draft);
        let nil_href = (may_declare
            && open
            && !source.had_part
            && source.typing.is_none()
            && !duty.is_consolidated()
            && locked.is_none()
            && kind == RegimeKind::Report)
            .then(|| format!("/obligations/{}/nil", duty.obligation.id));
        let plan = kind == RegimeKind::Document && !duty.is_consolidated() && is_of_plans(&regime.name);
        let extension = source.extension.filter(|_| duty.waits_for_extension());
        let may_ask = actor.for_unit(duty.obligation.unit_id, Action::EditDraft).is_some()
            && duty.waits_for_extension()
            && day.is_some()
            && !extension.is_some_and(ExtensionWord::waits);
        Card {
            // A granted day is in the words of the time axis already.
            extension: extension.filter(|word| word.kind != "extension_granted").map(ExtensionWord::words),
            ask_href: may_ask.then(|| format!("/obligations/{}/extension-request", duty.obligation.id)),
            leaf: Leaf::of(day, today),
            title: match duty.is_consolidated() {
                true => title(kind, &period.label).replacen("Báo cáo", "Báo cáo tổng hợp", 1),
                false => title(kind, &period.label),
            },
            href: format!("/reports/{}", duty.report.id),
            regime: regime.name.clone(),
            addressee: regime.addressee.clone(),
            unit: source.unit.clone(),
            part_of: source.part_of.clone(),
            window: period.window().map(|w| format!("Số liệu {w}")),
            dates: {
                let opened = source.unlocked_until.filter(|until| period.is_locked(today) && today <= *until);
                let opened = opened.map(|until| {
                    format!("nơi nhận đã mở khóa số liệu cho đơn vị đến hết {}", weekday_date(until))
                });
                opened.into_iter().chain(dates(source, holidays)).collect()
            },
            due: duty.due(regime.rolling, holidays, now),
            timing: duty.timing(regime.rolling, holidays, now),
            amendment: source.amendment.filter(|_| duty.is_correcting()).map(|a| {
                let day = short_date(to_local(a.at).date());
                let what = match a.step {
                    Step::Reopen => "mở lại báo cáo",
                    Step::Renew => "chỉnh lý theo bản tổng hợp mới",
                    _ => "đề nghị chỉnh lý",
                };
                (format!("{} {what} ngày {day}.", organisation(&a.by)), a.reason.clone())
            }),
            handed_back: source.handed_back.map(|back| {
                let day = short_date(to_local(back.at).date());
                (format!("Lãnh đạo đơn vị chuyển lại ngày {day}."), back.reason.clone())
            }),
            typing: source.typing.map(being_typed),
            locked_since: locked.map(short_date),
            tag: if source.typing.is_some() { Progress::WithLeader.tag() } else { progress.tag() },
            tag_words,
            button: match source.typing {
                Some(_) => {
                    Button { href: format!("/obligations/{}", duty.obligation.id), words: "Xem", main: false }
                }
                None => button(duty, actor, (locked.is_some(), day.is_some(), plan)),
            },
            nil_href,
            day,
            correcting: duty.is_correcting(),
            approves: progress == Progress::WithLeader
                && actor.for_unit(duty.obligation.unit_id, Action::ApproveForUnit).is_some(),
        }
    }

    /// What it is sorted by: what only this person can do first, for others wait for it; then by the day that presses, the
    /// undated after the dated; last what is locked, of which nothing can be sent.
    pub fn press(&self) -> (bool, bool, bool, Option<NaiveDate>) {
        (!self.approves, self.locked_since.is_some(), self.day.is_none(), self.day)
    }

    /// Whether its last day has passed, or the hour at which that day ends.
    pub fn is_overdue(&self) -> bool {
        matches!(self.timing, Some(Timing::Overdue(_)))
    }

    /// Whether its last day is today, or comes within a week.
    pub fn is_near(&self) -> bool {
        match self.timing {
            Some(Timing::DueToday) => true,
            Some(Timing::DaysLeft(days) | Timing::Extended { days_left: days, .. }) => days <= SOON_DAYS,
            _ => false,
        }
    }
}

/// The dates of a duty in sentences, each with its reason; what is no different is not said twice.
fn dates(source: &Source<'_>, holidays: &Holidays) -> Vec<String> {
    let Source { duty, period, regime, .. } = source;
    let mut lines = Vec::new();
    if duty.is_correcting() {
        lines.extend(
            duty.report
                .amend_due_on
                .map(|day| format!("chỉnh lý chậm nhất {}, theo đề nghị của nơi nhận", weekday_date(day))),
        );
    } else {
        let own = duty.rule() != period.due();
        let whose = if own { "thời hạn của đơn vị" } else { "thời hạn ghi" };
        lines.push(format!("{whose}: {}", duty.rule().text()));
        lines.extend(own.then(|| format!("thời hạn ghi trong văn bản: {}", period.due().text())));
        let dates = duty.dates(regime.rolling, holidays);
        let plain = dates.stated == dates.effective && dates.stated == duty.rule().date();
        let worked = dates.effective.is_some_and(|day| holidays.is_working_day(day));
        if let (Some(stated), Some(last), false) = (dates.stated, dates.effective, plain && worked) {
            let words = match stated == last {
                true => format!("ngày cuối: {}", weekday_date(last)),
                false => {
                    format!("ngày cuối {} là ngày nghỉ, tính đến {}", short_date(stated), weekday_date(last))
                }
            };
            let working = holidays.last_working_day_on_or_before(last);
            let before = match working == last {
                true => String::new(),
                false => format!("; ngày làm việc cuối cùng trước đó: {}", weekday_date(working)),
            };
            lines.push(format!("{words}{before}"));
        }
        if let Some(until) = dates.extended {
            let reason = source.extension.filter(|word| word.kind == "extension_granted");
            let reason = reason.map(|word| word.reason.trim()).filter(|reason| !reason.is_empty());
            let reason = reason.map(|reason| format!(", lý do: {reason}")).unwrap_or_default();
            lines.push(format!("được gia hạn đến {}{reason}", weekday_date(until)));
        }
        if !period.due_basis.is_empty() {
            lines.push(format!("căn cứ thời hạn: {}", period.due_basis));
        }
    }
    let promised = promise(duty, source.promised, NaiveDate::MIN);
    if promised.is_some() {
        lines.extend(source.promised.map(|day| format!("đã hẹn với nơi nhận gửi ngày {}", short_date(day))));
    }
    lines
}

/// "Công an tỉnh Bắc Giang đang nhập thay từ văn bản giấy (số đến 215, ngày 12/6/2025). …"
fn being_typed(typing: &Typing) -> String {
    format!(
        "{} đang nhập thay từ {} ({}). Đơn vị xem được sau khi nhập xong; bản đơn vị đang soạn trước đó, nếu có, được giữ nguyên.",
        organisation(&typing.typist),
        match typing.from_file {
            true => "tệp Excel của đơn vị",
            false => "văn bản giấy",
        },
        typing.paper.words()
    )
}

/// The body in "title, body": a request to amend comes from the collector, not from its clerk.
fn organisation(title: &str) -> &str {
    title.rsplit_once(", ").map_or(title, |(_, body)| body)
}

/// `plan`: what is asked is the unit's own plan.
fn button(duty: &Duty, actor: &Actor, (locked, dated, plan): (bool, bool, bool)) -> Button {
    let unit = duty.obligation.unit_id;
    let read = format!("/reports/{}", duty.report.id);
    let write = format!("{read}/draft");
    if locked {
        return Button { href: format!("/obligations/{}", duty.obligation.id), words: "Xem", main: false };
    }
    match duty.state() {
        ReportState::WithLeader if actor.for_unit(unit, Action::ApproveForUnit).is_some() => {
            Button { href: read, words: "Xem và duyệt", main: true }
        }
        _ if actor.for_unit(unit, Action::EditDraft).is_none() => {
            Button { href: read, words: "Xem", main: false }
        }
        ReportState::NotBegun if plan => {
            Button {
                href: format!("{read}/unit-plan"), words: "Đưa kế hoạch của đơn vị lên", main: dated
            }
        }
        ReportState::NotBegun => Button { href: write, words: "Soạn báo cáo", main: dated },
        ReportState::Draft => Button { href: write, words: "Soạn tiếp", main: dated },
        ReportState::Amend => Button { href: write, words: "Chỉnh lý báo cáo", main: true },
        _ => Button { href: read, words: "Xem", main: false },
    }
}
