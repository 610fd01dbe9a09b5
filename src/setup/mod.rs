//! The first run: from an empty database to a province with its standing agency, units, catalogue and administrator.
//! Stands between the code on the console and the first sign-in; afterwards its pages are not there.

pub mod answers;
pub mod code;
pub mod finish;
pub mod form;
pub mod pages;
pub mod preview;
pub mod queries;

/// A step of the first run; each is checked and kept by itself, the last page writes all of them at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    Administrator,
    Province,
    Units,
}

impl SetupStep {
    pub const ALL: [SetupStep; 3] = [SetupStep::Administrator, SetupStep::Province, SetupStep::Units];

    /// The code stored in `setup_answers.step`, and the last part of the page's address.
    pub fn code(self) -> &'static str {
        match self {
            SetupStep::Administrator => "administrator",
            SetupStep::Province => "province",
            SetupStep::Units => "units",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            SetupStep::Administrator => "Người quản trị",
            SetupStep::Province => "Tỉnh, thành phố và cơ quan thường trực",
            SetupStep::Units => "Các đơn vị",
        }
    }

    /// The title in the row of steps, short enough for a phone.
    pub fn short_title(self) -> &'static str {
        match self {
            SetupStep::Administrator => "Quản trị",
            SetupStep::Province => "Tỉnh",
            SetupStep::Units => "Đơn vị",
        }
    }

    pub fn path(self) -> String {
        format!("/setup/{}", self.code())
    }
}
