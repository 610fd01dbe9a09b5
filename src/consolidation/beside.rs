//! What a period is put beside, and whose figures of then stand beside whose of now: the two choices of the comparison,
//! with their codes in addresses and their words on pages.

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

/// Whose figures of then stand beside whose of now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lens {
    /// Bodies that were merged since are one, with the figures of all they were made of.
    #[default]
    Today,
    /// Every body under the name it reported with.
    Reported,
}

impl Lens {
    pub const ALL: [Lens; 2] = [Lens::Today, Lens::Reported];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Lens::Today => "today",
            Lens::Reported => "reported",
        }
    }

    /// The choice of a code.
    pub fn from_code(code: &str) -> Option<Lens> {
        Lens::ALL.into_iter().find(|lens| lens.code() == code)
    }

    /// As pages call it.
    pub fn words(self) -> &'static str {
        match self {
            Lens::Today => "Theo đơn vị hiện nay",
            Lens::Reported => "Như đã báo cáo",
        }
    }
}
