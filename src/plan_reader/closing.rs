//! The end of a document: recipients on the left, the signature on the right, in whatever order two columns were
//! flattened to. Stands after the text and before the annexes.

use super::blocks::is_title;
use super::lines::Line;
use super::markers::{Level, marker_of};
use super::reading::{Found, Role, Signatory, Sure};
use super::words::{Words, plain};

/// Marks of a capacity: on behalf of, in place of, by order, by authority, acting.
const CAPACITIES: &[&str] = &[
    "TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L", "TM ", "KT ", "TL ", "TUQ ", "T.M", "K.T", "T.L",
    "QUYỀN ",
];

/// Titles people sign with, folded.
const TITLES: &[&str] = &[
    "pho chu tich",
    "chu tich",
    "pho giam doc",
    "giam doc",
    "pho tong giam doc",
    "tong giam doc",
    "pho chanh van phong",
    "chanh van phong",
    "pho truong ban",
    "truong ban",
    "pho cuc truong",
    "cuc truong",
    "pho truong phong",
    "truong phong",
    "pho bi thu",
    "bi thu",
    "thu truong",
    "bo truong",
    "vien truong",
    "pho vien truong",
    "hieu truong",
    "chanh thanh tra",
    "chi cuc truong",
    "tong bien tap",
    "chi huy truong",
    "chanh an",
    "thu tuong",
    "pho truong cong an",
    "truong cong an",
    "chu nhiem",
    "pho chu nhiem",
    "nguoi lap bieu",
    "to truong",
    "vu truong",
];

/// Ranks and degrees before a name.
const RANKS: &[&str] = &[
    "dai tuong",
    "thuong tuong",
    "trung tuong",
    "thieu tuong",
    "dai ta",
    "thuong ta",
    "trung ta",
    "thieu ta",
    "dai uy",
    "thuong uy",
    "trung uy",
    "thieu uy",
    "ts .",
    "ths .",
];

/// What stands at the end.
pub(super) struct Closing {
    pub recipients: Vec<Found<String>>,
    pub signatory: Option<Found<Signatory>>,
    /// The first line that belongs to the end.
    pub from: usize,
    /// The first line after it: an annex, or the end of the file.
    pub to: usize,
}

/// Finds the end and reads it. Roles of its lines are set.
pub(super) fn read(lines: &[Line], roles: &mut [Role]) -> Closing {
    let live: Vec<usize> =
        (0..lines.len()).filter(|at| !lines[*at].is_blank() && roles[*at] != Role::Boilerplate).collect();
    let Some(from) = start(lines, &live) else {
        return Closing { recipients: Vec::new(), signatory: None, from: lines.len(), to: lines.len() };
    };
    let annex = live.iter().copied().find(|at| *at >= from && is_annex(&lines[*at].text));
    let to = annex.unwrap_or(lines.len());
    let mut reader = Reader::default();
    for at in live.into_iter().filter(|at| (from..to).contains(at)) {
        roles[at] = reader.take(&lines[at]);
    }
    let (recipients, signatory) = reader.finish();
    Closing { recipients, signatory, from, to }
}

/// "Phụ lục", "PHỤ LỤC I", "Phụ lục số 02" alone in their line.
pub(super) fn is_annex(text: &str) -> bool {
    let folded = plain(text);
    (folded.starts_with("phu luc") || folded.starts_with("bieu so") || folded.starts_with("mau so"))
        && text.chars().count() < 60
}

