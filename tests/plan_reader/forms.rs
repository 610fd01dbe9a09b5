//! Whole documents in forms of their own: a decision with a table in its annex, a heading broken by narrow columns, a
//! directive without sections, tasks with their bodies beside them.

use serde_json::{Value, json};
use tonghop::plan_reader::read;

fn object(text: &str) -> Value {
    serde_json::from_str(&read(text).to_json().expect("JSON")).expect("an object")
}

/// Clause, mode, units and cooperating bodies of the first task.
fn given(object: &Value) -> Vec<Value> {
    let all = object["assignments"].as_array().expect("assignments").iter();
    all.map(|given| json!([given["clause"], given["mode"], given["units"], given["tasks"][0]["cooperating"]]))
        .collect()
}

/// Kind, rule, day, how often, to, via.
fn owed(object: &Value) -> Vec<Value> {
    let all = object["duties"].as_array().expect("duties").iter();
    all.map(|duty| {
        let due = &duty["due"];
        let day = if due["date"].is_null() { &due["month_day"] } else { &due["date"] };
        json!([duty["kind"], due["rule"], day, due["recurs"], duty["to"], duty["via"]])
    })
    .collect()
}

#[test]
fn a_decision_with_a_table_in_its_annex() {
    let found = object(
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n\
         TỈNH HƯNG YÊN | Độc lập - Tự do - Hạnh phúc |\n\
         Số: 712/QĐ-UBND | Hưng Yên, ngày 23 tháng 3 năm 2023 |\n\
         QUYẾT ĐỊNH\n\
         Về việc ban hành Kế hoạch truyền thông\n\
         CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\
         Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n\
         Theo đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 12/TTr-STP ngày 20/3/2023,\n\
         QUYẾT ĐỊNH:\n\
         Điều 1. Ban hành Kế hoạch truyền thông năm 2023.\n\
         Điều 2. Giao Sở Tư pháp chủ trì, phối hợp với các cơ quan có liên quan thực hiện; định kỳ 06 tháng, hằng năm báo cáo Chủ tịch UBND tỉnh.\n\
         Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc các sở: Tư pháp, Tài chính; Chủ tịch UBND các huyện, thị xã, thành phố chịu trách nhiệm thi hành Quyết định này./.\n\
         Nơi nhận: | KT. CHỦ TỊCH\n\
         - Như Điều 3; | PHÓ CHỦ TỊCH\n\
         - Lưu: VT. |\n\
          | Phạm Văn Hòa\n\
         PHỤ LỤC\n\
         PHÂN CÔNG NHIỆM VỤ\n\
         STT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian\n\
         1 | Mở hội nghị | Sở Tư pháp | Công an tỉnh, Sở Tài chính | Quý II\n\
         2 | In tờ rơi | Sở Thông tin và Truyền thông | Sở Tư pháp | Quý III\n",
    );
    assert_eq!(
        found["doc"],
        json!({ "kind": "Quyết định", "number": "712", "symbol": "QĐ-UBND", "date": "2023-03-23",
            "issuer": "Ủy ban nhân dân tỉnh Hưng Yên", "superior": null, "subject": "Về việc ban hành Kế hoạch truyền thông" })
    );
    assert_eq!(found["bases"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        given(&found),
        [
            json!(["Điều 2", "assign", ["Sở Tư pháp"], ["các cơ quan có liên quan"]]),
            json!([
                "Điều 3",
                "assign",
                ["Văn phòng UBND tỉnh", "Sở Tư pháp", "Sở Tài chính", "UBND các huyện, thị xã, thành phố"],
                []
            ]),
            json!(["Phụ lục", "assign", ["Sở Tư pháp"], ["Công an tỉnh", "Sở Tài chính"]]),
            json!(["Phụ lục", "assign", ["Sở Thông tin và Truyền thông"], ["Sở Tư pháp"]]),
        ]
    );
    assert_eq!(
        owed(&found),
        [
            json!(["half_year", "undated", null, null, "Chủ tịch UBND tỉnh", null]),
            json!(["year", "undated", null, null, "Chủ tịch UBND tỉnh", null]),
        ]
    );
    assert_eq!(
        found["signatory"],
        json!({ "capacity": "KT. CHỦ TỊCH", "title": "PHÓ CHỦ TỊCH", "name": "Phạm Văn Hòa" })
    );
    assert_eq!(found["coverage"]["unread"], 0);
}

#[test]
fn a_heading_broken_by_narrow_columns() {
    let found = object(
        "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\nSố:\n258/KH-UBND\n|\n\
         Lào Cai, ngày 07\ntháng 6 năm 2021\n|\nKẾ HOẠCH\nTRUYỀN THÔNG NĂM 2021\nTRÊN ĐỊA BÀN TỈNH\n\
         Thực hiện Quyết định số\n524/QĐ-TTg ngày 01/4/2021 của Thủ tướng Chính phủ. UBND tỉnh ban hành Kế hoạch như sau:\n\
         I. MỤC TIÊU,\nYÊU CẦU\n1. Đúng và đủ.\nII. NHIỆM VỤ\n1.1. Mở chuyên mục (Sở Thông tin và Truyền thông chủ trì)\n",
    );
    assert_eq!(
        found["doc"],
        json!({ "kind": "Kế hoạch", "number": "258", "symbol": "KH-UBND", "date": "2021-06-07",
            "issuer": "Ủy ban nhân dân tỉnh Lào Cai", "superior": null, "subject": "TRUYỀN THÔNG NĂM 2021 TRÊN ĐỊA BÀN TỈNH" })
    );
    assert_eq!(found["bases"][0]["number"], "524/QĐ-TTg");
    assert_eq!(given(&found), [json!(["II.1.1", "assign", ["Sở Thông tin và Truyền thông"], []])]);
}

#[test]
fn a_directive_without_sections() {
    let found = object(
        "CHỈ THỊ\nVề việc giúp người trở về\n\n\
         Để làm tốt hơn, UBND Thành phố yêu cầu Thủ trưởng các sở, ban, ngành thực hiện như sau:\n\n\
         1. Công an Thành phố:\n\n\
         a) Chủ trì, phối hợp Sở Nội vụ rà soát danh sách.\n\n\
         b) Sơ kết 06 tháng, tổng kết năm; báo cáo Bộ Công an trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm.\n\n\
         2. SỞ VĂN HOÁ VÀ THỂ THAO: tăng thời lượng.\n\n\
         3. Uỷ ban nhân dân các phường, xã, đặc khu định kỳ hằng tháng (trước ngày 20), hằng quý (trước ngày 20 tháng cuối quý), 6 tháng báo cáo về Công an Thành phố.\n\n\
         4. Đề nghị Uỷ ban Mặt trận Tổ quốc Việt Nam Thành phố đẩy mạnh vận động; Toà án nhân dân Thành phố phối hợp thực hiện.\n",
    );
    assert_eq!(
        given(&found),
        [
            json!(["1", "assign", ["Công an Thành phố"], ["Sở Nội vụ"]]),
            json!(["2", "assign", ["Sở Văn hoá và Thể thao"], []]),
            json!(["3", "assign", ["Uỷ ban nhân dân các phường, xã, đặc khu"], []]),
            json!(["4", "request", ["Uỷ ban Mặt trận Tổ quốc Việt Nam Thành phố"], []]),
            json!(["4", "request", ["Toà án nhân dân Thành phố"], []]),
        ]
    );
    assert_eq!(
        owed(&found),
        [
            json!(["half_year", "before", "06-10", "year", "Bộ Công an", null]),
            json!(["year", "before", "12-10", "year", "Bộ Công an", null]),
            json!(["month", "before", "??-20", "month", "Công an Thành phố", null]),
            json!(["quarter", "before", "??-20", "quarter", "Công an Thành phố", null]),
            json!(["half_year", "undated", null, null, "Công an Thành phố", null]),
        ]
    );
}

#[test]
fn duties_listed_one_by_one_share_the_address_behind_them() {
    let found = object(
        "KẾ HOẠCH\nThử\n\nIII. CHẾ ĐỘ BÁO CÁO\n\n1. Báo cáo quý: trước ngày 15 tháng cuối quý.\n\n2. Báo cáo năm: trước ngày 10/12.\n\n\
         3. Báo cáo đột xuất: trong 24 giờ kể từ khi xảy ra vụ việc.\n\nBáo cáo gửi về Công an tỉnh (qua Phòng Tham mưu) để tổng hợp.\n",
    );
    assert_eq!(
        owed(&found),
        [
            json!(["quarter", "before", "??-15", "quarter", "Công an tỉnh", "Phòng Tham mưu"]),
            json!(["year", "before", "12-10", "year", "Công an tỉnh", "Phòng Tham mưu"]),
            json!(["ad_hoc", "within", null, null, "Công an tỉnh", "Phòng Tham mưu"]),
        ]
    );
}

/// A letter that names no owners gives its work to its addressees.
#[test]
fn a_letter_to_its_addressees() {
    let found = object(
        "Số: 5/PC10-Đ2\nV/v rà soát số liệu\nTây Ninh, ngày 03 tháng 11 năm 2026\n\nKính gửi: Công an các xã, phường.\n\n\
         Để phục vụ tổng kết, Phòng PC10 đề nghị các đơn vị:\n\n1. Rà soát số liệu.\n\n2. Gửi kết quả về Phòng PC10 trước 17h00 ngày 15/11/2026.\n",
    );
    assert_eq!(found["doc"]["kind"], "Công văn");
    let units = json!(["Công an các xã, phường"]);
    assert_eq!(given(&found), [json!(["1", "request", units, []]), json!(["2", "request", units, []])]);
    assert_eq!(owed(&found), [json!(["ad_hoc", "before", "2026-11-15", null, "Phòng PC10", null])]);
    assert_eq!(found["duties"][0]["due"]["hours"], "17:00");
}
