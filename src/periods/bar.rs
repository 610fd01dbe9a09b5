//! The bar of a period: received, waiting, asked to amend, not sent, as parts of those who owe.
//! Pure integers in hundredths of a percent; the words always stand beside it.

use super::tally::Count;

/// One coloured part, in the bar's own units: the whole bar is 10,000 wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The class of docs/pages.md: `a` received, `b` sent, `c` due, `d` late.
    pub class: &'static str,
    pub x: u64,
    pub width: u64,
}

/// What each class of a part says, in the order of the bar.
pub const LEGEND: [(&str, &str); 4] = [
    ("a", "đã tiếp nhận, không phát sinh"),
    ("b", "chờ tiếp nhận"),
    ("d", "đề nghị chỉnh lý, quá hạn"),
    ("c", "chưa gửi"),
];

impl Part {
    /// What the colour says, for the legend.
    pub fn meaning(&self) -> &'static str {
        LEGEND.iter().find(|(class, _)| *class == self.class).map_or("", |(_, words)| words)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    pub parts: Vec<Part>,
    pub words: String,
}

impl Bar {
    pub const WHOLE: u64 = 10_000;

    /// The bar of one group of bodies; empty when nobody owes.
    pub fn of(count: &Count) -> Bar {
        let not_late = count.not_sent - count.overdue;
        let shares = [
            ("a", count.received + count.nil),
            ("b", count.waiting),
            ("d", count.amend + count.overdue),
            ("c", not_late),
        ];
        let whole = u64::from(count.owed.max(1));
        let (mut parts, mut so_far) = (Vec::new(), 0u64);
        for (class, n) in shares.into_iter().filter(|(_, n)| *n > 0) {
            let x = so_far * Bar::WHOLE / whole;
            so_far += u64::from(n);
            parts.push(Part { class, x, width: so_far * Bar::WHOLE / whole - x });
        }
        Bar { parts, words: breakdown(count) }
    }
}

/// "9 đã tiếp nhận · 3 chờ tiếp nhận · 6 chưa gửi": what is not 0, summing up to those who owe.
pub fn breakdown(count: &Count) -> String {
    let overdue = match count.overdue {
        0 => String::new(),
        n => format!(" ({n} quá hạn)"),
    };
    let parts = [
        (count.received, "đã tiếp nhận", ""),
        (count.nil, "không phát sinh", ""),
        (count.waiting, "chờ tiếp nhận", ""),
        (count.amend, "đề nghị chỉnh lý", ""),
        (count.not_sent, "chưa gửi", overdue.as_str()),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, words, more)| format!("{n} {words}{more}"))
        .collect();
    words.join(" · ")
}
