//! What nearly every document closes with and nobody is given work by: "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản
//! ánh về …", "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện", "Trên đây là …". A day, a cycle, a report or any other work in
//! the sentence makes it more than that. Stands before the rules that give work.

use super::blocks::Block;
use super::due::dues;
use super::giving::giving_from;
use super::sentences::{parts, sentences};
use super::tree::Tree;
use super::unit_list::{lead, list_at};
use super::words::{Words, shortened};

/// Bytes of a paragraph that are looked at: three times the longest of these formulas.
const LONGEST: usize = 3 * 1024;

/// Words that ask for diligence and for nothing else, folded.
const DILIGENCE: &[&str] = &[
    "nghiem", "tuc", "khan", "truong", "tich", "cuc", "chu", "dong", "phoi", "hop", "to", "chuc", "trien",
    "khai", "thuc", "hien", "tot", "co", "hieu", "qua", "dam", "bao", "day", "du", "kip", "thoi", "ke",
    "hoach", "nay", "noi", "dung", "cua", "cac", "theo", "dung", "quy", "dinh", "tren", "va", "nhiem", "vu",
    "duoc", "giao", "quan", "tam", "chi", "dao", "yeu", "cau", "tien", "do", "chat", "luong", "che", "de",
    "ra", "cong", "van", "can", "cu", "chuc", "nang", "thi", "hanh", "quyet", "liet", "dat", "ket", "phan",
];

/// Whether a paragraph without a sign is nothing but such a formula.
pub(super) fn is_courtesy(text: &str) -> bool {
    let text = shortened(text, LONGEST + 1);
    text.len() <= LONGEST && formula(text, false)
}

/// The same of a clause with a number of its own: only what says where difficulties are told.
pub(super) fn tells_of_difficulties(text: &str) -> bool {
    let text = shortened(text, LONGEST + 1);
    text.len() <= LONGEST && formula(text, true)
}

/// The paragraphs of the tree that are such formulas: a clause without a sign of its own, a paragraph behind those of a clause, a
/// clause that is nothing else.
pub(super) fn blocks_of(tree: &Tree, blocks: &[Block]) -> Vec<usize> {
    let mut found = Vec::new();
    // Of a letter in plain paragraphs such a sentence may be all it asks; thanks ask nothing.
    let plain = tree.nodes.iter().all(|node| node.marker.is_none());
    for node in &tree.nodes {
        for (order, index) in node.paragraphs.iter().enumerate() {
            let text = blocks[*index].text.as_str();
            let signed = order == 0 && node.marker.is_some();
            let alone = node.paragraphs.len() == 1 && node.children.is_empty();
            let formula =
                !plain && (signed && alone && tells_of_difficulties(text) || !signed && is_courtesy(text));
            if formula || !signed && thanks(text) {
                found.push(*index);
            }
        }
    }
    found
}

/// The paragraphs that only say between which days is counted: "Mốc thời gian lấy số liệu: từ 15/12/2024 đến 14/6/2025." They have
/// been read, and give nobody work.
pub(super) fn counted(blocks: &[Block]) -> Vec<usize> {
    const SUBJECTS: &[&str] = &[
        "moc thoi gian lay so lieu",
        "moc thoi gian so lieu",
        "moc lay so lieu",
        "moc so lieu",
        "moc chot so lieu",
        "thoi gian lay so lieu",
        "thoi gian chot so lieu",
        "thoi diem lay so lieu",
        "thoi diem chot so lieu",
        "ky so lieu",
        "so lieu bao cao",
        "so lieu",
        "thoi gian tinh so lieu",
    ];
    let tells = |text: &str| {
        if Words::of(shortened(text, 80)).any(0, SUBJECTS).is_none() {
            return false;
        }
        let text = shortened(text, LONGEST);
        let words = Words::of(text);
        let Some(end) = words.any(0, SUBJECTS) else { return false };
        let spans = (end..words.len().min(end + 6)).any(|at| {
            super::spans::counted(&words, at).is_some()
                || words.any(at, &["từ ngay", "từ", "tinh từ", "tinh den", "den ngay", "đến"]).is_some()
        });
        let sends = words.has_any(&["bao cao ve", "gửi về", "gửi", "nộp", "phoi hop", "chu tri"]);
        spans && !sends && dues(&words).is_empty() && sentences(text).len() == 1
    };
    (0..blocks.len()).filter(|at| tells(&blocks[*at].text)).collect()
}

