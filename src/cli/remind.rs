//! `tonghop remind`: what is to be said today, printed, or said once by hand where no server runs. The same run as the servers'
//! own, under the same keys: whatever was said is not said again.

use chrono::NaiveDate;
use clap::Args;

use super::{CliError, day, open_current};
use crate::calendar::Clock;
use crate::config::{DatabaseArgs, NoticeArgs};
use crate::db::Db;
use crate::error::Error;
use crate::mail::{Deliver, Settings};
use crate::notices::queries::{Among, contacts};
use crate::notices::run;
use crate::vietnamese::weekday_date;

#[derive(Debug, Args)]
pub struct RemindArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    notices: NoticeArgs,
    /// Print what would be said today; nothing is written or sent
    #[arg(long)]
    dry_run: bool,
    /// The day it is, for a demo
    #[arg(long, value_parser = day)]
    today: Option<NaiveDate>,
}

pub fn run(args: &RemindArgs) -> Result<(), CliError> {
    let settings = Settings::read(&args.notices).map_err(CliError)?;
    let db = open_current(&args.database)?;
    let clock = args.today.map_or_else(Clock::system, Clock::fixed);
    if args.dry_run {
        return print(&db, clock.today(), &settings);
    }
    let today = clock.today();
    let open =
        db.read(|conn| Ok::<_, Error>(crate::periods::queries::holidays(conn)?))?.is_working_day(today);
    if !open {
        println!("{} là ngày nghỉ, không nhắc.", weekday_date(today));
        return Ok(());
    }
    if run::begin(&db, clock.moment())? {
        while !run::say(&db, &settings, clock.moment())? {}
        let said = db.read(|conn| Ok::<_, Error>(crate::notices::queries::open_run(conn, today)?))?;
        println!("Đã ghi {} thông báo của {}.", said.map_or(0, |run| run.notices), weekday_date(today));
    } else {
        println!("Thông báo của {} đã được ghi trước đó.", weekday_date(today));
    }
    let carrier = Deliver::new(settings);
    let mut tried = 0;
    while carrier.one(&db, clock.moment())? {
        tried += 1;
    }
    if tried > 0 {
        println!("Đã thử gửi {tried} thư.");
    }
    Ok(())
}

fn print(db: &Db, today: NaiveDate, settings: &Settings) -> Result<(), CliError> {
    let (found, people) = db.read(|conn| {
        let found = run::outlook(conn, &Among::All, today, settings)?;
        let ids: Vec<_> = found.plan.people.keys().copied().collect();
        Ok::<_, Error>((found, contacts(conn, &ids)?))
    })?;
    let plan = &found.plan;
    println!(
        "{}: {} thông báo cho {} người, {} dòng chuẩn bị nhắc lên lãnh đạo.",
        weekday_date(today),
        plan.count(),
        plan.people.len(),
        plan.escalations.len()
    );
    if found.run.as_ref().is_some_and(|run| run.finished_at.is_some()) {
        println!("Thông báo của ngày này đã được ghi.");
    }
    for (person, lines) in &plan.people {
        let (name, email) = people.get(person).cloned().unwrap_or_default();
        let mail = if email.is_empty() { String::new() } else { format!(" <{email}>") };
        println!("\n{name}{mail}");
        for line in lines.iter().filter_map(|at| plan.lines.get(*at)) {
            println!("  - {}", line.words);
        }
    }
    if !plan.escalations.is_empty() {
        println!("\nChờ cán bộ tổng hợp gửi lên lãnh đạo");
        for (line, _) in &plan.escalations {
            println!("  - {}: {}", line.level.name(), line.words);
        }
    }
    Ok(())
}
