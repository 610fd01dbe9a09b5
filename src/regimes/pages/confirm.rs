//! What a regime would ask, read once more before it is saved: the next four periods, who reports, what is odd.

use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::super::forecast::{Coming, coming};
use super::super::form::CharterInput;
use super::super::{Charter, queries};
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::Error;
use crate::vietnamese::{short_date, weekday_date};
use crate::web::Page;
use crate::{periods, units};

/// Periods shown ahead.
const AHEAD: usize = 4;

#[derive(Template)]
#[template(path = "regimes/confirm.html")]
pub(super) struct ConfirmPage {
    pub page: Page,
    pub id: Option<RegimeId>,
    pub mark: String,
    pub opened: i64,
    pub input: CharterInput,
    pub charter: Charter,
    pub outlook: Outlook,
    /// Sentences about who reports: kinds of a new regime, or what changes of an existing one.
    pub audience: Vec<String>,
    /// Where the forms come from; "" for an existing regime.
    pub forms: String,
}

/// What a charter means from today on.
pub(super) struct Outlook {
    collector: String,
    reviewers: Vec<(String, String)>,
    coming: Vec<Coming>,
    faults: Vec<String>,
}

/// Three queries.
///
/// # Errors
/// The queries' own.
pub(super) fn outlook(conn: &mut Conn, charter: &Charter, today: NaiveDate) -> Result<Outlook, Error> {
    let names = units::queries::names_on(conn, &[charter.collector], today)?;
    let holidays = periods::queries::holidays(conn)?;
    let mut faults: Vec<String> = Vec::new();
    for fault in charter.faults(today.year()) {
        let text = fault.text();
        if !faults.contains(&text) {
            faults.push(text);
        }
    }
    Ok(Outlook {
        collector: names.get(&charter.collector).cloned().unwrap_or_default(),
        reviewers: queries::reviewers(conn, charter.collector, today)?,
        coming: coming(&charter.cycles, charter.rolling, today, &holidays, AHEAD),
        faults,
    })
}

impl ConfirmPage {
    fn day(&self, day: &NaiveDate) -> String {
        short_date(*day)
    }

    fn weekday(&self, day: &NaiveDate) -> String {
        weekday_date(*day)
    }

    fn rolls(&self, coming: &Coming) -> bool {
        coming.dates.stated != coming.dates.effective
    }

    fn early(&self) -> bool {
        self.outlook.coming.iter().any(|coming| coming.too_early.is_some())
    }

    fn paper_words(&self) -> &'static str {
        super::super::charter::PAPER_RULES
            .iter()
            .find(|(code, _)| *code == self.charter.paper_rule)
            .map_or("", |(_, words)| words)
    }
}
