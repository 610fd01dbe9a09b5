//! The page over the demo's log, held against the rows themselves.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, memberships, people, units};

use crate::support::app::TestApp;
use crate::support::client::Client;

/// Ids of the rows about the units of a province, newest first; rows without a unit are those of persons.
fn rows_of(app: &TestApp, province: &str) -> Vec<i64> {
    let pattern = format!("{province}.%");
    app.db
        .read(|conn| {
            audit_log::table
                .inner_join(units::table.on(audit_log::unit_id.eq(units::id.nullable())))
                .filter(units::code.eq(province).or(units::code.like(pattern)))
                .order(audit_log::id.desc())
                .select(audit_log::id)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows")
}

/// Follows the pages to the end; gives how many lines each had, and every line's words.
fn walk(client: &Client, start: &str) -> (Vec<usize>, Vec<String>) {
    let (mut counts, mut lines, mut next) = (Vec::new(), Vec::new(), Some(start.to_owned()));
    while let Some(path) = next {
        let html = client.get(&path).ok();
        let rows: Vec<String> = html.split("<tr><td class=\"nowrap\"").skip(1).map(str::to_owned).collect();
        counts.push(rows.len());
        lines.extend(rows);
        let older = html
            .split("href=\"")
            .find(|rest| rest.split('>').nth(1).is_some_and(|t| t.starts_with("Cũ hơn")));
        next = older.and_then(|rest| rest.split('"').next()).map(|a| a.replace("&#38;", "&"));
        assert!(counts.len() < 100, "pages without end");
    }
    (counts, lines)
}

fn heading(client: &Client, path: &str) -> usize {
    let html = client.get(path).ok();
    let count = html.split("<h2>").find_map(|rest| rest.split(" dòng</h2>").next().filter(|t| t.len() < 12));
    count.expect("a count").replace('.', "").parse().expect("a number")
}

#[test]
fn the_pages_hold_every_row_of_the_province_once() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let own = rows_of(&app, "bg");
    let (counts, lines) = walk(&admin, "/trail");
    assert!(counts.len() > 3);
    assert!(counts[..counts.len() - 1].iter().all(|count| *count == 50));
    // Beside those of the units: the loading of the demo and the administrator's own sessions.
    let more = lines.len() - own.len();
    assert!((1..=4).contains(&more), "{more} rows beside those of the units");
    assert_eq!(heading(&admin, "/trail"), lines.len());
    let distinct: BTreeSet<&String> = lines.iter().collect();
    assert!(distinct.len() > lines.len() / 2);
    let all = lines.concat();
    assert!(all.contains("Gửi báo cáo") && all.contains("bước: <del>đang soạn</del>"));
    for code in [
        "report.send",
        "not_begun",
        "with_leader",
        "ask_amendment",
        "{&#34;",
        "Bước khác",
        "Đối tượng khác",
        "thông tin khác",
    ] {
        assert!(!all.contains(code), "{code}");
    }
    for foreign in ["Long An", "Vũng Tàu", "Phú Mỹ"] {
        assert!(!all.contains(foreign), "{foreign}");
    }
    let leader = app.client("lanhdao.ubnd.longan");
    let (_, lines) = walk(&leader, "/trail");
    assert!(lines.len() >= rows_of(&app, "la").len() && !lines.concat().contains("Bắc Giang"));
}

/// What a unit does before it sends is its own affair: leaders read that it was done, the administrator also what.
#[test]
fn leaders_read_no_word_of_what_goes_on_inside_a_unit() {
    let app = TestApp::demo();
    let (admin, leader) = (app.client("quantri.bacgiang"), app.client("lanhdao.ubnd.bacgiang"));
    for path in ["/trail?step=attachment.add", "/trail?step=report.pass_to_leader"] {
        let (_, all) = walk(&admin, path);
        let (_, less) = walk(&leader, path);
        assert!(!all.is_empty() && all.len() == less.len());
        assert!(all.iter().all(|line| line.contains("data-label=\"Trước → sau\"")));
        assert!(less.iter().all(|line| !line.contains("data-label=\"Trước → sau\"")), "{path}");
    }
    assert!(!leader.get("/trail?step=attachment.add").text().contains(".pdf"));
    assert!(leader.get("/trail?step=report.send").ok().contains("bước: "));
}

#[test]
fn filters_find_what_they_say() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let by_hand = |action: &str| -> usize {
        let own = rows_of(&app, "bg");
        let ids: Vec<i64> = app
            .db
            .read(|conn| {
                audit_log::table
                    .filter(audit_log::action.eq(action))
                    .select(audit_log::id)
                    .load(conn)
                    .map_err(DbError::Query)
            })
            .expect("rows");
        ids.iter().filter(|id| own.contains(id)).count()
    };
    for action in ["report.send", "attachment.add", "obligation.nil", "period.open"] {
        assert!(by_hand(action) > 0, "{action}");
        assert_eq!(heading(&admin, &format!("/trail?step={action}")), by_hand(action), "{action}");
    }
    // A day holds what was done on it in Vietnam; two halves make the whole.
    let one = heading(&admin, "/trail?step=report.send&to=04/6/2025");
    let two = heading(&admin, "/trail?step=report.send&from=05/6/2025");
    assert!(one > 0 && two > 0 && one + two == by_hand("report.send"));
    let (_, lines) = walk(&admin, "/trail?step=report.send&from=6/6/2025&to=6/6/2025");
    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("06/6/2025")), "{lines:?}");
    // One object, one unit, one person.
    let page = admin.get("/trail?step=attachment.add").ok();
    let link = page.split("href=\"/trail?subject=report").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/trail?subject=report{}", link.expect("a link").replace("&#38;", "&"));
    let (_, lines) = walk(&admin, &path);
    assert!(lines.len() > 2 && lines.iter().all(|line| line.contains("Báo cáo 6 tháng đầu năm 2025")));
    let unit: i64 = app
        .db
        .read(|conn| {
            units::table
                .filter(units::code.eq("bg.tuphap"))
                .select(units::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("a unit");
    let (_, lines) = walk(&admin, &format!("/trail?unit={unit}"));
    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("Sở Tư pháp")));
    // What cannot be read is said at its field.
    let refused = admin.get("/trail?from=h%C3%B4m+qua");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập ngày/tháng/năm"));
    assert_eq!(admin.get("/trail?from=2/6/2025&to=1/6/2025").status, 422);
    for query in ["unit=abc", "person=x", "step=report.fly", "subject=cat", "id=1x", "before=y"] {
        for path in ["/trail", "/trail/workbook"] {
            assert_eq!(admin.get(&format!("{path}?{query}")).status, 422, "{path} {query}");
        }
    }
}

