//! What the reader missed is added by hand: a task and a clause begun on the review, a first period where the document opens none.

use tonghop::db::schema::{obligations, periods, regime_plans, tasks};
use tonghop::plan_adoption::add::{New, begin};
use tonghop::plan_adoption::propose::propose;
use tonghop::plan_reader::read;

use super::*;

/// A plan of our own wording whose days have passed on 10/6/2025.
pub const PASSED: &str = "ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\nSố: 61/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
    Bắc Giang, ngày 06 tháng 01 năm 2025\n\nKẾ HOẠCH\nGiúp người chấp hành xong án phạt tù có việc làm\n\n\
    UBND tỉnh ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n\nLàm cho đúng.\n\nII. TỔ CHỨC THỰC HIỆN\n\n\
    1. Các sở, ban, ngành xây dựng kế hoạch thực hiện, gửi Công an tỉnh trước ngày 15/02/2025.\n\n\
    2. UBND các huyện, thị xã, thành phố mở phiên tư vấn; báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh.\n";

#[test]
fn a_blank_item_is_forgotten_and_a_filled_one_stays() {
    let mut draft = propose(&read(PLAN));
    let (clauses, tasks, duties) = (draft.clauses.len(), draft.tasks.len(), draft.duties.len());
    let clause = draft.clauses[3].key;
    let first = begin(&mut draft, New::Task(clause)).expect("a clause there is");
    assert!(draft.tasks.iter().any(|task| task.key == first && task.clause == clause && task.is_blank()));
    let second = begin(&mut draft, New::Clause(clause)).expect("a clause there is");
    assert!(draft.tasks.iter().all(|task| task.key != first), "begun and left");
    let of = |draft: &tonghop::plan_adoption::draft::Draft, key: u32| {
        draft.clause(key).map(|clause| (clause.parent, clause.label.clone()))
    };
    let (parent, label) = of(&draft, second).expect("it");
    assert_eq!(Some(parent), of(&draft, clause).map(|(parent, _)| parent));
    assert_eq!(draft.clauses.iter().filter(|c| (c.parent, &c.label) == (parent, &label)).count(), 1);
    begin(&mut draft, New::Duty).expect("always");
    draft.drop_blanks();
    assert_eq!((draft.clauses.len(), draft.tasks.len(), draft.duties.len()), (clauses, tasks, duties));
    assert!(begin(&mut draft, New::Task(9999)).is_err());
    for (value, new) in [
        ("task-4", Some(New::Task(4))),
        ("clause-7", Some(New::Clause(7))),
        ("duty", Some(New::Duty)),
        ("all", None),
    ] {
        assert_eq!(New::of_button(value), new, "{value}");
    }
}

