//! Bodies by the form of their names: a heading that is nothing but names gives work whether or not its names are known.
//! A name begins with what bodies are called, in capitals, and ends where another begins or the sentence goes on. Stands
//! behind the names that are known; what is found here is unclear, and is never left out.

use std::sync::LazyLock;

use super::giving::Giving;
use super::reading::Mode;
use super::title_case::named_case;
use super::unit::{begins, links, unit_at, verb_at};
use super::unit_group::quantifier;
use super::unit_list::{lead, list_at, name_of, separator};
use super::unit_words::{LEVELS, NAMED_LIKE_VERBS, NOT_HEADS, VERBS};
use super::words::{Lexicon, Words};

/// Words of a name at most.
const LONGEST: usize = 18;
/// Words before the verb of a sentence that are looked at.
const REACH: usize = 70;

/// What bodies are called. A single word needs a capital or a level behind it.
static HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "so; ban; bo; cuc; chi cuc; tong cuc; van phong; thanh tra; bao hiem; kho bac; thue; thong ke;
     ngan hang; hoi; hoi dong; hiep hoi; lien doan; lien minh; lien hiep; doan; uy ban; ubnd; hdnd;
     cong an; vien; vien kiem sat; toa an; truong; benh vien; trai; dai; bao; tap chi; cong ty;
     tong cong ty; tap doan; trung tam; phong; quy; don; doi; to; khoa; hoc vien; dai hoc; vuon; khu;
     lang; nha; cang; ga; tram; hat; xi nghiep; nha may; cau lac bo; hop tac xa; quan khu; vung;
     lu doan; trung doan; su doan; tieu doan; hai doan; hai doi; hai quan; thi hanh an; buu dien;
     vien thong; dien luc; chi nhanh; co so; nha xuat ban; thu vien; bao tang; mat tran; dang uy;
     dang bo; tinh uy; thanh uy; ban quan ly; ban chi dao; to cong tac; nha truong; chua; giao hoi;
     toa giam muc; giao xu; hoi thanh; doanh nghiep; cong doan; vu; dong; mang luoi; kiem lam; hiep doan",
    )
});

/// What a clause is titled by, and no body.
static TOPICS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "kinh phi; nguon; che do; thoi gian; tien do; noi dung; cong tac; về; phuong thuc; hinh thuc; doi tuong;
     dia diem; giai phap; nhiem vu; bao cao; thong tin; mot so; lo trinh; so ket; tong ket; chinh sach;
     khen thuong; dieu khoan; hieu luc; quy dinh; trach nhiem; phan cong; to chuc; muc tieu; muc dich;
     yeu cau; chi tieu; tai lieu; chuong trinh; ke hoach; de an; du an; quy che; co che; bien phap;
     ngan sach; khi; sau; truoc; trong; doi voi cong; ket qua; san pham; thanh phan; hoat dong; dinh ky;
     hang nam; hằng năm; quy trinh; can cu; tu; cac noi dung; giai doan; năm; quý; tháng; ngày; đợt;
     phu luc; dieu; mau; bieu; buoc; kiem tra; van ban; viec; khong; tren; theo; de; nham; phan; muc; moi;
     tai; chủ đề; chu de; khau hieu; chuyen de; mô hình; mo hinh; cuoc; le; tuan; hoi nghi; hoi thao; lop; so lieu",
    )
});

/// The owners of a heading that is a list of names by its form.
pub(super) fn whole_by_form(heading: &str) -> Option<(Mode, Vec<String>)> {
    if heading.len() > 900 {
        return None;
    }
    let heading = named_case(heading);
    let words = Words::of(&heading);
    let (mode, from) = lead(&words, 0);
    let mut to = words.len();
    while to > from && words.is_mark(to - 1, &['.', ':', ';', ',']) {
        to -= 1;
    }
    names(&words, from, to).map(|units| (mode, units))
}

