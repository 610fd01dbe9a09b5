//! Figures as people type them: "1.234,5", "gần 100", "hơn 1,3 nghìn", "2 tỷ 350 triệu", "không".
//! It stands between a cell and the stored figure: the value is exact or refused, the word beside it is
//! kept, and a blank stays a blank.

use serde::{Deserialize, Serialize};

use super::search::folded_words;
use super::separators::{self, Mantissa};
use super::{NumberError, clean_line};

/// How a figure was rounded; whether it is an estimate is said apart ([`super::Level`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Qualifier {
    /// As counted.
    #[default]
    Exact,
    /// "Gần": a little less than the figure.
    Nearly,
    /// "Hơn", "trên": a little more than the figure.
    Over,
}

impl Qualifier {
    /// Every qualifier, in the order a form offers them.
    pub const ALL: [Qualifier; 3] = [Qualifier::Exact, Qualifier::Nearly, Qualifier::Over];

    /// Stable text code, for storage.
    pub fn code(self) -> &'static str {
        match self {
            Qualifier::Exact => "exact",
            Qualifier::Nearly => "nearly",
            Qualifier::Over => "over",
        }
    }

    /// Reads [`Qualifier::code`].
    pub fn from_code(code: &str) -> Option<Qualifier> {
        Qualifier::ALL.into_iter().find(|qualifier| qualifier.code() == code)
    }

    /// The word people choose and read: "chính xác", "gần", "hơn".
    pub fn label(self) -> &'static str {
        match self {
            Qualifier::Exact => "chính xác",
            Qualifier::Nearly => "gần",
            Qualifier::Over => "hơn",
        }
    }
}

/// What a cell said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// The figure times 10^scale.
    pub value: i64,
    /// The word beside it; of "ước gần 100" this is `Nearly`.
    pub qualifier: Qualifier,
    /// "Ước" or "khoảng" was typed, alone or before another word.
    pub estimate: bool,
    /// One separator before three digits could have been read the other way ("1,245"): ask.
    pub ambiguous: bool,
}

enum Token {
    Number(String),
    /// A word, folded and as typed.
    Word(String, String),
    Minus,
}

/// Reads a figure that cannot be below zero, as most indicators are. `scale` is the number of decimals
/// the indicator keeps, 0..=18. `Ok(None)` is a blank ("" or "-"), which is not zero; "không" is zero.
///
/// # Errors
/// [`NumberError`], whose message says how to mend it. Nothing is ever rounded.
pub fn parse_scaled(text: &str, scale: u32) -> Result<Option<Parsed>, NumberError> {
    match parse_signed(text, scale)? {
        Some(parsed) if parsed.value < 0 => Err(NumberError::Negative),
        parsed => Ok(parsed),
    }
}

/// [`parse_scaled`] for the few indicators that may be below zero.
///
/// # Errors
/// As [`parse_scaled`], without [`NumberError::Negative`].
pub fn parse_signed(text: &str, scale: u32) -> Result<Option<Parsed>, NumberError> {
    let line = clean_line(text);
    if matches!(line.as_str(), "" | "-" | "–" | "—" | "−") {
        return Ok(None);
    }
    if matches!(folded_words(&line).join(" ").as_str(), "khong" | "khong co" | "khong phat sinh") {
        return Ok(Some(Parsed { value: 0, qualifier: Qualifier::Exact, estimate: false, ambiguous: false }));
    }
    let tokens = tokens(&line)?;
    let (mut qualifier, mut estimate, mut negative) = (Qualifier::Exact, false, false);
    let mut rest = &tokens[..];
    while let [first, after @ ..] = rest {
        match first {
            Token::Number(_) => break,
            Token::Minus if negative => return Err(NumberError::Unreadable(line)),
            Token::Minus => negative = true,
            Token::Word(folded, typed) => match folded.as_str() {
                "uoc" | "khoang" | "~" => estimate = true,
                "gan" => qualifier = Qualifier::Nearly,
                "hon" | "tren" => qualifier = Qualifier::Over,
                _ => return Err(NumberError::Word(typed.clone())),
            },
        }
        rest = after;
    }
    let (total, ambiguous) = sum_parts(rest, scale, &line)?;
    let total = if negative { -total } else { total };
    let value = i64::try_from(total).map_err(|_| NumberError::TooLarge)?;
    Ok(Some(Parsed { value, qualifier, estimate, ambiguous }))
}

