//! The demo's year 2025 played day by day: the state of every report is put back to what it was at seven in the morning, the
//! day's run is made, and what it says is compared with a table worked out by another program from the demo's own files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use tonghop::db::Db;
use tonghop::db::ids::{ObligationId, PersonId, ReportId};
use tonghop::db::schema::{
    digests, notice_escalations, notices, obligation_decisions, obligations, people, periods, regimes,
    report_transitions, reports, units,
};
use tonghop::mail::Settings;
use tonghop::notices::Line;
use tonghop::notices::queries::Among;
use tonghop::notices::run::outlook;

use super::{day, morning, read, run_day, write};
use crate::support::database::TestDatabase;

/// A report as it is put back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    state: String,
    sent: Option<NaiveDateTime>,
    amend_due: Option<NaiveDate>,
    standing: String,
    extended: Option<NaiveDate>,
}

type Transition = (ReportId, String, String, Option<NaiveDate>, NaiveDateTime);
type Decision = (ObligationId, String, Option<NaiveDate>, NaiveDateTime);

/// The history of every report, from which any morning can be put back.
struct Past {
    reports: Vec<(ReportId, ObligationId)>,
    steps: HashMap<ReportId, Vec<Transition>>,
    decisions: HashMap<ObligationId, Vec<Decision>>,
    stands: HashMap<ReportId, State>,
}

impl Past {
    fn load(db: &Db) -> Past {
        let all = read(db, |conn| {
            reports::table.select((reports::id, reports::obligation_id)).order(reports::id).load(conn)
        });
        let mut steps: HashMap<ReportId, Vec<Transition>> = HashMap::new();
        let rows: Vec<Transition> = read(db, |conn| {
            use report_transitions as t;
            t::table.order(t::id).select((t::report_id, t::step, t::to_state, t::due_on, t::at)).load(conn)
        });
        rows.into_iter().for_each(|row| steps.entry(row.0).or_default().push(row));
        let mut decisions: HashMap<ObligationId, Vec<Decision>> = HashMap::new();
        let rows: Vec<Decision> = read(db, |conn| {
            use obligation_decisions as d;
            d::table.order(d::id).select((d::obligation_id, d::kind, d::until_on, d::decided_at)).load(conn)
        });
        rows.into_iter().for_each(|row| decisions.entry(row.0).or_default().push(row));
        Past { reports: all, steps, decisions, stands: HashMap::new() }
    }

    fn at(&self, report: ReportId, obligation: ObligationId, moment: NaiveDateTime) -> State {
        let none = Vec::new();
        let mut state = State {
            state: "not_begun".into(),
            sent: None,
            amend_due: None,
            standing: "owed".into(),
            extended: None,
        };
        for (_, step, to, due, at) in self.steps.get(&report).unwrap_or(&none) {
            if *at > moment {
                break;
            }
            state.state.clone_from(to);
            if step == "send" {
                state.sent.get_or_insert(*at);
            }
            if to == "amend" {
                state.amend_due = *due;
            }
        }
        let none = Vec::new();
        for (_, kind, until, at) in self.decisions.get(&obligation).unwrap_or(&none) {
            if *at > moment {
                break;
            }
            match kind.as_str() {
                "nil" | "exempt" => state.standing.clone_from(kind),
                "nil_withdrawn" | "exempt_withdrawn" => state.standing = "owed".into(),
                "ended" => state.standing = "ended".into(),
                "extension_granted" => state.extended = *until,
                _ => {}
            }
        }
        state
    }

    /// Puts every report back that has changed since the morning before.
    fn put_back(&mut self, db: &Db, moment: NaiveDateTime) {
        for (report, obligation) in self.reports.clone() {
            let state = self.at(report, obligation, moment);
            if self.stands.get(&report) == Some(&state) {
                continue;
            }
            write(db, |conn| {
                diesel::update(reports::table.find(report))
                    .set((
                        reports::state.eq(&state.state),
                        reports::first_sent_at.eq(state.sent),
                        reports::amend_due_on.eq(state.amend_due),
                    ))
                    .execute(conn)?;
                diesel::update(obligations::table.find(obligation))
                    .set((
                        obligations::standing.eq(&state.standing),
                        obligations::extended_to.eq(state.extended),
                    ))
                    .execute(conn)
            });
            self.stands.insert(report, state);
        }
    }
}

