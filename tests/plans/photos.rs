//! An entry with its post, its indicator and its pictures, over HTTP: noted, corrected, read by whom it concerns, gone with it.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::TaskId;
use tonghop::db::schema::{entry_photos, file_blocks, files, indicators, task_entries};

use super::{COMPILER, FOREIGN, OFFICER, tasks_on};
use crate::attachments::samples::{jpg, pdf, png};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

fn task(app: &TestApp) -> TaskId {
    tasks_on(&app.db, "III.2")[1]
}

fn indicator(app: &TestApp, code: &str) -> String {
    let id: i64 = app
        .db
        .read(|conn| {
            let of = indicators::table.filter(indicators::code.eq(code)).select(indicators::id);
            Ok::<_, DbError>(of.first(conn)?)
        })
        .expect("the indicator");
    id.to_string()
}

/// The newest entry: id, indicator, platform, title, reach, key.
type Stored = (i64, Option<i64>, String, String, Option<i64>, String);

fn newest(app: &TestApp) -> Stored {
    app.db
        .read(|conn| {
            let of = task_entries::table.order(task_entries::id.desc()).select((
                task_entries::id,
                task_entries::indicator_id,
                task_entries::platform,
                task_entries::link_title,
                task_entries::reach,
                task_entries::url_key,
            ));
            Ok::<_, DbError>(of.first(conn)?)
        })
        .expect("an entry")
}

fn photos(app: &TestApp) -> Vec<(i64, i64)> {
    app.db
        .read(|conn| {
            let all = entry_photos::table.order(entry_photos::id);
            Ok::<_, DbError>(all.select((entry_photos::task_entry_id, entry_photos::file_id)).load(conn)?)
        })
        .expect("the photos")
}

fn post_photo(client: &Client, path: &str, fields: &[(&str, &str)], photo: (&str, &[u8])) -> Answer {
    let csrf = hidden(&client.get("/password").ok(), "csrf").expect("a token");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    client.post_file(path, &all, ("photo", photo.0, photo.1))
}

#[test]
fn an_entry_carries_post_indicator_and_picture() {
    let app = TestApp::demo();
    let (task, officer, b05) = (task(&app), app.client(OFFICER), indicator(&app, "B05"));
    let path = format!("/tasks/{task}/entries");
    let typed = [
        ("text", "Đăng bài"),
        ("quantity", "3"),
        ("indicator", b05.as_str()),
        ("link", "https://m.facebook.com/congantinh/posts/123?fbclid=x"),
        ("link_title", "Người trở về"),
        ("reach", "1.245"),
    ];
    assert_eq!(
        post_photo(&officer, &path, &typed, ("Ảnh chụp.jpeg", &jpg())).redirected(),
        format!("/tasks/{task}")
    );
    let (id, counted, platform, title, reach, key) = newest(&app);
    assert_eq!(counted.map(|id| id.to_string()), Some(b05.clone()));
    assert_eq!((platform.as_str(), title.as_str(), reach), ("fanpage", "Người trở về", Some(1245)));
    assert_eq!(key, tonghop::reports::link_key::link_key("https://facebook.com/congantinh/posts/123"));
    let page = officer.get(&format!("/tasks/{task}")).ok();
    assert!(page.contains("<b>3</b> tin, bài"), "the unit of measure is the indicator's");
    assert!(page.contains("cộng vào B05"));
    assert!(page.contains(&format!("value=\"{b05}\" selected")), "chosen beforehand the next time");

    let [(of, file)] = photos(&app)[..] else { panic!("one photo") };
    assert_eq!(of, id);
    let address = format!("/task-entries/{id}/photos/{file}");
    for (user, status) in [
        (OFFICER, 200),
        ("lanhdao.khcn.bacgiang", 200),
        (COMPILER, 200),
        ("lanhdao.ubnd.bacgiang", 200),
        ("canbo.taichinh.bacgiang", 404),
        (FOREIGN, 404),
        ("quantri.bacgiang", 404),
    ] {
        assert_eq!(app.client(user).get(&address).status, status, "{user}");
    }
    let answer = officer.get(&address);
    assert!(answer.bytes == jpg(), "the bytes that were taken");
    let header = |name: &str| answer.header(name);
    assert!(header("content-disposition").starts_with("attachment; filename=\"anh-chup.jpg\""));
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header("x-content-type-options"), "nosniff");
    // Another entry's number opens nothing.
    assert_eq!(officer.get(&format!("/task-entries/{}/photos/{file}", id - 1)).status, 404);
}

