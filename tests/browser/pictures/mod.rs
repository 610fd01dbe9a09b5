//! The pictures of the user guide and of the README, taken while the people of the demo do what the guide describes.
//! They go to target/screenshots/guide; with TONGHOP_PICTURES=docs also into docs/, where the guide shows them.

mod administrator;
mod chasing;
mod compiler;
mod leader;
mod officer;
mod tasks;
mod unit_leader;

use std::path::{Path, PathBuf};
use std::process::Command;

use super::journey::Desk;

/// Largest picture kept under docs/, in bytes: the guide is read over slow lines.
const LARGEST: u64 = 120 * 1024;

impl Desk {
    /// A picture for the guide of what these elements cover together.
    fn keep(&self, name: &str, elements: &[&str]) {
        let taken = self.browser.picture_of(elements);
        put("guide", name, &taken, "docs/huong-dan/hinh");
    }

    /// A picture of the screen as it is, for the guide.
    fn keep_screen(&self, name: &str) {
        put("guide", name, &self.taken(name), "docs/huong-dan/hinh");
    }

    /// A picture of the screen as it is, for the README.
    fn keep_for_readme(&self, name: &str) {
        put("readme", name, &self.taken(name), "docs/pictures");
    }

    fn taken(&self, name: &str) -> Vec<u8> {
        self.browser.script("document.documentElement.style.scrollbarWidth = 'none'", serde_json::json!([]));
        std::fs::read(self.browser.screenshot(&format!("screen-{name}"))).expect("the screenshot")
    }

    /// Brings an element to the upper edge of the screen, below nothing.
    fn scroll_to(&self, element: &str) {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' })";
        self.browser.script(script, serde_json::json!([element]));
    }
}

fn put(folder: &str, name: &str, picture: &[u8], docs: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let looked_at = root.join("target/screenshots").join(folder);
    std::fs::create_dir_all(&looked_at).expect("the folder for pictures");
    std::fs::write(looked_at.join(format!("{name}.png")), picture).expect("the picture");
    if std::env::var("TONGHOP_PICTURES").is_ok_and(|where_to| where_to == "docs") {
        let file = root.join(docs).join(format!("{name}.png"));
        std::fs::write(&file, picture).expect("the picture in docs");
        make_smaller(&file);
        let bytes = std::fs::metadata(&file).expect("the picture").len();
        assert!(bytes <= LARGEST, "{}: {bytes} bytes; cut it to what the job needs", file.display());
    }
}

/// A third of the bytes where `pngquant` is on the machine; the same picture where it is not.
fn make_smaller(file: &PathBuf) {
    let small =
        Command::new("pngquant").args(["--force", "--skip-if-larger", "--ext=.png", "64"]).arg(file).status();
    if let Err(error) = small {
        println!("{} stays as it was taken: pngquant: {error}", file.display());
    }
}
