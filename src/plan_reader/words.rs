//! A text as words and marks, each with the place it stands at. Stands between the lines of a document and every rule
//! that looks for a phrase: rules compare folded words, so that a slip of an accent does not hide "phối hợp".

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, a number, a symbol such as "49/2020/NĐ-CP", or one mark of punctuation.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Bytes of the text it was read from, end exclusive.
    pub from: usize,
    pub to: usize,
    /// Lower case without accents, đ as d.
    pub plain: String,
    /// Lower case with its accents.
    pub lower: String,
    /// The mark, when it is no word.
    pub mark: Option<char>,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

/// The words of a text that is already clean and on one line or several.
#[derive(Debug, Clone)]
pub(crate) struct Words<'t> {
    pub text: &'t str,
    pub list: Vec<Word>,
}

/// A long list of phrases, found by their first word.
#[derive(Debug)]
pub(crate) struct Lexicon {
    by_first: HashMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    /// Phrases between semicolons.
    pub fn of(phrases: &'static str) -> Lexicon {
        let mut by_first: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for phrase in phrases.split(';').map(str::trim) {
            by_first.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase);
        }
        Lexicon { by_first }
    }
}

impl<'t> Words<'t> {
    pub fn of(text: &'t str) -> Words<'t> {
        let mut list = Vec::with_capacity(text.len() / 5);
        let mut chars = text.char_indices().peekable();
        while let Some((from, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut to = from + c.len_utf8();
            if !is_word(c) {
                list.push(mark(from, to, c));
                continue;
            }
            while let Some(&(at, next)) = chars.peek() {
                if is_word(next) {
                    to = at + next.len_utf8();
                    chars.next();
                    continue;
                }
                let inner = matches!(next, '/' | '-' | '.' | '&' | ',')
                    && text[at + next.len_utf8()..]
                        .chars()
                        .next()
                        .is_some_and(|after| joins(next, before(text, at), after));
                if is_combining_mark(next) || inner {
                    to = at + next.len_utf8();
                    chars.next();
                } else {
                    break;
                }
            }
            list.push(word(from, to, &text[from..to]));
        }
        Words { text, list }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Where the phrase that begins at this word ends, exclusive. A word of the phrase that carries an accent is
    /// compared with its accents, one without is compared without; a mark stands for itself.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        if !self.list.get(at)?.may_begin(phrase) {
            return None;
        }
        let (mut here, mut rest) = (at, phrase);
        loop {
            // A loop over a few bytes is faster here than a search of the library.
            let end = rest.as_bytes().iter().position(|byte| *byte == b' ');
            let wanted = end.map_or(rest, |end| &rest[..end]);
            if !self.list.get(here)?.is(wanted) {
                return None;
            }
            here += 1;
            match end {
                Some(end) => rest = &rest[end + 1..],
                None => return Some(here),
            }
        }
    }

    /// The end of the longest of the phrases that begins here.
    pub fn any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let word = self.list.get(at)?;
        let may = phrases.iter().filter(|phrase| word.may_begin(phrase));
        may.filter_map(|phrase| self.phrase(at, phrase)).max()
    }

    /// The end of the longest phrase of a list that begins here.
    pub fn known(&self, at: usize, lexicon: &Lexicon) -> Option<usize> {
        let word = self.list.get(at)?;
        let longest = |first: &str| {
            let phrases = lexicon.by_first.get(first)?;
            phrases.iter().filter_map(|phrase| self.phrase(at, phrase)).max()
        };
        // A first word with its accents is a key of its own.
        if word.lower == word.plain {
            longest(&word.plain)
        } else {
            longest(&word.plain).max(longest(&word.lower))
        }
    }

    /// The first place from here on where the phrase stands.
    pub fn find(&self, from: usize, phrase: &str) -> Option<usize> {
        (from..self.len()).find(|at| self.phrase(*at, phrase).is_some())
    }

    /// The first place from here on where one of the phrases stands, with its end.
    pub fn find_any(&self, from: usize, phrases: &[&str]) -> Option<(usize, usize)> {
        (from..self.len()).find_map(|at| self.any(at, phrases).map(|end| (at, end)))
    }

    pub fn has(&self, phrase: &str) -> bool {
        self.find(0, phrase).is_some()
    }

    pub fn has_any(&self, phrases: &[&str]) -> bool {
        self.find_any(0, phrases).is_some()
    }