#[test]
fn a_task_the_reader_missed_is_added() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let draft = propose(&read(PLAN));
    let clause = draft.clauses.iter().find(|c| draft.path(c.key) == "II.1").expect("a clause").key;
    let address = press(&client, &review, &format!("task-{clause}"), &[]);
    let page = client.get(&address).ok();
    let (version, holder) = (value(&page, "version"), format!("unit:{}", unit(&app, "bg.noivu")));
    let clause = clause.to_string();
    let fields = [
        ("version", version.as_str()),
        ("clause", &clause),
        ("text", "Lập danh sách người đầu mối."),
        ("rows", "1"),
        ("who_0", &holder),
        ("part_0", "lead"),
        ("mode_0", "assign"),
    ];
    client.post(&address, &fields).redirected();
    let plan = id_of(&confirm(&client, &review).redirected());
    let texts: Vec<String> = app
        .db
        .read(|conn| {
            tasks::table
                .filter(tasks::plan_id.eq(tonghop::db::ids::PlanId(plan)))
                .select(tasks::text)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows");
    assert_eq!(texts.len(), 14);
    assert!(texts.iter().any(|text| text == "Lập danh sách người đầu mối."));
}

#[test]
fn what_was_due_once_is_owed_by_those_there_were_then() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PASSED);
    let page = client.get(&format!("{review}/adoption")).ok();
    assert!(page.contains("Chưa mở kỳ nào") && page.contains("như ngày 14/02/2025"), "{page}");
    assert!(page.contains("Kế hoạch triển khai năm 2025: trước ngày 15/02/2025"), "{page}");
    // The half-year closes on a Saturday.
    assert!(
        page.contains("sớm nhất là ngày 16/6/2025") && page.contains("chậm nhất ngày 25/6/2025"),
        "{page}"
    );
    let promised: usize = {
        let words = page.split("đơn vị như ngày 14/02/2025").next().expect("how many");
        words.rsplit(['>', ' ']).find(|word| !word.is_empty()).and_then(|n| n.parse().ok()).expect("a number")
    };
    let half = values_of_names(&page, "first.");
    assert!(!half.is_empty(), "undated cycles are offered: {page}");
    let version = value(&page, "version");
    let mut fields = vec![("version", version.as_str()), ("do", "open")];
    // What has passed is ticked beforehand.
    let chosen = values_of_names(&page, "open.");
    assert_eq!(chosen.len(), 1, "{page}");
    assert!(page.contains(&format!("name=\"{}\" value=\"1\" checked", chosen[0])), "{page}");
    fields.push((chosen[0].as_str(), "1"));
    fields.extend(half.iter().map(|name| (name.as_str(), "20/12/2025")));
    client.post(&review, &fields).redirected();
    let plan = id_of(&confirm(&client, &review).redirected());
    // Who owes it finds it under that name, with the button that takes the plan.
    let mine = app.client("canbo.khcn.bacgiang").get("/my").ok();
    let card = mine.split("<div class=\"duty\">").find(|card| card.contains("Kế hoạch triển khai năm 2025"));
    let card = card.unwrap_or_else(|| panic!("{mine}"));
    assert!(card.contains("/unit-plan") && card.contains("Đưa kế hoạch của đơn vị lên"), "{card}");
    let owed: Vec<(String, String)> = app
        .db
        .read(|conn| {
            obligations::table
                .inner_join(periods::table)
                .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(regime_plans::plan_id.eq(tonghop::db::ids::PlanId(plan)))
                .select((periods::cycle, units::code))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows");
    let once: Vec<&str> =
        owed.iter().filter(|(cycle, _)| cycle == "ONE").map(|(_, code)| code.as_str()).collect();
    assert_eq!(once.len(), promised, "as the page said: {once:?}");
    // Gone since 01/3/2025, and there on the day it was due; what comes next is owed by those there are.
    let later = |code: &str| owed.iter().any(|(cycle, owes)| cycle != "ONE" && owes == code);
    for code in ["bg.tttt", "bg.ldtbxh"] {
        assert!(once.contains(&code) && !later(code), "{code}: {owed:?}");
    }
    assert!(owed.len() > once.len(), "the half-year was opened too: {owed:?}");
}

#[test]
fn what_is_typed_beside_the_main_button_is_opened_with_the_plan() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PASSED);
    let last = format!("{review}/adoption");
    let page = client.get(&last).ok();
    let form = page.split(&format!("<form method=\"post\" action=\"{last}\"")).nth(1).expect("the form");
    let form = form.split("</form>").next().expect("its end");
    assert!(form.contains("name=\"first.") && form.contains("name=\"open."), "one form: {form}");
    let (version, shown) = (value(&page, "version"), value(&page, "shown"));
    let (days, ticks) = (values_of_names(&page, "first."), values_of_names(&page, "open."));
    let posted = |day: &'static str| {
        let mut fields = vec![("version", version.as_str()), ("shown", shown.as_str())];
        fields.extend(days.iter().map(|name| (name.as_str(), day)));
        client.post(&last, &fields)
    };
    let refused = posted("20/13/2025");
    let text = refused.text();
    assert_eq!(refused.status, 422, "{text}");
    assert!(text.contains("value=\"20/13/2025\"") && text.contains("Nhập ngày, tháng, năm"), "{text}");
    assert!(
        !text.contains(&format!("name=\"{}\" value=\"1\" checked", ticks[0])),
        "what was unticked: {text}"
    );
    let plan = id_of(&posted("20/12/2025").redirected());
    let opened: Vec<String> = app
        .db
        .read(|conn| {
            periods::table
                .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
                .filter(regime_plans::plan_id.eq(tonghop::db::ids::PlanId(plan)))
                .select(periods::cycle)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows");
    assert_eq!(opened.len(), days.len(), "{opened:?}");
    assert!(!opened.contains(&"ONE".to_owned()), "{opened:?}");
}

#[test]
fn nothing_is_opened_that_was_over_before_the_document() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let day = [("number", "13"), ("day", "3"), ("month", "3"), ("year", "2026")];
    let last = press(&client, &review, "next", &day);
    for page in [client.get(&last).ok(), client.get(&review).ok()] {
        assert!(page.contains("Văn bản ghi ngày ban hành 03/3/2026, sau hôm nay (10/6/2025)"), "{page}");
    }
    let page = client.get(&last).ok();
    for gone in ["Năm 2025", "đầu năm 2025", "Kế hoạch triển khai năm 2025"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    assert!(page.contains("2026") && page.contains("Kỳ mở ngay</dt><dd>0<"), "{page}");
}

/// The names of fields that begin so.
fn values_of_names(page: &str, begin: &str) -> Vec<String> {
    let sign = format!("name=\"{begin}");
    let fields = page.split(&sign).skip(1);
    fields.filter_map(|rest| rest.split('"').next()).map(|rest| format!("{begin}{rest}")).collect()
}

#[test]
fn a_quarter_blocks_no_half_year_that_closes_early() {
    let text = PASSED.replace(
        "báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh.",
        "báo cáo 6 tháng trước ngày 10/6, báo cáo năm chậm nhất ngày 05/12 hằng năm, báo cáo quý chậm nhất ngày 20 của tháng cuối quý về Công an tỉnh.",
    );
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    let page = client.get(&format!("{review}/adoption")).ok();
    assert!(!page.contains("tự đặt thời gian"), "{page}");
    assert!(page.contains("name=\"shown\""), "{page}");
}

#[test]
fn hours_and_forms_are_said() {
    let drugs = PASSED
        .replace("Giúp người chấp hành xong án phạt tù có việc làm", "Phòng ngừa ma túy trong trường học")
        .replace(
            "báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh.",
            "có vụ việc đột xuất thì báo cáo Công an tỉnh trong thời hạn 24 giờ.",
        );
    let duties = propose(&read(&drugs)).duties;
    let ad_hoc = duties.iter().find(|duty| duty.cycle == "adhoc").expect("one");
    assert_eq!((ad_hoc.rule.as_str(), ad_hoc.when.as_str(), ad_hoc.plain), ("hours", "24", true));
    assert!(propose(&read(PLAN)).duties.iter().all(|duty| !duty.plain), "what the standard forms ask");
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &drugs);
    let last = client.get(&format!("{review}/adoption")).ok();
    assert!(last.contains("Đột xuất, chuyên đề: trong thời hạn 24 giờ"), "{last}");
    let page = client.get(&review).ok();
    assert!(
        page.contains("trong thời hạn 24 giờ") && page.contains("báo cáo bằng lời, không có chỉ tiêu"),
        "{page}"
    );
}

