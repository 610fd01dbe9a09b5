//! What cannot be read or may not be seen: each told in words, and nothing kept.

use tonghop::db::schema::plan_uploads;

use super::*;

fn uploads(app: &TestApp) -> i64 {
    app.db.read(|conn| plan_uploads::table.count().get_result(conn).map_err(DbError::Query)).expect("a count")
}

fn send(client: &Client, name: &str, bytes: &[u8]) -> crate::support::client::Answer {
    client.post_file("/plan-uploads", &[("csrf", client.csrf.as_str())], ("file", name, bytes))
}

/// A page without a letter on it: a picture of a page, as scanners make.
pub fn scan() -> Vec<u8> {
    use lopdf::{Document, Object, dictionary};
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let content = document.add_object(lopdf::Stream::new(dictionary! {}, b"q 100 0 0 100 0 0 cm Q".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// What a Word file with a password begins as.
pub fn locked() -> Vec<u8> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 512], name].concat()
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_nothing() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("quet.pdf", scan(), "ảnh quét, không có lớp chữ"),
        ("anh.png", b"\x89PNG\r\n\x1a\n".to_vec(), "ảnh quét"),
        ("khoa.docx", locked(), "Bỏ mật khẩu rồi chọn lại tệp"),
        ("trong.txt", b"  \n \n".to_vec(), "Tệp không có chữ nào"),
        ("rong.txt", b"".to_vec(), "Tệp không có chữ nào"),
        ("la.bin", vec![0xFF, 0x00, 0x12, 0x80], "Không đọc được chữ trong tệp"),
        (
            "bao-cao.txt",
            include_bytes!("../../fixtures/documents/report.txt").to_vec(),
            "Đây là báo cáo, không phải văn bản giao nhiệm vụ",
        ),
        ("tho.txt", "Xin chào.".as_bytes().to_vec(), "Không nhận ra mục hay nhiệm vụ nào"),
        ("dai.txt", "- a\n".repeat(20_001).into_bytes(), "nhiều nhất 20.000 dòng"),
    ];
    for (name, bytes, words) in cases {
        let answer = send(&client, name, &bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(answer.text().contains(words), "{name}: {}", answer.text());
        assert!(answer.text().contains("href=\"#f-file\""), "{name}: the summary leads to the field");
    }
    let nothing = client.post("/plan-uploads", &[]);
    assert!(nothing.status == 422 && nothing.text().contains("Chọn tệp văn bản trên máy"));
    let blank = client.post("/plan-uploads/text", &[("text", " \n ")]);
    assert!(blank.status == 422 && blank.text().contains("Dán nội dung văn bản vào ô này"));
    let prose = client.post("/plan-uploads/text", &[("text", "Xin chào các bạn.")]);
    assert!(prose.status == 422 && prose.text().contains("Xin chào các bạn."), "what was typed is kept");
    assert_eq!(uploads(&app), 0);
}

#[test]
fn anothers_upload_does_not_exist() {
    let app = TestApp::demo();
    let review = paste(&app.client(COMPILER), PLAN);
    for stranger in
        ["tonghop.catinh.longan", "canbo.khcn.bacgiang", "lanhdao.ubnd.bacgiang", "quantri.bacgiang"]
    {
        let client = app.client(stranger);
        for path in ["", "/names", "/adoption", "/file", "/tasks/22"] {
            assert_eq!(client.get(&format!("{review}{path}")).status, 404, "{stranger} {path}");
        }
        assert_eq!(client.post(&format!("{review}/adoption"), &[("version", "1")]).status, 404, "{stranger}");
        assert_eq!(client.post(&format!("{review}/removal"), &[("version", "1")]).status, 404, "{stranger}");
    }
    // Whoever compiles for the same body goes on with it.
    assert_eq!(app.client("lanhdao.catinh.bacgiang").get(&review).status, 200);
}

#[test]
fn an_upload_is_dropped_whole() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let bytes = PLAN.as_bytes();
    let review = send(&client, "Kế hoạch 13.txt", bytes).redirected();
    assert_eq!(client.get(&format!("{review}/file")).bytes, bytes, "byte by byte");
    let version = value(&client.get(&review).ok(), "version");
    assert_eq!(client.post(&format!("{review}/removal"), &[("version", "99")]).status, 409);
    client.post(&format!("{review}/removal"), &[("version", &version)]).redirected();
    assert_eq!(client.get(&review).status, 404);
    assert_eq!(uploads(&app), 0);
}

#[test]
fn fields_that_do_not_read_stand_in_the_way_with_their_words() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    press(&client, &review, "save", &[("year", ""), ("day", "45")]);
    let page = client.get(&review).ok();
    assert!(page.contains("Nhập năm ban hành bằng bốn chữ số"), "{page}");
    assert!(page.contains("value=\"45\""), "what was typed is kept");
    let answer =
        client.post(&format!("{review}/adoption"), &[("version", &value(&page, "version")), ("shown", "x")]);
    assert_eq!(answer.status, 422);
    // A task without anybody to lead it.
    let task = format!("{review}/tasks/22");
    let version = value(&client.get(&task).ok(), "version");
    let refused =
        client.post(&task, &[("version", &version), ("clause", "11"), ("text", "Việc"), ("rows", "0")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập ít nhất một đơn vị"), "{}", refused.text());
    // A duty without a day that its rule asks for.
    let duty = format!("{review}/duties/37");
    let fields = [
        ("version", version.as_str()),
        ("what", "report"),
        ("cycle", "year"),
        ("rule", "before"),
        ("when", "32/13"),
        ("name", "Báo cáo"),
        ("regime", "new"),
    ];
    let refused = client.post(&duty, &fields);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("ví dụ 15/11"), "{}", refused.text());
}

#[test]
fn what_is_too_long_is_shown_again_and_not_kept() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let long = "ă".repeat(600);
    let fields = review_form(&client.get(&review).ok(), &[("subject", &long), ("number", "7")]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let refused = client.post(&review, &fields);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("Trích yếu nội dung dài 600 ký tự, nhiều nhất 500 ký tự"), "{text}");
    assert!(text.contains(&long) && text.contains("value=\"7\""), "what was typed is kept on the page");
    let page = client.get(&review).ok();
    assert!(!page.contains(&long), "and nowhere else");
    // An answer about a name that the document does not hold is nobody's.
    let version = value(&page, "version");
    client.post(&format!("{review}/names"), &[("version", &version), ("name.x", "nobody")]).redirected();
    assert!(client.get(&format!("{review}/names")).ok().contains("Không còn tên nào cần hỏi"));
}
