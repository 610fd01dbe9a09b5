//! What a workbook says of links that cannot be right, at its cell: a platform that is none, a day that has not come. Pure. The
//! draft's page offers its platforms to choose; a cell takes whatever is typed into it.

use chrono::NaiveDate;

use super::Content;
use crate::evidence::Platform;
use crate::vietnamese::short_date;

/// The platforms a link may stand on, as pages and workbooks offer them.
pub fn platforms() -> Vec<&'static str> {
    Platform::ALL.iter().map(|platform| platform.words()).collect()
}

/// What is wrong with the links of `typed`: field and words. What `before` says of a platform is known already.
pub(super) fn faults(typed: &Content, before: &Content, today: NaiveDate) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for (number, link) in typed.evidence.iter().enumerate() {
        let known = before.evidence.iter().any(|known| known.platform == link.platform);
        if !link.platform.is_empty() && !known && Platform::from_words(&link.platform).is_none() {
            let words = format!(
                "Minh chứng {}: không có nền tảng “{}”. Chọn một trong: {}; để trống thì nhận theo địa chỉ.",
                number + 1,
                link.platform,
                platforms().join("; ")
            );
            faults.push((format!("evidence.{number}.platform"), words));
        }
        if let Some(day) = link.published.date.filter(|day| *day > today) {
            let words = format!(
                "Minh chứng {}: ngày đăng {} sau hôm nay ({}). Kiểm tra lại ngày.",
                number + 1,
                short_date(day),
                short_date(today)
            );
            faults.push((format!("evidence.{number}.date"), words));
        }
    }
    faults
}
