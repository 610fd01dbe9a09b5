//! The words of the form around the text: blanks with room for the pen, marks at the ends of lines, what is joined to
//! what.

use roxmltree::Document;
use tonghop::documents::{Document as Rows, PaperDate, write, write_marked};

use super::read::{self, W};
use super::sample;

const ROOM: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

fn texts(rows: &Rows) -> Vec<String> {
    read::paragraphs(&write(rows).expect("a document")).into_iter().map(|p| p.text).collect()
}

#[test]
fn blanks_leave_room_in_the_heading_and_in_the_annex() {
    let mut rows = sample::report();
    rows.number = String::new();
    rows.date = PaperDate::Blank { month: 6, year: 2025 };
    let all = texts(&rows);
    assert!(all.contains(&format!("Số: {ROOM}/BC-STC")));
    assert!(all.contains(&format!("Bắc Giang, ngày {ROOM} tháng 6 năm 2025")));
    let annexed =
        format!("(Kèm theo Báo cáo số {ROOM}/BC-STC ngày {ROOM} tháng 6 năm 2025 của Sở Tài chính)");
    assert!(all.contains(&annexed));
    rows.date = PaperDate::Blank { month: 2, year: 2025 };
    rows.symbol = String::new();
    let all = texts(&rows);
    assert!(all.contains(&format!("Bắc Giang, ngày {ROOM} tháng 02 năm 2025")));
    assert!(all.contains(&format!("Số: {ROOM}")));
}

/// Number as stamped, and as it stands in the document.
#[test]
fn numbers_under_ten_take_a_zero() {
    for (typed, printed) in
        [("5", "Số: 05/BC-STC"), ("15", "Số: 15/BC-STC"), ("05", "Số: 05/BC-STC"), ("5a", "Số: 5a/BC-STC")]
    {
        let rows = Rows { number: typed.to_owned(), ..sample::report() };
        assert!(texts(&rows).contains(&printed.to_owned()), "{typed}");
    }
}

#[test]
fn what_nobody_has_signed_says_so_under_its_number() {
    assert!(!texts(&sample::report()).contains(&"DỰ THẢO".to_owned()));
    let draft = Rows { draft: true, ..sample::report() };
    let all = texts(&draft);
    let at = all.iter().position(|text| text == "DỰ THẢO").expect("the word");
    assert_eq!(all[at - 1], "Số: 05/BC-STC");
    let word = read::paragraph(&write(&draft).expect("a document"), "DỰ THẢO");
    assert_eq!((word.bold, word.size, word.align.as_str()), (true, 26, "center"));
}

/// Of what was typed in anew the mark of a draft says nothing.
#[test]
fn a_mark_stands_in_the_place_of_the_drafts() {
    let draft = Rows { draft: true, ..sample::report() };
    let bytes = write_marked(&draft, "BẢN NHẬP LẠI").expect("a document");
    let all: Vec<String> = read::paragraphs(&bytes).into_iter().map(|p| p.text).collect();
    let at = all.iter().position(|text| text == "BẢN NHẬP LẠI").expect("the mark");
    assert_eq!(all[at - 1], "Số: 05/BC-STC");
    assert!(!all.contains(&"DỰ THẢO".to_owned()));
    assert_eq!(write_marked(&draft, "").expect("one"), write(&draft).expect("two"));
}

#[test]
fn what_stands_before_the_last_sentence_is_a_paragraph_of_its_own() {
    let closing = "Báo cáo này thay thế Báo cáo số 04/BC-STC.\nTrên đây là báo cáo".to_owned();
    let all = texts(&Rows { closing, ..sample::report() });
    let at = all.iter().position(|text| text == "Trên đây là báo cáo./.").expect("the last one");
    assert_eq!(all[at - 1], "Báo cáo này thay thế Báo cáo số 04/BC-STC.");
}

