//! A report typed in from paper: the day it arrived decides, the unit's own draft survives, two persons or a tick.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{audit_log, behalf_revisions, drafts, kept_drafts, reports, revisions};

use super::{filled, pairs, report_of, state_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;

pub const PAPER: [(&str, &str); 5] = [
    ("doc_number", "27"),
    ("doc_symbol", "BC-UBND"),
    ("doc_date", "09/6/2025"),
    ("signatory_title", "CHỦ TỊCH"),
    ("signatory_name", "Nguyễn Thị Sen"),
];

pub fn version_of(app: &TestApp, id: ReportId) -> String {
    app.db
        .read(|conn| {
            reports::table.find(id).select(reports::version).first::<i32>(conn).map_err(DbError::Query)
        })
        .expect("a version")
        .to_string()
}

/// Begins to type in, and gives back what the answer was.
pub fn begin(
    app: &TestApp,
    client: &Client,
    id: ReportId,
    day: &str,
    more: &[(&str, &str)],
) -> crate::support::client::Answer {
    let version = version_of(app, id);
    let mut fields = vec![("version", version.as_str()), ("number", "215"), ("arrived_on", day)];
    fields.extend_from_slice(more);
    client.post(&format!("/reports/{id}/on-behalf"), &fields)
}

/// Fills the page and sends for the unit.
pub fn type_and_send(client: &Client, id: ReportId) -> String {
    let page = client.get(&format!("/reports/{id}/draft")).ok();
    assert!(page.contains("Đang nhập thay cho"), "the banner");
    let typed = filled(&page, &[("section.I", "Nhập từ văn bản giấy.")]);
    client.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let check = client.get(&format!("/reports/{id}/check")).ok();
    assert!(check.contains("Đang nhập thay cho") && check.contains("Gửi thay đơn vị"));
    assert!(!check.contains("Trình lãnh đạo</button>"));
    client.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &PAPER))).redirected()
}

#[test]
fn the_day_of_arrival_decides_and_everything_says_who_typed() {
    // Ten days after the last day in time; the paper came on it.
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let officer = app.client("canbo.hiephoa.bacgiang");

    assert!(
        compiler.get(&format!("/reports/{id}/draft")).status == 404,
        "no draft of others before it begins"
    );
    for (day, says) in
        [("", "Nhập ngày đến"), ("21/6/2025", "không thể sau hôm nay"), ("01/12/2024", "trước ngày đầu")]
    {
        let answer = begin(&app, &compiler, id, day, &[]);
        assert_eq!(answer.status, 422, "{day}");
        assert!(answer.text().contains(says), "{day}");
    }
    assert_eq!(begin(&app, &officer, id, "17/6/2025", &[]).status, 403);
    let stale = [("version", "0"), ("number", "215"), ("arrived_on", "17/6/2025")];
    assert_eq!(compiler.post(&format!("/reports/{id}/on-behalf"), &stale).status, 409);

    assert_eq!(begin(&app, &compiler, id, "17/6/2025", &[]).redirected(), format!("/reports/{id}/draft"));
    // The unit does not type at the same time, and is told who does.
    let refused = officer.get(&format!("/reports/{id}/draft"));
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("đang nhập thay báo cáo này từ văn bản giấy (số đến 215, ngày 17/6/2025)")
    );

    // The signed paper is asked for.
    let page = compiler.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(&page, &[]);
    compiler.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let check = compiler.get(&format!("/reports/{id}/check")).ok();
    let no_paper = [("doc_number", ""), ("doc_date", ""), ("signatory_name", "")];
    let refused = compiler.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &no_paper)));
    assert_eq!(refused.status, 422);
    // Everything at once: whose title nobody knows is asked for together with the name.
    let none = [no_paper.as_slice(), &[("signatory_title", ""), ("signatory_capacity", "")]].concat();
    let refused = compiler.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &none))).text();
    assert!(
        refused.contains("href=\"#f-signatory_name\"") && refused.contains("href=\"#f-signatory_title\"")
    );
    assert!(
        refused.contains("nhập như trên văn bản giấy")
            && !refused.contains("để trống thì lấy theo chức danh")
    );

    let confirmation = type_and_send(&compiler, id);
    let says = officer.get(&confirmation).ok();
    assert!(says.contains("gửi đúng hạn") && says.contains("số đến 215, ngày 17/6/2025"), "{says}");
    let begins = says.split("class=\"receipt\"").nth(1).and_then(|rest| rest.split("</div>").next());
    let begins = begins.expect("its first lines");
    assert!(begins.contains("văn bản giấy, số đến 215, ngày 17/6/2025;"), "{begins}");
    assert!(begins.contains(" nhập thay lúc 20/6/2025"), "the minute is the typist's: {begins}");
    let read = officer.get(&format!("/reports/{id}")).ok();
    assert!(
        read.contains("Nhập từ văn bản giấy.") && read.contains("nhập thay theo số đến 215, ngày 17/6/2025")
    );
    assert!(read.contains("người nhập: "), "the unit sees who typed");

    app.db
        .read(|conn| {
            let (late, first): (i32, chrono::NaiveDateTime) = revisions::table
                .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
                .filter(reports::id.eq(id))
                .select((revisions::days_late, reports::first_sent_at.assume_not_null()))
                .first(conn)?;
            assert_eq!(late, 0);
            assert_eq!(tonghop::calendar::to_local(first).to_string(), "2025-06-17 00:00:00");
            let kept: Vec<(String, String)> = behalf_revisions::table
                .select((behalf_revisions::arrived_number, behalf_revisions::typist_title))
                .load(conn)?;
            assert_eq!(kept.len(), 1);
            assert!(kept[0].1.contains("Công an tỉnh Bắc Giang"));
            let steps: Vec<String> = audit_log::table
                .filter(audit_log::subject_kind.eq("report"))
                .filter(audit_log::subject_id.eq(id.0))
                .order(audit_log::id)
                .select(audit_log::action)
                .load(conn)?;
            assert_eq!(steps, ["report.type_for_unit", "report.send"]);
            Ok::<_, DbError>(())
        })
        .expect("the rows");
    let board = compiler.get("/periods").ok();
    assert!(board.contains("UBND huyện Hiệp Hòa"));
}

