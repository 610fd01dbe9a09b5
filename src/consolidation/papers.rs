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
use crate::reports::link_key::link_key;

/// By obligation, each in the order of its report.
pub(super) struct Papers {
    tasks: HashMap<ObligationId, Vec<TaskRow>>,
    links: HashMap<ObligationId, Vec<LinkRow>>,
    files: HashMap<ObligationId, Vec<FileRow>>,
    docs: HashMap<ObligationId, String>,
    /// By unit and key of the link: for which task it was noted.
    logged: HashMap<(UnitId, String), Noted>,
}

/// What a unit noted a link for.
struct Noted {
    task: String,
    /// Code of the indicator; blank where none was named.
    indicator: String,
}

impl Papers {
    /// Loads them. Six queries, and one for every hundred reports.
    ///
    /// # Errors
    /// The queries' own; [`Error::Internal`] for a revision whose bytes cannot be read.
    pub(super) fn load(
        conn: &mut Conn,
        period: &Period,
        collector: UnitId,
        filings: &Filings,
    ) -> Result<Papers, Error> {
        let mut papers = Papers {
            tasks: HashMap::new(),
            links: queries::received_links(conn, period.id, collector)?,
            files: HashMap::new(),
            docs: HashMap::new(),
            logged: HashMap::new(),
        };
        for doc in queries::received_docs(conn, period.id, collector)? {
            papers.docs.insert(doc.obligation_id, doc.words());
        }
        if let Some(window) = period.window_from.zip(period.window_to) {
            let units: Vec<UnitId> = filings.duties.iter().map(|duty| duty.obligation.unit_id).collect();
            for row in queries::logged_links(conn, &units, window)? {
                let task = format!("{}, mục {}: {}", row.plan, row.path, row.task);
                let noted = Noted { task, indicator: row.indicator.unwrap_or_default() };
                papers.logged.entry((row.unit_id, row.key)).or_insert(noted);
            }
        }
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
            let id = duty.obligation.id;
            let sender = UnitEvidence {
                unit: filings.name(duty),
                unit_code: filings.code(duty),
                report: self.docs.get(&id).cloned().unwrap_or_default(),
                revision: filings.revisions.get(&id).and_then(|row| u32::try_from(row.number).ok()),
                ..UnitEvidence::default()
            };
            let of = sender.clone();
            let links = self.links.get(&id).into_iter().flatten();
            let links = links.map(move |link| {
                let noted = self.logged.get(&(duty.obligation.unit_id, link_key(&link.url)));
                UnitEvidence {
                    kind: "Đường dẫn".to_owned(),
                    title: link.title.clone(),
                    url: link.url.clone(),
                    platform: link.platform.clone(),
                    published_on: link.published_on,
                    reach: link.reach,
                    task: noted.map(|noted| noted.task.clone()).unwrap_or_default(),
                    indicator: noted.map(|noted| noted.indicator.clone()).unwrap_or_default(),
                    ..of.clone()
                }
            });
            let files = self.files.get(&id).into_iter().flatten();
            let files = files.map(move |file| UnitEvidence {
                kind: Purpose::from_code(&file.purpose).map_or("Tệp", Purpose::words).to_owned(),
                title: file.name.clone(),
                sha256: file.sha256.clone(),
                ..sender.clone()
            });
            links.chain(files).collect::<Vec<_>>()
        };
        owed(filings).flat_map(of_unit).collect()
    }
}

fn owed(filings: &Filings) -> impl Iterator<Item = &Duty> {
    filings.duties.iter().filter(|duty| duty.standing() == Standing::Owed)
}
