//! What holds for any text: it is read without a panic, every line has one role, nothing is named that does not stand in
//! the text, and wrapping changes nothing.

use proptest::prelude::*;
use tonghop::plan_reader::{Role, read};

use super::expected::DOCUMENTS;
use super::mangled::wrapped;

/// Pieces official documents are made of, and pieces that break things.
const PIECES: [&str; 44] = [
    "KẾ HOẠCH",
    "Số: ",
    "/KH-UBND",
    "ngày ",
    "tháng ",
    "năm 2025",
    "Nơi nhận:",
    "- ",
    "+ ",
    "1. ",
    "1.1. ",
    "I. ",
    "a) ",
    "Điều 1. ",
    "Phụ lục",
    "TM. ",
    "KT. CHỦ TỊCH",
    "Công an tỉnh",
    "Sở Tư pháp",
    "các sở, ban, ngành",
    "UBND các huyện",
    "phối hợp với ",
    "trước ngày 15/11",
    "chậm nhất ",
    "24 giờ",
    "báo cáo ",
    "gửi về ",
    "(qua ",
    ")",
    ";",
    ":",
    ".",
    "\n",
    "\n\n",
    "“",
    "\"",
    "Căn cứ ",
    "Kính gửi:",
    "V/v ",
    "đến 100%",
    "\u{000C}",
    "e\u{0301}",
    "\u{200B}",
    "./.",
];

fn pieces() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![4 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => ".{0,12}"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn adds_up(text: &str) -> Result<(), TestCaseError> {
    let reading = read(text);
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').count();
    prop_assert_eq!(reading.roles.len(), lines);
    let of = |role: Role| reading.roles.iter().filter(|found| **found == role).count();
    let placed = of(Role::Heading) + of(Role::Read) + of(Role::Boilerplate);
    prop_assert_eq!(reading.lines(), placed + reading.unread());
    prop_assert_eq!(reading.lines() + of(Role::Blank), lines);
    let all = reading
        .clauses
        .iter()
        .map(|clause| &clause.lines)
        .chain(reading.duties.iter().map(|duty| &duty.lines));
    for line in all.flatten() {
        prop_assert!((1..=lines).contains(line));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_and_its_lines_add_up(text in any::<String>()) {
        adds_up(&text)?;
    }

    #[test]
    fn pieces_of_documents_in_any_order_are_read(text in pieces()) {
        adds_up(&text)?;
    }

    /// A document with a part cut out and another put elsewhere.
    #[test]
    fn torn_documents_are_read(which in 0..DOCUMENTS.len(), from in 0.0..1.0_f64, to in 0.0..1.0_f64, at in 0.0..1.0_f64) {
        let text: Vec<char> = DOCUMENTS[which].1.chars().collect();
        let place = |part: f64| (text.len() as f64 * part) as usize;
        let (from, to) = (place(from.min(to)), place(from.max(to)));
        let mut torn: Vec<char> = text[..from].iter().chain(&text[to..]).copied().collect();
        let at = (torn.len() as f64 * at) as usize;
        torn.splice(at..at, text[from..to].iter().copied());
        adds_up(&torn.into_iter().collect::<String>())?;
    }

    /// Units are named, never made up: each stands in the text, word by word.
    #[test]
    fn nothing_is_named_that_is_not_there(text in pieces()) {
        let clean = tonghop::vietnamese::clean_line(&text.replace('*', ""));
        for given in read(&text).assignments {
            for unit in given.units {
                for word in unit.split(' ') {
                    prop_assert!(clean.to_lowercase().contains(&word.to_lowercase()), "{unit}");
                }
            }
        }
    }

    #[test]
    fn wrapping_once_more_changes_nothing(which in 0..DOCUMENTS.len(), width in 68_usize..110, again in 68_usize..110) {
        let text = DOCUMENTS[which].1;
        let without_lines = |text: &str| {
            let reading = read(text);
            let duties: Vec<_> = reading.duties.iter().map(|duty| (duty.kind, duty.due.clone(), duty.to.clone(), duty.via.clone())).collect();
            let given: Vec<_> = reading
                .assignments
                .iter()
                .map(|given| (given.clause.clone(), given.units.clone(), given.mode, given.tasks.iter().map(|task| task.text.clone()).collect::<Vec<_>>()))
                .collect();
            let clauses: Vec<_> = reading.clauses.iter().map(|clause| (clause.path.clone(), clause.text.clone())).collect();
            (duties, given, clauses)
        };
        prop_assert_eq!(without_lines(&wrapped(text, width)), without_lines(&wrapped(text, again)));
    }
}
