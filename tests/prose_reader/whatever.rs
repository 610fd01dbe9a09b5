//! What holds for any text: it is read without a panic, every line has one role, no text is lost, nothing is named that does not
//! stand in the text.

use proptest::prelude::*;
use tonghop::plan_reader::Role;
use tonghop::prose_reader::{Form, read};

use super::{REPORT, form};

const PIECES: [&str; 30] = [
    "BÁO CÁO\n",
    "I. Kết quả\n",
    "2. Công tác chỉ đạo\n",
    "- ",
    "+ ",
    "a) ",
    "gần ",
    "hơn ",
    "100 ",
    "3.200 ",
    "2 tỷ 350 triệu đồng",
    "12,5% ",
    "tăng ",
    "so với cùng kỳ ",
    "lượt tin, bài ",
    "buổi ",
    "hai mươi lăm ",
    "“",
    "”",
    "\"",
    "như: ",
    "; ",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "(năm) ",
    "https://bao.vn/a ",
    "Trên đây là báo cáo ",
    "e\u{0301}",
];

fn texts() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![5 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => ".{0,12}"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    // Lines end in one way where documents come in.
    let text = &text.replace('\r', "\n");
    let form = form();
    let prose = read(text, &form);
    let count = text.split('\n').count();
    prop_assert_eq!(prose.roles.chars().count(), count);
    let lines: Vec<&str> = text.split('\n').collect();
    for figure in &prose.figures {
        prop_assert!(figure.piece < prose.pieces.len());
        prop_assert!(figure.sentence.get(figure.from..figure.to).is_some(), "{:?}", figure);
        prop_assert!(figure.lines.iter().all(|line| (1..=count).contains(line)));
        prop_assert!(prose.pieces[figure.piece].body.contains(&figure.sentence), "{:?}", figure);
        let known = |code: &String| form.figures.iter().any(|asked| &asked.code == code);
        prop_assert!(figure.candidates.iter().all(known) && figure.proposed.iter().all(known));
        prop_assert!(figure.kind.is_value() || figure.proposed.is_none());
    }
    for named in &prose.named {
        prop_assert!(named.times > 0 && named.lines.iter().all(|line| (1..=count).contains(line)));
        prop_assert!(prose.pieces.iter().any(|piece| piece.body.contains(&named.text)), "{:?}", named);
    }
    for piece in &prose.pieces {
        prop_assert!(piece.lines.iter().all(|line| (1..=count).contains(line)));
    }
    // A line that was read and is no part of the head, the end or the formula stands in a piece.
    let reading = tonghop::plan_reader::read(text);
    let clauses: Vec<usize> =
        reading.clauses.iter().flat_map(|clause| clause.lines.iter().copied()).collect();
    for line in clauses.iter().filter(|line| prose.role(**line) != Role::Boilerplate) {
        let blank = lines.get(line - 1).is_none_or(|text| text.trim().chars().all(|c| !c.is_alphanumeric()));
        let held = prose.pieces.iter().any(|piece| piece.lines.contains(line));
        prop_assert!(blank || held, "line {} of {:?}: {:#?}", line, text, prose.pieces);
    }
    // One figure of the form is proposed once.
    let mut codes: Vec<&String> =
        prose.figures.iter().filter_map(|figure| figure.proposed.as_ref()).collect();
    codes.sort_unstable();
    let before = codes.len();
    codes.dedup();
    prop_assert_eq!(before, codes.len());
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_whole(text in texts()) {
        holds(&text)?;
    }

    #[test]
    fn a_report_with_lines_taken_out_is_read_whole(keep in proptest::collection::vec(proptest::bool::weighted(0.8), 60)) {
        let text: Vec<&str> = REPORT.lines().zip(keep).filter(|(_, keep)| *keep).map(|(line, _)| line).collect();
        holds(&text.join("\n"))?;
    }
}

#[test]
fn without_a_form_everything_is_still_there() {
    let prose = read(REPORT, &Form::default());
    assert!(prose.pieces.iter().all(|piece| piece.section.is_none()));
    assert_eq!(prose.figures.len(), 13);
    assert_eq!(prose.unread(), 0);
}
