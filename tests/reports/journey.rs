//! One report through every role over HTTP: officer, leader, collector, correction, receipt.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, reports, revisions};

use super::{filled, names_of, pairs, report_of, state_of, ticked, values_of};
use crate::support::app::TestApp;

#[test]
fn from_draft_to_the_received_correction() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let officer = app.client("canbo.khcn.bacgiang");
    let leader = app.client("lanhdao.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let overseer = app.client("lanhdao.ubnd.bacgiang");

    // The officer fills the page; nothing of it is seen outside the unit.
    let page = officer.get(&at("/draft")).ok();
    assert!(page.contains("Không nhập thông tin bí mật nhà nước và thông tin cá nhân"));
    let words = "Câu chỉ đơn vị biết <b>, số liệu quý II";
    let typed = filled(&page, &[("section.I", words), ("figure.B04", "312"), ("go", "check")]);
    assert_eq!(officer.post(&at("/draft"), &pairs(&typed)).redirected(), at("/check"));
    for outsider in [&compiler, &overseer] {
        let seen = outsider.get(&at("")).ok();
        assert!(seen.contains("Đang soạn") && !seen.contains("Câu chỉ đơn vị biết"));
        assert_eq!(outsider.get(&at("/draft")).status, 404);
        assert_eq!(outsider.get(&at("/check")).status, 404);
    }

    // To the leader, who approves.
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains("Câu chỉ đơn vị biết &#60;b&#62;"), "typed text is text");
    let unticked = [
        ("version", values_of(&check, "version")[0].clone()),
        ("draft", values_of(&check, "draft")[0].clone()),
    ];
    let unticked: Vec<(&str, &str)> = unticked.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let refused = officer.post(&at("/leader-request"), &unticked);
    assert_eq!(refused.status, 422, "warnings want a tick");
    let passed = officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[])));
    assert_eq!(passed.redirected(), at(""));
    assert_eq!(state_of(&app, id), "with_leader");
    assert_eq!(officer.get(&at("/draft")).redirected(), at(""), "nobody types while the leader reads");
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains("Duyệt và gửi") && check.contains("Chuyển lại cán bộ"));
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(sent, at("/confirmation/1"));
    let confirmation = officer.get(&sent).ok();
    assert!(confirmation.contains("Xác nhận đã gửi số") && confirmation.contains("gửi đúng hạn"));
    assert_eq!(overseer.get(&sent).status, 404);
    assert!(!overseer.get(&at("")).ok().contains("Câu chỉ đơn vị biết"), "not received yet");

    // The collector asks to amend, with a reason or not at all.
    let review = compiler.get(&at("")).ok();
    assert!(review.contains("Câu chỉ đơn vị biết") && review.contains("Tiếp nhận"));
    let version = values_of(&review, "version")[0].clone();
    let no_reason =
        compiler.post(&at("/amendment-request"), &[("version", &version), ("due_on", "12/6/2025")]);
    assert_eq!(no_reason.status, 422);
    assert!(no_reason.text().contains("Nhập lý do") && no_reason.text().contains("value=\"12/6/2025\""));
    let reason = "B04 ghi 12 nhưng phần II.1 nói khác.";
    compiler.post(&at("/amendment-request"), &[("version", &version), ("reason", reason)]).redirected();
    let stale = compiler.post(&at("/receipt"), &[("version", &version)]);
    assert_eq!(stale.status, 409, "the page was older than the report");

    // The officer corrects and sends with the signed paper's number.
    let page = officer.get(&at("/draft")).ok();
    assert!(
        page.contains(reason) && page.contains("Câu chỉ đơn vị biết"),
        "a correction starts from what was sent"
    );
    assert!(page.contains("17/6/2025"), "not before the report itself was due");
    let typed = filled(&page, &[("figure.B04", "15"), ("section.I", "Câu đã sửa")]);
    officer.post(&at("/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&at("/check")).ok();
    let no_paper = officer
        .post(&at("/submission"), &pairs(&ticked(&check, &[("doc_number", ""), ("doc_symbol", "BC-SKHCN")])));
    assert_eq!(no_paper.status, 422);
    let text = no_paper.text();
    assert!(text.contains("Nhập số của văn bản") && text.contains("value=\"BC-SKHCN\""));
    let paper = [
        ("doc_number", "45"),
        ("doc_symbol", "BC-SKHCN"),
        ("doc_date", "10/6/2025"),
        ("signatory_name", "Phan Tuấn Trung"),
    ];
    let sent = officer.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    assert_eq!(sent, at("/confirmation/2"));
    assert!(officer.get(&sent).ok().contains("45/BC-SKHCN"));

    // The collector sees what changed and receives it; from then on it counts and leaders see it.
    let review = compiler.get(&at("")).ok();
    assert!(review.contains("<del>312</del>") && review.contains("chỗ thay đổi so với lần gửi trước"));
    let version = values_of(&review, "version")[0].clone();
    assert_eq!(officer.post(&at("/receipt"), &[("version", &version)]).status, 403);
    assert_eq!(overseer.post(&at("/receipt"), &[("version", &version)]).status, 403);
    compiler.post(&at("/receipt"), &[("version", &version)]).redirected();
    assert_eq!(state_of(&app, id), "received");
    let seen = overseer.get(&at("")).ok();
    assert!(seen.contains("Câu đã sửa") && !seen.contains("Câu chỉ đơn vị biết"));
    assert_eq!(overseer.get(&at("?revision=1")).status, 404);

    app.db
        .read(|conn| {
            use tonghop::db::schema::revision_figures;
            let (received, first_due): (Option<i64>, Option<chrono::NaiveDate>) = reports::table
                .find(id.0)
                .select((reports::received_revision_id, reports::first_due_on))
                .first(conn)?;
            let second: i64 = revisions::table
                .filter(revisions::report_id.eq(id.0))
                .filter(revisions::number.eq(2))
                .select(revisions::id)
                .first(conn)?;
            assert_eq!(received, Some(second));
            assert_eq!(first_due.map(|d| d.to_string()).as_deref(), Some("2025-06-17"));
            let stored: i64 = revision_figures::table
                .filter(revision_figures::revision_id.eq(second))
                .count()
                .get_result(conn)?;
            assert!(stored > 0, "what was received has figures");
            let steps: Vec<String> = audit_log::table
                .filter(audit_log::subject_kind.eq("report"))
                .filter(audit_log::subject_id.eq(id.0))
                .order(audit_log::id)
                .select(audit_log::action)
                .load(conn)?;
            assert_eq!(
                steps,
                [
                    "report.begin",
                    "report.pass_to_leader",
                    "report.send",
                    "report.ask_amendment",
                    "report.send",
                    "report.receive"
                ],
                "every step once, autosave and refusals never"
            );
            Ok::<_, DbError>(())
        })
        .expect("the database agrees");
}

#[test]
fn the_leader_hands_back_with_a_reason_and_the_officer_takes_back() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.gddt", "2025-H1");
    let officer = app.client("canbo.gddt.bacgiang");
    let leader = app.client("lanhdao.gddt.bacgiang");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let version = values_of(&leader.get(&at("/check")).ok(), "version")[0].clone();
    assert_eq!(leader.post(&at("/leader-return"), &[("version", &version)]).status, 422);
    let back = [("version", version.as_str()), ("reason", "Thiếu số liệu tháng 5")];
    assert_eq!(officer.post(&at("/leader-return"), &back).status, 403);
    leader.post(&at("/leader-return"), &back).redirected();
    assert_eq!(state_of(&app, id), "draft");
    assert!(officer.get(&at("/draft")).ok().contains("Thiếu số liệu tháng 5"));
    assert!(!app.client("tonghop.catinh.bacgiang").get(&at("")).ok().contains("Thiếu số liệu tháng 5"));
    let check = officer.get(&at("/check")).ok();
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let page = officer.get(&at("")).ok();
    assert!(page.contains("Bản đã trình lãnh đạo") && page.contains("Lấy lại để sửa"), "{page}");
    assert!(!leader.get(&at("")).ok().contains("Lấy lại để sửa"));
    let version = values_of(&officer.get(&at("/check")).ok(), "version")[0].clone();
    officer.post(&at("/leader-withdrawal"), &[("version", &version)]).redirected();
    assert_eq!(state_of(&app, id), "draft");
}

