//! Two levels as really stored: MTTQ tỉnh collects for three organisations, Công an tỉnh for the province. The top
//! edition is held against sums made here over the rows of every reporting unit, whichever way they came.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tonghop::consolidation::content::EditionContent;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{
    consolidated_revisions, editions, form_indicators, indicators, obligations, periods, regimes, reports,
    revision_figures, units,
};

use super::{names_of, pairs, state_of, ticked, values_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::Client;

/// Below MTTQ, and to Công an tỉnh itself: code of the unit, its officer.
pub const BELOW: [(&str, &str); 3] = [
    ("bg.phunu", "canbo.phunu.bacgiang"),
    ("bg.doan", "canbo.doan.bacgiang"),
    ("bg.nongdan", "canbo.nongdan.bacgiang"),
];
const DIRECT: [(&str, &str); 3] = [
    ("bg.mttq", "canbo.mttq.bacgiang"),
    ("bg.khcn", "canbo.khcn.bacgiang"),
    ("bg.bao", "canbo.bao.bacgiang"),
];

pub fn app() -> TestApp {
    TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 12, 16).expect("a day"))
}

pub fn ask<T>(app: &TestApp, f: impl FnOnce(&mut tonghop::db::Conn) -> QueryResult<T>) -> T {
    app.db.read(|conn| f(conn).map_err(DbError::Query)).expect("the rows")
}

pub fn period(app: &TestApp) -> i64 {
    ask(app, |conn| {
        periods::table
            .inner_join(regimes::table)
            .filter(regimes::code.eq("bac-giang"))
            .filter(periods::code.eq("2025-Y"))
            .select(periods::id)
            .first(conn)
    })
}

pub fn report(app: &TestApp, unit: &str, part: &str) -> ReportId {
    let period = period(app);
    ask(app, |conn| {
        reports::table
            .inner_join(obligations::table)
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(obligations::period_id.eq(period))
            .filter(obligations::part.eq(part))
            .filter(units::code.eq(unit))
            .select(reports::id)
            .first(conn)
    })
}

pub fn version(app: &TestApp, id: ReportId) -> String {
    ask(app, |conn| reports::table.find(id).select(reports::version).first::<i32>(conn)).to_string()
}

const PAPER: [(&str, &str); 5] = [
    ("doc_number", "9"),
    ("doc_symbol", "BC"),
    ("doc_date", "16/12/2025"),
    ("signatory_title", "CHỦ TỊCH"),
    ("signatory_name", "Lê Văn Bưởi"),
];

/// Types figures (`-` leaves a blank), sends, and lets the collector receive.
pub fn file(app: &TestApp, unit: &str, officer: &str, collector: &Client, figures: &mut dyn FnMut() -> i64) {
    let (id, officer) = (report(app, unit, "own"), app.client(officer));
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for name in names_of(&page, "section.") {
        fields.insert(name, format!("Kết quả của {unit}, viết để thử."));
    }
    for name in names_of(&page, "figure.") {
        let next = figures();
        let choice = page.contains(&format!("<select id=\"f-{name}\""));
        // A tenth stays blank where the form lets it.
        let cell =
            page.split(&format!("for=\"f-{name}\"")).nth(1).and_then(|rest| rest.split("</th>").next());
        let required = cell.is_some_and(|cell| cell.contains("(bắt buộc)"));
        let value = match next {
            n if n % 10 == 0 && !required => String::new(),
            n if choice => (n % 2).to_string(),
            n => n.to_string(),
        };
        fields.insert(name, value);
    }
    // A part is not more than the whole it is counted out of: such a report is not sent.
    for (part, whole) in shares(app) {
        let value = |name: &str| fields.get(name).and_then(|typed| typed.parse::<i64>().ok());
        if let (Some(one), Some(other)) = (value(&part), value(&whole)) {
            fields.insert(part, one.min(other).to_string());
            fields.insert(whole, one.max(other).to_string());
        }
    }
    fields.insert("version".into(), values_of(&page, "version")[0].clone());
    let fields: Vec<(String, String)> = fields.into_iter().collect();
    officer.post(&format!("/reports/{id}/draft"), &pairs(&fields)).redirected();
    send(app, &officer, id);
    let version = version(app, id);
    collector.post(&format!("/reports/{id}/receipt"), &[("version", &version)]).redirected();
}

