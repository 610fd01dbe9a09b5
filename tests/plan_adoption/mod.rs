//! From an issued document to a plan: what is proposed of a reading, whose the names are, what adopting makes in one transaction, and
//! what differs when the same document is read again. The documents are those of fixtures/documents.

mod adoption;
mod at_once;
mod compared;
mod first_periods;
mod known;
mod led;
mod missed;
mod names;
mod pointed_out;
mod proposal;
pub mod refusals;
mod remainder;
mod said;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{plans, units};

use crate::reports::values_of;
use crate::support::app::TestApp;
use crate::support::client::Client;

pub const COMPILER: &str = "tonghop.catinh.bacgiang";
pub const PLAN: &str = include_str!("../../fixtures/documents/plan.txt");

/// Pastes a text; the address of its review.
pub fn paste(client: &Client, text: &str) -> String {
    client.post("/plan-uploads/text", &[("text", text)]).redirected()
}

/// A document that nobody has adopted; its id.
pub fn left_open(app: &TestApp, compiler: &str) -> i64 {
    id_of(&paste(&app.client(compiler), PLAN))
}

fn id_of(address: &str) -> i64 {
    address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
}

/// The first value of a field of a page.
fn value(page: &str, name: &str) -> String {
    values_of(page, name).into_iter().next().unwrap_or_else(|| panic!("no {name}: {page}"))
}

/// The form of the review as the page shows it: its fields, ticks and choices, with some fields typed over.
pub fn review_form(page: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let form = page.split("class=\"pair review\"").nth(1).expect("the review");
    let form = form.split("</form>").next().expect("its form");
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in form.split("<input ").skip(1) {
        let tag = input.split('>').next().unwrap_or_default();
        let part = |name: &str| {
            let from = tag.split(&format!("{name}=\"")).nth(1)?;
            from.split('"').next().map(str::to_owned)
        };
        let ticked = tag.contains("checked") || !tag.contains("type=\"checkbox\"");
        if let (true, Some(name)) = (ticked, part("name")) {
            fields.push((name, unescaped(&part("value").unwrap_or_default())));
        }
    }
    fields.push(("kind".to_owned(), "KH".to_owned()));
    for (name, value) in typed {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'");
    text.replace("&quot;", "\"").replace("&#34;", "\"")
}

/// Posts the review by one of its buttons.
pub fn press(client: &Client, review: &str, button: &str, typed: &[(&str, &str)]) -> String {
    let mut fields = review_form(&client.get(review).ok(), typed);
    fields.push(("do".to_owned(), button.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(review, &fields).redirected()
}

/// Confirms what the last page shows.
pub fn confirm(client: &Client, review: &str) -> crate::support::client::Answer {
    let page = client.get(&format!("{review}/adoption")).ok();
    let (version, shown) = (value(&page, "version"), value(&page, "shown"));
    client.post(&format!("{review}/adoption"), &[("version", &version), ("shown", &shown)])
}

/// The id of a unit by its code.
pub fn unit(app: &TestApp, code: &str) -> i64 {
    let found = app.db.read(|conn| {
        units::table.filter(units::code.eq(code)).select(units::id).first(conn).map_err(DbError::Query)
    });
    found.expect("a unit")
}

fn plans_there(app: &TestApp) -> i64 {
    app.db.read(|conn| plans::table.count().get_result(conn).map_err(DbError::Query)).expect("a count")
}
