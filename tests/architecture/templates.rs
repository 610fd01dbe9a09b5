//! Templates under the content security policy: nothing inline, or the browser drops it without a word.

use super::read_all;

fn faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in tags(text) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_lowercase();
        for attribute in attributes(tag) {
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!("{file}: {attribute}= in <{name}>"));
            }
        }
        if name == "style" {
            faults.push(format!("{file}: <style>"));
        }
        if name == "script" && !attributes(tag).iter().any(|attribute| attribute == "src") {
            faults.push(format!("{file}: <script> with a body"));
        }
    }
    for (at, _) in text.match_indices("<script") {
        let body = text[at..].split_once('>').and_then(|(_, rest)| rest.split_once("</script>"));
        if body.is_some_and(|(body, _)| !body.trim().is_empty()) {
            faults.push(format!("{file}: <script> with a body"));
        }
    }
    faults
}

/// What stands between `<` and `>` of every opening tag, template marks taken out first.
fn tags(text: &str) -> Vec<&str> {
    text.split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(end)
        .collect()
}

/// Up to the `>` that is neither quoted nor inside `{% … %}` or `{{ … }}`.
fn end(tag: &str) -> &str {
    let mut quoted = false;
    let mut braces = 0_i32;
    for (at, c) in tag.char_indices() {
        match c {
            '{' => braces += 1,
            '}' => braces -= 1,
            '"' if braces == 0 => quoted = !quoted,
            '>' if !quoted && braces == 0 => return &tag[..at],
            _ => {}
        }
    }
    tag
}

/// Names of attributes that have a value.
fn attributes(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut quoted = false;
    let mut name = String::new();
    for c in tag.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '=' => names.push(std::mem::take(&mut name).to_lowercase()),
            c if c.is_ascii_alphanumeric() || c == '-' => name.push(c),
            _ => name.clear(),
        }
    }
    names
}

#[test]
fn nothing_in_a_template_is_inline() {
    let faults: Vec<String> =
        read_all("templates", "html").iter().flat_map(|(file, text)| faults(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_checker_fails_on_made_up_bad_markup() {
    let bad = [
        r#"<p class="a" style="color:red">"#,
        r#"<button{% if a > b %} disabled{% endif %} onclick="go()">"#,
        r#"<body onload='x()'>"#,
        "<style>p{}</style>",
        "<script>go()</script>",
        r#"<script src="/a.js">go()</script>"#,
    ];
    for text in bad {
        assert!(!faults("t.html", text).is_empty(), "{text} went through");
    }
    let good = [
        r#"<p class="style">on = off</p><a href="/x?on=1">style="…"</a>"#,
        r#"<script type="module" src="/assets/filter.js"></script>"#,
        r#"<input name="on" value="{{ day }}"{% if x %} aria-invalid="true"{% endif %}>"#,
    ];
    for text in good {
        assert_eq!(faults("t.html", text), Vec::<String>::new());
    }
}
