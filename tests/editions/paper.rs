//! The consolidated report as a Word file: what the compiler wrote, what is proposed where nobody did, and the number, day
//! and signatory of the recorded sending.

use calamine::Reader;

use super::sent::{now_of, typed};
use super::{approve, make, open, period_id, version, workbook};
use crate::documents::read::paragraphs;
use crate::reports::values_of;
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

const COMPILER: &str = "tonghop.catinh.bacgiang";
const LEADER: &str = "lanhdao.catinh.bacgiang";

fn lines(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|one| one.text.replace('\u{a0}', " ")).collect()
}

fn place(lines: &[String], begin: &str) -> usize {
    lines.iter().position(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {lines:#?}"))
}

#[test]
fn what_nobody_wrote_is_proposed_and_the_leader_is_told() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let at = format!("/periods/{id}/narrative");
    let page = compiler.get(&at).ok();
    assert!(page.contains("id=\"proposed\"") && page.contains("Lấy dự thảo này để sửa"), "{page}");
    // The compiler takes the proposed text of section I and leaves the others.
    let (sections, keys) = (values_of(&page, "section"), values_of(&page, "form_key"));
    let fields = [("section", sections[0].as_str()), ("form_key", keys[0].as_str()), ("act", "compose")];
    compiler.post(&at, &fields).redirected();
    assert!(!compiler.get(&at).ok().contains("id=\"proposed\""), "section I is written");
    // In one that says what the units say, each line has its source.
    let quoted = (2..20).map(|section| format!("{at}?section={section}"));
    let quoted = quoted.map(|path| compiler.get(&path).ok()).find(|page| page.contains(">- Sở"));
    let quoted = quoted.expect("a section of the units' lines");
    let (section, key) = (values_of(&quoted, "section").remove(0), values_of(&quoted, "form_key").remove(0));
    let to =
        compiler.post(&at, &[("section", &section), ("form_key", &key), ("act", "compose")]).redirected();
    assert!(compiler.get(&to).ok().contains("Nguồn: "));
    let edition = make(&compiler, id);
    let all = lines(&compiler, &format!("{edition}/document"));
    let (first, second) = (place(&all, "I. CÔNG TÁC"), place(&all, "II. KẾT QUẢ"));
    // Who is not in the totals is said at the head of their annex, and not where the collector tells of its work.
    assert!(!all[first..second].iter().any(|line| line.contains("chưa gửi báo cáo")), "{all:#?}");
    // The body says that they are not all, and where the others are named.
    let partial =
        "Báo cáo tổng hợp số liệu của 9/26 cơ quan, đơn vị; các đơn vị chưa có số liệu nêu ở đầu Phụ lục I.";
    assert_eq!(all[first - 1], partial);
    let behind = place(&all, "Tổng hợp từ báo cáo của 9/26 đơn vị");
    assert!(all[second..behind].iter().any(|line| line == "Phụ lục I"));
    for words in [
        "được miễn báo cáo: Hội Cựu chiến binh tỉnh.",
        "đã gửi, đang được kiểm tra: Sở Văn hóa, Thể thao và Du lịch; Sở Nội vụ;",
        "đã gửi, đang chỉnh lý theo đề nghị: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh.",
    ] {
        assert!(all[behind + 1].contains(words), "{words}: {}", all[behind + 1]);
    }
    // Groups that no section names: at the head of the results, unnumbered.
    assert!(
        all[second + 1].starts_with("Về tình hình người chấp hành xong án phạt tù: "),
        "{}",
        all[second + 1]
    );
    assert!(all[second + 2].starts_with("Về giám sát, đoàn thể: "), "{}", all[second + 2]);
    assert!(
        all[second + 3].starts_with("1. Kết quả tuyên truyền trên không gian mạng"),
        "{}",
        all[second + 3]
    );
    // Results nobody edited: their figures, and the units' words in the annex.
    let results = all[second..].iter().find(|line| line.contains(" tin, bài đăng")).expect("their figures");
    assert!(results.ends_with('.') && !results.contains("Phụ lục"), "{results}");
    let annex = place(&all, "NỘI DUNG BÁO CÁO CỦA CÁC ĐƠN VỊ");
    assert!(all[annex..annex + 6].iter().any(|line| line.contains("chưa nêu hết")), "{all:#?}");
    assert_eq!(all[annex - 1], "Phụ lục II");
    assert!(all[annex..].iter().any(|line| line == "Công an tỉnh Bắc Giang"));
    assert!(all.iter().any(|line| line == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2025"));
    assert!(!all.iter().any(|line| line.to_lowercase().contains("kỳ tới")), "{all:#?}");
    let asked = app.client(LEADER).get(&format!("{edition}/approval")).ok();
    let told = asked.split("id=\"unwritten\"").nth(1).expect("what nobody wrote");
    let (told, taken) = told.split_once("id=\"as-proposed\"").expect("what was taken over as it was");
    assert!(told.contains("II.1. ") && !told.contains("<dd>I. "), "{told}");
    assert!(taken.contains("I. ") && taken.contains("chưa sửa chữ nào"), "{taken}");
    assert!(compiler.get(&edition).ok().contains("id=\"as-proposed\""), "who makes it is told too");
}

/// Takes the proposed text of every section that has one.
fn compose_all(compiler: &Client, at: &str) {
    let mut done: Vec<String> = Vec::new();
    for number in 1..40 {
        let answer = compiler.get(&format!("{at}?section={number}"));
        let page = answer.text();
        let section = values_of(&page, "section").into_iter().next().filter(|one| !done.contains(one));
        let (Some(section), 200) = (section, answer.status) else { continue };
        if page.contains("id=\"proposed\"") {
            let key = values_of(&page, "form_key").remove(0);
            let fields = [("section", section.as_str()), ("form_key", key.as_str()), ("act", "compose")];
            compiler.post(at, &fields).redirected();
        }
        done.push(section);
    }
    assert!(done.len() > 5, "{done:?}");
}

#[test]
fn what_is_left_open_or_unedited_is_agreed_to_with_a_tick() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let edition = make(&compiler, id);
    let approval = format!("{edition}/approval");
    let page = leader.get(&approval).ok();
    assert!(page.contains("Tôi đã đọc và đồng ý chốt khi còn "), "{page}");
    // Nobody has edited anything: how many of how many, and what is not to be left to a proposal by name.
    let tick =
        page.split("Tôi đã đọc và đồng ý chốt khi còn ").nth(1).and_then(|rest| rest.split('<').next());
    let (counts, named) =
        tick.and_then(|tick| tick.split_once(" phần chưa được biên tập")).expect("the tick");
    let (count, of) = counts.rsplit(' ').next().and_then(|words| words.split_once('/')).expect("n/N");
    assert!(count == of && count.parse::<u32>().is_ok_and(|count| count > 5), "{counts}");
    assert!(named.starts_with(", trong đó có ") && named.contains(". Đề xuất, kiến nghị"), "{named}");
    assert!(named.contains("Phương hướng") && !named.contains("không gian mạng"), "{named}");
    // The plan it carries out has no number yet: the paper names it without, and whoever approves is told.
    assert!(page.contains("1 viện dẫn để trống số, ngày và ") && page.contains("id=\"open-citations\""));
    assert!(page.contains("Kế hoạch năm 2025 của UBND tỉnh Bắc Giang chưa có số, ngày ban hành"), "{page}");
    let seen = version(&app, &edition);
    let refused = leader.post(&approval, &[("version", &seen)]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("id=\"f-agreed-e\"") && text.contains("href=\"#f-agreed\""), "{text}");
    assert!(text.contains("Đánh dấu để xác nhận") && text.contains("id=\"unwritten\""));
    assert!(leader.get(&edition).ok().contains("Dự thảo"), "nothing is approved");
    leader.post(&approval, &[("version", &seen), ("agreed", "1")]).redirected();
    // With every section begun only open citations are asked about, and without those nothing is.
    compose_all(&compiler, &format!("/periods/{id}/narrative"));
    let edition = make(&compiler, id);
    let approval = format!("{edition}/approval");
    let page = leader.get(&approval).ok();
    assert!(!page.contains("id=\"unwritten\"") && !page.contains("phần chưa được biên tập"), "{page}");
    assert!(page.contains("id=\"open-citations\"") && page.contains("id=\"f-agreed\""));
    let answer = leader.post(&approval, &[("version", &version(&app, &edition))]);
    assert_eq!(answer.status, 422);
}

/// Who approved signs the paper and both workbooks; number and day are left to the pen in all three.
#[test]
fn the_workbooks_are_signed_as_the_paper_is() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    approve(&app, &app.client(LEADER), &edition);
    let paper = lines(&compiler, &format!("{edition}/document"));
    let signed = place(&paper, "PHÓ GIÁM ĐỐC");
    let name = paper[signed + 1..].iter().find(|line| !line.trim().is_empty()).expect("a name");
    for copy in ["ministry", "internal"] {
        let sheet = open(workbook(&compiler, &edition, copy)).worksheet_range("Tổng hợp").expect("a sheet");
        let said: Vec<String> = sheet.used_cells().map(|(.., cell)| cell.to_string()).collect();
        for words in ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name.as_str()] {
            assert!(said.iter().any(|one| one == words), "{copy}: {words}: {said:#?}");
        }
        let annexed =
            "(Kèm theo Báo cáo số …/BC-CAT-PC10 ngày … tháng 6 năm 2025 của Công an tỉnh Bắc Giang)";
        assert!(said.iter().any(|one| one == annexed), "{copy}: {said:#?}");
    }
}