#[test]
fn tasks_hang_on_their_own_letters_with_their_days() {
    let text = "KẾ HOẠCH\nThử\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\na) Mở hai phiên tư vấn, hoàn thành trước ngày 30/9/2025.\n\n\
        b) Lập danh sách.\n\n- Gửi kèm số điện thoại.\n\n2. Sở Tài chính\n\n- Bố trí kinh phí.\n\nTrên đây là Kế hoạch thử của Sở Tư pháp./.\n";
    let draft = propose(&read(text));
    let tasks: Vec<(String, &str)> =
        draft.tasks.iter().map(|task| (draft.path(task.clause), task.due_on.as_str())).collect();
    let line = |path: &str, due| (path.to_owned(), due);
    assert_eq!(tasks, [line("II.1.a", "29/9/2025"), line("II.1.b", ""), line("II.2", "")]);
    assert!(draft.clauses.iter().all(|clause| !clause.body.starts_with("Trên đây là")));
}

/// The review of a text on a day of June 2025, and its last page.
fn last_page_on(day: u32, text: &str) -> String {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, day).expect("a day"));
    let client = app.client(COMPILER);
    let review = paste(&client, text);
    client.get(&format!("{review}/adoption")).ok()
}

#[test]
fn a_half_year_that_closed_is_offered_while_its_report_is_awaited() {
    // It closes on 14/6, units report from 16/6 on, the province by 25/6 (NĐ 09/2019 Điều 8.5.b, 13.1).
    for (day, year) in [(14, 2025), (16, 2025), (25, 2025), (26, 2026)] {
        let page = last_page_on(day, PASSED);
        assert!(page.contains(&format!("Hạn gửi kỳ 6 tháng đầu năm {year}")), "{day}/6: {page}");
    }
    let monthly = PASSED.replace("báo cáo định kỳ 06 tháng, 01 năm", "báo cáo định kỳ hằng tháng");
    for (day, month) in [(14, 6), (16, 6), (26, 7)] {
        let page = last_page_on(day, &monthly);
        assert!(page.contains(&format!("Hạn gửi kỳ Tháng {month} năm 2025")), "{day}/6: {page}");
    }
}

#[test]
fn a_day_that_just_passed_is_offered_as_overdue() {
    let dated = PASSED.replace(
        "báo cáo định kỳ 06 tháng, 01 năm",
        "báo cáo 6 tháng trước ngày 20/6, báo cáo năm trước ngày 20/12 hằng năm",
    );
    for (day, overdue) in [(19, false), (22, true), (26, true)] {
        let page = last_page_on(day, &dated);
        let offer = "6 tháng đầu năm 2025: trước ngày 20/6/2025, đã quá hạn";
        assert_eq!(page.contains(offer), overdue, "{day}/6: {page}");
    }
}