#[test]
fn the_workbook_holds_the_lines_of_the_page() {
    use calamine::{Data, Reader, Xlsx};
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let answer = admin.get("/trail/workbook?step=report.send");
    assert_eq!(answer.status, 200);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Nhật ký").expect("the sheet");
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    assert_eq!(rows[2][3], "Việc");
    let count = heading(&admin, "/trail?step=report.send");
    assert_eq!(rows.len(), count + 3);
    assert!(rows[1][0].contains(&format!("{count} dòng")));
    assert!(rows[3..].iter().all(|row| row[3] == "Gửi báo cáo" && row[8].len() == 64));
    assert!(rows[3][7].contains("bước: "));
}

/// What goes on inside the units is for the administrator of their province, and for no province beside it.
#[test]
fn an_administrator_here_who_leads_there_reads_there_as_a_leader() {
    let app = TestApp::demo();
    let path = "/trail?step=attachment.add";
    let (own, foreign) = (app.client("quantri.longan"), app.client("lanhdao.ubnd.bacgiang"));
    let (_, here) = walk(&own, path);
    let (_, there) = walk(&foreign, path);
    assert!(!there.is_empty());
    app.db
        .write(|conn| {
            let person: i64 =
                people::table.filter(people::username.eq("quantri.longan")).select(people::id).first(conn)?;
            let unit: i64 = units::table.filter(units::code.eq("bg.ubnd")).select(units::id).first(conn)?;
            diesel::insert_into(memberships::table)
                .values((
                    memberships::person_id.eq(person),
                    memberships::unit_id.eq(unit),
                    memberships::role.eq("leader"),
                    memberships::title.eq("Phó Chủ tịch"),
                ))
                .execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("a second role");
    let (_, both) = walk(&own, path);
    assert_eq!(both.len(), here.len() + there.len());
    let told = both.iter().filter(|line| line.contains("data-label=\"Trước → sau\"")).count();
    assert_eq!(told, here.len());
}

#[test]
fn places_of_a_report_are_told_by_their_names() {
    let app = TestApp::demo();
    let id = crate::reports::report_of(&app, "bg.tuphap", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for place in ["figure.B04", "section.IV", "list.documents"] {
        let remark = [("place", place), ("body", "Đếm lại giúp.")];
        compiler.post(&format!("/reports/{id}/remarks"), &remark).redirected();
    }
    let html = app.client("quantri.bacgiang").get("/trail").ok();
    for told in ["dòng B04 ", "phần IV", "danh sách Văn bản"] {
        assert!(html.contains(told), "{told}: {html}");
    }
    for code in ["figure.B04", "section.IV", "list.documents"] {
        assert!(!html.contains(code), "{code}");
    }
}
