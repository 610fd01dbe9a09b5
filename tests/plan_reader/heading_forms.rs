//! Headings and signatures in their many forms, each with what a person reads in it.

use serde_json::Value;
use tonghop::plan_reader::read;

fn object(text: &str) -> Value {
    serde_json::from_str(&read(text).to_json().expect("JSON")).expect("an object")
}

const BODY: &str = "\n\nCăn cứ tình hình thực tế, ban hành nội dung như sau:\n\n1. Công an tỉnh\n\nĐưa tin thường xuyên, đúng trọng tâm.\n\n";

#[test]
fn number_symbol_and_kind() {
    let table = [
        ("Số: 13/KH-UBND", Some("13"), "KH-UBND", "Kế hoạch"),
        ("Số:        /KH-UBND", None, "KH-UBND", "Kế hoạch"),
        ("Số: ....../BC-SNV", None, "BC-SNV", "Báo cáo"),
        ("Số: 1509/CAT- CSTHAHS&HTTP", Some("1509"), "CAT-CSTHAHS&HTTP", "Công văn"),
        ("Số 04-CT/TU", Some("04"), "CT/TU", "Chỉ thị"),
        ("Số: l2/QĐ-UBND", Some("12"), "QĐ-UBND", "Quyết định"),
        ("Số: 07/TTr-STC", Some("07"), "TTr-STC", "Tờ trình"),
        ("Số: 21/HD - SNV", Some("21"), "HD-SNV", "Hướng dẫn"),
    ];
    for (line, number, symbol, kind) in table {
        let doc = &object(&format!("SỞ NỘI VỤ\n{line}\nBắc Giang, ngày 5 tháng 3 năm 2025{BODY}"))["doc"];
        assert_eq!(doc["number"].as_str(), number, "{line}");
        assert_eq!(doc["symbol"], symbol, "{line}");
        assert_eq!(doc["kind"], kind, "{line}");
        assert_eq!(doc["date"], "2025-03-05", "{line}");
    }
}

#[test]
fn days_that_are_blank() {
    let table = [
        ("Bắc Giang, ngày 05 tháng 01 năm 2025", "2025-01-05"),
        ("Bắc Giang, ngày      tháng 01 năm 2025", "2025-01-??"),
        ("Bắc Giang, ngày … tháng … năm 2025", "2025-??-??"),
        ("Bắc Giang, ngày ... tháng 3 năm 2025", "2025-03-??"),
        ("TP. Hồ Chí Minh, ngày 1O tháng 11 năm 2025", "2025-11-10"),
    ];
    for (line, date) in table {
        let found = object(&format!("SỞ NỘI VỤ\nSố: 1/KH-SNV\n{line}\nKẾ HOẠCH\nThử{BODY}"));
        assert_eq!(found["doc"]["date"], date, "{line}");
    }
}

#[test]
fn superior_and_issuer() {
    let table = [
        ("ỦY BAN NHÂN DÂN\nTỈNH LONG AN", None, "Ủy ban nhân dân tỉnh Long An"),
        (
            "UBND TỈNH BẮC GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI",
            Some("UBND tỉnh Bắc Giang"),
            "Sở Lao động - Thương binh và Xã hội",
        ),
        ("BỘ CÔNG AN\nCÔNG AN TỈNH BÀ RỊA - VŨNG TÀU", Some("Bộ Công an"), "Công an tỉnh Bà Rịa - Vũng Tàu"),
        (
            "UBND TỈNH TÂY NINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập – Tự do – Hạnh phúc",
            Some("UBND tỉnh Tây Ninh"),
            "Sở Nội vụ",
        ),
        (
            "ĐẢNG BỘ TỈNH BẮC NINH ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY BẮC NINH\n*",
            Some("Đảng bộ tỉnh Bắc Ninh"),
            "Tỉnh ủy Bắc Ninh",
        ),
        (
            "UBND HUYỆN LỤC NAM\nPHÒNG VĂN HÓA VÀ THÔNG TIN",
            Some("UBND huyện Lục Nam"),
            "Phòng Văn hóa và Thông tin",
        ),
    ];
    for (head, superior, issuer) in table {
        let doc = &object(&format!(
            "{head}\n\nSố: 3/KH-X\nNơi này, ngày 5 tháng 3 năm 2025\n\nKẾ HOẠCH\nThử{BODY}"
        ))["doc"];
        assert_eq!(doc["superior"].as_str(), superior, "{head}");
        assert_eq!(doc["issuer"], issuer, "{head}");
    }
}

