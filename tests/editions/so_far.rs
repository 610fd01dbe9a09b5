//! The figures of the leader's screen are those of the page that shows them all.

use tonghop::calendar::Clock;
use tonghop::consolidation::content::IndicatorGroup;
use tonghop::consolidation::{as_received, figures_received, guarded};
use tonghop::db::ids::PersonId;
use tonghop::db::schema::{people, periods};
use tonghop::error::Error;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::support::app::TestApp;

/// The groups without the column of the year so far, which the screen does not show.
fn without_year(mut groups: Vec<IndicatorGroup>) -> Vec<IndicatorGroup> {
    for line in groups.iter_mut().flat_map(|group| &mut group.indicators) {
        line.cumulative = None;
    }
    groups
}

#[test]
fn figures_alone_say_what_the_whole_content_says() {
    let app = TestApp::demo();
    let today = NaiveDate::from_ymd_opt(2025, 6, 16).expect("a day");
    let compared = app.db.read(|conn| {
        let of = people::table.filter(people::username.eq("tonghop.catinh.bacgiang")).select(people::id);
        let person: PersonId = of.first(conn)?;
        let actor = tonghop::people::queries::actor(conn, person, today)?;
        let scope = actor.scope();
        let mut compared = (0, 0);
        for id in periods::table.select(periods::id).order(periods::id).load(conn)? {
            let Ok((period, regime)) = tonghop::periods::queries::period(conn, &scope, id) else { continue };
            let collector = regime.collector_id;
            let moment = Clock::fixed(today).moment();
            let Ok(whole) = as_received(conn, &period, &regime, collector, moment) else { continue };
            let alone = figures_received(conn, &period, collector)?;
            let totals = alone.groups.iter().flat_map(|group| &group.indicators);
            compared.0 += totals.clone().filter(|line| line.total.n > 0).count();
            compared.1 += totals.filter(|line| line.comparison.is_some()).count();
            assert_eq!(alone.groups, without_year(whole.groups.clone()), "{}", period.label);
            assert_eq!(
                guarded(alone).groups,
                without_year(guarded(whole).groups),
                "{}, for who is not the collector",
                period.label
            );
        }
        Ok::<_, Error>(compared)
    });
    let (totals, beside) = compared.expect("the periods");
    assert!(totals > 40 && beside > 20, "{totals} totals, {beside} compared");
}
