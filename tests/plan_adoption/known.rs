//! What is there already is told: the plan a document was made, a regime that asks for the same by the same day, a name that is
//! nobody's.

use super::missed::PASSED;
use super::*;

#[test]
fn the_same_number_and_day_is_pointed_out() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let first = paste(&client, PASSED);
    let plan = confirm(&client, &first).redirected();
    let review = paste(&client, &PASSED.replace("Làm cho đúng.", "Làm cho đúng và đủ."));
    let page = client.get(&review).ok();
    assert!(page.contains("Đã có Kế hoạch số 61/KH-UBND ngày 06/01/2025") && page.contains(&plan), "{page}");
    let before = plans_there(&app);
    let last = client.get(&format!("{review}/adoption")).ok();
    assert!(!last.contains("name=\"shown\""), "nothing to confirm");
    press(&client, &review, "save", &[("another", "1")]);
    confirm(&client, &review).redirected();
    assert_eq!(plans_there(&app), before + 1);
}

#[test]
fn the_list_calls_an_adopted_document_by_its_plan_and_an_open_one_by_what_is_proposed() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let plan = id_of(&confirm(&client, &paste(&client, PASSED)).redirected());
    paste(&client, PLAN);
    let named = app.db.write(|conn| {
        let name = plans::short_name.eq("Việc làm sau án phạt");
        Ok::<_, tonghop::error::Error>(diesel::update(plans::table.find(plan)).set(name).execute(conn)?)
    });
    assert_eq!(named.expect("an update"), 1);
    let page = client.get("/plan-uploads").ok();
    for words in ["Việc làm sau án phạt</td>", "Kế hoạch 2025: Truyền thông trên mạng"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn without_a_number_the_subject_tells_that_it_is_there() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    // The number and the day of the province's plan of January 2025 were still blank when it was made public.
    let blank = PASSED
        .replace("Số: 61/KH-UBND", "Số:       /KH-UBND")
        .replace("ngày 06 tháng 01", "ngày     tháng 01")
        .replace(
            "Giúp người chấp hành xong án phạt tù có việc làm",
            "Tổ chức tuyên truyền về tái hòa nhập cộng đồng trên không gian mạng",
        );
    let page = client.get(&paste(&client, &blank)).ok();
    assert!(
        page.contains("Trong hệ thống đã có") && page.contains("Kế hoạch số …/KH-UBND tháng 01/2025"),
        "{page}"
    );
    for (from, to) in [("tháng 01", "tháng 3"), ("trên không gian mạng", "ở cơ sở"), ("Số:  ", "Số: 7")]
    {
        let page = client.get(&paste(&client, &blank.replace(from, to))).ok();
        assert!(!page.contains("Trong hệ thống đã có"), "{from} → {to}: {page}");
    }
}

#[test]
fn a_regime_of_the_same_cycle_and_day_is_joined() {
    let who = "- Các sở, ngành nêu trên và UBND các huyện, thị xã, thành phố báo cáo";
    let whole = include_str!("../../fixtures/documents/letter.txt");
    let whole = whole.replace("- Báo cáo năm gửi", &format!("{who} năm"));
    let whole = whole.replace("- Báo cáo quý gửi", &format!("{who} quý"));
    let quarter = format!("{who} quý về Công an tỉnh chậm nhất ngày 15 của tháng cuối quý.\n");
    assert!(whole.contains(&quarter));
    let letter = whole.replace(&quarter, "");
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.longan");
    let joined = "theo chế độ đã có “Tuyên truyền THNCĐ trên không gian mạng tỉnh Long An”";
    let review = paste(&client, &letter);
    let page = client.get(&review).ok();
    assert!(page.contains(joined), "{page}");
    let last = client.get(&format!("{review}/adoption")).ok();
    assert!(last.contains("không lập thêm chế độ, không mở thêm kỳ"), "{last}");
    // A quarter that nobody asks for yet is a regime of its own.
    let page = client.get(&paste(&client, &whole)).ok();
    assert!(page.contains(joined) && page.contains("lập chế độ “Báo cáo thực hiện"), "{page}");
    let other = paste(&client, &letter.replace("15/11 hàng năm", "15/10 hàng năm"));
    assert!(!client.get(&other).ok().contains(joined), "another day");
    // Another matter, reported in words, by the same day.
    let matter = letter.replace("người mãn hạn tù", "phòng cháy ở chợ");
    assert!(!client.get(&paste(&client, &matter)).ok().contains(joined), "another matter");
}

