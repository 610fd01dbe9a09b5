//! What stands in which cell. The expected numbers are added up by hand from the sample's units.

use super::{Read, sample};
use calamine::Data;
use tonghop::consolidation::Total;
use tonghop::consolidation::content::{MissingUnit, Reading};

fn text(words: &str) -> Data {
    Data::String(words.to_owned())
}

#[test]
fn sheets_come_in_the_order_of_reading() {
    let sheets = Read::of(&sample::with_a_chart()).sheets();
    let by_unit = ["Theo đơn vị - A", "Theo đơn vị - B", "Theo đơn vị - D"];
    assert_eq!(
        sheets,
        [&["Tổng hợp", "Biểu đồ"][..], &by_unit, &["Thuyết minh", "Định danh", "Dữ liệu"]].concat()
    );
    // What machines read is not printed with the rest.
    assert_eq!(Read::of(&sample::edition()).hidden(), ["Định danh", "Dữ liệu"]);
}

#[test]
fn long_strange_and_equal_group_codes_still_name_sheets() {
    let mut edition = sample::with_a_chart();
    edition.groups[0].code = "[A]/B:C*D?E\\ một mã nhóm dài hơn ba mươi mốt ký tự".to_owned();
    edition.groups[1].code = "d".to_owned();
    let sheets = Read::of(&edition).sheets();
    assert_eq!(sheets.len(), 8);
    for sheet in &sheets {
        assert!(
            sheet.chars().count() <= 31 && !sheet.contains(['[', ']', ':', '*', '?', '/', '\\']),
            "{sheet}"
        );
    }
    assert_eq!(sheets[3..5], ["Theo đơn vị - d", "Theo đơn vị - D (2)"]);
}