/// Splits into numbers, words and minus signs; "4,2tỷ" is a number and a word.
fn tokens(line: &str) -> Result<Vec<Token>, NumberError> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let is_same: &dyn Fn(char) -> bool =
            if first.is_ascii_digit() { &is_number } else { &|c: char| c.is_alphabetic() };
        let length = rest.find(|c: char| !is_same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        match first {
            ' ' => {}
            '-' | '–' | '−' => tokens.push(Token::Minus),
            '~' => tokens.push(Token::Word(piece.to_owned(), piece.to_owned())),
            c if c.is_ascii_digit() => push_number(&mut tokens, piece, rest.len() < line.len()),
            c if c.is_alphabetic() => {
                tokens.push(Token::Word(folded_words(piece).concat(), piece.to_owned()));
            }
            _ => return Err(NumberError::Unreadable(line.to_owned())),
        }
        rest = after;
    }
    Ok(tokens)
}

/// Adds a number, joining "1 234 567" into one: a group of three digits after one to three digits, or
/// after such a join, continues the number (school books separate thousands with spaces).
fn push_number(tokens: &mut Vec<Token>, piece: &str, has_before: bool) {
    let leading = piece.find(['.', ',']).unwrap_or(piece.len());
    if has_before
        && leading == 3
        && let Some(Token::Number(number)) = tokens.last_mut()
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
        && number.split(' ').next().is_some_and(|first| first.len() <= 3)
    {
        number.push(' ');
        number.push_str(piece);
        return;
    }
    tokens.push(Token::Number(piece.to_owned()));
}

/// Adds the parts of "2 tỷ 350 triệu 500 đồng", each smaller than the multiplier before it.
fn sum_parts(mut rest: &[Token], scale: u32, line: &str) -> Result<(i128, bool), NumberError> {
    let (mut total, mut ambiguous) = (0i128, false);
    let mut exponent_before: Option<u32> = None;
    if rest.is_empty() {
        return Err(NumberError::Unreadable(line.to_owned()));
    }
    while let [Token::Number(number), after @ ..] = rest {
        let (exponent, mut after) = multipliers(after);
        let mut currency = false;
        if let [Token::Word(folded, _), end @ ..] = after
            && matches!(folded.as_str(), "dong" | "d" | "vnd")
        {
            (after, currency) = (end, true);
        }
        let mantissa = separators::read(&number.replace(' ', ""), scale == 0 && exponent == 0)?;
        let part = scaled(mantissa, exponent, scale)?;
        match exponent_before {
            None => {}
            Some(0) => return Err(NumberError::Unreadable(line.to_owned())),
            Some(_) if exponent == 0 && !currency => return Err(NumberError::MissingMultiplier),
            Some(before) if part >= power(before.saturating_add(scale))? => {
                return Err(NumberError::PartsOutOfOrder);
            }
            Some(_) => {}
        }
        total = total.checked_add(part).ok_or(NumberError::TooLarge)?;
        ambiguous |= mantissa.ambiguous;
        exponent_before = Some(exponent);
        rest = after;
        if currency {
            break;
        }
    }
    match rest.first() {
        None => Ok((total, ambiguous)),
        Some(Token::Word(_, typed)) => Err(NumberError::Word(typed.clone())),
        Some(_) => Err(NumberError::Unreadable(line.to_owned())),
    }
}

/// Power of ten of "nghìn", "triệu", "tỷ", "nghìn tỷ", and what follows.
fn multipliers(mut rest: &[Token]) -> (u32, &[Token]) {
    let mut exponent: u32 = 0;
    while let [Token::Word(folded, _), after @ ..] = rest {
        exponent = exponent.saturating_add(match folded.as_str() {
            "nghin" | "ngan" => 3,
            "trieu" => 6,
            "ti" => 9,
            _ => break,
        });
        rest = after;
    }
    (exponent, rest)
}

fn scaled(mantissa: Mantissa, exponent: u32, scale: u32) -> Result<i128, NumberError> {
    let zeros = exponent.saturating_add(scale);
    match zeros.checked_sub(mantissa.decimals) {
        Some(zeros) => mantissa.digits.checked_mul(power(zeros)?).ok_or(NumberError::TooLarge),
        None => Err(NumberError::TooManyDecimals { scale }),
    }
}

fn power(exponent: u32) -> Result<i128, NumberError> {
    10i128.checked_pow(exponent).ok_or(NumberError::TooLarge)
}