#[test]
fn who_is_nobodys_is_not_asked_again() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = PASSED.replace("mở phiên tư vấn;", "phối hợp với Hội Doanh nghiệp tỉnh mở phiên tư vấn;");
    let review = paste(&client, &text);
    let page = client.get(&format!("{review}/names")).ok();
    let key = tonghop::plan_adoption::naming::key("Hội Doanh nghiệp tỉnh");
    let version = value(&page, "version");
    let name = format!("name.{key}");
    let fields = [("version", version.as_str()), (&name, "nobody")];
    client.post(&format!("{review}/names"), &fields).redirected();
    let next = text.replace("61/KH-UBND", "62/KH-UBND");
    assert!(client.get(&paste(&client, &next)).ok().contains("Tên đơn vị chưa rõ"), "not adopted yet");
    confirm(&client, &review).redirected();
    let next = text.replace("61/KH-UBND", "63/KH-UBND");
    assert!(!client.get(&paste(&client, &next)).ok().contains("Tên đơn vị chưa rõ"));
}

#[test]
fn what_was_answered_with_a_group_is_not_asked_again() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = PASSED.replace("mở phiên tư vấn;", "phối hợp với Hội Doanh nghiệp tỉnh mở phiên tư vấn;");
    let key = tonghop::plan_adoption::naming::key("Hội Doanh nghiệp tỉnh");
    let name = format!("name.{key}");
    let adopt = |number: &str, answer: &str| {
        let review = paste(&client, &text.replace("61/KH-UBND", number));
        let version = value(&client.get(&format!("{review}/names")).ok(), "version");
        let fields = [("version", version.as_str()), (&name, answer)];
        client.post(&format!("{review}/names"), &fields).redirected();
        confirm(&client, &review).redirected();
    };
    // Of two answers the later one holds.
    adopt("71/KH-UBND", "nobody");
    adopt("72/KH-UBND", "kind:mass_org");
    let review = paste(&client, &text.replace("61/KH-UBND", "73/KH-UBND"));
    let page = client.get(&review).ok();
    assert!(!page.contains("Tên đơn vị chưa rõ"), "{page}");
    let names = client.get(&format!("{review}/names")).ok();
    assert!(names.contains("<option value=\"kind:mass_org\" selected>"), "{names}");
}

#[test]
fn duties_without_a_day_join_what_is_called_the_same() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let undated = PLAN.replace(" (trước ngày 05/6)", "").replace(" (trước ngày 15/11)", "");
    assert_ne!(undated.len(), PLAN.len());
    let joined = "theo chế độ đã có “Báo cáo thực hiện";
    let first = paste(&client, &undated);
    let page = client.get(&first).ok();
    assert!(!page.contains(joined) && page.contains("lập chế độ “Báo cáo thực hiện"), "{page}");
    confirm(&client, &first).redirected();
    // The same plan of the next year, and one about another matter.
    let next = undated.replace("2025", "2026");
    assert!(client.get(&paste(&client, &next)).ok().contains(joined));
    let matter = next.replace("Truyền thông trên mạng giúp người mãn hạn tù", "Phòng cháy ở chợ, ở nhà trọ");
    assert_ne!(matter, next);
    assert!(!client.get(&paste(&client, &matter)).ok().contains(joined), "another matter");
}
