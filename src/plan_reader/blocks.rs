//! Paragraphs again: lines that a wrap, a page break or a paste tore apart are joined, clauses begin new ones. Every
//! paragraph remembers which line each of its characters came from.

use super::lines::{Flow, Line};
use super::marker_slips::slips;
use super::markers::{Marker, marker_of};
use super::task_tables::is_row;
use super::unit::verb_at;
use super::unit_list::whole_list;
use super::words::Words;

/// Words that a heading of one name has at most.
const NAME: usize = 8;

/// A paragraph, with the mark it begins with taken off.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub text: String,
    pub marker: Option<Marker>,
    /// Where each line begins in the text, with its number.
    pub pieces: Vec<(usize, usize)>,
}

impl Block {
    /// The lines the bytes from..to came from.
    pub fn lines(&self, from: usize, to: usize) -> Vec<usize> {
        let last = |start: usize| self.pieces.iter().rposition(|(at, _)| *at <= start).unwrap_or(0);
        let (first, last) = (last(from), last(to.saturating_sub(1).max(from)));
        self.pieces.get(first..=last).unwrap_or_default().iter().map(|(_, line)| *line).collect()
    }

    pub fn all_lines(&self) -> Vec<usize> {
        self.pieces.iter().map(|(_, line)| *line).collect()
    }
}

/// Joins the lines (none blank among those that count: `None` stands for a blank one or for furniture).
pub(super) fn blocks_of(lines: &[&Line], flow: Flow) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<&Line> = None;
    let mut blank = false;
    let slips = slips(lines);
    for &line in lines {
        if line.is_blank() {
            blank = true;
            continue;
        }
        let open = blocks.last().is_some_and(|block| !ends(&block.text) && !is_title(&block.text));
        // "theo Điều" and "5. …", "Kế hoạch số" and "36/KH-…": a number that belongs to the sentence.
        let leads = blocks.last().is_some_and(|block| leads(&block.text));
        let marker = slips
            .get(&line.number)
            .cloned()
            .or_else(|| marker_of(&line.text, open))
            .filter(|marker| !leads || marker.level.is_plain());
        let joined = match (blocks.last_mut(), last) {
            (Some(block), Some(before))
                if marker.is_none() && !is_row(&line.text) && !is_row(&block.text) =>
            {
                let joins = block.text.is_empty() || joins(block, before, line, blank, flow);
                if joins {
                    push(block, line);
                }
                joins
            }
            _ => false,
        };
        if !joined {
            let from = marker.as_ref().map_or(0, |marker| marker.length);
            blocks.push(Block { text: line.text[from..].to_owned(), marker, pieces: vec![(0, line.number)] });
        }
        (last, blank) = (Some(line), false);
    }
    blocks
}

fn push(block: &mut Block, line: &Line) {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut end = block.text.chars().rev();
    let last = block.text.rsplit(' ').next().unwrap_or_default();
    // "2021-" and "2025"; "563/KH-BCA-" and "C11".
    let symbol = last.ends_with('-')
        && last.contains('/')
        && line.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let hyphen = symbol || end.next() == Some('-') && digit(end.next()) && digit(line.text.chars().next());
    if !hyphen && !block.text.is_empty() {
        block.text.push(' ');
    }
    block.pieces.push((block.text.len(), line.number));
    block.text.push_str(&line.text);
}

