//! Indicators that a province counts for itself: added one by one and by a list, corrected, ended, followed by another.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, form_indicators, forms, indicators, local_indicators, obligations};

use crate::access::subjects::own_indicator;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

const ADMINISTRATOR: &str = "quantri.bacgiang";

type Facts = (String, String, i32, String, String, String);

fn facts(app: &TestApp, id: i64) -> Facts {
    app.db
        .read(|conn| {
            let of = indicators::table.find(id).select((
                indicators::code,
                indicators::value_type,
                indicators::scale,
                indicators::unit_rule,
                indicators::level_rule,
                indicators::period_rule,
            ));
            Ok::<_, DbError>(of.first(conn)?)
        })
        .expect("an indicator")
}

fn told(code: &str, kind: &str, scale: i32, rules: [&str; 3]) -> Facts {
    let [units, levels, periods] = rules.map(str::to_owned);
    (code.into(), kind.into(), scale, units, levels, periods)
}

fn id_of(address: &str) -> i64 {
    address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an address")
}

fn steps(app: &TestApp) -> Vec<String> {
    app.db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::action.like("indicator.%")).order(audit_log::id);
            Ok::<_, DbError>(of.select(audit_log::action).load(conn)?)
        })
        .expect("the log")
}

fn post(client: &Client, path: &str, base: &[(&str, &str)], over: &[(&str, &str)]) -> Answer {
    let mut fields: Vec<(&str, &str)> =
        base.iter().filter(|(name, _)| !over.iter().any(|(other, _)| other == name)).copied().collect();
    fields.extend(over);
    client.post(path, &fields)
}

