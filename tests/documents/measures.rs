//! The decree's table, written down by hand: each component with the letters it may have, checked property by
//! property. Sizes in half-points, lengths in twips (1/20 point).

use roxmltree::Document;
use tonghop::documents::write;

use super::read::{self, W, child, value};
use super::sample;

/// Component as printed, least and most size, bold, italic, alignment.
const LETTERS: &[(&str, u32, u32, bool, bool, &str)] = &[
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, 26, true, false, "center"),
    ("Độc lập - Tự do - Hạnh phúc", 26, 28, true, false, "center"),
    ("UBND TỈNH BẮC GIANG", 24, 26, false, false, "center"),
    ("SỞ TÀI CHÍNH", 24, 26, true, false, "center"),
    ("Số: 05/BC-STC", 26, 26, false, false, "center"),
    ("Bắc Giang, ngày 05 tháng 02 năm 2025", 26, 28, false, true, "center"),
    ("BÁO CÁO", 26, 28, true, false, "center"),
    ("Kết quả công tác tái hòa nhập cộng đồng", 26, 28, true, false, "center"),
    ("Kính gửi: Ủy ban nhân dân tỉnh Bắc Giang (qua Công an tỉnh)", 26, 28, false, false, "center"),
    ("Căn cứ Luật Thi hành án hình sự;", 26, 28, false, true, "both"),
    ("Căn cứ Nghị định số 49/2020/NĐ-CP.", 26, 28, false, true, "both"),
    ("Sở Tài chính báo cáo như sau:", 26, 28, false, false, "both"),
    ("I. CÔNG TÁC CHỈ ĐẠO", 26, 28, true, false, "left"),
    ("1. Trên không gian mạng", 26, 28, true, false, "left"),
    ("Đoạn thứ nhất.", 26, 28, false, false, "both"),
    ("- Đoạn thứ hai.", 26, 28, false, false, "both"),
    ("Trên đây là báo cáo của Sở Tài chính./.", 26, 28, false, false, "both"),
    ("Nơi nhận:", 24, 24, true, true, "left"),
    ("- Như trên;", 22, 22, false, false, "left"),
    ("- Công an tỉnh (để tổng hợp);", 22, 22, false, false, "left"),
    ("- Lưu: VT.", 22, 22, false, false, "left"),
    ("KT. GIÁM ĐỐC", 26, 28, true, false, "center"),
    ("PHÓ GIÁM ĐỐC", 26, 28, true, false, "center"),
    ("Nguyễn Văn An", 26, 28, true, false, "center"),
    ("Phụ lục", 28, 28, true, false, "center"),
    ("SỐ LIỆU KẾT QUẢ", 26, 28, true, false, "center"),
    (
        "(Kèm theo Báo cáo số 05/BC-STC ngày 05 tháng 02 năm 2025 của Sở Tài chính)",
        26,
        28,
        false,
        true,
        "center",
    ),
];

#[test]
fn every_component_has_the_letters_of_the_decree() {
    let bytes = write(&sample::report()).expect("a document");
    for (text, least, most, bold, italic, align) in LETTERS {
        let found = read::paragraph(&bytes, text);
        assert!((*least..=*most).contains(&found.size), "{text}: {} half-points", found.size);
        assert_eq!((found.bold, found.italic), (*bold, *italic), "{text}: bold, italic");
        assert_eq!(found.align, *align, "{text}");
    }
}

/// 12-13-13 or 13-14-14 for Quốc hiệu, Tiêu ngữ and date.
#[test]
fn the_sizes_of_the_head_agree() {
    let bytes = write(&sample::report()).expect("a document");
    let sizes = [LETTERS[0].0, LETTERS[1].0, LETTERS[5].0].map(|text| read::paragraph(&bytes, text).size);
    assert!(sizes == [24, 26, 26] || sizes == [26, 28, 28], "{sizes:?}");
}

#[test]
fn paragraphs_of_text_are_indented_and_apart() {
    let bytes = write(&sample::report()).expect("a document");
    for text in
        ["Đoạn thứ nhất.", "- Đoạn thứ hai.", "Căn cứ Luật Thi hành án hình sự;", "Đã đăng gần 100 tin, bài."]
    {
        let found = read::paragraph(&bytes, text);
        // 1 cm or 1,27 cm.
        assert!([567, 720].contains(&found.first_line), "{text}: {}", found.first_line);
        // 6 pt at least; single to one and a half lines.
        assert!(found.before + found.after >= 120, "{text}: {} + {}", found.before, found.after);
        assert!((240..=360).contains(&found.line), "{text}: {}", found.line);
    }
}

