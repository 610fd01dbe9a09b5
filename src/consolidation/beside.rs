//! What a period is put beside: the choice of the comparison, with its codes in addresses and its words on pages. Whose
//! figures of then stand beside whose of now is `units::lens`.

/// What a period is put beside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// So với cùng kỳ năm trước.
    #[default]
    SamePeriod,
    /// So với kỳ trước.
    Previous,
    /// Lũy kế từ đầu năm so với lũy kế cùng kỳ.
    YearToDate,
}

impl Beside {
    pub const ALL: [Beside; 3] = [Beside::SamePeriod, Beside::Previous, Beside::YearToDate];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Beside::SamePeriod => "same",
            Beside::Previous => "previous",
            Beside::YearToDate => "year",
        }
    }

    /// The choice of a code.
    pub fn from_code(code: &str) -> Option<Beside> {
        Beside::ALL.into_iter().find(|beside| beside.code() == code)
    }

    /// As pages call it.
    pub fn words(self) -> &'static str {
        match self {
            Beside::SamePeriod => "Cùng kỳ năm trước",
            Beside::Previous => "Kỳ trước",
            Beside::YearToDate => "Lũy kế từ đầu năm",
        }
    }
}