/// Lets some form on which reports are owed ask for the indicator, which pages never do.
fn put_in_use(app: &TestApp, id: i64) {
    app.db
        .write(|conn| {
            let regime: i64 = forms::table.order(forms::id).select(forms::regime_id).first(conn)?;
            diesel::insert_into(forms::table)
                .values((
                    forms::uid.eq("asks-for-its-own"),
                    forms::regime_id.eq(regime),
                    forms::code.eq("own"),
                    forms::version.eq(1),
                    forms::name.eq("Riêng"),
                ))
                .execute(conn)?;
            let own: i64 = forms::table.filter(forms::code.eq("own")).select(forms::id).first(conn)?;
            diesel::insert_into(form_indicators::table)
                .values((
                    form_indicators::form_id.eq(own),
                    form_indicators::indicator_id.eq(id),
                    form_indicators::position.eq(1),
                    form_indicators::counts.eq(true),
                    form_indicators::required.eq(false),
                ))
                .execute(conn)?;
            let first: i64 = obligations::table.order(obligations::id).select(obligations::id).first(conn)?;
            diesel::update(obligations::table.find(first)).set(obligations::form_id.eq(own)).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("a form in use");
}

const SIMPLE: [(&str, &str); 6] = [
    ("name", "Câu lạc bộ giúp đỡ người tái hòa nhập"),
    ("group", "I"),
    ("kind", "int"),
    ("measure", "câu lạc bộ"),
    ("unit_rule", "sum"),
    ("period_rule", "stock"),
];

#[test]
fn one_is_added_looked_at_and_corrected_until_a_report_asks_for_it() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let form = client.get("/indicators/new").ok();
    // The rules in plain words with an example each, the next free code, no code issued to all.
    for words in [
        "Để trống: DP.01",
        "Xã A 12 buổi, xã B 8 buổi: toàn tỉnh 20 buổi.",
        "12 xã trả lời có, 3 xã trả lời không",
        "cả năm 16, không phải 30",
        "tức 47,5%",
    ] {
        assert!(form.contains(words), "{words}: {form}");
    }
    let key = hidden(&form, "form_key").expect("a key");
    let to = post(&client, "/indicators", &SIMPLE, &[("form_key", &key)]).redirected();
    assert_eq!(post(&client, "/indicators", &SIMPLE, &[("form_key", &key)]).redirected(), to, "once");
    let id = id_of(&to);
    assert_eq!(facts(&app, id), told("DP.01", "int", 0, ["sum", "sum", "stock"]));
    let page = client.get(&to).ok();
    assert!(page.contains("<dd>địa phương</dd>") && page.contains(&format!("{to}/successor")), "{page}");
    // Not in use: everything but the code may change.
    let path = format!("/indicators/{id}");
    let version =
        |client: &Client| hidden(&client.get(&format!("{path}/edit")).ok(), "version").expect("one");
    let seen = version(&client);
    let decimal = [("kind", "decimal"), ("decimals", "2"), ("measure", "ha"), ("code", "DP.77")];
    let over: Vec<(&str, &str)> = decimal.iter().copied().chain([("version", seen.as_str())]).collect();
    assert_eq!(post(&client, &path, &SIMPLE, &over).redirected(), path);
    assert_eq!(facts(&app, id), told("DP.01", "decimal", 2, ["sum", "sum", "stock"]));
    assert_eq!(post(&client, &path, &SIMPLE, &over).status, 409, "a page of before");
    // In use: name and guidance only, whatever is sent.
    put_in_use(&app, id);
    let edit = client.get(&format!("{path}/edit")).ok();
    assert!(edit.contains("chỉ sửa được tên và hướng dẫn ghi") && !edit.contains("name=\"unit_rule\""));
    let seen = version(&client);
    let changed =
        [("version", seen.as_str()), ("name", "Câu lạc bộ, nhóm giúp đỡ"), ("guidance", "Đếm cuối kỳ")];
    post(&client, &path, &SIMPLE, &changed).redirected();
    assert_eq!(facts(&app, id), told("DP.01", "decimal", 2, ["sum", "sum", "stock"]));
    assert!(client.get(&path).ok().contains("Câu lạc bộ, nhóm giúp đỡ"));
    assert_eq!(steps(&app), ["indicator.add", "indicator.edit", "indicator.edit"]);
    let trail = client.get("/trail").ok();
    assert!(trail.contains("Sửa chỉ tiêu") && trail.contains("DP.01"), "{trail}");
}

#[test]
fn what_is_to_mend_is_said_at_its_field_and_everything_typed_is_kept() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let refused = |over: &[(&str, &str)]| {
        let answer = post(&client, "/indicators", &SIMPLE, over);
        assert_eq!(answer.status, 422, "{over:?}");
        answer.text()
    };
    for (over, words) in [
        (&[("name", "")][..], "Nhập tên chỉ tiêu."),
        (&[("name", "lượt XEM, lượt truy cập")], "Đã có chỉ tiêu cùng tên: B08."),
        (&[("group", "Z")], "Chọn nhóm chỉ tiêu."),
        (&[("code", "b 08")], "nhiều nhất 12 chữ cái không dấu"),
        (&[("measure", "")], "Nhập đơn vị tính"),
        (&[("kind", "decimal"), ("decimals", "9")], "từ 1 đến 6 chữ số"),
        (&[("kind", "bool"), ("period_rule", "flow")], "thì không cộng qua các kỳ"),
        (&[("kind", "ratio"), ("numerator", "1"), ("denominator", "999999")], "Chọn mẫu số"),
        (&[("unit_rule", "count_true")], "Chọn cách tổng hợp giữa các đơn vị."),
        (&[("valid_from", "31/02/2025")], "31/02/2025"),
    ] {
        let page = refused(over);
        assert!(page.contains(words), "{words}: {page}");
        assert!(page.contains("value=\"câu lạc bộ\"") || over.iter().any(|(name, _)| *name == "measure"));
    }
    assert_eq!(steps(&app), Vec::<String>::new());
    post(&client, "/indicators", &SIMPLE, &[("code", "dp.tn.1")]).redirected();
    let page = refused(&[("code", "TN.1"), ("name", "Việc khác")]);
    assert!(page.contains("Mã DP.TN.1 đã dùng") && page.contains("Mã còn trống: DP.01."), "{page}");
}

#[test]
fn a_ratio_takes_its_two_parts_and_stands_on_the_report_by_itself() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let part = |code: &str| {
        app.db
            .read(|conn| {
                let of = indicators::table.filter(indicators::code.eq(code)).select(indicators::id);
                Ok::<i64, DbError>(of.first(conn)?)
            })
            .expect("a part")
            .to_string()
    };
    let (above, below) = (part("B04"), part("B05"));
    let ratio = [("kind", "ratio"), ("numerator", above.as_str()), ("denominator", below.as_str())];
    let id = id_of(&post(&client, "/indicators", &SIMPLE, &ratio).redirected());
    assert_eq!(facts(&app, id), told("DP.01", "ratio", 2, ["ratio", "ratio", "ratio"]));
    let page = client.get(&format!("/indicators/{id}")).ok();
    assert!(page.contains("<dt>Tử số</dt>") && page.contains("B04 ") && page.contains("B05 "), "{page}");
    // Its parts are asked on reports, so that it is in use from the beginning.
    assert!(client.get(&format!("/indicators/{id}/edit")).ok().contains("chỉ sửa được tên"));
}