#[test]
fn a_locked_period_takes_no_first_sending_and_says_whom_to_ask() {
    let day = chrono::NaiveDate::from_ymd_opt(2025, 7, 20).expect("a day");
    let app = TestApp::demo_on(day);
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    assert!(page.contains("đã khóa sau ngày 24/6/2025"));
    officer.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = officer.get(&format!("/reports/{id}/check")).ok();
    let paper = [("doc_number", "45"), ("doc_date", "10/6/2025"), ("signatory_name", "Phan Tuấn Trung")];
    let refused = officer.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &paper)));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Đề nghị Công an tỉnh"));
    assert_eq!(state_of(&app, id), "draft");
}

#[test]
fn a_paper_signed_tomorrow_is_refused_at_its_field() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    officer.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = officer.get(&format!("/reports/{id}/check")).ok();
    let signed_on = |day: &str| {
        let paper = [("doc_number", "45"), ("doc_date", day), ("signatory_name", "Phan Tuấn Trung")];
        officer.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &paper)))
    };
    let refused = signed_on("11/6/2025");
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("href=\"#f-doc_date\"") && text.contains("Ngày ký 11/6/2025 chưa tới"), "{text}");
    assert!(text.contains("value=\"11/6/2025\""), "what was typed stays");
    assert_eq!(signed_on("10/6/2025").redirected(), format!("/reports/{id}/confirmation/1"));
}

