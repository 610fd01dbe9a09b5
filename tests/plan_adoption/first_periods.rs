//! Which period a document asks for first: one whose day has just passed, the one it names, the one of a regime there is; and what the
//! collecting body itself is to report further up.

use chrono::NaiveDate;
use tonghop::db::schema::{obligations, periods, regime_plans, tasks};
use tonghop::plan_adoption::propose::propose;
use tonghop::plan_reader::read;

use super::missed::PASSED;
use super::*;

/// A letter of our own wording that asks for one half-year, by a day and over days of its own, and for later years.
const LETTER: &str = "BỘ CÔNG AN\nCÔNG AN TỈNH BẮC GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
    Số: 511/CAT-PC10\nV/v gửi kết quả truyền thông\nBắc Giang, ngày 14 tháng 5 năm 2025\n\n\
    Kính gửi:\n- Sở Y tế;\n- UBND các huyện, thị xã, thành phố.\n\n\
    Thực hiện chỉ đạo của UBND tỉnh tại Công văn số 880/UBND-NC ngày 28/4/2025; Công an tỉnh đề nghị các đơn vị báo cáo kết quả tuyên truyền 6 tháng đầu năm 2025 (theo đề cương gửi kèm).\n\
    Báo cáo gửi về Công an tỉnh trước 16h00 ngày 12/6/2025 để tổng hợp. Từ năm 2026 trở đi, các đơn vị chủ động báo cáo 6 tháng \
    trước 12/6 và báo cáo năm trước 12/12, không chờ văn bản đôn đốc.\n\
    Mốc số liệu: số liệu lấy từ ngày 15/12/2024 đến hết ngày 14/6/2025.\n\n\
    Nơi nhận:\n- Như kính gửi;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An\n";

fn on(month: u32, day: u32) -> TestApp {
    TestApp::demo_on(NaiveDate::from_ymd_opt(2025, month, day).expect("a day"))
}

fn dated(days: &str) -> String {
    PASSED.replace("báo cáo định kỳ 06 tháng, 01 năm", days)
}

#[test]
fn a_half_year_is_offered_for_a_month_behind_its_day() {
    let text = dated("báo cáo 06 tháng (trước ngày 07/6), 01 năm (trước ngày 07/12)");
    for (month, day, overdue) in [(6, 6, false), (6, 16, true), (7, 5, true), (7, 7, false)] {
        let app = on(month, day);
        let client = app.client(COMPILER);
        let review = paste(&client, &text);
        let page = client.get(&format!("{review}/adoption")).ok();
        let offer = "6 tháng đầu năm 2025: trước ngày 07/6/2025, đã quá hạn";
        assert_eq!(page.contains(offer), overdue, "{day}/{month}: {page}");
        // The review says it, too.
        let said =
            client.get(&review).ok().contains("“6 tháng đầu năm 2025”, trước ngày 07/6/2025, đã quá hạn");
        assert_eq!(said, overdue, "{day}/{month}");
    }
}

