//! Bytes in, the same bytes out, as a download; and what is refused leaves nothing behind.

use sha2::{Digest, Sha256};
use tonghop::attachments::BLOCK;

use super::samples::{compound, docx, pdf, zip};
use super::{attach, attached, files_on, report_of, stored};
use crate::support::app::TestApp;

#[test]
fn what_goes_in_comes_out() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let before = stored(&app);
    let sizes = [64, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 77_777];
    for (n, size) in sizes.into_iter().enumerate() {
        let bytes = pdf(&n.to_string(), size);
        assert_eq!(bytes.len(), size);
        let path = attached(&officer, report, &format!("Kế hoạch số {n}.PDF"), &bytes);
        let answer = officer.get(&path);
        assert_eq!(answer.status, 200);
        assert!(answer.bytes == bytes, "size {size}");
        assert_eq!(answer.content_type, "application/pdf");
        assert_eq!(answer.header("content-length"), size.to_string());
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"ke-hoach-so-"), "{disposition}");
        assert!(disposition.contains("filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%20"));
        let sha256: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let page = officer.get(&format!("/reports/{report}/attachments")).ok();
        assert!(page.contains(&sha256), "the page shows the SHA-256");
        let (_, whole, blocks) = *stored(&app).last().expect("a file");
        assert!(whole);
        assert_eq!(usize::try_from(blocks).expect("a count"), size.div_ceil(BLOCK));
    }
    assert_eq!(stored(&app).len(), before.len() + sizes.len());
    // The report shows them to its own unit, and the draft counts them.
    assert_eq!(files_on(&officer, &format!("/reports/{report}")).len(), sizes.len());
    assert!(officer.get(&format!("/reports/{report}/draft")).ok().contains("6 tệp"));
}

#[test]
fn what_is_refused_says_why_and_leaves_nothing() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let before = stored(&app);
    let film = vec![7u8; BLOCK + 10];
    let huge = pdf("to", (3 << 20) + 1);
    for (name, bytes, words) in [
        ("phim.mp4", &film[..], "không thuộc loại được nhận"),
        ("ngắn.exe", b"MZ", "không thuộc loại được nhận"),
        ("rỗng.pdf", b"", "Tệp này rỗng"),
        ("nén.zip", &zip(&["a.txt"]), "Tệp nén"),
        ("có macro.doc", &compound(&["WordDocument", "Macros"]), "macro"),
        ("khóa.docx", &compound(&["EncryptedPackage"]), "mật khẩu"),
        ("lớn.pdf", &huge, "Tệp lớn hơn 3 MB"),
    ] {
        let answer = attach(&officer, report, "evidence", name, bytes);
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.text().contains(words), "{name}: {}", answer.text());
        assert_eq!(stored(&app), before, "{name} left something behind");
    }
    let signed = attach(&officer, report, "signed", "Bản ký.docx", &docx());
    assert!(signed.status == 422 && signed.text().contains("phải là tệp PDF"));
    let scan = attach(&officer, report, "incoming", "a.pdf", &pdf("a", 99));
    assert!(scan.status == 422 && scan.text().contains("chỉ đính kèm khi nhập thay"));
    // The same file twice, and a form without one.
    attached(&officer, report, "Một lần.pdf", &pdf("một", 500));
    let again = attach(&officer, report, "evidence", "Hai lần.pdf", &pdf("một", 500));
    assert!(again.status == 422 && again.text().contains("tên là “Một lần.pdf”"), "{}", again.text());
    let nothing = officer.post(&format!("/reports/{report}/attachments"), &[("purpose", "evidence")]);
    assert!(nothing.status == 422 && nothing.text().contains("Chọn một tệp"));
    assert_eq!(stored(&app).len(), before.len() + 1);
    // Without its token, or with it behind the file.
    let path = format!("/reports/{report}/attachments");
    for fields in [vec![], vec![("csrf", "0000")]] {
        let forged = officer.post_file(&path, &fields, ("file", "a.pdf", &pdf("b", 99)));
        assert_eq!(forged.status, 403);
    }
    assert_eq!(stored(&app).len(), before.len() + 1);
}

/// The module that shows how far a file has come gets the same in JSON.
#[test]
fn a_script_is_answered_in_json() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let path = format!("/reports/{report}/attachments");
    let fields = [("csrf", officer.csrf.as_str()), ("purpose", "evidence")];
    let taken = officer.post_file_json(&path, &fields, ("file", "a.pdf", &pdf("a", 99)));
    assert_eq!((taken.status, taken.text()), (200, format!("{{\"to\":\"{path}\"}}")));
    let refused = officer.post_file_json(&path, &fields, ("file", "a.exe", b"MZ"));
    assert_eq!(refused.status, 422);
    let json: serde_json::Value = serde_json::from_str(&refused.text()).expect("JSON");
    assert!(json["message"].as_str().is_some_and(|words| words.contains("không thuộc loại")));
}

#[test]
fn a_unit_stores_no_more_than_its_quota() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    // The tests' server takes 3 MiB a file and 8 MiB a unit.
    for n in 0..2 {
        attached(&officer, report, "a.pdf", &pdf(&n.to_string(), (3 << 20) - n));
    }
    let over = attach(&officer, report, "evidence", "b.pdf", &pdf("b", (3 << 20) - 7));
    assert_eq!(over.status, 422);
    assert!(over.text().contains("đã chiếm 6 MB trong 8 MB"), "{}", over.text());
    // What is taken out makes room; another unit has its own.
    let first = files_on(&officer, &format!("/reports/{report}/attachments")).remove(0);
    officer.post(&format!("{first}/removal"), &[]).redirected();
    attached(&officer, report, "b.pdf", &pdf("b", (3 << 20) - 7));
    let other = app.client("canbo.doan.bacgiang");
    attached(&other, report_of(&app, "bg.doan", "2025-H1"), "c.pdf", &pdf("c", 3 << 20));
}
