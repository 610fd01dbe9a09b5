//! How the cells of a unit's workbook look: as the house's annexes do, and inputs by their colour. Made once for a
//! workbook, for a format is compared whenever a cell has it.

use rust_xlsxwriter::{Color, Format, FormatAlign};

use crate::workbooks::style;

const INPUT: Color = Color::RGB(0xFF_FB_E6);
const FAULT: Color = Color::RGB(0xF8_CB_C6);

pub(super) struct Looks {
    pub title: Format,
    pub period: Format,
    pub line: Format,
    pub hint: Format,
    pub header: Format,
    pub header_small: Format,
    pub group: Format,
    pub text: Format,
    pub centred: Format,
    pub past: Format,
    pub closed: Format,
    /// Inputs of words, of one of some choices, of whole numbers, of other numbers, of days.
    pub words: Format,
    pub choice: Format,
    pub whole: Format,
    pub number: Format,
    pub day: Format,
    /// The same where something is to be mended.
    pub fault: Format,
    pub fault_whole: Format,
    pub fault_day: Format,
}

impl Looks {
    pub(super) fn new() -> Looks {
        let input = || style::text().set_background_color(INPUT).set_unlocked().set_align(FormatAlign::Top);
        // Away from the words of the next column.
        let right = |format: Format| format.set_align(FormatAlign::Right).set_indent(1);
        let fault = || input().set_background_color(FAULT);
        Looks {
            title: style::plain(14).set_bold().set_align(FormatAlign::CenterAcross),
            period: style::plain(13).set_italic().set_align(FormatAlign::CenterAcross),
            line: style::plain(12),
            hint: style::plain(11).set_italic(),
            header: style::header(),
            header_small: style::header_small(),
            group: style::group(),
            text: style::text().set_align(FormatAlign::Top),
            centred: style::text_centred().set_align(FormatAlign::Top),
            past: style::reference().set_align(FormatAlign::Top),
            closed: style::closed(),
            words: input(),
            choice: input().set_align(FormatAlign::Center),
            whole: right(plain_input()).set_num_format("#,##0"),
            number: right(plain_input()),
            day: right(plain_input()).set_num_format("dd/mm/yyyy"),
            fault: fault(),
            fault_whole: right(plain_input()).set_background_color(FAULT).set_num_format("#,##0"),
            fault_day: right(plain_input()).set_background_color(FAULT).set_num_format("dd/mm/yyyy"),
        }
    }
}

/// An input that takes numbers: no quote prefix, which would make words of them.
fn plain_input() -> Format {
    style::empty().set_background_color(INPUT).set_unlocked().set_align(FormatAlign::Top)
}