/// The heading as one name or several, where the clauses beside it are headed by bodies: short, in capitals, without a verb.
pub(super) fn beside_owners(heading: &str) -> Option<(Mode, Vec<String>)> {
    let heading = named_case(heading.trim_end_matches([':', ' ', ';', ',']));
    let words = Words::of(&heading);
    let (mode, from) = lead(&words, 0);
    let length = words.len().saturating_sub(from);
    let ended = heading.ends_with(['.', '!', '?']);
    if ended || !(2..=40).contains(&length) || !words.is_capital(from) || words.known(from, &TOPICS).is_some()
    {
        return None;
    }
    let verb = (from..words.len()).any(|at| {
        words.known(at, &VERBS).is_some() && (at == from || !words.is_capital(at) && !named_verb(&words, at))
    });
    let proper = (from + 1..words.len()).any(|at| words.is_capital(at) || words.known(at, &LEVELS).is_some());
    if verb || !proper {
        return None;
    }
    let mut units = Vec::new();
    let mut start = from;
    for at in from..=words.len() {
        let cut = at == words.len()
            || words.is_mark(at, &[';'])
            || words.is_mark(at, &[',']) && begins_any(&words, at + 1);
        if cut && at > start {
            units.push(name_of(&words, start, at));
            start = at + 1;
        }
    }
    (!units.is_empty()).then_some((mode, units))
}

/// The pieces of a heading that begins with a body and goes on with words nobody knows: each is a name to be asked about, so
/// that the work below is not left without owners.
pub(super) fn begun_by_owner(heading: &str) -> Option<(Mode, Vec<String>)> {
    let heading = named_case(heading.trim_end_matches([':', ' ', ';', ',']));
    let words = Words::of(&heading);
    let (mode, from) = lead(&words, 0);
    let length = words.len().saturating_sub(from);
    let ended = heading.ends_with(['.', '!', '?']);
    if ended || !(2..=60).contains(&length) || words.known(from, &TOPICS).is_some() {
        return None;
    }
    let proper = (from + 1..words.len()).any(|at| words.is_capital(at) || words.known(at, &LEVELS).is_some());
    if !(begins(&words, from) || form_head(&words, from).is_some() && proper) {
        return None;
    }
    let mut units = Vec::new();
    let mut start = from;
    for at in from..=words.len() {
        let next = if at < words.len() { separator(&words, at) } else { Some(at) };
        // Behind the whole name of one body nothing goes on with it.
        let whole =
            quantifier(&words, start).is_none() && unit_at(&words, start).is_some_and(|(_, end)| end == at);
        let cut = next.filter(|next| at == words.len() || whole || begins_any(&words, *next));
        if let Some(next) = cut.filter(|_| at > start) {
            units.push(name_of(&words, start, at));
            start = next;
        }
    }
    (!units.is_empty()).then_some((mode, units))
}

/// A sentence that begins with such names, or that gives its work to a name in so many words.
pub(super) fn giving_by_form(words: &Words<'_>) -> Option<Giving> {
    let (mode, start) = lead(words, 0);
    let explicit = start > 0;
    let last = words.len().min(start + REACH);
    let giving =
        |units: Vec<String>, verb: usize| Giving { mode, units, verb, explicit, led: false, unclear: true };
    for at in start + 1..last {
        if words.is_mark(at, &['.', '!', '?']) {
            break;
        }
        let verb = !words.is_capital(at) && words.known(at, &VERBS).is_some();
        if !verb && !words.is_mark(at, &[':']) {
            continue;
        }
        let to = if words.is_mark(at - 1, &[',']) { at - 1 } else { at };
        let verb = if words.is_mark(at, &[':']) { at + 1 } else { at };
        if let Some(units) = names(words, start, to).filter(|_| verb < words.len()) {
            return Some(giving(units, verb));
        }
    }
    // "Đề nghị" and a name of any kind, up to the verb.
    let asked = explicit
        && words.is_capital(start)
        && words.known(start, &TOPICS).is_none()
        && !verb_at(words, start);
    let verb = (start + 2..last.min(start + LONGEST))
        .find(|at| !words.is_capital(*at) && words.known(*at, &VERBS).is_some() && !named_verb(words, *at))?;
    let plain = (start..verb).all(|at| words.list[at].mark.is_none() && !stops_short(words, at));
    let proper = (start + 1..verb).any(|at| words.is_capital(at) || words.known(at, &LEVELS).is_some());
    (asked && plain && proper).then(|| giving(vec![name_of(words, start, verb)], verb))
}

