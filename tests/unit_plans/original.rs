//! The document as it came, after it was sent: for the unit and for whoever reads what was sent, and for nobody else.

use super::*;

const LEADER: &str = "lanhdao.ubnd.bariavungtau";

/// The original under the address of its review.
fn file(review: &str) -> String {
    format!("{review}/file")
}

#[test]
fn it_is_read_with_what_was_sent() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let unused = scene.paste(&PLAN.replace("412/KH-STP", "400/KH-STP"));
    let review = send(&scene.officer, scene.id, "Kế hoạch 12.txt", PLAN.as_bytes()).redirected();
    press(&scene.officer, &review, "apply", &[]).redirected();
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    for client in [&compiler, &leader] {
        assert_eq!(client.get(&file(&review)).status, 404, "not before it is sent");
    }
    scene.send_report();
    for client in [&scene.officer, &compiler] {
        assert_eq!(client.get(&file(&review)).bytes, PLAN.as_bytes());
    }
    // Both pages lead there.
    let way = format!("href=\"{}\"", file(&review));
    let report = compiler.get(&format!("/reports/{}", scene.id)).ok();
    assert!(report.contains(&way), "{report}");
    assert!(compiler.get(&format!("/plans/{}/answers", scene.plan())).ok().contains(&way));
    assert!(scene.officer.get(&format!("/reports/{}", scene.id)).ok().contains(&way));
    // The leader of the province reads it with what was received.
    assert_eq!(leader.get(&file(&review)).status, 404);
    let version = hidden(&report, "version").expect("a version");
    let received = [("version", version.as_str()), ("despite", "Đủ nội dung cần thiết.")];
    compiler.post(&format!("/reports/{}/receipt", scene.id), &received).redirected();
    assert_eq!(leader.get(&file(&review)).bytes, PLAN.as_bytes());
    // What was not used is the unit's own for ever.
    assert!(scene.officer.get(&file(&unused)).ok().contains("400/KH-STP"));
    for client in [&compiler, &leader] {
        assert_eq!(client.get(&file(&unused)).status, 404);
    }
    let strangers = [
        "canbo.taichinh.bariavungtau",
        "canbo.khcn.bacgiang",
        "tonghop.catinh.bacgiang",
        "quantri.bariavungtau",
    ];
    for stranger in strangers {
        assert_eq!(app.client(stranger).get(&file(&review)).status, 404, "{stranger}");
    }
    // Under another report's address it does not exist.
    let other = report_of(&app, "vt.taichinh", "2025-PLAN");
    let number = review.rsplit('/').next().expect("a number");
    assert_eq!(compiler.get(&format!("/reports/{other}/unit-plan/{number}/file")).status, 404);
}

#[test]
fn pasted_text_is_kept_and_a_correction_waits_until_it_is_sent() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let first = scene.paste(PLAN);
    press(&scene.officer, &first, "apply", &[]).redirected();
    scene.send_report();
    scene.ask_correction();
    let second = scene.paste(&PLAN.replace("412/KH-STP", "418/KH-STP"));
    press(&scene.officer, &second, "apply", &[]).redirected();
    let compiler = app.client(COMPILER);
    assert!(compiler.get(&file(&first)).ok().contains("412/KH-STP"));
    assert_eq!(compiler.get(&file(&second)).status, 404);
    assert!(scene.officer.get(&file(&second)).ok().contains("418/KH-STP"));
    scene.send_report();
    assert!(compiler.get(&file(&second)).ok().contains("418/KH-STP"));
    assert!(compiler.get(&file(&first)).ok().contains("412/KH-STP"), "the first sending keeps its own");
}
