//! `tonghop user`: an account made on the command line signs in through the page.

use super::{said, tonghop};
use crate::support::app::TestApp;
use crate::support::client::hidden;

fn sign_in(app: &TestApp, username: &str, password: &str) -> u16 {
    let client = app.anonymous();
    let token = hidden(&client.get("/sign-in").ok(), "token").expect("a token");
    client.post_raw("/session", &[("token", &token), ("username", username), ("password", password)]).status
}

#[test]
fn added_given_a_new_password_and_disabled() {
    let app = TestApp::demo();
    let url = app.database_url();
    let add = |password: &str| {
        tonghop(
            &[
                "user",
                "add",
                "--database-url",
                &url,
                "moi.khcn",
                "--full-name",
                "Trần Thị Mới",
                "--unit",
                "bg.khcn",
                "--role",
                "officer",
                "--title",
                "Chuyên viên",
            ],
            password,
        )
    };
    let weak = add("ngan\n");
    assert_eq!(weak.status.code(), Some(1));
    assert!(said(&weak).contains("ít nhất 10 ký tự"), "{}", said(&weak));
    let added = add("mat-khau-dau-tien\n");
    assert!(added.status.success(), "{}", said(&added));
    assert_eq!(sign_in(&app, "moi.khcn", "mat-khau-dau-tien"), 303);
    let again = add("mat-khau-dau-tien\n");
    assert_eq!(again.status.code(), Some(1), "the name is taken");

    let changed = tonghop(&["user", "password", "--database-url", &url, "moi.khcn"], "mat-khau-thu-hai\n");
    assert!(changed.status.success(), "{}", said(&changed));
    assert_eq!(sign_in(&app, "moi.khcn", "mat-khau-dau-tien"), 422);
    assert_eq!(sign_in(&app, "moi.khcn", "mat-khau-thu-hai"), 303);

    assert!(tonghop(&["user", "disable", "--database-url", &url, "moi.khcn"], "").status.success());
    assert_eq!(sign_in(&app, "moi.khcn", "mat-khau-thu-hai"), 422);
    let nobody = tonghop(&["user", "disable", "--database-url", &url, "khong.co"], "");
    assert_eq!(nobody.status.code(), Some(1));
    assert!(said(&nobody).contains("no account khong.co"), "{}", said(&nobody));
}

#[test]
fn every_account_that_the_demo_prints_signs_in() {
    let app = TestApp::demo();
    for (username, _) in tonghop::demo::ACCOUNTS {
        assert_eq!(sign_in(&app, username, tonghop::demo::PASSWORD), 303, "{username}");
    }
}
