//! The pages of the ledger over HTTP: a unit's own with its drafts, a period's with what was sent, as tables that leave as CSV.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::periods;

use crate::reports::{filled, pairs, report_of};
use crate::support::app::TestApp;

const OFFICER: &str = "canbo.khcn.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";
const POST: &str = "https://www.youtube.com/watch?v=abc123";

fn half_year(app: &TestApp) -> i64 {
    let report = report_of(app, "bg.khcn", "2025-H1");
    app.db
        .read(|conn| {
            use tonghop::db::schema::{obligations, reports};
            let of = reports::table.inner_join(obligations::table.inner_join(periods::table));
            Ok::<_, DbError>(of.filter(reports::id.eq(report)).select(periods::id).first(conn)?)
        })
        .expect("its period")
}

#[test]
fn a_unit_reads_its_entries_and_its_draft_as_one_line_a_post() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let at = format!("/reports/{}/draft", report_of(&app, "bg.khcn", "2025-H1"));
    let fields =
        filled(&officer.get(&at).ok(), &[("evidence.0.title", "Phóng sự ngắn"), ("evidence.0.url", POST)]);
    officer.post(&at, &pairs(&fields)).redirected();
    let page = officer.get("/evidence").ok();
    assert!(
        page.contains("Phóng sự ngắn") && page.contains("YouTube"),
        "the draft's link, its platform told by the address"
    );
    assert!(page.contains("Năm việc cần làm trong tháng đầu trở về"), "the log's");
    assert!(!officer.get("/evidence?platform=zalo").ok().contains("Phóng sự ngắn"));
    assert!(officer.get("/evidence?q=phong+su").ok().contains("Phóng sự ngắn"));
    assert!(
        officer.get("/evidence?from=01/01/2022&to=31/12/2022").ok().contains("Không có minh chứng nào khớp")
    );
    assert!(officer.get("/evidence?from=nay").ok().contains("f-from"), "a day that is none is said");
    let csv = officer.get("/evidence?csv=comma&table=evidence");
    assert!(csv.content_type.starts_with("text/csv"));
    let file = csv.text();
    let row = file.lines().find(|row| row.contains("Phóng sự ngắn")).expect("the draft's post is a row");
    assert!(row.contains("YouTube") && row.contains(','), "{row}");
    let work = file.lines().find(|row| row.contains("Năm việc cần làm trong tháng đầu trở về"));
    assert!(work.is_some_and(|row| !row.contains("Phóng sự ngắn")), "the log's is another: {file}");
    assert!(!file.contains("<a "), "what a reader sees, and no code of the page");

    // Nobody else sees what is not sent.
    let of_period = format!("/periods/{}/evidence", half_year(&app));
    let compiler = app.client(COMPILER);
    let page = compiler.get(&of_period).ok();
    assert!(!page.contains("Phóng sự ngắn"), "a draft is the unit's own");
    assert!(
        page.contains("Năm việc cần làm trong tháng đầu trở về"),
        "the log of work is read by the collector"
    );
    assert!(page.contains("Chuyện làng mình"), "what was sent");
    assert_eq!(officer.get(&of_period).status, 404);
    assert_eq!(app.client("tonghop.catinh.longan").get(&of_period).status, 404);
    assert_eq!(compiler.get("/evidence").status, 403);
}

#[test]
fn what_another_unit_is_still_writing_is_told_without_its_name() {
    let app = TestApp::demo();
    // Sở KH&CN noted the post; its draft names a platform that neither the entry nor the address tells.
    let post = "https://mangxahoi.example/khcn/20250606";
    let at = format!("/reports/{}/draft", report_of(&app, "bg.doan", "2025-H1"));
    let youth = app.client("canbo.doan.bacgiang");
    let fields =
        filled(&youth.get(&at).ok(), &[("evidence.0.title", "Bài dùng chung"), ("evidence.0.url", post)]);
    youth.post(&at, &pairs(&fields)).redirected();
    let of_period = format!("/periods/{}/evidence", half_year(&app));
    for (user, address, platform) in
        [(OFFICER, "/evidence", ">Fanpage<"), (COMPILER, of_period.as_str(), ">Fanpage<")]
    {
        let page = app.client(user).get(address).ok();
        let row = page.split("<tr").find(|row| row.contains(post)).expect("the post");
        assert!(row.contains("một đơn vị khác đang soạn"), "{user}: {row}");
        assert!(!row.contains("Đoàn Thanh niên") && !page.contains("Bài dùng chung"), "{user}: {row}");
        assert!(row.contains(platform), "where a post of the log stands is told alike, {user}: {row}");
    }
}

#[test]
fn the_platform_of_a_post_is_the_drafts_until_a_report_with_it_is_sent() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let (year, half) = (report_of(&app, "bg.khcn", "2025-Y"), report_of(&app, "bg.khcn", "2025-H1"));
    let post = "https://khac.example/bai-viet";
    let write = |id: ReportId, platform: &str| {
        let at = format!("/reports/{id}/draft");
        let changes = [
            ("evidence.0.title", "Bài viết"),
            ("evidence.0.url", post),
            ("evidence.0.platform", platform),
            ("evidence.0.date", "05/6/2025"),
        ];
        officer.post(&at, &pairs(&filled(&officer.get(&at).ok(), &changes))).redirected();
    };
    let row = || {
        let page = officer.get("/evidence").ok();
        page.split("<tr").find(|row| row.contains(post)).expect("the post").to_owned()
    };
    write(year, "Zalo");
    assert!(row().contains(">Zalo<"), "{}", row());
    // Of two drafts one is told; what was sent goes before both.
    write(half, "Fanpage");
    assert!(row().contains(">Zalo<") || row().contains(">Fanpage<"), "{}", row());
    let send = |id: ReportId| {
        let set = |state: &'static str, id: ReportId| {
            use tonghop::db::schema::reports;
            let written = app.db.write(|conn| {
                let of = diesel::update(reports::table.find(id)).set(reports::state.eq(state));
                of.execute(conn).map_err(DbError::Query)
            });
            written.expect("its state");
        };
        set("draft", year);
        set("draft", half);
        set("sent", id);
    };
    for (id, platform) in [(year, ">Zalo<"), (half, ">Fanpage<")] {
        send(id);
        assert!(row().contains(platform), "{platform}: {}", row());
    }
}

#[test]
fn a_period_says_who_claims_one_post_twice() {
    let app = TestApp::demo();
    let page = app.client(COMPILER).get(&format!("/periods/{}/evidence?twice=1", half_year(&app))).ok();
    assert_eq!(
        page.matches("Chuyện làng mình: bàn tay chìa ra ở thành phố Bắc Giang").count(),
        2,
        "both units' lines"
    );
    assert!(page.contains("công việc ngày 20/5/2025"));
}

#[test]
fn a_column_without_anything_in_it_is_left_out() {
    let app = TestApp::demo();
    let column = |user: &str| app.client(user).get("/evidence").ok().contains(">Chỉ tiêu</th>");
    assert!(column(OFFICER), "its work counts toward indicators");
    assert!(!column("canbo.mttq.bacgiang"), "none of its work does");
}
