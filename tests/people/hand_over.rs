//! Handing over: the rule against a naive oracle day by day, and the whole of it through the pages.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::access::Role;
use tonghop::db::ids::{MembershipId, PersonId, UnitId};
use tonghop::db::schema::{drafts, hand_overs, memberships, people};
use tonghop::error::Error;
use tonghop::people::hand_over::passes;
use tonghop::people::person::Held;

use super::{code, person};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + Days::new(offset)
}

const UNIT: UnitId = UnitId(1);
const HORIZON: u64 = 80;

fn held(roles: Vec<(u8, u8, Option<u64>, Option<u64>)>) -> Vec<Held> {
    let one = |(number, (role, unit, from, length)): (i64, (u8, u8, Option<u64>, Option<u64>))| Held {
        id: MembershipId(number),
        person_id: PersonId(1),
        unit_id: UnitId(i64::from(unit)),
        unit: String::new(),
        role: if role == 0 { Role::Officer } else { Role::UnitLeader },
        title: String::new(),
        from: from.map(day),
        to: length.map(|length| day(from.unwrap_or(0) + length)),
    };
    (1..).zip(roles).map(one).collect()
}

/// On which days of the horizon a role is held in the unit, once for each membership.
fn days(held: &[Held], role: Role) -> Vec<usize> {
    let of = |held: &&Held| held.unit_id == UNIT && held.role == role;
    (0..HORIZON).map(|at| held.iter().filter(of).filter(|held| held.holds_on(day(at))).count()).collect()
}

fn some_roles() -> impl Strategy<Value = Vec<Held>> {
    let role = (0u8..2, 1u8..3, prop::option::of(0u64..40), prop::option::of(0u64..30));
    prop::collection::vec(role, 0..5).prop_map(held)
}

proptest! {
    #[test]
    fn from_the_day_on_the_successor_holds_what_the_other_held_and_never_twice(
        leaver in some_roles(),
        successor in some_roles(),
        on in 1u64..40,
    ) {
        // Nobody holds one role in one unit twice on a day: the pages refuse it.
        for role in [Role::Officer, Role::UnitLeader] {
            prop_assume!(days(&leaver, role).iter().chain(&days(&successor, role)).all(|count| *count < 2));
        }
        let Ok(passes) = passes(&leaver, &successor, UNIT, day(on)) else {
            let still = |held: &&Held| held.unit_id == UNIT && !held.ended_by(day(on));
            let late = leaver.iter().filter(still).any(|held| held.from.is_some_and(|from| from >= day(on)));
            prop_assert!(late || leaver.iter().filter(still).count() == 0);
            return Ok(());
        };
        let (mut left, mut taken) = (leaver.clone(), successor.clone());
        for pass in &passes {
            let at = left.iter().position(|held| held.id == pass.held.id).expect("one of the leaver's");
            left[at].to = Some(pass.last);
            for (from, to) in &pass.given {
                taken.push(Held { from: Some(*from), to: *to, ..pass.held.clone() });
            }
        }
        for role in [Role::Officer, Role::UnitLeader] {
            let (before, after) = (days(&leaver, role), days(&left, role));
            let on = usize::try_from(on).expect("small");
            prop_assert_eq!(&before[..on], &after[..on]);
            prop_assert!(after[on..].iter().all(|count| *count == 0));
            let (had, has) = (days(&successor, role), days(&taken, role));
            prop_assert_eq!(&had[..on], &has[..on]);
            prop_assert!(has.iter().all(|count| *count < 2));
            // No day the leaver was still to hold is left without anybody.
            prop_assert!(before[on..].iter().zip(&has[on..]).all(|(before, has)| before <= has));
            prop_assert!(had.iter().zip(&has).all(|(had, has)| had <= has));
        }
    }
}