/// The two parts of every ratio, by the names of their fields.
fn shares(app: &TestApp) -> Vec<(String, String)> {
    ask(app, |conn| {
        let codes: Vec<(i64, String)> =
            indicators::table.select((indicators::id, indicators::code)).load(conn)?;
        let ratios: Vec<(Option<i64>, Option<i64>)> = indicators::table
            .filter(indicators::value_type.eq("ratio"))
            .order(indicators::id)
            .select((indicators::numerator_id, indicators::denominator_id))
            .load(conn)?;
        let names: HashMap<i64, String> =
            codes.into_iter().map(|(id, code)| (id, format!("figure.{code}"))).collect();
        Ok(ratios
            .into_iter()
            .filter_map(|(part, whole)| Some((names.get(&part?)?.clone(), names.get(&whole?)?.clone())))
            .collect())
    })
}

fn send(app: &TestApp, client: &Client, id: ReportId) {
    let check = client.get(&format!("/reports/{id}/check")).ok();
    // A correction goes out under a paper of its own.
    let number = version(app, id);
    let mut paper = PAPER;
    paper[0].1 = &number;
    client.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &paper))).redirected();
    assert_eq!(state_of(app, id), "sent");
}

pub fn edition(app: &TestApp, compiler: &Client, leader: &Client) -> (String, EditionContent) {
    let address =
        compiler.post(&format!("/periods/{}/editions", period(app)), &[("confirmed", "1")]).redirected();
    let id: i64 = address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let (version, text): (i32, String) = ask(app, |conn| {
        editions::table.find(id).select((editions::version, editions::content_json)).first(conn)
    });
    let version = version.to_string();
    leader.post(&format!("{address}/approval"), &[("version", &version), ("agreed", "1")]).redirected();
    (address, EditionContent::from_canonical(&text).expect("a content"))
}

/// Totals made here: over the received own reports of the whole period, by the rule of each indicator.
pub fn expected(app: &TestApp) -> BTreeMap<String, (Option<i64>, u32, u32)> {
    let period = period(app);
    type Figure = (i64, String, String, Option<i64>, bool);
    let figures: Vec<Figure> = ask(app, |conn| {
        revision_figures::table
            .inner_join(indicators::table)
            .inner_join(
                reports::table.on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
            )
            .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
            .filter(obligations::period_id.eq(period))
            .filter(obligations::part.eq("own"))
            .select((
                obligations::id,
                indicators::code,
                indicators::unit_rule,
                revision_figures::value,
                revision_figures::counts,
            ))
            .load(conn)
    });
    let asked: Vec<(i64, String)> = ask(app, |conn| {
        form_indicators::table
            .inner_join(indicators::table)
            .inner_join(obligations::table.on(obligations::form_id.eq(form_indicators::form_id)))
            .filter(obligations::period_id.eq(period))
            .filter(obligations::part.eq("own"))
            .filter(form_indicators::counts.eq(true))
            .filter(indicators::value_type.ne("ratio"))
            .select((obligations::id, indicators::code))
            .load(conn)
    });
    let mut of: HashMap<String, HashSet<i64>> = HashMap::new();
    for (duty, code) in asked {
        of.entry(code).or_default().insert(duty);
    }
    of.into_iter()
        .map(|(code, units)| {
            let mine: Vec<(&str, i64)> = figures
                .iter()
                .filter(|figure| figure.1 == code && figure.4)
                .filter_map(|figure| Some((figure.2.as_str(), figure.3?)))
                .collect();
            let total = match mine.first().map(|(rule, _)| *rule) {
                None => None,
                Some("max") => mine.iter().map(|(_, value)| *value).max(),
                Some("count_true") => Some(mine.iter().filter(|(_, value)| *value != 0).count() as i64),
                Some(_) => Some(mine.iter().map(|(_, value)| value).sum()),
            };
            (code, (total, mine.len() as u32, units.len() as u32))
        })
        .collect()
}

