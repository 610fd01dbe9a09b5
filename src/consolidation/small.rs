//! Small counts of a classified group: what a leader, to whom single units are open, still does not see, because it may
//! point at a person (product rule 11). Pure; it stands between the contributions of units and a leader's page.

/// A count below this one, and above zero, is small.
pub const SMALL: i64 = 5;

/// What a reader is not shown of some counts and their total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// By place of the count.
    pub rows: Vec<bool>,
    /// The total would tell them, with whatever is left to hide.
    pub total: bool,
}

/// Which of some counts are withheld, each scaled by `decimals`, from a reader who knows this rule and the total. Where one
/// is small, every count below [`SMALL`], zeros too; and the next larger ones as long as the total and what is shown would
/// leave a small one fewer than three values it could have.
pub fn withheld(counts: &[Option<i64>], decimals: u8) -> Withheld {
    let scale = 10_i128.pow(u32::from(decimals.min(18)));
    let limit = i128::from(SMALL) * scale;
    let sizes: Vec<Option<i128>> = counts.iter().map(|count| count.map(|n| i128::from(n).abs())).collect();
    let mut rows = vec![false; sizes.len()];
    if !sizes.iter().flatten().any(|size| (1..limit).contains(size)) {
        return Withheld { rows, total: false };
    }
    for (hidden, size) in rows.iter_mut().zip(&sizes) {
        *hidden = size.is_some_and(|size| size < limit);
    }
    loop {
        let shown = sizes.iter().zip(&rows).filter(|(_, hidden)| !**hidden).filter_map(|(size, _)| *size);
        let next = shown.min();
        if is_safe(&sizes, &rows, next, limit) {
            return Withheld { rows, total: false };
        }
        let Some(next) = next else { return Withheld { rows, total: true } };
        for (hidden, size) in rows.iter_mut().zip(&sizes) {
            *hidden |= *size == Some(next);
        }
    }
}

/// Which of some counts are withheld where no total holds them: where one is small, every one below [`SMALL`], zeros too.
pub fn below(counts: &[Option<i64>], decimals: u8) -> Vec<bool> {
    let limit = i128::from(SMALL) * 10_i128.pow(u32::from(decimals.min(18)));
    let sizes = || counts.iter().map(|count| count.map(|n| i128::from(n).abs()));
    let any = sizes().flatten().any(|size| (1..limit).contains(&size));
    sizes().map(|size| any && size.is_some_and(|size| size < limit)).collect()
}

/// Whether the sum of what is hidden leaves every small count among it enough room: `next` is the smallest count shown.
fn is_safe(sizes: &[Option<i128>], rows: &[bool], next: Option<i128>, limit: i128) -> bool {
    let hidden = || sizes.iter().zip(rows).filter(|(_, hidden)| **hidden).filter_map(|(size, _)| *size);
    let sum: i128 = hidden().sum();
    let small = i128::try_from(hidden().filter(|size| *size < limit).count()).unwrap_or_default();
    let large = i128::try_from(hidden().count()).unwrap_or_default() - small;
    let most_of_large = match next {
        Some(next) => large * (next - 1),
        None if large > 0 => sum,
        None => 0,
    };
    let low = (sum - most_of_large - (small - 1) * (limit - 1)).max(0);
    let high = (sum - large * limit).min(limit - 1);
    small + large > 1 && (low == 0 || high - low >= 2)
}
