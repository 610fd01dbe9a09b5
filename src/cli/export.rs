//! `tonghop export`: the workbook of an edition as a file, the very bytes that were kept at approval.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{CliError, open};
use crate::audit::sha256_hex;
use crate::config::DatabaseArgs;
use crate::consolidation::content::EditionContent;
use crate::consolidation::queries::{EditionFile, EditionRow, editions_of, period_by_code};
use crate::consolidation::signing::put_sent;
use crate::consolidation::{EditionCopy, collected, read_content, workbook};
use crate::db::Conn;
use crate::error::Error;
use crate::form_filler::{Binding, Cell, Form, FormError, LARGEST};
use crate::recipient_forms::{self, Unfilled};

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Code of the regime, such as bac-giang
    #[arg(long)]
    regime: String,
    /// Code of the period, such as 2025-H1
    #[arg(long)]
    period: String,
    /// Number of the edition; without it the latest approved one, or the latest draft where none is approved
    #[arg(long)]
    edition: Option<i32>,
    /// ministry: what leaves the collector, classified groups as totals only; internal: everything
    #[arg(long, value_enum, default_value_t = CopyArg::Ministry)]
    copy: CopyArg,
    /// A recipient's own form to fill with the edition, in place of the workbook
    #[arg(long, value_name = "FORM.xlsx")]
    form: Option<PathBuf>,
    /// A cell of the form that carries no mark, and the name of what belongs there; may be given again
    #[arg(long, value_name = "SHEET!CELL=NAME", requires = "form", value_parser = binding)]
    bind: Vec<Binding>,
    /// The file to write; a workbook that is there is replaced once the new one is whole
    #[arg(long, value_name = "FILE.xlsx")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CopyArg {
    Ministry,
    Internal,
}

impl From<CopyArg> for EditionCopy {
    fn from(copy: CopyArg) -> EditionCopy {
        match copy {
            CopyArg::Ministry => EditionCopy::Ministry,
            CopyArg::Internal => EditionCopy::Internal,
        }
    }
}

/// Either what to write, or why there is nothing.
type Found = Result<(EditionRow, EditionFile), CliError>;

pub fn run(args: &ExportArgs) -> Result<(), CliError> {
    may_replace(&args.out)?;
    let form = args.form.as_deref().map(read_form).transpose()?;
    let db = open(&args.database, false)?;
    let found = db.read(|conn| find(conn, args, form.as_ref()))?;
    let (edition, file) = found?;
    replace(&args.out, &file.bytes)?;
    let state = if edition.is_draft() { "draft" } else { "approved" };
    println!(
        "Wrote edition {} ({state}) of {} {} to {}, sha256 {}",
        edition.number,
        args.regime,
        args.period,
        args.out.display(),
        file.sha256
    );
    Ok(())
}

fn find(conn: &mut Conn, args: &ExportArgs, form: Option<&Form>) -> Result<Found, Error> {
    let (period, regime) = match period_by_code(conn, &args.regime, &args.period) {
        Err(diesel::result::Error::NotFound) => {
            return Ok(Err(CliError(format!(
                "there is no period {} of a regime {}: check the two codes",
                args.period, args.regime
            ))));
        }
        found => found?,
    };
    let mut all = Vec::new();
    for body in collected(conn, period.id, regime.collector_id)? {
        all.extend(editions_of(conn, period.id, body)?);
    }
    if let Some(given_up) = all.iter().find(|e| Some(e.number) == args.edition && e.is_discarded()) {
        return Ok(Err(CliError(format!(
            "edition {} of {} {} was {} as a draft and has no workbook",
            given_up.number,
            args.regime,
            args.period,
            if given_up.given_back { "given back" } else { "given up" }
        ))));
    }
    let editions: Vec<EditionRow> = all.into_iter().filter(|edition| !edition.is_discarded()).collect();
    let chosen = match args.edition {
        Some(number) => editions.iter().find(|edition| edition.number == number),
        None => editions.iter().find(|edition| edition.is_approved()).or(editions.first()),
    };
    let Some(edition) = chosen else {
        let there: Vec<String> = editions.iter().rev().map(|edition| edition.number.to_string()).collect();
        return Ok(Err(CliError(match (args.edition, there.as_slice()) {
            (_, []) => {
                format!("{} {} has no edition yet: make one on its page first", args.regime, args.period)
            }
            (Some(number), there) => {
                format!("{} {} has no edition {number}, only {}", args.regime, args.period, there.join(", "))
            }
            (None, _) => format!("{} {} has no edition", args.regime, args.period),
        })));
    };
    let copy = args.copy.into();
    let Some(form) = form else { return Ok(Ok((edition.clone(), workbook(conn, edition, copy)?))) };
    let mut content = read_content(conn, edition)?;
    put_sent(conn, edition, &mut content)?;
    Ok(filled(form, &args.bind, &content, copy).map(|bytes| {
        let sha256 = sha256_hex(&bytes);
        (edition.clone(), EditionFile { file_name: String::new(), sha256, bytes })
    }))
}

