//! A synthetic province on a disk and a server over it: what the measures have in common.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use actix_web::web;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use tonghop::access::Actor;
use tonghop::attachments::Limits;
use tonghop::calendar::Clock;
use tonghop::cli::serve::server;
use tonghop::db::ids::{PersonId, ReportId, UnitId};
use tonghop::db::schema::{memberships, obligations, reports as report_rows};
use tonghop::db::{Db, Target};
use tonghop::load::{self, Size};
use tonghop::people::session::{self, Lifetimes};
use tonghop::people::{Passwords, queries};
use tonghop::reports;
use tonghop::reports::request_amendment::{Request, request_amendment};
use tonghop::web::{AppState, State};

pub const INDICATORS: u32 = 60;
/// As `load` writes them.
pub const SECTIONS: usize = 8;

/// The province, the report that is measured, who writes it and who receives it.
pub struct Province {
    pub db: Db,
    pub state: State,
    pub base: String,
    pub report: ReportId,
    pub officer: Actor,
    pub compiler: Actor,
    /// The officer's session: cookie and CSRF token.
    pub token: String,
    pub csrf: String,
    /// The database's own address, for another process.
    pub url: String,
    folder: PathBuf,
}

impl Province {
    pub fn load(size: Size) -> Self {
        let folder = std::env::temp_dir().join(format!("tonghop-bench-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let url = std::env::var("TONGHOP_BENCH_DATABASE_URL")
            .unwrap_or_else(|_| format!("sqlite://{}", folder.join("bench.db").display()));
        let target = match Target::parse(&url).expect("an address of a database") {
            Target::Sqlite { path, .. } => Target::Sqlite { path, create: true },
            postgres @ Target::Postgres { .. } => postgres,
        };
        let db = Db::open(target, 4).expect("a database");
        db.migrate().expect("the schema");
        load::load(&db, size).expect("a province");

        let (report, unit, collector, due_on) = db.read(waiting).expect("a report that was sent");
        let clock = Clock::fixed(due_on);
        let actor =
            |unit, role| db.read(|conn| who(conn, unit, role, due_on)).expect("a person of this role");
        let (officer, compiler) = (actor(unit, "officer"), actor(collector, "compiler"));
        let lifetimes = lifetimes();
        let (token, csrf) = opened(&db, &officer, clock.now_utc());
        let state = web::Data::new(AppState {
            db: db.clone(),
            clock,
            passwords: Passwords::new(1),
            lifetimes,
            attachments: Limits::of_mib(20, 500),
            secure_cookies: false,
            set_up: AtomicBool::new(true),
            mail: tonghop::mail::Settings::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = state.clone();
        std::thread::spawn(move || {
            let run = async move { server(shared, listener, None).expect("the server starts").await };
            actix_web::rt::System::new().block_on(run)
        });
        Province { db, state, base, report, officer, compiler, token, csrf, url, folder }
    }

    /// The cookie of a session of somebody else.
    pub fn token_of(&self, actor: &Actor) -> String {
        opened(&self.db, actor, self.state.clock.now_utc()).0
    }

    /// Opens the report again: the collector asks for a correction.
    pub fn ask_to_amend(&self) {
        let asked = self.db.write(|conn| {
            let case = reports::queries::find(conn, &self.compiler.scope(), self.report)?;
            let version = case.report.version;
            let request =
                Request { version, reason: "Đề nghị rà soát lại.".into(), ..Request::default() };
            request_amendment(conn, &self.compiler, self.report, &request, self.state.clock.moment())
        });
        asked.expect("the correction is asked for");
    }

    /// A person's browser: one connection kept open, the session's cookie, compressed answers.
    pub fn agent(&self) -> ureq::Agent {
        ureq::Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build()
            .new_agent()
    }

    pub fn cookie(&self) -> String {
        format!("{}={}", tonghop::web::SESSION_COOKIE, self.token)
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} stays behind: {error}", self.folder.display());
        }
    }
}

fn lifetimes() -> Lifetimes {
    let half_a_day = TimeDelta::hours(12);
    Lifetimes { idle: half_a_day, absolute: half_a_day, invitation: TimeDelta::days(14) }
}

/// Cookie and CSRF token of a new session.
fn opened(db: &Db, actor: &Actor, now: NaiveDateTime) -> (String, String) {
    db.write(|conn| {
        let token = session::open(conn, actor.person_id, "", lifetimes(), now)?;
        let row = session::find(conn, &token, lifetimes(), now)?;
        Ok::<_, tonghop::error::Error>((token, row.expect("the session just opened").csrf_token))
    })
    .expect("a session")
}

/// A report of the newest period that was sent and waits, with its unit, its collector and its due day.
fn waiting(
    conn: &mut tonghop::db::Conn,
) -> Result<(ReportId, UnitId, UnitId, NaiveDate), tonghop::error::Error> {
    let (report, unit, collector, due_on) = report_rows::table
        .inner_join(obligations::table.on(obligations::id.eq(report_rows::obligation_id)))
        .filter(report_rows::state.eq("sent"))
        .order(obligations::period_id.desc())
        .select((report_rows::id, obligations::unit_id, obligations::collector_id, report_rows::first_due_on))
        .first::<(ReportId, UnitId, UnitId, Option<NaiveDate>)>(conn)?;
    Ok((report, unit, collector, due_on.expect("a loaded report has a due day")))
}

fn who(
    conn: &mut tonghop::db::Conn,
    unit: UnitId,
    role: &str,
    today: NaiveDate,
) -> Result<Actor, tonghop::error::Error> {
    let person: PersonId = memberships::table
        .filter(memberships::unit_id.eq(unit).and(memberships::role.eq(role)))
        .select(memberships::person_id)
        .first(conn)?;
    Ok(queries::actor(conn, person, today)?)
}
