//! The Word file of a report, over HTTP: what it says, to whom it is given, under which name.

use std::collections::HashSet;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::plans;

use super::{filled, pairs, report_of};
use crate::documents::read::{Paragraph, paragraphs};
use crate::support::app::TestApp;
use crate::support::client::Answer;

fn texts(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|p: Paragraph| p.text).collect()
}

/// The texts of the cells of the line with this name, its own name first.
fn line(all: &[String], name: &str) -> Vec<String> {
    let at = all.iter().position(|text| text == name).unwrap_or_else(|| panic!("no line {name}"));
    all[at..at + 7].to_vec()
}

/// Of the people of Sở KH&CN, Phan Tuấn Trung is a deputy; nobody is called Trần Văn Bảy.
#[test]
fn no_title_is_made_up_over_a_name() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let ending = |name: &str, title: &str| -> Vec<String> {
        let page = officer.get(&format!("/reports/{id}/draft")).ok();
        let typed = filled(&page, &[("signatory_name", name), ("signatory_title", title)]);
        officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
        let all = texts(&officer.get(&format!("/reports/{id}/document")));
        let at = all.iter().position(|text| text == "Nơi nhận:").expect("the recipients");
        let titles = ["GIÁM ĐỐC", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"];
        all[at..].iter().filter(|text| titles.contains(&text.as_str())).cloned().collect()
    };
    assert_eq!(ending("", ""), ["GIÁM ĐỐC"]);
    assert_eq!(ending("Phan Tuấn Trung", ""), ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]);
    assert_eq!(ending("Trần Văn Bảy", ""), Vec::<String>::new());
    assert_eq!(ending("Trần Văn Bảy", "Chánh Văn phòng"), ["CHÁNH VĂN PHÒNG"]);
}

#[test]
fn the_draft_of_a_department_is_its_paper() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(
        &page,
        &[
            ("section.I", "Đã ban hành <kế hoạch> & giao việc.\n- Ý thứ hai"),
            ("figure.B04", "gần 312"),
            ("figure.B05", ""),
            ("note.B04", "số của cổng thông tin"),
            ("section.III.3", ""),
        ],
    );
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let answer = officer.get(&format!("/reports/{id}/document"));
    assert_eq!(
        answer.content_type,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    );
    let name = answer.header("content-disposition");
    assert!(name.starts_with(
        "attachment; filename=\"bao-cao-6-thang-dau-nam-2025-so-khoa-hoc-va-cong-nghe-du-thao.docx\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%206%20th%C3%A1ng"
    ), "{name}");
    assert_eq!(answer.header("cache-control"), "private, no-store");

    let all = texts(&answer);
    let room = "\u{a0}".repeat(6);
    for expected in [
        "UBND TỈNH BẮC GIANG",
        "SỞ KHOA HỌC",
        "VÀ CÔNG NGHỆ",
        &format!("Số: {room}/BC-SKHCN"),
        &format!("Bắc Giang, ngày {room} tháng 6 năm 2025"),
        "BÁO CÁO",
        "Kết quả công tác tái hòa nhập cộng đồng\ncủa Sở Khoa học và Công nghệ\n6\u{a0}tháng đầu năm\u{a0}2025",
        "Kính gửi: Ủy ban nhân dân tỉnh\u{a0}Bắc\u{a0}Giang (qua Công an tỉnh)",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2025",
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "Đã ban hành <kế hoạch> & giao việc.",
        "- Ý thứ hai",
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Kết quả tuyên truyền trên không gian mạng",
        "III. ĐÁNH GIÁ",
        "1. Ưu điểm",
        "2. Tồn tại, hạn chế",
        "GIÁM ĐỐC",
        "Kỳ báo cáo: 6 tháng đầu năm 2025",
        "(số liệu từ ngày 15/12/2024 đến ngày 14/6/2025)",
        "Số liệu thực tế đến ngày 05/6/2025, phần còn lại ước thực hiện",
    ] {
        assert!(all.iter().any(|text| text == expected), "{expected:?} in {all:#?}");
    }
    assert!(
        !all.iter().any(|text| text == "3. Nguyên nhân"),
        "a blank section that may be blank is left out"
    );
    let bases: Vec<&String> = all.iter().filter(|text| text.starts_with("Căn cứ ")).collect();
    assert_eq!(bases.iter().collect::<HashSet<_>>().len(), bases.len(), "a basis of two plans is named once");
    assert!(
        bases
            .iter()
            .any(|text| text.contains("Nghị định số 49/2020/NĐ-CP ngày 17 tháng 4 năm 2020 của Chính phủ"))
    );
    assert!(bases.last().is_some_and(|text| text.ends_with('.')));
    assert!(
        bases.len() <= 5 && bases[0].starts_with("Căn cứ Luật Thi hành án hình sự ngày 14 tháng 6 năm 2019")
    );
    assert!(
        all.iter().any(|text| text
            .starts_with("Thực hiện Kế hoạch số …/KH-UBND ngày … tháng 01 năm 2025 của UBND tỉnh Bắc Giang")),
        "the plan of 2024 is not what a report of 2025 carries out, and what is to come is left open"
    );
    assert!(
        all.iter().any(|text| text.contains(
            "; Công văn số 2216/CAT-PC10 ngày 12 tháng 5 năm 2025 của Công an tỉnh về việc báo cáo kết quả công tác tái hòa nhập \
             cộng đồng 6 tháng đầu năm 2025, Sở Khoa học và Công nghệ báo cáo kết quả"
        )),
        "the letter that asks is answered: {all:#?}"
    );
    assert!(all.contains(&"DỰ THẢO".to_owned()), "nobody has signed it");
    assert_eq!(all.iter().filter(|text| text.ends_with("./.")).count(), 1);

    // The figures: the word stays, a blank is blank, what the department before reported stands beside.
    let portal = line(&all, "Tin, bài đăng trên cổng/trang thông tin điện tử");
    assert_eq!(portal[2], "gần\u{a0}312");
    assert_eq!(portal[3], "số của cổng thông tin");
    let social = line(&all, "Tin, bài đăng hoặc chia sẻ trên mạng xã hội");
    assert_eq!(social[2..4], ["", ""]);
    // Nothing to compare with: no empty columns. What the body before it had stands in the note, which says why.
    assert!(!all.contains(&"So với cùng kỳ".to_owned()) && all.contains(&"(5)".to_owned()));
    let note = all.iter().find(|text| text.contains("không so sánh")).expect("a note");
    assert!(!note.contains("Chưa có số liệu cùng kỳ"), "{note}");
    assert_eq!(social[0], "Tin, bài đăng hoặc chia sẻ trên mạng xã hội");
}

