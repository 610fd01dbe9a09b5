//! Chasing as it is really done: who is called in which order, what was said and promised, the words of a message, the
//! reminder letter. What a contact is stands here; who reads and writes the log is in `record`.

mod call_list;
pub mod form;
pub mod letter;
pub mod message;
pub mod pages;
pub mod queries;
mod record;
pub mod telephone;

pub use call_list::{Line, Urgency, lines};
pub use record::{Book, may_chase, record};

use chrono::NaiveDate;

use crate::calendar::{Holidays, Now};
use crate::db::ids::ContactId;
use crate::periods::{Duty, Standing};
use crate::units::COURTEOUS_KINDS;
use crate::vietnamese::short_date;

/// How a body was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    Phone,
    Zalo,
    Email,
    InPerson,
}

impl Channel {
    pub const ALL: [Channel; 4] = [Channel::Phone, Channel::Zalo, Channel::Email, Channel::InPerson];

    /// Stable text code, for storage.
    pub fn code(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::Zalo => "zalo",
            Channel::Email => "email",
            Channel::InPerson => "in_person",
        }
    }

    /// Reads [`Channel::code`].
    pub fn from_code(code: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// Name in a list of choices.
    pub fn label(self) -> &'static str {
        match self {
            Channel::Phone => "Gọi điện",
            Channel::Zalo => "Nhắn Zalo",
            Channel::Email => "Thư điện tử",
            Channel::InPerson => "Gặp trực tiếp",
        }
    }

    /// What was done, in the log: "đã gọi".
    pub fn done(self) -> &'static str {
        match self {
            Channel::Phone => "đã gọi",
            Channel::Zalo => "đã nhắn Zalo",
            Channel::Email => "đã gửi thư điện tử",
            Channel::InPerson => "đã gặp",
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The body named the day on which it will send.
    Promised(NaiveDate),
    /// Somebody was spoken to or answered, without a day.
    Reached,
    NoAnswer,
}

impl Outcome {
    /// Code and words of every outcome, in the order a form offers them.
    pub const CHOICES: [(&'static str, &'static str); 3] = [
        ("promised", "Hẹn ngày gửi"),
        ("reached", "Đã trao đổi, chưa hẹn ngày"),
        ("no_answer", "Không liên lạc được"),
    ];

    /// Stable text code, for storage.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Promised(_) => "promised",
            Outcome::Reached => "reached",
            Outcome::NoAnswer => "no_answer",
        }
    }

    /// Puts a stored outcome together again; none when the parts do not belong together.
    pub fn from_parts(code: &str, promised: Option<NaiveDate>) -> Option<Outcome> {
        match (code, promised) {
            ("promised", Some(day)) => Some(Outcome::Promised(day)),
            ("reached", None) => Some(Outcome::Reached),
            ("no_answer", None) => Some(Outcome::NoAnswer),
            _ => None,
        }
    }

    /// The day that was promised.
    pub fn promised(self) -> Option<NaiveDate> {
        match self {
            Outcome::Promised(day) => Some(day),
            Outcome::Reached | Outcome::NoAnswer => None,
        }
    }

    /// "hẹn gửi ngày 13/11/2026".
    pub fn words(self) -> String {
        match self {
            Outcome::Promised(day) => format!("hẹn gửi ngày {}", short_date(day)),
            Outcome::Reached => "đã trao đổi, chưa hẹn ngày".to_owned(),
            Outcome::NoAnswer => "không liên lạc được".to_owned(),
        }
    }
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    /// The day on which it happened.
    pub on: NaiveDate,
    pub channel: Channel,
    /// With whom, as typed; may be blank.
    pub with: String,
    pub outcome: Outcome,
    /// The collector's own; no unit reads it.
    pub note: String,
    /// The last revision when it was spoken about.
    pub after_revision: i32,
    /// The entry this one corrects.
    pub corrects: Option<ContactId>,
    /// A later entry stands in its place.
    pub corrected: bool,
    /// Name and title of who wrote it.
    pub by: String,
    /// UTC.
    pub recorded_at: chrono::NaiveDateTime,
}

impl Contact {
    /// "đã gọi 10/11/2026, gặp bà Hoa: hẹn gửi ngày 13/11/2026".
    pub fn words(&self) -> String {
        let with = match self.with.is_empty() {
            true => String::new(),
            false => format!(", gặp {}", self.with),
        };
        format!("{} {}{with}: {}", self.channel.done(), short_date(self.on), self.outcome.words())
    }
}

/// What a promise means today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Its day has not passed: the body is left in peace until the day after.
    Runs(NaiveDate),
    /// Its day has passed and nothing came.
    Broken(NaiveDate),
}

/// Whether a body still has something to send, its correction included.
pub fn owes(duty: &Duty) -> bool {
    duty.standing() == Standing::Owed && (duty.answered_at().is_none() || duty.is_correcting())
}

/// Whether a call about it is kept: something is owed, or the body says that there is nothing, which may be asked about.
pub fn may_be_spoken_about(duty: &Duty) -> bool {
    owes(duty) || duty.standing() == Standing::Nil
}

/// What the newest promise of a body means on `today`; none where nothing is owed. A day that the collector itself gave
/// later than the promised one (an extension that still runs) takes the promise's place.
pub fn promise(duty: &Duty, promised: Option<NaiveDate>, today: NaiveDate) -> Option<Promise> {
    let day = promised.filter(|_| owes(duty))?;
    let extended = !duty.is_correcting() && duty.obligation.extended_to.is_some_and(|until| today <= until);
    match (today <= day, extended) {
        (true, _) => Some(Promise::Runs(day)),
        (false, true) => None,
        (false, false) => Some(Promise::Broken(day)),
    }
}

/// Days past the last day of whatever the body owes now, its correction included; 0 on the day while it runs and before,
/// none without a day.
pub fn days_past(duty: &Duty, rolling: bool, holidays: &Holidays, now: impl Into<Now>) -> Option<i64> {
    let now = now.into();
    let days = match duty.is_correcting() {
        true => now.days_past(duty.report.amend_due_on?, None),
        false => duty.dates(rolling, holidays).days_past(now)?,
    };
    Some(days.max(0))
}

/// Front and mass organisations, and whoever the document asks (đề nghị): never "quá hạn", never "yêu cầu".
pub fn is_courteous(duty: &Duty, kind_code: &str) -> bool {
    duty.is_request() || COURTEOUS_KINDS.contains(&kind_code)
}
