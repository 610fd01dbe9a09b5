//! `tonghop merge`: the workbooks of many provinces into one national table. Needs no database.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::export::{may_replace, replace};
use crate::audit::sha256_hex;
use crate::merging::{self, Given};
use crate::workbooks;

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The Ministry's workbooks, one of each province
    #[arg(required = true, value_name = "FILE.xlsx")]
    files: Vec<PathBuf>,
    /// The file to write; a workbook that is there is replaced once the new one is whole
    #[arg(long, value_name = "FILE.xlsx")]
    out: PathBuf,
    /// The body in whose name the table is made
    #[arg(long, default_value = "Cục C11")]
    agency: String,
}

pub fn run(args: &MergeArgs) -> Result<(), CliError> {
    may_replace(&args.out)?;
    if args.files.len() > merging::MOST_FILES {
        return Err(CliError(format!("nhiều nhất {} tệp mỗi lần gộp", merging::MOST_FILES)));
    }
    let mut given = Vec::new();
    for path in &args.files {
        let size = std::fs::metadata(path).map(|found| found.len());
        let size = size.map_err(|e| CliError(format!("không đọc được {}: {}", path.display(), why(&e))))?;
        if size > merging::LARGEST as u64 {
            let most = merging::LARGEST >> 20;
            return Err(CliError(format!("{} lớn quá {most} MB", path.display())));
        }
        let bytes = std::fs::read(path)
            .map_err(|e| CliError(format!("không đọc được {}: {}", path.display(), why(&e))))?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        given.push(Given { name, bytes });
    }
    let merged = merging::merge(&given, &args.agency).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
        CliError(format!(
            "không gộp được, có {} chỗ không khớp; không ghi tệp nào:\n{}",
            faults.len(),
            lines.join("\n")
        ))
    })?;
    drop(given);
    let bytes = workbooks::write_national(&merged)?;
    replace(&args.out, &bytes)?;
    println!("Đã gộp {} tệp vào {}, sha256 {}", merged.files.len(), args.out.display(), sha256_hex(&bytes));
    let missing: Vec<String> =
        merged.missing.iter().map(|province| format!("{} ({})", province.name, province.code)).collect();
    // Held against the list of today, which is another than that of the period's days.
    if merged.before_the_34 {
        println!(
            "Kỳ này kết thúc trước ngày 01/7/2025, khi còn 63 tỉnh, thành phố; danh sách đối chiếu dưới đây là của 34 tỉnh, \
             thành phố từ ngày đó, cùng một mã có thể là địa giới khác."
        );
    }
    if missing.is_empty() {
        println!("Đủ 34 tỉnh, thành phố.");
    } else {
        println!("Còn thiếu {}/34: {}.", missing.len(), missing.join("; "));
    }
    Ok(())
}

/// Why a file cannot be read, as the rest of what is said.
fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "không có tệp này".to_owned(),
        std::io::ErrorKind::PermissionDenied => "không có quyền đọc".to_owned(),
        std::io::ErrorKind::IsADirectory => "đây là thư mục".to_owned(),
        _ => error.to_string(),
    }
}
