//! The page that puts a period beside another: what the preview says of the same period last year it says too, unit by
//! unit the figures are those of the demo's files, and single units of classified groups stay with the collector.

use super::{page, period_id};
use crate::support::app::TestApp;
use crate::support::client::Client;

/// The cells under a label of the row of an indicator.
fn cell(html: &str, code: &str, label: &str) -> String {
    let row = html.split(&format!("<tr data-code=\"{code}\">")).nth(1).expect("a row of the indicator");
    cell_of(row.split("</tr>").next().unwrap(), label)
}

fn cell_of(row: &str, label: &str) -> String {
    let cell = row.split(&format!("data-label=\"{label}\">")).nth(1).expect("a cell of that label");
    page::text(cell.split("</td>").next().unwrap())
}

/// Before and now of one unit on the page of an indicator.
fn unit(html: &str, name: &str) -> Option<(String, String)> {
    let units = html.split("id=\"compared\"").nth(1)?;
    let row = units.split("<tr>").find(|row| row.contains(&format!(">{name}</th>")))?;
    Some((cell_of(row, "Trước"), cell_of(row, "Kỳ này")))
}

fn compare(client: &Client, period: i64, choice: &str) -> String {
    client.get(&format!("/periods/{period}/comparison{choice}")).ok()
}

#[test]
fn beside_last_year_it_says_what_the_preview_says() {
    let app = TestApp::demo();
    let period = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let html = compare(&compiler, period, "");
    let preview = page::totals(&compiler.get(&format!("/periods/{period}/consolidation")).ok());
    assert!(preview.len() > 20);
    for (code, shown) in &preview {
        assert_eq!(cell(&html, code, "Trước"), shown.before, "{code}");
        assert_eq!(cell(&html, code, "Kỳ này"), shown.now, "{code}");
    }
    assert!(html.contains("6 tháng đầu năm 2024: bản tổng hợp lần 2"));
    assert!(html.contains("6 tháng đầu năm 2025: số liệu đã tiếp nhận"));
    // The first half of a year is the year so far, and nothing stands before it in the demo.
    let year = compare(&compiler, period, "?base=year");
    let previous = compare(&compiler, period, "?base=previous");
    for code in preview.keys() {
        assert_eq!(cell(&year, code, "+/–"), cell(&html, code, "+/–"), "{code}");
        assert_eq!(cell(&previous, code, "+/–"), "–", "{code}");
    }
    assert!(previous.contains("không có kỳ để so sánh"));
}

#[test]
fn unit_by_unit_both_ways_of_looking() {
    let app = TestApp::demo();
    let period = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for lens in ["today", "reported"] {
        let html = compare(&compiler, period, &format!("?indicator=B04&lens={lens}"));
        // Divided among others on 01/3/2025: its 14 stand under the name of then, beside nothing.
        let divided = unit(&html, "Sở Thông tin và Truyền thông (trước khi sắp xếp)")
            .or_else(|| unit(&html, "Sở Thông tin và Truyền thông").filter(|_| lens == "reported"));
        assert_eq!(divided, Some(("14".to_owned(), "–".to_owned())), "{lens}");
        let science = unit(&html, "Sở Khoa học và Công nghệ").expect("a row");
        assert_eq!(science.0, "–", "{lens}: what was pieced together is compared with nothing");
    }
}

#[test]
fn what_is_not_there_is_404_and_single_units_of_classified_groups_are_hidden() {
    let app = TestApp::demo();
    let period = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.ubnd.bacgiang"));
    for choice in ["?base=x", "?lens=x", "?group=x", "?indicator=x"] {
        let status = compiler.get(&format!("/periods/{period}/comparison{choice}")).status;
        assert_eq!(status, 404, "{choice}");
    }
    let e01 = "?group=E&indicator=E01";
    assert_eq!(compiler.get(&format!("/periods/{period}/comparison{e01}")).status, 200);
    assert_eq!(leader.get(&format!("/periods/{period}/comparison{e01}")).status, 404);
    let html = compare(&leader, period, "?group=E");
    assert!(html.contains("data-code=\"E01\"") && !html.contains("indicator=E01"));
}

/// "1.240" or "ước 14" as a number; none for a dash.
fn number(words: &str) -> Option<i64> {
    words.rsplit(' ').next().unwrap().replace('.', "").parse().ok()
}

#[test]
fn the_year_so_far_is_every_period_of_the_year_of_units_that_gave_them_all() {
    let app = TestApp::demo();
    let (first, second) = (period_id(&app, "bac-giang", "2024-H1"), period_id(&app, "bac-giang", "2024-Y"));
    // The demo has no second half: its year of 2024 is taken for one.
    app.db
        .write(|conn| {
            use diesel::prelude::*;
            use tonghop::db::schema::periods;
            diesel::update(periods::table.find(tonghop::db::ids::PeriodId(second)))
                .set(periods::cycle.eq("H2"))
                .execute(conn)?;
            Ok::<_, tonghop::error::Error>(())
        })
        .unwrap();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let mut whole = 0;
    // A flow adds up, a stock is the last.
    for (code, adds) in [("B04", true), ("B05", true), ("E01", false)] {
        let of = |period, base: &str| {
            let html = compare(&compiler, period, &format!("?indicator={code}&base={base}"));
            let names = html.split("id=\"compared\"").nth(1).unwrap().to_owned();
            let names: Vec<String> = names
                .split("<th scope=\"row\" class=\"wide\">")
                .skip(1)
                .map(|rest| rest.split('<').next().unwrap().to_owned())
                .collect();
            names.into_iter().map(|name| (name.clone(), unit(&html, &name).unwrap().1)).collect::<Vec<_>>()
        };
        let (one, two, year) = (of(first, "same"), of(second, "same"), of(second, "year"));
        for (name, so_far) in year {
            let said = |list: &[(String, String)]| {
                list.iter().find(|(other, _)| *other == name).and_then(|(_, words)| number(words))
            };
            let expected = match (said(&one), said(&two)) {
                (Some(one), Some(two)) if adds => Some(one + two),
                (_, Some(two)) if !adds => Some(two),
                _ => None,
            };
            assert_eq!(number(&so_far), expected, "{code} {name}");
            whole += usize::from(expected.is_some());
        }
    }
    assert!(whole > 20, "{whole} units were compared");
}