/// Whether the next line goes on with the paragraph.
fn joins(block: &Block, last: &Line, next: &Line, blank: bool, flow: Flow) -> bool {
    if begins_anew(&next.text) {
        return false;
    }
    if is_open(&block.text) {
        return true;
    }
    let first = next.text.chars().next();
    let small = first.is_some_and(|c| c.is_lowercase() || matches!(c, ')' | ',' | ';' | '.' | '%'));
    let ended = ends(&block.text);
    // A hyphen that begins a line and no clause: "chính trị" and "- xã hội".
    if small || !ended && first.is_some_and(|c| matches!(c, '-' | '–')) {
        return true;
    }
    let full = flow.width.is_some_and(|width| {
        let word = next.text.split(' ').next().map_or(0, |word| word.chars().count());
        // Letters are not equally wide in a printed page.
        (last.length() + 1 + word) * 100 >= width * 88
    });
    if ended {
        let told = blank && flow.blanks_tell;
        return full && !told && next.indent <= last.indent + 1;
    }
    if is_title(&block.text) && !is_title(&next.text) {
        return false;
    }
    // A heading of owners ends before a verb; a name may go on in the next line: "… chính trị - xã hội" and "Thành phố".
    if whole_list(&block.text).is_some() && (!full || begins_work(&next.text)) {
        return false;
    }
    // "… định kỳ báo cáo" and "UBND tỉnh.": names that end a sentence are no task of their own.
    let only_names = next.text.ends_with(['.', ';']) && whole_list(&next.text).is_some();
    if only_names && block.text.split(' ').count() > NAME {
        return true;
    }
    let number = first.is_some_and(|c| c.is_ascii_digit());
    // A paragraph that has not ended goes on though its line was set short; a clause may be a title.
    let titles = block.marker.as_ref().is_some_and(|marker| !marker.level.is_plain());
    let long = flow.width.is_some_and(|width| last.length() * 10 >= width * 7);
    full || number && !blank || long && !titles || goes_on(block, &next.text, flow)
}

/// Whether a paragraph of several lines that has not ended goes on though its last line was set short, as printed pages set a
/// word alone: it is too long for a title, or the line begins with an abbreviation that ends a sentence or names no body.
fn goes_on(block: &Block, next: &str, flow: Flow) -> bool {
    let Some(width) = flow.width.filter(|_| block.pieces.len() > 1) else { return false };
    let first = next.split([' ', '.', ',', ';']).next().unwrap_or_default();
    let letters = (2..=8).contains(&first.chars().count()) && first.chars().all(char::is_uppercase);
    let abbreviation = letters && !is_title(next) && super::unit_list::list_at(&Words::of(next), 0).is_none();
    block.text.chars().count() * 2 > width * 5 || abbreviation
}

/// Whether a line begins as tasks do: with a verb, or with when and on what ground.
fn begins_work(text: &str) -> bool {
    let words = Words::of(text);
    verb_at(&words, 0)
        || words.any(0, &["là co quan", "theo", "trong", "trên", "ngoai", "định", "các", "thuc"]).is_some()
}

/// Words that begin a paragraph and never the sentence after another.
fn begins_anew(text: &str) -> bool {
    [
        "Trên đây là",
        "QUYẾT ĐỊNH:",
        "QUYẾT NGHỊ:",
        "CHỈ THỊ:",
        "Nhận được",
        "Yêu cầu các",
        "Yêu cầu Thủ trưởng",
        "Đề nghị các",
        "Trong quá trình",
    ]
    .iter()
    .any(|begin| text.starts_with(begin))
}

/// Whether a sentence ends here.
pub(super) fn ends(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', ')', '\'', '’', ' ']);
    bare.ends_with(['.', ';', ':', '!', '?', '…'])
}

/// Whether it cannot end here: a comma, a hyphen, a bracket, a word that leads on.
fn is_open(text: &str) -> bool {
    text.ends_with([',', '-', '–', '(', '/', '&', '+']) || leads(text)
}

/// Whether its last word leads on.
fn leads(text: &str) -> bool {
    const LEADS: [&str; 21] = [
        "và", "của", "số", "các", "về", "tại", "với", "cho", "trong", "theo", "từ", "đến", "để", "do", "qua",
        "hoặc", "những", "ngày", "khoản", "điều", "điểm",
    ];
    let mut words = text.rsplit(' ').map(str::to_lowercase);
    let last = words.next().unwrap_or_default();
    // "Người mới trở về" is whole.
    let come_back = last == "về" && words.next().is_some_and(|word| matches!(word.as_str(), "trở" | "quay"));
    LEADS.contains(&last.as_str()) && !come_back
}

/// Whether the letters are capitals: the title of a section.
pub(super) fn is_title(text: &str) -> bool {
    let (mut capitals, mut letters) = (0_usize, 0_usize);
    // The beginning tells: a paragraph may be long.
    for c in text.chars().take(300).filter(|c| c.is_alphabetic()) {
        letters += 1;
        capitals += usize::from(c.is_uppercase());
    }
    letters >= 2 && capitals * 10 >= letters * 8 && !text.starts_with('(')
}
