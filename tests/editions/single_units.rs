//! Classified figures of single units: for the unit and its collector, and for leaders only where they were turned on.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{periods, regimes};

use super::{approve, make, page, workbook};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;

const CLASSIFIED: &str = "Nhóm số liệu hạn chế";

fn ids(app: &TestApp) -> (i64, i64) {
    app.db
        .read(|conn| {
            let found = periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2025-H1"))
                .select((periods::id, regimes::id));
            Ok::<_, DbError>(found.first(conn)?)
        })
        .expect("the period")
}

#[test]
fn leaders_read_single_units_of_a_classified_group_only_where_turned_on() {
    let app = TestApp::demo();
    let (period, regime) = ids(&app);
    let page = format!("/periods/{period}/indicators/E01");
    let (leader, compiler) = (app.client("lanhdao.ubnd.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    let approver = app.client("lanhdao.catinh.bacgiang");
    assert!(compiler.get(&page).ok().contains("id=\"contributions\""));
    let closed = leader.get(&page).ok();
    assert!(!closed.contains("id=\"contributions\"") && closed.contains(CLASSIFIED), "{closed}");
    // Other groups are open.
    assert!(leader.get(&format!("/periods/{period}/indicators/B04")).ok().contains("id=\"contributions\""));
    let setting = format!("/regimes/{regime}/unit-figures");
    let typed = approver.post(&setting, &[("group", "E"), ("open", "1"), ("reason", "")]);
    assert_eq!(typed.status, 422, "a decision has a reason");
    let fields = [("group", "E"), ("open", "1"), ("reason", "Ý kiến của Thường trực Tỉnh ủy")];
    approver.post(&setting, &fields).redirected();
    assert_eq!(approver.post(&setting, &fields).status, 409, "it is on already");
    let open = leader.get(&page).ok();
    assert!(open.contains("id=\"contributions\"") && open.contains("Số nhỏ không hiện"), "{open}");
    assert!(leader.get(&setting).ok().contains("Thường trực Tỉnh ủy"));
    approver.post(&setting, &[("group", "E"), ("open", "0"), ("reason", "Hết đợt kiểm tra")]).redirected();
    assert!(!leader.get(&page).ok().contains("id=\"contributions\""));
    // A group that is not classified is nothing to decide about.
    assert_eq!(approver.post(&setting, &[("group", "B"), ("open", "1"), ("reason", "x")]).status, 404);
}

#[test]
fn a_leader_reads_a_units_report_without_its_classified_figures() {
    let app = TestApp::demo();
    let (period, _) = ids(&app);
    let compiler = app.client("tonghop.catinh.bacgiang");
    let row = compiler.get(&format!("/periods/{period}/indicators/E01")).ok();
    let report = row
        .split("href=\"/reports/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .map(|rest| format!("/reports/{rest}"))
        .expect("the received revision behind the figure");
    let name = "Người chấp hành xong án phạt tù chưa xóa án tích";
    assert!(compiler.get(&report).ok().contains(name), "the collector reads it");
    let read = app.client("lanhdao.ubnd.bacgiang").get(&report).ok();
    assert!(!read.contains(name), "{read}");
}

/// Group B is many units' in the demo: classified, some of its comparisons are over fewer units than its totals. Through no
/// outlet does anybody but the collector read those.
#[test]
fn what_a_comparison_over_some_units_tells_stays_with_the_collector() {
    use tonghop::db::schema::indicator_groups;
    let app = TestApp::demo();
    app.db
        .write(|conn| {
            let group = indicator_groups::table.filter(indicator_groups::code.eq("B"));
            diesel::update(group).set(indicator_groups::classified.eq(true)).execute(conn)?;
            Ok::<_, tonghop::error::Error>(())
        })
        .expect("a classified group");
    let (period, _) = ids(&app);
    let compiler = app.client("tonghop.catinh.bacgiang");
    let (leader, ministry) = (app.client("lanhdao.ubnd.bacgiang"), app.client("c11.bocongan"));
    let approver = app.client("lanhdao.catinh.bacgiang");
    // The two numbers compared, as the collector reads them beside the totals.
    let whole = compiler.get(&format!("/periods/{period}/consolidation")).ok();
    let remark = |html: &str, code: &str| {
        let row = html.split(&format!("<tr data-code=\"{code}\">")).nth(1)?.split("</tr>").next()?.to_owned();
        let words = page::text(row.split("so sánh trên ").nth(1)?.split(')').next()?);
        Some(words)
    };
    let codes: Vec<String> =
        (1..20).map(|n| format!("B{n:02}")).filter(|code| remark(&whole, code).is_some()).collect();
    assert!(!codes.is_empty(), "nothing to hide");
    let edition = make(&compiler, period);
    approve(&app, &approver, &edition);
    let group_b = |html: &str| -> String {
        let rows = html.split("<tr data-code=\"").skip(1).filter(|row| row.starts_with('B'));
        rows.filter_map(|row| row.split("</tr>").next()).collect()
    };
    let mut pages = Vec::new();
    for base in ["same", "previous", "year"] {
        for lens in ["today", "reported"] {
            pages.push(format!("/periods/{period}/comparison?base={base}&lens={lens}"));
        }
    }
    pages.extend([edition.clone(), "/overview".to_owned()]);
    for path in &pages {
        let read = group_b(&leader.get(path).ok());
        assert!(!read.contains("so sánh trên"), "{path}: {read}");
        for code in &codes {
            let Some(row) = read.split(&format!("{code}\"")).nth(1) else { continue };
            let difference = row.split("data-label=\"+/–\">").nth(1).and_then(|cell| cell.split('<').next());
            assert!(difference.is_none_or(|cell| cell == "–"), "{path} {code}: {row}");
        }
    }
    for code in &codes {
        let path = format!("/periods/{period}/indicators/{code}");
        assert!(!leader.get(&path).ok().contains("so sánh trên"), "{path}");
        let compared = format!("/periods/{period}/comparison?indicator={code}");
        assert_eq!((leader.get(&compared).status, compiler.get(&compared).status), (404, 200));
    }
    let read = group_b(&ministry.get(&edition).ok());
    assert!(!read.is_empty() && !read.contains("so sánh trên"), "{read}");
    assert_eq!(ministry.get(&format!("{edition}?group=B")).status, 404);
    assert_eq!(ministry.get(&format!("{edition}?group=B&lens=today")).status, 404);
    // The file that is sent, for the same reader.
    let told = |bytes: Vec<u8>| -> Vec<String> {
        use calamine::Reader;
        let sheet = super::open(bytes).worksheet_range("Dữ liệu").expect("the data");
        let headings: Vec<String> =
            sheet.rows().next().expect("headings").iter().map(ToString::to_string).collect();
        let at = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
        let rows = sheet.rows().filter(|row| codes.contains(&row[at("ma_chi_tieu")].to_string()));
        rows.filter(|row| row[at("cap")] == "tong")
            .map(|row| row[at("so_sanh_ky_nay")].to_string() + &row[at("so_sanh_cung_ky")].to_string())
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    assert_eq!(told(workbook(&ministry, &edition, "ministry")), Vec::<String>::new());
    assert!(!told(workbook(&compiler, &edition, "internal")).is_empty());
    // The paper that is signed.
    let paper = ministry.get(&format!("{edition}/document"));
    assert_eq!(paper.status, 200);
    let lines = paragraphs(&paper.bytes);
    assert!(
        lines.iter().any(|line| line.text.contains("so sánh trên")),
        "of open groups it says over how many"
    );
    for words in codes.iter().filter_map(|code| remark(&whole, code)) {
        assert!(!lines.iter().any(|line| line.text.contains(&words)), "{words}");
    }
    for reader in ["canbo.khcn.bacgiang", "tonghop.catinh.longan"] {
        for path in [&pages[0], &edition, &format!("{edition}/workbook/ministry")] {
            assert!(matches!(app.client(reader).get(path).status, 403 | 404), "{reader} {path}");
        }
    }
}