/// The preview of a hand-over to somebody named, on a day; the page, the choice and the mark.
fn preview(administrator: &Client, id: &str, name: &str, on: &str) -> (String, String, String) {
    let ask = administrator.get(&format!("/people/{id}/hand-over")).ok();
    let to = ask.split("<option value=\"").find(|option| option.contains(name)).expect("a candidate");
    let to = to.split('"').next().expect("a choice").to_owned();
    let page = administrator.get(&format!("/people/{id}/hand-over?to={to}&on={on}")).ok();
    let mark = hidden(&page, "shown").expect("a mark");
    (page, to, mark)
}

#[test]
fn an_officer_hands_over_to_the_one_who_was_invited() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let new = [
        ("full_name", "Nguyễn Thị An"),
        ("title", "Chuyên viên chính"),
        ("unit", "bg.khcn"),
        ("role", "officer"),
        ("username", "an.khcn"),
    ];
    let slip = administrator.post("/people", &new).ok();
    let saved: Vec<i64> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(drafts::table.order(drafts::report_id).select(drafts::saved_by).load(conn)?)
        })
        .expect("drafts");
    let (page, to, mark) = preview(&administrator, &id, "Nguyễn Thị An", "10/6/2025");
    for words in [
        "giữ đến hết ngày 09/6/2025",
        "đã giữ vai trò này",
        "Báo cáo phải gửi",
        "Nhiệm vụ được giao",
        "Đang soạn",
        "chưa đặt mật khẩu",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let path = format!("/people/{id}/hand-over");
    let fields = |shown: &str| -> Vec<(&'static str, String)> {
        vec![("to", to.clone()), ("on", "10/6/2025".into()), ("shown", shown.to_owned())]
    };
    let post = |shown: &str| {
        let fields = fields(shown);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        administrator.post(&path, &fields)
    };
    assert_eq!(post("0000").status, 409, "only what was shown is carried out");
    let record = post(&mark).redirected();
    assert_eq!(officer.get("/my").status, 403);
    let read = administrator.get(&record).ok();
    assert!(read.contains("Nguyễn Thị An") && !read.contains("href=\"/reports/"), "{read}");
    // The one who left reads what was passed, from the page of their own account; nobody else of the unit does.
    assert!(officer.get("/password").ok().contains(&format!("href=\"{record}\"")));
    assert_eq!(officer.get(&record).status, 200);
    assert_eq!(app.client("lanhdao.khcn.bacgiang").get(&record).status, 403);
    let successor = app.anonymous();
    assert_eq!(super::accept(&successor, "an.khcn", &code(&slip, "an.khcn"), "mot-mat-khau-rieng").0, 303);
    let own = successor.get(&record).ok();
    assert!(successor.get("/password").ok().contains("bàn giao cho Nguyễn Thị An, từ ngày 10/6/2025"));
    assert!(own.contains("href=\"/reports/") && own.contains("href=\"/tasks/"), "{own}");
    let after: Vec<i64> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(drafts::table.order(drafts::report_id).select(drafts::saved_by).load(conn)?)
        })
        .expect("drafts");
    assert_eq!(saved, after, "what was done keeps the old name");
    assert_eq!(post(&mark).status, 422, "there is nothing left to hand over");
}

#[test]
fn open_requests_for_an_extension_pass_on_both_sides() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let id = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let version: i32 = app
        .db
        .read(|conn| {
            use tonghop::db::schema::obligations;
            Ok::<_, Error>(obligations::table.find(id).select(obligations::version).first(conn)?)
        })
        .expect("an obligation");
    let seen = version.to_string();
    let fields = [("version", seen.as_str()), ("until", "25/6/2025"), ("reason", "Cán bộ đầu mối ốm.")];
    let officer = app.client("canbo.hiephoa.bacgiang");
    officer.post(&format!("/obligations/{id}/extension-request"), &fields).redirected();
    let compiler = person(&administrator, "tonghop2.catinh.bacgiang");
    let (page, ..) = preview(&administrator, &compiler, "Lý Hồng Nhung", "01/7/2025");
    assert!(
        page.contains("Đề nghị gia hạn chờ trả lời") && page.contains("Đề nghị gia hạn đến 25/6"),
        "{page}"
    );
    let new = [
        ("full_name", "Vi Văn Toàn"),
        ("title", "Cán bộ"),
        ("unit", "bg.hiephoa"),
        ("role", "officer"),
        ("username", ""),
    ];
    administrator.post("/people", &new).ok();
    let leaver = person(&administrator, "canbo.hiephoa.bacgiang");
    let (page, ..) = preview(&administrator, &leaver, "Vi Văn Toàn", "01/7/2025");
    assert!(page.contains("Đã đề nghị gia hạn, chờ trả lời"), "{page}");
}