/// How the table names an obligation: regime, period, unit.
fn names(db: &Db) -> HashMap<ObligationId, String> {
    let rows: Vec<(ObligationId, String, String, String)> = read(db, |conn| {
        obligations::table
            .inner_join(periods::table.inner_join(regimes::table))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .select((obligations::id, regimes::code, periods::code, units::code))
            .load(conn)
    });
    rows.into_iter().map(|(id, regime, period, unit)| (id, format!("{regime},{period},{unit}"))).collect()
}

#[test]
fn every_notice_of_the_year_2025_is_one_of_the_other_programs_and_none_is_missing() {
    let database = TestDatabase::demo();
    let db = database.open();
    let (settings, names) = (Settings::default(), names(&db));
    let usernames: HashMap<PersonId, String> = read(&db, |conn| {
        people::table.select((people::id, people::username)).load::<(PersonId, String)>(conn)
    })
    .into_iter()
    .collect();
    let row = |day: NaiveDate, person: PersonId, line: &Line| {
        format!(
            "{day},{},{},{},{},{},{}",
            line.level.code(),
            usernames[&person],
            names[&line.obligation],
            line.aim.code(),
            line.due_on,
            line.step
        )
    };
    let mut past = Past::load(&db);
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut prepared: BTreeSet<String> = BTreeSet::new();
    let holidays = read(&db, tonghop::periods::queries::holidays);
    for today in day("2025-01-01").iter_days().take(365).filter(|day| holidays.is_working_day(*day)) {
        past.put_back(&db, morning(today).at);
        let seen = db.read(|conn| outlook(conn, &Among::All, today, &settings)).expect("the plan");
        for (line, told) in &seen.plan.escalations {
            found.extend(told.iter().map(|person| row(today, *person, line)));
            let level = line.level.code();
            prepared.insert(format!(
                "{},{},{},{level}",
                names[&line.obligation],
                line.aim.code(),
                line.due_on
            ));
        }
        run_day(&db, &settings, today);
        // Twice is once.
        run_day(&db, &settings, today);
    }
    type Row = (NaiveDate, String, PersonId, ObligationId, String, NaiveDate, i32, String);
    let kept: Vec<Row> = read(&db, |conn| {
        use notices as n;
        n::table
            .select((n::day, n::level, n::person_id, n::obligation_id, n::aim, n::due_on, n::step, n::words))
            .load(conn)
    });
    for (on, level, person, obligation, aim, due_on, step, words) in &kept {
        let (who, what) = (&usernames[person], &names[obligation]);
        assert!(
            found.insert(format!("{on},{level},{who},{what},{aim},{due_on},{step}")),
            "said twice: {words}"
        );
    }
    let expected: BTreeSet<String> =
        include_str!("year_2025.csv").lines().skip(1).map(str::to_owned).collect();
    let missing: Vec<&String> = expected.difference(&found).collect();
    let strange: Vec<&String> = found.difference(&expected).collect();
    assert!(missing.is_empty() && strange.is_empty(), "missing: {missing:#?}\nstrange: {strange:#?}");

    // One digest a day for each person, and every word to a leader prepared once.
    let each: Vec<(PersonId, NaiveDate)> =
        read(&db, |conn| digests::table.select((digests::person_id, digests::day)).load(conn));
    let days: BTreeMap<(PersonId, NaiveDate), usize> = each.iter().fold(BTreeMap::new(), |mut all, one| {
        *all.entry(*one).or_default() += 1;
        all
    });
    assert!(!days.is_empty() && days.values().all(|n| *n == 1));
    let waiting: i64 = read(&db, |conn| notice_escalations::table.count().get_result(conn));
    assert_eq!(usize::try_from(waiting).ok(), Some(prepared.len()));

    // Whoever is requested is asked, and never told "quá hạn".
    let requested: Vec<ObligationId> = read(&db, |conn| {
        obligations::table.filter(obligations::mode.eq("request")).select(obligations::id).load(conn)
    });
    let polite: Vec<&String> =
        kept.iter().filter(|row| requested.contains(&row.3)).map(|row| &row.7).collect();
    assert!(!polite.is_empty());
    for words in polite {
        assert!(words.contains("đề nghị") && !words.contains("quá hạn"), "{words}");
    }
}

/// The other program reads the demo's files; a change of theirs asks for the table to be written anew.
#[test]
fn the_table_of_the_year_is_what_the_demos_files_say() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/notices/expected.py");
    let output =
        std::process::Command::new("python3").args([script, "--check"]).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