#[test]
fn the_page_is_a4_with_the_margins_of_the_decree() {
    let parts = read::parts(&write(&sample::report()).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let sections: Vec<_> = document.descendants().filter(|n| n.has_tag_name((W, "sectPr"))).collect();
    assert_eq!(sections.len(), 2);
    for section in &sections {
        let size = child(*section, "pgSz").expect("a size");
        assert_eq!((value(size, "w"), value(size, "h")), (Some("11906"), Some("16838")));
        assert_eq!(value(size, "orient"), None, "upright");
        let margins = child(*section, "pgMar").expect("margins");
        let sides =
            ["top", "bottom", "left", "right", "header"].map(|side| value(margins, side).expect("a margin"));
        // 20, 20, 30, 15 mm; the number half way into the top margin.
        assert_eq!(sides, ["1134", "1134", "1701", "851", "567"]);
        assert!(child(*section, "titlePg").is_some(), "the first page hides its number");
    }
    assert!(child(sections[0], "pgNumType").is_none());
    let own = child(sections[1], "pgNumType").expect("the annex counts its own pages");
    assert_eq!(value(own, "start"), Some("1"));
}

#[test]
fn the_page_number_is_arabic_and_centred_and_the_first_header_is_empty() {
    let parts = read::parts(&write(&sample::report()).expect("a document"));
    let links = Document::parse(&parts["word/_rels/document.xml.rels"]).expect("XML");
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let header = |kind: &str| {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let reference = document
            .descendants()
            .find(|n| n.has_tag_name((W, "headerReference")) && value(*n, "type") == Some(kind))
            .and_then(|n| n.attribute((relation, "id")))
            .expect("a reference");
        let link =
            links.descendants().find(|n| n.attribute("Id") == Some(reference)).expect("a relationship");
        parts[&format!("word/{}", link.attribute("Target").expect("a target"))].clone()
    };
    assert!(header("default").contains(" PAGE "));
    assert!(!header("first").contains("PAGE"));
    let styles = Document::parse(&parts["word/styles.xml"]).expect("XML");
    let style = styles.descendants().find(|n| value(*n, "styleId") == Some("SoTrang")).expect("a style");
    let named =
        |name: &str| style.descendants().find(|n| n.has_tag_name((W, name))).and_then(|n| value(n, "val"));
    assert_eq!((named("jc"), named("sz"), named("i")), (Some("center"), Some("28"), Some("0")));
}

#[test]
fn one_font_for_every_script_and_no_other() {
    let parts = read::parts(&write(&sample::report()).expect("a document"));
    let mut seen = 0;
    for (name, text) in &parts {
        let part = Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for fonts in part.descendants().filter(|n| n.has_tag_name((W, "rFonts"))) {
            seen += 1;
            for script in ["ascii", "hAnsi", "cs", "eastAsia"] {
                assert_eq!(value(fonts, script), Some("Times New Roman"), "{name}");
            }
        }
    }
    assert!(seen > 20, "every style names it: {seen}");
    let styles = Document::parse(&parts["word/styles.xml"]).expect("XML");
    let defaults = styles.descendants().find(|n| n.has_tag_name((W, "docDefaults"))).expect("defaults");
    let language = defaults.descendants().find(|n| n.has_tag_name((W, "lang"))).expect("a language");
    assert_eq!(value(language, "val"), Some("vi-VN"));
}

/// Widths of words in bold Times New Roman, measured in a browser: the rule is measured against them.
const MEASURED: [(&str, u32); 3] = [
    ("Độc lập - Tự do - Hạnh phúc", 3177),
    ("SỞ TÀI CHÍNH", 1676),
    ("Kết quả công tác tái hòa nhập cộng đồng", 4867),
];

#[test]
fn rules_are_borders_of_the_right_length_never_underlines() {
    let bytes = write(&sample::report()).expect("a document");
    let parts = read::parts(&bytes);
    assert!(!parts["word/document.xml"].contains("<w:u "), "no underline");
    assert!(!parts["word/document.xml"].contains("──"), "no row of dashes");
    let all = read::paragraphs(&bytes);
    // The block is 65 mm beside the rest of 165 mm; the subject's rule has the whole width.
    let widths = [9354 - 3685, 3685, 9354];
    for ((words, measured), width) in MEASURED.into_iter().zip(widths) {
        let at = all.iter().position(|p| p.text == words).expect("the words");
        let rule = &all[at + 1];
        assert!(rule.ruled && rule.text.is_empty(), "a rule under {words}");
        assert_eq!(rule.left, rule.right, "centred under {words}");
        let length = width - rule.left - rule.right;
        if words.starts_with("Độc lập") {
            assert!(
                length.abs_diff(measured) <= measured / 50,
                "as long as its words: {length} of {measured}"
            );
        } else {
            let (third, half) = (measured / 3, measured / 2);
            assert!((third..=half).contains(&length), "{words}: {length} is not in {third}..={half}");
        }
    }
}

#[test]
fn the_head_is_a_table_without_borders_of_65_and_100_millimetres() {
    let parts = read::parts(&write(&sample::report()).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let table = document.descendants().find(|n| n.has_tag_name((W, "tbl"))).expect("a table");
    let widths: Vec<_> = table
        .descendants()
        .filter(|n| n.has_tag_name((W, "gridCol")))
        .map(|n| value(n, "w").expect("a width"))
        .collect();
    // Quốc hiệu in 12 pt bold is 4972 twips: it stands on one line of the second column.
    assert_eq!(widths, ["3685", "5669"]);
    let borders = table.descendants().find(|n| n.has_tag_name((W, "tblBorders"))).expect("borders");
    assert!(borders.children().all(|side| value(side, "val") == Some("nil")));
    let padding = table.descendants().find(|n| n.has_tag_name((W, "tblCellMar"))).expect("padding");
    assert!(padding.children().all(|side| value(side, "w") == Some("0")));
}
