//! The kinds of paragraphs a document has, each with every measure of its own: one row of the decree's table, one
//! style in Word, so that whoever goes on writing in Word stays in the form.

use super::MAIN;
use super::measures::{ADDRESSEE_LEFT, BETWEEN, DASH, FIRST_LINE, FONT, LINE, SINGLE};
use crate::ooxml::Xml;

/// One paragraph style. Lengths in twips, `size` in half-points, `line` in 240ths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub id: &'static str,
    name: &'static str,
    size: u32,
    bold: bool,
    italic: bool,
    align: &'static str,
    first_line: u32,
    left: u32,
    /// How far the first line stands out to the left of the others.
    hanging: u32,
    before: u32,
    after: u32,
    line: u32,
    keep_next: bool,
    /// Level in Word's outline, 0 the highest.
    outline: Option<u32>,
}

/// Upright, single-spaced, centred: what most of the frame is.
const FRAME: Style = Style {
    id: "",
    name: "",
    size: 28,
    bold: false,
    italic: false,
    align: "center",
    first_line: 0,
    left: 0,
    hanging: 0,
    before: 0,
    after: 0,
    line: SINGLE,
    keep_next: false,
    outline: None,
};

macro_rules! styles {
    ($($constant:ident = $id:literal, $name:literal { $($field:ident: $value:expr),* $(,)? })+) => {
        $(pub(super) const $constant: Style = Style { id: $id, name: $name, $($field: $value,)* ..FRAME };)+
        /// Every style, for styles.xml.
        const ALL: &[Style] = &[$($constant),+];
    };
}

styles! {
    NATION = "QuocHieu", "Quốc hiệu" { size: 24, bold: true }
    MOTTO = "TieuNgu", "Tiêu ngữ" { size: 26, bold: true }
    SUPERIOR = "CoQuanChuQuan", "Cơ quan chủ quản" { size: 24 }
    ISSUER = "CoQuanBanHanh", "Cơ quan ban hành" { size: 24, bold: true }
    NUMBER = "SoKyHieu", "Số, ký hiệu" { size: 26, before: 60 }
    DATE = "DiaDanhNgay", "Địa danh, ngày tháng" { size: 26, italic: true, before: 60 }
    DRAFT = "DuThao", "Dự thảo" { size: 26, bold: true, before: 120 }
    RULE = "DuongKe", "Đường kẻ" { size: 2, before: 30, line: 20 }
    KIND = "TenLoai", "Tên loại văn bản" { bold: true, before: 240, keep_next: true }
    LETTER_SUBJECT = "TrichYeuCongVan", "Trích yếu công văn" { size: 26, before: 120 }
    SUBJECT = "TrichYeu", "Trích yếu" { bold: true, keep_next: true }
    ADDRESSEE = "KinhGui", "Kính gửi" { before: 120, after: 120 }
    ADDRESSEES = "KinhGuiNhieu", "Kính gửi nhiều nơi" { align: "left", left: 2268, before: 120, keep_next: true }
    ADDRESSEES_LINE = "KinhGuiTung", "Kính gửi, từng nơi" {
        align: "left", left: ADDRESSEE_LEFT, hanging: DASH, keep_next: true,
    }
    ADDRESSEES_LAST = "KinhGuiCuoi", "Kính gửi, nơi cuối" {
        align: "left", left: ADDRESSEE_LEFT, hanging: DASH, after: BETWEEN,
    }
    BASIS = "CanCu", "Căn cứ" { italic: true, align: "both", first_line: FIRST_LINE, after: BETWEEN, line: LINE }
    TEXT = "NoiDung", "Nội dung" { align: "both", first_line: FIRST_LINE, after: BETWEEN, line: LINE }
    CHAPTER = "De1", "Đề mục I" {
        bold: true, align: "left", first_line: FIRST_LINE, before: BETWEEN, after: BETWEEN, line: LINE,
        keep_next: true, outline: Some(0),
    }
    PART = "De2", "Đề mục 1" {
        bold: true, align: "left", first_line: FIRST_LINE, after: BETWEEN, line: LINE, keep_next: true,
        outline: Some(1),
    }
    CAPACITY = "QuyenHan", "Quyền hạn, chức vụ" { bold: true, keep_next: true }
    SIGNATURE = "ChuKy", "Chỗ ký" { keep_next: true }
    SIGNER = "HoTen", "Họ tên người ký" { bold: true }
    RECIPIENTS = "NoiNhan", "Nơi nhận" { size: 24, bold: true, italic: true, align: "left" }
    RECIPIENT = "NoiNhanDong", "Nơi nhận, từng dòng" { size: 22, align: "left" }
    ANNEX = "PhuLuc", "Phụ lục" { bold: true, keep_next: true, outline: Some(0) }
    ANNEX_TITLE = "PhuLucTen", "Tên phụ lục" { bold: true, keep_next: true }
    ANNEX_LINE = "PhuLucDong", "Kèm theo" { italic: true, keep_next: true }
    TABLE_TITLE = "BangTen", "Tên bảng" {
        size: 26, bold: true, align: "left", before: 180, after: 80, keep_next: true, outline: Some(1),
    }
    TABLE_HEAD = "BangDau", "Đầu bảng" { size: 24, bold: true, before: 20, after: 20 }
    TABLE_NUMBER = "BangCotSo", "Số cột" { size: 18, italic: true }
    TABLE_LEFT = "BangTrai", "Bảng, chữ" { size: 24, align: "left", before: 20, after: 20 }
    TABLE_CENTRE = "BangGiua", "Bảng, giữa" { size: 24, before: 20, after: 20 }
    TABLE_RIGHT = "BangPhai", "Bảng, số" { size: 24, align: "right", before: 20, after: 20 }
    TABLE_GROUP = "BangNhom", "Bảng, nhóm" { size: 24, bold: true, align: "left", before: 20, after: 20, keep_next: true }
    NOTE = "GhiChu", "Ghi chú" { size: 24, italic: true, align: "both", before: 80 }
    PAGE_NUMBER = "SoTrang", "Số trang" {}
}

