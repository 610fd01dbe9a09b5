//! A thousand units' workbooks through the bulk entry, in archives' worth of a hundred, against the sum of bare reads of their
//! cells and of durable commits of their figures, twenty-five files a transaction. Loading takes minutes, so this part is
//! measured only when asked for by name.

use std::collections::HashSet;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{DataRef, Reader, Xlsx};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use tonghop::access::{Action, Actor};
use tonghop::audit::By;
use tonghop::calendar::{Clock, Cycle, DueRule, Window, label, period_code};
use tonghop::db::ids::{ReportId, UnitId};
use tonghop::db::schema::{memberships, obligations, regimes, reports as report_rows};
use tonghop::db::{Conn, Db};
use tonghop::drops::import::{Asked, import};
use tonghop::drops::receive::open;
use tonghop::drops::{FileState, MOST_FILES, Receipt};
use tonghop::error::Error;
use tonghop::indicators::ValueType;
use tonghop::load::Size;
use tonghop::on_each;
use tonghop::people::queries::actor;
use tonghop::periods::NewPeriod;
use tonghop::periods::open::open_period;
use tonghop::reports::{draft, read, workbook};
use tonghop::vietnamese::Level;

use super::province::{INDICATORS, Province};

const UNITS: u32 = 1_000;
const FILES_A_COMMIT: usize = 25;
const YEAR: i32 = 2031;

pub fn measure() {
    let province = Province::load(Size { units: UNITS, years: 1, indicators: INDICATORS, seed: 1 });
    let db = &province.db;
    let day = |month, day| NaiveDate::from_ymd_opt(YEAR, month, day).expect("a day");
    let clock = Clock::fixed(day(6, 10));
    let compiler = db.read(|conn| Ok::<_, Error>(actor(conn, province.compiler.person_id, day(6, 10))?));
    let compiler = compiler.expect("the compiler");
    let owed = db.write(|conn| opened(conn, &compiler, day(6, 14))).expect("a period of a thousand reports");
    let books: Vec<(String, Vec<u8>)> = owed.iter().map(|report| filled(db, *report, clock)).collect();
    let bytes: usize = books.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{}: {} workbooks of {} KB", db.backend(), books.len(), bytes / books.len() / 1024);

    let (reads, commits) = bare(db, &books);
    let begun = Instant::now();
    let mut entered = 0;
    for files in books.chunks(MOST_FILES) {
        let receipt = Receipt { number: "215".into(), on: day(6, 9) };
        let unpacked = open(files.to_vec()).expect("a drop");
        let asked = Asked { unpacked, period: None, receipt, with_warnings: true, confirmed: HashSet::new() };
        let (_, lines) = import(db, clock, &compiler, asked).expect("a drop");
        entered += lines.iter().filter(|line| line.state == FileState::Applied).count();
        if let Some(left) = lines.iter().find(|line| line.state != FileState::Applied) {
            panic!("{}: {} {}", left.name, left.words(), left.message);
        }
    }
    let ours = begun.elapsed();
    println!(
        "{entered} entered in {ours:.1?} ({:.1} ms each), bare reads {reads:.2?} and commits {commits:.2?}: {:.1} times \
         (bar: 2.5)",
        ours.as_secs_f64() * 1000.0 / entered.max(1) as f64,
        ours.as_secs_f64() / (reads + commits).as_secs_f64(),
    );
}

