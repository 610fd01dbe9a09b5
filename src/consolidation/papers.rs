//! Results of tasks, links and files of the received reports, as the revisions hold them: for the sheets of the
//! collector's own copy.

use std::collections::HashMap;

use super::content::{UnitEvidence, UnitTask};
use super::filings::Filings;
use super::queries::{self, FileRow, LinkRow, TaskRow};
use crate::attachments::Purpose;
use crate::db::Conn;
use crate::db::ids::{ObligationId, UnitId};
use crate::error::Error;
use crate::periods::{Duty, Period, Standing};
use crate::reports::TaskStatus;

/// By obligation, each in the order of its report.
pub(super) struct Papers {
    tasks: HashMap<ObligationId, Vec<TaskRow>>,
    links: HashMap<ObligationId, Vec<LinkRow>>,
    files: HashMap<ObligationId, Vec<FileRow>>,
}

impl Papers {
    /// Loads them. Two queries, and one for every hundred reports.
    ///
    /// # Errors
    /// The queries' own; [`Error::Internal`] for a revision whose bytes cannot be read.
    pub(super) fn load(conn: &mut Conn, period: &Period, collector: UnitId) -> Result<Papers, Error> {
        let mut papers = Papers {
            tasks: HashMap::new(),
            links: queries::received_links(conn, period.id, collector)?,
            files: HashMap::new(),
        };
        for row in queries::received_tasks(conn, period.id, collector)? {
            papers.tasks.entry(row.obligation_id).or_default().push(row);
        }
        for row in queries::received_files(conn, period.id, collector)? {
            papers.files.entry(row.obligation_id).or_default().push(row);
        }
        Ok(papers)
    }

    /// What the units say of their tasks, unit by unit.
    pub(super) fn tasks(&self, filings: &Filings) -> Vec<UnitTask> {
        let of_unit = |duty: &Duty| {
            let unit = filings.name(duty);
            let rows = self.tasks.get(&duty.obligation.id).into_iter().flatten();
            rows.map(|row| UnitTask {
                unit: unit.clone(),
                plan: row.plan.clone(),
                clause: row.clause.clone(),
                text: row.text.clone(),
                status: TaskStatus::from_code(&row.status).words().to_owned(),
                result: row.body.clone(),
            })
            .collect::<Vec<_>>()
        };
        owed(filings).flat_map(of_unit).collect()
    }

    /// Links and files, unit by unit.
    pub(super) fn evidence(&self, filings: &Filings) -> Vec<UnitEvidence> {
        let of_unit = |duty: &Duty| {
            let unit = filings.name(duty);
            let links = self.links.get(&duty.obligation.id).into_iter().flatten();
            let links = links.map(|link| UnitEvidence {
                unit: unit.clone(),
                kind: "Đường dẫn".to_owned(),
                title: link.title.clone(),
                url: link.url.clone(),
                platform: link.platform.clone(),
                published_on: link.published_on,
                reach: link.reach,
                sha256: String::new(),
            });
            let files = self.files.get(&duty.obligation.id).into_iter().flatten();
            let files = files.map(|file| UnitEvidence {
                unit: unit.clone(),
                kind: Purpose::from_code(&file.purpose).map_or("Tệp", Purpose::words).to_owned(),
                title: file.name.clone(),
                url: String::new(),
                platform: String::new(),
                published_on: None,
                reach: None,
                sha256: file.sha256.clone(),
            });
            links.chain(files).collect::<Vec<_>>()
        };
        owed(filings).flat_map(of_unit).collect()
    }
}

fn owed(filings: &Filings) -> impl Iterator<Item = &Duty> {
    filings.duties.iter().filter(|duty| duty.standing() == Standing::Owed)
}
