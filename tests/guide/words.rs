//! What the guide prints in bold is a button, a link or a title, word for word.

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

fn bold(text: &str) -> Vec<String> {
    folded(text).split("**").skip(1).step_by(2).map(str::to_owned).collect()
}

fn unknown(text: &str, shown: &str) -> Vec<String> {
    bold(text).into_iter().filter(|words| !shown.contains(words.as_str())).collect()
}

#[test]
fn every_word_in_bold_stands_in_the_program() {
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
    assert_eq!(unknown("Bấm **Kiểm tra\n   và trình ký**.", &shown), Vec::<String>::new());
}
