//! From a number in an edition up: what each unit gave, in which revision, with which links and which work; as frozen, and
//! no more than the reader sees of the edition.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tonghop::consolidation::content::{EditionContent, UnitEvidence};
use tonghop::db::DbError;
use tonghop::db::schema::{
    edition_sources, editions, indicators, obligations, periods, regimes, revision_figures, revision_papers,
    revisions, units,
};

use super::{make, period_id};
use crate::support::app::TestApp;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const LEADER: &str = "lanhdao.ubnd.bacgiang";

/// The editions of the half-year of 2024, the first made first.
fn editions_of_2024(app: &TestApp) -> Vec<i64> {
    app.db
        .read(|conn| {
            let of = editions::table
                .inner_join(periods::table.inner_join(regimes::table))
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2024-H1"))
                .filter(editions::status.ne("discarded"));
            Ok::<_, DbError>(of.order(editions::number).select(editions::id).load(conn)?)
        })
        .expect("the editions are in the demo")
}

fn content(app: &TestApp, edition: i64) -> EditionContent {
    let text: String = app
        .db
        .read(|conn| {
            Ok::<_, DbError>(editions::table.find(edition).select(editions::content_json).first(conn)?)
        })
        .expect("the content");
    EditionContent::from_canonical(&text).expect("it reads")
}

/// What follows each `before` in a page, up to the next quote.
fn all_after(page: &str, before: &str) -> BTreeSet<String> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn a_total_leads_to_the_revisions_it_was_made_from_then() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    for edition in editions_of_2024(&app) {
        let frozen = content(&app, edition);
        let firsts = frozen.groups.iter().filter_map(|group| group.indicators.first());
        let codes: Vec<&str> = firsts.map(|line| line.code.as_str()).collect();
        assert!(codes.len() > 3, "{codes:?}");
        for code in codes {
            let page = compiler.get(&format!("/editions/{edition}/figures/{code}")).ok();
            // Every revision of the edition that holds the figure, asked one table after another.
            let holding: BTreeSet<String> = app
                .db
                .read(|conn| {
                    let rows: Vec<(i64, i32)> = edition_sources::table
                        .inner_join(revisions::table)
                        .inner_join(
                            revision_figures::table
                                .on(revision_figures::revision_id.eq(revisions::id))
                                .inner_join(indicators::table),
                        )
                        .filter(edition_sources::edition_id.eq(edition))
                        .filter(indicators::code.eq(code))
                        .select((revisions::report_id, revisions::number))
                        .load(conn)?;
                    Ok::<_, DbError>(rows)
                })
                .expect("the figures")
                .into_iter()
                .map(|(report, number)| format!("{report}?revision={number}"))
                .collect();
            let linked = all_after(&page, "<a href=\"/reports/");
            assert!(holding.is_subset(&linked), "{code} of edition {edition}: {holding:?} {linked:?}");
            let (_, line) = frozen.line(code).expect("the indicator");
            let total = line.reading_words(line.total.reading()).unwrap_or_else(|| "–".into());
            assert!(page.contains(&format!("<dd>{total} {}", line.measure_unit)), "{code}: {total}");
            assert!(
                compiler.get(&format!("/editions/{edition}")).ok().contains(&format!("/figures/{code}\""))
            );
        }
    }
}

/// Last year's total can be added up: what bodies gave that have ended since is a row of its own.
#[test]
fn last_years_column_adds_up_to_its_total() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    let frozen = content(&app, edition.rsplit('/').next().unwrap().parse().unwrap());
    let line = frozen.line("A11").expect("the indicator").1;
    let listed: i64 = frozen
        .units
        .iter()
        .flat_map(|unit| &unit.figures)
        .filter(|figure| figure.indicator == "A11")
        .filter_map(|figure| figure.same_period.value)
        .sum();
    let total = line.same_period.expect("last year").value.expect("a total");
    assert!(total > listed, "bodies of last year have ended: {total} {listed}");
    let page = compiler.get(&format!("{edition}/figures/A11")).ok();
    let row = page
        .split("<tr id=\"ended\">")
        .nth(1)
        .and_then(|rest| rest.split("</tr>").next())
        .expect("their row");
    assert!(row.contains(&format!(">{}</td>", line.words(total - listed))), "{row}");
}

