//! The heading block: who issued what, under which number, where and when, about what, to whom. In the order of the
//! form, but by the words, for two columns flattened to text come in any order and parts may be missing.

use super::heading_parts::{Numbered, issuers, kind_line, kind_of_symbol, numbered, place_and_date};
use super::lines::Line;
use super::markers::{Level, marker_of};
use super::noise::{around_motto, is_furniture, is_motto_part};
use super::reading::{Found, Heading, Role, Sure};
use super::text_begins::{begins_paragraph, begins_text};
use super::words::plain;

/// Lines with text that a heading may take.
const MOST_LINES: usize = 60;

/// What the next line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Going {
    Bodies,
    Title,
    LetterSubject,
    Addressees,
}

struct Reader {
    heading: Heading,
    going: Going,
    bodies: Vec<(String, usize)>,
    subject: Vec<(String, usize)>,
    titled: bool,
    letter: bool,
}

/// Reads the heading and gives back the index of the first line of the text.
pub(super) fn read(lines: &[Line], roles: &mut [Role]) -> (Heading, usize) {
    let mut reader = Reader {
        heading: Heading::default(),
        going: Going::Bodies,
        bodies: Vec::new(),
        subject: Vec::new(),
        titled: false,
        letter: false,
    };
    let mut taken = 0;
    let mut blank = false;
    let mut pending: Option<String> = None;
    let mut start = lines.len();
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || roles[index] == Role::Boilerplate {
            blank |= line.is_blank();
            continue;
        }
        let mut line = line.clone();
        if let Some(begun) = pending.take() {
            line.text = format!("{begun} {}", line.text);
            line.columns.clear();
        }
        // "Số:" and "258/KH-UBND", "ngày 07" and "tháng 02 năm 2024": a narrow column broke the line.
        if breaks_off(&line.text) && reader.going == Going::Bodies {
            (roles[index], pending) = (Role::Heading, Some(line.text));
            continue;
        }
        let line = &line;
        if taken == MOST_LINES {
            start = index;
            break;
        }
        let later = lines.get(index + 1..).unwrap_or_default();
        match reader.take_columns(line, blank, later) {
            Some(role) => roles[index] = role,
            None => {
                start = index;
                break;
            }
        }
        (taken, blank) = (taken + 1, false);
    }
    (reader.finish(), start)
}

impl Reader {
    /// The role of a line of one or several columns.
    fn take_columns(&mut self, line: &Line, blank: bool, later: &[Line]) -> Option<Role> {
        if line.columns.len() < 2 || self.going == Going::Addressees {
            return self.take(line, blank, later);
        }
        let mut role = None;
        for text in whole_columns(&line.columns) {
            let part = Line { text, columns: Vec::new(), ..*line };
            role = role.or(Some(self.take(&part, blank, later)?));
        }
        role
    }

    /// The role of a line, or nothing when the text begins with it.
    fn take(&mut self, line: &Line, blank: bool, later: &[Line]) -> Option<Role> {
        let number = line.number;
        if is_furniture(&line.text) {
            return Some(Role::Boilerplate);
        }
        if let Some(rest) = around_motto(&line.text) {
            if !rest.is_empty() {
                // "ỦY BAN NHÂN DÂN" and "THÀNH PHỐ HUẾ", each beside its half of the motto.
                let place = !self.body_or_number(&rest, number)
                    && self.going == Going::Bodies
                    && !self.bodies.is_empty()
                    && super::blocks::is_title(&rest);
                if place {
                    self.bodies.push((rest, number));
                }
                return Some(Role::Heading);
            }
            return Some(Role::Boilerplate);
        }
        if is_motto_part(&line.text) {
            return Some(Role::Boilerplate);
        }
        let folded = plain(&line.text);
        if folded.starts_with("kinh gui") {
            self.going = Going::Addressees;
            self.letter |= !self.titled;
            let rest = line.text.split_once(':').map_or("", |(_, rest)| rest.trim());
            self.addressees(rest, number);
            return Some(Role::Heading);
        }
        if self.going == Going::Addressees {
            return self.addressee_line(line);
        }
        if self.body_or_number(&line.text, number) {
            return Some(Role::Heading);
        }
        if !self.titled
            && let Some((kind, rest)) = kind_line(&line.text)
        {
            self.titled = true;
            self.going = Going::Title;
            self.heading.kind = Some(found(kind.to_owned(), number, Sure::Certain));
            if !rest.is_empty() {
                self.subject.push((rest.to_owned(), number));
            }
            return Some(Role::Heading);
        }
        if folded.starts_with("v/v") || !self.titled && folded.starts_with("ve viec") {
            self.going = Going::LetterSubject;
            self.letter |= !self.titled;
            self.subject.push((line.text.clone(), number));
            return Some(Role::Heading);
        }
        let marked = marker_of(&line.text, false).is_some();
        match self.going {
            Going::Title => self.title_line(line, blank, marked, later),
            Going::LetterSubject => {
                let goes_on = !marked && !begins_text(&line.text) && line.length() < 80;
                goes_on.then(|| {
                    self.subject.push((line.text.clone(), number));
                    Role::Heading
                })
            }
            Going::Bodies => {
                let capitals = super::blocks::is_title(&line.text);
                if capitals && !marked && line.length() < 90 {
                    self.bodies.push((line.text.clone(), number));
                    return Some(Role::Heading);
                }
                if marked || begins_text(&line.text) || line.length() > 110 || capitals {
                    return None;
                }
                // A short line before anything is known: the subject, if the title is gone.
                let text_follows = later.iter().find(|line| !line.is_blank());
                if self.subject.len() < 3 && text_follows.is_some() && !line.text.ends_with(['.', ';', ':']) {
                    self.subject.push((line.text.clone(), number));
                    return Some(Role::Heading);
                }
                None
            }
            Going::Addressees => None,
        }
    }

