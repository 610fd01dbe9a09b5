//! Whether a heading speaks of what is to come, or of what others are asked for: figures under it are aims, and periods ahead are
//! its own.

use crate::vietnamese::search_key;

pub(super) fn looks_ahead(heading: &str) -> bool {
    let key = format!(" {} ", search_key(heading));
    let has = |words: &str| key.contains(&format!(" {words} "));
    [
        "phuong huong",
        "ki toi",
        "thoi gian toi",
        "tiep theo",
        "trong tam",
        "du kien",
        "giai phap",
        "ke hoach nam",
    ]
    .iter()
    .any(|words| has(words))
        || ["kien nghi", "de xuat", "de nghi"].iter().any(|words| has(words)) && !has("ket qua")
        || has("nhiem vu") && !has("ket qua") && !has("thuc hien nhiem vu")
}
