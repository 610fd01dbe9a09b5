//! Torn, mixed and broken documents into the readers, for as long as asked: text into the plan reader and
//! the prose reader, bytes into the paper reader, units' workbooks and what stands in their cells into theirs. `cargo bench --bench fuzzing -- 600` runs ten minutes. An input that panics is kept in target/.
//! On stable Rust, without a tool to install; a run is repeated by its seed.

mod books;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

const CORPUS: [&str; 6] = [
    include_str!("../../fixtures/documents/plan.txt"),
    include_str!("../../fixtures/documents/department-plan.txt"),
    include_str!("../../fixtures/documents/letter.txt"),
    include_str!("../../fixtures/documents/report.txt"),
    include_str!("../../fixtures/documents/programme.txt"),
    include_str!("../../fixtures/prose/half-year.txt"),
];

/// What is put in between: pieces of the form, and what breaks text.
const PIECES: [&str; 46] = [
    "\n",
    "\n\n",
    "\r\n",
    "\u{000C}",
    " ",
    "    ",
    "\t",
    "|",
    " | ",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "1.1.1. ",
    "IV. ",
    "a) ",
    "(",
    ")",
    "“",
    "”",
    ":",
    ";",
    "./.",
    "Số:",
    "Nơi nhận:",
    "Kính gửi:",
    "TM. ",
    "Phụ lục",
    "Điều 1. ",
    "trước ngày ",
    "99/99/9999",
    "24 giờ",
    "các sở: Tư pháp, ",
    "phối hợp với ",
    "gần 3.200 lượt tin, bài",
    "2 tỷ 350 triệu đồng",
    "hai mươi lăm buổi",
    "tăng 12,5% so với cùng kỳ",
    "tin, bài như: ",
    "https://a.vn/b ",
    "\u{0301}",
    "\u{200B}",
    "\u{FEFF}",
    "😀",
    "ß",
    "İ",
];

/// Xorshift: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

fn main() {
    // Cargo passes flags of its own; the first number is the time.
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let seconds = numbers.first().copied().unwrap_or(10);
    let seed = numbers.get(1).copied().unwrap_or(0x5EED_2026);
    let mut chance = Chance(seed | 1);
    let begun = Instant::now();
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let text = mangled(&mut chance);
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| {
            let reading = tonghop::plan_reader::read(&text);
            assert!(reading.to_json().is_ok());
            assert!(reading.unread() <= reading.lines());
            let prose = tonghop::prose_reader::read(&text, &form());
            assert!(prose.to_json().is_ok());
            let bytes = broken(text.as_bytes(), runs);
            drop(tonghop::papers::text_of(&bytes));
        }));
        slowest = slowest.max(started.elapsed());
        // Workbooks take longer: one for every ten documents.
        if runs.is_multiple_of(10) {
            let book = books::mangled(&mut chance);
            let started = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| books::read(&book))).is_err() {
                let path = format!("target/fuzz-{seed}-{runs}.xlsx");
                std::fs::write(&path, &book).expect("the input is kept");
                println!("panicked on run {runs}: {path}");
                std::process::exit(1);
            }
            slowest = slowest.max(started.elapsed());
            books::numbers(&text, &mut chance);
        }
        runs += 1;
        if read.is_err() {
            let path = format!("target/fuzz-{seed}-{runs}.txt");
            std::fs::write(&path, &text).expect("the input is kept");
            println!("panicked on run {runs}: {path}");
            std::process::exit(1);
        }
    }
    println!(
        "{runs} documents in {:.0?}, none panicked, slowest {slowest:.1?}, seed {seed}",
        begun.elapsed()
    );
}

/// A small form to read reports by.
fn form() -> tonghop::prose_reader::Form {
    use tonghop::prose_reader::{Form, FormColumn, FormFigure, FormList, FormSection, FormTask};
    let column = |(code, title): (&str, &str)| FormColumn {
        code: code.to_owned(),
        title: title.to_owned(),
        required: true,
    };
    let section = |(label, title): (&str, &str)| FormSection {
        code: label.to_owned(),
        label: label.to_owned(),
        title: title.to_owned(),
        hint: String::new(),
    };
    let figure = |(code, name, measure): (&str, &str, &str)| FormFigure {
        code: code.to_owned(),
        name: name.to_owned(),
        measure: measure.to_owned(),
        money: measure.ends_with("đồng"),
        yes_no: false,
    };
    Form {
        sections: [
            ("I", "Công tác chỉ đạo"),
            ("II.1", "Kết quả trên mạng"),
            ("II.2", "Kết quả trên báo chí"),
            ("III", "Phương hướng, nhiệm vụ"),
        ]
        .map(section)
        .to_vec(),
        figures: [
            ("A", "Lượt tin, bài truyền thanh cơ sở", "lượt"),
            ("B", "Kinh phí đã sử dụng", "triệu đồng"),
        ]
        .map(figure)
        .to_vec(),
        lists: vec![FormList {
            code: "documents".to_owned(),
            columns: [("number", "Số, ký hiệu"), ("date", "Ngày"), ("subject", "Trích yếu")]
                .map(column)
                .to_vec(),
        }],
        tasks: vec![FormTask {
            code: "1".to_owned(),
            plan: "KH 13/2025".to_owned(),
            clause: "III.2".to_owned(),
            text: "Tuyên truyền trên báo chí, truyền thanh cơ sở".to_owned(),
        }],
    }
}

/// A document cut, joined with another, strewn with pieces, its lines shuffled.
fn mangled(chance: &mut Chance) -> String {
    let mut text: Vec<char> = CORPUS[chance.next(CORPUS.len())].chars().collect();
    for _ in 0..=chance.next(12) {
        let at = chance.next(text.len() + 1);
        let to = (at + chance.next(200)).min(text.len());
        match chance.next(7) {
            0 => drop(text.drain(at..to)),
            1 => {
                let piece: Vec<char> = text[at..to].to_vec();
                let place = chance.next(text.len() + 1);
                text.splice(place..place, piece);
            }
            2 => {
                let other: Vec<char> = CORPUS[chance.next(CORPUS.len())].chars().collect();
                let from = chance.next(other.len());
                let piece = other[from..(from + chance.next(400)).min(other.len())].to_vec();
                text.splice(at..at, piece);
            }
            3 => {
                let text_with: Vec<char> = PIECES[chance.next(PIECES.len())].chars().collect();
                text.splice(at..at, text_with);
            }
            4 if at < text.len() => {
                text[at] = char::from_u32(u32::try_from(chance.next(0x3000)).unwrap_or(32)).unwrap_or(' ')
            }
            5 => {
                for c in &mut text[at..to] {
                    *c = c.to_uppercase().next().unwrap_or(*c);
                }
            }
            _ => text.truncate(to),
        }
    }
    text.into_iter().collect()
}

/// Bytes that claim to be some kind of file.
fn broken(text: &[u8], run: u64) -> Vec<u8> {
    let head: &[u8] = match run % 4 {
        0 => b"%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n",
        1 => b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
        2 => b"\xFF\xFE",
        _ => b"",
    };
    [head, text].concat()
}
