//! `tonghop read-plan`: an issued document as a file, and what it says: for people line by line, for programs as JSON.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use crate::papers::{MOST_BYTES, Refusal, text_of};
use crate::plan_reader::{self, Mode, Reading, Role, Sure};

#[derive(Debug, Args)]
pub struct ReadPlanArgs {
    /// The document: .docx, .pdf with a text layer, .txt; .doc where LibreOffice is installed; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ReadPlanArgs) -> Result<(), CliError> {
    let bytes = bytes_of(&args.file)?;
    let text = text_of(&bytes).map_err(|refusal| CliError(format!("{}: {refusal}", args.file.display())))?;
    let reading = plan_reader::read(&text);
    if args.json { print(&reading.to_json()?) } else { print(&in_words(&text, &reading)) }
}

/// One byte more than is read shows that the file goes on.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, CliError> {
    let fail = |e: std::io::Error| CliError(format!("cannot read {}: {e}", path.display()));
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(fail)?;
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(fail)?;
    }
    if bytes.len() > MOST_BYTES {
        return Err(CliError(format!("{}: {}", path.display(), Refusal::TooLarge)));
    }
    Ok(bytes)
}

/// Writes to standard output; a reader that has gone away ("| head") is no failure.
pub(super) fn print(text: &str) -> Result<(), CliError> {
    use std::io::Write;
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}

fn in_words(text: &str, reading: &Reading) -> String {
    let mut out = String::new();
    let mut say = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    let heading = &reading.heading;
    let parts = [
        ("Loại", &heading.kind),
        ("Số", &heading.number),
        ("Ký hiệu", &heading.symbol),
        ("Cơ quan chủ quản", &heading.superior),
        ("Cơ quan ban hành", &heading.issuer),
        ("Trích yếu", &heading.subject),
    ];
    for (name, part) in parts {
        if let Some(found) = part {
            say(format!("{name}: {} {}", found.value, place(&found.lines, found.sure)));
        }
    }
    if let Some(date) = &heading.date {
        say(format!("Ngày: {} {}", date.value, place(&date.lines, date.sure)));
    }
    for basis in &reading.bases {
        say(format!("Căn cứ: {} {}", basis.text, place(&basis.lines, basis.sure)));
    }
    for given in &reading.assignments {
        let mode = if given.mode == Mode::Request { "Đề nghị" } else { "Giao" };
        let clause = given.clause.as_deref().unwrap_or("");
        say(format!("{mode} {} ({clause}) {}", given.units.join("; "), place(&given.lines, given.sure)));
        for task in &given.tasks {
            say(format!("  - {}", task.text.replace('\n', " ")));
            if !task.cooperating.is_empty() {
                say(format!("    phối hợp: {}", task.cooperating.join("; ")));
            }
            if let Some(target) = &task.target {
                say(format!("    chỉ tiêu: {target}"));
            }
        }
    }
    for duty in &reading.duties {
        say(format!("Báo cáo, kế hoạch phải gửi: {} {}", duty.text, place(&duty.lines, duty.sure)));
    }
    let unread = text.lines().zip(&reading.roles).enumerate().filter(|(_, (_, role))| **role == Role::Unread);
    for (index, (line, _)) in unread {
        say(format!("Chưa đọc được, dòng {}: {}", index + 1, line.trim()));
    }
    say(format!("{} dòng, {} dòng chưa đọc được", reading.lines(), reading.unread()));
    out
}

/// "[dòng 12-14, chắc chắn]"
fn place(lines: &[usize], sure: Sure) -> String {
    let sure = match sure {
        Sure::Certain => "chắc chắn",
        Sure::Likely => "khá chắc",
        Sure::Guess => "đoán",
    };
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) if first != last => format!("[dòng {first}-{last}, {sure}]"),
        (Some(first), _) => format!("[dòng {first}, {sure}]"),
        _ => format!("[{sure}]"),
    }
}