#[test]
fn the_annex_says_whose_it_is_and_of_when() {
    let mut read = Read::of(&sample::edition());
    let annex: Vec<_> = (0..9).map(|row| read.cell("Tổng hợp", row, 0)).collect();
    assert_eq!(annex[0], text("BỘ CÔNG AN"));
    assert_eq!(annex[1], text("CÔNG AN TỈNH BẮC GIANG"));
    assert_eq!(read.cell("Tổng hợp", 0, 4), text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
    // The paper has the totals and the units' words, and this is the third.
    assert_eq!(annex[3], text("Phụ lục III"));
    let annexed = "(Kèm theo Báo cáo số 125/BC-CAT ngày 17 tháng 6 năm 2025 của Công an tỉnh Bắc Giang)";
    assert_eq!(annex[6], text(annexed));
    let period = "Kỳ báo cáo: 6 tháng đầu năm 2025 (số liệu từ ngày 15/12/2024 đến ngày 14/6/2025)";
    assert_eq!(annex[7], text(period));
    // 19:00 UTC is already the next day in Vietnam.
    assert_eq!(annex[8], text("Bản tổng hợp lần 2, chốt ngày 17/6/2025"));
    for note in [
        "Đơn vị chưa gửi báo cáo (2): UBND huyện Hiệp Hòa; UBND huyện Yên Thế.",
        "Đơn vị được đề nghị phối hợp, chưa gửi báo cáo (1): Ủy ban MTTQ Việt Nam tỉnh.",
    ] {
        read.row_of("Tổng hợp", 0, note);
    }
}

/// Who has sent and is mending is not missing, in the workbook as on the paper.
#[test]
fn who_has_sent_is_not_said_to_have_sent_nothing() {
    let mut edition = sample::edition();
    edition.missing[1].progress = "Đã gửi, chờ tiếp nhận".to_owned();
    edition.missing[2].progress = "Đề nghị chỉnh lý".to_owned();
    let below = edition.missing[0].clone();
    edition.missing_below = vec![MissingUnit { name: "Hội Nông dân".to_owned(), ..below }];
    let mut read = Read::of(&edition);
    for note in [
        "Đơn vị đã gửi, đang được kiểm tra (1): UBND huyện Yên Thế.",
        "Đơn vị đã gửi, đang chỉnh lý theo đề nghị (1): Ủy ban MTTQ Việt Nam tỉnh.",
        "Đơn vị chưa gửi báo cáo (1): UBND huyện Hiệp Hòa.",
        "Đơn vị chưa có trong bản tổng hợp cấp dưới (1): Hội Nông dân.",
    ] {
        read.row_of("Tổng hợp", 0, note);
    }
    let cells = read.values("Tổng hợp");
    assert!(!cells.used_cells().any(|(.., cell)| cell.to_string().contains("được đề nghị phối hợp")));
}

#[test]
fn without_a_number_there_is_room_for_the_pen() {
    let mut edition = sample::edition();
    edition.identity.doc_number = None;
    edition.identity.doc_date = None;
    edition.identity.approved_at = None;
    let mut read = Read::of(&edition);
    // The month is that of the paper, made on 17/6 by the clocks of Vietnam.
    let annexed = "(Kèm theo Báo cáo số … ngày … tháng 6 năm 2025 của Công an tỉnh Bắc Giang)";
    assert_eq!(read.cell("Tổng hợp", 6, 0), text(annexed));
    assert_eq!(read.cell("Tổng hợp", 8, 0), text("Dự thảo bản tổng hợp lần 2, chưa chốt"));
}

#[test]
fn totals_are_numbers_in_the_unit_shown() {
    let mut read = Read::of(&sample::edition());
    // code, last year, now, +/-, n/N, remark
    let table: [(&str, Data, Data, Data, &str, &str); 6] = [
        (
            "A11",
            Data::Float(910.0),
            Data::Float(1347.845678),
            Data::Float(352.845678),
            "4/7",
            "có số ước; so sánh trên 3 đơn vị",
        ),
        (
            "B04",
            Data::Float(1092.0),
            Data::Float(1397.0),
            Data::Float(248.0),
            "4/7",
            "có số làm tròn, báo cáo ghi gần 1.400; so sánh trên 3 đơn vị",
        ),
        (
            "B14",
            Data::Float(1_100_000.0),
            Data::Float(1_250_000.0),
            Data::Float(150_000.0),
            "1/1",
            "số của doanh nghiệp viễn thông",
        ),
        (
            "B15",
            Data::Float(790_000.0),
            Data::Float(812_345.0),
            Data::Float(22_345.0),
            "2/5",
            "so sánh trên 2 đơn vị",
        ),
        ("B99", Data::Float(10.0), Data::Float(16.5), Data::Float(2.5), "2/2", "so sánh trên 1 đơn vị"),
        // (480 + 700 + 180) / (500 + 750 + 200) against (450 + 600 + 190) / (500 + 800 + 200)
        ("D05", Data::Float(82.67), Data::Float(93.79), Data::Float(11.12), "3/7", ""),
    ];
    for (code, before, now, difference, share, remark) in table {
        let row = read.row_of("Tổng hợp", 1, code);
        assert_eq!(read.cell("Tổng hợp", row, 4), before, "{code}");
        assert_eq!(read.cell("Tổng hợp", row, 5), now, "{code}");
        assert_eq!(read.cell("Tổng hợp", row, 6), difference, "{code}");
        assert!(read.formula("Tổng hợp", row, 6).contains('-'), "{code}: the difference is a live formula");
        assert_eq!(read.cell("Tổng hợp", row, 9), text(share), "{code}");
        let said = match read.cell("Tổng hợp", row, 10) {
            Data::String(said) => said,
            _ => String::new(),
        };
        let (before, sides) = said.split_once(": kỳ này ").unwrap_or((&said, ""));
        assert_eq!(before, remark, "{code}");
        assert_eq!(remark.contains("so sánh trên"), !sides.is_empty(), "{code}: {said}");
        if let Some((now, then)) = sides.split_once(", cùng kỳ ") {
            // The two numbers compared, as written, differ by what stands in the column.
            let number = |words: &str| words.replace('.', "").replace(',', ".").parse::<f64>().unwrap();
            let Data::Float(difference) = difference else { panic!("{code}") };
            assert!((number(now) - number(then) - difference).abs() < 1e-6, "{code}: {said}");
        }
    }
    let row = read.row_of("Tổng hợp", 1, "B14");
    assert_eq!(read.formula("Tổng hợp", row, 6), format!("F{0}-E{0}", row + 1));
    assert_eq!(read.cell("Tổng hợp", row, 7), Data::Float(150_000.0 / 1_100_000.0));
    let row = read.row_of("Tổng hợp", 1, "D05");
    assert_eq!(read.cell("Tổng hợp", row, 7), text("–"), "no percentage of a percentage");
    // How many said yes is a count of units, and no result that rises or falls.
    let row = read.row_of("Tổng hợp", 1, "A02");
    assert_eq!(read.cell("Tổng hợp", row, 3), text("đơn vị"));
    let cells: Vec<Data> = (4..10).map(|column| read.cell("Tổng hợp", row, column)).collect();
    assert_eq!(cells[..2], [Data::Float(2.0), Data::Float(3.0)]);
    assert_eq!(cells[2..4], [text("–"), text("–")]);
    assert_eq!(cells[5], text("4/7"));
}

#[test]
fn without_last_year_there_is_nothing_to_compare() {
    let mut edition = sample::edition();
    for line in edition.groups.iter_mut().flat_map(|group| &mut group.indicators) {
        line.same_period = None;
        line.comparison = None;
    }
    let mut read = Read::of(&edition);
    let row = read.row_of("Tổng hợp", 1, "B04");
    assert_eq!(read.cell("Tổng hợp", row, 4), Data::Empty);
    assert_eq!(read.cell("Tổng hợp", row, 6), text("–"));
    assert_eq!(read.cell("Tổng hợp", row, 7), text("–"));
}

#[test]
fn by_unit_blank_is_empty_zero_is_zero_and_reference_is_a_number_that_no_total_adds() {
    let mut read = Read::of(&sample::edition());
    let sheet = "Theo đơn vị - B";
    let row = |read: &mut Read, unit| read.row_of(sheet, 1, unit);
    let nil = row(&mut read, "UBND huyện Lục Nam");
    assert_eq!(read.cell(sheet, nil, 2), text("Không phát sinh"));
    assert_eq!(read.cell(sheet, nil, 3), Data::Float(0.0));
    assert_eq!(read.cell(sheet, nil, 5), Data::Empty);
    let missing = row(&mut read, "UBND huyện Hiệp Hòa");
    assert_eq!(read.cell(sheet, missing, 2), text("Chưa gửi"));
    assert_eq!(read.cell(sheet, missing, 3), Data::Empty);
    let police = row(&mut read, "Công an tỉnh");
    assert_eq!(read.cell(sheet, police, 4), Data::Float(15_000.0));
    assert_eq!(read.cell(sheet, police, 6), Data::Float(12.5));
    assert!(police < missing && missing < nil, "protocol order");
    let total = row(&mut read, "Tổng cộng");
    let expected = [Data::Float(1397.0), Data::Float(1_250_000.0), Data::Float(812_345.0), Data::Float(16.5)];
    for (column, expected) in (3..).zip(expected) {
        assert_eq!(read.cell(sheet, total, column), expected);
        let shares = read.cell(sheet, total + 1, column);
        assert!(matches!(&shares, Data::String(share) if share.contains('/')), "{shares}");
    }
    assert!(read.formula(sheet, total, 3).contains("SUM("));
    // The owner alone is in the total: the row of the police is left out of it.
    let (first, last) = (police + 2, total);
    let owner = format!("SUM(E7:E{police},E{first}:E{last})");
    assert!(read.formula(sheet, total, 4).contains(&owner), "{}", read.formula(sheet, total, 4));
    assert!(read.formula(sheet, total, 5).contains("MAX("));
    let count = read.row_of("Theo đơn vị - A", 1, "Tổng cộng");
    assert!(read.formula("Theo đơn vị - A", count, 3).contains("COUNTIF("));
    assert_eq!(read.cell("Theo đơn vị - A", count, 3), Data::Float(3.0));
}

#[test]
fn a_ratio_is_the_quotient_of_two_sums_over_units_with_both_parts() {
    let mut read = Read::of(&sample::edition());
    let sheet = "Theo đơn vị - D";
    let total = read.row_of(sheet, 1, "Tổng cộng");
    assert_eq!(read.cell(sheet, total, 3), Data::Float(1360.0));
    assert_eq!(read.cell(sheet, total, 4), Data::Float(1450.0));
    assert_eq!(read.cell(sheet, total, 5), Data::Float(100.0 * 1360.0 / 1450.0));
    let one_part = read.row_of(sheet, 1, "Sở Khoa học và Công nghệ");
    assert_eq!(read.cell(sheet, one_part, 3), Data::Float(40.0));
    assert_eq!(read.cell(sheet, one_part, 5), Data::Empty);
}

#[test]
fn the_parts_of_a_ratio_stand_on_a_sheet_once() {
    let mut read = Read::of(&sample::with_parts());
    let sheet = "Theo đơn vị - D";
    let codes: Vec<String> = (3..8)
        .filter_map(|column| match read.cell(sheet, 3, column) {
            Data::String(heading) => heading.split('\n').next().map(str::to_owned),
            _ => None,
        })
        .collect();
    assert_eq!(codes, ["D03", "D04", "D05"]);
    let police = read.row_of(sheet, 1, "Công an tỉnh");
    assert_eq!(read.cell(sheet, police, 3), Data::Float(480.0));
    assert_eq!(read.cell(sheet, police, 5), Data::Float(96.0));
    // Lục Nam's D03 is only for reference, so that its ratio is no number either.
    let reference = read.row_of(sheet, 1, "UBND huyện Lục Nam");
    assert_eq!(read.cell(sheet, reference, 3), Data::Float(180.0));
    assert_eq!(read.cell(sheet, reference, 5), Data::Float(90.0));
    let total = read.row_of(sheet, 1, "Tổng cộng");
    // D03 of everybody who counts, whether they gave D04 or not: 480 + 40 + 700; the ratio of those with both.
    assert_eq!(read.cell(sheet, total, 3), Data::Float(1220.0));
    assert_eq!(read.cell(sheet, total, 4), Data::Float(1450.0));
    assert_eq!(read.cell(sheet, total, 5), Data::Float(100.0 * 1180.0 / 1250.0));
}

#[test]
fn the_machine_sheet_has_a_row_for_every_indicator_and_unit() {
    let edition = sample::edition();
    let mut read = Read::of(&edition);
    let values = read.values("Dữ liệu");
    let headers: Vec<String> = values.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    assert_eq!(values.rows().count(), 1 + 7 * (1 + edition.units.len()));
    let find = |level: &str, code: &str, unit: &str| {
        values
            .rows()
            .find(|row| {
                row[column("cap")] == text(level)
                    && row[column("ma_chi_tieu")] == text(code)
                    && (unit.is_empty() || row[column("ma_don_vi")] == text(unit))
            })
            .unwrap()
    };
    let cells =
        |row: &[Data], names: &[&str]| names.iter().map(|name| row[column(name)].clone()).collect::<Vec<_>>();
    let of = ["gia_tri", "don_vi_tinh", "trang_thai", "muc_do", "cung_ky"];
    let float = Data::Float;
    assert_eq!(
        cells(find("don_vi", "A11", "CAT"), &of),
        [float(1250.5), text("triệu đồng"), text("co_so_lieu"), text("ước"), float(900.0)]
    );
    assert_eq!(
        cells(find("don_vi", "B04", "KHCN"), &of),
        [float(100.0), text("tin, bài"), text("co_so_lieu"), text("gần"), float(80.0)]
    );
    assert_eq!(
        cells(find("don_vi", "B04", "LN"), &of),
        [float(0.0), text("tin, bài"), text("khong_phat_sinh"), text("chính xác"), float(12.0)]
    );
    let state = |code, unit| find("don_vi", code, unit)[column("trang_thai")].clone();
    assert_eq!(state("B04", "HH"), text("chua_bao_cao"));
    assert_eq!(state("B04", "SD"), text("duoc_mien"));
    // It declared that nothing happened: it has reported, and has no number of what is.
    let declared = edition.units.iter().find(|unit| unit.code == "LN").unwrap();
    assert!(declared.declared_nil() && declared.progress == tonghop::periods::Progress::Nil.words());
    assert_eq!(state("B15", "LN"), text("khong_phat_sinh"));
    assert_eq!(find("don_vi", "B15", "LN")[column("gia_tri")], Data::Empty);
    assert_eq!(state("B15", "CAT"), text("khong_thuoc_doi_tuong"));
    assert_eq!(find("don_vi", "B04", "HH")[column("gia_tri")], Data::Empty);
    let reference = find("don_vi", "B14", "CAT");
    assert_eq!(cells(reference, &["gia_tri", "cong_vao_tong"]), [float(15_000.0), text("khong")]);
    assert_eq!(find("don_vi", "B14", "KHCN")[column("ghi_chu")], text("=1+1"));
    let ratio = find("tong", "D05", "");
    let parts = ["gia_tri", "tu_so", "mau_so", "so_don_vi_co_so_lieu", "so_don_vi_phai_bao_cao", "quy_tac"];
    assert_eq!(
        cells(ratio, &parts),
        [float(93.79), float(1360.0), float(1450.0), float(3.0), float(7.0), text("ty_le")]
    );
    assert!(read.formulas("Dữ liệu").is_empty());
}

#[test]
fn the_identity_sheet_is_keys_and_values() {
    let edition = sample::edition();
    let mut read = Read::of(&edition);
    let mut value = |key: &str| {
        let row = read.row_of("Định danh", 0, key);
        read.cell("Định danh", row, 1)
    };
    assert_eq!(value("khoa"), text("gia_tri"));
    assert_eq!(value("ma_tinh"), text("24"));
    assert_eq!(value("ma_ky"), text("2025-H1"));
    assert_eq!(value("so_lieu_tu"), text("2024-12-15"));
    assert_eq!(value("lan_tong_hop"), text("2"));
    assert_eq!(value("phien_ban_danh_muc"), text("2025.1"));
    assert_eq!(value("lap_luc"), text("2025-06-17T01:05:09+07:00"));
    assert_eq!(value("trang_thai"), text("da_chot"));
    assert_eq!(value("phien_ban_mau"), text("3"));
    assert_eq!(value("ma_tinh_tu_ngay"), text("2004-07-08"));
    assert_eq!(value("ma_tinh_den_ngay"), Data::Empty);
    assert_eq!(value("sha256"), text(&"5e".repeat(32)));
    assert_eq!(value("so_dong"), text(&(7 * (1 + edition.units.len())).to_string()));
    assert_eq!(value("so_van_ban"), text("125/BC-CAT"));
    assert_eq!(value("ngay_van_ban"), text("2025-06-17"));
}

#[test]
fn no_heading_says_of_a_column_what_is_not_so() {
    let mut read = Read::of(&sample::edition());
    for (column, heading) in [(6, "+/- so với cùng kỳ"), (7, "% so với cùng kỳ")] {
        assert_eq!(read.cell("Tổng hợp", 9, column), text(heading));
        // B04 is compared over fewer units than its two totals: the difference is not that of the columns.
        assert_eq!(read.cell("Tổng hợp", 10, column), text(&format!("({})", column + 1)));
    }
    let mut edition = sample::edition();
    // With B14 alone every difference is that of the two columns.
    edition.groups.retain(|group| group.code == "B");
    edition.groups[0].indicators.retain(|line| line.code == "B14");
    let mut read = Read::of(&edition);
    assert_eq!(read.cell("Tổng hợp", 10, 6), text("(7)=(6)-(5)"));
    assert_eq!(read.cell("Tổng hợp", 10, 7), text("(8)=(7)/(5)"));
}

#[test]
fn the_year_so_far_stands_beside_the_period_and_a_dash_where_it_is_not_known() {
    let mut edition = sample::edition();
    let line = &mut edition.groups[1].indicators[0];
    line.cumulative = Some(Total { value: Some(2_100), n: 4, of: 7, ..Total::default() });
    edition.units[0].figures.iter_mut().find(|figure| figure.indicator == "B04").unwrap().cumulative =
        Reading { value: Some(1_900), ..Reading::default() };
    let mut read = Read::of(&edition);
    let row = read.row_of("Tổng hợp", 1, "B04");
    assert_eq!(read.cell("Tổng hợp", row, 8), Data::Float(2_100.0));
    let row = read.row_of("Tổng hợp", 1, "A11");
    assert_eq!(read.cell("Tổng hợp", row, 8), text("–"));
    let values = read.values("Dữ liệu");
    let headers: Vec<String> = values.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let column = headers.iter().position(|header| header == "luy_ke").unwrap();
    let of = |level: &str, unit: &str| {
        let row = values.rows().find(|row| {
            row[0] == text(level) && row[2] == text("B04") && (unit.is_empty() || row[4] == text(unit))
        });
        row.unwrap()[column].clone()
    };
    assert_eq!((of("tong", ""), of("don_vi", "CAT")), (Data::Float(2_100.0), Data::Float(1_900.0)));
}
