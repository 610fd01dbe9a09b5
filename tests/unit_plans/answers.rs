//! What a unit's plan answers, once it was sent: on the report, on the task, for who collects and who leads; a correction, and a newer file.

use super::*;
use crate::support::counting;

/// The row of a table that has these words, without its tags.
fn row(page: &str, table: &str, words: &str) -> String {
    let table = page.split(&format!("id=\"{table}\"")).nth(1).expect("the table");
    let table = table.split("</table>").next().unwrap_or_default();
    let row =
        table.split("<tr>").find(|row| row.contains(words)).unwrap_or_else(|| panic!("no {words}: {table}"));
    let mut plain = String::new();
    let mut inside = false;
    for c in row.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                plain.push(' ');
            }
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_was_sent_is_seen_by_those_who_collect_and_lead() {
    counting::begin();
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let answers = format!("/plans/{}/answers", scene.plan());
    let compiler = scene.app.client(COMPILER);
    let before = compiler.get(&answers).ok();
    let records = row(&before, "task-answers", "cấp phiếu lý lịch tư pháp");
    assert!(records.contains("0/2") && records.contains("Chưa gửi kế hoạch: 1 đơn vị"), "{records}");
    let count = || counting::queries(|| compiler.get(&answers).ok()).0;
    let asked = count();
    let review = scene.paste(PLAN);
    press(&scene.officer, &review, "apply", &[]).redirected();
    let drafted = compiler.get(&answers).ok();
    assert!(!drafted.contains("412/KH-STP"), "not before it is sent");
    scene.send_report();
    assert_eq!(count(), asked, "as many queries whatever was answered");
    let page = compiler.get(&answers).ok();
    let records = row(&page, "task-answers", "cấp phiếu lý lịch tư pháp");
    assert!(records.contains("1/2") && records.contains("Sở Tư pháp (mục II.1.a; mục II.1.b)"), "{records}");
    let spread = row(&page, "task-answers", "Vận động cán bộ, hội viên");
    assert!(
        spread.contains("chưa đơn vị nào")
            && spread
                .split("Chưa có trong kế hoạch của đơn vị:")
                .nth(1)
                .is_some_and(|of| of.contains("Sở Tư pháp")),
        "{spread}"
    );
    assert!(spread.contains("Đã gửi, chưa đối chiếu:"), "{spread}");
    assert!(page.contains("<span class=\"tag late\">0/"), "a linked plan lacks it");
    assert!(page.contains("<dt>Chưa có trong kế hoạch</dt>"), "counted apart");
    let unit = row(&page, "unit-plans", ">Sở Tư pháp<");
    assert!(unit.contains("Kế hoạch số 412/KH-STP ngày 13/02/2025") && unit.contains("4/5"), "{unit}");
    assert!(unit.contains("gửi muộn"), "days late by the obligation: {unit}");
    let tasks = page.split("id=\"task-answers\"").nth(1).expect("the table");
    let (open, answered) = (tasks.find("chưa đơn vị nào").unwrap(), tasks.find("cấp phiếu lý lịch").unwrap());
    assert!(open < answered, "what nobody answered first");
    // The task and the report say it too; the leader of the province sees it once it was received.
    let task = format!("/tasks/{}", scene.task("Tuyên truyền qua việc cấp phiếu"));
    assert!(compiler.get(&task).ok().contains("Mục II.1.a: Khi trả phiếu lý lịch tư pháp"));
    let report = compiler.get(&format!("/reports/{}", scene.id)).ok();
    assert!(
        report.contains("trả lời 4/5 nhiệm vụ") && report.contains("chưa có trong kế hoạch của đơn vị"),
        "{report}"
    );
    let leader = scene.app.client("lanhdao.ubnd.bariavungtau");
    assert!(!leader.get(&task).ok().contains("412/KH-STP"));
    let version = hidden(&report, "version").expect("a version");
    let received = [("version", version.as_str()), ("despite", "Đủ nội dung cần thiết.")];
    compiler.post(&format!("/reports/{}/receipt", scene.id), &received).redirected();
    assert!(leader.get(&task).ok().contains("412/KH-STP"));
    assert!(leader.get(&answers).ok().contains("412/KH-STP"));
    // Other units do not.
    let other = scene.app.client("canbo.taichinh.bariavungtau");
    assert!(!other.get(&task).ok().contains("412/KH-STP"));
    assert_eq!(other.get(&answers).status, 403);
    assert_eq!(scene.app.client("tonghop.catinh.bacgiang").get(&answers).status, 404);
    let file = compiler.get(&format!("{answers}?csv=semicolon&table=task-answers"));
    assert!(file.status == 200 && file.text().contains("Sở Tư pháp"), "{}", file.text());
}