pub fn totals(content: &EditionContent) -> BTreeMap<String, (Option<i64>, u32, u32)> {
    content
        .lines()
        .filter(|(_, line)| line.ratio.is_none())
        .map(|(_, line)| (line.code.clone(), (line.total.value, line.total.n, line.total.of)))
        .collect()
}

#[test]
fn the_path_through_two_levels_gives_what_all_units_give() {
    let mut runner = TestRunner::new(Config { cases: 3, failure_persistence: None, ..Config::default() });
    let figures = prop::collection::vec(1i64..5_000, 40);
    runner
        .run(&figures, |figures| {
            let app = app();
            let (mttq, mttq_leader) =
                (app.client("canbo.mttq.bacgiang"), app.client("lanhdao.mttq.bacgiang"));
            let (ca, ca_leader) =
                (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.catinh.bacgiang"));
            let mut place = 0;
            let mut next = || {
                place += 1;
                figures[place % figures.len()] + (place as i64 % 7)
            };
            for (unit, officer) in BELOW {
                file(&app, unit, officer, &mttq, &mut next);
            }
            for (unit, officer) in DIRECT {
                file(&app, unit, officer, &ca, &mut next);
            }
            // Nothing of the lower units is in the upper total before their consolidated report is received.
            let (_, below) = edition(&app, &mttq, &mttq_leader);
            let report = report(&app, "bg.mttq", "consolidated");
            // The texts as the edition's narrative proposes them, saved as they are.
            let page = mttq.get(&format!("/reports/{report}/draft")).ok();
            let seen = values_of(&page, "version")[0].clone();
            mttq.post(&format!("/reports/{report}/draft"), &[("version", &seen)]).redirected();
            send(&app, &mttq_leader, report);
            let version = version(&app, report);
            ca.post(&format!("/reports/{report}/receipt"), &[("version", &version)]).redirected();
            let (_, top) = edition(&app, &ca, &ca_leader);
            prop_assert_eq!(totals(&top), expected(&app));
            let (count, under) = (top.reporting(), below.reporting());
            prop_assert_eq!((under.reported, under.of), (3, 3));
            prop_assert_eq!(count.reported, 6);
            prop_assert_eq!((count.direct, count.direct_of), (4, count.of - 2));
            Ok(())
        })
        .expect("the leaves and the levels agree");
}

/// The paragraphs of a Word file.
fn paper(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|paragraph| paragraph.text).collect()
}

