//! The measures of Nghị định 30/2020/NĐ-CP (phụ lục I), as Word counts them: twips (1/1440 inch) for lengths,
//! half-points for letters. Where the decree gives a range, the house's choice stands here and nowhere else.

/// Twips of some tenths of a millimetre.
const fn tenths_of_mm(tenths: u32) -> u32 {
    (tenths * 1440 + 127) / 254
}

/// A4, 210 × 297 mm.
pub const PAGE_WIDTH: u32 = tenths_of_mm(2100);
pub const PAGE_HEIGHT: u32 = tenths_of_mm(2970);
/// 20 mm; the decree has 20 to 25.
pub const TOP: u32 = tenths_of_mm(200);
pub const BOTTOM: u32 = tenths_of_mm(200);
/// 30 mm; the decree has 30 to 35.
pub const LEFT: u32 = tenths_of_mm(300);
/// 15 mm, rounded up as offices set it; the decree has 15 to 20.
pub const RIGHT: u32 = 851;
/// Half of the top margin: where the page number stands.
pub const HEADER: u32 = tenths_of_mm(100);

/// What the margins leave; the same of a page that lies across.
pub const TEXT_WIDTH: u32 = PAGE_WIDTH - LEFT - RIGHT;
pub const TEXT_WIDTH_ACROSS: u32 = PAGE_HEIGHT - LEFT - RIGHT;
/// The two columns of the heading block: 65 mm, and the rest, which holds Quốc hiệu on one line.
pub const HEADING_LEFT: u32 = tenths_of_mm(650);
pub const HEADING_RIGHT: u32 = TEXT_WIDTH - HEADING_LEFT;
/// The two columns of the signature block.
pub const SIGNATURE_LEFT: u32 = tenths_of_mm(740);
pub const SIGNATURE_RIGHT: u32 = TEXT_WIDTH - SIGNATURE_LEFT;

/// Tiêu ngữ in 13 pt bold Times New Roman: its rule is as long as its words.
pub const MOTTO_WIDTH: u32 = 3178;
/// Mean letters of Times New Roman, for rules that are a part of a line: bold capitals of 12 pt, bold of 14 pt.
pub const CAPITAL_12: u32 = 150;
pub const LETTER_14: u32 = 125;
/// Rules under issuer and subject: 2/5 of the line; the decree has 1/3 to 1/2.
pub const RULE_FIFTHS: u32 = 2;
/// Letters of an issuer's line in its column.
pub const ISSUER_LETTERS: usize = 23;
/// Letters that a line surely holds: a subject in bold of 14 pt between its indents, the title of an annex in bold
/// capitals, a line in italics under it.
pub const SUBJECT_LETTERS: usize = 58;
pub const TITLE_LETTERS: usize = 50;
pub const ITALIC_LETTERS: usize = 76;
/// The subject keeps away from the margins, so that it is a block under its type.
pub const SUBJECT_INDENT: u32 = 850;

/// One of several addressees: the name begins this far in, its dash stands out to the left of it.
pub const ADDRESSEE_LEFT: u32 = 3050;
pub const DASH: u32 = 170;

/// First line: 1,27 cm.
pub const FIRST_LINE: u32 = 720;
/// 6 pt between paragraphs.
pub const BETWEEN: u32 = 120;
/// Between lines, in 240ths of a line: the decree has single to 1,5.
pub const LINE: u32 = 264;
pub const SINGLE: u32 = 240;

/// Empty lines for seal and signature.
pub const SIGNATURE_LINES: usize = 4;
/// The one font.
pub const FONT: &str = "Times New Roman";