#[test]
fn a_newer_file_replaces_the_links_when_it_is_sent() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let first = scene.paste(PLAN);
    press(&scene.officer, &first, "apply", &[]).redirected();
    scene.send_report();
    scene.ask_correction();
    let compiler = scene.app.client(COMPILER);
    let task = format!("/tasks/{}", scene.task("Vận động cán bộ, hội viên"));
    assert!(!compiler.get(&task).ok().contains("KH-STP"));
    let more = "4. Vận động cán bộ, hội viên, người dân tham gia; tổng kết, nhân rộng điển hình.\n\nIII. TỔ CHỨC THỰC HIỆN";
    let text = PLAN.replace("III. TỔ CHỨC THỰC HIỆN", more).replace("412/KH-STP", "418/KH-STP");
    let second = scene.paste(&text);
    assert_ne!(first, second);
    press(&scene.officer, &second, "apply", &[]).redirected();
    assert!(scene.officer.get(&task).ok().contains("418/KH-STP"), "the unit sees what it writes");
    let list = scene.officer.get(&scene.at("")).ok();
    assert!(list.contains("đang dùng, từ") && list.contains("đã dùng, từ"), "history is kept: {list}");
    assert!(!compiler.get(&task).ok().contains("418/KH-STP"), "a correction shows when it is sent");
    let records = format!("/tasks/{}", scene.task("Tuyên truyền qua việc cấp phiếu"));
    assert!(compiler.get(&records).ok().contains("412/KH-STP"), "what was sent still counts");
    scene.send_report();
    assert!(compiler.get(&task).ok().contains("418/KH-STP"));
    let now = compiler.get(&records).ok();
    assert!(now.contains("418/KH-STP") && !now.contains("412/KH-STP"), "replaced");
    let earlier = compiler.get(&format!("/reports/{}?revision=1", scene.id)).ok();
    assert!(earlier.contains("Kế hoạch số 412/KH-STP"), "the first sending keeps its own");
}

#[test]
fn only_what_a_linked_plan_lacks_is_lacking() {
    use tonghop::unit_plans::answers::{Answered, Board, Stand, TaskLine};
    // Units that answered, whose linked plan lacks it, that sent one nobody linked, that sent none.
    let table = [
        ((1, 0, 0, 0), Stand::Answered),
        ((1, 2, 3, 1), Stand::Answered),
        ((0, 1, 0, 0), Stand::Lacking),
        ((0, 1, 6, 2), Stand::Lacking),
        ((0, 0, 7, 0), Stand::Unlinked),
        ((0, 0, 1, 6), Stand::Unlinked),
        ((0, 0, 0, 2), Stand::Waiting),
    ];
    let names = |count: usize| vec!["Sở Tư pháp".to_owned(); count];
    let line = |(answered, missing, unlinked, waiting): (usize, usize, usize, usize)| TaskLine {
        task: tonghop::db::ids::TaskId(1),
        path: "III.1".to_owned(),
        text: String::new(),
        holders: answered + missing + unlinked + waiting,
        answered: names(answered)
            .into_iter()
            .map(|unit| Answered { unit, report: ReportId(1), places: "mục II.1".to_owned() })
            .collect(),
        missing: names(missing),
        unlinked: names(unlinked),
        waiting: names(waiting),
    };
    for (units, stand) in table {
        let line = line(units);
        assert_eq!(line.stand(), stand, "{units:?}");
        assert_eq!(line.is_lacking(), stand == Stand::Lacking, "{units:?}");
    }
    let tasks = table.iter().map(|(units, _)| line(*units)).collect();
    let board = Board { tasks, ..Board::default() };
    assert_eq!((board.answered(), board.lacking(), board.unlinked(), board.waiting()), (2, 2, 2, 1));
}
