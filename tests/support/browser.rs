//! One headless Chromium, driven the way a person would: by labels, by the words on buttons, by what can be read.
//! Stands between the browser tests and chromedriver (W3C WebDriver over plain HTTP), whose address `tests/run`
//! puts in TONGHOP_TEST_WEBDRIVER. Without that variable a browser test fails: it never passes unseen.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use super::wire::call;

/// How long a page gets to show what a test waits for. A limit for broken pages, not a measure of speed.
const PATIENCE: Duration = Duration::from_secs(15);
/// The name W3C gives to an element reference in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const AXE: &str = include_str!("axe.min.js");
/// Finds things by the words a person would use.
const FIND: &str = include_str!("find.js");

/// The two screens every page is checked on.
#[derive(Clone, Copy)]
pub enum Screen {
    /// An office PC, 1366 × 768.
    Desktop,
    /// A leader's phone, 390 × 844 with touch.
    Phone,
}

/// A browser session of its own: nothing is shared between tests. Closed when dropped.
pub struct Browser {
    agent: ureq::Agent,
    session: String,
    profile: PathBuf,
    /// Whether pages may run scripts.
    scripts: bool,
}

impl Browser {
    pub fn start(screen: Screen) -> Self {
        Self::open(screen, json!({}))
    }

    /// The same with scripts switched off, as some offices have it: every page must still do its job.
    pub fn start_without_scripts(screen: Screen) -> Self {
        Self::open(screen, json!({ "profile.managed_default_content_settings.javascript": 2 }))
    }