/// It is not the unit's original: it says so where a draft would, and rests on nothing its paper may not have named.
#[test]
fn what_is_typed_in_does_not_look_like_the_original() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "17/6/2025", &[]).redirected();
    let texts = |path: &str| -> Vec<String> {
        let answer = compiler.get(path);
        assert_eq!(answer.status, 200, "{path}");
        crate::documents::read::paragraphs(&answer.bytes).into_iter().map(|p| p.text).collect()
    };
    let mark = "BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (số đến 215 ngày 17/6/2025)";
    let typing = texts(&format!("/reports/{id}/document"));
    type_and_send(&compiler, id);
    for all in [typing, texts(&format!("/reports/{id}/revisions/1/document"))] {
        let at = all.iter().position(|text| text == mark).unwrap_or_else(|| panic!("no mark: {all:#?}"));
        assert!(all[at - 1].starts_with("Số: "), "under the number: {all:#?}");
        assert!(!all.iter().any(|text| text.starts_with("Căn cứ ") || text == "DỰ THẢO"), "{all:#?}");
        assert!(!all.iter().any(|text| text.starts_with("Thực hiện ") && text.contains('…')), "{all:#?}");
    }
}

#[test]
fn a_late_paper_is_late_by_its_day_of_arrival() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 24).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "19/6/2025", &[]).redirected();
    let confirmation = compiler.get(&type_and_send(&compiler, id)).ok();
    assert!(confirmation.contains("gửi muộn 2 ngày"), "17/6 to 19/6, not to 24/6");
}

