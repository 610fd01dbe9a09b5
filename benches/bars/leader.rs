//! The leader's screen of a large province with many years behind it: opened over HTTP by one browser, against its own
//! queries run bare, which is the sum of what each of them takes, rows and all, when its handler is called without a server.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use actix_web::FromRequest;
use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use tonghop::dashboard::pages;
use tonghop::db::ids::PersonId;
use tonghop::db::schema::memberships;
use tonghop::error::Error;
use tonghop::load::Size;
use tonghop::people;
use tonghop::web::{SESSION_COOKIE, SignedIn};

use super::pairs::{paired, time};
use super::province::{INDICATORS, Province};

const ROUNDS: usize = 41;
const UNITS: u32 = 170;
const YEARS: u32 = 10;

static SPENT: AtomicU64 = AtomicU64::new(0);
static SENT: AtomicUsize = AtomicUsize::new(0);

/// Adds up what the queries of one connection take, each from its start to its last row.
fn watch() -> Option<Box<dyn Instrumentation>> {
    let mut begun: Option<Instant> = None;
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartQuery { .. } => begun = Some(Instant::now()),
        InstrumentationEvent::FinishQuery { .. } => {
            if let Some(begun) = begun.take() {
                let spent = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
                SPENT.fetch_add(spent, Ordering::SeqCst);
                SENT.fetch_add(1, Ordering::SeqCst);
            }
        }
        _ => {}
    }))
}

struct Screen {
    province: Province,
    token: String,
    path: &'static str,
}

impl Screen {
    fn over_http(&self, agent: &ureq::Agent) -> usize {
        let cookie = format!("{SESSION_COOKIE}={}", self.token);
        let url = format!("{}{}", self.province.base, self.path);
        let request = agent.get(&url).header("Cookie", &cookie).header("Accept-Encoding", "identity");
        let answer = request.call().expect("the server answers");
        assert_eq!(answer.status().as_u16(), 200, "the screen opens");
        answer.into_body().read_to_vec().expect("the page").len()
    }

    /// The time its queries take, those of the session among them, and how many they are.
    fn bare(&self) -> (Duration, usize) {
        let system = actix_web::rt::System::new();
        let before = (SPENT.load(Ordering::SeqCst), SENT.load(Ordering::SeqCst));
        let request = TestRequest::default()
            .cookie(Cookie::new(SESSION_COOKIE, self.token.clone()))
            .app_data(self.province.state.clone());
        let (request, mut payload) = request.to_http_parts();
        let me = system.block_on(SignedIn::from_request(&request, &mut payload)).expect("the leader");
        let state = self.province.state.clone();
        let answer = match self.path {
            "/overview" => system.block_on(pages::overview(state, me)),
            _ => system.block_on(pages::units(state, me)),
        };
        std::hint::black_box(answer.expect("the page"));
        let spent = SPENT.load(Ordering::SeqCst) - before.0;
        (Duration::from_nanos(spent), SENT.load(Ordering::SeqCst) - before.1)
    }
}

pub fn measure() {
    set_default_instrumentation(watch).expect("connections are watched");
    let province = Province::load(Size { units: UNITS, years: YEARS, indicators: INDICATORS, seed: 1 });
    let today = province.state.clock.today();
    let leader = province.db.read(|conn| {
        let of = memberships::table.filter(memberships::role.eq("leader"));
        let person: PersonId = of.select(memberships::person_id).first(conn)?;
        Ok::<_, Error>(people::queries::actor(conn, person, today)?)
    });
    let token = province.token_of(&leader.expect("a leader"));
    let mut screen = Screen { province, token, path: "/overview" };
    for path in ["/overview", "/overview/units"] {
        screen.path = path;
        let agent = screen.province.agent();
        let bytes = screen.over_http(&agent);
        let (_, queries) = screen.bare();
        let medians = paired(ROUNDS, || time(|| screen.over_http(&agent)), || screen.bare().0);
        println!(
            "{path} of {UNITS} units, {YEARS} years: {bytes} bytes plain, {:?} over HTTP, {:?} its {queries} queries bare: {:.2} times (bar: at most 1.5)",
            medians.first, medians.second, medians.ratio
        );
    }
}
