//! The pages on a loaded province: what was written in batches is what the slices read.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{reports, revision_figures};
use tonghop::load::load;

use super::SMALL;
use crate::support::app::TestApp;

#[test]
fn a_loaded_report_is_read_like_any_other() {
    let app = TestApp::empty();
    load(&app.db, SMALL).expect("the province loads");
    let client = app.client("tonghop");
    for path in ["/units", "/indicators", "/periods", "/regimes"] {
        client.get(path).ok();
    }
    let (report, typed): (i64, String) = app
        .db
        .read(|conn| {
            let found = reports::table
                .inner_join(
                    revision_figures::table
                        .on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
                )
                .filter(revision_figures::value.gt(1000))
                .order((reports::id, revision_figures::indicator_id))
                .select((reports::id, revision_figures::as_typed));
            Ok::<_, DbError>(found.first(conn)?)
        })
        .expect("a received report");
    let page = client.get(&format!("/reports/{report}")).ok();
    assert!(page.contains(&typed), "{typed} is on the page");
    assert_eq!(app.client("canbo.ca").get("/").redirected(), "/my");
}