    /// Number and symbol, place and day, one or both in a line.
    fn body_or_number(&mut self, text: &str, line: usize) -> bool {
        let dated = place_and_date(text);
        let before = dated.as_ref().map_or(text, |dated| dated.before);
        let Numbered { number, symbol, rest } = match numbered(before) {
            Some(numbered) => numbered,
            None => {
                let Some(dated) = dated else {
                    let capitals = super::blocks::is_title(text)
                        && self.going == Going::Bodies
                        && around_motto(text).is_none();
                    let body = capitals && kind_line(text).is_none() && super::heading_parts::is_body(text);
                    if body {
                        self.bodies.push((text.to_owned(), line));
                    }
                    return body;
                };
                if self.heading.date.is_some() || dated.before.chars().count() > 40 {
                    return false;
                }
                self.dated(dated.place, dated.date, line);
                return true;
            }
        };
        if self.heading.symbol.is_some() || self.heading.number.is_some() {
            return false;
        }
        self.heading.number = number.map(|number| found(number, line, Sure::Certain));
        self.heading.symbol = symbol.map(|symbol| found(symbol, line, Sure::Certain));
        match dated {
            Some(dated) => {
                let place = if rest.is_empty() { dated.place } else { rest.trim_end_matches(',').trim() };
                self.dated(place, dated.date, line);
            }
            None if plain(rest).starts_with("v/v") => {
                self.going = Going::LetterSubject;
                self.subject.push((rest.to_owned(), line));
            }
            None => {}
        }
        true
    }

    fn dated(&mut self, place: &str, date: super::PartDate, line: usize) {
        if self.heading.date.is_none() {
            self.heading.date = Some(found(date, line, Sure::Certain));
            let place = place.trim().trim_end_matches(',').trim();
            if !place.is_empty() && place.chars().count() < 40 {
                self.heading.place = Some(found(place.to_owned(), line, Sure::Certain));
            }
        }
    }

    fn title_line(&mut self, line: &Line, blank: bool, marked: bool, later: &[Line]) -> Option<Role> {
        if marked {
            return None;
        }
        let first = self.subject.is_empty();
        let capitals = super::blocks::is_title(&line.text);
        let capital_subject = self.subject.last().is_some_and(|(text, _)| super::blocks::is_title(text));
        // Under a decision's subject stands who decides.
        let decides = [
            "CHỦ TỊCH ỦY BAN",
            "CHỦ TỊCH UBND",
            "ỦY BAN NHÂN DÂN",
            "UỶ BAN NHÂN DÂN",
            "HỘI ĐỒNG NHÂN DÂN",
            "GIÁM ĐỐC ",
        ];
        if line.text.starts_with('(')
            || !first && capitals && decides.iter().any(|body| line.text.starts_with(body))
            || capitals && !first && !capital_subject
        {
            return Some(Role::Heading);
        }
        let small = line.text.chars().next().is_some_and(char::is_lowercase);
        let ended = self.subject.last().is_some_and(|(text, _)| text.ends_with(['.', ';', ':']));
        let long = line.length() > 110 && !first || line.text.ends_with([';', ':']);
        let told = || begins_text(&line.text) || begins_paragraph(&line.text, later);
        if !first && !small && (long || ended || told()) {
            return None;
        }
        if first && (line.text.ends_with([';', ':']) && begins_text(&line.text) || line.length() > 400) {
            return None;
        }
        // Unwrapped, after a blank, with a capital: the paragraph under the title.
        if !first && blank && !small && line.length() > 60 && line.text.ends_with('.') {
            return None;
        }
        self.subject.push((line.text.clone(), line.number));
        Some(Role::Heading)
    }