/// Reads "Biểu 1!C5=D02.total".
fn binding(text: &str) -> Result<Binding, String> {
    let parts = text.rsplit_once('=').and_then(|(place, name)| Some((place.rsplit_once('!')?, name)));
    let read = parts.and_then(|((sheet, cell), name)| {
        Some(Binding { sheet: sheet.to_owned(), cell: Cell::parse(cell)?, name: name.trim().to_owned() })
    });
    read.ok_or_else(|| "written as SHEET!CELL=NAME, such as Sheet1!C5=D02.total".to_owned())
}

fn read_form(path: &Path) -> Result<Form, CliError> {
    let refused = |why: &dyn std::fmt::Display| CliError(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(path).map_err(|e| refused(&e))?.len();
    if size > LARGEST as u64 {
        return Err(refused(&FormError::TooLong));
    }
    Form::read(std::fs::read(path).map_err(|e| refused(&e))?).map_err(|e| refused(&e))
}

fn filled(
    form: &Form,
    bindings: &[Binding],
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<Vec<u8>, CliError> {
    recipient_forms::fill(form, bindings, content, copy).map_err(|unfilled| match unfilled {
        Unfilled::Package(error) => error.into(),
        Unfilled::Faults(faults) => {
            let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
            CliError(format!(
                "biểu mẫu chưa điền được, có {} chỗ cần sửa:\n{}",
                faults.len(),
                lines.join("\n")
            ))
        }
    })
}

/// Refuses a target that is there and is no workbook: a device, a folder, a link, somebody's other file.
pub(super) fn may_replace(target: &Path) -> Result<(), CliError> {
    let refused = |why: &str| Err(CliError(format!("{} {why}: choose another name", target.display())));
    match std::fs::symlink_metadata(target) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(CliError(format!("cannot write {}: {e}", target.display()))),
        Ok(found) if !found.is_file() => refused("is there and is not a file"),
        Ok(found) if found.len() == 0 => Ok(()),
        Ok(_) => {
            let mut begins = [0; 4];
            let read = std::fs::File::open(target).and_then(|mut file| file.read_exact(&mut begins));
            // The mark of a zip archive, which every workbook is.
            if read.is_ok() && begins == *b"PK\x03\x04" {
                Ok(())
            } else {
                refused("holds something else than a workbook")
            }
        }
    }
}

/// Writes beside the target and renames: whoever opens the file sees the old one or the new one, whole.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let fail = |e: std::io::Error| CliError(format!("cannot write {}: {e}", target.display()));
    let name = target
        .file_name()
        .ok_or_else(|| CliError(format!("{} is not the name of a file", target.display())))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", uuid::Uuid::now_v7().simple()));
    let part = target.with_file_name(beside);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, target));
    written.map_err(|e| {
        // The half of a file helps nobody; if it cannot be removed either, the first error says why.
        drop(std::fs::remove_file(&part));
        fail(e)
    })
}
