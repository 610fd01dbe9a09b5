//! What cannot be read or may not be seen: each told in words, and nothing kept.

use diesel::prelude::*;
use tonghop::brought::{Kind, queries};
use tonghop::db::ids::BroughtId;
use tonghop::db::schema::brought_documents;
use tonghop::prose_reports::ProseReport;
use tonghop::prose_reports::choices::Kept;

use super::*;
use crate::plan_adoption::refusals::{locked, scan};

#[test]
fn what_cannot_be_read_is_told_and_leaves_nothing() {
    let scene = Scene::open();
    let cases: [(&str, Vec<u8>, &str); 7] = [
        ("quet.pdf", scan(), "ảnh quét, không có lớp chữ"),
        ("anh.png", b"\x89PNG\r\n\x1a\n".to_vec(), "ảnh quét"),
        ("khoa.docx", locked(), "Bỏ mật khẩu rồi chọn lại tệp"),
        ("trong.txt", b"  \n \n".to_vec(), "Tệp không có chữ nào"),
        ("la.bin", vec![0xFF, 0x00, 0x12, 0x80], "Không đọc được chữ trong tệp"),
        ("ten.txt", "BÁO CÁO\nKết quả năm 2025\n".as_bytes().to_vec(), "Không có đoạn văn nào"),
        ("dai.txt", "- a\n".repeat(20_001).into_bytes(), "nhiều nhất 20.000 dòng"),
    ];
    for (name, bytes, words) in cases {
        let answer = send(&scene.officer, scene.id, name, &bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(answer.text().contains(words), "{name}: {}", answer.text());
        assert!(answer.text().contains("href=\"#f-file\""), "{name}: the summary leads to the field");
    }
    let nothing = scene.officer.post(&scene.at("/text"), &[("text", " \n ")]);
    assert!(nothing.status == 422 && nothing.text().contains("Dán nội dung báo cáo vào ô này"));
    let kept: i64 = scene.read(|conn| {
        brought_documents::table.filter(brought_documents::what.eq("report")).count().get_result(conn)
    });
    assert_eq!(kept, 0);
}

#[test]
fn anothers_document_does_not_exist() {
    let scene = Scene::open();
    let review = scene.paste(REPORT);
    for stranger in [
        "tonghop.catinh.bacgiang",
        "canbo.vhttdl.bacgiang",
        "canbo.khcn.longan",
        "lanhdao.ubnd.bacgiang",
        "quantri.bacgiang",
    ] {
        let client = scene.app.client(stranger);
        for path in ["", "/file"] {
            assert_eq!(client.get(&format!("{review}{path}")).status, 404, "{stranger} {path}");
        }
        assert_eq!(client.post(&review, &[("version", "1"), ("do", "apply")]).status, 404, "{stranger}");
        assert_eq!(client.post(&format!("{review}/removal"), &[]).status, 404, "{stranger}");
    }
    // Under another report's address it is not either.
    let other = report_of(&scene.app, "bg.vhttdl", "2025-H1");
    let number: i64 = review.rsplit('/').next().and_then(|n| n.parse().ok()).expect("a number");
    let found = scene.app.db.read(|conn| {
        let which = (other, BroughtId(number));
        queries::find::<Kept>(conn, which, ProseReport::ABOUT, false).map_err(DbError::Query)
    });
    assert!(found.is_err(), "a document of another report");
}

#[test]
fn a_report_that_was_sent_takes_nothing() {
    let scene = Scene::open();
    let sent = report_of(&scene.app, "bg.vhttdl", "2025-H1");
    let officer = scene.app.client("canbo.vhttdl.bacgiang");
    assert_eq!(officer.get(&format!("/reports/{sent}/prose")).redirected(), format!("/reports/{sent}"));
    let refused = officer.post(&format!("/reports/{sent}/prose/text"), &[("text", REPORT)]);
    assert!(
        refused.status == 422 && refused.text().contains("Báo cáo đã gửi, không sửa được"),
        "{}",
        refused.text()
    );
    let kept: i64 = scene.read(|conn| {
        brought_documents::table.filter(brought_documents::what.eq("report")).count().get_result(conn)
    });
    assert_eq!(kept, 0);
}
