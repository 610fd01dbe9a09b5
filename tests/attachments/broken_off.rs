//! An upload that breaks off: the connection is cut in the middle, the form ends early, the server forgot to clean up.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use tonghop::attachments::BLOCK;
use tonghop::db::DbError;
use tonghop::db::schema::files;

use super::samples::pdf;
use super::{attached, report_of, stored};
use crate::support::app::TestApp;
use crate::support::client::Client;

const MARK: &str = "xxboundaryxx";

/// Sends the beginning of an upload that claims to be `claimed` bytes long and holds the connection.
fn begun(app: &TestApp, client: &Client, path: &str, claimed: usize, sent: &[u8]) -> TcpStream {
    let form = format!(
        "--{MARK}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{MARK}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n",
        client.csrf
    );
    let host = app.base.trim_start_matches("http://");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: tonghop_session={}\r\n\
         Content-Type: multipart/form-data; boundary={MARK}\r\nContent-Length: {}\r\n\r\n",
        client.session(),
        form.len() + claimed
    );
    let mut stream = TcpStream::connect(host).expect("the server listens");
    for part in [head.as_bytes(), form.as_bytes(), sent] {
        stream.write_all(part).expect("it takes bytes");
    }
    stream.flush().expect("sent");
    stream
}

/// Waits until this holds; what takes longer than any healthy machine needs is a failure.
fn until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_cut_connection_leaves_no_half_file() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let path = format!("/reports/{report}/attachments");
    let before = stored(&app);
    let bytes = pdf("dở dang", 3 * BLOCK);
    for sent in [10, BLOCK + 10, 2 * BLOCK + 5] {
        let stream = begun(&app, &officer, &path, 3 * BLOCK, &bytes[..sent]);
        let blocks = i64::try_from(sent / BLOCK).expect("few");
        until("the blocks that came whole are stored", || {
            stored(&app).last().is_some_and(|(_, whole, count)| !whole && *count == blocks)
        });
        assert!(!officer.get(&path).ok().contains("a.pdf"), "nobody sees it on its way");
        stream.shutdown(Shutdown::Both).expect("the connection is cut");
        until("nothing is left", || stored(&app) == before);
    }
    // And the next upload is as good as ever.
    let whole = attached(&officer, report, "Lại.pdf", &bytes);
    assert!(officer.get(&whole).bytes == bytes);
}

#[test]
fn what_a_killed_server_left_is_swept_by_the_next_upload() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let path = format!("/reports/{report}/attachments");
    let before = stored(&app).len();
    let _stream = begun(&app, &officer, &path, 3 * BLOCK, &pdf("a", BLOCK + 10));
    until("a block is stored", || stored(&app).last().is_some_and(|(_, whole, n)| !whole && *n == 1));
    attached(&officer, report, "b.pdf", &pdf("b", 99));
    assert_eq!(stored(&app).len(), before + 2, "what is on its way is left alone");
    // As if it had begun two hours ago.
    app.db
        .write(|conn| {
            let open = files::table.filter(files::added_at.is_null());
            let begun: chrono::NaiveDateTime = open.select(files::begun_at).first(conn)?;
            diesel::update(files::table.filter(files::added_at.is_null()))
                .set(files::begun_at.eq(begun - TimeDelta::hours(2)))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("an older file");
    attached(&officer, report, "c.pdf", &pdf("c", 99));
    assert_eq!(stored(&app).len(), before + 2);
    assert!(stored(&app).iter().all(|(_, whole, _)| *whole));
}
