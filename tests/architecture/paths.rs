//! Reads which paths of the crate, and which outside crates, a file names. Comments and strings do not count.

/// The paths after `crate::`, `$crate::` and (in `use`) `super::`, as "room::rest", use-trees spread out.
/// `file` is the path from the root, such as `src/units/pages.rs`; it says what `super` is.
pub fn inner(file: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|c| !(c.is_alphanumeric() || c == '_')) {
            spread("", &code[at + "crate::".len()..], &mut found);
        }
    }
    let module = module_of(file);
    for (at, _) in code.match_indices("super::") {
        let mut rest = &code[at..];
        // The second of `super::super::` is part of the first.
        if code[..at].ends_with("::") {
            continue;
        }
        let mut parent = module.clone();
        while let Some(next) = rest.strip_prefix("super::") {
            parent.pop();
            rest = next;
        }
        let mut below = Vec::new();
        spread("", rest, &mut below);
        for path in below {
            let full: Vec<&str> = parent.iter().map(String::as_str).chain([path.as_str()]).collect();
            found.push(full.join("::"));
        }
    }
    found
}

/// Whether the file names an outside crate, by `name::`.
pub fn names(text: &str, outside: &str) -> bool {
    let code = code_of(text);
    code.match_indices(&format!("{outside}::")).any(|(at, _)| {
        code[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
    })
}

/// The module a file is, as path segments: `src/units/queries/register.rs` is units, queries, register.
fn module_of(file: &str) -> Vec<String> {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// Spreads `a::{b, c::d}` into `a::b` and `a::c::d`; stops at the end of the path.
fn spread(prefix: &str, text: &str, found: &mut Vec<String>) -> usize {
    let mut name = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' => {
                let prefix = format!("{prefix}{name}");
                let mut next = at + 1;
                loop {
                    next += spread(&prefix, &text[next..], found);
                    let rest = text[next..].trim_start();
                    next = text.len() - rest.len();
                    if rest.starts_with(',') {
                        next += 1;
                    } else {
                        return next + 1;
                    }
                    if next >= text.len() {
                        return next;
                    }
                }
            }
            c if c.is_alphanumeric() || c == '_' || c == '*' => name.push(c),
            ':' if chars.peek().is_some_and(|(_, c)| *c == ':') => {
                chars.next();
                // `path::<Type>` ends the path.
                if chars.peek().is_some_and(|(_, c)| *c == '<') {
                    found.push(format!("{prefix}{name}"));
                    return at;
                }
                name.push_str("::");
            }
            c if c.is_whitespace() && name.is_empty() => {}
            _ => {
                if !name.is_empty() {
                    found.push(format!("{prefix}{name}"));
                }
                return at;
            }
        }
    }
    if !name.is_empty() {
        found.push(format!("{prefix}{name}"));
    }
    text.len()
}

/// The text without line comments and without what stands in double quotes.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let mut quoted = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if quoted => {
                    chars.next();
                }
                '"' => quoted = !quoted,
                '/' if !quoted && chars.peek() == Some(&'/') => break,
                _ if !quoted => code.push(c),
                _ => {}
            }
        }
        code.push('\n');
    }
    code
}

#[test]
fn use_trees_are_spread_out() {
    let text = "use crate::{on_each, units::{self, queries::{on_day, of_province}}, vietnamese};\n\
                // use crate::comment;\n\
                let x = crate::web::Page::new(\"crate::text\"); $crate::db::Conn; mycrate::no; crate::a::f::<T>()";
    let expected = [
        "on_each",
        "units::self",
        "units::queries::on_day",
        "units::queries::of_province",
        "vietnamese",
        "web::Page::new",
        "db::Conn",
        "a::f",
    ];
    assert_eq!(inner("src/x.rs", text), expected);
}

#[test]
fn super_is_the_room_the_file_stands_in() {
    let of = |file: &str, text: &str| inner(file, text);
    assert_eq!(of("src/units/submit.rs", "use super::pages::list;"), ["units::pages::list"]);
    assert_eq!(of("src/units/queries/held.rs", "use super::super::Part;"), ["units::Part"]);
    assert_eq!(of("src/units/mod.rs", "use super::web::Page;"), ["web::Page"]);
}

#[test]
fn outside_crates_are_seen_by_name() {
    assert!(names("use actix_web::web;", "actix_web"));
    assert!(names("fn f() -> actix_web::HttpResponse", "actix_web"));
    assert!(!names("// actix_web::web\nuse my_actix_web::x; use crate::actix_web::y;", "actix_web"));
}
