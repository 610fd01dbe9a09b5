//! Text typed for the fonts of before Unicode, TCVN3 (".VnTime") and VNI ("VNI-Times"): told by the font's name or by the
//! characters, and turned into Unicode. Stands between old files and the reader; nothing is turned without being asked.

use super::search::folded_words;

/// One of the two encodings still met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legacy {
    /// TCVN 5712:1993, one byte a letter.
    Tcvn3,
    /// The same in a font that draws every letter as a capital (".VnTimeH").
    Tcvn3Capitals,
    /// A letter, then a mark.
    Vni,
}

impl Legacy {
    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Legacy::Tcvn3 | Legacy::Tcvn3Capitals => "TCVN3 (ABC)",
            Legacy::Vni => "VNI",
        }
    }

    /// The encoding a font is made for, by its name.
    pub fn of_font(name: &str) -> Option<Legacy> {
        let name = name.trim().to_ascii_lowercase();
        if name.starts_with("vni-") || name.starts_with("vni ") {
            return Some(Legacy::Vni);
        }
        name.starts_with(".vn").then_some(match name.ends_with('h') {
            true => Legacy::Tcvn3Capitals,
            false => Legacy::Tcvn3,
        })
    }

    /// The encoding of a text, by its characters: those it has must be of one of the two, and what they come to must be
    /// words as Vietnamese builds them. `font` is what the font's name says: one such character is then enough. Ask before
    /// cleaning, which drops and folds some of them.
    pub fn of_text(text: &str, font: Option<Legacy>) -> Option<Legacy> {
        if text.is_ascii() || text.chars().any(is_only_unicode) {
            return None;
        }
        let candidates = match font {
            Some(known) => vec![known],
            None => vec![Legacy::Tcvn3, Legacy::Vni],
        };
        let enough = if font.is_some() { 1 } else { 2 };
        candidates.into_iter().find(|legacy| legacy.strange(text) >= enough && legacy.reads_well(text))
    }

    /// The text in Unicode. What is not of the encoding stays.
    pub fn to_unicode(self, text: &str) -> String {
        match self {
            Legacy::Tcvn3 => text.chars().map(tcvn3).collect(),
            Legacy::Tcvn3Capitals => text.chars().map(tcvn3).collect::<String>().to_uppercase(),
            Legacy::Vni => vni(text),
        }
    }

    /// Characters that Vietnamese in Unicode does not have.
    fn strange(self, text: &str) -> usize {
        let of_it = |c: &char| match self {
            Legacy::Tcvn3 | Legacy::Tcvn3Capitals => tcvn3(*c) != *c,
            Legacy::Vni => VNI_MARKS.contains(c) || VNI_ALONE.iter().any(|(from, _)| from == c),
        };
        text.chars().filter(|c| of_it(c) && !IN_BOTH.contains(*c)).count()
    }

    /// Whether every word that had such a character comes to one that Vietnamese could have.
    fn reads_well(self, text: &str) -> bool {
        let split = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let (before, after) = (split(text), split(&self.to_unicode(text)));
        before.len() == after.len()
            && before.iter().zip(&after).all(|(before, after)| before.is_ascii() || is_syllables(after))
    }
}

/// Letters of Vietnamese that no one-byte encoding shares: the text is Unicode already.
fn is_only_unicode(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{300}'..='\u{36F}' | '\u{1EA0}'..='\u{1EF9}')
}

/// Letters of Vietnamese that stand among the characters of the old encodings too.
const IN_BOTH: &str = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ";

