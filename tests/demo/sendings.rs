//! Where the demo's editions went: the lines of its file as records on the page of the edition, each at its moment.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{edition_dispatches, editions, people, periods, regimes};

use crate::support::app::TestApp;

/// A record: edition, recipient, way, instant in UTC, number and day of the document, who recorded it.
type Record = (String, i32, String, String, chrono::NaiveDateTime, String, Option<NaiveDate>, String);

#[test]
fn every_line_of_the_file_is_a_record_and_nothing_else_is() {
    let app = TestApp::demo();
    let found: Vec<(i64, Record)> = app
        .db
        .read(|conn| {
            let of = edition_dispatches::table
                .inner_join(editions::table.inner_join(periods::table.inner_join(regimes::table)))
                .filter(regimes::code.eq("bac-giang"))
                .order(edition_dispatches::sent_at);
            let all = edition_dispatches::table.count().get_result::<i64>(conn)?;
            let rows = of.select((
                editions::id,
                (
                    periods::code,
                    editions::number,
                    edition_dispatches::recipient,
                    edition_dispatches::way,
                    edition_dispatches::sent_at,
                    edition_dispatches::doc_number,
                    edition_dispatches::doc_date,
                    edition_dispatches::recorder_name,
                ),
            ));
            let rows: Vec<(i64, Record)> = rows.load(conn)?;
            assert_eq!(rows.len(), usize::try_from(all).unwrap_or_default(), "only this regime's");
            Ok::<_, DbError>(rows)
        })
        .expect("the records");
    let name: String = app
        .db
        .read(|conn| {
            let of = people::table.filter(people::username.eq("tonghop.catinh.bacgiang"));
            Ok::<_, DbError>(of.select(people::full_name).first(conn)?)
        })
        .expect("who recorded them");
    let day = |d| NaiveDate::from_ymd_opt(2024, 6, d).expect("a day");
    // Seven hours behind the clock of the file.
    let record = |recipient: &str, way: &str, at: chrono::NaiveDateTime| -> Record {
        let (period, recipient, way) = ("2024-H1".to_owned(), recipient.to_owned(), way.to_owned());
        (period, 2, recipient, way, at, "318/BC-CAT-PC10".to_owned(), Some(day(26)), name.clone())
    };
    let expected = [
        record("Bộ Công an (qua Cục C11)", "axis", day(26).and_hms_opt(8, 20, 0).expect("a time")),
        record("UBND tỉnh Bắc Giang", "clerk", day(27).and_hms_opt(1, 15, 0).expect("a time")),
    ];
    let records: Vec<&Record> = found.iter().map(|(_, record)| record).collect();
    assert_eq!(records, expected.iter().collect::<Vec<_>>());
    let page = app.client("tonghop.catinh.bacgiang").get(&format!("/editions/{}", found[0].0)).ok();
    for words in ["Bộ Công an (qua Cục C11)", "UBND tỉnh Bắc Giang", "318/BC-CAT-PC10", "15:20", "08:15"]
    {
        assert!(page.contains(words), "{words}");
    }
}