#[test]
fn tasks_left_blank_are_sent_as_not_answered() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let bodies: Vec<String> =
        names_of(&page, "task.").into_iter().filter(|name| name.ends_with(".body")).collect();
    let many = bodies.len();
    assert!(many > 1, "several tasks: {many}");
    let typed = filled(&page, &[(&bodies[0], "Đã đăng 12 tin.")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&format!("/reports/{id}/check")).ok();
    assert!(check.contains("Chưa nhập kết quả của"), "{check}");
    let paper = [("doc_number", "45"), ("doc_date", "10/6/2025"), ("signatory_name", "Phan Tuấn Trung")];
    let sent =
        officer.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &paper))).redirected();
    assert!(officer.get(&sent).ok().contains(&format!("1/{many} kết quả nhiệm vụ")));
    let read = app.client("tonghop.catinh.bacgiang").get(&format!("/reports/{id}")).ok();
    assert!(read.contains(&format!("1/{many} nhiệm vụ đã nhập")), "{read}");
    let shown = read.matches("<span class=\"muted\">chưa nhập</span></td><td class=\"pre wide\"").count();
    assert_eq!(shown, many - 1, "{read}");
}

#[test]
fn the_leader_agrees_once_to_what_the_officer_explained() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.lucnam", "2025-H1");
    let (officer, leader) = (app.client("canbo.lucnam.bacgiang"), app.client("lanhdao.lucnam.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let page = officer.get(&at("/draft")).ok();
    // One figure is ten times the earlier one and noted, another is ticked on the page before sending.
    let typed = filled(&page, &[("figure.B04", "999999"), ("note.B04", "thêm kênh mới"), ("actual_to", "")]);
    officer.post(&at("/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&at("/check")).ok();
    assert!(
        check.contains("Đã ghi lý do ở ô Ghi chú") && check.contains("Đánh dấu nếu đã kiểm tra"),
        "{check}"
    );
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    assert_eq!(values_of(&check, "confirmed"), ["leader"], "one tick, not the officer's: {check}");
    assert!(!check.contains("sửa số, ghi lý do"), "nothing can be typed here");
    assert!(check.contains("đã ghi lý do ở ô Ghi chú") && check.contains("cán bộ đã kiểm tra và xác nhận"));
    let who = check.split("trừ chỗ ghi khác (").nth(1).expect("who explained them");
    assert!(who.split(')').next().is_some_and(|who| who.contains("UBND huyện Lục Nam")), "{who}");
    let without: Vec<(String, String)> =
        ticked(&check, &[]).into_iter().filter(|(name, _)| name != "confirmed").collect();
    let refused = leader.post(&at("/submission"), &pairs(&without));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("href=\"#f-confirm.leader\""));
    assert_eq!(state_of(&app, id), "with_leader");
    leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(state_of(&app, id), "sent");
}

#[test]
fn what_was_ticked_stays_while_one_goes_to_mend_something() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.lucnam", "2025-H1");
    let officer = app.client("canbo.lucnam.bacgiang");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let page = officer.get(&at("/draft")).ok();
    officer.post(&at("/draft"), &pairs(&filled(&page, &[("figure.B04", "999999")]))).redirected();
    let check = officer.get(&at("/check")).ok();
    let all = values_of(&check, "confirmed");
    assert!(all.len() > 1, "{all:?}");
    assert!(check.contains("aria-label=\"Sửa: B04: "), "no space before the colon: {check}");
    let kept = [
        ("version", values_of(&check, "version")[0].clone()),
        ("draft", values_of(&check, "draft")[0].clone()),
        ("confirmed", all[0].clone()),
        ("doc_number", "45".to_owned()),
        ("go", "f-figure.B04".to_owned()),
    ];
    let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(officer.post(&at("/check"), &kept).redirected(), at("/draft#f-figure.B04"));
    let check = officer.get(&at("/check")).ok();
    assert_eq!(check.matches("\" checked>").count(), 1, "one of the ticks: {check}");
    assert!(check.contains("name=\"doc_number\" class=\"short\" value=\"45\""), "{check}");
    let draft = values_of(&check, "draft")[0].clone();
    let away = [("draft", draft.as_str()), ("go", "//evil.example")];
    assert_eq!(officer.post(&at("/check"), &away).redirected(), at("/draft#evil.example"));
    assert_eq!(officer.get(&at("/check")).ok().matches("\" checked>").count(), 0, "a tick can be taken away");
}

/// "Ước gần 500" is an estimate and rounded, in the revision and in what counts; and a sending on the last day, past
/// the hour the document names, is a day late.
#[test]
fn an_estimate_may_be_rounded_and_an_hour_late_is_late() {
    use tonghop::db::schema::{obligations, revision_figures};
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    app.db
        .write(|conn| {
            let owed = reports::table.find(id.0).select(reports::obligation_id).first::<i64>(conn)?;
            let day: chrono::NaiveDate = "2025-06-10".parse().expect("a day");
            let due = (
                obligations::due_rule.eq("before"),
                obligations::stated_on.eq(day),
                obligations::stated_time.eq("00:00"),
            );
            diesel::update(obligations::table.find(owed)).set(due).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("due before the first minute of the demo's day");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let page = officer.get(&at("/draft")).ok();
    let typed = filled(&page, &[("figure.B04", "ước gần 312"), ("go", "check")]);
    officer.post(&at("/draft"), &pairs(&typed)).redirected();
    let again = officer.get(&at("/draft")).ok();
    assert!(again.contains("value=\"estimate_nearly\" selected"), "both words are chosen");
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains("ước gần 312"));
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    let confirmation = officer.get(&sent).ok();
    assert!(confirmation.contains("0 giờ 00 ngày 10/6/2025") && confirmation.contains("gửi muộn 1 ngày"));
    assert!(officer.get(&at("")).ok().contains("gửi muộn 1 ngày"));
    type Figure = (Option<i64>, bool, String);
    let (figures, taken): (Vec<Figure>, (Option<chrono::NaiveDate>, Option<String>)) = app
        .db
        .read(|conn| {
            let of = revision_figures::table
                .inner_join(revisions::table)
                .filter(revisions::report_id.eq(id.0))
                .filter(revision_figures::value.eq(312));
            let columns = (revision_figures::value, revision_figures::estimate, revision_figures::qualifier);
            let head = reports::table.find(id.0).select((reports::first_due_on, reports::first_due_time));
            Ok::<_, DbError>((of.select(columns).load(conn)?, head.first(conn)?))
        })
        .expect("the revision");
    assert_eq!(figures, [(Some(312), true, "nearly".to_owned())]);
    assert_eq!(taken, ("2025-06-10".parse().ok(), Some("00:00".to_owned())));
}

#[test]
fn nothing_is_passed_where_nobody_leads() {
    let app = TestApp::demo();
    // UBND huyện Hiệp Hòa has an officer and no leader here.
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let page = officer.get(&at("/draft")).ok();
    let words = "Đã tổ chức tuyên truyền tại các xã, thị trấn trong huyện";
    // Nothing is left to mend: only then the page offers the leader at all.
    let mut answers = vec![("go", "check")];
    for name in page.split("name=\"").skip(1).filter_map(|piece| piece.split('"').next()) {
        match name {
            _ if name.starts_with("section.") => answers.push((name, words)),
            _ if name.starts_with("figure.") => answers.push((name, "0")),
            _ => {}
        }
    }
    let typed = filled(&page, &answers);
    officer.post(&at("/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains("Trình lãnh đạo (chưa có ai duyệt)"), "said beforehand: {check}");
    let refused = officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[])));
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("href=\"#f-leader\"") && page.contains("chưa có tài khoản lãnh đạo"), "{page}");
    assert!(
        page.contains("gửi theo văn bản lãnh đạo đã ký") && page.contains("name=\"doc_number\""),
        "{page}"
    );
    assert_eq!(state_of(&app, id), "draft", "it is not stuck with nobody");
}
