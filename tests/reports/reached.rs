//! How many people a post reached: typed beside its link, kept, sent, printed; what is no count is said at its field.

use tonghop::reports::TypedReach;

use super::{filled, pairs, report_of, ticked};
use crate::support::app::TestApp;

#[test]
fn what_is_a_count() {
    let by_hand: &[(&str, Option<i64>, bool)] = &[
        ("", None, true),
        ("1.245", Some(1_245), true),
        ("1245", Some(1_245), true),
        ("1,3 nghìn", Some(1_300), true),
        ("không", Some(0), true),
        ("gần 100", None, false),
        ("khoảng 100", None, false),
        ("12,5", None, false),
        ("nhiều", None, false),
        ("-5", None, false),
    ];
    for (typed, count, fine) in by_hand {
        let reach = TypedReach::read(typed);
        assert_eq!(
            (reach.count, reach.problem().is_none()),
            (*count, *fine),
            "{typed}: {:?}",
            reach.problem()
        );
    }
    assert_eq!(TypedReach::of(Some(12_450)).words(), "12.450");
    assert_eq!(TypedReach::read("nhiều").words(), "nhiều", "what cannot be read stays");
}

#[test]
fn it_is_typed_mended_and_seen_by_the_reviewer() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (at, officer) = (format!("/reports/{id}/draft"), app.client("canbo.khcn.bacgiang"));
    let save = |reach: &str| {
        let page = officer.get(&at).ok();
        let mut fields = filled(&page, &[]);
        fields.retain(|(name, _)| !name.starts_with("evidence.0."));
        for (cell, typed) in [("title", "Bài"), ("url", "https://bao.vn/bai"), ("reach", reach)] {
            fields.push((format!("evidence.0.{cell}"), typed.to_owned()));
        }
        officer.post(&at, &pairs(&fields));
        officer.get(&at).ok()
    };
    let page = save("nhiều");
    assert!(page.contains("Nhập số lượt đếm được, ví dụ 1.245."), "{page}");
    assert!(page.contains("name=\"evidence.0.reach\" value=\"nhiều\""), "what was typed is kept: {page}");
    let page = save("2,5 nghìn");
    assert!(page.contains("name=\"evidence.0.reach\" value=\"2.500\""), "{page}");
    let check = officer.get(&format!("/reports/{id}/check")).ok();
    officer.post(&format!("/reports/{id}/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let leader = app.client("lanhdao.khcn.bacgiang");
    let check = leader.get(&format!("/reports/{id}/check")).ok();
    leader.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &[]))).redirected();
    let seen = app.client("tonghop.catinh.bacgiang").get(&format!("/reports/{id}")).ok();
    assert!(seen.contains("2.500 lượt tiếp cận"), "{seen}");
}
