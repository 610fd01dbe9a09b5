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
    let wanted: Vec<String> =
        tasks.iter().map(|task| search_key(task)).filter(|wanted| !wanted.is_empty()).collect();
    let found: Vec<bool> = wanted.iter().map(|wanted| take_out(&mut left, wanted)).collect();
    let mut at = 0;
    'tasks: while at < wanted.len() {
        for parts in 2..=8.min(wanted.len() - at) {
            if found[at..at + parts].contains(&true) {
                break;
            }
            if take_out(&mut left, &wanted[at..at + parts].join(" ")) {
                at += parts;
                continue 'tasks;
            }
        }
        at += 1;
    }
    left.into_iter().flatten().collect()
}

fn take_out(left: &mut [Option<&str>], wanted: &str) -> bool {
    if let Some((from, to)) = run(left, wanted) {
        left[from..=to].fill(None);
        return true;
    }
    let mut kept = false;
    for paragraph in left.iter_mut().flatten() {
        if let Some((owner, rest)) = paragraph.split_once(':')
            && search_key(rest) == wanted
        {
            *paragraph = owner.trim_end();
            kept = true;
        }
    }
    kept
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
fn the_halves_of_a_paragraph_are_taken_out_of_it() {
    let text = "Phân công:\n- Sở Nội vụ lập dự toán; theo dõi chi.\nSở Y tế: khám bệnh, cấp thuốc";
    let halves = ["Sở Nội vụ lập dự toán;", "theo dõi chi.", "khám bệnh", "cấp thuốc"];
    assert_eq!(remainder(text, &halves), ["Phân công:", "Sở Y tế"]);
    // A half alone says less than the paragraph.
    assert_eq!(remainder(text, &halves[..1]).len(), 3);
}

#[test]
fn an_owner_stays_where_the_task_stood_behind_it() {
    let text = "- Sở Nội vụ: lập dự toán\n- Sở Tư pháp: tư vấn";
    assert_eq!(remainder(text, &["Lập dự toán"]), ["- Sở Nội vụ", "- Sở Tư pháp: tư vấn"]);
}
