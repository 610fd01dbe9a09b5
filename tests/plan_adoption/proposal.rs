//! What is proposed of a reading: the documents of fixtures against lists made by hand, and rules that hold for any text.

use proptest::prelude::*;
use tonghop::plan_adoption::draft::{Draft, DutyItem};
use tonghop::plan_adoption::propose::propose;
use tonghop::plan_adoption::{amend, marks};
use tonghop::plan_reader::{Sure, read};

const DOCUMENTS: [(&str, &str); 5] = [
    ("plan", include_str!("../../fixtures/documents/plan.txt")),
    ("letter", include_str!("../../fixtures/documents/letter.txt")),
    ("programme", include_str!("../../fixtures/documents/programme.txt")),
    ("department-plan", include_str!("../../fixtures/documents/department-plan.txt")),
    ("report", include_str!("../../fixtures/documents/report.txt")),
];

fn proposed(name: &str) -> Draft {
    let (_, text) = DOCUMENTS.iter().find(|(known, _)| *known == name).expect("a document");
    propose(&read(text))
}

fn key_of(draft: &Draft, path: &str) -> u32 {
    draft.clauses.iter().find(|clause| draft.path(clause.key) == path).expect("a clause").key
}

fn paths(draft: &Draft) -> Vec<String> {
    draft.clauses.iter().map(|clause| draft.path(clause.key)).collect()
}

#[test]
fn the_facts_of_a_plan_are_those_of_its_heading() {
    let facts = proposed("plan").facts;
    assert_eq!(
        (facts.kind.as_str(), facts.number.as_str(), facts.symbol.as_str()),
        ("KH", "", "KH-UBND"),
        "the number is blank until it is stamped"
    );
    assert_eq!((facts.day.as_str(), facts.month.as_str(), facts.year.as_str()), ("", "1", "2025"));
    assert_eq!(facts.issuer, "Ủy ban nhân dân tỉnh Bắc Giang");
    assert_eq!(facts.subject, "Truyền thông trên mạng giúp người mãn hạn tù trở về với cộng đồng");
    assert!(facts.short_name.starts_with("Kế hoạch 2025: Truyền thông trên mạng"), "{}", facts.short_name);
    assert!(facts.short_name.chars().count() <= 80);
    assert_eq!(
        (facts.signatory_title.as_str(), facts.signatory_name.as_str()),
        ("PHÓ CHỦ TỊCH", "Trần Minh Khang")
    );
}

#[test]
fn a_basis_without_number_or_issuer_waits() {
    let bases: Vec<(String, String, String, bool)> = proposed("plan")
        .bases
        .into_iter()
        .map(|basis| (basis.kind, basis.number, basis.issuer, basis.taken))
        .collect();
    let line = |kind: &str, number: &str, issuer: &str| (kind.into(), number.into(), issuer.into(), true);
    // Who makes laws is not written and known all the same.
    let expected = [
        line("law", "41/2019/QH14", "Quốc hội"),
        line("decree", "49/2020/NĐ-CP", "Chính phủ"),
        line("plan", "563/KH-BCA-C11", "Bộ Công an"),
    ];
    assert_eq!(bases, expected);
    let subjects: Vec<String> = proposed("plan").bases.into_iter().map(|basis| basis.subject).collect();
    assert_eq!(subjects[..2], ["Luật Thi hành án hình sự", "Tái hòa nhập cộng đồng"]);
    let nameless = "KẾ HOẠCH\nVề việc thử\n\nCăn cứ Đề án “Một việc” của tỉnh;\n\nI. NHIỆM VỤ\n\n1. Sở Tài chính\n\n- Lập dự toán.\n";
    assert!(propose(&read(nameless)).bases.iter().all(|basis| !basis.taken));
}

