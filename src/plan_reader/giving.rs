//! Sentences that give work, by how they begin, and the labels under a task that say who leads and who helps.

use super::comma_names::comma_list;
use super::reading::Mode;
use super::unit::{begins, verb_at};
use super::unit_form::form_head;
use super::unit_list::{goes_on, lead, list_at};
use super::unit_words::FIELDS;
use super::words::Words;

/// A sentence that gives work.
#[derive(Debug, Clone)]
pub(super) struct Giving {
    pub mode: Mode,
    pub units: Vec<String>,
    /// The word the work begins with.
    pub verb: usize,
    /// Whether it says "giao", "yêu cầu", "đề nghị".
    pub explicit: bool,
    /// Whether the owners come after a lead such as "Hằng năm, …".
    pub led: bool,
    /// Whether the owners are bodies by the form of their names alone.
    pub unclear: bool,
}

/// Words after which the owners may come, up to a comma.
const LEADS: &[&str] = &[
    "can cu",
    "tren co so",
    "hang nam",
    "hằng năm",
    "dinh ky",
    "trong qua trinh",
    "theo chuc nang",
    "để",
    "nham",
    "truoc ngay",
    "ngay sau khi",
    "sau khi",
    "dong thoi",
    "ngoai ra",
    "trong pham vi",
    "theo",
    "trước mắt",
    "chậm nhất",
    "cham nhat",
    "hang thang",
    "hang quy",
    "hằng tháng",
    "hằng quý",
    "tren day la",
];

/// How a sentence gives work; None when it does not.
pub(super) fn giving(words: &Words<'_>) -> Option<Giving> {
    giving_from(words, 0).or_else(|| {
        words.any(0, LEADS)?;
        let last = words.len().min(60);
        (1..last).filter(|at| words.is_mark(*at, &[',', ';'])).find_map(|comma| {
            let found = giving_from(words, comma + 1)?;
            Some(Giving { led: true, ..found })
        })
    })
}

/// The same from a word on.
pub(super) fn giving_from(words: &Words<'_>, at: usize) -> Option<Giving> {
    let mut from = at;
    let mut said = None;
    // "UBND tỉnh giao Sở Tài chính …", "Chủ tịch UBND tỉnh yêu cầu: các sở …".
    if let Some(issuer) = list_at(words, at) {
        let verb = words.any(
            issuer.end,
            &["giao cho", "giao", "yeu cau", "phan cong", "de nghi", "tran trong de nghi", "kinh de nghi"],
        );
        if verb.is_some() && issuer.units.len() == 1 {
            let request = words.any(issuer.end, &["de nghi", "tran trong de nghi", "kinh de nghi"]).is_some();
            from = verb.map(|end| if words.is_mark(end, &[':']) { end + 1 } else { end })?;
            said = Some(if request { Mode::Request } else { Mode::Assign });
        }
    }
    let (mode, start) = lead(words, from);
    let explicit = start > from || said.is_some();
    let mode = if start > from { mode } else { said.unwrap_or(mode) };
    let list = comma_list(words, start).or_else(|| list_at(words, start))?;
    let mut verb = list.end;
    if words.is_mark(verb, &[',', ':']) {
        verb += 1;
    }
    goes_on(words, list.end).then_some(Giving {
        mode,
        units: list.units,
        verb,
        explicit,
        led: false,
        unclear: false,
    })
}

/// "(Sở Nội vụ chủ trì, phối hợp với …)" behind a task.
pub(super) fn bracketed(words: &Words<'_>) -> Option<Vec<String>> {
    (0..words.len()).filter(|at| words.is_mark(*at, &['('])).find_map(|at| {
        let from = words.any(at + 1, &["giao", "do"]).unwrap_or(at + 1);
        let list = list_at(words, from)?;
        words.any(list.end, &["chu tri", "thuc hien", "phu trach", "tham muu"]).map(|_| list.units)
    })
}

/// What a labelled line under a task says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Lead,
    With,
    /// Time, place, product: stays with the task.
    Other,
}

