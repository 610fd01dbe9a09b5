//! A unit's report as a document: brought, read, reviewed, written into the draft at once; by the unit, and by its collector on its
//! behalf with the file as proof. The document is that of fixtures/prose.

mod at_once;
mod behalf;
mod counted;
mod offers;
mod own;
mod refusals;
mod room;
mod waiting;

use tonghop::db::DbError;
use tonghop::db::ids::ReportId;

use crate::papers::word::{package, plain};
use crate::prose_reader::REPORT;
use crate::reports::report_of;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

/// The report of the department that wrote the document.
pub struct Scene {
    pub app: TestApp,
    pub id: ReportId,
    pub officer: Client,
}

impl Scene {
    pub fn open() -> Scene {
        let app = TestApp::demo();
        let id = report_of(&app, "bg.khcn", "2025-H1");
        let officer = app.client("canbo.khcn.bacgiang");
        Scene { app, id, officer }
    }

    pub fn at(&self, rest: &str) -> String {
        format!("/reports/{}/prose{rest}", self.id)
    }

    /// Empties the draft: every section and figure blank.
    pub fn blank(&self) {
        let page = self.officer.get(&format!("/reports/{}/draft", self.id)).ok();
        let version = hidden(&page, "version").expect("a version");
        let mut fields: Vec<(String, String)> = Vec::new();
        for prefix in ["section.", "figure."] {
            let names = crate::reports::names_of(&page, prefix);
            fields.extend(names.into_iter().map(|name| (name, String::new())));
        }
        fields.push(("version".to_owned(), version));
        let fields = crate::reports::pairs(&fields);
        self.officer.post(&format!("/reports/{}/draft", self.id), &fields).redirected();
    }

    /// Pastes the document; the address of its review.
    pub fn paste(&self, text: &str) -> String {
        self.officer.post(&self.at("/text"), &[("text", text)]).redirected()
    }

    pub fn read<T>(&self, of: impl FnOnce(&mut tonghop::db::Conn) -> diesel::QueryResult<T>) -> T {
        self.app.db.read(|conn| of(conn).map_err(DbError::Query)).expect("rows")
    }
}

/// The document as Word keeps it.
pub fn word() -> Vec<u8> {
    let body: String = REPORT.lines().map(|line| plain(&line.replace('&', "&amp;"))).collect();
    package(&body, "", "")
}

pub fn send(client: &Client, id: ReportId, name: &str, bytes: &[u8]) -> Answer {
    let fields = [("csrf", client.csrf.as_str())];
    client.post_file(&format!("/reports/{id}/prose"), &fields, ("file", name, bytes))
}

/// The review as its page shows it: fields, ticks and choices, with some typed over; a value of "-" takes a tick out.
pub fn review_form(page: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let form = page.split("class=\"pair review\"").nth(1).expect("the review");
    let form = form.split("</form>").next().expect("its form");
    let part = |tag: &str, name: &str| {
        let from = tag.split(&format!(" {name}=\"")).nth(1)?;
        from.split('"').next().map(unescaped)
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in form.split("<input ").skip(1) {
        let tag = format!(" {}", input.split('>').next().unwrap_or_default());
        let choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
        if (!choice || tag.contains(" checked"))
            && let Some(name) = part(&tag, "name")
        {
            fields.push((name, part(&tag, "value").unwrap_or_default()));
        }
    }
    for select in form.split("<select ").skip(1) {
        let inside = select.split("</select>").next().unwrap_or_default();
        let tag = format!(" {}", inside.split('>').next().unwrap_or_default());
        let chosen = inside.split("<option").skip(1).find(|option| option.contains(" selected"));
        let chosen = chosen.and_then(|option| part(option, "value")).unwrap_or_default();
        fields.push((part(&tag, "name").expect("a name"), chosen));
    }
    for (name, value) in typed {
        fields.retain(|(known, _)| known != name);
        if *value != "-" {
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    fields
}

fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&quot;", "\"")
}

/// Posts the review by one of its buttons.
pub fn press(client: &Client, review: &str, button: &str, typed: &[(&str, &str)]) -> Answer {
    let mut fields = review_form(&client.get(review).ok(), typed);
    fields.push(("do".to_owned(), button.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(review, &fields)
}

/// The number of the figure whose words begin so.
pub fn figure(page: &str, words: &str) -> usize {
    let at = page.find(&format!("<b>{words}")).unwrap_or_else(|| panic!("no {words}: {page}"));
    let from = page[..at].rfind("for=\"t-f").expect("its tick") + 8;
    page[from..].split('"').next().and_then(|n| n.parse().ok()).expect("a number")
}
