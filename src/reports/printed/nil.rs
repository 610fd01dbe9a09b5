//! The paper of a unit that declares that it has nothing to report: the form of its report with one sentence in it.

use super::super::Content;
use super::words::{Annexed, closing};
use super::{Around, framed};
use crate::documents::Document;
use crate::vietnamese::short_date;

/// Heading, subject and opening as of its report, the declaration, recipients and signature.
pub fn nil(around: &Around<'_>) -> Document {
    let frame = around.frame;
    let days = frame.window.map_or(String::new(), |(from, to)| {
        format!(" (từ ngày {} đến ngày {})", short_date(from), short_date(to))
    });
    let declared = format!(
        "Trong kỳ báo cáo{days}, {} không phát sinh nội dung, số liệu phải báo cáo.",
        frame.issuer_name
    );
    let whole = framed(&Content::default(), around);
    Document {
        opening: format!("{}\n{declared}", frame.opening),
        closing: closing(frame.kind(), &frame.issuer_name, &frame.subject(), Annexed::default()),
        ..whole
    }
}
