//! What of the configuration the rooms that write to people need: how the installation is reached, when people are told
//! anything, and the mail server. Stands between `config` and the work of notices.

use chrono::{NaiveTime, Timelike};

use super::smtp::Smtp;
use crate::config::NoticeArgs;

/// From the first hour on, until the second, local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub from: u32,
    pub to: u32,
}

impl Hours {
    /// Whether people may be told something now.
    pub fn contain(self, time: NaiveTime) -> bool {
        (self.from..self.to).contains(&time.hour())
    }

    /// The moment of the day notices come.
    pub fn opens(self) -> NaiveTime {
        NaiveTime::from_hms_opt(self.from, 0, 0).unwrap_or_default()
    }
}

/// The hours of an office, where nobody says others.
const OFFICE: (u32, u32) = (7, 18);

/// Read once at the start; cheap to clone.
#[derive(Debug, Clone)]
pub struct Settings {
    pub hours: Hours,
    /// "https://tonghop.tinh.vn", without a slash at its end; "" where letters are off and nobody said.
    pub base_url: String,
    /// None: no letters are written.
    pub smtp: Option<Smtp>,
}

impl Default for Settings {
    /// No letters, at any hour: for tests.
    fn default() -> Settings {
        Settings { hours: Hours { from: 0, to: 24 }, base_url: String::new(), smtp: None }
    }
}

impl Settings {
    /// From flags and variables.
    ///
    /// # Errors
    /// A sentence that says which setting is wrong or missing.
    pub fn read(args: &NoticeArgs) -> Result<Settings, String> {
        let (from, to) = args.notice_hours.unwrap_or(OFFICE);
        let base_url = args.base_url.clone().unwrap_or_default().trim_end_matches('/').to_owned();
        if !base_url.is_empty() && !base_url.starts_with("http://") && !base_url.starts_with("https://") {
            return Err(format!("--base-url {base_url}: written as https://NAME, as people type it"));
        }
        let smtp = Smtp::read(args)?;
        if smtp.is_some() && base_url.is_empty() {
            return Err("--smtp-host needs --base-url: letters carry links to pages".to_owned());
        }
        Ok(Settings { hours: Hours { from, to }, base_url, smtp })
    }
}