    /// The text between two words, end exclusive.
    pub fn between(&self, from: usize, to: usize) -> &'t str {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if first.from <= last.to => &self.text[first.from..last.to],
            _ => "",
        }
    }

    /// Everything from a word on.
    pub fn rest(&self, from: usize) -> &'t str {
        self.list.get(from).map_or("", |word| &self.text[word.from..])
    }

    pub fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.list.get(at).and_then(|word| word.mark).is_some_and(|mark| marks.contains(&mark))
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|word| word.capital)
    }

    /// The number that stands here as a word: "06", with the slips O for 0 and l for 1.
    pub fn number(&self, at: usize) -> Option<u32> {
        self.list.get(at).and_then(|word| number(&word.lower))
    }

    /// The word that closes the bracket opened here; some words on when it is never closed.
    pub fn closing(&self, at: usize) -> usize {
        const LONGEST: usize = 200;
        let mut open = 0_usize;
        let last = self.len().min(at.saturating_add(LONGEST));
        for here in at..last {
            match self.list[here].mark {
                Some('(') => open += 1,
                Some(')') => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return here;
                    }
                }
                _ => {}
            }
        }
        last.saturating_sub(1)
    }
}

impl Word {
    /// Whether a phrase may begin with this word: most fail at their first letter.
    #[inline]
    fn may_begin(&self, phrase: &str) -> bool {
        let first = phrase.as_bytes().first();
        first.is_some() && (self.plain.as_bytes().first() == first || self.lower.as_bytes().first() == first)
    }

    pub fn is(&self, wanted: &str) -> bool {
        if wanted.is_ascii() { self.plain == wanted } else { self.lower == wanted }
    }
}

/// A number of at most four digits, reading O as 0 and l or I as 1 where at least one digit stands.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 4 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits(text)?.parse().ok()
}

/// The same letters as digits, or nothing when something else is among them.
pub(crate) fn digits(text: &str) -> Option<String> {
    text.chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            'o' | 'O' => Some('0'),
            'l' | 'I' | 'i' => Some('1'),
            _ => None,
        })
        .collect()
}

/// The beginning of a text, at most so many bytes: rules that look for a beginning need no more of a long paragraph.
pub(crate) fn shortened(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// Lower case without accents, one word or a whole line.
pub(crate) fn plain(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match letter(c) {
            Some(letter) => folded.extend(letter.plain),
            None => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// A character as it is compared.
#[derive(Clone, Copy)]
struct Letter {
    /// None: a mark that stands over the letter before it.
    plain: Option<char>,
    lower: char,
    word: bool,
    capital: bool,
}

/// Latin with all its accents: every letter of Vietnamese lies below.
const TABLE: u32 = 0x1F00;

/// The character's row of the table; it is looked up for every character of a document several times over.
fn letter(c: char) -> Option<Letter> {
    static LETTERS: LazyLock<Vec<Letter>> =
        LazyLock::new(|| (0..TABLE).filter_map(char::from_u32).map(folded).collect());
    LETTERS.get(usize::try_from(u32::from(c)).ok()?).copied()
}

fn folded(c: char) -> Letter {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let base = lower.nfd().next().filter(|base| !is_combining_mark(*base));
    let plain = base.map(|base| if base == 'đ' { 'd' } else { base });
    Letter { plain, lower, word: c.is_alphanumeric(), capital: c.is_uppercase() }
}

fn before(text: &str, at: usize) -> char {
    text[..at].chars().next_back().unwrap_or(' ')
}

/// Whether a mark between two characters is part of a word: "49/2020", "CT-XH", "3.200", "12,5", "TT&TT".
fn joins(mark: char, left: char, right: char) -> bool {
    match mark {
        '.' | ',' => left.is_ascii_digit() && right.is_ascii_digit(),
        _ => left.is_alphanumeric() && right.is_alphanumeric(),
    }
}

fn mark(from: usize, to: usize, c: char) -> Word {
    let c = match c {
        '–' | '—' | '−' | '‒' | '‐' | '‑' => '-',
        '“' | '”' | '„' | '«' | '»' => '"',
        '…' => '.',
        c => c,
    };
    Word { from, to, plain: c.to_string(), lower: c.to_string(), mark: Some(c), capital: false }
}

fn word(from: usize, to: usize, text: &str) -> Word {
    let capital = text
        .chars()
        .next()
        .is_some_and(|c| letter(c).map_or_else(|| c.is_uppercase(), |letter| letter.capital));
    let lower = text.chars().map(|c| letter(c).map_or(c, |letter| letter.lower)).collect();
    Word { from, to, plain: plain(text), lower, mark: None, capital }
}

fn is_word(c: char) -> bool {
    letter(c).map_or_else(|| c.is_alphanumeric(), |letter| letter.word)
}