fn tcvn3(c: char) -> char {
    const TABLE: [(char, char); 74] = [
        ('µ', 'à'),
        ('¶', 'ả'),
        ('·', 'ã'),
        ('¸', 'á'),
        ('¹', 'ạ'),
        ('¨', 'ă'),
        ('»', 'ằ'),
        ('¼', 'ẳ'),
        ('½', 'ẵ'),
        ('¾', 'ắ'),
        ('Æ', 'ặ'),
        ('©', 'â'),
        ('Ç', 'ầ'),
        ('È', 'ẩ'),
        ('É', 'ẫ'),
        ('Ê', 'ấ'),
        ('Ë', 'ậ'),
        ('®', 'đ'),
        ('Ì', 'è'),
        ('Î', 'ẻ'),
        ('Ï', 'ẽ'),
        ('Ð', 'é'),
        ('Ñ', 'ẹ'),
        ('ª', 'ê'),
        ('Ò', 'ề'),
        ('Ó', 'ể'),
        ('Ô', 'ễ'),
        ('Õ', 'ế'),
        ('Ö', 'ệ'),
        ('×', 'ì'),
        ('Ø', 'ỉ'),
        ('Ü', 'ĩ'),
        ('Ý', 'í'),
        ('Þ', 'ị'),
        ('ß', 'ò'),
        ('á', 'ỏ'),
        ('â', 'õ'),
        ('ã', 'ó'),
        ('ä', 'ọ'),
        ('«', 'ô'),
        ('å', 'ồ'),
        ('æ', 'ổ'),
        ('ç', 'ỗ'),
        ('è', 'ố'),
        ('é', 'ộ'),
        ('¬', 'ơ'),
        ('ê', 'ờ'),
        ('ë', 'ở'),
        ('ì', 'ỡ'),
        ('í', 'ớ'),
        ('î', 'ợ'),
        ('ï', 'ù'),
        ('ñ', 'ủ'),
        ('ò', 'ũ'),
        ('ó', 'ú'),
        ('ô', 'ụ'),
        ('\u{AD}', 'ư'),
        ('õ', 'ừ'),
        ('ö', 'ử'),
        ('÷', 'ữ'),
        ('ø', 'ứ'),
        ('ù', 'ự'),
        ('ú', 'ỳ'),
        ('û', 'ỷ'),
        ('ü', 'ỹ'),
        ('ý', 'ý'),
        ('þ', 'ỵ'),
        ('¡', 'Ă'),
        ('¢', 'Â'),
        ('£', 'Ê'),
        ('¤', 'Ô'),
        ('¥', 'Ơ'),
        ('¦', 'Ư'),
        ('§', 'Đ'),
    ];
    TABLE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// Letters of VNI that stand alone.
const VNI_ALONE: [(char, char); 16] = [
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
    ('í', 'í'),
    ('ì', 'ì'),
];
/// Marks of VNI, in small letters and capitals.
const VNI_MARKS: [char; 28] = [
    'ù', 'ø', 'û', 'õ', 'ï', 'â', 'á', 'à', 'å', 'ã', 'ä', 'ê', 'é', 'è', 'ú', 'ü', 'ë', 'Ù', 'Ø', 'Û', 'Õ',
    'Ï', 'Â', 'Á', 'À', 'Å', 'Ã', 'Ä',
];

fn vni(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let joined = letters.peek().and_then(|mark| marked(c, *mark));
        match joined {
            Some(letter) => {
                letters.next();
                made.push(letter);
            }
            None => made.push(VNI_ALONE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)),
        }
    }
    made
}

/// A letter of VNI and the mark after it as one letter.
fn marked(letter: char, mark: char) -> Option<char> {
    const PLAIN: &str = "ùøûõï";
    const ROOF: &str = "âáàåãä";
    const BREVE: &str = "êéèúüë";
    let small_mark = mark.to_lowercase().next()?;
    let place = |marks: &str| marks.chars().position(|one| one == small_mark);
    let small = match letter.to_lowercase().next()? {
        'a' => place(PLAIN)
            .and_then(|at| "áàảãạ".chars().nth(at))
            .or_else(|| place(ROOF).and_then(|at| "âấầẩẫậ".chars().nth(at)))
            .or_else(|| place(BREVE).and_then(|at| "ăắằẳẵặ".chars().nth(at))),
        'e' => place(PLAIN)
            .and_then(|at| "éèẻẽẹ".chars().nth(at))
            .or_else(|| place(ROOF).and_then(|at| "êếềểễệ".chars().nth(at))),
        'o' => place(PLAIN)
            .and_then(|at| "óòỏõọ".chars().nth(at))
            .or_else(|| place(ROOF).and_then(|at| "ôốồổỗộ".chars().nth(at))),
        'u' => place(PLAIN).and_then(|at| "úùủũụ".chars().nth(at)),
        'y' => place(PLAIN).and_then(|at| "ýỳỷỹỵ".chars().nth(at)),
        'ô' => place(PLAIN).and_then(|at| "ớờởỡợ".chars().nth(at)),
        'ö' => place(PLAIN).and_then(|at| "ứừửữự".chars().nth(at)),
        _ => None,
    }?;
    if letter.is_uppercase() { small.to_uppercase().next() } else { Some(small) }
}

/// Whether a word is built as Vietnamese syllables are: one beginning, vowels together, one end, one tone. Signs and
/// digits part syllables; a sign alone ("½", "×") is no word.
fn is_syllables(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && word.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).all(is_syllable)
        && !word.chars().any(|c| matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷'))
}

fn is_syllable(part: &str) -> bool {
    const BEGINNINGS: [&str; 26] = [
        "", "b", "c", "ch", "d", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q",
        "r", "s", "t", "th", "tr", "v", "x",
    ];
    const VOWELS: [&str; 41] = [
        "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "io", "iu", "oa", "oe",
        "oi", "oo", "ua", "ue", "ui", "uo", "uu", "uy", "ye", "iai", "iao", "iau", "iay", "ieu", "yeu",
        "oai", "oay", "uai", "uay", "uoi", "uou", "uye", "uya",
    ];
    const ENDS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    const TONED: &str = "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ";
    if part.to_lowercase().chars().filter(|c| TONED.contains(*c)).count() > 1 {
        return false;
    }
    let plain = folded_words(part).concat();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let Some(from) = plain.find(is_vowel) else { return false };
    let to = plain[from..].find(|c| !is_vowel(c)).map_or(plain.len(), |length| from + length);
    BEGINNINGS.contains(&&plain[..from]) && VOWELS.contains(&&plain[from..to]) && ENDS.contains(&&plain[to..])
}