/// A period that nobody has reported in, and the reports of all but the collector, who compiles its own.
fn opened(conn: &mut Conn, compiler: &Actor, last: NaiveDate) -> Result<Vec<ReportId>, Error> {
    let regime = regimes::table.select(regimes::id).first(conn)?;
    let from = last.checked_sub_days(Days::new(180)).expect("a day");
    let new = NewPeriod {
        code: period_code(Cycle::FirstHalf, YEAR),
        label: label(Cycle::FirstHalf, YEAR),
        cycle: Cycle::FirstHalf,
        year: YEAR,
        window: Some(Window { from, to: last }),
        due: DueRule::By(last),
        due_basis: "Kế hoạch thử".into(),
        lock_on: None,
        reference_on: last,
        form_code: None,
        units: None,
    };
    let units = compiler.units_for(Action::TypeOnBehalf);
    let membership = units.iter().find_map(|unit| compiler.for_unit(*unit, Action::TypeOnBehalf));
    let by = By::member(compiler, membership.expect("the compiler's membership"));
    let moment = Clock::fixed(last.checked_sub_days(Days::new(30)).expect("a day")).moment();
    let period = open_period(conn, regime, &new, &by, moment)?;
    let owed = report_rows::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(period).and(obligations::unit_id.ne_all(units)))
        .order(report_rows::id)
        .select(report_rows::id);
    Ok(owed.load(conn)?)
}

/// A unit's workbook that says something everywhere, and something else than the draft that stands there: what was downloaded
/// and comes back as it was is refused.
fn filled(db: &Db, report: ReportId, clock: Clock) -> (String, Vec<u8>) {
    let moment = clock.moment();
    let made = db.write(|conn| {
        let unit: UnitId = report_rows::table
            .inner_join(obligations::table)
            .filter(report_rows::id.eq(report))
            .select(obligations::unit_id)
            .first(conn)?;
        let person = memberships::table
            .filter(memberships::unit_id.eq(unit).and(memberships::role.eq("officer")))
            .select(memberships::person_id)
            .first(conn)?;
        let officer = actor(conn, person, moment.today)?;
        let open = draft::open(conn, &officer, report)?;
        let mut content = open.draft.content.clone();
        for section in &open.outline.sections {
            content.sections.insert(section.code.clone(), "Một đoạn văn của báo cáo. ".repeat(8));
        }
        for (number, asked) in ((report.0 % 90)..).zip(open.outline.typed()) {
            let typed =
                if asked.value_type == ValueType::Bool { "có".to_owned() } else { number.to_string() };
            content.entries.insert(asked.id, read(&typed, Level::default(), "", asked));
        }
        draft::save(conn, &officer, &open, &content, open.draft.version, moment)?;
        let made = workbook::download(conn, &officer, report)?;
        let blank = draft::open(conn, &officer, report)?;
        draft::save(conn, &officer, &blank, &open.draft.content, blank.draft.version, moment)?;
        Ok::<_, Error>(made)
    });
    let made = made.expect("a workbook");
    (format!("{report} {}", made.file_name), made.bytes)
}

/// Every cell of every workbook read and nothing else; then as many rows as there are figures, durably, some files a commit.
fn bare(db: &Db, books: &[(String, Vec<u8>)]) -> (Duration, Duration) {
    let begun = Instant::now();
    let cells: usize = books.iter().map(|(_, bytes)| bare_read(bytes)).sum();
    assert!(cells > books.len() * 100, "the workbooks are not blank");
    let reads = begun.elapsed();
    let table =
        "CREATE TABLE bulk_bare (file INTEGER NOT NULL, indicator INTEGER NOT NULL, value BIGINT NOT NULL)";
    db.write(|conn| on_each!(conn, |c| diesel::sql_query(table).execute(c)).map_err(Error::from))
        .expect("a table");
    let begun = Instant::now();
    for (first, files) in (0..).step_by(FILES_A_COMMIT).zip(books.chunks(FILES_A_COMMIT)) {
        let values: Vec<String> = (0..files.len())
            .flat_map(|file| (0..INDICATORS).map(move |at| format!("({}, {at}, {})", first + file, at * 7)))
            .collect();
        let sql = format!("INSERT INTO bulk_bare VALUES {}", values.join(","));
        db.write(|conn| on_each!(conn, |c| diesel::sql_query(&sql).execute(c)).map_err(Error::from))
            .expect("rows");
    }
    (reads, begun.elapsed())
}

fn bare_read(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut cells = 0;
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).expect("a sheet");
        while let Some((cell, _)) = reader.next_cell_with_style_id().expect("a cell") {
            cells += usize::from(!matches!(cell.get_value(), DataRef::Empty));
        }
    }
    cells
}