#[test]
fn a_document_kept_by_revision_says_what_was_sent() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.tttt", "2024-Y");
    let leader = app.client("lanhdao.ubnd.bacgiang");
    let collector = app.client("tonghop.catinh.bacgiang");
    let received = texts(&leader.get(&format!("/reports/{id}/document")));
    assert_eq!(received, texts(&collector.get(&format!("/reports/{id}/revisions/2/document"))));
    assert_ne!(received, texts(&collector.get(&format!("/reports/{id}/revisions/1/document"))));
    assert_eq!(leader.get(&format!("/reports/{id}/revisions/1/document")).status, 404);
    let twice = [0, 1].map(|_| collector.get(&format!("/reports/{id}/revisions/1/document")).bytes);
    assert_eq!(twice[0], twice[1], "the same revision is the same file");
}

#[test]
fn a_paper_that_is_a_plan_is_headed_as_one() {
    let app = TestApp::demo();
    let id = report_of(&app, "vt.taichinh", "2025-PLAN");
    let all = texts(&app.client("tonghop.catinh.bariavungtau").get(&format!("/reports/{id}/document")));
    assert!(all.contains(&"KẾ HOẠCH".to_owned()));
    let subject =
        all.iter().find(|text| text.starts_with("Triển khai thực hiện Kế hoạch")).expect("a subject");
    let subject = subject.replace(['\n', '\u{a0}'], " ");
    assert!(subject.contains("UBND tỉnh Bà Rịa - Vũng Tàu về"), "{subject}");
    let result =
        |text: &&String| text.starts_with("(Kèm theo") || text.contains("Kết quả thực hiện nhiệm vụ");
    assert_eq!(all.iter().find(result), None, "a plan brings no results");
    assert!(!all.iter().any(|text| text.contains("Như trên")), "nobody stands above");
}