#[test]
fn a_compiler_hands_over_what_waits_on_a_day_to_come() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let id = person(&administrator, "tonghop2.catinh.bacgiang");
    // The officer of the same body takes the compiler's role with it.
    let (page, to, mark) = preview(&administrator, &id, "Lý Hồng Nhung", "01/7/2025");
    assert!(
        page.contains("Báo cáo chờ kiểm tra, tiếp nhận")
            && page.contains("Lý Hồng Nhung giữ từ ngày 01/7/2025"),
        "{page}"
    );
    let fields = [("to", to.as_str()), ("on", "01/7/2025"), ("shown", &mark)];
    administrator.post(&format!("/people/{id}/hand-over"), &fields).redirected();
    assert_eq!(app.client("tonghop2.catinh.bacgiang").get("/periods").status, 200);
    assert_eq!(app.client("canbo.catinh.bacgiang").get("/periods").status, 403);
    type Row = (String, Option<NaiveDate>, Option<NaiveDate>);
    let (rows, kept): (Vec<Row>, i64) = app
        .db
        .read(|conn| {
            let of = memberships::table.inner_join(people::table).filter(memberships::role.eq("compiler"));
            let of =
                of.filter(people::username.eq_any(["tonghop2.catinh.bacgiang", "canbo.catinh.bacgiang"]));
            let of = of.order(memberships::id);
            let rows =
                of.select((memberships::title, memberships::valid_from, memberships::valid_to)).load(conn)?;
            Ok::<_, Error>((rows, hand_overs::table.count().get_result(conn)?))
        })
        .expect("rows");
    let first = NaiveDate::from_ymd_opt(2025, 7, 1);
    assert_eq!(rows[0].2, first.and_then(|day| day.pred_opt()));
    assert_eq!(rows[1], ("Cán bộ Phòng PC10".into(), first, None), "under the successor's own title");
    assert_eq!(kept, 1);
}

#[test]
fn a_hand_over_is_refused_to_another_unit_to_the_past_and_of_the_last_administrator() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let other = person(&administrator, "canbo.yte.bacgiang");
    let (_, to, _) = preview(&administrator, &id, "Phan Tuấn Trung", "10/6/2025");
    let unit = to.split('.').next().expect("a unit");
    let ask = |to: &str, on: &str| administrator.get(&format!("/people/{id}/hand-over?to={to}&on={on}"));
    assert_eq!(ask(&format!("{unit}.{other}"), "10/6/2025").status, 422);
    assert_eq!(ask(&format!("{unit}.{id}"), "10/6/2025").status, 422);
    assert_eq!(ask(&to, "09/6/2025").status, 422);
    assert_eq!(ask(&to, "31/02/2026").status, 422);
    let own = person(&administrator, "quantri.bacgiang");
    let new = [
        ("full_name", "Trần Văn Bảy"),
        ("title", "Cán bộ"),
        ("unit", "bg.ca"),
        ("role", "administrator"),
        ("username", ""),
    ];
    administrator.post("/people", &new).ok();
    let (_, to, mark) = preview(&administrator, &own, "Trần Văn Bảy", "01/7/2025");
    let fields = [("to", to.as_str()), ("on", "01/7/2025"), ("shown", &mark)];
    let refused = administrator.post(&format!("/people/{own}/hand-over"), &fields);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("người quản trị cuối cùng"), "{}", refused.text());
}
