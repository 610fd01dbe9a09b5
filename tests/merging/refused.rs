//! What does not fit, each by its file and cell.

use chrono::NaiveDate;
use tonghop::consolidation::{EditionCopy, issued_version};
use tonghop::merging::Given;

use super::book::{content, data_part, faults, file, province, sheet_from_the_end, with_part};

/// Merges two provinces of which the second is spoiled, and gives back the only fault.
fn fault(spoiled: Given) -> String {
    let mut found = faults(&[province("01", 1), spoiled]);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn with(change: impl Fn(&mut tonghop::consolidation::content::EditionContent)) -> Given {
    let mut content = content("24", 1);
    change(&mut content);
    file("24.xlsx", &content)
}

#[test]
fn nothing_and_too_much_are_no_merging() {
    assert_eq!(faults(&[]), ["Chưa có tệp nào để gộp."]);
    let many = vec![province("01", 1); 65];
    assert_eq!(faults(&many), ["Có 65 tệp; mỗi lần gộp nhiều nhất 64 tệp."]);
}

#[test]
fn a_draft_an_internal_copy_and_another_layout_are_named() {
    let draft = with(|content| content.identity.approved_at = None);
    assert_eq!(fault(draft), "24.xlsx: Định danh!B16: Bản tổng hợp còn là dự thảo: chốt rồi mới gộp.");
    let bytes = tonghop::workbooks::write(content("24", 1), EditionCopy::Internal).unwrap();
    let internal = fault(Given { name: "24.xlsx".to_owned(), bytes });
    assert!(internal.starts_with("24.xlsx: Định danh!B17: ") && internal.contains("nội bộ"), "{internal}");
    let whole = province("24", 1);
    let strings = "xl/sharedStrings.xml";
    let old = with_part(&whole, strings, |xml| xml.replacen("<t>3</t>", "<t>1</t>", 1));
    assert!(fault(old).starts_with("24.xlsx: Định danh!B2: Phiên bản mẫu 1; "));
}

#[test]
fn another_window_period_or_catalogue_names_both_files() {
    let window = with(|content| content.identity.window_to = content.identity.window_to.succ_opt().unwrap());
    let words = "24.xlsx: Định danh!B14: Thời gian chốt số liệu 15/6/2025 khác 14/6/2025 của tệp 01.xlsx.";
    assert_eq!(fault(window), words);
    let period = with(|content| content.identity.period_code = "2025-Y".to_owned());
    assert_eq!(fault(period), "24.xlsx: Định danh!B11: Kỳ 2025-Y; tệp 01.xlsx là kỳ 2025-H1.");
    let catalogue = with(|content| content.identity.catalogue_version = "2026.1".to_owned());
    let found = fault(catalogue);
    assert!(found.starts_with("24.xlsx: Định danh!B18: Danh mục chỉ tiêu 2026.1 khác 2025.1"), "{found}");
}

#[test]
fn a_province_comes_once_in_whatever_edition() {
    let mut second = content("01", 1);
    second.identity.edition_number = 3;
    let found = faults(&[province("01", 1), file("01-lan-3.xlsx", &second)]);
    let words = "01-lan-3.xlsx: Định danh!B3: thành phố Hà Nội (mã 01) có hai tệp: 01.xlsx lần 2 và 01-lan-3.xlsx lần 3. Bỏ bớt một.";
    assert_eq!(found, [words]);
}

#[test]
fn a_code_of_c11_means_the_same_everywhere() {
    let found = fault(with(|content| content.groups[1].indicators[0].measure_unit = "bản tin".to_owned()));
    assert!(found.contains("Chỉ tiêu B04 do C11 ban hành, tỉnh không được đổi: “bản tin” khác “tin, bài”"));
    assert!(found.starts_with("24.xlsx: Dữ liệu!M"), "{found}");
}

/// The name per code and day is the catalogue's: 20 is Lạng Sơn's, 24 Bắc Giang's to 30/6/2025 and Bắc Ninh's since, 99 nobody's.
#[test]
fn a_province_is_named_as_its_code_is_on_that_day() {
    let wrong = |code: &str, name: &str| {
        let mut content = content("24", 1);
        (content.identity.province_code, content.identity.province) = (code.to_owned(), name.to_owned());
        fault(file("x.xlsx", &content))
    };
    assert_eq!(
        wrong("20", "tỉnh Bắc Giang"),
        "x.xlsx: Định danh!B6: Vào ngày 14/6/2025 mã 20 là của tỉnh Lạng Sơn; tệp ghi tỉnh Bắc Giang. Kiểm tra lại tệp này của tỉnh nào."
    );
    assert!(wrong("24", "tỉnh Bắc Ninh").contains("mã 24 là của tỉnh Bắc Giang"));
    assert_eq!(
        wrong("99", "tỉnh Không Có"),
        "x.xlsx: Định danh!B3: Mã 99 không phải mã của tỉnh, thành phố nào vào ngày 14/6/2025."
    );
    let later = |name: &str| {
        let mut content = content("24", 1);
        content.identity.window_to = NaiveDate::from_ymd_opt(2025, 12, 14).unwrap();
        content.identity.province = name.to_owned();
        tonghop::merging::merge(&[file("24.xlsx", &content)], "Cục C11")
    };
    assert!(later("tỉnh Bắc Ninh").is_ok());
    assert!(later("tỉnh Bắc Giang").is_err_and(|found| found[0].message.contains("là của tỉnh Bắc Ninh")));
}

#[test]
fn two_provinces_have_no_content_and_no_unit_in_common() {
    let first = content("01", 1);
    let same = with(|content| content.identity.sha256.clone_from(&first.identity.sha256));
    let found = fault(same);
    assert!(
        found.starts_with("24.xlsx: Định danh!B") && found.contains("với tệp 01.xlsx của thành phố Hà Nội"),
        "{found}"
    );
    let unit = with(|content| content.units[0].uid.clone_from(&first.units[0].uid));
    let found = fault(unit);
    assert!(
        found.starts_with("24.xlsx: Dữ liệu!D") && found.contains("hai tỉnh không có chung đơn vị"),
        "{found}"
    );
}

#[test]
fn a_code_c11_never_issued_is_named() {
    let mut content = content("24", 1);
    content.identity.catalogue_version = issued_version().unwrap();
    let found = faults(&[file("24.xlsx", &content)]);
    let words = "không có trong danh mục C11 ban hành";
    assert!(
        found.iter().any(|one| one.contains("Dữ liệu!C") && one.contains(&format!("Chỉ tiêu B99 {words}"))),
        "{found:?}"
    );
    assert!(!found.iter().any(|one| one.contains("B04")), "{found:?}");
}

#[test]
fn a_total_that_is_not_what_its_units_give_is_named_by_its_cell() {
    let whole = province("24", 1);
    let spoiled = with_part(&whole, &data_part(&whole), |xml| xml.replacen("<v>1397</v>", "<v>1398</v>", 1));
    let found = fault(spoiled);
    let words = "Tổng của chỉ tiêu B04 không bằng số gộp từ các đơn vị ở các dòng dưới.";
    assert_eq!(found, format!("24.xlsx: Dữ liệu!L20: {words}"));
}

#[test]
fn a_word_where_a_number_belongs_and_a_heading_of_another_name_are_named() {
    let whole = province("24", 1);
    let text = with_part(&whole, &data_part(&whole), |xml| {
        xml.replacen("<v>1240</v>", "</v>", 0).replacen(
            "><v>1240</v></c>",
            " t=\"inlineStr\"><is><t>một nghìn</t></is></c>",
            1,
        )
    });
    let found = fault(text);
    assert!(
        found.starts_with("24.xlsx: Dữ liệu!L") && found.ends_with("“một nghìn” không phải số."),
        "{found}"
    );
    let renamed =
        with_part(&whole, "xl/sharedStrings.xml", |xml| xml.replacen("<t>gia_tri</t>", "<t>value</t>", 2));
    let found = fault(renamed);
    assert!(found.contains("Dữ liệu!L1: Tiêu đề cột phải là “gia_tri”"), "{found}");
}

#[test]
fn rows_that_were_cut_off_are_missed() {
    let whole = province("24", 1);
    let cut = with_part(&whole, &data_part(&whole), |xml| {
        let last = xml.rfind("<row ").unwrap();
        let end = xml.rfind("</sheetData>").unwrap();
        format!("{}{}", &xml[..last], &xml[end..])
    });
    let found = fault(cut);
    assert!(
        found.contains("dòng, trang “Định danh” ghi") && found.contains("bị sửa hoặc cắt bớt"),
        "{found}"
    );
}

#[test]
fn every_file_is_read_before_anything_is_said() {
    let spoiled = |code: &str| {
        let whole = province(code, 1);
        let part = sheet_from_the_end(&whole, 0);
        with_part(&whole, &part, |xml| xml.replacen("<v>1397</v>", "<v>1398</v>", 1))
    };
    let found = faults(&[spoiled("01"), province("04", 1), spoiled("24")]);
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("01.xlsx: ") && found[1].starts_with("24.xlsx: "), "{found:?}");
}
