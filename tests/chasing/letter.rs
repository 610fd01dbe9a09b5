//! The reminder letter, read by another house's XML reader: the form of a công văn in NĐ 30/2020, who stands in it and in
//! which order, which words are said to whom.

use chrono::NaiveDate;
use tonghop::chasing::letter::{Letter, Owing, Returned, Sender};
use tonghop::documents::write;
use tonghop::units::{Letterhead, UnitOn};

use crate::documents::read::{Paragraph, paragraph, paragraphs, parts};

fn unit(name: &str, short: &str, kind: &str) -> UnitOn {
    UnitOn {
        id: tonghop::db::ids::UnitId(1),
        code: "x".into(),
        name: name.into(),
        short_name: short.into(),
        kind_code: kind.into(),
        kind_heading: String::new(),
        kind_position: 0,
        protocol_order: 0,
        parent_id: None,
        existed_from: None,
        existed_to: None,
    }
}

pub(super) fn heads() -> (Letterhead, Letterhead) {
    let province = unit("Tỉnh Bắc Giang", "Bắc Giang", "province");
    let police = unit("Công an tỉnh", "CAT", "police");
    let committee = unit("Ủy ban nhân dân tỉnh Bắc Giang", "UBND tỉnh", "committee");
    (Letterhead::new(&police, None, &province), Letterhead::new(&committee, None, &province))
}

pub(super) fn owing(name: &str, courteous: bool, correction: bool, days: i64) -> Owing {
    let today = NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day");
    Owing {
        unit: name.into(),
        first: courteous,
        courteous,
        correction,
        returned: Returned::default(),
        consolidated: false,
        last_day: today - chrono::TimeDelta::days(days),
        hour: None,
        days,
    }
}

pub(super) fn sample() -> Vec<Owing> {
    vec![
        owing("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang", true, false, 2),
        owing("Hội Liên hiệp Phụ nữ tỉnh Bắc Giang", true, false, 2),
        owing("Sở Khoa học và Công nghệ", false, false, 2),
        owing("Sở Y tế", false, true, 5),
        owing("Ủy ban nhân dân xã Lục Nam", false, false, 2),
    ]
}

pub(super) fn made(sender: Sender, deputy: bool, owing: &[Owing]) -> Vec<u8> {
    let (police, committee) = heads();
    let letter = Letter {
        sender,
        deputy,
        collector: &police,
        committee: Some(&committee),
        drafter: "PC10",
        report: "báo cáo năm 2026 về công tác tái hòa nhập cộng đồng",
        basis: "Kế hoạch số 13/KH-UBND ngày 05/01/2026",
        owing,
        reply_by: NaiveDate::from_ymd_opt(2026, 11, 18),
        today: NaiveDate::from_ymd_opt(2026, 11, 16).expect("a day"),
    };
    write(&letter.document()).expect("a document")
}

pub(super) fn texts(all: &[Paragraph], style: &str) -> Vec<String> {
    all.iter().filter(|p| p.style == style).map(|p| p.text.clone()).collect()
}