#[test]
fn several_addressees_stand_one_under_the_other() {
    let mut rows = sample::report();
    rows.addressees = vec!["Bộ Công an".into(), "Ủy ban nhân dân tỉnh".into()];
    let all = texts(&rows);
    let at = all.iter().position(|text| text == "Kính gửi:").expect("Kính gửi");
    assert_eq!(all[at + 1..at + 3], ["- Bộ Công an;", "- Ủy ban nhân dân tỉnh."]);
    rows.addressees.clear();
    assert!(!texts(&rows).iter().any(|text| text.starts_with("Kính gửi")));
}

/// Issuer, and the lines it stands on.
#[test]
fn long_names_break_into_lines_of_like_length() {
    for (issuer, lines) in [
        ("Sở Tài chính", &["SỞ TÀI CHÍNH"][..]),
        ("Sở Khoa học và Công nghệ", &["SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"]),
        ("Ủy ban nhân dân\nhuyện Hiệp Hòa", &["ỦY BAN NHÂN DÂN", "HUYỆN HIỆP HÒA"]),
        (
            "Đài Phát thanh và Truyền hình tỉnh Bà Rịa - Vũng Tàu",
            &["ĐÀI PHÁT THANH", "VÀ TRUYỀN HÌNH", "TỈNH BÀ RỊA - VŨNG TÀU"],
        ),
    ] {
        let rows = Rows { issuer: issuer.to_owned(), superior: String::new(), ..sample::report() };
        let bytes = write(&rows).expect("a document");
        let found: Vec<String> = read::paragraphs(&bytes)
            .into_iter()
            .filter(|p| p.style == "CoQuanBanHanh")
            .map(|p| p.text)
            .collect();
        assert_eq!(found, lines, "{issuer}");
        assert!(found.iter().all(|line| line.chars().count() <= 23));
    }
}

/// The body above the issuer, and the lines it stands on.
#[test]
fn a_committee_is_written_out_where_it_stands_alone() {
    for (superior, lines) in [
        ("UBND tỉnh Bắc Giang", &["UBND TỈNH BẮC GIANG"][..]),
        ("UBND tỉnh Bà Rịa - Vũng Tàu", &["ỦY BAN NHÂN DÂN", "TỈNH BÀ RỊA - VŨNG TÀU"]),
        ("UBND Thành phố Hồ Chí Minh", &["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"]),
    ] {
        let rows = Rows { superior: superior.to_owned(), ..sample::report() };
        let all = read::paragraphs(&write(&rows).expect("a document"));
        let found: Vec<String> =
            all.into_iter().filter(|p| p.style == "CoQuanChuQuan").map(|p| p.text).collect();
        assert_eq!(found, lines, "{superior}");
    }
}

#[test]
fn the_signature_stays_on_the_page_of_the_last_sentence() {
    let bytes = write(&sample::report()).expect("a document");
    assert!(read::paragraph(&bytes, "Trên đây là báo cáo của Sở Tài chính./.").keep_next);
    let parts = read::parts(&bytes);
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let rows: Vec<_> = document.descendants().filter(|n| n.has_tag_name((W, "tr"))).collect();
    let uncut = |row: &roxmltree::Node<'_, '_>| row.descendants().any(|n| n.has_tag_name((W, "cantSplit")));
    assert!(rows.iter().all(uncut), "no row is cut by a page");
    // Room for seal and signature between the capacity and the name.
    let all = texts(&sample::report());
    let name = all.iter().position(|text| text == "Nguyễn Văn An").expect("the name");
    let blank = all[..name].iter().rev().take_while(|text| text.is_empty()).count();
    assert!((4..=5).contains(&blank), "{blank} empty lines");
    assert_eq!(all[name - blank - 1], "PHÓ GIÁM ĐỐC");
}

