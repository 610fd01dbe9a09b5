//! Nơi nhận of a unit's paper: proposed, saved, remembered, frozen with what was sent.

use super::report_of;
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

/// The lines under "Nơi nhận:".
fn lines(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let texts: Vec<String> =
        paragraphs(&answer.bytes).into_iter().map(|p| p.text.replace('\u{a0}', " ")).collect();
    let at = texts.iter().position(|text| text == "Nơi nhận:").expect("the recipients");
    texts[at + 1..].iter().take_while(|text| text.starts_with("- ")).cloned().collect()
}

#[test]
fn a_unit_names_its_recipients_once_for_its_papers_of_the_regime() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let (way, paper) = (format!("/reports/{id}/recipients"), format!("/reports/{id}/document"));
    let whole = ["- Như trên;", "- Công an tỉnh Bắc Giang (để tổng hợp);", "- Lưu: VT."];
    assert_eq!(lines(&officer.get(&paper)), whole, "nobody has typed anything");
    // Before it is sent the unit is asked which of its parts drafts, once.
    let asked = |client: &Client| {
        let check = client.get(&format!("/reports/{id}/check")).ok();
        check.contains("chưa có bộ phận soạn thảo") && check.contains(&format!("href=\"{way}\""))
    };
    assert!(asked(&officer));
    assert!(officer.get(&format!("/reports/{id}")).ok().contains(&format!("href=\"{way}\"")));

    let page = officer.get(&way).ok();
    assert_eq!(hidden(&page, "seen").as_deref(), Some("0"));
    let typed =
        "- Ban Giám đốc Sở (để báo cáo);\nCông an tỉnh Bắc Giang (để tổng hợp)\n\nCác phòng thuộc Sở.";
    let saved = officer
        .post(&way, &[("seen", "0"), ("names", typed), ("drafter", "VP"), ("copies", "2")])
        .redirected();
    assert_eq!(saved, format!("/reports/{id}"));
    let wanted = [
        "- Như trên;",
        "- Ban Giám đốc Sở (để báo cáo);",
        "- Công an tỉnh Bắc Giang (để tổng hợp);",
        "- Các phòng thuộc Sở;",
        "- Lưu: VT, VP (02 bản).",
    ];
    assert_eq!(lines(&officer.get(&paper)), wanted);
    assert!(!asked(&officer), "it is known");
    // The year's paper of the same unit has them too; another unit's has not.
    let year = report_of(&app, "bg.khcn", "2025-Y");
    let page = officer.get(&format!("/reports/{year}/recipients")).ok();
    assert!(page.contains("Ban Giám đốc Sở (để báo cáo)") && page.contains("value=\"VP\""), "{page}");
    let other = report_of(&app, "bg.tuphap", "2025-H1");
    let others = app.client("canbo.tuphap.bacgiang").get(&format!("/reports/{other}/recipients")).ok();
    assert!(!others.contains("Ban Giám đốc Sở"));
}

#[test]
fn what_cannot_stand_there_is_said_and_a_second_writer_is_told() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let way = format!("/reports/{id}/recipients");
    let wrong = [("seen", "0"), ("names", "A\nLưu: VT\nA"), ("drafter", "VP"), ("copies", "trăm")];
    let answer = officer.post(&way, &wrong);
    assert_eq!(answer.status, 422);
    for words in ["“Lưu: VT” do hệ thống ghi", "“A” có hai lần", "từ 1 đến 99", "value=\"trăm\""]
    {
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    let fine = [("seen", "0"), ("names", "A"), ("drafter", ""), ("copies", "")];
    officer.post(&way, &fine).redirected();
    assert_eq!(officer.post(&way, &fine).status, 409, "what was shown is not what stands");
    assert_eq!(app.client("tonghop.catinh.bacgiang").get(&way).status, 403);
    assert_eq!(app.client("canbo.tuphap.bacgiang").get(&way).status, 404);
}

#[test]
fn a_sent_paper_keeps_the_recipients_of_its_sending() {
    let app = TestApp::demo();
    let sent = report_of(&app, "bg.noivu", "2025-H1");
    let officer = app.client("canbo.noivu.bacgiang");
    let paper = format!("/reports/{sent}/revisions/1/document");
    let before = lines(&officer.get(&paper));
    let typed = [("seen", "0"), ("names", "Nơi khác"), ("drafter", "TH"), ("copies", "1")];
    officer.post(&format!("/reports/{sent}/recipients"), &typed).redirected();
    assert_eq!(lines(&officer.get(&paper)), before);
}