#[test]
fn the_units_draft_is_put_aside_only_knowingly_and_given_back_whole() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(&page, &[("section.I", "Câu chỉ đơn vị biết"), ("figure.B04", "gần 321")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let before = officer.get(&format!("/reports/{id}/draft")).ok();
    let old_version = values_of(&before, "version")[0].clone();

    let form = compiler.get(&format!("/reports/{id}/on-behalf")).ok();
    assert!(form.contains("Đơn vị đang soạn báo cáo này") && !form.contains("Câu chỉ đơn vị biết"));
    let refused = begin(&app, &compiler, id, "10/6/2025", &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("đang soạn báo cáo này"));
    begin(&app, &compiler, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    let theirs = compiler.get(&format!("/reports/{id}/draft")).ok();
    assert!(!theirs.contains("Câu chỉ đơn vị biết") && !theirs.contains("321"), "the draft is nobody else's");

    // A save of the page the unit still has open is refused and overwrites nothing.
    let late = [("version", old_version.as_str()), ("section.I", "Gõ tiếp")];
    assert_eq!(officer.post(&format!("/reports/{id}/draft"), &late).status, 422);
    let kept = officer.get(&format!("/reports/{id}/kept-draft")).ok();
    assert!(kept.contains("Câu chỉ đơn vị biết") && kept.contains("321"));
    assert_eq!(compiler.get(&format!("/reports/{id}/kept-draft")).status, 404);

    let end = [("version", version_of(&app, id))];
    compiler.post(&format!("/reports/{id}/on-behalf/end"), &[("version", &end[0].1)]).redirected();
    let after = officer.get(&format!("/reports/{id}/draft")).ok();
    assert!(after.contains("Câu chỉ đơn vị biết") && after.contains("321"));
    assert_eq!(state_of(&app, id), "draft");
    assert_ne!(values_of(&after, "version")[0], old_version, "an older page conflicts");
    assert_eq!(officer.post(&format!("/reports/{id}/draft"), &late).status, 409);
    let left = app
        .db
        .read(|conn| kept_drafts::table.count().get_result::<i64>(conn).map_err(DbError::Query))
        .expect("a count");
    assert_eq!(left, 0, "given back, not kept twice");
}

#[test]
fn typing_that_stops_leaves_a_report_not_begun() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "10/6/2025", &[]).redirected();
    let page = compiler.get(&format!("/reports/{id}/draft")).ok();
    compiler.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[]))).redirected();
    // A second compiler goes on with the same draft, by the same rule of versions.
    let second = app.client("tonghop2.catinh.bacgiang");
    let theirs = second.get(&format!("/reports/{id}/draft")).ok();
    let typed = |text| filled(&theirs, &[("section.I", text)]);
    second.post(&format!("/reports/{id}/draft"), &pairs(&typed("Người sau"))).redirected();
    let conflict = compiler.post(&format!("/reports/{id}/draft"), &pairs(&typed("Người trước")));
    assert_eq!(conflict.status, 409);
    let version = version_of(&app, id);
    compiler.post(&format!("/reports/{id}/on-behalf/end"), &[("version", &version)]).redirected();
    assert_eq!(state_of(&app, id), "not_begun");
    let rows = app
        .db
        .read(|conn| {
            drafts::table
                .filter(drafts::report_id.eq(id))
                .count()
                .get_result::<i64>(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(rows, 0);
    assert_eq!(app.client("canbo.hiephoa.bacgiang").get(&format!("/reports/{id}/draft")).status, 200);
}

#[test]
fn whoever_typed_receives_knowingly_though_another_pressed_send() {
    let app = TestApp::demo();
    let typist = app.client("tonghop.catinh.bacgiang");
    let second = app.client("tonghop2.catinh.bacgiang");
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    begin(&app, &typist, id, "10/6/2025", &[]).redirected();
    let page = typist.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(&page, &[("section.I", "Nhập từ văn bản giấy.")]);
    typist.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let check = second.get(&format!("/reports/{id}/check")).ok();
    second.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &PAPER))).redirected();
    for who in [&typist, &second] {
        assert!(who.get(&format!("/reports/{id}")).ok().contains("Tôi tự tiếp nhận báo cáo do tôi nhập"));
        let version = version_of(&app, id);
        assert_eq!(who.post(&format!("/reports/{id}/receipt"), &[("version", &version)]).status, 422);
    }
    assert_eq!(state_of(&app, id), "sent");
}

#[test]
fn another_person_receives_or_the_edition_says_so() {
    let app = TestApp::demo();
    let typist = app.client("tonghop.catinh.bacgiang");
    let second = app.client("tonghop2.catinh.bacgiang");
    let (own, other) = (report_of(&app, "bg.hiephoa", "2025-H1"), report_of(&app, "bg.yenthe", "2025-H1"));
    for id in [own, other] {
        begin(&app, &typist, id, "10/6/2025", &[]).redirected();
        type_and_send(&typist, id);
    }
    let page = typist.get(&format!("/reports/{own}")).ok();
    assert!(page.contains("Tôi tự tiếp nhận báo cáo do tôi nhập"));
    let version = version_of(&app, own);
    let refused = typist.post(&format!("/reports/{own}/receipt"), &[("version", &version)]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Để người khác tiếp nhận"));
    assert_eq!(state_of(&app, own), "sent");
    typist
        .post(&format!("/reports/{own}/receipt"), &[("version", &version), ("own_typing", "1")])
        .redirected();
    assert!(!second.get(&format!("/reports/{other}")).ok().contains("Tôi tự tiếp nhận"));
    let version = version_of(&app, other);
    second.post(&format!("/reports/{other}/receipt"), &[("version", &version)]).redirected();

    let period = app
        .db
        .read(|conn| {
            use tonghop::db::schema::obligations;
            obligations::table
                .inner_join(reports::table)
                .filter(reports::id.eq(own))
                .select(obligations::period_id)
                .first::<i64>(conn)
                .map_err(DbError::Query)
        })
        .expect("a period");
    let edition = typist.post(&format!("/periods/{period}/editions"), &[("confirmed", "1")]).redirected();
    let html = typist.get(&edition).ok();
    let listed =
        html.split("id=\"typed-in\"").nth(1).and_then(|rest| rest.split("</table>").next()).expect("a list");
    let rows: Vec<&str> = listed.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(row.contains("215") && row.contains("10/6/2025"));
        assert_eq!(row.contains("nhập thay, tự tiếp nhận"), row.contains("Hiệp Hòa"), "{row}");
    }
    let file = typist.get(&format!("{edition}/workbook/ministry"));
    let mut book: calamine::Xlsx<_> =
        calamine::Reader::new(std::io::Cursor::new(file.bytes)).expect("a workbook");
    let sheet = calamine::Reader::worksheet_range(&mut book, "Định danh").expect("a sheet");
    let said: Vec<String> =
        sheet.rows().filter(|row| row[0] == "nhap_thay").map(|row| row[1].to_string()).collect();
    assert_eq!(
        said,
        [
            "UBND huyện Hiệp Hòa | số đến 215 | 2025-06-10 | nhập thay, tự tiếp nhận, không kèm bản chụp văn bản giấy",
            "UBND huyện Yên Thế | số đến 215 | 2025-06-10 | nhập thay, không kèm bản chụp văn bản giấy",
        ]
    );
}

