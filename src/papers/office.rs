//! Old Word files, by LibreOffice where it is installed: a process of its own with a profile of its own, a time limit,
//! and a folder that is removed whatever happens.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Refusal;

/// How long a conversion may take; a cold start is ten seconds on a slow machine.
const LONGEST: Duration = Duration::from_secs(90);
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// Whether this machine can convert old Word files.
pub fn is_installed() -> bool {
    program().is_some()
}

/// The text of an old file: converted to .docx, then read as one.
pub(super) fn text(bytes: &[u8], extension: &str) -> Result<String, Refusal> {
    let program = program().ok_or(Refusal::NoOffice)?;
    let folder = Folder::new().map_err(Refusal::Disk)?;
    let source = folder.0.join(format!("paper.{extension}"));
    std::fs::write(&source, bytes).map_err(Refusal::Disk)?;
    let profile = format!("-env:UserInstallation=file://{}", folder.0.join("profile").display());
    let child = Command::new(program)
        .args([&profile, "--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(&folder.0)
        .arg(&source)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Refusal::Disk)?;
    if !ended(child) {
        return Err(Refusal::OfficeFailed);
    }
    let converted = std::fs::read(folder.0.join("paper.docx")).map_err(|_| Refusal::OfficeFailed)?;
    super::docx::text(&converted)
}

/// Waits for the program; one that takes too long is ended.
fn ended(mut child: Child) -> bool {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                // Nothing more can be done about a process that will not end.
                drop(child.kill());
                drop(child.wait());
                return false;
            }
        }
    }
}

fn program() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .flat_map(|folder| PROGRAMS.map(|program| folder.join(program)))
        .find(|path| Path::is_file(path))
}

/// A folder of this conversion only.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Folder> {
        let path = std::env::temp_dir().join(format!("tonghop-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's temporary folder to clear.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
