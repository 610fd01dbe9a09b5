//! A unit's own plan: which of its clauses answer which task, brought and reviewed, used as what the unit's report sends, shown to those who
//! collect and lead. The documents are those of fixtures/unit_plans.

mod answers;
mod behalf;
mod linking;
mod original;
pub mod own;
mod refusals;
mod whatever;
mod whole;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{plans, tasks};

use crate::prose_reports::review_form;
use crate::reports::{filled, pairs, report_of, ticked};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

pub const PLAN: &str = include_str!("../../fixtures/unit_plans/department-plan.txt");
pub const DISTRICT: &str = include_str!("../../fixtures/unit_plans/district-plan.txt");
pub const OFFICER: &str = "canbo.tuphap.bariavungtau";
pub const COMPILER: &str = "tonghop.catinh.bariavungtau";

/// The department that has not sent its plan.
pub struct Scene<'a> {
    pub app: &'a TestApp,
    pub id: ReportId,
    pub officer: Client,
}

impl<'a> Scene<'a> {
    pub fn over(app: &'a TestApp) -> Scene<'a> {
        Scene { app, id: report_of(app, "vt.tuphap", "2025-PLAN"), officer: app.client(OFFICER) }
    }

    /// The provincial plan.
    pub fn plan(&self) -> i64 {
        self.read(|conn| {
            let own = plans::table.filter(plans::short_name.eq("Kế hoạch THNCĐ trên không gian mạng"));
            own.filter(plans::place.eq("Bà Rịa - Vũng Tàu")).select(plans::id).first(conn)
        })
    }

    /// Uses the document and sends it.
    pub fn answer_with_its_plan(&self) {
        let review = self.paste(PLAN);
        press(&self.officer, &review, "apply", &[]).redirected();
        self.send_report();
    }

    pub fn at(&self, rest: &str) -> String {
        format!("/reports/{}/unit-plan{rest}", self.id)
    }

    /// Pastes a document; the address of its review.
    pub fn paste(&self, text: &str) -> String {
        self.officer.post(&self.at("/text"), &[("text", text)]).redirected()
    }

    pub fn read<T>(&self, of: impl FnOnce(&mut tonghop::db::Conn) -> diesel::QueryResult<T>) -> T {
        self.app.db.read(|conn| of(conn).map_err(DbError::Query)).expect("rows")
    }

    /// The task of the unit whose words begin so.
    pub fn task(&self, words: &str) -> i64 {
        self.read(|conn| {
            tasks::table
                .inner_join(plans::table.on(plans::id.eq(tasks::plan_id)))
                .filter(plans::short_name.eq("Kế hoạch THNCĐ trên không gian mạng"))
                .filter(tasks::text.like(format!("{words}%")))
                .filter(plans::place.eq("Bà Rịa - Vũng Tàu"))
                .select(tasks::id)
                .first(conn)
        })
    }

    /// Sends the report as the unit's officer by the paper that stands in the draft; what the form asks besides is typed.
    pub fn send_report(&self) {
        let at = |rest: &str| format!("/reports/{}{rest}", self.id);
        let page = self.officer.get(&at("/draft")).ok();
        let first = page.split("name=\"section.KH.1\"").nth(1).expect("the first section");
        let first = first.split_once('>').and_then(|(_, rest)| rest.split("</textarea>").next());
        let first = first.unwrap_or_default().trim().replace("&#34;", "\"");
        let typed = filled(&page, &[("section.KH.1", first.as_str())]);
        self.officer.post(&at("/draft"), &pairs(&typed));
        let check = self.officer.get(&at("/check")).ok();
        let names = [
            "doc_number",
            "doc_symbol",
            "doc_date",
            "signatory_capacity",
            "signatory_title",
            "signatory_name",
        ];
        let of = |name: &str| {
            let input = check.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_default();
            let value = input.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
            value.unwrap_or_default().to_owned()
        };
        let paper: Vec<(&str, String)> = names.iter().map(|name| (*name, of(name))).collect();
        let paper: Vec<(&str, &str)> = paper.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.officer.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    }

    /// The collector asks for a correction.
    pub fn ask_correction(&self) {
        let compiler = self.app.client(COMPILER);
        let at = |rest: &str| format!("/reports/{}{rest}", self.id);
        let version = hidden(&compiler.get(&at("/amendment-request")).ok(), "version").expect("a version");
        let fields = [
            ("version", version.as_str()),
            ("reason", "Bổ sung nhiệm vụ còn thiếu."),
            ("due_on", "20/6/2025"),
        ];
        compiler.post(&at("/amendment-request"), &fields).redirected();
    }
}

pub fn send(client: &Client, id: ReportId, name: &str, bytes: &[u8]) -> Answer {
    let fields = [("csrf", client.csrf.as_str())];
    client.post_file(&format!("/reports/{id}/unit-plan"), &fields, ("file", name, bytes))
}

/// Posts the review by one of its buttons.
pub fn press(client: &Client, review: &str, button: &str, typed: &[(&str, &str)]) -> Answer {
    let mut fields = review_form(&client.get(review).ok(), typed);
    fields.push(("do".to_owned(), button.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(review, &fields)
}
