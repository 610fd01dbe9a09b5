//! `tonghop setup-code`, and what `serve` prints over an empty database. Stands between the console, which only the
//! owner of the machine sees, and the first-run page. In Vietnamese: administrators read it.

use super::{CliError, open_current};
use crate::calendar::Clock;
use crate::config::DatabaseArgs;
use crate::db::Db;
use crate::setup::code::{CODE_LIFE, TRIES, issue};

pub fn run(args: &DatabaseArgs) -> Result<(), CliError> {
    let db = open_current(args)?;
    print_new(&db, "")
}

/// Makes a new code and prints it with where to type it.
pub fn print_new(db: &Db, address: &str) -> Result<(), CliError> {
    let code = db.write(|conn| issue(conn, Clock::system().now_utc()))?;
    println!();
    println!("Hệ thống chưa được thiết lập. Mở trang {address}/setup và nhập mã:");
    println!();
    println!("    {code}");
    println!();
    println!("Mã dùng một lần, trong {} giờ, nhập sai nhiều nhất {TRIES} lần.", CODE_LIFE.num_hours());
    println!("Lấy mã khác: tonghop setup-code");
    Ok(())
}
