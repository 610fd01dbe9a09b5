//! What a corrected paper takes the place of: the papers of the sendings before it, as they were when it was sent. Pure; stands
//! between the earlier revisions, the day a new paper may have, and the sentence under the bases.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::signed::is_same;
use super::super::{Paper, TypedDay};
use super::frame::Frame;
use crate::vietnamese::{long_date, short_date};

/// The paper of an earlier sending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Replaced {
    number: String,
    symbol: String,
    day: Option<NaiveDate>,
    /// As its body was called on it; "" where that is not kept.
    issuer: String,
}

impl Replaced {
    /// The papers that came before, without those that have no number and each once. `papers` are the newest first, with how
    /// their body was called on them.
    pub fn of(papers: impl Iterator<Item = (Paper, String)>) -> Vec<Replaced> {
        let mut found: Vec<Replaced> = Vec::new();
        for (paper, issuer) in papers.filter(|(paper, _)| !paper.number.is_empty()) {
            if !found.iter().any(|known| is_same(&known.paper(), &paper)) {
                let day = paper.date.date;
                found.push(Replaced { number: paper.number, symbol: paper.symbol, day, issuer });
            }
        }
        found
    }

    /// What is wrong with the order of a paper and those it takes the place of, at a field of the page: it is of an earlier day, or of
    /// the same day with a smaller number. None where a day is not known, and of a paper that was one of them.
    pub fn out_of_order(before: &[Replaced], own: &Paper) -> Option<(&'static str, String)> {
        let day = own.date.date?;
        if before.iter().any(|one| is_same(&one.paper(), own)) {
            return None;
        }
        let newest = before.iter().find(|one| one.day.is_some())?;
        let (paper, of) = (newest.paper(), newest.day?);
        let counted = |paper: &Paper| -> Option<u32> {
            paper.number.split('/').next().unwrap_or_default().trim().parse().ok()
        };
        if day < of {
            let words = format!(
                "Ngày ký {} trước ngày của văn bản được thay thế ({}). Nhập ngày ghi trên văn bản mới.",
                short_date(day),
                paper.words()
            );
            return Some(("doc_date", words));
        }
        let (new, old) = (counted(own)?, counted(&paper)?);
        (day == of && own.symbol == paper.symbol && new < old).then(|| {
            let words = format!(
                "Số {} nhỏ hơn số của văn bản được thay thế cùng ngày ({}). Kiểm tra lại số và ngày của văn bản mới.",
                own.reference(),
                paper.words()
            );
            ("doc_number", words)
        })
    }

    fn paper(&self) -> Paper {
        Paper {
            number: self.number.clone(),
            symbol: self.symbol.clone(),
            date: TypedDay::of(self.day),
            ..Paper::default()
        }
    }
}

/// "Báo cáo này thay thế Báo cáo số 402/BC-SKHCN ngày 16 tháng 6 năm 2025 của Sở Khoa học và Công nghệ."; none where no paper but
/// this one was sent before.
pub(super) fn sentence(frame: &Frame, own: &Paper) -> Option<String> {
    let before = frame.replaces.iter().find(|before| !is_same(&before.paper(), own))?;
    let kind = frame.kind().name();
    let day = before.day.map(|day| format!(" {}", long_date(day))).unwrap_or_default();
    let issuer = if before.issuer.is_empty() { &frame.issuer_name } else { &before.issuer };
    Some(format!("{kind} này thay thế {kind} số {}{day} của {issuer}.", before.paper().reference()))
}