/// "Đơn vị chủ trì: Công an tỉnh", with what stands after the colon.
pub(super) fn label_of(text: &str) -> Option<(Label, &str)> {
    const BODIES: &[&str] = &["co quan , don vi", "don vi , ca nhan", "co quan", "don vi", "bo phan"];
    const LEADS: &[&str] = &[
        "chu tri thuc hien",
        "chu tri tham muu",
        "chu tri",
        "thuc hien",
        "chiu trach nhiem chinh",
        "chiu trach nhiem",
        "dau moi",
        "tham muu",
        "phu trach",
        "thuc hien chinh",
    ];
    let (before, rest) = text.split_once(':')?;
    let words = Words::of(before);
    if words.len() > 8 || rest.trim().is_empty() {
        return None;
    }
    let body = words.any(0, BODIES);
    let from = body.unwrap_or(0);
    if words.any(from, &["phoi hop"]).is_some() {
        return Some((Label::With, rest.trim()));
    }
    if let Some(end) = words.any(from, LEADS) {
        // "Thực hiện:" alone says too little.
        let alone = body.is_none()
            && words.phrase(0, "chu tri").is_none()
            && words.phrase(0, "chiu trach nhiem").is_none();
        let sound = !alone
            && (end == words.len()
                || words.is_mark(end, &[',', '(', '/'])
                || words.any(end, &["va phoi hop", "nhiem vu", "chinh"]).is_some());
        return sound.then(|| (Label::Lead, rest.trim()));
    }
    let time = words
        .any(0, &["thoi gian", "thoi han", "dia diem", "san pham", "kinh phi", "hinh thuc", "doi tuong"])
        .is_some();
    time.then(|| (Label::Other, rest.trim()))
}

/// The bodies a label names, and those it adds with "phối hợp với".
pub(super) fn units_of(text: &str) -> (Vec<String>, Vec<String>) {
    let words = Words::of(text);
    let with = super::tasks::cooperating(&words);
    let leads = list_at(&words, 0).map(|list| list.units).unwrap_or_else(|| {
        let end = words.find(0, "phoi hop").unwrap_or(words.len());
        let names =
            words.between(0, end).split([';', ',']).map(|name| name.trim().trim_end_matches('.').to_owned());
        names.filter(|name| !name.is_empty() && name.chars().count() < 80).collect()
    });
    (leads, with)
}

/// "Giám đốc các sở" before a colon: names of departments follow. "Văn phòng Sở" is a body of its own.
pub(super) fn names_departments(before: &str) -> bool {
    let words = Words::of(before.trim_end());
    words.len() > 0
        && words.any(words.len() - 1, &["sở"]).is_some()
        && (words.len() == 1
            || !words.is_capital(words.len() - 1)
            || words.any(words.len() - 2, &["các"]).is_some())
}

/// Whether what stands behind a name and a colon asks it: "đề nghị phối hợp …". "Đề nghị khen thưởng" is work of its own.
pub(super) fn asks(rest: &str) -> bool {
    let words = Words::of(rest);
    let Some(end) = words.any(0, &["kinh de nghi", "tran trong de nghi", "de nghi"]) else { return false };
    let own = words
        .any(
            end,
            &["khen thuong", "xet", "xem xet", "cong nhan", "bieu duong", "tang", "truy tang", "phe duyet"],
        )
        .is_some();
    verb_at(&words, end) && !own
}

/// Whether what stands behind a group and a colon begins with names rather than with work: "Y tế, Giáo dục …", "Công ty A …".
pub(super) fn goes_on_with_names(rest: &str) -> bool {
    let words = Words::of(super::words::shortened(rest, 300));
    let field = words.is_capital(0)
        && words
            .known(0, &FIELDS)
            .is_some_and(|end| words.is_mark(end, &[',']) || words.any(end, &["và"]).is_some());
    let body = begins(&words, 0) || form_head(&words, 0).is_some();
    field || body && !verb_at(&words, 0)
}

/// Whether these are nothing but one group.
pub(super) fn is_group(units: &[String]) -> bool {
    matches!(units, [unit] if unit.to_lowercase().split(' ').any(|word| word == "các"))
}
