//! Journeys through the whole program over the demo, each as the people of the field would make it, at both screens.
//! Stands between the running server and headless Chromium; what a person reads is what is checked.

mod adoption;
mod amendment;
mod chasing;
mod deciding;
mod every_page;
mod evidence;
mod files;
mod first_run;
mod folded;
mod half_year;
mod keyboard;
mod last_years;
mod links;
mod list_rows;
mod notices;
mod parts;
mod people;
mod plan;
mod prose;
mod sheets;
mod trace;
mod two_writers;
mod unit_plan;
mod whole_way;
mod without_scripts;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

/// One screen in front of the demo; people sit down at it one after another.
pub struct Desk {
    pub app: TestApp,
    pub browser: Browser,
}

impl Desk {
    pub fn open(screen: Screen) -> Self {
        Desk { app: TestApp::demo(), browser: Browser::start(screen) }
    }

    pub fn without_scripts(screen: Screen) -> Self {
        Desk { app: TestApp::demo(), browser: Browser::start_without_scripts(screen) }
    }

    /// Whoever sits here signs out by the button, and this person signs in.
    pub fn sign_in(&self, username: &str) {
        if self.browser.url().starts_with("http") {
            self.browser.open_menu();
            self.browser.click_text("Đăng xuất");
            self.browser.see("Quên mật khẩu");
        }
        self.browser.sign_in(&self.app.base, username);
    }

    /// A second screen, at which this person has signed in and opened a page.
    pub fn another(&self, screen: Screen, username: &str, page: &str) -> Browser {
        let browser = Browser::start(screen);
        browser.sign_in(&self.app.base, username);
        browser.goto(&format!("{}{page}", self.app.base));
        browser
    }

    pub fn go(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.app.base));
    }

    /// The page now open fits the screen, has no accessibility fault, and the browser complains of nothing.
    pub fn sound(&self) {
        let at = self.browser.url();
        assert!(self.browser.overflow() <= 0, "sticks out sideways: {at}");
        assert_eq!(self.browser.axe(), Vec::<String>::new(), "{at}");
        assert_eq!(self.complaints(), Vec::<String>::new(), "{at}");
    }

    /// A form that comes back to be mended (422) is no complaint.
    pub fn complaints(&self) -> Vec<String> {
        self.browser.complaints().into_iter().filter(|line| !line.contains("status of 422")).collect()
    }
}