    fn open(screen: Screen, prefs: Value) -> Self {
        let scripts = prefs == json!({});
        let driver = std::env::var("TONGHOP_TEST_WEBDRIVER").expect(
            "TONGHOP_TEST_WEBDRIVER is not set: browser tests need chromedriver, tests/run starts one",
        );
        let (width, height, phone) = match screen {
            Screen::Desktop => (1366, 768, false),
            Screen::Phone => (390, 844, true),
        };
        let profile = std::env::temp_dir().join(format!("tonghop-browser-{}", uuid::Uuid::now_v7()));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        let metrics =
            json!({ "width": width, "height": height, "pixelRatio": 1, "mobile": phone, "touch": phone });
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=vi",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "pageLoadStrategy": "normal",
            "goog:loggingPrefs": { "browser": "ALL" },
            "unhandledPromptBehavior": "accept",
            "goog:chromeOptions": {
                "args": arguments, "prefs": prefs, "mobileEmulation": { "deviceMetrics": metrics },
            },
        } } });
        let answer = call(&agent, "POST", &format!("{driver}/session"), Some(&wanted))
            .expect("chromedriver must open a session");
        let id = answer["sessionId"].as_str().expect("a session has an id");
        Self { session: format!("{driver}/session/{id}"), agent, profile, scripts }
    }

    /// At the page for signing in: this person of the demo signs in.
    pub fn sign_in(&self, base: &str, username: &str) {
        self.goto(&format!("{base}/sign-in"));
        self.enter(username);
        self.see_no("Quên mật khẩu");
    }

    /// Name and password of a person of the demo, and the button.
    pub fn enter(&self, username: &str) {
        self.fill("Tên đăng nhập", username);
        self.fill("Mật khẩu", "tonghop-demo");
        self.click_text("Đăng nhập");
    }

    pub fn goto(&self, url: &str) {
        self.command("POST", "url", Some(&json!({ "url": url })));
    }

    /// Shows every page from now on as a person sees it who set their screen to dark.
    pub fn prefer_dark(&self) {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        let command = json!({ "cmd": "Emulation.setEmulatedMedia", "params": dark });
        self.command("POST", "goog/cdp/execute", Some(&command));
    }

    /// The address now open.
    pub fn url(&self) -> String {
        self.command("GET", "url", None).as_str().expect("an address").to_owned()
    }

    /// Empties a field and types into it. The field is named by its label, its aria-label or a CSS selector.
    pub fn fill(&self, field: &str, text: &str) {
        self.on_field(field, |element| {
            self.try_command("POST", &format!("element/{element}/clear"), Some(&json!({})))?;
            self.try_command("POST", &format!("element/{element}/value"), Some(&json!({ "text": text })))
        });
    }

    /// Types on where a field's text ends. Keys without a letter are the code points of WebDriver,
    /// such as `\u{E007}` (Enter), `\u{E013}` (up), `\u{E015}` (down).
    pub fn press(&self, field: &str, keys: &str) {
        self.on_field(field, |element| {
            self.try_command("POST", &format!("element/{element}/value"), Some(&json!({ "text": keys })))
        });
    }

    /// Picks the option with this text from a select.
    pub fn choose(&self, field: &str, option: &str) {
        let script = format!("{FIND} return optionOf(field(arguments[0]), arguments[1]);");
        self.on_element(&script, json!([field, option]), option, |element| {
            self.try_command("POST", &format!("element/{element}/click"), Some(&json!({})))
        });
        // A person's choice fires `input` before `change`; chromedriver fires only the second.
        let input = "arguments[0].dispatchEvent(new Event('input', { bubbles: true }))";
        self.on_field(field, |element| self.try_script(input, json!([{ ELEMENT: element }])));
    }

    /// What a field holds now.
    pub fn value(&self, field: &str) -> String {
        let value = self.on_field(field, |element| {
            self.try_command("GET", &format!("element/{element}/property/value"), None)
        });
        value.as_str().expect("a field has a value").to_owned()
    }

    /// Clicks the visible link, button, tab or labelled box with these words (exactly, or else within).
    pub fn click_text(&self, words: &str) {
        let script = format!("{FIND} return centred(clickable(arguments[0]));");
        self.on_element(&script, json!([words]), words, |element| self.click(element));
    }

    /// Unfolds the navigation where it is folded, as on a phone.
    pub fn open_menu(&self) {
        let script = "const menu = document.querySelector('.menu');
            if (menu && menu.checkVisibility() && !menu.open) menu.querySelector('summary').click();";
        self.script(script, json!([]));
    }

    /// Ticks the box with this label, unless it is ticked already.
    pub fn tick(&self, label: &str) {
        self.on_field(label, |element| {
            let ticked = self.try_command("GET", &format!("element/{element}/property/checked"), None)?;
            if ticked == false { self.click(element) } else { Ok(Value::Null) }
        });
    }

    /// chromedriver's click waits for a timer of the page, which never rings where scripts are off.
    fn click(&self, element: &str) -> Result<Value, String> {
        if self.scripts {
            self.try_command("POST", &format!("element/{element}/click"), Some(&json!({})))
        } else {
            self.try_script("arguments[0].click()", json!([{ ELEMENT: element }]))
        }
    }

    /// Waits until these words can be read on the page.
    pub fn see(&self, words: &str) {
        self.wait_for(&format!("“{words}” on the page"), || self.readable().contains(words));
    }

    /// Waits until these words can no longer be read.
    pub fn see_no(&self, words: &str) {
        self.wait_for(&format!("the page without “{words}”"), || !self.readable().contains(words));
    }

    /// Waits until a script says true.
    pub fn until(&self, what: &str, script: &str) {
        self.wait_for(what, || self.script(script, json!([])) == true);
    }

    /// All text a person can read now, white space folded.
    pub fn readable(&self) -> String {
        let text = self.script("return document.body ? document.body.innerText : '';", json!([]));
        text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Runs a script in the page and gives back what it returns.
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        self.try_script(script, arguments).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn try_script(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.try_command("POST", "execute/sync", Some(&json!({ "script": script, "args": arguments })))
    }

    /// Types into whatever holds the focus: the keyboard alone. Keys as in `press`.
    pub fn keys(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.command("POST", "actions", Some(&json!({ "actions": [keyboard] })));
    }

    /// What holds the focus, by its label or words.
    pub fn focused(&self) -> String {
        let script = format!("{FIND} return named(document.activeElement);");
        self.script(&script, json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// What the browser complained of since it was last asked: errors of scripts, refusals by the CSP, dead addresses.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.command("POST", "se/log", Some(&json!({ "type": "browser" })));
        let lines = log.as_array().expect("the log is a list").iter();
        lines.filter_map(|line| line["message"].as_str().map(str::to_owned)).collect()
    }

    /// How many pixels of the page stick out sideways: none on a page that fits.
    pub fn overflow(&self) -> i64 {
        let script = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth";
        self.script(script, json!([])).as_i64().expect("a number of pixels")
    }

    /// The bytes behind an address, fetched by the page itself with its session.
    pub fn bytes(&self, address: &str) -> Vec<u8> {
        let script =
            "return fetch(arguments[0]).then((answer) => answer.arrayBuffer()).then((buffer) => btoa(
            new Uint8Array(buffer).reduce((text, byte) => text + String.fromCharCode(byte), '')))";
        let text = self.script(script, json!([address]));
        Base64::decode_vec(text.as_str().expect("the bytes")).expect("base64")
    }

    /// Saves what is on the screen as `target/screenshots/<name>.png`, for eyes.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("the folder for screenshots");
        let file = folder.join(format!("{name}.png"));
        let picture = self.command("GET", "screenshot", None);
        let picture = Base64::decode_vec(picture.as_str().expect("a picture")).expect("base64");
        std::fs::write(&file, picture).expect("the screenshot");
        file
    }

    /// A picture of what these elements, each the first of its selector, cover together, with a small margin.
    pub fn picture_of(&self, elements: &[&str]) -> Vec<u8> {
        let script =
            "const boxes = arguments[0].map((one) => document.querySelector(one).getBoundingClientRect());
            const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - 8);
            const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) + scrollY - 8);
            const right = Math.min(innerWidth, Math.max(...boxes.map((box) => box.right)) + 8);
            const bottom = Math.max(...boxes.map((box) => box.bottom)) + scrollY + 8;
            return { x: left, y: top, width: right - left, height: bottom - top, scale: 1 };";
        let clip = self.script(script, json!([elements]));
        let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let command = json!({ "cmd": "Page.captureScreenshot", "params": parameters });
        let picture = self.command("POST", "goog/cdp/execute", Some(&command));
        Base64::decode_vec(picture["data"].as_str().expect("a picture")).expect("base64")
    }

    /// The page as it would be printed, a PDF on the paper the page asks for.
    pub fn print(&self) -> Vec<u8> {
        let command = json!({ "cmd": "Page.printToPDF", "params": { "preferCSSPageSize": true } });
        let printed = self.command("POST", "goog/cdp/execute", Some(&command));
        Base64::decode_vec(printed["data"].as_str().expect("a PDF")).expect("base64")
    }

    /// Every page from now on brings axe-core with it: for a browser that looks at many pages with [`Browser::axe`],
    /// which sends the half megabyte anew for each page otherwise.
    pub fn keep_axe(&self) {
        let command = json!({ "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": { "source": AXE } });
        self.command("POST", "goog/cdp/execute", Some(&command));
    }

    /// Accessibility faults of the page by axe-core's rules: one line each, the rule and where.
    pub fn axe(&self) -> Vec<String> {
        if self.script("return typeof axe === 'undefined'", json!([])) == true {
            self.script(AXE, json!([]));
        }
        let run = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] })
            .then((result) => done(result.violations.flatMap((fault) => fault.nodes.map((node) =>
                `${fault.id}: ${node.target.join(' ')}: ${node.failureSummary}`))), (error) => done([String(error)]));";
        let faults = self.command("POST", "execute/async", Some(&json!({ "script": run, "args": [] })));
        let faults = faults.as_array().expect("axe answers with a list");
        faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }

    fn on_field(&self, name: &str, act: impl Fn(&str) -> Result<Value, String>) -> Value {
        self.on_element(&format!("{FIND} return centred(field(arguments[0]));"), json!([name]), name, act)
    }

    /// Acts on the element a script finds, as soon as it finds one. An element of a page that has just given way to
    /// the next one is looked for again there, as a person does; any other refusal of the driver fails the test.
    fn on_element(
        &self,
        script: &str,
        arguments: Value,
        what: &str,
        act: impl Fn(&str) -> Result<Value, String>,
    ) -> Value {
        let mut answer = Value::Null;
        self.wait_for(&format!("“{what}”"), || {
            let found = self.script(script, arguments.clone());
            let Some(element) = found[ELEMENT].as_str() else { return false };
            match act(element) {
                Ok(value) => answer = value,
                Err(error) if error.contains("stale element reference") => return false,
                Err(error) => panic!("“{what}”: {error}"),
            }
            true
        });
        answer
    }

    /// Asks again until `ready`; then fails with the page's text and a picture of it.
    fn wait_for(&self, what: &str, mut ready: impl FnMut() -> bool) {
        let started = Instant::now();
        while !ready() {
            if started.elapsed() > PATIENCE {
                let picture = self.screenshot(&format!("failed-{}", uuid::Uuid::now_v7()));
                panic!("waited for {what}\nat {}\n{}\n{}", self.url(), picture.display(), self.readable());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn command(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.try_command(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    fn try_command(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        call(&self.agent, method, &format!("{}/{path}", self.session), body)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A test that already failed must not abort here, so what goes wrong is only said.
        if let Err(error) = call(&self.agent, "DELETE", &self.session, None) {
            eprintln!("the browser did not close: {error}");
        }
        if let Err(error) = std::fs::remove_dir_all(&self.profile) {
            eprintln!("{} stays behind: {error}", self.profile.display());
        }
    }
}
