//! Texts of no end: what is kept of them has one, and the beginning reads as it does in a short text.

use tonghop::prose_reader::{Prose, read};

use super::{REPORT, form};
use crate::plan_reader::mangled::wrapped;

fn prose(text: &str) -> Prose {
    read(&format!("BÁO CÁO\nKết quả năm 2025\n\nI. Kết quả\n\n{text}\n"), &form())
}

#[test]
fn a_paragraph_of_numbers_keeps_some_of_them_with_the_words_around() {
    let long = prose(&"1 a ".repeat(25_000));
    assert_eq!(long.figures.len(), 400);
    let kept: usize = long.figures.iter().map(|figure| figure.sentence.len()).sum();
    assert!(kept < 1_000_000, "{kept}");
    for figure in &long.figures {
        assert!(figure.sentence.len() <= 1_000, "{figure:?}");
        assert_eq!(&figure.sentence[figure.from..figure.to], "1");
    }
    // Over many paragraphs as over one.
    let paragraphs: String =
        (0..600).map(|n| format!("Các đơn vị tổ chức 12 buổi tại thôn x{n}.\n\n")).collect();
    let many = prose(&paragraphs);
    assert_eq!(many.figures.len(), 400);
    assert!(many.figures.iter().all(|figure| figure.words() == "12 buổi" && figure.lines.len() == 1));
}

#[test]
fn a_long_sentence_is_kept_around_its_number_in_whole_words() {
    let idle = ["công tác phối hợp được thực hiện thường xuyên"; 20].join(" ");
    let text =
        format!("Các đơn vị {idle} phát 90 lượt tin, bài, {idle} tổ chức 25 buổi tại xã, {idle} theo dõi.");
    let long = prose(&text);
    let found: Vec<String> = long.figures.iter().map(|figure| figure.words()).collect();
    assert_eq!(found, ["90 lượt tin, bài", "25 buổi"]);
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    for (figure, said) in long.figures.iter().zip(["phát 90 lượt tin, bài", "tổ chức 25 buổi tại xã"])
    {
        let kept = figure.sentence.as_str();
        let at = text.find(kept).expect("a part of the text");
        assert!(kept.len() <= 1_000 && kept.contains(said), "{kept}");
        assert!(
            edge(text[..at].chars().next_back()) && edge(text[at + kept.len()..].chars().next()),
            "{kept}"
        );
        assert_eq!(&kept[figure.from..figure.to], figure.typed);
    }
}

#[test]
fn a_list_of_titles_ends() {
    let one = |n: usize| format!("Bài viết về người trở về lần x{n}");
    let lines: String = (0..500).map(|n| format!("- {}: https://bao.vn/{n}\n", one(n))).collect();
    let sentence = (0..500).map(one).collect::<Vec<_>>().join("; ");
    for (text, addressed) in [(lines, true), (format!("Một số tin, bài tiêu biểu: {sentence}."), false)]
    {
        let titles = prose(&text).titles;
        assert_eq!(titles.len(), 200);
        for (n, title) in titles.iter().enumerate() {
            let url = if addressed { format!("https://bao.vn/{n}") } else { String::new() };
            assert_eq!((&title.text, &title.url), (&one(n), &url));
        }
    }
    // Commas that part no titles are counted through once.
    let commas = prose(&format!("Một số tin, bài tiêu biểu: {}.", "a, ".repeat(30_000)));
    assert_eq!(commas.titles.len(), 1);
}

#[test]
fn a_number_stands_in_the_lines_that_have_it() {
    for width in [40, 60, 72] {
        let text = wrapped(REPORT, width);
        let lines: Vec<&str> = text.lines().collect();
        for figure in &read(&text, &form()).figures {
            let first = figure.typed.split(' ').next().expect("digits");
            let stands = |line: &usize| lines[line - 1].contains(first);
            assert!(!figure.lines.is_empty() && figure.lines.iter().all(stands), "{width}: {figure:?}");
        }
    }
}

/// Which lines a paragraph came from is looked up, never searched for among all that follow: a clause of thousands of paragraphs,
/// and a paragraph of thousands of lines are read to the last.
#[test]
fn a_clause_of_thousands_of_lines_keeps_every_line_once() {
    let paragraphs: String =
        (0..3_000).map(|n| format!("Các đơn vị ở thôn x{n} làm tốt việc này.\n\n")).collect();
    let many = prose(&paragraphs);
    let [piece] = &many.pieces[..] else { panic!("{} pieces", many.pieces.len()) };
    // The heading stands in line 4, a paragraph in every second line from 6 on.
    let expected: Vec<usize> = std::iter::once(4).chain((0..3_000).map(|n| 6 + 2 * n)).collect();
    assert_eq!(piece.lines, expected);
    let lines: String = (0..3_000).map(|n| format!("thôn x{n}, xã mới,\n")).collect();
    let one = prose(&format!("Các đơn vị ở\n{lines}làm tốt."));
    let held: Vec<usize> = one.pieces.iter().flat_map(|piece| piece.lines.iter().copied()).collect();
    assert_eq!(held, std::iter::once(4).chain(6..3_008).collect::<Vec<_>>());
}
