//! A table goes through its wizard: read, asked about, previewed, applied, and taken back; nothing is written before it is confirmed.

use super::*;

#[test]
fn a_table_becomes_received_history_as_counted_by_hand() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let bytes = made("");
    let columns = bring(&app, &client, "2023-H1", ("Bảng 6T 2023.xlsx", &bytes));
    let page = client.get(&columns).ok();
    assert!(page.contains("Tiêu đề ghi đơn vị tính “nghìn”"), "{page}");
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    // Left and come back to: what was answered is there.
    assert!(client.get(&table).ok().contains("2 tên chưa rõ là đơn vị nào"));
    answer_names(&app, &client, &table);
    let page = app.client(COMPILER).get(&table).ok();
    assert!(received(&app, "bac-giang", "2023-H1").is_empty(), "nothing is written before it is confirmed");
    for words in [
        "Ô C20",
        "Tổng cộng",
        "ghi D01 là 120, cộng các dòng đơn vị được 121 (lệch 1)",
        "kỳ được lập khi nhập",
        "Hiệp Hòa, D01",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("biểu mẫu của đơn vị không hỏi: không nhập"), "{page}");
    // Neither the unread warnings nor the cell that cannot be read are passed over in silence.
    let value = |name: &str| values_of(&page, name).into_iter().next().unwrap_or_default();
    let (version, shown) = (value("version"), value("shown"));
    let fields = [("version", version.as_str()), ("shown", shown.as_str())];
    let refused = client.post(&format!("{table}/application"), &fields);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Còn 1 ô không đọc được."), "{}", refused.text());
    confirm(&client, &table).redirected();
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
    // The file is its evidence, byte by byte.
    assert_eq!(client.get(&format!("{table}/file")).bytes, bytes);
    // The same press again changes nothing.
    assert_eq!(confirm(&client, &table).status, 409);
}

#[test]
fn the_same_table_on_its_side_says_the_same() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let columns = bring(&app, &client, "2023-H1", ("xoay.xlsx", &made("turned")));
    let page = client.get(&columns).ok();
    assert!(page.contains("<option value=\"1\" selected>Mỗi cột một đơn vị"), "{page}");
    assert!(page.contains("<h1>Các dòng của bảng</h1>") && !page.contains("name=\"column.0\""), "{page}");
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    // A unit is a column of the sheet, and is called one.
    let names = client.get(&format!("{table}/names")).ok();
    assert!(names.contains("Không nhập cột này") && !names.contains("Không nhập dòng này"), "{names}");
    let shown = client.get(&table).ok();
    for words in [" cột cộng", "Các dòng được lấy", "Sửa các dòng", "đơn vị của cột "]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    answer_names(&app, &client, &table);
    confirm(&client, &table).redirected();
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
}

#[test]
fn a_second_table_points_out_what_differs_and_overwrites_only_when_told() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let columns = bring(&app, &client, "2023-H1", ("một.xlsx", &made("")));
    let first = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    answer_names(&app, &client, &first);
    confirm(&client, &first).redirected();
    // Names that were answered are known: the city is asked about no more.
    let columns = bring(&app, &client, "2023-H1", ("hai.xlsx", &made("next")));
    let second = accept_columns(&client, &columns, &[]);
    let page = client.get(&second).ok();
    assert!(page.contains("Khác số đã có") && page.contains("giữ số của bảng nhập trước"), "{page}");
    assert!(!page.contains("chưa rõ là đơn vị nào"), "{page}");
    confirm(&client, &second).redirected();
    let mut kept = expected();
    kept.extend([
        ("bg.tanyen".to_owned(), "D01".to_owned(), 8),
        ("bg.tanyen".to_owned(), "D02".to_owned(), 810),
    ]);
    assert_eq!(received(&app, "bac-giang", "2023-H1"), kept, "what was there stays");
    // Told to, a third of the same replaces the one figure that differs.
    let columns = bring(&app, &client, "2023-H1", ("ba.xlsx", &made("next")));
    let third = accept_columns(&client, &columns, &[]);
    let version = values_of(&client.get(&third).ok(), "version").remove(0);
    client.post(&format!("{third}/choice"), &[("version", &version), ("replaces", "1")]).redirected();
    assert!(client.get(&third).ok().contains("thay số của bảng nhập trước"));
    confirm(&client, &third).redirected();
    let mut replaced = kept.clone();
    replaced.remove(&("bg.lucnam".to_owned(), "D01".to_owned(), 25));
    replaced.insert(("bg.lucnam".to_owned(), "D01".to_owned(), 26));
    assert_eq!(received(&app, "bac-giang", "2023-H1"), replaced);
    // The first cannot go while the others rest on it; the last one can, and then what was before counts again.
    let blocked = client.get(&format!("{first}/withdrawal"));
    assert_eq!(blocked.status, 422, "{}", blocked.text());
    assert!(blocked.text().contains("UBND huyện Lục Nam"), "{}", blocked.text());
    take_back(&client, &third);
    assert_eq!(received(&app, "bac-giang", "2023-H1"), kept);
    take_back(&client, &second);
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
    take_back(&client, &first);
    assert!(received(&app, "bac-giang", "2023-H1").is_empty());
    // And it can be imported once more into the period that stays.
    let columns = bring(&app, &client, "2023-H1", ("bốn.xlsx", &made("")));
    let again = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    let page = client.get(&format!("{again}/names")).ok();
    let version = values_of(&page, "version").remove(0);
    client.post(&format!("{again}/names"), &[("version", &version), ("name.thi xa chu", "out")]).redirected();
    confirm(&client, &again).redirected();
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
}

fn take_back(client: &Client, table: &str) {
    let page = client.get(&format!("{table}/withdrawal")).ok();
    let version = values_of(&page, "version").remove(0);
    let silent = client.post(&format!("{table}/withdrawal"), &[("version", &version), ("reason", " ")]);
    assert_eq!(silent.status, 422);
    let fields = [("version", version.as_str()), ("reason", "Nhập nhầm tệp.")];
    client.post(&format!("{table}/withdrawal"), &fields).redirected();
    assert!(client.get(table).ok().contains("Nhập nhầm tệp."));
}

#[test]
fn a_table_can_be_dropped_before_it_is_confirmed() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let columns = bring(&app, &client, "2023-H1", ("thôi.xlsx", &made("")));
    let version = values_of(&client.get(&columns).ok(), "version").remove(0);
    let table = columns.trim_end_matches("/columns");
    let home = client.post(&format!("{table}/removal"), &[("version", &version)]).redirected();
    assert!(!client.get(&home).ok().contains("href=\"/legacy-tables/"));
    assert_eq!(client.get(table).status, 404);
}

#[test]
fn what_is_no_table_is_refused_in_words_and_leaves_nothing() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let at = format!("/regimes/{}/legacy-tables", regime(&app, "bac-giang"));
    for (bytes, words) in
        [(&b""[..], "rỗng"), (&b"PK\x03\x04nothing"[..], "hỏng"), (&b"just text"[..], "không phải tệp Excel")]
    {
        let fields = [("csrf", client.csrf.as_str()), ("period", "2023-H1")];
        let answer = client.post_file(&at, &fields, ("file", "x.xlsx", bytes));
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    // A period whose window is not over is none of the past.
    let fields = [("csrf", client.csrf.as_str()), ("period", "2025-Y")];
    let answer = client.post_file(&at, &fields, ("file", "x.xlsx", &made("")));
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Chọn kỳ mà bảng số liệu thuộc về."), "{}", answer.text());
    assert!(!client.get(&at).ok().contains("Các bảng đã tải lên"));
}
