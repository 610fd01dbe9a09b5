//! A crawl as each role: whatever a page offers to open can be opened. Stands between the pages' links and the routes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::support::app::TestApp;

/// How many pages of one kind are read for links; every link on them is opened.
const PAGES_OF_A_KIND: usize = 3;

/// The path with its numbers taken out: what kind of page it is.
pub fn kind(path: &str) -> String {
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let parts = bare.split('/').map(|part| if part.parse::<i64>().is_ok() { "n" } else { part });
    let query = if path.contains('?') { "?" } else { "" };
    format!("{}{query}", parts.collect::<Vec<_>>().join("/"))
}

/// The addresses in a page, as a browser would read them; those of other sites are left out.
fn links(html: &str) -> Vec<String> {
    let addresses = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    addresses
        .filter(|a| a.starts_with(['/', '#']))
        .map(|a| a.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

/// Opens everything the person can reach by links. Gives one address of each kind, and what was wrong.
pub fn crawl(app: &TestApp, username: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let client = app.client(username);
    let mut first = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let mut waiting = VecDeque::from([("/".to_owned(), String::new())]);
    while let Some((path, from)) = waiting.pop_front() {
        let answer = client.get(&path);
        if answer.status == 303 {
            if seen.insert(answer.location.clone()) {
                waiting.push_back((answer.location, path));
            }
            continue;
        }
        if answer.status != 200 {
            wrong.push(format!("{}: {path} on {from}", answer.status));
            continue;
        }
        if !answer.content_type.starts_with("text/html") {
            continue;
        }
        first.entry(kind(&path)).or_insert_with(|| path.clone());
        let count = read.entry(kind(&path)).or_default();
        *count += 1;
        if *count > PAGES_OF_A_KIND {
            continue;
        }
        let html = answer.text();
        for link in links(&html) {
            let (bare, mark) = link.split_once('#').unwrap_or((&link, ""));
            if bare.is_empty() {
                if !html.contains(&format!("id=\"{mark}\"")) {
                    wrong.push(format!("no #{mark} on {path}"));
                }
            } else if seen.insert(bare.to_owned()) {
                waiting.push_back((bare.to_owned(), path.clone()));
            }
        }
    }
    (first, wrong)
}

#[test]
fn kinds_are_told_apart_by_words_and_not_by_numbers() {
    assert_eq!(kind("/reports/12/confirmation/2"), "/reports/n/confirmation/n");
    assert_eq!(kind("/periods/6/consolidation?group=B"), "/periods/n/consolidation?");
    assert_eq!(kind("/plans/1#c-3"), "/plans/n");
}