fn start(lines: &[Line], live: &[usize]) -> Option<usize> {
    let recipients = live.iter().rev().copied().find(|at| {
        let folded = plain(&lines[*at].text);
        folded.starts_with("noi nhan") || folded.contains(" noi nhan:")
    });
    // The signature may stand before the recipients when a table was read cell by cell.
    let position = |at: usize| live.iter().position(|found| *found == at);
    if let Some(at) = recipients {
        let mut first = at;
        for before in live[..position(at)?].iter().rev().take(6) {
            let text = &lines[*before].text;
            if !(is_capacity(text) || is_signing_title(text) || is_name(text) || is_signed(text)) {
                break;
            }
            if is_name(text)
                && !live[..position(*before)?]
                    .iter()
                    .rev()
                    .take(2)
                    .any(|up| is_signing_title(&lines[*up].text))
            {
                break;
            }
            first = *before;
        }
        return Some(first);
    }
    // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" above the articles of a decision signs nothing.
    let article =
        |at: &usize| marker_of(&lines[*at].text, false).is_some_and(|marker| marker.level == Level::Article);
    let text = live.iter().take_while(|at| !is_annex(&lines[**at].text));
    let last_article = text.enumerate().filter(|(_, at)| article(at)).last();
    let signed = live.iter().copied().enumerate().find(|(order, at)| {
        let text = &lines[*at].text;
        let late = (order + 1) * 2 > live.len() && last_article.is_none_or(|(last, _)| last < *order);
        late && (is_capacity(text) && is_title(text) || is_signing_title(text) && is_title(text))
    });
    signed.map(|(_, at)| at).or_else(|| {
        let end = live.iter().rposition(|at| lines[*at].text.ends_with("./."))?;
        live.get(end + 1).copied().filter(|_| live.len() - end < 12)
    })
}

pub(super) fn is_capacity(text: &str) -> bool {
    CAPACITIES.iter().any(|mark| text.starts_with(mark)) && is_title(text)
}

pub(super) fn is_signing_title(text: &str) -> bool {
    let words = Words::of(text);
    is_title(text) && words.any(0, TITLES).is_some()
}

fn is_signed(text: &str) -> bool {
    plain(text).trim_matches(['(', ')', ' ', '.']).starts_with("da ky")
}

/// Two to six words, each with a capital, and nothing else.
fn is_name(text: &str) -> bool {
    let words = Words::of(text);
    let from = words.any(0, RANKS).unwrap_or(0);
    let rest = words.list.get(from..).unwrap_or_default();
    // "H'Yim Kđoh": an apostrophe inside a name.
    let inside = |at: usize| {
        let Some([before, mark, after]) = at.checked_sub(1).and_then(|from| rest.get(from..from + 3)) else {
            return false;
        };
        matches!(mark.mark, Some('\'' | '’' | '‘' | '`'))
            && before.capital
            && before.to == mark.from
            && mark.to == after.from
    };
    (2..=6).contains(&rest.iter().filter(|word| word.mark.is_none()).count())
        && rest.iter().enumerate().all(|(at, word)| {
            inside(at)
                || (word.capital || at > 0 && inside(at - 1))
                    && word.mark.is_none()
                    && !word.plain.chars().any(|c| c.is_ascii_digit())
        })
        && !(is_title(text) && words.any(0, TITLES).is_some())
}

#[derive(Default)]
struct Reader {
    recipients: Vec<Found<String>>,
    capacity: Vec<String>,
    title: Option<String>,
    name: Option<String>,
    signed: Vec<usize>,
    listing: bool,
}

impl Reader {
    fn take(&mut self, line: &Line) -> Role {
        let mut role = Role::Unread;
        for piece in pieces(line) {
            role = role.min(self.piece(&piece, line.number));
        }
        role
    }

