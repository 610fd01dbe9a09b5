//! What stands before and after a step, value by value, in words: codes as the pages name them, days as documents write
//! them, bodies by their names.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use super::key_words::key_words;
use super::shown::Names;
use crate::access::Role;
use crate::attachments::{Purpose, size_words};
use crate::calendar::to_local;
use crate::periods::{Progress, Standing};
use crate::reports::{ReportState, Step};
use crate::vietnamese::{date_time, group_thousands, short_date};

/// Letters of one value at most; the object's own page has the rest.
const LONGEST: usize = 300;
/// Entries of a list that are named one by one.
const NAMED: usize = 12;

/// Codes that no other room spells.
const CODES: &[(&str, &str, &str)] = &[
    ("status", "draft", "dự thảo"),
    ("status", "approved", "đã chốt"),
    ("status", "discarded", "đã hủy"),
    ("status", "returned", "đã trả lại"),
    ("status", "sent", "đã gửi"),
    ("due_rule", "before", "trước ngày"),
    ("due_rule", "by", "chậm nhất ngày"),
    ("due_rule", "undated", "không ấn định ngày"),
    ("part", "lead", "chủ trì"),
    ("part", "cooperate", "phối hợp"),
    ("part", "own", "báo cáo riêng"),
    ("part", "consolidated", "báo cáo tổng hợp"),
    ("mode", "assign", "giao"),
    ("mode", "request", "đề nghị"),
    ("kind", "rename", "đổi tên"),
    ("kind", "merge", "sáp nhập"),
    ("kind", "split", "chia, tách"),
    ("kind", "abolish", "giải thể"),
    ("kind", "transfer", "chuyển chức năng"),
];

/// A value under its key; "" where there is none.
pub(super) fn words(key: &str, value: &Value, names: &Names) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "có".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        Value::Number(number) => number_words(key, number.as_i64(), &number.to_string(), names),
        Value::String(text) => text_words(key, text, names),
        Value::Array(all) => list_words(key, all, names),
        Value::Object(map) => {
            let parts = map.iter().filter_map(|(key, value)| {
                let (name, value) = (key_words(key)?, words(key, value, names));
                (!value.is_empty()).then(|| format!("{name}: {value}"))
            });
            cut(&parts.collect::<Vec<_>>().join(", "))
        }
    }
}

fn number_words(key: &str, number: Option<i64>, as_written: &str, names: &Names) -> String {
    match (key, number) {
        ("size", Some(bytes)) => size_words(bytes),
        ("unit" | "from" | "to" | "collector" | "founded", Some(id)) => names.unit(id).unwrap_or_default(),
        // An id of something else, which would be a bare number here.
        ("function", _) => String::new(),
        ("issued_year", Some(year)) => year.to_string(),
        (_, Some(number)) => group_thousands(number),
        (_, None) => as_written.to_owned(),
    }
}

fn text_words(key: &str, text: &str, names: &Names) -> String {
    if let Some(words) = names.place(text).filter(|_| key == "place") {
        return words;
    }
    let coded = CODES.iter().find(|(of, code, _)| *of == key && *code == text).map(|(.., words)| *words);
    let known = match key {
        "state" => ReportState::from_code(text).map(|state| Progress::of(Standing::Owed, state).words()),
        "standing" => Standing::from_code(text).map(standing_words),
        "role" | "was" | "is" => Role::from_code(text).map(Role::name),
        "purpose" => Purpose::from_code(text).map(Purpose::words),
        "with" => Step::from_code(text).map(Step::words),
        _ => None,
    };
    if let Some(words) = coded.or(known) {
        return words.to_lowercase();
    }
    if let Some(unit) = names.unit_of_code(text) {
        return unit;
    }
    // Instants are stored in UTC.
    if let Ok(at) = text.parse::<NaiveDateTime>() {
        return date_time(to_local(at));
    }
    text.parse::<NaiveDate>().map_or_else(|_| cut(text), short_date)
}

/// What is owed, apart from how far its report has come.
fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Owed => "phải báo cáo",
        Standing::Nil => "không phát sinh",
        Standing::Exempt => "được miễn",
        Standing::Ended => "đã kết thúc",
    }
}

fn list_words(key: &str, all: &[Value], names: &Names) -> String {
    let told: Vec<String> =
        all.iter().map(|value| words(key, value, names)).filter(|words| !words.is_empty()).collect();
    let mark = if all.iter().any(Value::is_object) { "; " } else { ", " };
    let more = told.len().saturating_sub(NAMED);
    let first = told.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(mark);
    if more == 0 { first } else { format!("{first} và {more} mục khác") }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LONGEST).collect::<String>().trim_end())
}