fn stops_short(words: &Words<'_>, at: usize) -> bool {
    !words.is_capital(at) && links(words, at)
}

/// The names that take all the words, one after another.
fn names(words: &Words<'_>, from: usize, to: usize) -> Option<Vec<String>> {
    let mut units: Vec<String> = Vec::new();
    let mut here = from;
    while here < to {
        let (found, after) = some(words, here, to)?;
        units.extend(found.into_iter().filter(|name| !units.contains(name)).collect::<Vec<_>>());
        if after >= to {
            return Some(units);
        }
        here = separator(words, after)?;
    }
    None
}

/// Known names up to where others begin, else one known name, else one by its form.
fn some(words: &Words<'_>, at: usize, to: usize) -> Option<(Vec<String>, usize)> {
    let ends = |end: usize| {
        end == to
            || end < to && separator(words, end).is_some_and(|next| next < to && begins_any(words, next))
    };
    if let Some(list) = list_at(words, at).filter(|list| ends(list.end)) {
        return Some((list.units, list.end));
    }
    if let Some((start, end)) = unit_at(words, at).filter(|(_, end)| ends(*end)) {
        return Some((vec![name_of(words, start, end)], end));
    }
    // A known name is not cut: "Sở Giáo dục và Đào tạo" holds a verb.
    if unit_at(words, at).is_some_and(|(_, end)| end > to) {
        return None;
    }
    let (start, end) = by_form(words, at, to)?;
    Some((vec![name_of(words, start, end)], end))
}

fn begins_any(words: &Words<'_>, at: usize) -> bool {
    begins(words, at) || form_head(words, at).is_some()
}

/// The end of what a body is called.
pub(super) fn form_head(words: &Words<'_>, at: usize) -> Option<usize> {
    if !words.is_capital(at) || words.known(at, &NOT_HEADS).is_some() {
        return None;
    }
    let end = words.known(at, &HEADS)?;
    let told = words.is_capital(end) || words.known(end, &LEVELS).is_some();
    (told || end - at > 1).then_some(end)
}

/// A name from its head to where another begins.
fn by_form(words: &Words<'_>, at: usize, to: usize) -> Option<(usize, usize)> {
    // "Giám đốc Bệnh viện …": the office before the name.
    let at = (at..to.min(at + 4)).find(|at| form_head(words, *at).is_some()).filter(|found| {
        *found == at
            || unit_at(words, at).is_some()
            || words.known(at, &super::unit_words::OFFICES) == Some(*found)
    })?;
    let head = form_head(words, at)?;
    let mut end = head;
    let mut proper = false;
    while end < to && end - at < LONGEST {
        match words.list[end].mark {
            Some('-' | '&' | '/') => {
                end += 1;
                continue;
            }
            Some('(') => {
                let close = words.closing(end);
                if close >= to {
                    return None;
                }
                end = close + 1;
                continue;
            }
            Some(',') if joins_name(words, end + 1, to) => {
                end += 1;
                continue;
            }
            Some(_) => break,
            None => {}
        }
        if words.any(end, &["và", "cùng", "hoặc"]).is_some() && begins_any(words, end + 1) {
            break;
        }
        let stops = !words.is_capital(end)
            && (words.known(end, &VERBS).is_some()
                && !named_verb(words, end)
                && words.any(end - 1, &["các"]).is_none()
                || links(words, end) && words.any(end, &["đối", "từ", "do"]).is_none());
        if stops {
            break;
        }
        proper |= words.is_capital(end) || words.known(end, &LEVELS).is_some();
        end += 1;
    }
    (proper && end > head).then_some((at, end))
}

/// ", Thể thao và Du lịch": the name goes on behind a comma.
fn joins_name(words: &Words<'_>, at: usize, to: usize) -> bool {
    at < to && words.is_capital(at) && !begins_any(words, at) && !verb_at(words, at)
}

/// A verb that belongs to a name: behind a verb with a capital ("Hỗ trợ phát triển"), or joined to one by "và".
fn named_verb(words: &Words<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|before| {
        words.is_capital(before)
            && words
                .known(before, &NAMED_LIKE_VERBS)
                .is_some_and(|end| end == at || end + 1 == at && words.any(end, &["và", "-"]).is_some())
    })
}
