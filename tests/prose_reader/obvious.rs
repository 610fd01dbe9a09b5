//! Figures whose indicator is plain to a person: posts on a page of a social network, messages; and numbers that are none: what others
//! are asked for, digits of an address.

use tonghop::prose_reader::{FigureKind, FormFigure, Prose, read};

use super::form;

/// The report's own text under a heading, by a form that asks for messages, too.
fn under(heading: &str, text: &str) -> Prose {
    let mut form = form();
    form.figures.extend(
        [
            ("B06", "Clip, video, phóng sự đăng trên mạng", "video"),
            ("B14", "Tin nhắn SMS/ứng dụng cảnh báo thủ đoạn đã gửi", "tin nhắn"),
        ]
        .map(|(code, name, measure)| FormFigure {
            code: code.to_owned(),
            name: name.to_owned(),
            measure: measure.to_owned(),
            money: false,
            yes_no: false,
        }),
    );
    read(&format!("BÁO CÁO\nKết quả 6 tháng đầu năm 2025\n\n1. {heading}\n\n{text}\n"), &form)
}

fn proposed(text: &str) -> Vec<(String, Option<String>)> {
    let prose = under("Kết quả tuyên truyền", text);
    prose.figures.into_iter().map(|figure| (figure.typed, figure.proposed)).collect()
}

#[test]
fn posts_and_messages_find_their_indicator() {
    let table: [(&str, &str, &str); 8] = [
        ("Fanpage của Sở đăng 120 lượt bài.", "120", "B05"),
        ("Fanpage của Sở đăng 120 tin, bài.", "120", "B05"),
        ("Trang Facebook của huyện chia sẻ 35 bài viết.", "35", "B05"),
        ("Cổng thông tin điện tử của Sở đăng tải 45 tin, bài.", "45", "B04"),
        ("Hệ thống truyền thanh cơ sở phát 300 lượt tin, bài.", "300", "C05"),
        ("Viễn thông tỉnh nhắn 15 nghìn tin SMS.", "15 nghìn", "B14"),
        ("Đã gửi 15 nghìn tin nhắn đến thuê bao.", "15 nghìn", "B14"),
        ("Gửi 15.000 tin nhắn SMS cảnh báo thủ đoạn.", "15.000", "B14"),
    ];
    for (text, typed, code) in table {
        assert_eq!(proposed(text), [(typed.to_owned(), Some(code.to_owned()))], "{text}");
    }
    let both = "Trong quý II, Cổng thông tin điện tử đăng tải 45 tin, bài; Fanpage của Sở đăng 120 lượt bài, thu hút hơn 3.200 lượt tiếp cận.";
    let codes: Vec<Option<String>> = proposed(both).into_iter().map(|(_, code)| code).take(2).collect();
    assert_eq!(codes, [Some("B04".to_owned()), Some("B05".to_owned())]);
}

#[test]
fn a_label_ends_with_its_phrase() {
    let words = |text: &str| under("Kết quả", text).figures[0].words();
    assert_eq!(words("Gửi 15.000 tin nhắn SMS cảnh báo thủ đoạn."), "15.000 tin nhắn SMS cảnh báo thủ đoạn");
    assert_eq!(words("Phát 2.000 tờ rơi tại chợ."), "2.000 tờ rơi");
}

/// Requests and proposals count nothing that was done.
#[test]
fn what_others_are_asked_for_is_no_result() {
    for heading in ["Đề xuất, kiến nghị", "Kiến nghị", "Những đề nghị với cấp trên"]
    {
        let found = under(heading, "Đề nghị Công an tỉnh tập huấn 01 lớp.").figures;
        let kinds: Vec<FigureKind> = found.iter().map(|figure| figure.kind).collect();
        assert_eq!(kinds, [FigureKind::Goal], "{heading}");
        assert!(found[0].proposed.is_none());
    }
    assert_eq!(under("Kết quả", "Tập huấn được 01 lớp.").figures[0].kind, FigureKind::Counted);
}

#[test]
fn digits_of_an_address_are_not_listed() {
    let prose = under(
        "Kết quả",
        "Đăng 03 bài: \"Người lầm lỗi làm lại cuộc đời\" \
         (https://www.facebook.com/story.php?story_fbid=123456&id=999&mibextid=abc); www.example.vn/2025/12/34.html.",
    );
    let named: Vec<&str> = prose.named.iter().map(|named| named.text.as_str()).collect();
    assert_eq!(named, Vec::<&str>::new());
    assert_eq!(prose.figures.len(), 1);
}
