//! What the guide prints in bold is a button, a link or a title, and what it quotes is what the program says, word for word.

use super::{files, folded, guide};

/// Everything the program can show: templates, modules of the browser, and the sources without their comments.
fn shown() -> String {
    let mut all = String::new();
    for (_, text) in files("templates", "html").into_iter().chain(files("templates", "js")) {
        all.push_str(&folded(&text));
        all.push('\n');
    }
    for (_, text) in files("src", "rs") {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            all.push_str(line);
            all.push('\n');
        }
    }
    all
}

/// Words in bold, and sentences in “quotes”, whose “…” stands for what changes.
fn claimed(text: &str) -> Vec<String> {
    let text = folded(text);
    let bold = text.split("**").skip(1).step_by(2);
    let quoted = text.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    let pieces = quoted.flat_map(|words| words.split('…')).map(str::trim).filter(|piece| !piece.is_empty());
    bold.chain(pieces).map(str::to_owned).collect()
}

fn unknown(text: &str, shown: &str) -> Vec<String> {
    claimed(text).into_iter().filter(|words| !shown.contains(words.as_str())).collect()
}

#[test]
fn what_the_guide_claims_stands_in_the_program() {
    let shown = shown();
    let mut faults = Vec::new();
    for (file, text) in guide() {
        assert_eq!(text.matches("**").count() % 2, 0, "{file}: bold is not closed");
        faults.extend(unknown(&text, &shown).into_iter().map(|words| format!("{file}: {words}")));
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_checker_fails_on_a_button_nobody_has() {
    let shown = shown();
    assert_eq!(unknown("Bấm **Nộp\nbáo cáo** rồi **Duyệt và gửi**.", &shown), ["Nộp báo cáo"]);
    assert_eq!(
        unknown("Thấy “Đã gửi đề\nnghị gia hạn.” hoặc “Đã nộp … trót lọt”.", &shown),
        ["Đã nộp", "trót lọt"]
    );
    assert_eq!(unknown("Bấm **Kiểm tra\n   và trình ký**.", &shown), Vec::<String>::new());
}
