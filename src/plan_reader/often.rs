//! Reports more often than any cycle a regime holds.

use super::reading::Recurs;
use super::words::Words;

/// "Báo cáo tuần", "hằng tuần", "báo cáo hằng ngày".
pub(super) fn often(words: &Words<'_>) -> Option<Recurs> {
    if words.has_any(&["bao cao tuần", "hang tuan", "hằng tuần", "mỗi tuần", "định kỳ tuần"])
    {
        return Some(Recurs::Week);
    }
    let daily = words.has_any(&["bao cao hang ngay", "bao cao hằng ngày", "bao cao mỗi ngày"])
        || words.any(0, &["hang ngay", "hằng ngày", "mỗi ngày"]).is_some() && words.has("bao cao");
    daily.then_some(Recurs::Day)
}