/// Ways a basis can lack something; a plan may be without a number and a day.
#[test]
fn what_a_plan_leaves_blank_is_not_made_up() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    app.db
        .write(|conn| {
            diesel::update(plans::table)
                .set((
                    plans::number.eq(""),
                    plans::symbol.eq(""),
                    plans::issued_month.eq(None::<i32>),
                    plans::issued_day.eq(None::<i32>),
                ))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("plans without a number");
    let all = texts(&app.client("canbo.khcn.bacgiang").get(&format!("/reports/{id}/document")));
    let opening = all.iter().find(|text| text.starts_with("Thực hiện Kế hoạch")).expect("an opening");
    assert!(
        opening.starts_with("Thực hiện Kế hoạch số … ngày … tháng … năm 2025 của UBND tỉnh Bắc Giang về"),
        "{opening}"
    );
}

/// A narrow column holds a few words; a reason of several lines stands below, where it can be read. Nobody estimates a zero.
#[test]
fn a_long_note_stands_under_the_table() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let why = "Từ tháng 3 cổng thông tin của Sở nhận thêm chuyên mục của đơn vị cũ chuyển về";
    let typed = filled(&page, &[("note.B04", why), ("note.B05", "số của Sở"), ("figure.B05", "ước 0")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let all = texts(&officer.get(&format!("/reports/{id}/document")));
    let portal = line(&all, "Tin, bài đăng trên cổng/trang thông tin điện tử");
    assert!(portal.contains(&"Xem (1)".to_owned()), "{portal:?}");
    let below = format!("(1) Tin, bài đăng trên cổng/trang thông tin điện tử: {why}");
    assert!(all.contains(&below), "{all:#?}");
    let social = line(&all, "Tin, bài đăng hoặc chia sẻ trên mạng xã hội");
    assert_eq!(social[2..4], ["0", "số của Sở"]);
}

/// The half of Sở TT&TT, which was divided since, is read and not compared; tasks name documents; a result that is a list
/// begins under its task.
#[test]
fn the_paper_of_a_successor_with_tasks() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    assert!(page.contains("đã chia cho 2 đơn vị") && !page.contains("Không có số liệu kỳ trước"), "{page}");
    assert!(
        page.contains("Sở Thông tin và Truyền thông, 6 tháng đầu năm 2024: ước 14 (không so sánh)"),
        "{page}"
    );
    let task =
        super::names_of(&page, "task.").into_iter().find(|name| name.ends_with(".body")).expect("a task");
    let typed = filled(&page, &[(task.as_str(), "- 14/3/2025: Đăng loạt bài\n- 20/4/2025: Phát lại")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let all = texts(&officer.get(&format!("/reports/{id}/document")));
    let item = all.iter().position(|text| text == "+ 14/3/2025: Đăng loạt bài").expect("the item");
    // The task is one of a plan of the year before, which is named behind it.
    let lead = &all[item - 1];
    let source = "(mục II.2, Kế hoạch số 13/KH-UBND ngày 20/01/2024):";
    assert!(lead.starts_with("- ") && lead.ends_with(source), "{lead} says where it is from");
    // A document is named by its number, never by the short name of a list.
    assert!(
        !all.iter().any(|text| text.contains("Kế hoạch THNCĐ") || text.contains("Đề án THNCĐ")),
        "{all:#?}"
    );
    assert!(
        !all.iter().any(|text| text.contains("THNCĐ")),
        "what the program lists is written out: {all:#?}"
    );
    let own = [("section.I", "Triển khai công tác THNCĐ; giao ban về THNCĐ theo Kế hoạch.")];
    let again = officer.get(&format!("/reports/{id}/draft")).ok();
    officer.post(&format!("/reports/{id}/draft"), &pairs(&filled(&again, &own))).redirected();
    let again = texts(&officer.get(&format!("/reports/{id}/document")));
    let first = "Triển khai công tác tái hòa nhập cộng đồng (THNCĐ); giao ban về THNCĐ theo Kế hoạch.";
    assert!(again.iter().any(|text| text == first), "{again:#?}");
    let note = all.iter().find(|text| text.contains("không so sánh")).expect("a note");
    assert!(
        note.contains("của Sở Thông tin và Truyền thông (nhiệm vụ đã chuyển về 2 cơ quan) ghi để tham khảo"),
        "{note}"
    );
}

#[test]
fn the_bases_stand_by_rank_and_the_regimes_own_is_among_them() {
    use tonghop::db::schema::regimes;
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    app.db
        .write(|conn| {
            let basis = "Kế hoạch số 99/KH-UBND ngày 05/3/2025 của UBND tỉnh; Nghị định số 49/2020/NĐ-CP";
            diesel::update(regimes::table)
                .set((regimes::legal_basis.eq(basis), regimes::subject.eq("")))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("a basis");
    let all = texts(&app.client("canbo.khcn.bacgiang").get(&format!("/reports/{id}/document")));
    let bases: Vec<&str> = all.iter().filter_map(|text| text.strip_prefix("Căn cứ ")).collect();
    let place = |words: &str| bases.iter().position(|basis| basis.starts_with(words));
    assert!(
        place("Luật") < place("Nghị định số 49") && place("Nghị định số 49") < place("Quyết định số 22"),
        "{bases:#?}"
    );
    assert_eq!(bases.last(), Some(&"Kế hoạch số 99/KH-UBND ngày 05 tháng 3 năm 2025 của UBND tỉnh."));
    assert_eq!(bases.iter().filter(|basis| basis.contains("49/2020/NĐ-CP")).count(), 1);
    // Without a subject of its own the regime's name gives it, without its place.
    assert!(
        all.iter().any(|text| text.starts_with("Kết quả công tác tái hòa nhập cộng đồng\ncủa Sở Khoa học"))
    );
}

#[test]
fn a_committee_reports_on_its_area() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.lucnam", "2025-H1");
    let all = texts(&app.client("canbo.lucnam.bacgiang").get(&format!("/reports/{id}/document")));
    let subject = "Kết quả công tác tái hòa nhập cộng đồng\ntrên địa bàn huyện Lục Nam\n6 tháng đầu năm 2025";
    assert!(all.iter().any(|text| text.replace('\u{a0}', " ") == subject), "{all:#?}");
}
