//! Two people on one report: who is there, what is merged silently, what is asked about, and that no text is lost.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{draft_changes, draft_clashes};

use super::{filled, names_of, pairs, report_of, state_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;

struct Two {
    app: TestApp,
    id: ReportId,
    officer: Client,
    leader: Client,
}

impl Two {
    fn open() -> Two {
        let app = TestApp::demo();
        let id = report_of(&app, "bg.khcn", "2025-H1");
        let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
        let two = Two { app, id, officer, leader };
        // A draft both have before them.
        two.officer.post(&two.at(""), &pairs(&filled(&two.page(), &[]))).redirected();
        two
    }

    fn at(&self, rest: &str) -> String {
        format!("/reports/{}/draft{rest}", self.id)
    }

    fn page(&self) -> String {
        self.officer.get(&self.at("")).ok()
    }

    fn version(&self) -> String {
        values_of(&self.page(), "version")[0].clone()
    }

    /// As the module saves: only these fields, typed from `version`.
    fn autosave(&self, who: &Client, version: &str, fields: &[(&str, &str)]) -> (u16, serde_json::Value) {
        let mut all = vec![("version", version)];
        all.extend_from_slice(fields);
        let answer = who.post_json(&self.at("/autosave"), &all);
        (answer.status, serde_json::from_str(&answer.text()).expect("JSON"))
    }
}

/// Whether a text or an input of the page holds this.
fn holds(page: &str, field: &str, value: &str) -> bool {
    let text = page.split(&format!("name=\"{field}\"")).nth(1).and_then(|rest| rest.split('>').nth(1));
    text == Some(&format!("{value}</textarea")) || values_of(page, field).iter().any(|found| found == value)
}

#[test]
fn what_each_changed_alone_is_merged_and_shown_to_the_other() {
    let two = Two::open();
    let seen = two.version();
    let of_officer = two.autosave(&two.officer, &seen, &[("section.I", "Của cán bộ"), ("figure.B04", "77")]);
    assert_eq!(of_officer.0, 200);
    // The leader's page still shows the old text of section I, and posts it as it was.
    let page = two.page();
    let old = filled(&page, &[]).into_iter().find(|(name, _)| name == "section.I").expect("a text").1;
    let typed = [
        ("section.I", old.as_str()),
        ("section.III.1", "Của lãnh đạo"),
        ("figure.B04", "12"),
        ("level.B04", ""),
        ("note.B04", ""),
        ("figure.B05", "gần 88"),
    ];
    let (status, answer) = two.autosave(&two.leader, &seen, &typed);
    assert_eq!((status, answer["by"].as_str()), (200, Some("Lê Bích Thảo")), "{answer}");
    assert_eq!(answer["fields"]["section.I"], "Của cán bộ", "{answer}");
    assert_eq!(answer["fields"]["figure.B04"], "77");
    assert_eq!(answer["stale"], serde_json::json!([]));
    let page = two.page();
    for (field, value) in [
        ("section.I", "Của cán bộ"),
        ("section.III.1", "Của lãnh đạo"),
        ("figure.B04", "77"),
        ("figure.B05", "88"),
    ] {
        assert!(holds(&page, field, value), "{field} = {value}");
    }
    assert!(!page.contains("cùng sửa</h2>"));

    // Once more from the same old page, with nothing new: nothing is saved, nothing is asked.
    let before = two.version();
    assert_eq!(two.autosave(&two.leader, &seen, &typed).0, 200);
    assert_eq!(two.version(), before);
    // By the button the other's part is named.
    let mine = [("version", seen.as_str()), ("section.III.2", "Thêm nữa"), ("go", "save")];
    let answer = two.leader.post(&two.at(""), &mine);
    assert_eq!(answer.status, 303);
    assert!(holds(&two.page(), "section.III.2", "Thêm nữa"));
}

#[test]
fn what_both_changed_is_asked_about_and_neither_text_is_lost() {
    let two = Two::open();
    let seen = two.version();
    two.autosave(&two.officer, &seen, &[("section.I", "Của cán bộ"), ("figure.B04", "77")]);
    let typed = [
        ("version", seen.as_str()),
        ("section.I", "Của lãnh đạo"),
        ("figure.B04", "chín chín"),
        ("section.III.1", "Chỉ của lãnh đạo"),
    ];
    let answer = two.leader.post(&two.at(""), &typed);
    assert_eq!(answer.status, 409);
    let page = answer.text();
    for words in ["Của cán bộ", "Của lãnh đạo", "chín chín", ">77<", "Lê Bích Thảo, 10/6/2025", "Có 2 chỗ"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let draft = two.page();
    assert!(holds(&draft, "section.I", "Của cán bộ") && holds(&draft, "figure.B04", "77"));
    assert!(holds(&draft, "section.III.1", "Chỉ của lãnh đạo"), "the rest is saved");
    assert!(!draft.contains("chỗ bạn và người khác cùng sửa"), "the officer has nothing to choose");

    // The tab was closed: the question waits, for the leader alone.
    assert!(two.leader.get(&two.at("")).ok().contains("Có 2 chỗ bạn và người khác cùng sửa"));
    let check = format!("/reports/{}/check", two.id);
    assert!(two.leader.get(&check).ok().contains("chỗ bạn và người khác cùng sửa"));
    assert!(
        !two.officer.get(&check).ok().contains("chỗ bạn và người khác cùng sửa"),
        "the other has nothing to choose"
    );
    let page = two.leader.get(&two.at("/clashes")).ok();
    assert!(page.contains("Của lãnh đạo") && page.contains("chín chín"));
    assert!(!two.officer.get(&two.at("/clashes")).ok().contains("Của lãnh đạo"));

    // Nothing chosen is no choice.
    let version = values_of(&page, "version")[0].clone();
    assert_eq!(two.leader.post(&two.at("/clashes"), &[("version", &version)]).status, 422);
    let ids: Vec<String> =
        names_of(&page, "joined.").into_iter().map(|name| name.replace("joined.", "")).collect();
    let [text] = ids.as_slice() else { panic!("one text can be joined: {ids:?}") };
    let joined = format!("joined.{text}");
    assert!(page.contains("Của cán bộ\n\nCủa lãnh đạo</textarea>"), "both, to be edited");
    let choice = format!("choice.{text}");
    let chosen =
        [("version", version.as_str()), (&choice, "joined"), (&joined, "Của cán bộ và của lãnh đạo")];
    assert_eq!(two.leader.post(&two.at("/clashes"), &chosen).redirected(), two.at("/clashes"));
    assert!(holds(&two.page(), "section.I", "Của cán bộ và của lãnh đạo"));

    // The officer writes the figure once more before the leader has chosen: the leader is asked again.
    two.autosave(&two.officer, &two.version(), &[("figure.B04", "78")]);
    let page = two.leader.get(&two.at("/clashes")).ok();
    let figure = names_of(&page, "choice.")[0].clone();
    let version = values_of(&page, "version")[0].clone();
    two.autosave(&two.officer, &two.version(), &[("figure.B04", "79")]);
    let chosen = [("version", version.as_str()), (figure.as_str(), "mine")];
    assert_eq!(two.leader.post(&two.at("/clashes"), &chosen).redirected(), two.at("/clashes"));
    assert!(holds(&two.page(), "figure.B04", "79"));
    let page = two.leader.get(&two.at("/clashes")).ok();
    let (figure, version) = (names_of(&page, "choice.")[0].clone(), values_of(&page, "version")[0].clone());
    let chosen = [("version", version.as_str()), (figure.as_str(), "mine")];
    assert_eq!(two.leader.post(&two.at("/clashes"), &chosen).redirected(), two.at(""));
    assert!(holds(&two.page(), "figure.B04", "chín chín"));

    // What lost is read by both, for good.
    for who in [&two.officer, &two.leader] {
        let page = who.get(&two.at("/clashes")).ok();
        assert!(page.contains("Đã chọn trước đây") && page.contains(">79<") && page.contains("Ghép cả hai"));
        assert!(page.contains(">Của lãnh đạo<") && page.contains(">Của cán bộ<"), "{page}");
    }
}

#[test]
fn rows_two_people_add_stand_together_and_one_row_written_twice_is_asked_about() {
    let two = Two::open();
    let row =
        |number: usize, cell: &str, text: &str| (format!("list.documents.{number}.{cell}"), text.to_owned());
    let page = two.page();
    let column = names_of(&page, "list.documents.0.")[0].replace("list.documents.0.", "");
    let first = [row(0, &column, "13/KH-UBND")];
    two.autosave(&two.officer, &two.version(), &pairs(&first));
    let seen = two.version();
    two.autosave(&two.officer, &seen, &pairs(&[first[0].clone(), row(1, &column, "Của cán bộ")]));
    let (status, answer) =
        two.autosave(&two.leader, &seen, &pairs(&[first[0].clone(), row(1, &column, "Của lãnh đạo")]));
    assert_eq!((status, &answer["stale"]), (200, &serde_json::json!(["list.documents."])), "{answer}");
    let page = two.page();
    for text in ["13/KH-UBND", "Của cán bộ", "Của lãnh đạo"] {
        assert_eq!(page.matches(&format!("value=\"{text}\"")).count(), 1, "{text}");
    }
    // Both write over the first row.
    let seen = two.version();
    let rest = [row(1, &column, "Của lãnh đạo"), row(2, &column, "Của cán bộ")];
    let with = |text: &str| [vec![row(0, &column, text)], rest.to_vec()].concat();
    two.autosave(&two.officer, &seen, &pairs(&with("14/KH-UBND")));
    let (status, answer) = two.autosave(&two.leader, &seen, &pairs(&with("15/KH-UBND")));
    assert_eq!(status, 409, "{answer}");
    let page = two.leader.get(&two.at("/clashes")).ok();
    let (choice, version) = (names_of(&page, "choice.")[0].clone(), values_of(&page, "version")[0].clone());
    two.leader.post(&two.at("/clashes"), &[("version", &version), (&choice, "joined")]).redirected();
    let page = two.page();
    for text in ["14/KH-UBND", "15/KH-UBND", "Của cán bộ", "Của lãnh đạo"] {
        assert_eq!(page.matches(&format!("value=\"{text}\"")).count(), 1, "{text}");
    }
}

#[test]
fn the_second_is_told_who_is_there_and_since_when() {
    let two = Two::open();
    let page = two.leader.get(&two.at("")).ok();
    let told = page.split("data-here-words>").nth(1).and_then(|rest| rest.split('<').next());
    assert!(
        told.is_some_and(|words| words.starts_with("Lê Bích Thảo cũng đang mở báo cáo này, từ ")),
        "{told:?}"
    );
    let (_, answer) = two.autosave(&two.officer, &two.version(), &[("section.I", "Đang gõ")]);
    assert!(answer["here"].as_str().is_some_and(|words| words.starts_with("Phan Tuấn Trung")), "{answer}");
    let close = [("version", answer["version"].to_string()), ("go", "close".to_owned())];
    two.officer.post(&two.at(""), &close.each_ref().map(|(k, v)| (*k, v.as_str()))).redirected();
    let page = two.leader.get(&two.at("")).ok();
    assert!(page.contains("data-here role=\"status\" hidden"), "who has closed is not there any more");
    let other = report_of(&two.app, "bg.vhttdl", "2025-H1");
    assert_ne!(other, two.id);
}

#[test]
fn what_was_typed_for_a_report_sent_meanwhile_is_kept_to_be_copied() {
    let two = Two::open();
    let seen = two.version();
    let check = two.leader.get(&format!("/reports/{}/check", two.id)).ok();
    let submission = format!("/reports/{}/submission", two.id);
    two.leader.post(&submission, &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(state_of(&two.app, two.id), "sent");
    let late = [("version", seen.as_str()), ("section.I", "Viết khi báo cáo đã gửi")];
    assert_eq!(two.officer.post(&two.at(""), &late).redirected(), two.at("/clashes"));
    let page = two.officer.get(&two.at("/clashes")).ok();
    assert!(page.contains("Viết khi báo cáo đã gửi") && page.contains("không còn ở bước soạn"));
    assert!(!page.contains("name=\"choice."));
    let (status, answer) = two.autosave(&two.officer, &seen, &[("section.I", "Viết tiếp khi đã gửi")]);
    assert_eq!((status, answer["url"].as_str()), (409, Some(two.at("/clashes").as_str())));
    let kept: i64 = two
        .app
        .db
        .read(|conn| draft_clashes::table.count().get_result(conn).map_err(DbError::Query))
        .expect("a count");
    assert_eq!(kept, 1, "the later text of one field takes the place of the earlier");
}

#[test]
fn a_page_older_than_what_is_known_is_asked_about_every_difference() {
    let two = Two::open();
    let seen = two.version();
    two.autosave(&two.officer, &seen, &[("section.I", "Của cán bộ")]);
    two.app
        .db
        .write(|conn| {
            diesel::update(draft_changes::table.filter(draft_changes::field.eq("section.I")))
                .set(draft_changes::field.eq("*"))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("what was known is forgotten");
    let (status, _) = two.autosave(&two.leader, &seen, &[("section.III.1", "Của lãnh đạo")]);
    assert_eq!(status, 409);
    assert!(holds(&two.page(), "section.I", "Của cán bộ"));
}

/// A reorganisation gives the person another membership; a hand-over leaves the text to whoever comes after.
#[test]
fn what_waits_for_a_choice_outlives_the_membership_it_was_typed_under() {
    use tonghop::db::ids::MembershipId;
    use tonghop::db::schema::{memberships, people};

    let two = Two::open();
    let seen = two.version();
    two.autosave(&two.officer, &seen, &[("section.I", "Của cán bộ")]);
    let typed = [("version", seen.as_str()), ("section.I", "Của lãnh đạo")];
    assert_eq!(two.leader.post(&two.at(""), &typed).status, 409);
    let asks = |who: &Client| who.get(&two.at("/clashes")).ok().contains("Của lãnh đạo");
    assert!(asks(&two.leader) && !asks(&two.officer));
    let day = |d: u32| chrono::NaiveDate::from_ymd_opt(2025, 6, d).expect("a day");
    two.app
        .db
        .write(|conn| {
            type Row = (MembershipId, tonghop::db::ids::PersonId, tonghop::db::ids::UnitId, String, String);
            let old: Row = memberships::table
                .inner_join(people::table)
                .filter(people::username.eq("lanhdao.khcn.bacgiang"))
                .select((
                    memberships::id,
                    memberships::person_id,
                    memberships::unit_id,
                    memberships::role,
                    memberships::title,
                ))
                .first(conn)?;
            diesel::update(memberships::table.find(old.0))
                .set(memberships::valid_to.eq(day(9)))
                .execute(conn)?;
            diesel::insert_into(memberships::table)
                .values((
                    memberships::person_id.eq(old.1),
                    memberships::unit_id.eq(old.2),
                    memberships::role.eq(old.3),
                    memberships::title.eq(old.4),
                    memberships::valid_from.eq(day(10)),
                ))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("another membership");
    assert!(asks(&two.leader), "the same person");
    assert!(asks(&two.officer), "what was typed under a membership that has ended is left to the unit");
}