#[test]
fn dashes_are_paragraphs_of_the_clause_above() {
    let draft = proposed("plan");
    let expected = [
        "I", "I.1", "I.2", "II", "II.1", "II.2", "III", "III.1", "III.2", "III.3", "III.4", "III.5", "III.6",
        "III.7", "IV", "IV.1", "IV.2", "IV.3",
    ];
    assert_eq!(paths(&draft), expected);
    let owner = draft.clauses.iter().find(|clause| draft.path(clause.key) == "III.1").expect("a clause");
    assert_eq!((owner.label.as_str(), owner.title.as_str()), ("1", "Công an tỉnh"));
    assert_eq!(owner.body.lines().count(), 3, "{}", owner.body);
    assert!(owner.body.starts_with("- Là cơ quan thường trực"));
    assert_eq!(paths(&proposed("letter"))[..6], ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(
        paths(&proposed("programme")),
        [
            "I", "II", "II.1", "II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.2", "II.2.a", "II.2.b", "III",
            "III.1", "III.2", "III.3"
        ]
    );
}

#[test]
fn tasks_stand_on_their_clauses_with_the_bodies_as_written() {
    let draft = proposed("plan");
    let tasks: Vec<(String, String, usize, &str)> = draft
        .tasks
        .iter()
        .map(|task| {
            (draft.path(task.clause), task.lead.join(" + "), task.cooperating.len(), task.mode.as_str())
        })
        .collect();
    let line = |path: &str, lead: &str, cooperating: usize| (path.into(), lead.into(), cooperating, "assign");
    let districts = "UBND các huyện, thị xã, thành phố";
    let expected = [
        line("III.1", "Công an tỉnh", 2),
        line("III.1", "Công an tỉnh", 1),
        line("III.1", "Công an tỉnh", 1),
        line("III.2", "Sở Thông tin và Truyền thông", 0),
        line("III.3", "Sở Lao động - Thương binh và Xã hội + Sở Tư pháp", 1),
        line("III.4", "Sở Tài chính", 0),
        (
            "III.5".into(),
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh + các tổ chức chính trị - xã hội".into(),
            1,
            "request",
        ),
        line("III.6", "Báo Bắc Giang + Đài Phát thanh và Truyền hình tỉnh", 0),
        line("III.7", districts, 0),
        line("III.7", districts, 0),
        line("IV.1", &format!("các sở, ban, ngành, đoàn thể + {districts}"), 0),
        line("IV.2", &format!("các sở, ngành + {districts}"), 0),
        line("IV.3", "Công an tỉnh", 0),
    ];
    assert_eq!(tasks, expected);
    assert!(draft.tasks.iter().all(|task| task.taken));
    let due: Vec<&str> =
        draft.tasks.iter().map(|task| task.due_on.as_str()).filter(|due| !due.is_empty()).collect();
    assert_eq!(due, ["19/02/2025"], "before the 20th is the 19th at the latest");
    assert_eq!(draft.tasks[1].target, "ít nhất 02 tin, bài/tháng");
    assert!(proposed("report").tasks.is_empty(), "a report assigns nothing");
}

/// What, cycle, rule, when, hour, regime ("new", or "with"), taken.
/// Names nobody knows are proposed with their work, marked unclear, so that they are asked about.
#[test]
fn work_of_names_nobody_knows_is_proposed() {
    let draft = propose(&read(
        "KẾ HOẠCH\nThử\n\nI. PHÂN CÔNG NHIỆM VỤ\n\n1. Công an tỉnh\n\nLập danh sách.\n\n\
         2. Tòa Giám mục An Phú, Sở Nội vụ\n\nVận động tín đồ.\n",
    ));
    let told: Vec<(Vec<&str>, bool, Sure)> = draft
        .tasks
        .iter()
        .map(|task| (task.lead.iter().map(String::as_str).collect(), task.taken, task.sure))
        .collect();
    assert_eq!(
        told,
        [
            (vec!["Công an tỉnh"], true, Sure::Certain),
            (vec!["Tòa Giám mục An Phú", "Sở Nội vụ"], true, Sure::Guess)
        ]
    );
}

fn duty_line(duty: &DutyItem) -> String {
    let regime = duty.regime.split(':').next().unwrap_or_default();
    let taken = if duty.taken { "taken" } else { "waits" };
    let words =
        [&duty.what, &duty.cycle, &duty.rule, &duty.when, &duty.hour].map(|word| match word.as_str() {
            "" => "-",
            word => word,
        });
    format!("{} {regime} {taken}", words.join(" "))
}

#[test]
fn duties_are_cycles_with_their_due_words() {
    let lines = |name: &str| proposed(name).duties.iter().map(duty_line).collect::<Vec<_>>();
    assert_eq!(
        lines("plan"),
        [
            "document once undated - - new waits",
            "document once before 20/02/2025 - new taken",
            "report half before 05/6 - new taken",
            "report year before 15/11 - with taken",
            "report adhoc undated - - with taken",
            "report - undated - - new waits",
        ]
    );
    assert_eq!(
        lines("letter"),
        [
            "report adhoc hours 24 - new taken",
            "document once before 28/3/2025 16:00 new taken",
            "report quarter by 15 - new taken",
            "report year before 15/11 - with taken",
        ]
    );
    assert_eq!(
        lines("programme"),
        [
            "document once by 15/02/2025 - new taken",
            "report half undated - - new taken",
            "report year undated - - with taken",
            "report adhoc days 3 - with taken",
        ]
    );
    assert_eq!(
        lines("department-plan"),
        ["report month before 10 - new taken", "report - undated - - new waits"]
    );
}

#[test]
fn each_line_has_its_mark() {
    for (name, text) in DOCUMENTS {
        let draft = propose(&read(text));
        let lines = marks::lines(text, &draft);
        assert_eq!(lines.len(), text.lines().filter(|line| !line.trim().is_empty()).count(), "{name}");
        assert!(lines.iter().all(|line| !line.words().contains("chưa đọc được")), "{name}");
    }
    let draft = proposed("plan");
    let lines = marks::lines(DOCUMENTS[0].1, &draft);
    let words = |begin: &str| {
        let line = lines.iter().find(|line| line.text.starts_with(begin)).expect("a line");
        (line.words(), line.class())
    };
    assert_eq!(words("CỘNG HÒA"), ("phần mẫu, bỏ qua".into(), "muted"));
    assert_eq!(words("III. PHÂN CÔNG").1, "strong");
    assert_eq!(words("- Mở chuyên mục").0, "đã đọc, chắc chắn");
    assert_eq!(marks::place(&[12, 13, 14]), "dòng 12–14");
}

#[test]
fn a_clause_left_out_stays_while_something_below_is_taken() {
    let mut draft = proposed("plan");
    let key =
        |draft: &Draft, path: &str| draft.clauses.iter().find(|c| draft.path(c.key) == path).expect("it").key;
    let (section, first) = (key(&draft, "III"), key(&draft, "III.1"));
    draft.clauses.iter_mut().for_each(|clause| clause.taken = false);
    assert!(draft.kept().contains(&section) && draft.kept().contains(&first));
    draft.tasks.iter_mut().for_each(|task| task.taken = false);
    assert!(draft.kept().is_empty());
    draft.take_all();
    assert_eq!(draft.left_out(), 0);
}

#[test]
fn tasks_are_put_together_and_split() {
    let mut draft = proposed("plan");
    let (above, below) = (draft.tasks[0].clone(), draft.tasks[1].clone());
    amend::merge_task(&mut draft, below.key).expect("there is one above");
    let merged = draft.tasks[0].clone();
    assert_eq!(merged.text, format!("{}\n{}", above.text, below.text));
    assert_eq!(merged.cooperating.len(), 3);
    assert_eq!(merged.target, "ít nhất 02 tin, bài/tháng");
    assert!(merged.lines.iter().all(|line| above.lines.contains(line) || below.lines.contains(line)));
    let new = amend::split_task(&mut draft, merged.key).expect("two paragraphs");
    assert_eq!((&draft.tasks[0].text, &draft.tasks[1].text), (&above.text, &below.text));
    assert_eq!(draft.tasks[1].key, new);
    assert!(draft.tasks.iter().all(|task| task.key != below.key), "a key is never used again");
    let first = draft.tasks[0].key;
    assert!(amend::merge_task(&mut draft, first).is_err(), "nothing above");
    assert!(amend::split_task(&mut draft, first).is_err(), "nowhere to split");
}

#[test]
fn what_hangs_on_a_clause_moves_with_it() {
    let mut draft = proposed("plan");
    let (upper, lower) = (key_of(&draft, "III.1"), key_of(&draft, "III.2"));
    let into = amend::merge_clause(&mut draft, lower).expect("one above");
    assert_eq!(into, upper);
    assert_eq!(draft.tasks.iter().filter(|task| task.clause == upper).count(), 4);
    let body = &draft.clause(upper).expect("it").body;
    assert!(body.contains("Sở Thông tin và Truyền thông\nHướng dẫn báo chí"), "{body}");
    let section = key_of(&draft, "III");
    amend::merge_clause(&mut draft, section).expect("one above");
    assert!(draft.clauses.iter().all(|c| c.parent.is_none_or(|parent| draft.clause(parent).is_some())));
    let split = amend::split_clause(&mut draft, upper).expect("paragraphs");
    assert!(
        draft.clause(split).is_some_and(|clause| clause.parent == draft.clause(upper).expect("it").parent)
    );
}

#[test]
fn nothing_hangs_on_itself_when_the_clause_above_hangs_on_the_one_merged() {
    let whole = proposed("plan");
    let [section, one, two, three] = ["III", "III.1", "III.2", "III.3"].map(|path| key_of(&whole, path));
    let hung = |on: &[(u32, u32)]| {
        let mut draft = whole.clone();
        for (key, parent) in on {
            let clause = draft.clauses.iter_mut().find(|clause| clause.key == *key).expect("a clause");
            clause.parent = Some(*parent);
        }
        draft
    };
    let mut draft = hung(&[(one, two)]);
    assert_eq!(amend::merge_clause(&mut draft, two).expect("one above"), one);
    assert_eq!(draft.clause(one).expect("it").parent, Some(section));
    // By another between them, which comes along.
    let mut draft = hung(&[(one, three), (two, one)]);
    assert_eq!(amend::merge_clause(&mut draft, three).expect("one above"), two);
    assert_eq!(draft.path(two), "III.1.2");
}

/// Lines as documents have them, in any order.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        Just("KẾ HOẠCH".to_owned()),
        Just("Số:     /KH-UBND".to_owned()),
        Just("Bắc Giang, ngày   tháng 01 năm 2025".to_owned()),
        Just("I. NHIỆM VỤ".to_owned()),
        Just("1. Sở Tài chính".to_owned()),
        Just("1. Sở Tài chính".to_owned()),
        Just("a) Công an tỉnh".to_owned()),
        Just("- Lập dự toán; phối hợp với Sở Nội vụ.".to_owned()),
        Just("+ Báo cáo trước ngày 15/11 hằng năm.".to_owned()),
        Just("UBND các huyện, thị xã, thành phố báo cáo định kỳ 6 tháng, năm.".to_owned()),
        Just("Căn cứ Nghị định số 49/2020/NĐ-CP ngày 17/4/2020 của Chính phủ;".to_owned()),
        Just(String::new()),
        "[ a-zA-Zđăâêôơư0-9.,;:()/-]{0,40}",
    ];
    proptest::collection::vec(line, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the text, what hangs together in the proposal hangs on something that is there, and no line is lost.
    #[test]
    fn a_proposal_holds_together(lines in lines()) {
        let text = lines.join("\n");
        let reading = read(&text);
        let draft = propose(&reading);
        let mut keys: Vec<u32> = draft.bases.iter().map(|i| i.key)
            .chain(draft.clauses.iter().map(|i| i.key))
            .chain(draft.tasks.iter().map(|i| i.key))
            .chain(draft.duties.iter().map(|i| i.key))
            .collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), count, "each key once");
        prop_assert!(keys.iter().all(|key| *key <= draft.last_key));
        for (at, clause) in draft.clauses.iter().enumerate() {
            let above = clause.parent.map(|parent| draft.clauses[..at].iter().any(|c| c.key == parent));
            prop_assert!(above != Some(false), "a clause stands behind the one above it");
            let twins = draft.clauses.iter().filter(|c| (c.parent, &c.label) == (clause.parent, &clause.label));
            prop_assert_eq!(twins.count(), 1, "no two siblings of one sign");
            prop_assert!(clause.label.chars().count() <= 20);
        }
        prop_assert!(draft.tasks.iter().all(|task| draft.clause(task.clause).is_some()));
        let given: usize = reading.assignments.iter().map(|given| given.tasks.len()).sum();
        prop_assert_eq!(draft.tasks.len(), given);
        prop_assert_eq!(draft.duties.len(), reading.duties.len());
        for duty in &draft.duties {
            let first = duty.regime.strip_prefix("with:").and_then(|key| key.parse::<u32>().ok());
            prop_assert!(first.is_none_or(|first| draft.duties.iter().any(|d| d.key == first && d.regime == "new")));
        }
        // Every line a clause of the reading has is a line of a clause of the proposal.
        let held: Vec<usize> = draft.clauses.iter().flat_map(|clause| clause.lines.clone()).collect();
        prop_assert!(reading.clauses.iter().flat_map(|clause| &clause.lines).all(|line| held.contains(line)));
        let shown = marks::lines(&text, &draft);
        prop_assert_eq!(shown.len(), text.split('\n').filter(|line| !line.trim().is_empty()).count());
        // And it comes back from the database as it was.
        let kept = serde_json::to_string(&draft).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Draft>(&kept).expect("a proposal"), draft);
    }

    /// Putting together and splitting never loses a word.
    #[test]
    fn no_word_is_lost_by_amending(lines in lines(), steps in proptest::collection::vec((any::<bool>(), 0usize..20), 0..12)) {
        let mut draft = propose(&read(&lines.join("\n")));
        let words = |draft: &Draft| {
            let mut words: Vec<String> = draft.tasks.iter().flat_map(|t| t.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
                .chain(draft.clauses.iter().flat_map(|c| format!("{} {}", c.title, c.body).split_whitespace().map(str::to_owned).collect::<Vec<_>>()))
                .collect();
            words.sort_unstable();
            words
        };
        let before = words(&draft);
        for (merge, at) in steps {
            let task = draft.tasks.get(at % draft.tasks.len().max(1)).map(|task| task.key);
            let clause = draft.clauses.get(at % draft.clauses.len().max(1)).map(|clause| clause.key);
            if let Some(key) = task {
                let _ = if merge { amend::merge_task(&mut draft, key) } else { amend::split_task(&mut draft, key).map(drop) };
            }
            if let Some(key) = clause {
                let _ = if merge { amend::merge_clause(&mut draft, key) } else { amend::split_clause(&mut draft, key) };
            }
            prop_assert!(draft.tasks.iter().all(|task| draft.clause(task.clause).is_some()));
            prop_assert!(draft.clauses.iter().all(|c| c.parent.is_none_or(|p| p != c.key && draft.clause(p).is_some())));
        }
        prop_assert_eq!(words(&draft), before);
    }
}