    fn piece(&mut self, text: &str, line: usize) -> Role {
        let folded = plain(text);
        if folded.starts_with("noi nhan") {
            self.listing = true;
            let rest = text.split_once(':').map_or("", |(_, rest)| rest).trim();
            if !rest.is_empty() {
                self.piece(rest, line);
            }
            return Role::Heading;
        }
        if is_signed(text) {
            return Role::Boilerplate;
        }
        if is_capacity(text) {
            // "KT.GIÁM ĐỐC" lost its space.
            let spaced = text
                .split_once('.')
                .filter(|(mark, rest)| mark.len() <= 3 && rest.starts_with(char::is_alphabetic));
            self.capacity
                .push(spaced.map_or_else(|| text.to_owned(), |(mark, rest)| format!("{mark}. {rest}")));
            self.signed.push(line);
            return Role::Read;
        }
        if is_signing_title(text) {
            self.title = Some(text.to_owned());
            self.signed.push(line);
            return Role::Read;
        }
        if let Some(marker) = marker_of(text, false)
            .filter(|marker| matches!(marker.level, Level::Dash | Level::Plus | Level::Bullet))
        {
            let item = text[marker.length..].to_owned();
            self.recipients.push(Found { value: item, lines: vec![line], sure: Sure::Certain });
            self.listing = true;
            return Role::Read;
        }
        if is_name(text)
            && self.name.is_none()
            && (self.title.is_some() || !self.capacity.is_empty())
            && !is_title(text)
        {
            let words = Words::of(text);
            self.name = Some(words.rest(words.any(0, RANKS).unwrap_or(0)).to_owned());
            self.signed.push(line);
            return Role::Read;
        }
        // "ỦY BAN NHÂN DÂN TỈNH" under "TM.", a second line of a long title.
        if is_title(text) && !self.capacity.is_empty() && self.title.is_none() {
            if let Some(last) = self.capacity.last_mut() {
                last.push(' ');
                last.push_str(text);
            }
            self.signed.push(line);
            return Role::Read;
        }
        let goes_on =
            self.listing && self.recipients.last().is_some_and(|last| !last.value.ends_with([';', '.']));
        if goes_on && let Some(last) = self.recipients.last_mut() {
            last.value.push(' ');
            last.value.push_str(text);
            last.lines.push(line);
            return Role::Read;
        }
        if self.listing && self.recipients.is_empty() && text.ends_with([';', '.']) {
            self.recipients.push(Found { value: text.to_owned(), lines: vec![line], sure: Sure::Likely });
            return Role::Read;
        }
        Role::Unread
    }

    fn finish(mut self) -> (Vec<Found<String>>, Option<Found<Signatory>>) {
        for recipient in &mut self.recipients {
            recipient.value = recipient.value.trim_end_matches([';', ' ', '.', ',']).to_owned();
        }
        self.recipients.retain(|recipient| !recipient.value.is_empty());
        if self.title.is_none() {
            // "Q. GIÁM ĐỐC" signs as the head for the time being.
            self.title = self.capacity.last().and_then(|capacity| {
                let words = Words::of(capacity);
                let at = (1..words.len()).find(|at| words.any(*at, TITLES).is_some())?;
                capacity.starts_with(['Q']).then(|| words.rest(at).to_owned())
            });
        }
        let none = self.capacity.is_empty() && self.title.is_none() && self.name.is_none();
        let signatory = (!none).then(|| Found {
            sure: if self.title.is_some() { Sure::Certain } else { Sure::Likely },
            lines: self.signed.clone(),
            value: Signatory {
                capacity: (!self.capacity.is_empty()).then(|| self.capacity.join(" ")),
                title: self.title,
                name: self.name,
                lines: self.signed,
            },
        });
        (self.recipients, signatory)
    }
}

/// The columns of a line: by wide gaps, and where a signature's words begin after other text.
fn pieces(line: &Line) -> Vec<String> {
    line.columns.iter().flat_map(|column| split_signature(column)).collect()
}

fn split_signature(text: &str) -> Vec<String> {
    // A line of a signature is short.
    if is_capacity(text) || text.len() > 400 {
        return vec![text.to_owned()];
    }
    let cut = text.char_indices().filter(|(at, c)| *at > 0 && *c == ' ').map(|(at, _)| at + 1).find(|at| {
        let tail = &text[*at..];
        let before = text[..*at].trim_end();
        let marked = CAPACITIES[..8].iter().any(|mark| tail.starts_with(mark));
        let title = is_signing_title(tail) && !is_title(before);
        (marked && is_title(tail) || title) && !is_capacity(before)
    });
    match cut {
        Some(at) => vec![text[..at].trim().to_owned(), text[at..].to_owned()],
        None => {
            // "Nơi nhận:" in the right column of a flattened line.
            match text.find("Nơi nhận").filter(|at| *at > 0) {
                Some(at) => vec![text[..at].trim().to_owned(), text[at..].to_owned()],
                None => vec![text.to_owned()],
            }
        }
    }
}
