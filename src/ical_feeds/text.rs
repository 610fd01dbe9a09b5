//! Events as text/calendar (RFC 5545): properties escaped, lines folded at 75 octets between characters, CR LF. Pure, and
//! the same events are the same bytes. Why no crate writes it: docs/decisions/0043.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Event, Status};

/// Octets of a line, without its end (section 3.1).
const LINE: usize = 75;
const ZONE: &str = "Asia/Ho_Chi_Minh";
/// Days before the last day on which calendars remind, in the morning; and on the last working day up to it.
const ALARMS: [i64; 4] = [7, 3, 1, 0];
/// Minutes after midnight of those mornings: eight o'clock.
const MORNING: i64 = 8 * 60;

/// A calendar of some events. It is never without a component: the time zone is always there.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut out = String::with_capacity(512 + events.len() * 900);
    let mut line = |text: &str| {
        out.push_str(&folded(text));
        out.push_str("\r\n");
    };
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Tong Hop//Thoi han bao cao//VI");
    line("CALSCALE:GREGORIAN");
    line(&format!("NAME:{}", escaped(name)));
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    line("X-PUBLISHED-TTL:PT6H");
    // UTC+7 since 13/6/1975, without summer time.
    line("BEGIN:VTIMEZONE");
    line(&format!("TZID:{ZONE}"));
    line("BEGIN:STANDARD");
    line("DTSTART:19750613T000000");
    line("TZOFFSETFROM:+0800");
    line("TZOFFSETTO:+0700");
    line("TZNAME:+07");
    line("END:STANDARD");
    line("END:VTIMEZONE");
    for event in events {
        self::event(&mut line, event);
    }
    line("END:VCALENDAR");
    out
}

fn event(line: &mut impl FnMut(&str), event: &Event) {
    line("BEGIN:VEVENT");
    line(&format!("UID:{}", event.uid));
    line(&format!("DTSTAMP:{}", utc(event.changed_at)));
    line(&format!("LAST-MODIFIED:{}", utc(event.changed_at)));
    line(&format!("SEQUENCE:{}", event.sequence));
    match event.hour {
        Some(hour) => line(&format!("DTSTART;TZID={ZONE}:{}T{}", date(event.day), time(hour))),
        None => {
            line(&format!("DTSTART;VALUE=DATE:{}", date(event.day)));
            let next = event.day.succ_opt().unwrap_or(event.day);
            line(&format!("DTEND;VALUE=DATE:{}", date(next)));
        }
    }
    line(&format!("SUMMARY:{}", escaped(&event.summary)));
    line(&format!("DESCRIPTION:{}", escaped(&event.description)));
    line(match event.status {
        Status::Due | Status::Done => "STATUS:CONFIRMED",
        Status::Cancelled => "STATUS:CANCELLED",
    });
    // A last day leaves the day itself free.
    line("TRANSP:TRANSPARENT");
    if event.status == Status::Due {
        let mut alarms: Vec<i64> = ALARMS.into_iter().chain([event.rest_days]).collect();
        alarms.sort_unstable_by(|one, other| other.cmp(one));
        alarms.dedup();
        for days in alarms {
            let words = match days {
                0 => "Hôm nay là ngày cuối".to_owned(),
                days if days == event.rest_days => format!("Ngày làm việc cuối cùng, còn {days} ngày"),
                days => format!("Còn {days} ngày"),
            };
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", escaped(&format!("{words}: {}", event.summary))));
            line(&format!("TRIGGER:{}", before(days, event.hour)));
            line("END:VALARM");
        }
    }
    line("END:VEVENT");
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn time(hour: NaiveTime) -> String {
    hour.format("%H%M%S").to_string()
}

fn utc(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// From eight in the morning so many days before to the start of the event, as a negative duration: "-P6DT16H"; of a whole day
/// itself eight hours into it: "PT8H".
fn before(days: i64, hour: Option<NaiveTime>) -> String {
    let start = hour.map_or(0, |hour| i64::from(hour.hour() * 60 + hour.minute()));
    let minutes = days * 24 * 60 + start - MORNING;
    let mut text = String::from(if minutes > 0 { "-P" } else { "P" });
    let minutes = minutes.abs();
    let (days, hours, minutes) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if hours + minutes > 0 || days == 0 {
        text.push('T');
    }
    if hours > 0 {
        text.push_str(&format!("{hours}H"));
    }
    if minutes > 0 || days + hours == 0 {
        text.push_str(&format!("{minutes}M"));
    }
    text
}

/// A text value: backslash, semicolon, comma and line ends escaped (section 3.3.11); other control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A content line over as many lines as it needs, none longer than 75 octets, no character torn.
pub fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 24);
    let mut room = LINE;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            // The blank that begins a folded line counts.
            room = LINE - 1;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out
}