impl Style {
    /// The paragraph properties in the order the schema has them.
    fn paragraph(&self, xml: &mut Xml) {
        xml.element("w:pPr", &[], |xml| {
            if self.keep_next {
                xml.empty("w:keepNext", &[]);
            }
            xml.empty("w:widowControl", &[]);
            let rule = if self.line < SINGLE { "exact" } else { "auto" };
            xml.empty(
                "w:spacing",
                &[
                    ("w:before", &self.before.to_string()),
                    ("w:after", &self.after.to_string()),
                    ("w:line", &self.line.to_string()),
                    ("w:lineRule", rule),
                ],
            );
            let first = match self.hanging {
                0 => ("w:firstLine", self.first_line.to_string()),
                hanging => ("w:hanging", hanging.to_string()),
            };
            let left = self.left.to_string();
            xml.empty("w:ind", &[("w:left", &left), ("w:right", "0"), (first.0, &first.1)]);
            xml.empty("w:jc", &[("w:val", self.align)]);
            if let Some(level) = self.outline {
                xml.empty("w:outlineLvl", &[("w:val", &level.to_string())]);
            }
        });
    }

    fn letters(&self, xml: &mut Xml) {
        xml.element("w:rPr", &[], |xml| {
            fonts(xml);
            for (on, names) in [(self.bold, ["w:b", "w:bCs"]), (self.italic, ["w:i", "w:iCs"])] {
                let value = if on { "1" } else { "0" };
                names.iter().for_each(|name| xml.empty(name, &[("w:val", value)]));
            }
            size(xml, self.size);
        });
    }
}

fn fonts(xml: &mut Xml) {
    let all = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|name| (name, FONT));
    xml.empty("w:rFonts", &all);
}

fn size(xml: &mut Xml, half_points: u32) {
    xml.empty("w:color", &[("w:val", "000000")]);
    for name in ["w:sz", "w:szCs"] {
        xml.empty(name, &[("w:val", &half_points.to_string())]);
    }
}

/// word/styles.xml: the font and language of everything, then every style.
pub(super) fn part() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("w:styles", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    fonts(xml);
                    size(xml, FRAME.size);
                    xml.empty("w:lang", &[("w:val", "vi-VN"), ("w:eastAsia", "vi-VN"), ("w:bidi", "ar-SA")]);
                });
            });
            xml.element("w:pPrDefault", &[], |_| {});
        });
        let normal = [("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")];
        xml.element("w:style", &normal, |xml| {
            xml.empty("w:name", &[("w:val", "Normal")]);
            xml.empty("w:qFormat", &[]);
        });
        for style in ALL {
            let head = [("w:type", "paragraph"), ("w:customStyle", "1"), ("w:styleId", style.id)];
            xml.element("w:style", &head, |xml| {
                xml.empty("w:name", &[("w:val", style.name)]);
                xml.empty("w:basedOn", &[("w:val", "Normal")]);
                xml.empty("w:qFormat", &[]);
                style.paragraph(xml);
                style.letters(xml);
            });
        }
    });
    xml.into_bytes()
}
