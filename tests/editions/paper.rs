//! The consolidated report as a Word file: what the compiler wrote, what is proposed where nobody did, and the number, day
//! and signatory of the recorded sending.

use super::sent::{now_of, typed};
use super::{approve, make, period_id};
use crate::documents::read::paragraphs;
use crate::reports::values_of;
use crate::support::app::TestApp;
use crate::support::client::Client;

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