#[test]
fn capacities_of_those_who_sign() {
    let table = [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An", Some("TM. ỦY BAN NHÂN DÂN"), "CHỦ TỊCH"),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn An",
            Some("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
            "PHÓ CHỦ TỊCH",
        ),
        ("KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nThượng tá Nguyễn Văn An", Some("KT. GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nNguyễn Văn An", Some("TL. CHỦ TỊCH"), "CHÁNH VĂN PHÒNG"),
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG\n\nNguyễn Văn An", Some("TUQ. GIÁM ĐỐC"), "TRƯỞNG PHÒNG"),
        ("Q. GIÁM ĐỐC\n\nNguyễn Văn An", Some("Q. GIÁM ĐỐC"), "GIÁM ĐỐC"),
        ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nNguyễn Văn An", Some("T/M BAN THƯỜNG VỤ"), "PHÓ BÍ THƯ"),
        ("GIÁM ĐỐC\n\nNguyễn Văn An", None, "GIÁM ĐỐC"),
    ];
    for (block, capacity, title) in table {
        let found = object(&format!("KẾ HOẠCH\nThử{BODY}Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n{block}\n"));
        assert_eq!(found["signatory"]["capacity"].as_str(), capacity, "{block}");
        assert_eq!(found["signatory"]["title"], title, "{block}");
        assert_eq!(found["signatory"]["name"], "Nguyễn Văn An", "{block}");
        assert_eq!(found["recipients"].as_array().map(Vec::len), Some(2), "{block}");
        assert_eq!(found["coverage"]["unread"], 0, "{block}");
    }
}

/// Each line of the motto beside a line of the name.
#[test]
fn a_city_beside_the_motto_belongs_to_the_name() {
    for (place, issuer) in [
        ("THÀNH PHỐ HUẾ", "Ủy ban nhân dân thành phố Huế"),
        ("TỈNH LÂM ĐỒNG", "Ủy ban nhân dân tỉnh Lâm Đồng"),
    ] {
        let reading = read(&format!(
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{place} Độc lập - Tự do - Hạnh phúc\n\
             Số: 12/KH-UBND Huế, ngày 09 tháng 4 năm 2026\nKẾ HOẠCH\nVề việc thử\nI. PHÂN CÔNG\n1. Sở Y tế\nLàm tốt."
        ));
        assert_eq!(reading.heading.issuer.map(|found| found.value).as_deref(), Some(issuer));
    }
}

#[test]
fn names_with_an_apostrophe_sign() {
    let reading = read(
        "KẾ HOẠCH\nVề việc thử\nI. PHÂN CÔNG\n1. Sở VHTTDL\nLàm tốt.\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nH'Lan Kbuôr",
    );
    let name = reading.signatory.and_then(|found| found.value.name);
    assert_eq!(name.as_deref(), Some("H'Lan Kbuôr"));
    assert_eq!(reading.assignments[0].units, ["Sở VHTTDL"]);
}

/// What is told before a basis is no part of it.
#[test]
fn a_basis_begins_with_its_own_sentence() {
    let reading = read(
        "CHỈ THỊ\nVề việc thử\n\nThời gian qua, tình hình có chuyển biến. Tuy nhiên, vụ việc vẫn xảy ra. Thực hiện Chỉ thị số 31/CT-TTg \
         ngày 25/10/2025 của Thủ tướng Chính phủ, Chủ tịch UBND tỉnh yêu cầu:\n\n1. Công an tỉnh: Tuần tra.",
    );
    let texts: Vec<&str> = reading.bases.iter().map(|basis| basis.text.as_str()).collect();
    assert_eq!(texts, ["Chỉ thị số 31/CT-TTg ngày 25/10/2025 của Thủ tướng Chính phủ"]);
}