#[test]
fn a_regime_names_recipients_for_all_its_units_but_never_a_unit_to_itself() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let regime = crate::periods::regime(&app, "bac-giang");
    let way = format!("/regimes/{regime}/recipients");
    let page = compiler.get(&way).ok();
    assert!(page.contains("Nơi nhận ghi trên báo cáo của các đơn vị"), "{page}");
    let typed = [("seen", "0"), ("paper_names", "Công an tỉnh Bắc Giang (để tổng hợp)\nVPUB tỉnh")];
    compiler.post(&format!("/regimes/{regime}/paper-recipients"), &typed).redirected();
    let department = report_of(&app, "bg.khcn", "2025-H1");
    let of = lines(&app.client("canbo.khcn.bacgiang").get(&format!("/reports/{department}/document")));
    assert_eq!(of[1..], ["- Công an tỉnh Bắc Giang (để tổng hợp);", "- VPUB tỉnh;", "- Lưu: VT."]);
    // The police of another province have saved none of their own.
    let theirs = crate::periods::regime(&app, "long-an");
    let typed = [("seen", "0"), ("paper_names", "Công an tỉnh Long An (để tổng hợp)\nVPUB tỉnh")];
    let saved =
        app.client("tonghop.catinh.longan").post(&format!("/regimes/{theirs}/paper-recipients"), &typed);
    saved.redirected();
    let police = report_of(&app, "la.ca", "2025-Y");
    let own = lines(&app.client("canbo.catinh.longan").get(&format!("/reports/{police}/document")));
    assert!(own.iter().all(|line| !line.contains("Công an tỉnh")), "{own:?}");
    assert!(own.contains(&"- VPUB tỉnh;".to_owned()), "{own:?}");
    let refused = compiler.post(&format!("/regimes/{regime}/paper-recipients"), &[("seen", "0")]);
    assert_eq!(refused.status, 409);
    assert_eq!(app.client("canbo.khcn.bacgiang").get(&way).status, 403);
}

#[test]
fn a_body_names_others_on_its_consolidated_paper_than_on_its_own() {
    let app = TestApp::demo();
    let (own, whole) = app
        .db
        .read(|conn| {
            use diesel::prelude::*;
            use tonghop::db::schema::{obligations, periods, reports, units};
            let of = |part: &'static str| {
                obligations::table
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                    .inner_join(reports::table)
                    .filter(units::code.eq("bg.mttq"))
                    .filter(periods::code.eq("2025-Y"))
                    .filter(obligations::part.eq(part))
                    .select(reports::id)
            };
            let found: (i64, i64) = (of("own").first(conn)?, of("consolidated").first(conn)?);
            Ok::<_, tonghop::error::Error>(found)
        })
        .expect("both reports");
    // Officer and compiler of the same body.
    let compiler = app.client("canbo.mttq.bacgiang");
    let at = |id: i64| format!("/reports/{id}/recipients");
    let save = |id: i64, names: &str| {
        let seen = hidden(&compiler.get(&at(id)).ok(), "seen").expect("the saving that is shown");
        let fields = [("seen", seen.as_str()), ("names", names), ("drafter", "VP"), ("copies", "1")];
        compiler.post(&at(id), &fields).redirected();
    };
    save(own, "Các tổ chức thành viên");
    let page = compiler.get(&at(whole)).ok();
    assert_eq!(hidden(&page, "seen").as_deref(), Some("0"), "nothing is saved for this paper");
    assert!(!page.contains("Các tổ chức thành viên"), "{page}");
    save(whole, "Thường trực Tỉnh ủy");
    let page = compiler.get(&at(own)).ok();
    assert!(page.contains("Các tổ chức thành viên") && !page.contains("Thường trực Tỉnh ủy"), "{page}");
}

/// Several people save after the same saving at the same moment: one of them is taken, the others are told.
#[test]
fn of_many_who_save_at_once_one_is_taken() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let way = format!("/reports/{id}/recipients");
    for round in 0..4 {
        let seen = hidden(&officer.get(&way).ok(), "seen").expect("the saving that is shown");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let save = |number: usize| {
                let (officer, way, seen) = (&officer, &way, &seen);
                scope.spawn(move || {
                    let names = format!("Nơi nhận {round}.{number}");
                    let fields =
                        [("seen", seen.as_str()), ("names", &names), ("drafter", ""), ("copies", "")];
                    officer.post(way, &fields).status
                })
            };
            let all: Vec<_> = (0..5).map(save).collect();
            all.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        let taken = statuses.iter().filter(|status| **status == 303).count();
        assert_eq!(taken, 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [303, 409].contains(status)), "{statuses:?}");
    }
}

/// What makes it so, whatever the moments are: one saving after another.
#[test]
fn the_database_takes_one_saving_after_another() {
    use diesel::prelude::*;
    use tonghop::db::schema::{memberships, paper_recipients, regimes};
    let database = crate::support::database::TestDatabase::demo();
    let db = database.open();
    let save = |unit: Option<i64>, part: &'static str, follows: i64| {
        db.write(|conn| {
            let regime: i64 = regimes::table.order(regimes::id).select(regimes::id).first(conn)?;
            let member: i64 =
                memberships::table.order(memberships::id).select(memberships::id).first(conn)?;
            let at = chrono::NaiveDate::from_ymd_opt(2025, 6, 10).and_then(|day| day.and_hms_opt(3, 0, 0));
            diesel::insert_into(paper_recipients::table)
                .values((
                    paper_recipients::regime_id.eq(regime),
                    paper_recipients::unit_id.eq(unit),
                    paper_recipients::part.eq(part),
                    paper_recipients::follows.eq(follows),
                    paper_recipients::names.eq("A"),
                    paper_recipients::drafter.eq(""),
                    paper_recipients::membership_id.eq(member),
                    paper_recipients::saved_at.eq(at.expect("a moment")),
                ))
                .execute(conn)?;
            Ok::<_, tonghop::error::Error>(())
        })
    };
    for unit in [None, Some(1)] {
        save(unit, "own", 0).expect("the first");
        assert!(save(unit, "own", 0).is_err(), "a second after none");
        save(unit, "own", 7).expect("after another");
    }
    save(Some(1), "consolidated", 0).expect("the other paper");
    assert!(save(Some(1), "neither", 1).is_err());
}