#[test]
fn the_number_day_and_signatory_of_the_sending_are_printed() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, id);
    let document = format!("{edition}/document");
    approve(&app, &app.client(LEADER), &edition);
    let approved = lines(&compiler, &document);
    assert!(approved.iter().any(|line| line.starts_with("Số:") && line.ends_with("/BC-CAT-PC10")));
    assert!(
        approved.iter().any(|line| line == "- Lưu: VT, PC10 (02 bản)." || line == "- Lưu: VT, PC10."),
        "{approved:#?}"
    );
    let to = format!("{edition}/dispatches");
    let form = compiler.get(&format!("{to}/new")).ok();
    assert_eq!(values_of(&form, "signatory_title"), ["PHÓ GIÁM ĐỐC"], "the leader who approved is offered");
    let now = now_of(&form);
    compiler.post(&to, &typed(&now, &[])).redirected();
    let sent = lines(&compiler, &document);
    for words in ["Số: 125/BC-CAT", "Bắc Giang, ngày 10 tháng 6 năm 2025", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    {
        assert!(sent.iter().any(|line| line == words), "{words}: {sent:#?}");
    }
    assert!(sent.iter().any(|line| line.contains("số 125/BC-CAT ngày 10 tháng 6 năm 2025")), "the annex too");
    let first = compiler.get(&document).bytes;
    // Another one, signed by somebody else without KT., keeps the first as the paper of the edition and is pointed out.
    let other = [
        ("recipient", "UBND tỉnh Bắc Giang"),
        ("doc_number", "126/BC-CAT"),
        ("signatory_capacity", ""),
        ("signatory_title", "PHÓ GIÁM ĐỐC"),
        ("signatory_name", "Lê Văn Khác"),
    ];
    let mut fields = typed(&now, &other[..2]);
    fields.extend(&other[2..]);
    // One document has one number: another one is another document, and that is said.
    let asked = compiler.post(&to, &fields);
    assert_eq!(asked.status, 422);
    let words = "Bản tổng hợp này đã có số 125/BC-CAT ngày 10/6/2025. Một văn bản chỉ có một số";
    assert!(asked.text().contains(words) && asked.text().contains("name=\"another\""), "{}", asked.text());
    fields.push(("another", "1"));
    compiler.post(&to, &fields).redirected();
    assert!(compiler.get(&document).bytes == first);
    let shown = compiler.get(&edition).ok();
    assert!(shown.contains("ghi “KT. GIÁM ĐỐC”"), "a deputy without KT. is pointed out");
    let links: Vec<&str> = shown
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("/dispatches/") && link.ends_with("/document"))
        .collect();
    assert_eq!(links.len(), 2);
    assert!(lines(&compiler, links[1]).iter().any(|line| line == "Lê Văn Khác"));
    // Struck out, the first is the paper of a mistake: the next one stands.
    let strike = links[0].replace("/document", "/strike");
    compiler.post(&strike, &[("reason", "Gửi nhầm")]).redirected();
    assert!(lines(&compiler, &document).iter().any(|line| line == "Số: 126/BC-CAT"));
    assert_eq!(app.client("canbo.khcn.bacgiang").get(links[0]).status, 404);
}

