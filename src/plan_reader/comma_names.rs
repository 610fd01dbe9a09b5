//! Names of bodies with a comma inside that small letters follow: "Phòng Phổ biến, giáo dục pháp luật", "các tổ chức hành nghề
//! luật sư, công chứng". Told by the form: the name of a division or of a group runs to the colon, to the end of the heading or
//! to the verb of duty, and nothing in between begins another body or a duty. Stands between names and lists of them.

use super::exceptions::excepts;
use super::unit::{begins, links, place, unit_at, verb_at};
use super::unit_group::{class, classes, quantifier};
use super::unit_list::{UnitList, goes_on, name_of, separator};
use super::unit_words::{FIELDS, LEVELS, NOT_HEADS};
use super::words::{Lexicon, Words};
use std::sync::LazyLock;

/// Words of a name at most.
const LONGEST: usize = 36;
/// Bodies of one list at most.
const MOST: usize = 40;

/// What divisions and bodies with a field of their own are called. Departments are not here: their fields are known.
static HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "phòng; ban; vụ; cục; chi cục; trung tâm; tổ; đội; viện; khoa; quỹ; hội; hội đồng; hội đồng phối hợp; hiệp hội; liên hiệp;
     ban chi dao; ban chi huy; ban quan ly; câu lạc bộ; trường; trạm; văn phòng",
    )
});

/// Verbs that fields are named by, and that a name may hold behind its comma.
static FIELDS_LIKE_VERBS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "pho bien; giao duc; khen thuong; kiem tra; thanh tra; giam sat; theo doi; quan ly; dao tao; boi duong;
     nghien cuu; tuyen truyen; thong ke; ho tro; tu van; bao ve; xu ly; giai quyet; phong ngua; ung dung; phat trien;
     tong hop; tham dinh; dang ky; dieu tra; ke hoach; xay dung; tiep; cuu; phat thanh; bien tap; san xuat; dau tranh;
     cap; to chuc; tiep nhan; thi hanh; khai thac; su dung; dieu hanh; bien soan; xuc tien; huong nghiep; hoa giai; lưu trữ",
    )
});

/// Small words behind a comma that begin another body, or people.
static OTHERS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "các; những; mọi; toàn; một; từng; cơ quan; đơn vị; địa phương; bộ phận; tổ; đội; nhóm; ban; phòng; hội; sở;
     ngành; xã; phường; huyện; thị xã; thành phố; trung tâm; trường; trạm; thành viên; cá nhân; doanh nghiệp; người;
     đồng chí; ông; bà; lãnh đạo; trưởng; phó; giám đốc; thủ trưởng; chủ tịch; chính quyền; đoàn thể; lực lượng; công an;
     ủy ban; uỷ ban; cấp; việc; nội dung; kết quả; kế hoạch này",
    )
});

/// People of a body who are given work themselves.
const PEOPLE: &[&str] = &["công chức", "viên chức", "cán bộ", "chuyên viên", "nhân viên"];
const CHARGED: &[&str] = &[
    "phụ trách",
    "chuyên trách",
    "làm công tác",
    "được giao",
    "được phân công",
    "có liên quan",
    "liên quan",
];

/// The bodies named from a word on, where at least one of their names goes on behind a comma with a small letter; none otherwise.
pub(super) fn comma_list(words: &Words<'_>, at: usize) -> Option<UnitList> {
    // Most lists hold no such comma, and are read by what is known.
    let reach = words.len().min(at + LONGEST * 2);
    let may = (at + 1..reach)
        .any(|at| words.is_mark(at, &[',']) && (is_small(words, at + 1) || is_field(words, at + 1)));
    if !may {
        return None;
    }
    let (mut units, mut here, mut joined) = (Vec::new(), at, false);
    while units.len() < MOST {
        let found = comma_name(words, here);
        joined |= found.is_some();
        let group = quantifier(words, here).is_some();
        let (from, end) = found.or_else(|| unit_at(words, here))?;
        let name = name_of(words, from, end);
        if !units.contains(&name) {
            units.push(name);
        }
        match separator(words, end).filter(|next| begins_any(words, *next)) {
            Some(next) => here = next,
            None => return (joined && stands(words, end, group)).then_some(UnitList { units, end }),
        }
    }
    None
}

/// Whether a list may end here: before the colon, the end of the heading, or the verb of duty.
fn stands(words: &Words<'_>, at: usize, group: bool) -> bool {
    at >= words.len()
        || words.is_mark(at, &[':'])
        || at + 1 == words.len() && words.is_mark(at, &['.', ';', ','])
        || is_small(words, at) && (group || !is_field(words, at) || closed(words, at)) && goes_on(words, at)
}

/// Whether a level or a department ends the name before this word.
fn closed(words: &Words<'_>, at: usize) -> bool {
    at > 0
        && (words.known(at - 1, &LEVELS).is_some()
            || words.any(at - 1, &["sở", "ban", "viện"]).is_some() && words.is_capital(at - 1))
}

