//! What is left of a clause without its tasks, against a slow search that folds every paragraph anew for every place.

use proptest::prelude::*;
use tonghop::plan_adoption::remainder::remainder;
use tonghop::vietnamese::search_key;

/// The first paragraphs that say together just these words, looked for from every place.
fn run(paragraphs: &[Option<&str>], wanted: &str) -> Option<(usize, usize)> {
    (0..paragraphs.len()).find_map(|from| {
        let mut said = String::new();
        for (to, paragraph) in paragraphs.iter().enumerate().skip(from) {
            let words = search_key((*paragraph)?);
            if !said.is_empty() && !words.is_empty() {
                said.push(' ');
            }
            said.push_str(&words);
            if said == wanted {
                return Some((from, to));
            }
        }
        None
    })
}

fn slowly<'t>(text: &'t str, tasks: &[&str]) -> Vec<&'t str> {
    let mut left: Vec<Option<&str>> = text.lines().map(Some).collect();
    for wanted in tasks.iter().map(|task| search_key(task)).filter(|wanted| !wanted.is_empty()) {
        if let Some((from, to)) = run(&left, &wanted) {
            left[from..=to].fill(None);
            continue;
        }
        for paragraph in left.iter_mut().flatten() {
            if let Some((owner, rest)) = paragraph.split_once(':')
                && search_key(rest) == wanted
            {
                *paragraph = owner.trim_end();
            }
        }
    }
    left.into_iter().flatten().collect()
}

fn paragraph() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["Sở", "lập", "dự", "toán", "-", "a", "a b", "b", ":", "UBND"]);
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_same_is_left_as_by_a_slow_search(
        text in prop::collection::vec(paragraph(), 0..8),
        tasks in prop::collection::vec(prop::collection::vec(paragraph(), 1..3), 0..6),
    ) {
        let text = text.join("\n");
        let tasks: Vec<String> = tasks.into_iter().map(|parts| parts.join("\n")).collect();
        let tasks: Vec<&str> = tasks.iter().map(String::as_str).collect();
        prop_assert_eq!(remainder(&text, &tasks), slowly(&text, &tasks));
    }
}

#[test]
fn each_of_many_tasks_is_taken_out_of_one_clause() {
    let tasks: Vec<String> =
        (0..4000).map(|n| format!("Sở Y tế tuyên truyền đợt {n}\n- trước ngày 15/11")).collect();
    let text = format!("Phân công:\n{}\nCác đơn vị phối hợp.", tasks.join("\n"));
    let tasks: Vec<&str> = tasks.iter().rev().map(String::as_str).collect();
    assert_eq!(remainder(&text, &tasks), ["Phân công:", "Các đơn vị phối hợp."]);
}

#[test]
fn an_owner_stays_where_the_task_stood_behind_it() {
    let text = "- Sở Nội vụ: lập dự toán\n- Sở Tư pháp: tư vấn";
    assert_eq!(remainder(text, &["Lập dự toán"]), ["- Sở Nội vụ", "- Sở Tư pháp: tư vấn"]);
}
