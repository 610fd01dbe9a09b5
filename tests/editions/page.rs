//! A page read back: the table of totals, row by row.

use std::collections::BTreeMap;

/// The cells of one indicator as the page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub before: String,
    pub now: String,
    pub share: String,
}

/// The totals of a page by code.
pub fn totals(html: &str) -> BTreeMap<String, Shown> {
    html.split("<tr data-code=\"")
        .skip(1)
        .map(|row| {
            let code = row.split('"').next().unwrap().to_owned();
            let row = row.split("</tr>").next().unwrap();
            let cell = |label: &str| {
                let start = row.find(&format!("data-label=\"{label}\"")).unwrap();
                let inner = &row[start..];
                let inner = &inner[inner.find('>').unwrap() + 1..];
                text(&inner[..inner.find("</td>").unwrap()])
            };
            (code, Shown { before: cell("Cùng kỳ"), now: cell("Kỳ này"), share: cell("Số đơn vị") })
        })
        .collect()
}

/// What a person reads: tags out, entities back.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").trim().to_owned()
}