#[test]
fn a_correction_carries_all_of_it_and_removal_takes_the_bytes() {
    let app = TestApp::demo();
    let (task, officer, b05) = (task(&app), app.client(OFFICER), indicator(&app, "B05"));
    let typed = [("text", "Đăng bài"), ("quantity", "3"), ("indicator", b05.as_str())];
    post_photo(&officer, &format!("/tasks/{task}/entries"), &typed, ("a.png", &png())).redirected();
    let id = newest(&app).0;
    let at = format!("/task-entries/{id}");
    let seen = hidden(&officer.get(&at).ok(), "seen").expect("what is seen");
    let file = photos(&app)[0].1.to_string();
    let changed = [
        ("seen", seen.as_str()),
        ("text", "Đăng bài, sửa"),
        ("quantity", "4"),
        ("measure_unit", "tin, bài"),
        ("indicator", b05.as_str()),
        ("link", "https://bao.vn/a"),
        ("platform", "zalo"),
        // Named twice by a form put together by hand, it goes once.
        ("remove_photo", file.as_str()),
        ("remove_photo", file.as_str()),
    ];
    post_photo(&officer, &at, &changed, ("b.jpg", &jpg())).redirected();
    let (_, counted, platform, ..) = newest(&app);
    assert_eq!(
        (counted.map(|id| id.to_string()), platform.as_str()),
        (Some(b05), "zalo"),
        "what was chosen goes before the address"
    );
    let [(_, other)] = photos(&app)[..] else { panic!("one for the other") };
    assert_ne!(other.to_string(), file);
    let left = |of: i64| -> i64 {
        app.db
            .read(|conn| {
                Ok::<_, DbError>(
                    file_blocks::table.filter(file_blocks::file_id.eq(of)).count().get_result(conn)?,
                )
            })
            .expect("blocks")
    };
    assert_eq!(left(file.parse().expect("an id")), 0, "its bytes are gone");
    assert_eq!(officer.post(&at, &[("seen", &seen), ("text", "Cũ")]).status, 409, "what was seen is no more");
    let seen = hidden(&officer.get(&at).ok(), "seen").expect("what is seen");
    officer.post(&format!("{at}/removal"), &[("seen", &seen)]).redirected();
    assert_eq!((photos(&app).len(), left(other)), (0, 0));
    let orphans: i64 = app
        .db
        .read(|conn| Ok::<_, DbError>(files::table.filter(files::id.eq(other)).count().get_result(conn)?))
        .expect("files");
    assert_eq!(orphans, 0);
    let trail = app.client("quantri.bacgiang").get("/trail").ok();
    assert!(trail.contains("ảnh") && trail.contains("b.jpg"), "the log tells pictures by name");
}

#[test]
fn a_correction_sent_twice_adds_its_picture_once() {
    let app = TestApp::demo();
    let (task, officer) = (task(&app), app.client(OFFICER));
    let typed = [("text", "Đăng bài")];
    post_photo(&officer, &format!("/tasks/{task}/entries"), &typed, ("a.png", &png())).redirected();
    let at = format!("/task-entries/{}", newest(&app).0);
    let seen = hidden(&officer.get(&at).ok(), "seen").expect("what is seen");
    let again = [("seen", seen.as_str()), ("text", "Đăng bài")];
    post_photo(&officer, &at, &again, ("b.jpg", &jpg())).redirected();
    assert_eq!(post_photo(&officer, &at, &again, ("b.jpg", &jpg())).status, 409, "the picture was not seen");
    assert_eq!(photos(&app).len(), 2);
    assert_eq!(
        officer.post(&format!("{at}/removal"), &[("seen", &seen)]).status,
        409,
        "nor when it is removed"
    );
}