#[test]
fn whoever_keeps_the_regime_names_who_gets_the_consolidated_paper_and_a_rank_stands_before_the_name() {
    let app = TestApp::demo();
    let (id, regime) = (period_id(&app, "bac-giang", "2025-H1"), crate::periods::regime(&app, "bac-giang"));
    let compiler = app.client(COMPILER);
    let page = format!("/regimes/{regime}/recipients");
    let seen = |page: &str| {
        let (_, form) = page.split_once("/consolidated-recipients\"").expect("the form");
        hidden(form, "seen").expect("the saving that is shown")
    };
    let before = make(&compiler, id);
    let shown = compiler.get(&page).ok();
    let fields = [
        ("seen", seen(&shown)),
        ("consolidated_names", "Giám đốc Công an tỉnh (để báo cáo)\n- Các đơn vị thành viên;".to_owned()),
        ("drafter", "PC10".to_owned()),
        ("copies", "3".to_owned()),
    ];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let way = format!("/regimes/{regime}/consolidated-recipients");
    let mut wrong = fields;
    wrong[3].1 = "trăm";
    let refused = compiler.post(&way, &wrong);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("từ 1 đến 99") && refused.text().contains("Các đơn vị thành viên;"));
    compiler.post(&way, &fields).redirected();
    assert_eq!(compiler.post(&way, &fields).status, 409, "what was shown is not what stands");
    assert!(compiler.get(&page).ok().contains("Giám đốc Công an tỉnh (để báo cáo)"));
    let listed = |edition: &str| -> Vec<String> {
        let all = lines(&compiler, &format!("{edition}/document"));
        let at = place(&all, "Nơi nhận:");
        all[at + 1..].iter().take_while(|line| line.starts_with("- ")).cloned().collect()
    };
    let old = listed(&before);
    assert!(!old.iter().any(|line| line.contains("thành viên")), "an edition keeps its head: {old:?}");
    approve(&app, &app.client(LEADER), &before);
    let edition = make(&compiler, id);
    let wanted = [
        "- Như trên;",
        "- Giám đốc Công an tỉnh (để báo cáo);",
        "- Các đơn vị thành viên;",
        "- Lưu: VT, PC10 (03 bản).",
    ];
    assert_eq!(listed(&edition), wanted);
    approve(&app, &app.client(LEADER), &edition);
    let to = format!("{edition}/dispatches");
    let form = compiler.get(&format!("{to}/new")).ok();
    // As it stands under the report of the same leader's own body.
    let name = values_of(&form, "signatory_name").remove(0);
    assert!(name.starts_with("Đại tá "), "{name}");
    let now = now_of(&form);
    let fields = typed(&now, &[("signatory_name", &name)]);
    compiler.post(&to, &fields).redirected();
    let sent = lines(&compiler, &format!("{edition}/document"));
    for words in ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name.as_str()] {
        assert!(sent.iter().any(|line| line == words), "{words}: {sent:#?}");
    }
}
