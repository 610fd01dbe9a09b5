//! A sending in two steps: the report as it goes is written first; the transaction keeps it, reads no content, and refuses
//! what is not the edition it was written from.

use diesel::prelude::*;
use tonghop::access::Actor;
use tonghop::calendar::{Clock, Moment};
use tonghop::consolidation::dispatch::{Dispatching, dispatch, to_dispatch};
use tonghop::db::DbError;
use tonghop::db::ids::EditionId;
use tonghop::db::schema::{edition_dispatch_papers, edition_dispatches, editions, people};
use tonghop::error::Error;
use tonghop::on_each;

use super::{approve, make, period_id};
use crate::support::app::{TestApp, demo_day};
use crate::support::counting;

/// An approved edition, and who sends it.
fn approved(app: &TestApp) -> (EditionId, Actor) {
    let period = period_id(app, "bac-giang", "2025-H1");
    let edition = make(&app.client("tonghop.catinh.bacgiang"), period);
    approve(app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    let actor = app.db.read(|conn| {
        let of = people::table.filter(people::username.eq("tonghop.catinh.bacgiang"));
        let person = of.select(people::id).first(conn)?;
        Ok::<_, Error>(tonghop::people::queries::actor(conn, person, demo_day())?)
    });
    let id = edition.rsplit('/').next().expect("an id").parse().expect("an id");
    (id, actor.expect("the compiler"))
}

fn typed(moment: Moment) -> Dispatching {
    Dispatching {
        doc_number: "125/BC-CAT".into(),
        doc_date: "10/6/2025".into(),
        ..Dispatching::now(Some(&"Viện kiểm sát".to_owned()), moment)
    }
}

/// The digests of the papers kept with the sendings of an edition; none of one that went without.
fn kept(app: &TestApp, id: EditionId) -> Vec<Option<String>> {
    let of = edition_dispatches::table
        .left_join(edition_dispatch_papers::table)
        .filter(edition_dispatches::edition_id.eq(id))
        .select(edition_dispatch_papers::sha256.nullable());
    app.db.read(|conn| Ok::<_, DbError>(of.load(conn)?)).expect("the sendings")
}

#[test]
fn the_write_keeps_what_was_written_before_it() {
    counting::begin();
    let app = TestApp::demo();
    let (id, actor) = approved(&app);
    let moment = Clock::fixed(demo_day()).moment();
    let read = app.db.read(|conn| to_dispatch(conn, &actor, id, &typed(moment), moment));
    let ready = read.expect("a sending").written().expect("the report");
    assert!(kept(&app, id).is_empty(), "nothing is kept before the write");
    let (said, sent) = counting::statements(|| app.db.write(|conn| dispatch(conn, &actor, ready, moment)));
    sent.expect("it is kept");
    assert!(said.iter().any(|query| query.contains("edition_dispatch_papers")), "the queries are seen");
    let content: Vec<&String> = said.iter().filter(|query| query.contains("content_json")).collect();
    assert!(content.is_empty(), "the content is read outside the write: {content:?}");
    assert!(matches!(kept(&app, id).as_slice(), [Some(_)]));
}

#[test]
fn an_edition_that_is_not_what_was_read_is_not_sent() {
    let app = TestApp::demo();
    let (id, actor) = approved(&app);
    let moment = Clock::fixed(demo_day()).moment();
    let read = app.db.read(|conn| to_dispatch(conn, &actor, id, &typed(moment), moment));
    let ready = read.expect("a sending").written().expect("the report");
    // No page can do this: the database is told to let it happen.
    let drop = match app.db.backend() {
        "sqlite" => "DROP TRIGGER editions_approved",
        _ => "DROP TRIGGER editions_approved ON editions",
    };
    let earlier = moment.at - chrono::TimeDelta::days(1);
    app.db
        .write(|conn| {
            on_each!(conn, |c| diesel::sql_query(drop).execute(c))?;
            let row = diesel::update(editions::table.find(id));
            Ok::<_, DbError>(row.set(editions::approved_at.eq(Some(earlier))).execute(conn)?)
        })
        .expect("the edition changes");
    let sent = app.db.write(|conn| dispatch(conn, &actor, ready, moment));
    assert!(matches!(sent, Err(Error::Conflict(_))), "{sent:?}");
    assert!(kept(&app, id).is_empty(), "nothing is kept");
}
