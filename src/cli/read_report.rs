//! `tonghop read-report`: a unit's report as a file, and what it says, without a form: parts as they come, every number with its
//! sentence, titles of articles.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::read_plan::{bytes_of, print};
use crate::papers::text_of;
use crate::prose_reader::{self, Form, Prose};

#[derive(Debug, Args)]
pub struct ReadReportArgs {
    /// The report: .docx, .pdf with a text layer, .txt; .doc where LibreOffice is installed; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ReadReportArgs) -> Result<(), CliError> {
    let bytes = bytes_of(&args.file)?;
    let text = text_of(&bytes).map_err(|refusal| CliError(format!("{}: {refusal}", args.file.display())))?;
    let prose = prose_reader::read(&text, &Form::default());
    if args.json { print(&prose.to_json()?) } else { print(&in_words(&prose)) }
}

fn in_words(prose: &Prose) -> String {
    let head = &prose.head;
    let mut lines: Vec<String> = [
        ("Loại", &head.kind),
        ("Số", &head.number),
        ("Ký hiệu", &head.symbol),
        ("Ngày", &head.written_date),
        ("Cơ quan ban hành", &head.issuer),
        ("Trích yếu", &head.subject),
        ("Người ký", &head.name),
    ]
    .iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}: {value}"))
    .collect();
    if let Some(named) = &prose.period {
        lines.push(format!("Kỳ: {}", named.words));
    }
    for piece in &prose.pieces {
        let heading = if piece.heading.is_empty() { "(không có tiêu đề)" } else { &piece.heading };
        lines.push(format!("Phần: {heading}, {} dòng", piece.body.lines().count()));
    }
    for figure in &prose.figures {
        lines.push(format!("Số: {} ({})", figure.words(), figure.kind.words()));
    }
    for named in &prose.named {
        lines.push(format!("Số khác: {}", named.text));
    }
    for title in &prose.titles {
        lines.push(format!("Tin, bài: {} {}", title.text, title.url).trim_end().to_owned());
    }
    lines.push(format!("{} dòng, {} dòng chưa đọc được", prose.lines(), prose.unread()));
    lines.join("\n")
}
