//! What was typed about a call or a message, on the way to an entry of the log.

use chrono::{Days, NaiveDate};

use super::{Channel, Outcome};
use crate::db::ids::ContactId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::{PARAGRAPH, PERSON};
use crate::vietnamese::{parse_date, short_date};
use crate::web::FormData;

/// How far back a contact may lie, and how far ahead a promise, in days.
const BACK: u64 = 92;
const AHEAD: u64 = 92;

/// Every field as typed.
#[derive(Debug, Clone, Default)]
pub struct ContactInput {
    pub on: String,
    pub channel: String,
    pub with: String,
    pub outcome: String,
    pub promised: String,
    pub note: String,
    /// Id of the entry this one corrects, or blank.
    pub corrects: String,
}

/// A contact as it shall be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    pub on: NaiveDate,
    pub channel: Channel,
    pub with: String,
    pub outcome: Outcome,
    pub note: String,
    pub corrects: Option<ContactId>,
}

impl ContactInput {
    /// A blank form of today.
    pub fn blank(today: NaiveDate) -> ContactInput {
        ContactInput { on: short_date(today), channel: Channel::Phone.code().into(), ..Default::default() }
    }

    pub fn read(form: &FormData) -> ContactInput {
        ContactInput {
            on: form.line("on"),
            channel: form.line("channel"),
            with: form.line("with"),
            outcome: form.line("outcome"),
            promised: form.line("promised"),
            note: form.get("note").trim().to_owned(),
            corrects: form.line("corrects"),
        }
    }

    /// The entry, on the day `today`.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn contact(&self, today: NaiveDate) -> Result<NewContact, Error> {
        let mut problems = Problems::default();
        let on = parse_date(&self.on).map_err(|error| problems.add("on", error.to_string())).ok();
        if on.is_some_and(|on| on > today) {
            problems.add("on", "Ngày liên hệ chưa tới. Nhập hôm nay hoặc ngày đã qua.");
        } else if on.is_some_and(|on| Some(on) < today.checked_sub_days(Days::new(BACK))) {
            problems.add("on", "Ngày liên hệ đã quá ba tháng. Kiểm tra lại ngày.");
        }
        let channel = Channel::from_code(&self.channel);
        if channel.is_none() {
            problems.add("channel", "Chọn cách liên hệ.");
        }
        let promised = match self.outcome.as_str() {
            "promised" => self.promised_day(on, today, &mut problems),
            "reached" | "no_answer" if !self.promised.is_empty() => {
                problems.add("promised", "Đã nhập ngày hẹn: chọn kết quả “Hẹn ngày gửi”, hoặc xóa ngày.");
                None
            }
            "reached" | "no_answer" => None,
            _ => {
                problems.add("outcome", "Chọn kết quả liên hệ.");
                None
            }
        };
        problems.add_fault("with", PERSON.fault("Người trao đổi", &self.with));
        problems.add_fault("note", PARAGRAPH.fault("Ghi chú", &self.note));
        let corrects = match self.corrects.as_str() {
            "" => None,
            id => Some(ContactId(id.parse().map_err(|_| Error::NotFound)?)),
        };
        if corrects.is_some() && self.note.is_empty() {
            problems.add("note", "Nhập lý do đính chính.");
        }
        let outcome = Outcome::from_parts(&self.outcome, promised);
        match (on, channel, outcome) {
            (Some(on), Some(channel), Some(outcome)) => problems.or(NewContact {
                on,
                channel,
                with: self.with.clone(),
                outcome,
                note: self.note.clone(),
                corrects,
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }

    fn promised_day(
        &self,
        on: Option<NaiveDate>,
        today: NaiveDate,
        problems: &mut Problems,
    ) -> Option<NaiveDate> {
        let day = match parse_date(&self.promised) {
            Ok(day) => day,
            Err(error) => {
                problems.add("promised", error.to_string());
                return None;
            }
        };
        if on.is_some_and(|on| day < on) {
            problems.add("promised", "Ngày hẹn không thể trước ngày liên hệ.");
        } else if today.checked_add_days(Days::new(AHEAD)).is_some_and(|last| day > last) {
            problems.add("promised", "Ngày hẹn xa quá ba tháng. Kiểm tra lại ngày.");
        }
        Some(day)
    }
}
