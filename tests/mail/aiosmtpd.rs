//! A real mail server with STARTTLS and AUTH, in Python's aiosmtpd: what it took, what it refused, and what comes twice.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde_json::Value;
use tonghop::calendar::Moment;
use tonghop::config::{Encryption, NoticeArgs};
use tonghop::db::Db;
use tonghop::db::schema::{mail_messages, notices, people};
use tonghop::error::Error;
use tonghop::mail::{Deliver, Letter, Settings, outbox};

use super::rules;
use crate::notices::{day, morning, read, run_day, write};
use crate::support::app::TempDir;
use crate::support::database::TestDatabase;

const OFFICER: &str = "canbo.khcn.bacgiang";
const LEADER: &str = "lanhdao.khcn.bacgiang";

/// The server, and what it has taken so far.
struct MailServer {
    child: Child,
    port: u16,
    taken: mpsc::Receiver<Value>,
    folder: TempDir,
}

impl MailServer {
    fn start(extra: &[&str]) -> MailServer {
        let folder = TempDir::new();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let (certificate, key) = (folder.0.join("own.pem"), folder.0.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).expect("the certificate is kept");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("its key is kept");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/server.py");
        let mut child = Command::new("python3")
            .arg(script)
            .args([&certificate, &key])
            .args(extra)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 with aiosmtpd runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let port = lines.next().expect("a first line").expect("text").parse().expect("a port");
        let (tell, taken) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).expect("JSON")).is_err() {
                    return;
                }
            }
        });
        MailServer { child, port, taken, folder }
    }

    fn settings(&self, password: &str) -> Settings {
        Settings::read(&NoticeArgs {
            notice_hours: Some((0, 24)),
            smtp_port: Some(self.port),
            smtp_encryption: Encryption::Starttls,
            smtp_user: Some("tonghop".into()),
            smtp_password: Some(password.into()),
            smtp_ca: Some(self.folder.0.join("own.pem")),
            ..rules::args()
        })
        .expect("settings")
    }

    fn next(&self) -> Value {
        self.taken.recv_timeout(Duration::from_secs(30)).expect("a letter was taken")
    }

    fn nothing_more(&self) -> bool {
        self.taken.try_recv().is_err()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Only these people have an address.
fn give_addresses(db: &Db, of: &[(&str, &str)]) {
    write(db, |conn| diesel::update(people::table).set(people::email.eq("")).execute(conn));
    for (username, address) in of {
        write(db, |conn| {
            diesel::update(people::table.filter(people::username.eq(username)))
                .set(people::email.eq(address))
                .execute(conn)
        });
    }
}

/// The moment some minutes after seven, also for the clock that letters are tried by.
fn at(on: NaiveDate, minutes: i64) -> Moment {
    let moment = morning(on);
    let at = moment.at + TimeDelta::minutes(minutes);
    Moment { at, recorded: at, ..moment }
}

/// Everything that is due is tried; how many letters that were.
fn deliver(db: &Db, settings: &Settings, moment: Moment) -> usize {
    let carrier = Deliver::new(settings.clone());
    let mut tried = 0;
    while carrier.one(db, moment).expect("the database answers") {
        tried += 1;
    }
    tried
}

type Kept = (String, String, i32, String, NaiveDateTime);

fn kept(db: &Db) -> Vec<Kept> {
    read(db, |conn| {
        mail_messages::table
            .order(mail_messages::id)
            .select((
                mail_messages::address,
                mail_messages::state,
                mail_messages::attempts,
                mail_messages::error,
                mail_messages::run_at,
            ))
            .load(conn)
    })
}

#[test]
fn aiosmtpd_takes_a_letter_over_starttls_with_its_headers_right() {
    let server = MailServer::start(&[]);
    let database = TestDatabase::demo();
    let db = database.open();
    give_addresses(&db, &[(OFFICER, "canbo@khcn.gov.vn")]);
    let settings = server.settings("mật khẩu");
    let on = day("2025-06-10");
    run_day(&db, &settings, on);
    assert_eq!(deliver(&db, &settings, at(on, 1)), 1);
    let letter = server.next();
    let said = |key: &str| letter[key].as_str().unwrap_or_default().to_owned();
    assert_eq!(letter["rcpt"], serde_json::json!(["canbo@khcn.gov.vn"]));
    assert!(said("from").contains("Tổng Hợp") && said("from").contains("tonghop@tinh.gov.vn"), "{letter}");
    assert!(said("subject").starts_with("Nhắc việc ngày 10/6/2025: "), "{letter}");
    let uid: String = read(&db, |conn| mail_messages::table.select(mail_messages::uid).first(conn));
    assert_eq!(said("id"), format!("<{uid}@tinh.gov.vn>"));
    let date = DateTime::parse_from_rfc2822(&said("date")).expect("a date");
    assert_eq!(date.naive_utc(), morning(on).recorded);
    assert_eq!(
        (said("type"), said("charset"), said("auto")),
        ("text/plain".into(), "utf-8".into(), "auto-generated".into())
    );
    assert_eq!((letter["tls"].as_bool(), said("user")), (Some(true), "tonghop".into()));
    let name: String = read(&db, |conn| {
        people::table.filter(people::username.eq(OFFICER)).select(people::full_name).first(conn)
    });
    let lines: Vec<(tonghop::db::ids::ReportId, String)> = read(&db, |conn| {
        notices::table
            .filter(notices::channel.eq("mail"))
            .select((notices::report_id, notices::words))
            .load(conn)
    });
    assert!(!lines.is_empty());
    let body = said("body");
    assert!(body.starts_with(&format!("Kính gửi {name},")), "{body}");
    for (report, words) in lines {
        assert!(
            body.contains(&words) && body.contains(&format!("https://tonghop.vn/reports/{report}")),
            "{body}"
        );
    }
    assert_eq!(kept(&db)[0].1, "sent");
    assert_eq!(deliver(&db, &settings, at(on, 600)), 0);
    assert!(server.nothing_more());
}

#[test]
fn aiosmtpd_refuses_one_for_good_and_puts_another_off() {
    let server = MailServer::start(&["refuse:gone@khcn.gov.vn", "defer:busy@khcn.gov.vn"]);
    let database = TestDatabase::demo();
    let db = database.open();
    give_addresses(&db, &[(OFFICER, "gone@khcn.gov.vn"), (LEADER, "busy@khcn.gov.vn")]);
    let settings = server.settings("mật khẩu");
    let on = day("2025-06-10");
    run_day(&db, &settings, on);
    assert_eq!(deliver(&db, &settings, at(on, 1)), 2);
    let state = |address: &str| kept(&db).into_iter().find(|row| row.0 == address).expect("its letter");
    let gone = state("gone@khcn.gov.vn");
    assert!(gone.1 == "failed" && gone.3.contains("5.1.1"), "{gone:?}");
    let busy = state("busy@khcn.gov.vn");
    assert!(busy.1 == "waiting" && busy.2 == 1 && busy.4 == at(on, 2).at, "{busy:?}");
    assert!(server.nothing_more());
    assert_eq!(deliver(&db, &settings, at(on, 1)), 0, "not before its time");
    assert_eq!(deliver(&db, &settings, at(on, 2)), 1);
    assert_eq!(server.next()["rcpt"], serde_json::json!(["busy@khcn.gov.vn"]));
    assert_eq!(state("busy@khcn.gov.vn").1, "sent");
}

#[test]
fn aiosmtpd_that_is_down_or_refuses_our_password_holds_a_letter_up_and_loses_none() {
    let server = MailServer::start(&[]);
    let database = TestDatabase::demo();
    let db = database.open();
    give_addresses(&db, &[(OFFICER, "canbo@khcn.gov.vn")]);
    let on = day("2025-06-10");
    run_day(&db, &server.settings("mật khẩu"), on);
    // Signing in fails: mended by an administrator, so it is tried again.
    assert_eq!(deliver(&db, &server.settings("sai"), at(on, 1)), 1);
    assert_eq!((kept(&db)[0].1.as_str(), kept(&db)[0].2), ("waiting", 1));
    // Nobody listens there.
    let nowhere = Settings::read(&NoticeArgs {
        smtp_port: Some(1),
        smtp_encryption: Encryption::None,
        ..rules::args()
    })
    .expect("settings");
    assert_eq!(deliver(&db, &nowhere, at(on, 3)), 1);
    assert_eq!((kept(&db)[0].1.as_str(), kept(&db)[0].2), ("waiting", 2));
    // A certificate nobody vouches for is no server of ours.
    let other = MailServer::start(&[]);
    let mut strange = server.settings("mật khẩu");
    strange.smtp = Settings::read(&NoticeArgs {
        smtp_port: Some(other.port),
        smtp_encryption: Encryption::Starttls,
        smtp_ca: Some(server.folder.0.join("own.pem")),
        ..rules::args()
    })
    .expect("settings")
    .smtp;
    assert_eq!(deliver(&db, &strange, at(on, 30)), 1);
    assert_eq!((kept(&db)[0].1.as_str(), kept(&db)[0].2), ("waiting", 3));
    assert_eq!(deliver(&db, &server.settings("mật khẩu"), at(on, 300)), 1);
    assert_eq!(server.next()["rcpt"], serde_json::json!(["canbo@khcn.gov.vn"]));
    assert_eq!(kept(&db)[0].1, "sent");
}

#[test]
fn aiosmtpd_gets_the_same_message_id_when_a_crash_makes_it_twice() {
    let server = MailServer::start(&[]);
    let database = TestDatabase::demo();
    let db = database.open();
    give_addresses(&db, &[(OFFICER, "canbo@khcn.gov.vn")]);
    let settings = server.settings("mật khẩu");
    let on = day("2025-06-10");
    run_day(&db, &settings, on);
    // A server takes the letter, hands it over, and is gone before it notes so.
    let now = at(on, 1).recorded;
    let seen = db.read(|conn| Ok::<_, Error>(outbox::next(conn, now)?)).expect("a read").expect("a letter");
    assert!(db.write(|conn| Ok::<_, Error>(outbox::claim(conn, &seen, now)?)).expect("a write"));
    let smtp = settings.smtp.clone().expect("a server");
    let letter = Letter {
        uid: &seen.uid,
        name: &seen.name,
        address: &seen.address,
        subject: &seen.subject,
        body: &seen.body,
        written: std::time::SystemTime::UNIX_EPOCH,
    };
    smtp.send(&letter).expect("it is taken");
    // Held until its lease has run out; then it goes again, recognisably the same.
    assert_eq!(deliver(&db, &settings, at(on, 3)), 0);
    assert_eq!(deliver(&db, &settings, at(on, 10)), 1);
    let (first, second) = (server.next(), server.next());
    assert_eq!((&first["id"], first["id"].is_string()), (&second["id"], true));
    assert_eq!(deliver(&db, &settings, at(on, 600)), 0);
}

#[test]
fn aiosmtpd_gets_no_word_of_time_left_when_there_is_none() {
    let server = MailServer::start(&[]);
    let database = TestDatabase::demo();
    let db = database.open();
    give_addresses(&db, &[(OFFICER, "canbo@khcn.gov.vn")]);
    let settings = server.settings("mật khẩu");
    run_day(&db, &settings, day("2025-06-17"));
    assert_eq!(deliver(&db, &settings, at(day("2025-06-18"), 1)), 1);
    assert_eq!(kept(&db)[0].1, "failed");
    assert!(server.nothing_more());
}