/// Through both lenses every total is the same, in every group of every period there is; so are the two sides of a comparison.
/// Only what is compared unit by unit follows the switch.
#[test]
fn totals_are_the_same_through_both_lenses() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 7, 20).unwrap());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let mut compared = 0;
    for code in ["2024-H1", "2024-Y", "2025-H1"] {
        let period = period_id(&app, "bac-giang", code);
        for group in ["A", "B", "C", "D", "E", "F", "G"] {
            let of = |lens: &str| {
                let page =
                    compiler.get(&format!("/periods/{period}/consolidation?group={group}&lens={lens}"));
                (page.status == 200).then(|| {
                    let page = page.ok();
                    let foot = page.split("<tfoot>").nth(1).and_then(|rest| rest.split("</tfoot>").next());
                    foot.map(str::to_owned)
                })
            };
            let (then, now) = (of("reported"), of("today"));
            assert_eq!(then, now, "{code} {group}");
            compared +=
                usize::from(then.flatten().is_some_and(|foot| foot.chars().any(|c| c.is_ascii_digit())));
        }
        let sides = |lens: &str, base: &str| -> Vec<String> {
            let page = compiler.get(&format!("/periods/{period}/comparison?lens={lens}&base={base}")).ok();
            let cell = |row: &str, label: &str| {
                let rest = row.split(&format!("data-label=\"{label}\">")).nth(1).unwrap_or_default();
                page::text(rest.split("</td>").next().unwrap_or_default())
            };
            let rows = page.split("<tr data-code=\"").skip(1);
            rows.map(|row| format!("{} {} {}", &row[..3], cell(row, "Trước"), cell(row, "Kỳ này"))).collect()
        };
        for base in ["same", "previous"] {
            assert_eq!(sides("reported", base), sides("today", base), "{code} {base}");
        }
    }
    assert!(compared >= 12, "{compared} groups with totals");
}

/// The rows of the table by unit, by name: what stands in the cells and beneath the name.
fn by_unit(html: &str) -> std::collections::BTreeMap<String, String> {
    let table = html.split("id=\"by-unit\"").nth(1).and_then(|rest| rest.split("<tfoot>").next()).unwrap();
    let rows = table.split("<tr><th scope=\"row\">").skip(1).filter_map(|row| row.split("</tr>").next());
    rows.map(|row| (page::text(row.split(['<']).next().unwrap()), row.to_owned())).collect()
}

/// Figures of a period before the reorganisations of 01/3/2025, by hand: what two bodies said is added up where they are
/// one today; a divided one keeps its row, with its figures whole.
#[test]
fn the_table_by_unit_can_be_read_in_todays_structure() {
    let app = TestApp::demo();
    let period = period_id(&app, "bac-giang", "2024-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let of = |lens: &str| compiler.get(&format!("/periods/{period}/consolidation?group=B&lens={lens}")).ok();
    let (then, now) = (of("reported"), of("today"));
    let (rows, today) = (by_unit(&then), by_unit(&now));
    assert!(rows.len() > 20);
    // One function of it went to the department of culture: its figures cannot be told apart.
    let divided = &today["Sở Thông tin và Truyền thông"];
    assert!(divided.contains("một nhóm với") && divided.contains("Sở Khoa học và Công nghệ"), "{divided}");
    let figures = |row: &str| {
        row.split("<td").skip(1).map(|cell| page::text(&format!("<td{cell}"))).collect::<Vec<_>>()
    };
    assert_eq!(figures(divided), figures(&rows["Sở Thông tin và Truyền thông"]));
    // The totals are the same in both.
    let foot =
        |html: &str| html.split("<tfoot>").nth(1).unwrap().split("</tfoot>").next().unwrap().to_owned();
    assert_eq!(foot(&then), foot(&now));
    // The city took the district over: 13 + 11 pages, 27 + 18 and 83 + 52 items, some of them estimates.
    assert!(!today.contains_key("UBND huyện Yên Dũng"));
    let city = &today["UBND thành phố Bắc Giang"];
    assert!(city.contains("gồm cả UBND huyện Yên Dũng"), "{city}");
    assert_eq!(figures(city)[..3], ["24", "ước 45", "ước 135"]);
    // Lục Ngạn lives on beside the town made of it: its 15, 19 and 60 are of both.
    let left = &today["UBND huyện Lục Ngạn"];
    assert!(left.contains("một nhóm với UBND thị xã Chũ"), "{left}");
    assert_eq!(figures(left)[..3], ["15", "ước 19", "ước 60"]);
    assert_eq!(compiler.get(&format!("/periods/{period}/consolidation?group=B&lens=x")).status, 404);
}
