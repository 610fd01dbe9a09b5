//! The first run: its code, its steps, and the way to the first opened period.

mod code;
mod steps;
pub mod walk;

use tonghop::calendar::Clock;
use tonghop::setup::code::issue;

use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

/// A new code, as the console would show it.
fn new_code(app: &TestApp) -> String {
    app.db.write(|conn| issue(conn, Clock::system().now_utc())).expect("a code")
}

/// A browser that has typed the code.
fn opened(app: &TestApp) -> Client {
    let code = new_code(app);
    let mut client = app.anonymous();
    assert_eq!(client.post_raw("/setup/code", &[("code", &code)]).redirected(), "/setup");
    let first = client.get("/setup").redirected();
    client.csrf = hidden(&client.get(&first).ok(), "csrf").expect("a token");
    client
}

const ADMINISTRATOR: [(&str, &str); 6] = [
    ("full_name", "Nguyễn Thị Thanh Bình"),
    ("title", "Phó Đội trưởng, Phòng PC10"),
    ("username", "quantri.bacninh"),
    ("new", "mot-mat-khau-dai"),
    ("again", "mot-mat-khau-dai"),
    ("compiles", "yes"),
];
