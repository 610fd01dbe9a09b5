//! Typing in a consolidated report: its figures are an edition's, which holds the whole of what was collected. It is read
//! before the write that everybody else waits for, and not in it.

use super::levels::{BELOW, app, edition, file, report};
use super::{names_of, values_of};
use crate::support::counting;

#[test]
fn typing_in_a_consolidated_report_reads_its_edition_before_the_write() {
    counting::begin();
    let app = app();
    let (mttq, leader) = (app.client("canbo.mttq.bacgiang"), app.client("lanhdao.mttq.bacgiang"));
    let mut figures = (101..).filter(|n| n % 10 != 0);
    file(&app, BELOW[0].0, BELOW[0].1, &mttq, &mut || figures.next().unwrap_or(1));
    edition(&app, &mttq, &leader);
    let draft = format!("/reports/{}/draft", report(&app, "bg.mttq", "consolidated"));
    let page = mttq.get(&draft).ok();
    let (seen, section) = (values_of(&page, "version")[0].clone(), names_of(&page, "section.")[0].clone());
    let typed = [("version", seen.as_str()), (section.as_str(), "Lời văn đang gõ.")];
    let (said, saved) = counting::statements(|| mttq.post_json(&format!("{draft}/autosave"), &typed));
    assert_eq!(saved.status, 200, "{}", saved.text());
    let begins = if app.db.backend() == "sqlite" { "BEGIN IMMEDIATE" } else { "BEGIN" };
    let (mut writes, mut read_before, mut read_within, mut within) = (0, 0, 0, false);
    for query in said.iter().map(|query| query.trim()) {
        if query == begins {
            (writes, within) = (writes + 1, true);
        } else if query.starts_with("COMMIT") || query.starts_with("ROLLBACK") {
            within = false;
        } else if query.contains("editions") && query.contains("content_json") {
            *(if within { &mut read_within } else { &mut read_before }) += 1;
        }
    }
    assert!(writes > 0, "the writes are seen: {said:?}");
    assert!(read_before > 0, "the edition is read");
    assert_eq!(read_within, 0, "nobody waits for it");
    let page = mttq.get(&draft).ok();
    assert!(page.contains("Lời văn đang gõ."));
    let next: i32 = seen.parse::<i32>().expect("a number") + 1;
    assert_eq!(values_of(&page, "version")[0], next.to_string());
}
