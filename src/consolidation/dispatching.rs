//! What is typed of a sending, and the same read: to whom, by which way, when, under which number and whose name. Pure.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::queries::Signed;
use crate::calendar::{Moment, hour_code, parse_hour, to_local};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::{LINE, SIGN};
use crate::vietnamese::{date_time, parse_date, short_date};

/// The ways a document goes, by their codes.
pub const WAYS: [(&str, &str); 4] = [
    ("axis", "trục liên thông văn bản"),
    ("clerk", "văn thư"),
    ("mail", "thư điện tử"),
    ("system", "trên phần mềm này"),
];

/// The way a code names.
pub fn way_words(code: &str) -> &'static str {
    WAYS.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| *words)
}

/// What the page posts, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dispatching {
    /// The recipient chosen; blank for another one.
    pub recipient: String,
    /// The other one.
    pub other: String,
    pub way: String,
    pub sent_on: String,
    pub sent_time: String,
    pub doc_number: String,
    pub doc_date: String,
    /// It is another document than the one the edition has a number of already.
    pub another: bool,
    /// Who signed; blank for the leader who approved.
    pub capacity: String,
    pub title: String,
    pub name: String,
}

/// The same read: what will be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) recipient: String,
    pub(super) way: &'static str,
    /// Local time.
    pub(super) at: NaiveDateTime,
    pub(super) doc_number: String,
    pub(super) doc_date: Option<NaiveDate>,
    pub(super) another: bool,
    pub(super) signed: Signed,
}

impl Dispatching {
    /// A form filled as it most often is: now.
    pub fn now(recipient: Option<&String>, moment: Moment) -> Dispatching {
        let local = to_local(moment.at);
        Dispatching {
            recipient: recipient.cloned().unwrap_or_default(),
            way: WAYS[0].0.to_owned(),
            sent_on: short_date(local.date()),
            sent_time: hour_code(local.time()),
            ..Dispatching::default()
        }
    }

    /// Reads it; `approved` is when the edition was approved (UTC).
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is missing or cannot be read.
    pub(super) fn read(&self, approved: NaiveDateTime, moment: Moment) -> Result<Sent, Error> {
        let mut problems = Problems::default();
        let recipient = if self.recipient.is_empty() { &self.other } else { &self.recipient };
        if recipient.is_empty() {
            problems.add("recipient", "Chọn nơi nhận, hoặc nhập nơi nhận khác.");
        }
        problems.add_fault("other", LINE.fault("Nơi nhận", recipient));
        let way = WAYS.iter().find(|(code, _)| *code == self.way).map(|(code, _)| *code);
        if way.is_none() {
            problems.add("way", "Chọn cách gửi.");
        }
        let day = parse_date(&self.sent_on).map_err(|e| problems.add("sent_on", e.to_string())).ok();
        let hour = parse_hour(&self.sent_time);
        if hour.is_none() {
            problems.add("sent_time", "Nhập giờ gửi, ví dụ 16:30.");
        }
        let at = day.zip(hour).map(|(day, hour)| day.and_time(hour));
        if let Some(at) = at {
            untimely(at, to_local(approved), to_local(moment.at), &mut problems);
        }
        if self.doc_number.is_empty() && way != Some("system") {
            problems.add("doc_number", "Nhập số, ký hiệu của văn bản gửi kèm, ví dụ 125/BC-CAT.");
        }
        problems.add_fault("doc_number", SIGN.fault("Số, ký hiệu", &self.doc_number));
        problems.add_fault("capacity", LINE.fault("Quyền hạn ký", &self.capacity));
        problems.add_fault("title", LINE.fault("Chức vụ người ký", &self.title));
        problems.add_fault("name", LINE.fault("Họ và tên người ký", &self.name));
        let doc_date = match self.doc_date.as_str() {
            "" => None,
            typed => parse_date(typed).map_err(|e| problems.add("doc_date", e.to_string())).ok(),
        };
        if self.doc_date.is_empty() && way != Some("system") {
            problems.add("doc_date", "Nhập ngày của văn bản gửi kèm.");
        }
        if doc_date.zip(day).is_some_and(|(document, sent)| document > sent) {
            problems.add("doc_date", "Văn bản gửi kèm mang ngày sau ngày gửi. Kiểm tra lại hai ngày.");
        }
        match (way, at) {
            (Some(way), Some(at)) => problems.or(Sent {
                recipient: recipient.clone(),
                way,
                // Minutes are typed: what is sent in the minute of its approval is sent after it.
                at: at.max(to_local(approved)).min(to_local(moment.at)),
                doc_number: self.doc_number.clone(),
                doc_date,
                another: self.another,
                signed: Signed {
                    capacity: self.capacity.clone(),
                    title: self.title.clone(),
                    name: self.name.clone(),
                },
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

fn untimely(at: NaiveDateTime, approved: NaiveDateTime, now: NaiveDateTime, problems: &mut Problems) {
    let minute = |at: NaiveDateTime| {
        at.date().and_time(NaiveTime::from_hms_opt(at.hour(), at.minute(), 0).unwrap_or_default())
    };
    if at < minute(approved) {
        let message = format!("Bản tổng hợp được chốt lúc {}; không gửi được trước đó.", date_time(approved));
        problems.add("sent_on", message);
    }
    if at > now {
        problems.add("sent_on", "Thời điểm gửi chưa tới. Ghi nhận sau khi đã gửi.");
    }
}
