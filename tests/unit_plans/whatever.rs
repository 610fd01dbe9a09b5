//! Whatever the texts are: nothing is invented, the order of neither side matters, and a second implementation by sorted lists
//! counts the same.

use proptest::prelude::*;
use tonghop::plan_reader::Sure;
use tonghop::unit_plans::items::Item;
use tonghop::unit_plans::linking::{Asked, Link, pairs, propose};

const WORDS: [&str; 24] = [
    "cấp", "phiếu", "lý", "lịch", "tư", "pháp", "vay", "vốn", "dạy", "nghề", "mô", "hình", "tuyên", "truyền",
    "và", "của", "rà", "soát", "danh", "sách", "bố", "trí", "kinh", "phí",
];

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![12 => proptest::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => Just(";".to_owned()), 1 => Just(",".to_owned())];
    proptest::collection::vec(word, 1..16).prop_map(|words| words.join(" "))
}

fn asked(text: &str) -> Asked {
    Asked { clause: "III.1".to_owned(), number: String::new(), text: text.to_owned(), own: false }
}

fn item(text: &str) -> Item {
    Item {
        path: "I.1".to_owned(),
        heading: String::new(),
        text: text.to_owned(),
        lines: vec![1],
        sure: Sure::Certain,
        aim: false,
    }
}

/// The same once more, by lists and loops: the neighbouring words of each phrase.
fn plainly(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for phrase in text.split([';', ',']) {
        let words: Vec<&str> = phrase.split(' ').filter(|word| !word.is_empty()).collect();
        for at in 1..words.len() {
            let (one, two) = (words[at - 1], words[at]);
            let empty = ["và", "của"];
            if empty.contains(&one) || empty.contains(&two) || (one, two) == ("tuyên", "truyền") {
                continue;
            }
            let pair = tonghop::vietnamese::search_key(&format!("{one} {two}"));
            if !all.contains(&pair) {
                all.push(pair);
            }
        }
    }
    all.sort();
    all
}

fn by_text(tasks: &[String], items: &[String], links: &[Link]) -> Vec<(String, String, Sure, usize)> {
    let mut all: Vec<(String, String, Sure, usize)> = links
        .iter()
        .map(|link| (tasks[link.task].clone(), items[link.item].clone(), link.sure, link.percent))
        .collect();
    all.sort();
    all
}

fn proposed(tasks: &[String], items: &[String]) -> Vec<Link> {
    let tasks: Vec<Asked> = tasks.iter().map(|text| asked(text)).collect();
    let items: Vec<Item> = items.iter().map(|text| item(text)).collect();
    propose(&tasks, &items)
}

#[test]
fn an_aim_said_word_for_word_is_a_guess_and_a_duty_is_certain() {
    const SAID: &str =
        "Mở phiên giao dịch việc làm lưu động, dạy nghề mộc và cho vay vốn khởi nghiệp ở cụm xã";
    let sure = |aim: bool| -> Vec<Sure> {
        propose(&[asked(SAID)], &[Item { aim, ..item(SAID) }]).iter().map(|link| link.sure).collect()
    };
    assert_eq!((sure(false), sure(true)), (vec![Sure::Certain], vec![Sure::Guess]));
}

proptest! {
    #[test]
    fn pairs_are_those_of_a_plain_count(text in text()) {
        prop_assert_eq!(pairs(&text).into_iter().collect::<Vec<_>>(), plainly(&text));
    }

    #[test]
    fn nothing_is_linked_that_shares_too_little(
        tasks in proptest::collection::vec(text(), 1..6),
        items in proptest::collection::vec(text(), 0..8),
    ) {
        let links = proposed(&tasks, &items);
        for link in &links {
            let said = plainly(&items[link.item]);
            let both = plainly(&tasks[link.task]).into_iter().filter(|pair| said.contains(pair)).count();
            prop_assert!(!link.cited && both >= 2 && link.shared <= both && link.percent <= 100, "{:?}", link);
        }
        // No item is proposed for more than three tasks, no pair twice.
        for at in 0..items.len() {
            prop_assert!(links.iter().filter(|link| link.item == at).count() <= 3);
        }
        let mut seen: Vec<(usize, usize)> = links.iter().map(|link| (link.task, link.item)).collect();
        seen.sort_unstable();
        let before = seen.len();
        seen.dedup();
        prop_assert_eq!(seen.len(), before);
    }

    #[test]
    fn the_order_of_clauses_says_nothing(
        tasks in proptest::collection::vec(text(), 1..5),
        items in proptest::collection::vec(text(), 0..7),
    ) {
        let links = by_text(&tasks, &items, &proposed(&tasks, &items));
        let turned: Vec<String> = items.iter().rev().cloned().collect();
        prop_assert_eq!(&links, &by_text(&tasks, &turned, &proposed(&tasks, &turned)));
    }

    #[test]
    fn a_task_said_word_for_word_is_answered(
        tasks in proptest::collection::vec(text(), 1..5),
        others in proptest::collection::vec(text(), 0..5),
    ) {
        for (at, task) in tasks.iter().enumerate() {
            let pairs = plainly(task);
            let alike = tasks.iter().enumerate().any(|(other, text)| {
                other != at && plainly(text).iter().any(|pair| pairs.contains(pair))
            });
            if pairs.len() < 3 || alike {
                continue;
            }
            let mut items = others.clone();
            items.push(task.clone());
            let links = proposed(&tasks, &items);
            let own = links.iter().find(|link| link.task == at && link.item == items.len() - 1);
            prop_assert_eq!(own.map(|link| (link.sure, link.percent)), Some((Sure::Certain, 100)));
        }
    }

    #[test]
    fn accents_case_and_code_points_say_nothing(tasks in proptest::collection::vec(text(), 1..5), said in text()) {
        use unicode_normalization::UnicodeNormalization;
        let links = proposed(&tasks, std::slice::from_ref(&said));
        for other in [said.nfd().collect::<String>(), said.to_uppercase(), said.replace(' ', "\u{A0}")] {
            prop_assert_eq!(&links, &proposed(&tasks, &[other]));
        }
    }

    #[test]
    fn what_a_plan_is_for_is_never_sure(tasks in proptest::collection::vec(text(), 1..5), said in text()) {
        let asked: Vec<Asked> = tasks.iter().map(|text| asked(text)).collect();
        let links = propose(&asked, &[Item { aim: true, ..item(&said) }]);
        prop_assert!(links.iter().all(|link| link.sure == Sure::Guess));
    }

    #[test]
    fn any_text_at_all_is_taken(task in ".{0,80}", said in "(mục |khoản |Kế hoạch |số |13/KH-UBND|III\\.2|.){0,30}") {
        let links = propose(&[asked(&task)], &[item(&said)]);
        prop_assert!(links.len() <= 1);
    }
}
