//! Which addresses are taken, when a letter is tried again, and what is refused of the settings before a server starts.

use chrono::{NaiveDate, TimeDelta};
use tonghop::config::{Encryption, NoticeArgs};
use tonghop::mail::backoff::{MOST_ATTEMPTS, again_at};
use tonghop::mail::{Hours, Settings, is_address};

#[test]
fn an_address_is_one_mailbox_at_a_named_domain() {
    for good in ["a@sokhcn.gov.vn", "nguyen.van-a+thu@tinh.gov.vn"] {
        assert!(is_address(good), "{good}");
    }
    for bad in [
        "",
        "a",
        "a@",
        "@b.vn",
        "a@localhost",
        "a b@c.vn",
        "a@b.vn, c@d.vn",
        "Nguyễn <a@b.vn>",
        "a@[127.0.0.1]",
        "ă@b.vn",
        "a@b..vn",
        "a@b.vn\r\nBcc: x@y.vn",
    ] {
        assert!(!is_address(bad), "{bad}");
    }
}

#[test]
fn tries_come_further_and_further_apart() {
    let now =
        NaiveDate::from_ymd_opt(2025, 6, 10).and_then(|day| day.and_hms_opt(7, 0, 0)).expect("a moment");
    let minutes: Vec<i64> = (1..MOST_ATTEMPTS).map(|n| (again_at(now, n) - now).num_minutes()).collect();
    assert_eq!(minutes[..5], [1, 4, 16, 64, 240]);
    assert!(minutes[5..].iter().all(|one| *one == 240));
    assert!(TimeDelta::minutes(minutes.iter().sum()) > TimeDelta::hours(24), "over a night at least");
}

pub fn args() -> NoticeArgs {
    NoticeArgs {
        notice_hours: None,
        base_url: Some("https://tonghop.vn/".into()),
        smtp_host: Some("localhost".into()),
        smtp_port: None,
        smtp_encryption: Encryption::None,
        smtp_user: None,
        smtp_password: None,
        smtp_from: Some("Tổng Hợp <tonghop@tinh.gov.vn>".into()),
        smtp_ca: None,
    }
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let settings = Settings::read(&args()).expect("these work");
    assert_eq!(settings.base_url, "https://tonghop.vn");
    assert!(settings.smtp.is_some_and(|smtp| smtp.words.starts_with("localhost:25")));
    let off = Settings::read(&NoticeArgs { smtp_host: None, base_url: None, smtp_from: None, ..args() });
    assert!(off.expect("letters are off").smtp.is_none());
    for (wrong, named) in [
        (NoticeArgs { base_url: None, ..args() }, "--base-url"),
        (NoticeArgs { base_url: Some("tonghop.vn".into()), ..args() }, "--base-url"),
        (NoticeArgs { smtp_from: None, ..args() }, "--smtp-from"),
        (NoticeArgs { smtp_from: Some("nobody".into()), ..args() }, "--smtp-from"),
        (NoticeArgs { smtp_user: Some("a".into()), ..args() }, "TONGHOP_SMTP_PASSWORD"),
        (
            NoticeArgs { smtp_encryption: Encryption::Tls, smtp_ca: Some("/nowhere.pem".into()), ..args() },
            "--smtp-ca",
        ),
    ] {
        let why = Settings::read(&wrong).err().unwrap_or_default();
        assert!(why.contains(named), "{named}: {why}");
    }
}

#[test]
fn hours_hold_their_first_and_not_their_last() {
    let hours = Hours { from: 7, to: 18 };
    let at = |h, m| chrono::NaiveTime::from_hms_opt(h, m, 0).expect("an hour");
    assert!(
        !hours.contain(at(6, 59))
            && hours.contain(at(7, 0))
            && hours.contain(at(17, 59))
            && !hours.contain(at(18, 0))
    );
}