#[test]
fn a_list_is_looked_at_before_anything_is_kept() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let good = "Chỉ tiêu\tĐơn vị tính\tKiểu số liệu\tNhóm\tGiữa các đơn vị\tQua các kỳ\n\
                Buổi nói chuyện tại trại\tbuổi\t\tD\t\t\n\
                Kinh phí xã hội hóa\ttriệu đồng\t\tA. Chỉ đạo, kinh phí\tchủ trì\tlũy kế\n\
                Có câu lạc bộ\t\tcó/không\tI\t\t\n\
                Diện tích trồng rừng\tha\tsố thập phân 2\tF\tlớn nhất\tcuối kỳ";
    let broken =
        format!("{good}\nBuổi nói chuyện tại trại\tbuổi\t\tD\nViệc lạ\tviệc\tchữ\tKhông\tcộng\ttheo ngày");
    let seen = client.post("/indicators/import", &[("text", broken.as_str()), ("do", "look")]).ok();
    for words in [
        "4 dòng được, 2 dòng cần sửa",
        "Dòng 6: Trùng tên",
        "Dòng 7: Không rõ kiểu",
        "Không có nhóm",
        "theo ngày",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert!(!seen.contains("value=\"take\""), "nothing can be taken while a line is to mend");
    assert_eq!(client.post("/indicators/import", &[("text", broken.as_str()), ("do", "take")]).status, 422);
    assert_eq!(steps(&app), Vec::<String>::new());
    let seen = client.post("/indicators/import", &[("text", good), ("do", "look")]).ok();
    assert!(seen.contains("Thêm 4 chỉ tiêu này"), "{seen}");
    let key = hidden(&seen, "form_key").expect("a key");
    let take = [("text", good), ("do", "take"), ("form_key", key.as_str())];
    assert_eq!(client.post("/indicators/import", &take).redirected(), "/indicators");
    assert_eq!(client.post("/indicators/import", &take).redirected(), "/indicators");
    let added: Vec<Facts> = app
        .db
        .read(|conn| {
            let ids: Vec<i64> = local_indicators::table
                .order(local_indicators::indicator_id)
                .select(local_indicators::indicator_id)
                .load(conn)?;
            Ok::<_, DbError>(ids)
        })
        .expect("four")
        .into_iter()
        .map(|id| facts(&app, id))
        .collect();
    assert_eq!(
        added,
        [
            told("DP.01", "int", 0, ["sum", "sum", "flow"]),
            told("DP.02", "money", 0, ["owner", "sum", "year_to_date"]),
            told("DP.03", "bool", 0, ["count_true", "sum", "stock"]),
            told("DP.04", "decimal", 2, ["max", "max", "stock"]),
        ]
    );
    assert_eq!(steps(&app), ["indicator.import"]);
    assert!(client.get("/indicators").ok().contains("Kinh phí xã hội hóa"));
    assert!(!app.client("quantri.longan").get("/indicators").ok().contains("Kinh phí xã hội hóa"));
}