#[test]
fn what_the_page_chose_gives_way_to_what_is_typed() {
    let app = TestApp::demo();
    let (task, officer, b05) = (task(&app), app.client(OFFICER), indicator(&app, "B05"));
    let page = officer.get(&format!("/tasks/{task}")).ok();
    assert_eq!(hidden(&page, "proposed").as_deref(), Some(b05.as_str()), "as the newest entry of the demo");
    let typed = [
        ("text", "Họp"),
        ("quantity", "2"),
        ("measure_unit", "cuộc"),
        ("indicator", &*b05),
        ("proposed", &*b05),
    ];
    officer.post(&format!("/tasks/{task}/entries"), &typed).redirected();
    assert_eq!(newest(&app).1, None, "two meetings are no articles");
}

#[test]
fn what_does_not_fit_is_said_at_its_field() {
    let app = TestApp::demo();
    let (task, officer) = (task(&app), app.client(OFFICER));
    let (b05, foreign) = (indicator(&app, "B05"), indicator(&app, "G03"));
    let path = format!("/tasks/{task}/entries");
    let base = [("text", "Chữ đã gõ"), ("quantity", "3")];
    for (wrong, field) in [
        (vec![("indicator", foreign.as_str())], "f-indicator"),
        (vec![("indicator", "nhầm")], "f-indicator"),
        (vec![("indicator", b05.as_str()), ("measure_unit", "giờ")], "f-indicator"),
        (vec![("measure_unit", "bài"), ("reach", "nhiều")], "f-reach"),
        (vec![("measure_unit", "bài"), ("platform", "instagram")], "f-platform"),
    ] {
        let answer = officer.post(&path, &[&base[..], &wrong[..]].concat());
        assert_eq!(answer.status, 422, "{wrong:?}");
        let page = answer.text();
        assert!(page.contains("Chữ đã gõ") && page.contains(&format!("href=\"#{field}\"")), "{wrong:?}");
    }
    let with = [base[0]];
    let refused = post_photo(&officer, &path, &with, ("a.jpg", &pdf("không phải ảnh", 2000)));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("không phải ảnh JPG hoặc PNG") && refused.text().contains("Chữ đã gõ"));
    let broken = [b"\xFF\xD8\xFF".to_vec(), b"\x89PNG\r\n\x1a\n<html><script>".to_vec()];
    for bytes in broken {
        let refused = post_photo(&officer, &path, &with, ("a.jpg", &bytes));
        assert_eq!(refused.status, 422);
        assert!(
            refused.text().contains("bị hỏng hoặc thiếu phần cuối") && refused.text().contains("Chữ đã gõ")
        );
    }
    assert!(photos(&app).is_empty());
    let count: i64 = app
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                task_entries::table.filter(task_entries::text.eq("Chữ đã gõ")).count().get_result(conn)?,
            )
        })
        .expect("entries");
    assert_eq!(count, 0, "an entry and its pictures are kept together or not at all");
}

#[test]
fn a_picture_that_came_with_a_fault_is_asked_for_again() {
    let app = TestApp::demo();
    let (task, officer) = (task(&app), app.client(OFFICER));
    let path = format!("/tasks/{task}/entries");
    let again = "Ảnh vừa chọn chưa được lưu. Chọn lại ảnh trước khi ghi.";
    let refused =
        post_photo(&officer, &path, &[("text", "Mở phiên"), ("done_on", "31/6")], ("a.png", &png()));
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains(again) && page.contains("href=\"#f-photo\""), "{page}");
    assert!(page.contains("<details open><summary>Thêm về bài đăng, ảnh"), "the fold is open: {page}");
    let plain = officer.post(&path, &[("text", ""), ("done_on", "09/6/2025")]);
    assert!(plain.status == 422 && !plain.text().contains(again), "nothing was chosen");
    // A day without its year is the one that was last.
    let fields = [("text", "Mở phiên"), ("done_on", "09/6")];
    post_photo(&officer, &path, &fields, ("a.png", &png())).redirected();
    assert_eq!(photos(&app).len(), 1);
    let id = newest(&app).0;
    let at = format!("/task-entries/{id}");
    let page = officer.get(&at).ok();
    assert!(page.contains("09/6/2025"), "{page}");
    let seen = hidden(&page, "seen").expect("what is seen");
    let refused = post_photo(&officer, &at, &[("seen", &seen), ("text", "")], ("b.png", &png()));
    assert!(refused.status == 422 && refused.text().contains(again), "{}", refused.text());
}
