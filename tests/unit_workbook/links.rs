//! The sheet of links: what stands there and cannot be right is a fault at its cell; and what the form itself says and warns of.

use super::pages::{Scene, part, with_figure, words};
use super::sample::with_part;
use crate::support::client::hidden;

/// Saves one link into the draft, and the workbook downloaded after it.
fn with_link(scene: &Scene, reach: &str) -> Vec<u8> {
    let draft = scene.officer.get(&scene.at("/draft")).ok();
    let version = hidden(&draft, "version").expect("a version");
    let fields = [
        ("version", version.as_str()),
        ("evidence.0.title", "Tin thử"),
        ("evidence.0.url", "https://bao.example.vn/tin-thu"),
        ("evidence.0.platform", "Zalo"),
        ("evidence.0.date", "3/3/2025"),
        ("evidence.0.reach", reach),
    ];
    assert_eq!(scene.officer.post_json(&scene.at("/draft/autosave"), &fields).status, 200);
    scene.book()
}

/// The part that holds the sheet of links: the one with the day of the link, as spreadsheets count days.
fn sheet_of_links(book: &[u8]) -> String {
    let names = (1..).map(|number| format!("xl/worksheets/sheet{number}.xml"));
    names.take(20).find(|name| part(book, name).contains("<v>45719</v>")).expect("the day is somewhere")
}

#[test]
fn a_platform_that_is_none_a_day_to_come_and_a_reach_that_is_no_number_are_faults() {
    let scene = Scene::open();
    let book = with_link(&scene, "nhiều");
    let sheet = sheet_of_links(&book);
    let book = with_part(&book, &sheet, |xml| xml.replace("<v>45719</v>", "<v>47000</v>"));
    let book = with_part(&book, "xl/sharedStrings.xml", |xml| xml.replace(">Zalo<", ">Mạng lạ<"));
    let preview = scene.upload(&book);
    let page = scene.officer.get(&preview).ok();
    assert!(page.contains("phải sửa trước khi áp dụng"), "{page}");
    for said in ["không có nền tảng “Mạng lạ”", "sau hôm nay", "“nhiều”", "Minh chứng, ô "]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(scene.apply(&preview, "0").status, 422);
}

#[test]
fn the_sheet_offers_platforms_and_warns_of_days_and_counts() {
    let scene = Scene::open();
    let book = with_link(&scene, "1.840");
    let sheet = part(&book, &sheet_of_links(&book));
    for rule in ["type=\"list\"", "type=\"date\"", "type=\"whole\""] {
        assert!(sheet.contains(rule), "{rule}: {sheet}");
    }
    let strings = part(&book, "xl/sharedStrings.xml");
    for said in ["(bắt buộc)", ">Nền tảng<", ">Tiêu đề<", ">Địa chỉ<", ">Truyền thanh cơ sở<"]
    {
        assert!(strings.contains(said), "{said}");
    }
    // What was downloaded comes back without a fault.
    let page = scene.officer.get(&scene.upload(&book)).ok();
    assert!(!page.contains("phải sửa trước khi áp dụng"), "{page}");
}

#[test]
fn a_dash_is_a_blank_and_is_pointed_out_and_words_are_quoted_whole() {
    let scene = Scene::open();
    let book = with_figure(&scene.book(), "B04", &words("-"));
    let page = scene.officer.get(&scene.upload(&book)).ok();
    assert!(page.contains("“-” đọc là để trống; không có thì nhập 0."), "{page}");
    let book = with_figure(&scene.book(), "B04", &words("mười hai"));
    let page = scene.officer.get(&scene.upload(&book)).ok();
    assert!(page.contains("“mười hai”"), "{page}");
}

/// A file nobody mended stops being asked about once another one was applied; until then it can be dropped where it is named.
#[test]
fn a_file_that_was_passed_over_is_not_asked_about_any_more() {
    let scene = Scene::open();
    let waits = "Tệp Excel đã tải lên, chưa áp dụng";
    let bad = scene.upload(&with_figure(&scene.book(), "B04", &words("một ít")));
    let draft = scene.officer.get(&scene.at("/draft")).ok();
    assert!(draft.contains(waits) && draft.contains(&format!("action=\"{bad}/removal\"")), "{draft}");
    assert!(scene.officer.get(&bad).ok().contains("Bỏ tệp này"));
    let good = scene.upload(&with_figure(&scene.book(), "B04", "><v>4321</v>"));
    scene.apply(&good, &scene.version(&good)).redirected();
    assert!(!scene.officer.get(&scene.at("/draft")).ok().contains(waits));
}