fn is_small(words: &Words<'_>, at: usize) -> bool {
    words.list.get(at).is_some_and(|word| {
        word.mark.is_none() && !word.capital && !word.plain.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_field(words: &Words<'_>, at: usize) -> bool {
    words.known(at, &FIELDS_LIKE_VERBS).is_some()
}

fn begins_any(words: &Words<'_>, at: usize) -> bool {
    begins(words, at) || head(words, at).is_some()
}

/// The end of what a division is called, before a word with a capital.
fn head(words: &Words<'_>, at: usize) -> Option<usize> {
    if !words.is_capital(at) || words.known(at, &NOT_HEADS).is_some() {
        return None;
    }
    words.known(at, &HEADS).filter(|end| words.is_capital(*end) || *end > at + 1 && is_small(words, *end))
}

/// A name with such a comma.
fn comma_name(words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
    let counted = quantifier(words, at);
    let group = counted.and_then(|next| classes(words, next)).map(|(end, _)| end);
    // "Các Ban quản lý rừng phòng hộ, rừng đặc dụng": several of one name.
    let longer =
        counted.and_then(|next| head(words, next)).filter(|end| group.is_none_or(|group| *end > group));
    let group = group.filter(|_| longer.is_none());
    let mut end = longer.or(group).or_else(|| head(words, at))?;
    let (first, mut joined) = (end, false);
    while end < words.len() && end - at < LONGEST {
        match words.list[end].mark {
            Some(',') => match behind_comma(words, end + 1, group.is_some()) {
                Some(small) => {
                    joined |= small;
                    end += 1;
                    continue;
                }
                None => break,
            },
            Some('-' | '&' | '/') if end > first => {
                end += 1;
                continue;
            }
            Some('(') => {
                let close = words.closing(end);
                if close - end > 8 || words.phrase(end + 1, "qua").is_some() || excepts(words, end + 1) {
                    break;
                }
                end = close + 1;
                continue;
            }
            Some(_) => break,
            None => {}
        }
        if words.any(end, &["và", "cùng", "hoặc"]).is_some()
            && (begins_any(words, end + 1) || words.known(end + 1, &OTHERS).is_some())
        {
            break;
        }
        if let Some(after) =
            words.known(end, &LEVELS).filter(|_| end > first && words.any(end, &["xã hội"]).is_none())
        {
            end = place(words, after);
            break;
        }
        // "… thuộc Sở", "… của Sở Tư pháp".
        if let Some(owner) = words.any(end, &["thuộc", "của"]) {
            end = unit_at(words, owner).map_or(owner + 1, |(_, after)| after);
            break;
        }
        let known = match group {
            Some(_) => classes(words, end).map(|(after, _)| after),
            None => words.known(end, &FIELDS).filter(|after| *after > end + 2),
        };
        if let Some(after) = known.filter(|_| words.any(end, &["tổ chức"]).is_none()) {
            end = after;
            continue;
        }
        if ends_name(words, end, group.is_some()) {
            break;
        }
        end += 1;
    }
    let followed = stands(words, end, group.is_some())
        || separator(words, end).is_some_and(|next| begins_any(words, next));
    (joined && end <= words.len() && followed).then_some((at, end))
}

/// Whether the sentence goes on here with a verb of duty, or a word that leads to one.
fn ends_name(words: &Words<'_>, at: usize, group: bool) -> bool {
    let small = is_small(words, at);
    let field = is_field(words, at) && !group;
    // Links are compared without accents; these are other words.
    let other = words.any(at, &["đối", "từ", "khí", "đô", "độ", "trồng", "trọng", "quả", "chợ"]).is_some();
    let leads = links(words, at) && !other && !field;
    let deed = verb_at(words, at) && !field;
    small && (leads || deed || words.any(at, &["việc", "này"]).is_some())
}

/// Whether a name goes on behind its comma, and whether it does with a small letter.
fn behind_comma(words: &Words<'_>, at: usize, group: bool) -> Option<bool> {
    let word = words.list.get(at).filter(|word| word.mark.is_none())?;
    if word.capital {
        // A title set in capitals keeps them behind its commas: "Phòng Phổ biến, Giáo dục pháp luật".
        let field = is_field(words, at);
        return (!group && !begins_any(words, at) && (field || !verb_at(words, at))).then_some(field);
    }
    // "Viễn thông" is no "viện".
    let kind = group && class(words, at).is_some() && words.any(at, &["tổ chức", "viễn", "viên"]).is_none();
    if kind {
        return Some(false);
    }
    // "Phòng cháy, chữa cháy", "phòng, chống" go on; "phòng chuyên môn" is another body.
    let named = words
        .any(at, &["phòng ngừa", "phòng chống", "phòng cháy", "phòng , chống", "tổ chức", "hội nghị"])
        .is_some();
    let other = words.known(at, &OTHERS).is_some() && !named;
    let charged = words.any(at, PEOPLE).is_some_and(|end| words.any(end, CHARGED).is_some());
    (is_small(words, at) && !other && !charged && !ends_name(words, at, group)).then_some(true)
}