#[test]
fn it_has_the_form_of_a_letter() {
    let bytes = made(Sender::Collector, true, &sample());
    let all = paragraphs(&bytes);
    let number = paragraph(&bytes, "Số: \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/CAT-PC10");
    assert_eq!(
        (number.size, number.bold, number.italic, number.align.as_str()),
        (26, false, false, "center")
    );
    assert!(number.in_table, "under the issuer");
    // Trích yếu of a công văn: lower letters 12-13, upright, under the number, 6 pt below it; no type above.
    let subjects: Vec<&Paragraph> = all.iter().filter(|p| p.text.starts_with("V/v ")).collect();
    assert_eq!(subjects.len(), 1);
    let subject = subjects[0];
    assert_eq!((subject.size, subject.bold, subject.italic), (26, false, false));
    assert_eq!((subject.align.as_str(), subject.before, subject.in_table), ("center", 120, true));
    assert!(
        texts(&all, "TenLoai").is_empty() && texts(&all, "TrichYeu").is_empty(),
        "a công văn has no type"
    );
    let nation = paragraph(&bytes, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    assert_eq!((nation.size, nation.bold), (24, true));
    let motto = paragraph(&bytes, "Độc lập - Tự do - Hạnh phúc");
    assert_eq!((motto.size, motto.bold), (26, true));
    // The day is left to the records clerk; November has no zero.
    let date = &texts(&all, "DiaDanhNgay")[0];
    assert_eq!(date, "Bắc Giang, ngày \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0} tháng 11 năm 2026");
    assert_eq!(texts(&all, "CoQuanChuQuan"), ["BỘ CÔNG AN"]);
    assert_eq!(texts(&all, "CoQuanBanHanh").join(" "), "CÔNG AN TỈNH BẮC GIANG");
    let body: Vec<&Paragraph> = all.iter().filter(|p| p.style == "NoiDung").collect();
    assert!(body.iter().all(|p| p.size == 28 && p.align == "both" && p.first_line == 720 && !p.bold));
    let closing = body.last().expect("a text");
    assert!(closing.text.ends_with("./.") && closing.keep_next);
    assert_eq!(body.iter().filter(|p| p.text.contains("./.")).count(), 1);
    assert_eq!(texts(&all, "NoiNhan"), ["Nơi nhận:"]);
    assert_eq!(
        texts(&all, "NoiNhanDong"),
        ["- Như trên;", "- UBND tỉnh Bắc Giang (để b/c);", "- Lưu: VT, PC10."]
    );
    let parts = parts(&bytes);
    let section = parts["word/document.xml"].split("<w:sectPr").count() - 1;
    assert_eq!(section, 2, "the text and its list");
    assert!(parts["word/document.xml"].contains("w:w=\"11906\" w:h=\"16838\""));
    assert!(!parts.values().any(|part| part.contains("2026-11-16")), "no time is written");
    assert_eq!(bytes, made(Sender::Collector, true, &sample()), "the same letter is the same file");
}

#[test]
fn addressees_stand_in_order_with_the_front_first() {
    let all = paragraphs(&made(Sender::Collector, true, &sample()));
    let plain = |text: &String| text.replace('\u{a0}', " ").trim().to_owned();
    let shown = |all: &[Paragraph]| -> Vec<String> {
        all.iter().filter(|p| p.style.starts_with("KinhGui")).map(|p| plain(&p.text)).collect()
    };
    assert_eq!(
        shown(&all),
        [
            "Kính gửi:",
            "- Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang;",
            "- Hội Liên hiệp Phụ nữ tỉnh Bắc Giang;",
            "- Sở Khoa học và Công nghệ;",
            "- Sở Y tế;",
            "- Ủy ban nhân dân xã Lục Nam."
        ]
    );
    let many: Vec<Owing> =
        sample().into_iter().chain((0..40).map(|n| owing(&format!("Xã {n}"), false, false, 1))).collect();
    let all = paragraphs(&made(Sender::Collector, true, &many));
    let named = shown(&all);
    assert_eq!(named.len(), 4, "the front and organisations by name, the others by the list: {named:?}");
    assert_eq!(named[3], "- Các cơ quan, đơn vị khác có tên trong danh sách kèm theo.");
}

#[test]
fn the_police_ask_and_the_committee_requires_but_never_of_the_front() {
    for (sender, requires) in [(Sender::Collector, false), (Sender::Committee, true)] {
        let all = paragraphs(&made(sender, true, &sample()));
        let body: Vec<String> =
            all.iter().filter(|p| !p.in_table).map(|p| p.text.replace('\u{a0}', " ")).collect();
        let body = body.join("\n");
        assert_eq!(body.contains("yêu cầu"), requires, "{sender:?}: {body}");
        assert!(body.contains("đề nghị"));
        assert!(!body.to_lowercase().contains("quá hạn"), "the text tells nobody how late: {body}");
        if requires {
            let sentence = body.lines().find(|line| line.contains("yêu cầu")).expect("the demand");
            let (front, rest) = sentence.split_once("yêu cầu").expect("the demand");
            assert!(
                front.contains("đề nghị") && front.contains("Mặt trận Tổ quốc") && front.contains("mục I ")
            );
            assert!(rest.contains("mục II") && !rest.contains("Mặt trận"));
        }
        // Nobody but the front and organisations owes: nothing is required of anybody.
        let only: Vec<Owing> = sample().into_iter().filter(|one| one.courteous).collect();
        let all = paragraphs(&made(sender, true, &only));
        let whole: Vec<String> = all.iter().map(|p| p.text.to_lowercase()).collect();
        let whole = whole.join("\n");
        assert!(
            !whole.contains("yêu cầu") && !whole.contains("quá hạn") && whole.contains("đề nghị"),
            "{whole}"
        );
        assert!(
            whole.contains("v/v đề\u{a0}nghị phối hợp gửi")
                || whole.replace('\u{a0}', " ").contains("v/v đề nghị phối hợp gửi")
        );
    }
}

#[test]
fn the_list_counts_days_of_the_assigned_only() {
    let bytes = made(Sender::Collector, true, &sample());
    let all = paragraphs(&bytes);
    let cells: Vec<String> =
        all.iter().filter(|p| p.style.starts_with("Bang")).map(|p| p.text.replace('\u{a0}', " ")).collect();
    let at = |words: &str| {
        cells.iter().position(|cell| cell == words).unwrap_or_else(|| panic!("{words}: {cells:?}"))
    };
    let second = at("II. Cơ quan, đơn vị được giao chưa gửi báo cáo");
    assert_eq!(cells[0], "I. Mặt trận Tổ quốc, tổ chức, cơ quan được đề nghị chưa gửi báo cáo");
    assert!(!cells[..second].iter().any(|cell| cell.contains("quá hạn")), "nobody asked is late");
    let row = at("Sở Khoa học và Công nghệ");
    assert_eq!(cells[row..row + 3], ["Sở Khoa học và Công nghệ", "14/11/2026", "2"]);
    let row = at("Hội Liên hiệp Phụ nữ tỉnh Bắc Giang");
    assert_eq!(cells[row + 1], "14/11/2026");
    // Who has sent is not among those who have not.
    let third = at("III. Cơ quan, đơn vị được giao đã gửi báo cáo, chưa gửi bản chỉnh lý, bổ sung");
    let row = at("Sở Y tế");
    assert!(row > third && second < third);
    assert_eq!(cells[row..row + 3], ["Sở Y tế", "11/11/2026", "5"]);
    let lines: Vec<String> =
        texts(&all, "PhuLucDong").iter().map(|text| text.replace('\u{a0}', " ")).collect();
    assert!(lines[0].starts_with("(Kèm theo Công văn số "), "{lines:?}");
    assert_eq!(lines[1], "(Tính đến ngày 16 tháng 11 năm 2026)", "of the moment, not of the end of the day");
}

/// Title of the annex and first sentence, their blanks plain.
fn told(owing: &[Owing]) -> (String, String) {
    let all = paragraphs(&made(Sender::Collector, true, owing));
    let plain = |text: &str| text.replace(['\u{a0}', '\n'], " ");
    let first = all.iter().find(|p| p.style == "NoiDung").expect("a sentence");
    (plain(&texts(&all, "PhuLucTen")[0]), plain(&first.text))
}

#[test]
fn who_has_sent_is_never_said_not_to_have() {
    let (title, first) = told(&sample());
    assert!(title.contains("CHƯA GỬI HOẶC CHƯA CHỈNH LÝ, BỔ SUNG BÁO CÁO NĂM 2026"), "{title}");
    assert!(
        first.contains(
            "của 04 cơ quan, đơn vị và bản chỉnh lý, bổ sung của 01 cơ quan, đơn vị đã gửi (có danh sách"
        ),
        "{first}"
    );
    assert!(
        first.starts_with(
            "Thực hiện Kế hoạch số 13/KH-UBND ngày 05 tháng 01 năm 2026, thời hạn gửi báo cáo chậm nhất ngày 14 tháng 11 năm 2026; \
             đến ngày 16 tháng 11 năm 2026, "
        ),
        "{first}"
    );
    let (none, some): (Vec<Owing>, Vec<Owing>) = sample().into_iter().partition(|one| !one.correction);
    let (title, first) = told(&none);
    assert!(
        title.contains("ĐƠN VỊ CHƯA GỬI BÁO CÁO NĂM 2026") && !first.contains("chỉnh lý"),
        "{title}: {first}"
    );
    let some = [&some[..], &[owing("Sở Tư pháp", false, true, 5)]].concat();
    let (title, first) = told(&some);
    assert!(title.contains("CHƯA GỬI BẢN CHỈNH LÝ, BỔ SUNG BÁO CÁO NĂM 2026"), "{title}");
    assert!(first.contains("bản chỉnh lý, bổ sung báo cáo năm 2026"), "{first}");
    assert!(first.contains("của 02 cơ quan, đơn vị đã gửi báo cáo"), "{first}");
}

/// Subject, text and number of sections of a letter, its blanks plain.
fn whole(sender: Sender, owing: &[Owing]) -> (String, String, usize) {
    let bytes = made(sender, true, owing);
    let all = paragraphs(&bytes);
    let plain = |text: &str| text.replace(['\u{a0}', '\n'], " ");
    let subject = all.iter().find(|p| p.text.starts_with("V/v")).expect("a subject");
    let sections = parts(&bytes)["word/document.xml"].split("<w:sectPr").count() - 1;
    let body: Vec<String> = texts(&all, "NoiDung").iter().map(|text| plain(text)).collect();
    (plain(&subject.text), body.join("\n"), sections)
}

#[test]
fn one_body_is_named_in_the_text_and_needs_no_list() {
    let collectors = Sender::Collector;
    let (_, several, sections) = whole(collectors, &sample());
    assert!(several.contains("đề nghị các cơ quan, đơn vị có tên trong danh sách") && sections == 2);
    let late = owing("Sở Khoa học và Công nghệ", false, false, 2);
    let front = owing("Hội Liên hiệp Phụ nữ tỉnh Bắc Giang", true, false, 2);
    let mending = Owing { correction: true, ..late.clone() };
    let below = Owing { consolidated: true, ..front.clone() };
    let year = "báo cáo năm 2026 về công tác tái hòa nhập cộng đồng";
    for (sender, one, what, demand) in [
        (
            collectors,
            &late,
            format!("{year} của Sở Khoa học và Công nghệ."),
            "đề nghị Sở Khoa học và Công nghệ quan tâm",
        ),
        (
            collectors,
            &mending,
            format!("bản chỉnh lý, bổ sung {year} của Sở Khoa học và Công nghệ."),
            "đề nghị Sở",
        ),
        (
            collectors,
            &below,
            format!("{year} của Hội Liên hiệp Phụ nữ tỉnh Bắc Giang (báo cáo tổng hợp)."),
            "đề nghị Hội",
        ),
        (
            Sender::Committee,
            &late,
            format!("{year} của Sở Khoa học và Công nghệ."),
            "yêu cầu Sở Khoa học và Công nghệ khẩn",
        ),
        (
            Sender::Committee,
            &front,
            format!("{year} của Hội Liên hiệp Phụ nữ tỉnh Bắc Giang."),
            "đề nghị Hội",
        ),
    ] {
        let (_, body, sections) = whole(sender, std::slice::from_ref(one));
        assert!(body.contains(&format!("chưa nhận được {what}")) && body.contains(demand), "{body}");
        assert!(
            !body.contains("danh sách") && !body.contains("các cơ quan, đơn vị") && sections == 1,
            "{body}"
        );
    }
}

#[test]
fn a_letter_to_the_front_and_others_asks_in_its_subject_too() {
    let subject = |owing: &[Owing]| whole(Sender::Collector, owing).0;
    assert!(subject(&sample()).starts_with("V/v đề nghị gửi báo cáo"), "{}", subject(&sample()));
    let (asked, assigned): (Vec<Owing>, Vec<Owing>) = sample().into_iter().partition(|one| one.courteous);
    assert!(subject(&assigned).starts_with("V/v đôn đốc gửi báo cáo"));
    assert!(subject(&asked).starts_with("V/v đề nghị phối hợp gửi báo cáo"));
}

#[test]
fn a_body_that_owes_two_reports_is_written_to_once() {
    let front = owing("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang", true, false, 2);
    let two = [front.clone(), Owing { consolidated: true, ..front }];
    let all = paragraphs(&made(Sender::Collector, true, &two));
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(texts(&all, "KinhGui").len(), 1, "one addressee stands on the line itself");
    assert!(told(&two).1.contains("của 01 cơ quan, đơn vị"));
    let cells: Vec<String> =
        all.iter().filter(|p| p.style.starts_with("Bang")).map(|p| plain(&p.text)).collect();
    let name = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Giang";
    assert!(cells.iter().any(|cell| cell == name));
    assert!(cells.iter().any(|cell| *cell == format!("{name} (báo cáo tổng hợp)")));
}

#[test]
fn a_long_name_hangs_behind_its_dash() {
    let bytes = made(Sender::Collector, true, &sample());
    let styles = &parts(&bytes)["word/styles.xml"];
    let style = styles.split("w:styleId=\"KinhGuiTung\"").nth(1).expect("the style");
    let indent = style.split("<w:ind ").nth(1).and_then(|rest| rest.split("/>").next()).expect("its indent");
    assert!(indent.contains("w:hanging=\"170\"") && !indent.contains("firstLine"), "{indent}");
}
