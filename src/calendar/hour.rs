//! The hour of a due day: as documents write it ("16 giờ 00"), as people type it and as it is stored ("16:00").
//! Local time in Vietnam, whole minutes.

use chrono::{NaiveTime, Timelike};

/// "16 giờ 00".
pub fn hour_words(hour: NaiveTime) -> String {
    format!("{} giờ {:02}", hour.hour(), hour.minute())
}

/// "16:00", for storage and for the field of a form.
pub fn hour_code(hour: NaiveTime) -> String {
    format!("{:02}:{:02}", hour.hour(), hour.minute())
}

/// Reads "16:00", "16h", "16h30", "16 giờ", "16 giờ 30"; `None` for anything else.
pub fn parse_hour(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace("giờ", ":").replace(['h', 'g'], ":");
    let (hour, minute) = text.split_once(':')?;
    let number = |part: &str, blank: Option<u32>| -> Option<u32> {
        let part = part.trim();
        if part.is_empty() {
            return blank;
        }
        (part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    NaiveTime::from_hms_opt(number(hour, None)?, number(minute, Some(0))?, 0)
}