/// A paper does not come before it is signed: neither day is taken against the other.
#[test]
fn a_paper_came_no_earlier_than_it_was_signed() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "13/6/2025", &[]).redirected();
    let page = compiler.get(&format!("/reports/{id}/draft")).ok();
    compiler.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = compiler.get(&format!("/reports/{id}/check")).ok();
    let signed = |day: &str| -> Vec<(String, String)> {
        let paper = PAPER.map(|(name, value)| (name, if name == "doc_date" { day } else { value }));
        ticked(&check, &paper)
    };
    let refused = compiler.post(&format!("/reports/{id}/submission"), &pairs(&signed("14/6/2025")));
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("Ngày ký 14/6/2025 sau ngày văn bản đến (số đến 215, ngày 13/6/2025)"), "{page}");
    assert!(page.contains("href=\"#f-doc_date\""), "{page}");
    // What was typed is kept with the draft: then the day of arrival is not moved before it.
    let kept = signed("12/6/2025");
    compiler.post(&format!("/reports/{id}/check"), &pairs(&kept)).redirected();
    let earlier = begin(&app, &compiler, id, "11/6/2025", &[]);
    assert_eq!(earlier.status, 422);
    assert!(earlier.text().contains("trước ngày ký văn bản đang nhập (12/6/2025)"), "{}", earlier.text());
    begin(&app, &compiler, id, "12/6/2025", &[]).redirected();
    let check = compiler.get(&format!("/reports/{id}/check")).ok();
    let same_day = PAPER.map(|(name, value)| (name, if name == "doc_date" { "12/6/2025" } else { value }));
    compiler.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &same_day))).redirected();
    // The unit enters no later day afterwards either.
    let officer = app.client("canbo.hiephoa.bacgiang");
    let mut entry = vec![("seen", "0"), ("reason", "Nhập lại.")];
    entry.extend(PAPER.map(|(name, value)| (name, if name == "doc_date" { "13/6/2025" } else { value })));
    let refused = officer.post(&format!("/reports/{id}/revisions/1/paper"), &entry);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("sau ngày văn bản đến"), "{}", refused.text());
}

#[test]
fn the_unit_is_told_on_its_first_page_while_its_report_is_entered() {
    let app = TestApp::demo();
    let (compiler, officer) = (app.client("tonghop.catinh.bacgiang"), app.client("canbo.khcn.bacgiang"));
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let card = || {
        let page = officer.get("/my").ok();
        let of = format!("<h3><a href=\"/reports/{id}\">");
        let card = page.split("<div class=\"duty\">").find(|card| card.contains(&of));
        card.unwrap_or_else(|| panic!("{page}")).to_owned()
    };
    assert!(card().contains("Soạn tiếp"), "{}", card());
    begin(&app, &compiler, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    let told = card();
    assert!(
        told.contains("Nơi nhận đang nhập thay") && told.contains("số đến 215, ngày 10/6/2025"),
        "{told}"
    );
    assert!(told.contains("đang nhập thay từ văn bản giấy"), "{told}");
    for gone in ["Soạn tiếp", "Đang soạn", "/nil\"", "/draft\""] {
        assert!(!told.contains(gone), "{gone}: {told}");
    }
    let way = told.split("<div class=\"go\">").nth(1).and_then(|rest| rest.split("href=\"").nth(1));
    let way = way.and_then(|rest| rest.split('"').next()).expect("a button");
    officer.get(way).ok();
    officer.get(&format!("/reports/{id}")).ok();
}
