//! What a unit wrote into one report: texts, figures as typed, rows of lists, results of tasks, evidence.
//! Stands between the files of fixtures/demo/reports and the draft that the verbs save and send.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Deserialize;

use super::files::{FILES, document, fault, table};
use super::known::Known;
use super::remarks::Remarks;
use super::texts::{Texts, fill};
use crate::db::ids::TaskId;
use crate::error::Error;
use crate::reports::{
    AskedIndicator, ColumnKind, Content, Entry, Evidence, Outline, Paper, Reading, TaskResult, TaskStatus,
    TypedDay, TypedReach, read, shown,
};
use crate::vietnamese::{Level, short_date};

const CONTENTS: &str = "reports/contents.csv";
const RESULTS: &str = "reports/texts/results.toml";
const ROWS: &str = "reports/rows.csv";

/// Regime, period, unit and revision ("1", "2" or "draft"), as the files name them.
pub type Key = (String, String, String, String);

/// One row of a list table: cells by the code of their column.
type Row = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContentRow {
    regime: String,
    period: String,
    unit: String,
    revision: String,
    text_set: String,
    variant: usize,
    sections: String,
    actual_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureRow {
    unit: String,
    revision: String,
    indicator: String,
    state: String,
    typed: String,
    qualifier: String,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListRow {
    regime: String,
    period: String,
    unit: String,
    revision: String,
    list: String,
    position: u32,
    c1: String,
    c2: String,
    c3: String,
    c4: String,
    c5: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceRow {
    regime: String,
    period: String,
    unit: String,
    title: String,
    url: String,
    platform: String,
    published_on: Option<NaiveDate>,
    reach: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultFile {
    results: HashMap<String, (String, String)>,
}

/// Everything the units wrote, by report.
pub struct Contents {
    texts: Texts,
    results: HashMap<TaskId, (TaskStatus, String)>,
    rows: HashMap<Key, ContentRow>,
    figures: HashMap<Key, Vec<FigureRow>>,
    lists: HashMap<Key, Vec<ListRow>>,
    /// By regime, period and unit.
    evidence: HashMap<(String, String, String), Vec<Evidence>>,
    pub remarks: Remarks,
}

impl Contents {
    pub fn load(known: &Known) -> Result<Contents, Error> {
        let mut figures: HashMap<Key, Vec<FigureRow>> = HashMap::new();
        for (file, _) in FILES {
            let Some(name) = file.strip_prefix("reports/figures/").and_then(|f| f.strip_suffix(".csv"))
            else {
                continue;
            };
            let (regime, period) =
                name.split_once('_').ok_or_else(|| fault(file, "no period in the name"))?;
            for row in table::<FigureRow>(file)? {
                let key = (regime.into(), period.into(), row.unit.clone(), row.revision.clone());
                figures.entry(key).or_default().push(row);
            }
        }
        let mut lists: HashMap<Key, Vec<ListRow>> = HashMap::new();
        for row in table::<ListRow>(ROWS)? {
            let key = (row.regime.clone(), row.period.clone(), row.unit.clone(), row.revision.clone());
            lists.entry(key).or_default().push(row);
        }
        let mut evidence: HashMap<_, Vec<Evidence>> = HashMap::new();
        for row in table::<EvidenceRow>("reports/evidence.csv")? {
            evidence.entry((row.regime, row.period, row.unit)).or_default().push(Evidence {
                title: row.title,
                url: row.url,
                platform: row.platform,
                published: TypedDay::of(row.published_on),
                reach: TypedReach::of(row.reach),
            });
        }
        let rows = table::<ContentRow>(CONTENTS)?.into_iter().map(|row| {
            ((row.regime.clone(), row.period.clone(), row.unit.clone(), row.revision.clone()), row)
        });
        let results = document::<ResultFile>(RESULTS)?.results.into_iter().map(|(code, (status, body))| {
            Ok((known.task(RESULTS, &code)?, (TaskStatus::from_code(&status), body)))
        });
        Ok(Contents {
            texts: Texts::load()?,
            results: results.collect::<Result<_, Error>>()?,
            rows: rows.collect(),
            figures,
            lists,
            evidence,
            remarks: Remarks::load()?,
        })
    }

    /// The content of one revision or draft, with the words of its report put into the texts.
    ///
    /// # Errors
    /// When the files say nothing about it, or name what its form does not ask for.
    pub fn build(
        &self,
        key: &Key,
        outline: &Outline,
        mut words: HashMap<String, String>,
        paper: Paper,
    ) -> Result<Content, Error> {
        let named =
            |reason: String| fault(CONTENTS, format!("{} {} {} {}: {reason}", key.0, key.1, key.2, key.3));
        let row = self.rows.get(key).ok_or_else(|| named("no content".into()))?;
        let mut content = Content { paper, actual_to: TypedDay::of(row.actual_to), ..Content::default() };
        for figure in self.figures.get(key).into_iter().flatten() {
            let asked = outline
                .indicators
                .iter()
                .find(|asked| asked.code == figure.indicator)
                .ok_or_else(|| named(format!("the form does not ask for {}", figure.indicator)))?;
            let entry = entry(figure, asked).map_err(&named)?;
            if let Reading::Value(value) = entry.reading {
                let word = entry.level().before_figure();
                words.insert(asked.code.clone(), format!("{word} {}", shown(value, asked)).trim().to_owned());
            }
            content.entries.insert(asked.id, entry);
        }
        content.lists = self.list_rows(key, outline).map_err(&named)?;
        if let Some(document) = content.lists.get("documents").and_then(|rows| rows.first()) {
            words.insert("document".into(), cited(document));
        }
        for section in row.sections.split_whitespace() {
            if !outline.sections.iter().any(|asked| asked.code == section) {
                return Err(named(format!("the form does not ask for section {section}")));
            }
            let body = self
                .texts
                .filled(&row.text_set, section, row.variant, &words)
                .map_err(|e| named(e.to_string()))?;
            content.sections.insert(section.to_owned(), body);
        }
        // A draft has come as far as its sections; the tasks are told last.
        if key.3 != "draft" {
            for task in outline.tasks.iter().filter(|task| task.part == "chủ trì") {
                if let Some((status, body)) = self.results.get(&task.id) {
                    let body =
                        fill(body, &words).map_err(|name| named(format!("a result names {{{name}}}")))?;
                    content.tasks.insert(task.id, TaskResult { status: *status, body });
                }
            }
        }
        let claimed = (key.0.clone(), key.1.clone(), key.2.clone());
        content.answers = self.remarks.answers(key, outline);
        content.evidence = self.evidence.get(&claimed).cloned().unwrap_or_default();
        Ok(content)
    }

    fn list_rows(&self, key: &Key, outline: &Outline) -> Result<BTreeMap<String, Vec<Row>>, String> {
        let mut rows: Vec<&ListRow> = self.lists.get(key).into_iter().flatten().collect();
        rows.sort_by_key(|row| row.position);
        let mut found: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in rows {
            let list = outline
                .lists
                .iter()
                .find(|list| list.code == row.list)
                .ok_or_else(|| format!("the form has no list {}", row.list))?;
            let cells = [&row.c1, &row.c2, &row.c3, &row.c4, &row.c5];
            let mut made = Row::new();
            for (column, cell) in list.columns.iter().zip(cells) {
                let text = match column.kind {
                    ColumnKind::Date if !cell.is_empty() => {
                        short_date(cell.parse().map_err(|_| format!("{cell} is not a date"))?)
                    }
                    _ => cell.clone(),
                };
                if !text.is_empty() {
                    made.insert(column.code.clone(), text);
                }
            }
            found.entry(row.list.clone()).or_default().push(made);
        }
        Ok(found)
    }
}

/// One figure read the way a cell of the page is.
fn entry(row: &FigureRow, asked: &AskedIndicator) -> Result<Entry, String> {
    let level = Level::from_code(&row.qualifier).ok_or_else(|| format!("unknown level {}", row.qualifier))?;
    let typed = if row.state == "not_applicable" { "không áp dụng" } else { row.typed.as_str() };
    let entry = read(typed, level, &row.note, asked);
    if entry.reading.is_answer() {
        Ok(entry)
    } else {
        Err(format!("{}: \"{}\" cannot be read", row.indicator, row.typed))
    }
}

/// A document as a sentence cites it: "Kế hoạch số 21/KH-UBND ngày 12/3/2025".
fn cited(row: &Row) -> String {
    let cell = |code: &str| row.get(code).map_or("", String::as_str);
    let kind = if cell("number").contains("KH-") { "Kế hoạch" } else { "Công văn" };
    let day = crate::vietnamese::parse_date(cell("date")).map(|d| format!(" ngày {}", short_date(d)));
    format!("{kind} số {}{}", cell("number"), day.unwrap_or_default())
}