#[test]
fn headings_hold_on_to_their_text_and_are_an_outline() {
    let bytes = write(&sample::report()).expect("a document");
    for heading in ["I. CÔNG TÁC CHỈ ĐẠO", "1. Trên không gian mạng"] {
        assert!(read::paragraph(&bytes, heading).keep_next, "{heading}");
    }
    let styles = &read::parts(&bytes)["word/styles.xml"];
    assert_eq!(styles.matches("w:outlineLvl").count(), 4);
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    assert_eq!(write(&sample::report()).expect("one"), write(&sample::report()).expect("two"));
    let core = &read::parts(&write(&sample::report()).expect("one"))["docProps/core.xml"];
    assert!(!core.contains("created") && !core.contains("modified"), "no time is written");
}

/// Headings over several lines: places and numbers stay whole, words of two syllables too.
#[test]
fn no_name_is_parted_in_a_heading() {
    let rows = Rows {
        subject: "Kết quả công tác tái hòa nhập cộng đồng trên địa bàn thị xã Việt Yên\n6 tháng đầu năm 2025"
            .into(),
        issuer_name: "Ủy ban nhân dân thị xã Việt Yên".into(),
        ..sample::report()
    };
    let mut rows = rows;
    rows.annexes[0].title =
        "Số liệu kết quả công tác tái hòa nhập cộng đồng của Sở Thông tin và Truyền thông tỉnh Bắc Giang"
            .into();
    let all = texts(&rows);
    let broken = |begin: &str| -> Vec<String> {
        let found = all.iter().find(|text| text.starts_with(begin)).expect("a heading");
        found.lines().map(|line| line.replace('\u{a0}', "_")).collect()
    };
    let subject = broken("Kết quả");
    assert_eq!(subject.last().map(String::as_str), Some("6_tháng đầu năm_2025"));
    assert!(subject.iter().any(|line| line.ends_with("thị_xã_Việt_Yên")), "{subject:?}");
    let title = broken("SỐ LIỆU");
    assert!(title.len() > 1 && title.iter().all(|line| line.chars().count() <= 50), "{title:?}");
    assert!(title.iter().any(|line| line.contains("TỈNH_BẮC_GIANG")), "{title:?}");
    for pair in ["THÔNG TIN", "TRUYỀN THÔNG", "HÒA NHẬP", "CỘNG ĐỒNG"] {
        assert!(title.iter().any(|line| line.contains(pair)), "{pair}: {title:?}");
    }
    let annexed = broken("(Kèm theo");
    assert_eq!(annexed.last().map(String::as_str), Some("của Ủy ban nhân dân thị_xã_Việt_Yên)"));
}

#[test]
fn addressees_keep_off_the_bases() {
    let mut rows = sample::report();
    rows.addressees = vec!["Bộ Công an".into(), "Ủy ban nhân dân tỉnh".into()];
    let bytes = write(&rows).expect("a document");
    let all = read::paragraphs(&bytes);
    let at = all.iter().position(|p| p.text == "- Ủy ban nhân dân tỉnh.").expect("the last one");
    assert!(all[at].after + all[at + 1].before >= 120, "6 pt at least");
}

/// A plan is addressed to nobody: its bases begin under the rule.
#[test]
fn the_rule_keeps_off_the_bases_where_nobody_is_addressed() {
    let rows = Rows { kind: "Kế hoạch".into(), addressees: vec![], ..sample::report() };
    let all = read::paragraphs(&write(&rows).expect("a document"));
    let at = all.iter().position(|p| p.text.starts_with("Căn cứ Luật")).expect("a basis");
    assert!(all[at - 1].ruled, "the rule stands before it");
    assert_eq!(all[at - 1].after + all[at].before, 120, "6 pt");
    // With addressees these keep off by themselves, as before.
    let all = read::paragraphs(&write(&sample::report()).expect("a document"));
    let at = all.iter().position(|p| p.text.starts_with("Kính gửi")).expect("an addressee");
    assert_eq!((all[at - 1].after, all[at].before), (0, 120));
}
