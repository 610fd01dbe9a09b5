//! What the steps ask, as kept between them. Whole only: a step that does not read is not kept.

use serde::{Deserialize, Serialize};

use super::SetupStep;
use crate::error::Error;
use crate::standard::provinces::{self, Naming, Province};

/// The first person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrator {
    pub full_name: String,
    pub title: String,
    pub username: String,
    pub password_hash: String,
    /// Whether this person also collects the reports.
    pub compiles: bool,
}

/// The province and the body that collects for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvinceAnswer {
    /// Official code.
    pub code: String,
    /// A thành phố trực thuộc Trung ương.
    pub city: bool,
    /// Name of the standing agency.
    pub agency: String,
}

impl ProvinceAnswer {
    /// The province meant, and its name as tỉnh or thành phố.
    ///
    /// # Errors
    /// [`Error::Internal`] when the list of provinces has no such code.
    pub fn province(&self) -> Result<(Province, Naming), Error> {
        let province = provinces::find(&self.code)?
            .ok_or_else(|| Error::Internal(format!("there is no province {}", self.code)))?;
        let naming = province.naming(self.city);
        Ok((province, naming))
    }
}

/// The list of units, as it stands in the text box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsAnswer {
    pub text: String,
    /// The person looked at the list and took it.
    pub taken: bool,
}

/// Everything answered so far.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    pub administrator: Option<Administrator>,
    pub province: Option<ProvinceAnswer>,
    pub units: Option<UnitsAnswer>,
}

impl Answers {
    /// The first step still to be answered.
    pub fn missing(&self) -> Option<SetupStep> {
        SetupStep::ALL.into_iter().find(|step| !self.has(*step))
    }

    /// Whether a step is answered.
    pub fn has(&self, step: SetupStep) -> bool {
        match step {
            SetupStep::Administrator => self.administrator.is_some(),
            SetupStep::Province => self.province.is_some(),
            SetupStep::Units => self.units.as_ref().is_some_and(|units| units.taken),
        }
    }
}
