//! Number, day and signatory entered after sending: rows that are added, the newest of which counts everywhere.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, regimes, revision_papers, revisions};

use super::{report_of, values_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;

const SOUND: [(&str, &str); 6] = [
    ("doc_number", "88"),
    ("doc_symbol", "BC-SVHTTDL"),
    ("doc_date", "9/6/2025"),
    ("signatory_capacity", "KT. GIÁM ĐỐC"),
    ("signatory_title", "PHÓ GIÁM ĐỐC"),
    ("signatory_name", "Trần Thế Khánh"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let changed = |(name, value): (&'a str, &'a str)| {
        (name, changes.iter().find(|(other, _)| *other == name).map_or(value, |(_, new)| *new))
    };
    let added = changes.iter().copied().filter(|(name, _)| SOUND.iter().all(|(other, _)| other != name));
    SOUND.into_iter().map(changed).chain(added).collect()
}

/// The input of the number with this in it.
fn offered(number: &str) -> String {
    format!("name=\"doc_number\" class=\"short\" value=\"{number}\"")
}

#[test]
fn entries_are_added_and_the_newest_counts_everywhere() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let officer = app.client("canbo.vhttdl.bacgiang");
    let collector = app.client("tonghop.catinh.bacgiang");
    let form = format!("/reports/{id}/revisions/1/paper");
    let read = officer.get(&format!("/reports/{id}")).ok();
    assert!(read.contains("147/BC-SVHTTDL") && read.contains("Sửa số, ngày văn bản"));
    assert!(!collector.get(&format!("/reports/{id}")).ok().contains("Sửa số, ngày văn bản"));
    let page = officer.get(&form).ok();
    assert!(page.contains(&offered("147")), "what is known is offered");
    assert_eq!(values_of(&page, "seen"), ["0"]);

    let to = officer.post(&form, &with(&[("seen", "0")])).redirected();
    assert_eq!(to, format!("/reports/{id}?revision=1"));
    for (who, path) in
        [(&officer, ""), (&collector, ""), (&officer, "/confirmation/1"), (&collector, "/confirmation/1")]
    {
        let seen = who.get(&format!("/reports/{id}{path}")).ok();
        assert!(seen.contains("88/BC-SVHTTDL"), "{path}");
        // The confirmation names the newest alone; the report's page tells its history too.
        assert!(path.is_empty() || !seen.contains("147/BC-SVHTTDL"), "{path}");
    }
    let texts: Vec<String> = paragraphs(&collector.get(&format!("/reports/{id}/document")).bytes)
        .into_iter()
        .map(|p| p.text)
        .collect();
    for expected in [
        "Số: 88/BC-SVHTTDL",
        "Bắc Giang, ngày 09 tháng 6 năm 2025",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Thế Khánh",
    ] {
        assert!(texts.iter().any(|text| text == expected), "{expected}");
    }

    // A page that is older than the last entry loses nothing; a correction is the next row.
    assert_eq!(officer.post(&form, &with(&[("seen", "0"), ("doc_number", "89")])).status, 409);
    assert_eq!(officer.post(&form, &with(&[("seen", "1")])).status, 422, "nothing would change");
    officer.post(&form, &with(&[("seen", "1"), ("doc_number", "89")])).redirected();
    let page = officer.get(&form).ok();
    assert!(page.contains(&offered("89")));
    assert!(page.contains("88/BC-SVHTTDL"), "the first entry stays in sight");

    let (kept, sent, steps) = app
        .db
        .read(|conn| {
            let kept: Vec<(i32, String)> = revision_papers::table
                .inner_join(revisions::table)
                .filter(revisions::report_id.eq(id))
                .order(revision_papers::number)
                .select((revision_papers::number, revision_papers::doc_number))
                .load(conn)?;
            let sent: String = revisions::table
                .filter(revisions::report_id.eq(id))
                .select(revisions::doc_number)
                .first(conn)?;
            let steps: Vec<(String, Option<String>, Option<String>)> = audit_log::table
                .filter(audit_log::action.eq("report.paper"))
                .filter(audit_log::subject_id.eq(id.0))
                .order(audit_log::id)
                .select((audit_log::actor_name, audit_log::before_json, audit_log::after_json))
                .load(conn)?;
            Ok::<_, DbError>((kept, sent, steps))
        })
        .expect("rows");
    assert_eq!(kept, [(1, "88".to_owned()), (2, "89".to_owned())]);
    assert_eq!(sent, "147", "what was sent stays as it was sent");
    assert_eq!(steps.len(), 2);
    let (_, before, after) = &steps[1];
    assert!(before.as_ref().is_some_and(|json| json.contains("\"88\"")));
    assert!(after.as_ref().is_some_and(|json| json.contains("\"89\"")));
}

/// The field, what is typed there, and the words of the answer.
const WRONG: [(&str, &str, &str); 5] = [
    ("doc_number", "", "Nhập số của văn bản"),
    ("doc_date", "", "Nhập ngày của văn bản"),
    ("doc_date", "31/02/2025", "không có ngày 31"),
    ("doc_date", "11/6/2025", "không được sau hôm nay"),
    ("signatory_name", "", "Nhập họ tên người ký"),
];

#[test]
fn what_cannot_be_taken_comes_back_with_everything_typed() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let officer = app.client("canbo.vhttdl.bacgiang");
    for (field, typed, words) in WRONG {
        let answer = officer
            .post(&format!("/reports/{id}/revisions/1/paper"), &with(&[("seen", "0"), (field, typed)]));
        assert_eq!(answer.status, 422, "{field} {typed}");
        let page = answer.text();
        assert!(page.contains(words), "{field} {typed}: {words}");
        assert!(page.contains(&format!("href=\"#f-{field}\"")));
        assert_eq!(values_of(&page, "signatory_title"), ["PHÓ GIÁM ĐỐC"]);
    }
}

#[test]
fn a_regime_without_a_paper_takes_none_and_says_so() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    app.db
        .write(|conn| {
            diesel::update(regimes::table)
                .set(regimes::paper_rule.eq("none"))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("the rule");
    let officer = app.client("canbo.vhttdl.bacgiang");
    let refused = officer.post(&format!("/reports/{id}/revisions/1/paper"), &with(&[("seen", "0")]));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("không kèm văn bản đã ký"));
    assert!(!officer.get(&format!("/reports/{id}")).ok().contains("số, ngày văn bản</a>"));
}

/// The demo's own: sent in the morning, stamped in the afternoon.
#[test]
fn the_demo_has_a_paper_that_was_stamped_after_sending() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    let seen = app.client("tonghop.catinh.bacgiang").get(&format!("/reports/{id}/confirmation/1")).ok();
    assert!(seen.contains("280/BC-SNV") && seen.contains("Nhập sau khi gửi, lúc 09/6/2025 16:20"));
}
