//! A few words for the device a session was opened on, so that a person can tell their own from another's.
//! Pure; only these words are kept, never the browser's whole description of itself.

const BROWSERS: [(&str, &str); 7] = [
    ("CocCoc", "Cốc Cốc"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
];

/// Telephones first: an Android is a Linux too.
const SYSTEMS: [(&str, &str); 6] = [
    ("iPhone", "điện thoại iPhone"),
    ("iPad", "máy tính bảng iPad"),
    ("Android", "điện thoại Android"),
    ("Windows", "máy tính Windows"),
    ("Mac OS", "máy tính Mac"),
    ("Linux", "máy tính Linux"),
];

/// "Chrome, máy tính Windows" of a User-Agent; "" where it says nothing known.
pub fn words(user_agent: &str) -> String {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, words)| *words)
    };
    let browser = find(&BROWSERS).or_else(|| user_agent.contains("Safari/").then_some("Safari"));
    let parts: Vec<&str> = [browser, find(&SYSTEMS)].into_iter().flatten().collect();
    parts.join(", ")
}
