//! How cells look: Times New Roman throughout, hairline borders, two quiet greys, so that a printed page is
//! an official annex and not a screen.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The font of official documents (NĐ 30/2020, Phụ lục I).
pub(crate) const FONT: &str = "Times New Roman";

const HEADER_FILL: Color = Color::RGB(0xE8_ED_F3);
const GROUP_FILL: Color = Color::RGB(0xF4_F6_F9);
const CLOSED_FILL: Color = Color::RGB(0xEC_EC_EC);
const LINE: Color = Color::RGB(0x80_80_80);
const FAINT: Color = Color::RGB(0x59_59_59);

/// Text outside the table, of a size in points.
pub(crate) fn plain(size: u8) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

/// Text outside the table, centred.
pub(crate) fn centred(size: u8) -> Format {
    plain(size).set_align(FormatAlign::Center)
}

/// Notes under the table.
pub(crate) fn note() -> Format {
    plain(11).set_italic().set_text_wrap().set_align(FormatAlign::Top)
}

fn cell() -> Format {
    plain(12).set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// A heading of the table.
pub(crate) fn header() -> Format {
    cell().set_bold().set_align(FormatAlign::Center).set_text_wrap().set_background_color(HEADER_FILL)
}

/// The unit of measure under a heading, and the row (1) (2) (3).
pub(crate) fn header_small() -> Format {
    cell()
        .set_font_size(10)
        .set_italic()
        .set_align(FormatAlign::Center)
        .set_text_wrap()
        .set_background_color(HEADER_FILL)
}

/// A row that opens a group.
pub(crate) fn group() -> Format {
    cell().set_bold().set_background_color(GROUP_FILL)
}

/// The total row.
pub(super) fn total() -> Format {
    cell().set_bold().set_background_color(HEADER_FILL)
}

/// Words in the table. The quote prefix keeps what begins with "-" or "=" text even when it is edited.
pub(crate) fn text() -> Format {
    cell().set_text_wrap().set_quote_prefix()
}

/// Words in the table, centred.
pub(crate) fn text_centred() -> Format {
    text().set_align(FormatAlign::Center)
}

/// A number in the table, in a given number format.
pub(crate) fn number(format: &str) -> Format {
    cell().set_align(FormatAlign::Right).set_num_format(format)
}

/// A number that is shown and never added.
pub(crate) fn reference() -> Format {
    cell().set_align(FormatAlign::Right).set_italic().set_font_color(FAINT)
}

/// A cell for which the unit is not asked.
pub(crate) fn closed() -> Format {
    cell().set_background_color(CLOSED_FILL)
}

/// An empty cell of the table.
pub(crate) fn empty() -> Format {
    cell()
}

/// Header of the sheets read by machines.
pub(crate) fn machine_header() -> Format {
    plain(12).set_bold().set_background_color(HEADER_FILL).set_border_bottom(FormatBorder::Thin)
}

/// Text of the sheets read by machines.
pub(crate) fn machine_text() -> Format {
    plain(12).set_quote_prefix()
}