#[test]
fn a_letter_that_asks_for_one_half_year_is_one_duty_with_its_day_and_its_days_counted() {
    let draft = propose(&read(LETTER));
    let of = |cycle: &str| {
        let mut all = draft.duties.iter().filter(|duty| duty.cycle == cycle);
        let duty = all.next().unwrap_or_else(|| panic!("{cycle}: {:#?}", draft.duties));
        assert!(all.next().is_none(), "{cycle}: {:#?}", draft.duties);
        duty
    };
    let (half, year) = (of("half"), of("year"));
    assert_eq!((half.rule.as_str(), half.when.as_str(), half.hour.as_str()), ("before", "12/6", "16:00"));
    assert_eq!((half.year, half.counted.as_str()), (Some(2025), "15/12/2024-14/6/2025"));
    assert_eq!((year.year, year.since, year.when.as_str()), (None, Some(2026), "12/12"));
    assert!(draft.duties.iter().all(|duty| duty.cycle != "once"), "{:#?}", draft.duties);

    // A month after its day and later it is still that half-year and no other.
    for (month, day) in [(6, 16), (10, 1)] {
        let app = on(month, day);
        let client = app.client(COMPILER);
        let review = paste(&client, LETTER);
        press(&client, &review, "all", &[]);
        let page = client.get(&format!("{review}/adoption")).ok();
        assert!(
            page.contains("6 tháng đầu năm 2025: trước 16 giờ 00 ngày 12/6/2025, đã quá hạn"),
            "{day}/{month}: {page}"
        );
        assert!(
            !page.contains("6 tháng đầu năm 2026") && !page.contains("Năm 2025:"),
            "{day}/{month}: {page}"
        );
        // What has passed is ticked, and the year from 2026 on beside it is not.
        let first = page.split("id=\"first\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let first = first.expect("first periods");
        assert!(first.contains("Năm 2026: trước ngày 12/12/2026, chưa đến kỳ"), "{first}");
        assert_eq!(first.matches(" checked").count(), 1, "{first}");
        let (version, shown) = (value(&page, "version"), value(&page, "shown"));
        let ticked =
            page.split("name=\"open.").nth(1).and_then(|rest| rest.split('"').next()).expect("a tick");
        let ticked = format!("open.{ticked}");
        let fields = [("version", version.as_str()), ("shown", &shown), (&ticked, "1")];
        let plan = id_of(&client.post(&format!("{review}/adoption"), &fields).redirected());
        let opened: Vec<(String, Option<NaiveDate>, Option<NaiveDate>)> = app
            .db
            .read(|conn| {
                periods::table
                    .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
                    .filter(regime_plans::plan_id.eq(tonghop::db::ids::PlanId(plan)))
                    .select((periods::code, periods::window_from, periods::window_to))
                    .load(conn)
                    .map_err(DbError::Query)
            })
            .expect("rows");
        let window = (NaiveDate::from_ymd_opt(2024, 12, 15), NaiveDate::from_ymd_opt(2025, 6, 14));
        assert_eq!(opened, [("2025-H1".to_owned(), window.0, window.1)], "as the letter counts");
    }
}

#[test]
fn a_half_year_named_without_a_day_waits_for_its_day_and_is_of_that_year() {
    let text = LETTER
        .replace("Báo cáo gửi về Công an tỉnh trước 16h00 ngày 12/6/2025 để tổng hợp. ", "")
        .replace("Từ năm 2026 trở đi, các đơn vị chủ động báo cáo 6 tháng trước 12/6 và báo cáo năm trước 12/12, không chờ văn bản đôn đốc.\n", "");
    let app = on(9, 1);
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    press(&client, &review, "all", &[]);
    let page = client.get(&format!("{review}/adoption")).ok();
    assert!(page.contains("Hạn gửi kỳ 6 tháng đầu năm 2025"), "{page}");
    assert!(page.contains("từ ngày 15/12/2024 đến ngày 14/6/2025"), "{page}");
}

/// A plan to be sent in without a day: the review names the last page, which has the field, and what is typed there is opened.
#[test]
fn a_plan_asked_for_without_a_day_has_its_field_on_the_last_page() {
    let text = PASSED.replace(", gửi Công an tỉnh trước ngày 15/02/2025", ", gửi Công an tỉnh");
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    press(&client, &review, "all", &[]);
    let page = client.get(&review).ok();
    let draft = propose(&read(&text));
    let Some(duty) = draft.duties.iter().find(|duty| duty.cycle == "once") else {
        panic!("{:#?}", draft.duties)
    };
    let item = page
        .split(&format!("id=\"duty-{}\"", duty.key))
        .nth(1)
        .and_then(|rest| rest.split("id=\"duty-").next());
    let item = item.unwrap_or_else(|| panic!("{page}"));
    assert!(item.contains("nhập hạn ở trang Xem trước khi lập kế hoạch"), "{item}");
    let last = client.get(&format!("{review}/adoption")).ok();
    let field = format!("first.{}", duty.key);
    assert!(
        last.contains(&format!("name=\"{field}\"")) && last.contains("Kế hoạch triển khai năm 2025"),
        "{last}"
    );
    let (version, shown) = (value(&last, "version"), value(&last, "shown"));
    let fields = [("version", version.as_str()), ("shown", &shown), (&field, "30/6/2025")];
    let plan = client.post(&format!("{review}/adoption"), &fields).redirected();
    assert!(client.get(&plan).ok().contains("chậm nhất ngày 30/6/2025"));
}

/// What joins a regime there is: the period by the document's day is offered, not opened unasked.
#[test]
fn a_second_duty_that_joins_a_regime_has_its_period_offered_by_the_documents_day() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = dated("báo cáo 06 tháng (trước ngày 07/6), 01 năm (trước ngày 07/12)");
    let first = paste(&client, &text);
    let plan = id_of(&confirm(&client, &first).redirected());
    // The year was opened with it; the next letter asks for the same by the same days.
    let next = paste(&client, &text.replace("61/KH-UBND", "64/KH-UBND"));
    let page = client.get(&next).ok();
    assert!(page.contains("theo chế độ đã có"), "{page}");
    assert!(page.contains("chế độ đã mở kỳ “Năm 2025”"), "{page}");
    assert!(page.contains("kỳ tới “6 tháng đầu năm 2025”, trước ngày 07/6/2025, đã quá hạn"), "{page}");
    assert!(!page.contains("nhập hạn ở trang Xem trước"), "{page}");
    // Half a year later the half-year of 2025 stands open for nobody, and is offered beside the year.
    let withdrawn = app.db.write(|conn| {
        let of: Vec<i64> = periods::table
            .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
            .filter(regime_plans::plan_id.eq(tonghop::db::ids::PlanId(plan)).and(periods::code.eq("2025-Y")))
            .select(periods::id)
            .load(conn)?;
        assert_eq!(of.len(), 1);
        Ok::<_, tonghop::error::Error>(
            diesel::update(periods::table.filter(periods::id.eq_any(of)))
                .set((
                    periods::code.eq("2020-Y"),
                    periods::window_from.eq(NaiveDate::from_ymd_opt(2019, 11, 15)),
                    periods::window_to.eq(NaiveDate::from_ymd_opt(2020, 11, 14)),
                ))
                .execute(conn)?,
        )
    });
    assert_eq!(withdrawn.expect("an update"), 1);
    let last = client.get(&format!("{next}/adoption")).ok();
    assert!(last.contains("Năm 2025 (của chế độ đã có): trước ngày 07/12/2025"), "{last}");
    assert!(last.contains("không lập thêm chế độ, không mở thêm kỳ"), "{last}");
    let page = client.get(&next).ok();
    assert!(page.contains("kỳ tới “Năm 2025”, trước ngày 07/12/2025, chọn ở trang Xem trước"), "{page}");
    let (version, shown) = (value(&last, "version"), value(&last, "shown"));
    let at = last.find("Năm 2025 (của chế độ đã có)").expect("it");
    let name = last[..at].rsplit("name=\"").next().and_then(|rest| rest.split('"').next()).expect("its tick");
    let fields = [("version", version.as_str()), ("shown", &shown), (name, "1")];
    client.post(&format!("{next}/adoption"), &fields).redirected();
    let owed: i64 = app
        .db
        .read(|conn| {
            obligations::table
                .inner_join(periods::table)
                .inner_join(regime_plans::table.on(regime_plans::regime_id.eq(periods::regime_id)))
                .filter(
                    regime_plans::plan_id.eq(tonghop::db::ids::PlanId(plan)).and(periods::code.eq("2025-Y")),
                )
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert!(owed > 0);
}

#[test]
fn what_the_collector_owes_further_up_is_kept_as_the_day_of_its_task() {
    let text = PASSED.replace(
        "1. Các sở, ban, ngành xây dựng kế hoạch thực hiện, gửi Công an tỉnh trước ngày 15/02/2025.",
        "1. Công an tỉnh tổng hợp, báo cáo UBND tỉnh trước ngày 15/11 hằng năm.",
    );
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, &text);
    let page = client.get(&format!("{review}/adoption")).ok();
    let why = "Công an tỉnh Bắc Giang là nơi tổng hợp, không tự gửi cho mình; báo cáo gửi UBND tỉnh lập từ bản tổng hợp.";
    let review_page = client.get(&review).ok();
    assert!(review_page.contains(why), "{review_page}");
    assert!(review_page.contains("chậm nhất ngày 14/11/2025. Bỏ nghĩa vụ này"), "{review_page}");
    assert!(page.contains("name=\"shown\""), "nothing is in the way: {page}");
    let plan = id_of(&confirm(&client, &review).redirected());
    let due: Vec<Option<NaiveDate>> = app
        .db
        .read(|conn| {
            tasks::table
                .filter(tasks::plan_id.eq(tonghop::db::ids::PlanId(plan)))
                .filter(tasks::text.like("%UBND tỉnh trước ngày 15/11%"))
                .select(tasks::due_on)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows");
    assert_eq!(due, [NaiveDate::from_ymd_opt(2025, 11, 14)]);
}

#[test]
fn regimes_of_one_plan_are_told_apart_and_a_bullet_names_its_duty_once() {
    let text = PASSED.replace(
        "mở phiên tư vấn; báo cáo định kỳ 06 tháng, 01 năm về Công an tỉnh.",
        "mở phiên tư vấn; báo cáo năm trước ngày 20/12 hằng năm về Công an tỉnh.\n\n\
         3. Sở Y tế tư vấn sức khỏe; báo cáo 6 tháng trước ngày 20/6 hằng năm về Công an tỉnh.\n\n\
         4. Sở Tư pháp phổ biến pháp luật; báo cáo 6 tháng trước ngày 22/6 hằng năm về Công an tỉnh.",
    );
    let draft = propose(&read(&text));
    let begun = draft.duties.iter().filter(|duty| duty.regime == "new");
    let names: Vec<&str> = begun.map(|duty| duty.name.as_str()).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("(Sở Y tế)")), "{names:?}");

    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let nobody = format!(
        "{text}\nIII. CHẾ ĐỘ BÁO CÁO\n\n1. Kết quả thực hiện báo cáo về Công an tỉnh theo quy định.\n"
    );
    let page = client.get(&paste(&client, &nobody)).ok();
    let list =
        page.split("id=\"lacking\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a list");
    let bullets: Vec<&str> = list.split("<li>").skip(1).collect();
    assert!(bullets.iter().any(|bullet| bullet.matches(". ").count() > 1), "{bullets:?}");
    assert!(bullets.iter().all(|bullet| bullet.matches("Nghĩa vụ “").count() <= 1), "{bullets:?}");
}

#[test]
fn one_body_of_a_group_is_unticked_on_the_page_of_the_duty() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = dated("báo cáo 06 tháng (trước ngày 20/6), 01 năm (trước ngày 20/12)");
    let review = paste(&client, &text);
    let draft = propose(&read(&text));
    let duty = draft.duties.iter().find(|duty| duty.cycle == "half").expect("it");
    let address = format!("{review}/duties/{}", duty.key);
    let page = client.get(&address).ok();
    let members = crate::reports::values_of(&page, "members");
    assert!(members.len() > 2, "{page}");
    let version = value(&page, "version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("what", "report"),
        ("cycle", "half"),
        ("rule", "before"),
        ("when", "20/6"),
        ("name", "Báo cáo"),
        ("regime", "new"),
        ("who", "group:district"),
    ];
    fields.extend(members.iter().map(|id| ("members", id.as_str())));
    fields.extend(members.iter().skip(1).map(|id| ("member", id.as_str())));
    client.post(&address, &fields).redirected();
    let last = client.get(&format!("{review}/adoption")).ok();
    let promised = members.len() - 1;
    assert!(last.contains(&format!("{promised} đơn vị như ngày 10/6/2025")), "{last}");
    // The other duty of the regime names the whole group: nobody is owed twice, and the one is out.
    let shown = client.get(&address).ok();
    let box_of = format!("name=\"member\" value=\"{}\"", members[0]);
    let after = shown.split(&box_of).nth(1).and_then(|rest| rest.split('>').next()).expect("its box");
    assert!(!after.contains("checked"), "{after}");
}