/// "Rất mong nhận được sự quan tâm, phối hợp của quý đơn vị./.", "Trân trọng cảm ơn!": nothing is asked by a day or in a report.
fn thanks(text: &str) -> bool {
    const THANKS: &[&str] = &[
        "mong nhan duoc su",
        "mong duoc su",
        "mong su quan tam",
        "mong quy",
        "tran trong cam on",
        "chan thanh cam on",
        "xin cam on",
        "xin tran trong cam on",
    ];
    let words = Words::of(shortened(text, 160));
    let begins = words.find_any(0, THANKS).is_some_and(|(at, _)| at < 14);
    let alone = words.any(0, &["tran trong"]).is_some();
    if !begins && !alone || text.len() > LONGEST {
        return false;
    }
    let words = Words::of(text);
    let alone = words
        .any(0, &["tran trong"])
        .is_some_and(|end| words.list[end..].iter().all(|word| word.mark.is_some()));
    let asks = words.has_any(&["bao cao", "gửi", "yeu cau", "truoc ngay", "giao"]);
    let one = sentences(text).len() == 1;
    (begins && one && !asks && dues(&words).is_empty()) || alone
}

fn formula(text: &str, difficulties_alone: bool) -> bool {
    let mut any = false;
    for (from, to) in sentences(text) {
        for (start, end) in parts(&text[from..to]) {
            let sentence = text[from..to][start..end].trim_end_matches(['.', '/', ';', ' ']);
            if sentence.is_empty() {
                continue;
            }
            let words = Words::of(sentence);
            let plain =
                dues(&words).is_empty() && !words.has_any(&["dinh ky", "hang nam", "hằng năm", "hằng quý"]);
            let told = difficulties(&words)
                || !difficulties_alone && (diligence(&words, 0) || ends_document(&words));
            if !(plain && told) {
                return false;
            }
            any = true;
        }
    }
    any
}

/// "Nếu có khó khăn, vướng mắc, … phản ánh về …": where difficulties are told. A report of them is a duty, and is none of these.
fn difficulties(words: &Words<'_>) -> bool {
    const OCCASIONS: &[&str] =
        &["vuong mac", "kho khan", "phat sinh", "chua phu hop", "can sua doi", "van de moi", "bat cap"];
    const TELLS: &[&str] = &["phan anh", "lien he", "trao doi", "thong tin", "kien nghi", "de xuat", "gop y"];
    const DUTIES: &[&str] = &[
        "bao cao",
        "xay dung",
        "gửi ke hoach",
        "ban hanh",
        "chu tri",
        "thong ke",
        "lap danh sach",
        "to chuc tap huan",
    ];
    let begins = words.any(0, &["trong qua trinh", "qua trinh", "nếu", "khi", "moi", "mọi", "neu"]).is_some();
    let Some((_, occasion)) = words.find_any(0, OCCASIONS).filter(|(at, _)| begins && *at < 24) else {
        return false;
    };
    let Some((told, _)) = words.find_any(occasion, TELLS) else { return false };
    // What the receiver does with it stands behind "để".
    let aim = (told..words.len())
        .find(|at| words.any(*at, &["để", "tong hop", "xem xét", "nhằm"]).is_some())
        .unwrap_or(words.len());
    !(0..aim).any(|at| words.any(at, DUTIES).is_some())
}

/// "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện": groups and words of diligence, and no work.
fn diligence(words: &Words<'_>, at: usize) -> bool {
    let asked = list_at(words, at)
        .and_then(|issuer| words.any(issuer.end, &["yeu cau", "de nghi", "tran trong de nghi"]))
        .map(|end| if words.is_mark(end, &[':']) { end + 1 } else { end });
    let from = match asked {
        Some(from) => from,
        None => lead(words, at).1,
    };
    let Some(list) = list_at(words, from).filter(|_| from > at) else { return false };
    let all = list.units.iter().all(|unit| {
        let lower = unit.to_lowercase();
        ["các ", "mọi ", "toàn thể ", "những "].iter().any(|several| lower.contains(several))
    });
    let rest = words.list.get(list.end..).unwrap_or_default();
    let diligent =
        rest.iter().any(|word| word.plain == "thuc" || word.plain == "trien" || word.plain == "thi");
    let said = rest
        .iter()
        .all(|word| word.mark.is_some_and(|mark| mark != '%') || DILIGENCE.contains(&word.plain.as_str()));
    all && diligent && said && rest.len() <= 40 && !words.has("bao cao")
}

/// "Trên đây là Kế hoạch của Sở", with diligence behind it or without.
fn ends_document(words: &Words<'_>) -> bool {
    if words.phrase(0, "tren day la").is_none() {
        return false;
    }
    let commas = (1..words.len()).filter(|at| words.is_mark(*at, &[',', ';']));
    commas.map(|comma| comma + 1).all(|at| giving_from(words, at).is_none() || diligence(words, at))
}