#[test]
fn what_a_figure_rests_on_leads_back_to_the_clause() {
    let app = TestApp::demo();
    let edition = *editions_of_2024(&app).last().expect("an edition");
    let frozen = content(&app, edition);
    let unit = frozen.units.iter().find(|unit| unit.code == "bg.ldtbxh").expect("the department of 2024");
    let asked = unit.figures.iter().find(|figure| figure.counts && !figure.now.is_empty()).expect("a figure");
    let path = format!("/editions/{edition}/figures/{}?unit={}", asked.indicator, unit.uid);
    for user in [COMPILER, LEADER] {
        let page = app.client(user).get(&path).ok();
        assert!(page.contains("Nguồn số liệu của Sở Lao động"), "{user}");
        assert!(
            page.contains("Phiên giao dịch việc làm lưu động tại Lục Nam"),
            "{user}: the work of the period"
        );
        assert!(!page.contains("Cấp chứng chỉ lớp sửa chữa máy nông nghiệp"), "{user}: work after it");
        let back = all_after(&page, "href=\"/clauses/");
        assert!(!back.is_empty() && back.iter().all(|rest| rest.contains("/trace?unit=")), "{back:?}");
        let to = format!("/clauses/{}", back.first().expect("one").replace("&amp;", "&"));
        let trace = app.client(user).get(to.split('#').next().unwrap_or(&to)).ok();
        assert!(trace.contains("Phiên giao dịch việc làm lưu động"), "{user}: {to}");
    }
    // A unit that is not in the edition, and one whose form does not ask, are not there.
    let other = frozen.units.iter().find(|unit| unit.figures.iter().all(|f| f.indicator != asked.indicator));
    let uids = ["nobody".to_owned()].into_iter().chain(other.map(|unit| unit.uid.clone()));
    for uid in uids {
        let path = format!("/editions/{edition}/figures/{}?unit={uid}", asked.indicator);
        assert_eq!(app.client(COMPILER).get(&path).status, 404, "{path}");
    }
}

#[test]
fn nobody_sees_more_of_a_figure_than_of_the_edition() {
    let app = TestApp::demo();
    let edition = *editions_of_2024(&app).last().expect("an edition");
    let unit =
        content(&app, edition).units.iter().find(|unit| unit.code == "bg.ca").expect("a unit").uid.clone();
    let path = |code: &str| format!("/editions/{edition}/figures/{code}");
    // The leader's own lens on single units is for the live page: two editions beside each other tell too much.
    let regime: i64 = app
        .db
        .read(|conn| {
            let of = regimes::table.filter(regimes::code.eq("bac-giang"));
            Ok::<_, DbError>(of.select(regimes::id).first(conn)?)
        })
        .expect("the regime");
    let opening = [("group", "E"), ("open", "1"), ("reason", "Ý kiến của Thường trực Tỉnh ủy")];
    let approver = app.client("lanhdao.catinh.bacgiang");
    approver.post(&format!("/regimes/{regime}/unit-figures"), &opening).redirected();
    for user in [LEADER, "c11.bocongan"] {
        let page = app.client(user).get(&path("E01")).ok();
        assert!(!page.contains("id=\"contributions\"") && page.contains("Nhóm số liệu hạn chế"), "{user}");
        assert_eq!(app.client(user).get(&format!("{}?unit={unit}", path("E01"))).status, 404, "{user}");
        assert!(app.client(user).get(&path("B04")).ok().contains("id=\"contributions\""), "{user}");
    }
    let theirs = app.client("c11.bocongan").get(&path("B04")).ok();
    assert!(!theirs.contains("/reports/") && !theirs.contains("?unit="), "the Ministry opens no report");
    assert_eq!(app.client("c11.bocongan").get(&format!("{}?unit={unit}", path("B04"))).status, 404);
    assert!(app.client(COMPILER).get(&path("E01")).ok().contains("id=\"contributions\""));
    for user in ["canbo.khcn.bacgiang", "tonghop.catinh.longan", "quantri.bacgiang"] {
        assert_eq!(app.client(user).get(&path("B04")).status, 404, "{user}");
    }
}

#[test]
fn a_proof_names_the_unit_and_the_revision_as_the_figures_do_and_the_task_it_was_noted_for() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let address = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    let edition: i64 = address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an edition");
    let frozen = content(&app, edition);
    assert!(!frozen.evidence.is_empty());
    for proof in &frozen.evidence {
        let unit = frozen.units.iter().find(|unit| unit.code == proof.unit_code && unit.name == proof.unit);
        assert_eq!(unit.expect("the unit").revision, proof.revision, "{proof:?}");
    }
    let noted = frozen.evidence.iter().find(|proof| proof.url == "https://mangxahoi.example/ca/20250515");
    let noted = noted.expect("a link that was noted with work and claimed by the report");
    assert!(noted.task.contains("mục III.1: Thường trực giúp UBND tỉnh"), "{noted:?}");
    // Named when it was sent, or entered after.
    let named: Vec<String> = app
        .db
        .read(|conn| {
            let of = edition_sources::table
                .inner_join(revisions::table)
                .inner_join(obligations::table)
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(edition_sources::edition_id.eq(edition));
            let with = revisions::doc_number.ne("");
            let mut codes: Vec<String> = of.filter(with).select(units::code).load(conn)?;
            let later =
                of.inner_join(revision_papers::table.on(revision_papers::revision_id.eq(revisions::id)));
            codes.extend(later.select(units::code).load::<String>(conn)?);
            Ok::<_, DbError>(codes)
        })
        .expect("the papers");
    for proof in &frozen.evidence {
        let with_paper = named.contains(&proof.unit_code);
        assert_eq!(with_paper, !proof.report.is_empty(), "{proof:?}");
    }
}

#[test]
fn proofs_frozen_before_they_were_traced_still_read() {
    let old = r#"{"unit":"Sở Tư pháp","kind":"Tệp","title":"bao-cao.pdf","sha256":"ab"}"#;
    let read: UnitEvidence = serde_json::from_str(old).expect("an old row");
    assert_eq!((read.unit_code.as_str(), read.revision, read.task.as_str()), ("", None, ""));
    assert_eq!(serde_json::to_string(&read).expect("it is written"), old);
}
