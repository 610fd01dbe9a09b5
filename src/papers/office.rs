//! Old Word files, by LibreOffice where it is installed: two at a time, each a group of processes with a profile and a time
//! limit of its own, in a folder nobody else may look into and which is removed whatever happens.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Refusal;
use super::office_process::{alone, ended};

const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];
/// What the names of our folders begin with; the number of the process follows.
const PREFIX: &str = "tonghop-office-";
/// Conversions at once: each is a whole office in memory.
const AT_ONCE: usize = 2;
/// How many may stand in line, each holding a thread that could answer somebody.
const IN_LINE: usize = 16;

/// The program that converts, and how long anybody waits for it.
#[derive(Debug, Clone)]
pub struct Office {
    pub program: PathBuf,
    /// Where the folders of conversions are made.
    pub folder: PathBuf,
    /// How long a conversion may take; a cold start is ten seconds on a slow machine.
    pub longest: Duration,
    /// How long a file waits for its turn.
    pub patience: Duration,
}

impl Office {
    /// What is installed here, if anything.
    pub fn installed() -> Option<Office> {
        Some(Office {
            program: program()?,
            folder: std::env::temp_dir(),
            longest: Duration::from_secs(90),
            patience: Duration::from_secs(60),
        })
    }

    /// An old file as .docx.
    ///
    /// # Errors
    /// [`Refusal::OfficeBusy`] when others are converted until patience ends; [`Refusal::OfficeFailed`] when the program
    /// takes too long or makes no document; [`Refusal::Disk`].
    pub fn to_docx(&self, bytes: &[u8], extension: &str) -> Result<Vec<u8>, Refusal> {
        let _turn = Turn::wait(self.patience)?;
        let folder = Folder::new(&self.folder).map_err(disk)?;
        let source = folder.0.join(format!("paper.{extension}"));
        std::fs::write(&source, bytes).map_err(disk)?;
        let profile = format!("-env:UserInstallation=file://{}", folder.0.join("profile").display());
        let mut command = Command::new(&self.program);
        command
            .args([
                &profile,
                "--headless",
                "--norestore",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
            ])
            .arg(&folder.0)
            .arg(&source)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = alone(&mut command).spawn().map_err(disk)?;
        if !ended(child, self.longest) {
            return Err(Refusal::OfficeFailed);
        }
        std::fs::read(folder.0.join("paper.docx")).map_err(|_| Refusal::OfficeFailed)
    }
}

/// Whether this machine can convert old Word files.
pub fn is_installed() -> bool {
    program().is_some()
}

/// The text of an old file: converted to .docx, then read as one.
pub(super) fn text(bytes: &[u8], extension: &str) -> Result<String, Refusal> {
    let office = Office::installed().ok_or(Refusal::NoOffice)?;
    super::docx::text(&office.to_docx(bytes, extension)?)
}

/// Removes the folders of conversions whose server has ended in the middle of one, papers and all. To be called when a
/// server starts; folders of another that runs stay.
pub fn clear_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let Some((process, _)) = rest.and_then(|rest| rest.split_once('-')) else { continue };
        let Ok(process) = process.parse::<u32>() else { continue };
        // In a container every server has the same number; our own conversions have not begun.
        let runs = process != std::process::id() && Path::new("/proc").join(process.to_string()).exists();
        // A link is not followed: it is no folder.
        if !runs && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            match std::fs::remove_dir_all(entry.path()) {
                Ok(()) => log::info!("removed {}, left by a conversion", entry.path().display()),
                Err(error) => log::warn!("{} could not be removed: {error}", entry.path().display()),
            }
        }
    }
}

fn disk(error: std::io::Error) -> Refusal {
    log::error!("a file could not be handed to LibreOffice: {error}");
    Refusal::Disk(error)
}

fn program() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .flat_map(|folder| PROGRAMS.map(|program| folder.join(program)))
        .find(|path| Path::is_file(path))
}

/// Who converts and who waits, in this whole program.
struct Line {
    converting: usize,
    waiting: usize,
}

static LINE: Mutex<Line> = Mutex::new(Line { converting: 0, waiting: 0 });
static ENDED: Condvar = Condvar::new();

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to convert, given on when it is dropped.
struct Turn;

impl Turn {
    fn wait(patience: Duration) -> Result<Turn, Refusal> {
        let begun = Instant::now();
        let mut line = line();
        if line.converting >= AT_ONCE && line.waiting >= IN_LINE {
            return Err(Refusal::OfficeBusy);
        }
        line.waiting += 1;
        while line.converting >= AT_ONCE {
            let Some(left) = patience.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) else {
                line.waiting -= 1;
                return Err(Refusal::OfficeBusy);
            };
            (line, _) = ENDED.wait_timeout(line, left).unwrap_or_else(PoisonError::into_inner);
        }
        line.waiting -= 1;
        line.converting += 1;
        Ok(Turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        line().converting -= 1;
        ENDED.notify_one();
    }
}

/// A folder of this conversion only, which no other account may open.
struct Folder(PathBuf);

impl Folder {
    fn new(within: &Path) -> std::io::Result<Folder> {
        let name = format!("{PREFIX}{}-{}", std::process::id(), uuid::Uuid::now_v7().simple());
        let path = within.join(name);
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is removed when a server starts.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
