//! Folding a period of a large province, out of thirty such: the rows of its received reports read and folded one by one,
//! and all that the page of figures by indicator reads and folds (names, blanks, last year, the year so far), against a
//! bare GROUP BY over the same rows. Loading takes minutes, so this part is measured only when asked for by name.

use std::collections::HashMap;

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use tonghop::consolidation::{Amount, UnitFold, UnitRow, as_received};
use tonghop::db::Conn;
use tonghop::db::ids::{IndicatorId, PeriodId, UnitId};
use tonghop::db::schema::{indicators, obligations, periods, reports, revision_figures};
use tonghop::error::Error;
use tonghop::indicators::UnitRule;
use tonghop::load::Size;
use tonghop::{on_each, periods as period_room};

use super::pairs::{paired, time};
use super::province::Province;

const ROUNDS: usize = 11;
/// Five in fifty-five are ratios, which nobody reports.
const SIZE: Size = Size { units: 4_000, years: 15, indicators: 55, seed: 1 };

#[derive(QueryableByName)]
struct Group {
    #[diesel(sql_type = BigInt)]
    indicator_id: i64,
    #[diesel(sql_type = BigInt)]
    figures: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum: Option<i64>,
}

/// What the database adds up by itself: indicator, figures, sum.
fn grouped(conn: &mut Conn, period: PeriodId, collector: UnitId) -> Vec<(i64, i64, Option<i64>)> {
    let sql = format!(
        "SELECT f.indicator_id, count(f.value) AS figures, CAST(sum(f.value) AS BIGINT) AS sum FROM revision_figures f \
         JOIN reports r ON r.received_revision_id = f.revision_id JOIN obligations o ON o.id = r.obligation_id \
         WHERE o.period_id = {period} AND o.collector_id = {collector} AND f.counts GROUP BY f.indicator_id"
    );
    let groups: Vec<Group> =
        on_each!(conn, |c| diesel::sql_query(sql).load(c)).expect("the database adds up");
    groups.into_iter().map(|group| (group.indicator_id, group.figures, group.sum)).collect()
}

/// The same rows one by one into the fold over units.
fn folded(conn: &mut Conn, period: PeriodId, collector: UnitId) -> HashMap<IndicatorId, UnitFold> {
    let rules: Vec<(IndicatorId, String, String)> = indicators::table
        .select((indicators::id, indicators::code, indicators::unit_rule))
        .load(conn)
        .expect("the catalogue");
    let mut folds: HashMap<IndicatorId, UnitFold> = rules
        .iter()
        .map(|(id, code, rule)| (*id, UnitFold::new(code, rule.parse::<UnitRule>().expect("a rule"))))
        .collect();
    let rows = revision_figures::table
        .inner_join(
            reports::table.on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period).and(obligations::collector_id.eq(collector)))
        .select((
            revision_figures::indicator_id,
            revision_figures::value,
            revision_figures::counts,
            revision_figures::estimate,
            revision_figures::qualifier,
        ));
    type Row = (IndicatorId, Option<i64>, bool, bool, String);
    on_each!(conn, |c| {
        for row in rows.load_iter::<Row, DefaultLoadingMode>(c).expect("the rows") {
            let (indicator, value, counts, estimated, qualifier) = row.expect("a row");
            let approximate = qualifier != "exact";
            let amount = value.map(|value| Amount { value, estimated, approximate });
            let fold = folds.get_mut(&indicator).expect("an indicator of the catalogue");
            fold.push(&UnitRow { counts, ..UnitRow::plain(amount) }).expect("it folds");
        }
    });
    folds
}

pub fn measure() {
    let province = Province::load(SIZE);
    let (period, regime) = province
        .db
        .read(|conn| {
            let newest = periods::table.order(periods::id.desc()).select(periods::id);
            let newest: PeriodId = newest.first(conn)?;
            Ok::<_, Error>(period_room::queries::period(conn, &province.compiler.scope(), newest)?)
        })
        .expect("the newest period");
    let collector = regime.collector_id;
    let moment = province.state.clock.moment();
    let sums = || province.db.read(|conn| Ok::<_, Error>(grouped(conn, period.id, collector)));
    let folds = || province.db.read(|conn| Ok::<_, Error>(folded(conn, period.id, collector)));
    let in_sql = || time(|| sums().expect("sums"));
    let by_row = || time(|| folds().expect("folds"));
    let page = || {
        let all = || province.db.read(|conn| as_received(conn, &period, &regime, collector, moment));
        time(|| all().expect("the content"))
    };
    let rows: i64 = sums().expect("sums").iter().map(|group| group.1).sum();
    let rowwise = paired(ROUNDS, by_row, in_sql);
    println!(
        "{}: {} units, {rows} figures of a period out of {} periods, read and folded one by one against a bare GROUP BY: \
         {:.2} times ({:?}, {:?}) (bar: at most 1.5)",
        province.db.backend(),
        SIZE.units,
        2 * SIZE.years,
        rowwise.ratio,
        rowwise.first,
        rowwise.second,
    );
    let whole = paired(ROUNDS, page, in_sql);
    println!(
        "all that the page of figures by indicator reads and folds against it: {:.1} times ({:?})",
        whole.ratio, whole.first
    );
}
