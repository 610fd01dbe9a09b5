//! From the database to the file: reading the frozen text, its content, the workbook, the bytes on the disk.

use std::path::Path;
use std::time::Duration;

use diesel::prelude::*;
use tonghop::consolidation::content::EditionContent;
use tonghop::consolidation::{EditionCopy, queries};
use tonghop::db::ids::{EditionId, MembershipId, PeriodId, UnitId};
use tonghop::db::schema::{editions, memberships, periods, regimes};
use tonghop::db::{Db, Target};
use tonghop::load::{self, Size};
use tonghop::on_each;

use super::{bare, edition};

const UNITS: usize = 4_000;
const INDICATORS: usize = 60;

/// Rounds of each measure: five, or what TONGHOP_BENCH_ROUNDS says.
pub fn rounds() -> usize {
    std::env::var("TONGHOP_BENCH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

pub fn measure() {
    let folder = std::env::temp_dir().join(format!("tonghop-bench-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let path = folder.join("bench.db").display().to_string();
    {
        let db = database(&path, true);
        db.migrate().expect("the schema");
        load::load(&db, Size { units: 4, years: 1, indicators: 6, seed: 1 }).expect("a province");
        keep(&db, &edition::content("01", UNITS, INDICATORS));
    }
    let out = folder.join("out.xlsx");
    let mut exported: Vec<Duration> = Vec::new();
    let mut looped: Vec<Duration> = Vec::new();
    once(&path, &out);
    let cells = bare::Cells::of(&std::fs::read(&out).expect("the workbook"));
    for _ in 0..rounds() {
        exported.push(time(|| once(&path, &out)));
        looped.push(time(|| cells.write(&folder.join("bare.xlsx"))));
    }
    let mut ratios: Vec<f64> =
        exported.iter().zip(&looped).map(|(one, two)| one.as_secs_f64() / two.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "export of {UNITS} units x {INDICATORS} indicators, database to file: {:.2} s, a bare loop over its {} cells \
         {:.2} s, ratio {:.2} (bar: at most 1.3)",
        middle(exported).as_secs_f64(),
        cells.len(),
        middle(looped).as_secs_f64(),
        ratios[ratios.len() / 2],
    );
    let program = std::env::current_exe().expect("this program");
    let alone = std::process::Command::new(program)
        .args(["export-once", &path])
        .arg(&out)
        .output()
        .expect("the export alone");
    print!("its memory alone: {}", String::from_utf8_lossy(&alone.stdout));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

/// One export; prints the highest memory of the process.
pub fn once(database_path: &str, out: &Path) {
    let db = database(database_path, false);
    let text = db
        .read(|conn| {
            let id: EditionId = editions::table.select(editions::id).first(conn)?;
            Ok::<_, tonghop::error::Error>(queries::content(conn, id)?)
        })
        .expect("the frozen text");
    let content = EditionContent::from_canonical(&text).expect("an edition");
    drop(text);
    let bytes = tonghop::workbooks::write(content, EditionCopy::Ministry).expect("a workbook");
    std::fs::write(out, &bytes).expect("the file");
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && std::env::args().nth(1).as_deref() == Some("export-once")
    {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("{peak} (bar: at most 150 MB), file {} KB", bytes.len() / 1024);
    }
}

fn database(path: &str, create: bool) -> Db {
    let target = Target::Sqlite { path: path.into(), create };
    Db::open(target, 2).expect("a database")
}

/// Keeps a content as the draft of the first period.
fn keep(db: &Db, content: &EditionContent) {
    let text = content.canonical().expect("a text");
    let now = content.identity.created_at;
    db.write(|conn| {
        let (period, collector): (PeriodId, UnitId) = periods::table
            .inner_join(regimes::table)
            .select((periods::id, regimes::collector_id))
            .first(conn)?;
        let member: MembershipId = memberships::table.select(memberships::id).first(conn)?;
        let row = (
            editions::uid.eq("bench"),
            editions::period_id.eq(period),
            editions::collector_id.eq(collector),
            editions::number.eq(1),
            editions::status.eq("draft"),
            editions::content_json.eq(&text),
            editions::sha256.eq("0".repeat(64)),
            editions::created_at.eq(now),
            editions::created_by.eq(member),
            editions::created_by_name.eq("x"),
            editions::created_by_title.eq("x"),
        );
        on_each!(conn, |c| diesel::insert_into(editions::table).values(row).execute(c))?;
        Ok::<_, tonghop::error::Error>(())
    })
    .expect("an edition");
}

pub fn time(what: impl FnOnce()) -> Duration {
    let started = std::time::Instant::now();
    what();
    started.elapsed()
}

pub fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
