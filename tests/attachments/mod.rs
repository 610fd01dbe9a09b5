//! Files of a report: what is taken and what is not, bytes in and out, who may fetch which, what stays for good.

mod behalf;
mod broken_off;
mod held;
mod kinds;
mod names;
mod pictures;
pub mod samples;
mod served;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{FileId, ReportId, RevisionId};
use tonghop::db::schema::{file_blocks, files, obligations, periods, reports, units};

use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

/// The report a unit of the demo owes for a period.
fn report_of(app: &TestApp, unit: &str, period: &str) -> ReportId {
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

/// Uploads a file to the draft of a report.
fn attach(client: &Client, report: ReportId, purpose: &str, name: &str, bytes: &[u8]) -> Answer {
    let fields = [("csrf", client.csrf.as_str()), ("purpose", purpose)];
    client.post_file(&format!("/reports/{report}/attachments"), &fields, ("file", name, bytes))
}

/// Uploads a file that is taken.
fn attached(client: &Client, report: ReportId, name: &str, bytes: &[u8]) -> String {
    let before = files_on(client, &format!("/reports/{report}/attachments"));
    attach(client, report, "evidence", name, bytes).redirected();
    let after = files_on(client, &format!("/reports/{report}/attachments"));
    after.into_iter().find(|path| !before.contains(path)).expect("a new file on the page")
}

/// The addresses of the files a page links to.
fn files_on(client: &Client, path: &str) -> Vec<String> {
    let html = client.get(path).ok();
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_file = |link: &&str| {
        let parts: Vec<&str> = link.trim_matches('/').split('/').collect();
        matches!(parts.as_slice(), ["reports", _, "attachments", id] if id.parse::<i64>().is_ok())
    };
    let mut found: Vec<String> = links.filter(is_file).map(str::to_owned).collect();
    found.dedup();
    found
}

/// Every file there is with how many blocks it has, whole or not.
fn stored(app: &TestApp) -> Vec<(FileId, bool, i64)> {
    app.db
        .read(|conn| {
            let rows: Vec<(FileId, bool)> = files::table
                .order(files::id)
                .select((files::id, files::added_at.is_not_null()))
                .load(conn)
                .map_err(DbError::Query)?;
            rows.into_iter()
                .map(|(id, whole)| {
                    let of = file_blocks::table.filter(file_blocks::file_id.eq(id));
                    Ok((id, whole, of.count().get_result(conn).map_err(DbError::Query)?))
                })
                .collect::<Result<_, DbError>>()
        })
        .expect("the files")
}

/// Fills the draft where it has to be and sends it by the unit's leader; gives back the revision.
pub fn send(app: &TestApp, leader: &Client, report: ReportId) -> RevisionId {
    let path = format!("/reports/{report}/draft");
    let page = leader.get(&path).ok();
    let version = hidden(&page, "version").expect("a version");
    let mut fields: Vec<(String, String)> = vec![("version".into(), version)];
    for prefix in ["section.", "figure."] {
        let mark = format!("name=\"{prefix}");
        for (at, _) in page.match_indices(&mark) {
            let name = page[at + 6..].split('"').next().expect("a name").to_owned();
            let choice = page.contains(&format!("<select id=\"f-{name}\""));
            fields.push((name, if choice { "1" } else { "12" }.to_owned()));
        }
    }
    fields.push(("actual_to".into(), "05/6/2025".into()));
    let pairs = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
    let post = |to: &str, fields: &[(String, String)]| {
        let fields = pairs(fields);
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        leader.post(to, &borrowed)
    };
    post(&path, &fields).redirected();
    let check = leader.get(&format!("/reports/{report}/check")).ok();
    let mut fields: Vec<(String, String)> =
        ["version", "draft"].map(|n| (n.to_owned(), hidden(&check, n).expect("a version"))).into();
    for rest in check.split("name=\"confirmed\" value=\"").skip(1) {
        let key = rest.split('"').next().expect("a key").replace("&#38;", "&");
        fields.push(("confirmed".to_owned(), key));
    }
    // A correction goes out under a paper of its own.
    let number = hidden(&check, "version").expect("a version");
    for (name, value) in [
        ("doc_number", number.as_str()),
        ("doc_symbol", "BC"),
        ("doc_date", "09/6/2025"),
        ("signatory_title", "CHỦ TỊCH"),
        ("signatory_name", "Nguyễn Thị Sen"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    post(&format!("/reports/{report}/submission"), &fields).redirected();
    app.db
        .read(|conn| {
            use tonghop::db::schema::revisions;
            revisions::table
                .filter(revisions::report_id.eq(report))
                .order(revisions::number.desc())
                .select(revisions::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("a revision")
}
