//! The words beside a figure (mức độ), both at once: "ước" says that it is an estimate, "gần" or "hơn" how it was
//! rounded, and people write "ước gần 500". Stands between the choice on a form and the two stored columns.

use super::Qualifier;

/// What is said of a figure besides its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Level {
    /// "Ước", "khoảng": part of the period was still to come, or nobody counted.
    pub estimate: bool,
    pub qualifier: Qualifier,
}

impl Level {
    /// Every level, in the order a form offers them.
    pub const ALL: [Level; 6] = [
        Level { estimate: false, qualifier: Qualifier::Exact },
        Level { estimate: true, qualifier: Qualifier::Exact },
        Level { estimate: false, qualifier: Qualifier::Nearly },
        Level { estimate: false, qualifier: Qualifier::Over },
        Level { estimate: true, qualifier: Qualifier::Nearly },
        Level { estimate: true, qualifier: Qualifier::Over },
    ];

    /// Stable text code, for forms and files; storage keeps the two parts apart.
    pub fn code(self) -> &'static str {
        match (self.estimate, self.qualifier) {
            (false, qualifier) => qualifier.code(),
            (true, Qualifier::Exact) => "estimate",
            (true, Qualifier::Nearly) => "estimate_nearly",
            (true, Qualifier::Over) => "estimate_over",
        }
    }

    /// Reads [`Level::code`].
    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The words people choose and read: "chính xác", "ước", "ước gần".
    pub fn label(self) -> &'static str {
        match (self.estimate, self.qualifier) {
            (false, qualifier) => qualifier.label(),
            (true, Qualifier::Exact) => "ước",
            (true, Qualifier::Nearly) => "ước gần",
            (true, Qualifier::Over) => "ước hơn",
        }
    }

    /// The words before a figure; "" for one that is simply counted.
    pub fn before_figure(self) -> &'static str {
        if self == Level::default() { "" } else { self.label() }
    }
}
