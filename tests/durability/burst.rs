//! A burst of work by several people at once, each of whom remembers what the server answered.

use std::sync::mpsc::Sender;

use tonghop::attachments::BLOCK;
use tonghop::audit::sha256_hex;

use super::OpenReport;
use crate::attachments::samples::pdf;
use crate::support::client::{Client, hidden};

/// What a person was told, in the words a test can check afterwards.
#[derive(Debug)]
pub enum Told {
    /// The draft of this report was saved with this mark in every field.
    Saved { report: i64, mark: i64 },
    /// This report was sent.
    Sent { report: i64 },
    /// This line stands in the work log.
    Noted { text: String },
    /// This file was attached whole.
    Attached { name: String, sha256: String },
}

/// Saves a draft again and again with a new mark in every field, until nobody answers.
pub fn type_on(base: &str, report: &OpenReport, first: i64, tell: &Sender<Told>) {
    let officer = Client::sign_in(base, &report.officer, "tonghop-demo");
    let path = format!("/reports/{}/draft", report.id);
    let page = officer.get(&path).ok();
    let names = names_of(&page);
    let mut version = hidden(&page, "version").expect("a version");
    for mark in first.. {
        let fields = marked(&names, mark, &version);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let Some(answer) = officer.try_post_json(&format!("{path}/autosave"), &pairs) else { return };
        assert_eq!(answer.status, 200, "{}", answer.text());
        drop(tell.send(Told::Saved { report: report.id, mark }));
        let json: serde_json::Value = serde_json::from_str(&answer.text()).expect("JSON");
        version = json["version"].to_string();
    }
}

/// Fills a report and sends it by its leader, step by step, until it is sent or nobody answers.
pub fn send(base: &str, report: &OpenReport, tell: &Sender<Told>) -> Option<()> {
    let leader = Client::try_sign_in(base, report.leader.as_deref()?, "tonghop-demo")?;
    let path = |rest: &str| format!("/reports/{}{rest}", report.id);
    let page = leader.try_get(&path("/draft"))?.ok();
    let version = hidden(&page, "version").expect("a version");
    let fields = marked(&names_of(&page), 1, &version);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    leader.try_post(&path("/draft"), &pairs)?.redirected();
    let check = leader.try_get(&path("/check"))?.ok();
    let mut fields: Vec<(String, String)> = ["version", "draft"]
        .iter()
        .map(|n| ((*n).to_owned(), hidden(&check, n).expect("a version")))
        .collect();
    fields.extend(values(&check, "confirmed").into_iter().map(|key| ("confirmed".to_owned(), key)));
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    leader.try_post(&path("/submission"), &pairs)?.redirected();
    drop(tell.send(Told::Sent { report: report.id }));
    Some(())
}

/// Notes one line after another in the work log of a task, until nobody answers.
pub fn note(base: &str, officer: &str, mark: &str, tell: &Sender<Told>) {
    let client = Client::sign_in(base, officer, "tonghop-demo");
    let page = client.get("/tasks").ok();
    let task = values_of_options(&page).into_iter().next().expect("a task to note work under");
    for n in 0.. {
        let text = format!("Dòng {n} của lần {mark}");
        let Some(answer) =
            client.try_post("/task-entries", &[("task", &task), ("text", &text), ("back", "/tasks")])
        else {
            return;
        };
        assert_eq!(answer.status, 303, "{}", answer.text());
        drop(tell.send(Told::Noted { text }));
    }
}

/// Attaches one file after another, of one block, of several, and of odd sizes between, until nobody answers.
pub fn attach(base: &str, report: &OpenReport, mark: &str, tell: &Sender<Told>) {
    let officer = Client::sign_in(base, &report.officer, "tonghop-demo");
    let path = format!("/reports/{}/attachments", report.id);
    let fields = [("csrf", officer.csrf.as_str()), ("purpose", "evidence")];
    for n in 0.. {
        let name = format!("tep-{mark}-{n}.pdf");
        let bytes = pdf(&name, [900, BLOCK, 5 * BLOCK + 17][n % 3]);
        let Some(answer) = officer.try_post_file(&path, &fields, ("file", &name, &bytes), "text/html") else {
            return;
        };
        if answer.status == 422 {
            // The draft holds as many as it may.
            assert!(answer.text().contains("nhiều nhất được đính kèm"), "{}", answer.text());
            return;
        }
        assert_eq!(answer.status, 303, "{}", answer.text());
        drop(tell.send(Told::Attached { name, sha256: sha256_hex(&bytes) }));
    }
}

/// Every section and figure the page asks for.
fn names_of(html: &str) -> Vec<String> {
    let mut names: Vec<String> = ["section.", "figure."]
        .iter()
        .flat_map(|prefix| {
            let mark = format!("name=\"{prefix}");
            html.match_indices(&mark)
                .filter_map(|(at, _)| html[at + 6..].split('"').next().map(str::to_owned))
                .collect::<Vec<_>>()
        })
        .collect();
    names.retain(|name| !html.contains(&format!("<select id=\"f-{name}\"")));
    names
}

/// The same mark in every field: a draft that holds two marks was saved by halves.
fn marked(names: &[String], mark: i64, version: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        names.iter().map(|name| (name.clone(), mark.to_string())).collect();
    fields.push(("version".to_owned(), version.to_owned()));
    fields
}

fn values(html: &str, name: &str) -> Vec<String> {
    let mark = format!("name=\"{name}\" value=\"");
    html.match_indices(&mark)
        .filter_map(|(at, _)| html[at + mark.len()..].split('"').next().map(str::to_owned))
        .collect()
}

/// The values of the options of the page's list of tasks.
fn values_of_options(html: &str) -> Vec<String> {
    html.match_indices("<option value=\"")
        .filter_map(|(at, _)| html[at + 15..].split('"').next().map(str::to_owned))
        .filter(|value| value.parse::<i64>().is_ok())
        .collect()
}
