//! Reports: the machine of states, what is read from a form, and the way of a report through every role.

mod amendment;
mod arrival_typed;
mod at_once;
mod autosave;
mod capacity;
mod cells;
mod changes;
mod check_amended;
mod check_days;
mod checks;
mod claimed_twice;
mod forms;
mod journey;
mod kept_papers;
mod ledger;
mod level_autosave;
mod levels;
mod link_keys;
mod list_tables;
mod merging;
mod nil_papers;
pub mod on_behalf;
mod pages_seen;
mod paper;
mod paper_duty;
mod places;
mod printed;
mod ratio_words;
mod reached;
mod recipients;
mod reopening;
mod replaced;
mod revisions;
mod sent_upwards;
mod session_ended;
mod signed;
mod steps;
mod two_writers;
mod unmended;
mod with_leader;
pub mod withdrawn;
mod work_log;
mod year;

use std::collections::BTreeMap;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{obligations, periods, reports, units};

use crate::support::app::TestApp;

/// The report a unit of the demo owes for a period.
pub fn report_of(app: &TestApp, unit: &str, period: &str) -> ReportId {
    app.db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table.inner_join(periods::table))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(units::code.eq(unit))
                .filter(periods::code.eq(period))
                .select(reports::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the demo has this report")
}

/// The period a report belongs to.
fn period_of(app: &TestApp, id: ReportId) -> i64 {
    app.db
        .read(|conn| {
            let of = reports::table.inner_join(obligations::table).filter(reports::id.eq(id));
            of.select(obligations::period_id).first(conn).map_err(DbError::Query)
        })
        .expect("its period")
}

pub fn state_of(app: &TestApp, id: ReportId) -> String {
    app.db
        .read(|conn| reports::table.find(id).select(reports::state).first(conn).map_err(DbError::Query))
        .expect("a state")
}

/// The values of every input of this name in a page, in order.
pub fn values_of(html: &str, name: &str) -> Vec<String> {
    let mark = format!("name=\"{name}\" value=\"");
    html.match_indices(&mark)
        .filter_map(|(at, _)| {
            let rest = &html[at + mark.len()..];
            rest.find('"').map(|end| unescape(&rest[..end]))
        })
        .collect()
}

/// The names of the fields of a page that begin with `prefix`.
pub fn names_of(html: &str, prefix: &str) -> Vec<String> {
    let mark = format!("name=\"{prefix}");
    html.match_indices(&mark)
        .filter_map(|(at, _)| {
            let rest = &html[at + 6..];
            rest.find('"').map(|end| rest[..end].to_owned())
        })
        .collect()
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
}

/// A filled-in draft page: every section and every figure answered; `changes` win.
pub fn filled(html: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for name in names_of(html, "section.") {
        fields.insert(name.clone(), format!("Nội dung của {name}, viết để thử."));
    }
    for name in names_of(html, "figure.") {
        let is_choice = html.contains(&format!("<select id=\"f-{name}\""));
        fields.insert(name, if is_choice { "1" } else { "12" }.to_owned());
    }
    fields.insert("actual_to".into(), "05/6/2025".into());
    fields.insert("version".into(), values_of(html, "version")[0].clone());
    for (name, value) in changes {
        fields.insert((*name).to_owned(), (*value).to_owned());
    }
    fields.into_iter().collect()
}

pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// What the page before sending posts: both versions, every warning ticked, and more.
pub fn ticked(html: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for name in ["version", "draft"] {
        fields.push((name.to_owned(), values_of(html, name)[0].clone()));
    }
    fields.extend(values_of(html, "confirmed").into_iter().map(|key| ("confirmed".to_owned(), key)));
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}