    fn addressee_line(&mut self, line: &Line) -> Option<Role> {
        let marker = marker_of(&line.text, false);
        let listed = marker.as_ref().is_some_and(|marker| marker.level.is_plain());
        let small = line.text.chars().next().is_some_and(char::is_lowercase);
        let open = self.heading.addressees.last().is_none_or(|last| !last.value.ends_with([';', '.']));
        if listed {
            let from = marker.map_or(0, |marker| marker.length);
            self.addressees(&line.text[from..], line.number);
            return Some(Role::Heading);
        }
        let empty = self.heading.addressees.is_empty();
        if marker.is_some_and(|marker| !matches!(marker.level, Level::Annex))
            || !small && !empty && begins_text(&line.text)
        {
            return None;
        }
        if (small && open || empty) && line.length() < 200 {
            if empty {
                self.addressees(&line.text, line.number);
            } else if let Some(last) = self.heading.addressees.last_mut() {
                last.value = format!("{} {}", last.value, line.text);
                last.lines.push(line.number);
            }
            return Some(Role::Heading);
        }
        let body = super::unit_list::whole_list(&line.text).is_some() && line.length() < 120;
        body.then(|| {
            self.addressees(&line.text, line.number);
            Role::Heading
        })
    }

    fn addressees(&mut self, text: &str, line: usize) {
        // "Kính gửi: - Các sở …": the mark of a list, whose first item stands in the line of the words before it.
        let dashes = [' ', '-', '–', '—', '+', '•', '*'];
        let bare = |part: &'_ str| part.trim().trim_start_matches(dashes).to_owned();
        let mut parts = text.split_inclusive(';').map(bare).filter(|part| !part.is_empty());
        for part in &mut parts {
            self.heading.addressees.push(found(part, line, Sure::Certain));
        }
    }

    fn finish(mut self) -> Heading {
        for addressee in &mut self.heading.addressees {
            addressee.value = addressee.value.trim_end_matches([';', '.', ' ']).to_owned();
        }
        let sure = if self.titled || self.letter { Sure::Certain } else { Sure::Guess };
        if !self.subject.is_empty() {
            let text: Vec<&str> = self.subject.iter().map(|(text, _)| text.as_str()).collect();
            let lines = self.subject.iter().map(|(_, line)| *line).collect();
            let value = text.join(" ").trim_end_matches(['.', ' ']).to_owned();
            self.heading.subject = Some(Found { value, lines, sure });
        }
        let (superior, issuer) = issuers(&self.bodies);
        self.heading.issuer = issuer;
        self.heading.superior = superior;
        if self.heading.kind.is_none() {
            let by_symbol =
                self.heading.symbol.as_ref().and_then(|symbol| {
                    kind_of_symbol(&symbol.value).map(|kind| (kind, symbol.lines.clone()))
                });
            self.heading.kind = match by_symbol {
                Some((kind, lines)) => Some(Found { value: kind.to_owned(), lines, sure: Sure::Likely }),
                None if self.letter => {
                    let lines = self
                        .heading
                        .subject
                        .as_ref()
                        .map(|subject| subject.lines.clone())
                        .unwrap_or_default();
                    Some(Found { value: "Công văn".to_owned(), lines, sure: Sure::Likely })
                }
                None => None,
            };
        }
        self.heading
    }
}

/// Whether a line of the heading stops where no line of the form ends.
fn breaks_off(text: &str) -> bool {
    let folded = plain(text);
    let end = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '…'));
    let short = text.chars().count() < 45;
    short
        && (end == "so:"
            || end == "so"
            || end.ends_with(", ngay")
            || end.ends_with(" thang") && end.contains(", ngay"))
}

/// Columns again where the gap was room left for a number or a day: "Số:      /KH-UBND", "ngày      tháng 01".
fn whole_columns(columns: &[String]) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for column in columns {
        let next = plain(column);
        let room = next.starts_with(['/', '-']) || next.starts_with("thang ") || next.starts_with("nam ");
        let last = whole.last_mut().filter(|last| {
            let end = plain(last);
            room || end.ends_with("so:") || end.ends_with("ngay") || end.ends_with("thang") || end == "so"
        });
        match last {
            Some(last) => {
                last.push(' ');
                last.push_str(column);
            }
            None => whole.push(column.clone()),
        }
    }
    whole
}

fn found<T>(value: T, line: usize, sure: Sure) -> Found<T> {
    Found { value, lines: vec![line], sure }
}