#[test]
fn a_consolidated_report_takes_its_edition_and_says_so() {
    let app = app();
    let (mttq, mttq_leader) = (app.client("canbo.mttq.bacgiang"), app.client("lanhdao.mttq.bacgiang"));
    let (ca, ca_leader) = (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.catinh.bacgiang"));
    let id = report(&app, "bg.mttq", "consolidated");
    let at = |rest: &str| format!("/reports/{id}{rest}");

    // Before there is an edition: no figures, and nothing to send.
    let page = mttq.get(&at("/draft")).ok();
    assert!(page.contains("Chưa có bản tổng hợp đã chốt của kỳ này") && !page.contains("name=\"figure."));
    assert!(mttq.get(&at("/check")).ok().contains("Lập và chốt bản tổng hợp của đơn vị trước"));
    let refused = mttq.post(&at("/submission"), &[("version", "1"), ("draft", "0")]);
    assert_eq!(refused.status, 422);
    assert_eq!(app.client("canbo.phunu.bacgiang").get(&at("")).status, 404);

    let mut next = (101..).filter(|n| n % 10 != 0);
    let mut next = || next.next().unwrap_or(1);
    for (unit, officer) in &BELOW[..2] {
        file(&app, unit, officer, &mttq, &mut next);
    }
    let (lower, content) = edition(&app, &mttq, &mttq_leader);
    assert_eq!(content.identity.agency, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh");
    // Its report is its own and its members', and not the province's.
    let subject = content.paper.as_ref().expect("the head of the paper").subject.replace('\n', " ");
    let whose = " của Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên ";
    assert!(subject.contains(whose) && !subject.contains("trên địa bàn"), "{subject}");
    assert_eq!(ca.get(&lower).status, 404, "approved and not sent: the upper collector does not know it");
    let page = mttq.get(&at("/draft")).ok();
    assert!(page.contains("bản tổng hợp lần 1, chốt lúc") && page.contains("2/3 đơn vị"));
    assert!(!page.contains("name=\"figure."), "figures are not typed");
    assert!(page.contains("Kết quả của bg.phunu, viết để thử."), "texts begin from the edition's narrative");

    let from = "Số liệu lấy từ bản tổng hợp lần 1 của Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh";
    assert!(paper(&mttq, &at("/document")).iter().any(|text| text.starts_with(from)), "the paper says so");

    // A figure posted by hand changes nothing.
    let (_, line) = content.lines().find(|(_, l)| l.total.value.is_some_and(|v| v > 1)).expect("a total");
    let forged = [
        ("version".to_owned(), values_of(&page, "version")[0].clone()),
        (format!("figure.{}", line.code), "999999".to_owned()),
        ("section.I".to_owned(), "Biên tập của MTTQ.".to_owned()),
    ];
    mttq.post(&at("/draft"), &pairs(&forged)).redirected();
    let page = mttq.get(&at("/draft")).ok();
    assert!(page.contains("Biên tập của MTTQ.") && !page.contains("999.999"));
    send(&app, &mttq_leader, id);
    assert!(mttq.get(&lower).ok().contains("Đã gửi"), "the edition went with it");
    assert_eq!(ca.get(&lower).status, 200, "now it is known above");
    let seen = ca.get(&at("")).ok();
    assert!(seen.contains("Số liệu lấy từ") && seen.contains(&lower));
    let board = ca.get(&format!("/periods/{}", period(&app))).ok();
    let listed = board.split("id=\"lower\"").nth(1).expect("the consolidated reports");
    assert!(listed.contains("2/3 đơn vị"));
    let version_1 = version(&app, id);
    ca.post(&at("/receipt"), &[("version", &version_1)]).redirected();
    assert!(paper(&ca, &at("/revisions/1/document")).iter().any(|text| text.starts_with(from)));
    let (top, content) = edition(&app, &ca, &ca_leader);
    let before = totals(&content);
    assert_eq!(before, expected(&app));
    let html = ca.get(&top).ok();
    assert!(html.contains("2 / ") && html.contains("1/"), "{html}");
    assert!(html.contains("(qua Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh)"), "who is missing below");
    let book = ca.get(&format!("{top}/workbook/internal"));
    assert_eq!(book.status, 200);

    // A third unit comes late: a newer edition below offers a correction, which counts when it is received.
    let (unit, officer) = BELOW[2];
    file(&app, unit, officer, &mttq, &mut next);
    assert!(!mttq.get(&at("")).ok().contains("/renewal"));
    edition(&app, &mttq, &mttq_leader);
    let offer = mttq.get(&at("")).ok();
    assert!(offer.contains("Lập bản chỉnh lý theo bản tổng hợp lần 2"));
    assert_eq!(ca.post(&at("/renewal"), &[("version", &version(&app, id))]).status, 403);
    assert_eq!(mttq.post(&at("/renewal"), &[("version", "0")]).status, 409);
    mttq.post(&at("/renewal"), &[("version", &version(&app, id))]).redirected();
    assert_eq!(state_of(&app, id), "amend");
    let page = mttq.get(&at("/draft")).ok();
    assert!(page.contains("bản tổng hợp lần 2") && page.contains("Biên tập của MTTQ."));
    send(&app, &mttq_leader, id);
    assert_eq!(totals(&edition(&app, &ca, &ca_leader).1), before, "not received yet");
    ca.post(&at("/receipt"), &[("version", &version(&app, id))]).redirected();
    let (_, content) = edition(&app, &ca, &ca_leader);
    assert_ne!(totals(&content), before);
    assert_eq!(totals(&content), expected(&app));
    let used: Vec<i64> = ask(&app, |conn| {
        consolidated_revisions::table
            .order(consolidated_revisions::revision_id)
            .select(consolidated_revisions::edition_id)
            .load(conn)
    });
    assert_eq!(used.len(), 2);
    assert_ne!(used[0], used[1]);
}