#[test]
fn one_ends_on_a_day_and_another_follows() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let id = own_indicator(&app, ADMINISTRATOR);
    let path = format!("/indicators/{id}");
    let version = || hidden(&client.get(&format!("{path}/ending")).ok(), "version").expect("a version");
    let end = |last: &str, reason: &str| {
        let seen = version();
        client.post(&format!("{path}/ending"), &[("version", &seen), ("last", last), ("reason", reason)])
    };
    let answer = end("31/12/2025", "");
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("value=\"31/12/2025\""));
    end("31/12/2025", "Hướng dẫn mới").redirected();
    assert!(client.get(&path).ok().contains("31/12/2025"));
    end("", "Ghi nhầm").redirected();
    // A draft that asks for it goes on with what follows it.
    let regime = crate::periods::regime(&app, "bac-giang");
    let draft = client
        .post(&format!("/regimes/{regime}/forms"), &[("name", "Riêng"), ("kinds", "division")])
        .redirected();
    let own = id.to_string();
    let fields = [("version", "1"), ("name", "Riêng"), ("add", own.as_str()), ("go", "publish")];
    let publication = client.post(&draft, &fields).redirected();
    let form = client.post(&publication, &[("version", "2"), ("from", "01/6/2025")]).redirected();
    let page = client.get(&format!("{path}/successor")).ok();
    assert!(page.contains(&format!("href=\"{form}\"")), "the form that asks is named: {page}");
    let seen = hidden(&page, "version").expect("a version");
    let new = [
        ("version", seen.as_str()),
        ("name", "Buổi nói chuyện tại trại tạm giam"),
        ("group", "D"),
        ("kind", "int"),
        ("measure", "lượt người"),
        ("unit_rule", "sum"),
        ("period_rule", "flow"),
    ];
    let answer = post(&client, &format!("{path}/successor"), &new, &[("valid_from", "")]);
    assert_eq!(answer.status, 422);
    let answer =
        post(&client, &format!("{path}/successor"), &new, &[("code", "DP.01"), ("valid_from", "01/7/2025")]);
    assert!(answer.text().contains("một mã chỉ có một nghĩa"));
    let to = post(&client, &format!("{path}/successor"), &new, &[("valid_from", "01/7/2025")]).redirected();
    let (last, next): (Option<NaiveDate>, Option<i64>) = app
        .db
        .read(|conn| {
            let of = indicators::table.find(id).select((indicators::valid_to, indicators::successor_id));
            Ok::<_, DbError>(of.first(conn)?)
        })
        .expect("the old one");
    assert_eq!((last, next), (NaiveDate::from_ymd_opt(2025, 6, 30), Some(id_of(&to))));
    assert!(client.get(&path).ok().contains("Đã được thay bằng"));
    assert_eq!(end("01/01/2026", "x").status, 422, "what was followed has its end");
    let draft = client.post(&format!("{form}/draft"), &[]).redirected();
    let page = client.get(&draft).ok();
    assert!(page.contains("DP.02") && !page.contains(&format!("_id\" value=\"{id}\"")), "{page}");
    assert_eq!(steps(&app), ["indicator.add", "indicator.end", "indicator.end", "indicator.replace"]);
}

#[test]
fn a_ratio_of_classified_figures_stands_in_a_classified_group() {
    let app = TestApp::demo();
    let client = app.client(ADMINISTRATOR);
    let id = |code: &str| -> String {
        let of = indicators::table.filter(indicators::code.eq(code)).select(indicators::id);
        app.db.read(|conn| Ok::<_, DbError>(of.first::<i64>(conn)?)).expect("an indicator").to_string()
    };
    let (above, below, open) = (id("E10"), id("E01"), id("B04"));
    let ratio = |group: &'static str, above: &str, below: &str| {
        let key = hidden(&client.get("/indicators/new").ok(), "form_key").expect("a key");
        let fields = [
            ("form_key", key.as_str()),
            ("name", "Tỷ lệ thử"),
            ("group", group),
            ("kind", "ratio"),
            ("numerator", above),
            ("denominator", below),
            ("unit_rule", "ratio"),
            ("period_rule", "ratio"),
        ];
        client.post("/indicators", &fields)
    };
    for (above, below) in [(&above, &below), (&above, &open), (&open, &below)] {
        let refused = ratio("A", above, below);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("phải xếp vào nhóm số liệu hạn chế"), "{}", refused.text());
    }
    let made = id_of(&ratio("E", &above, &below).redirected());
    // One made before, or whose part was moved to a classified group since, is read like its parts.
    let closed = app
        .db
        .write(|conn| {
            use tonghop::indicators::queries::classified;
            let before = classified(conn)?;
            diesel::update(indicators::table.find(made)).set(indicators::group_code.eq("A")).execute(conn)?;
            let other: i64 =
                indicators::table.filter(indicators::code.eq("B04")).select(indicators::id).first(conn)?;
            let after = classified(conn)?;
            let [made, other] = [made, other].map(tonghop::db::ids::IndicatorId);
            assert!(before.contains(&made) && !after.contains(&other));
            Ok::<_, tonghop::error::Error>(after.contains(&made))
        })
        .expect("the ratio moved");
    assert!(closed);
}
