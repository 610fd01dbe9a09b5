//! The pages that show a whole province: over HTTP by as many clients as cores, signed in and uncompressed, against
//! their own queries and rendering called in a loop by as many threads; and many years of history against few.

use std::io::Read as _;
use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use actix_web::{FromRequest, HttpResponse, web};
use diesel::prelude::*;
use tonghop::db::ids::PeriodId;
use tonghop::db::schema::periods as period_rows;
use tonghop::error::Error;
use tonghop::load::Size;
use tonghop::periods::pages;
use tonghop::web::{SESSION_COOKIE, SignedIn};

use super::pairs::{paired, time};
use super::province::{INDICATORS, Province};

const ROUNDS: usize = 21;
/// Pages a thread asks for in a round.
const PAGES: usize = 12;
const UNITS: u32 = 120;

/// A loaded province with a compiler's session and its newest period.
struct Watched {
    province: Province,
    token: String,
    period: PeriodId,
}

impl Watched {
    fn load(years: u32) -> Watched {
        let province = Province::load(Size { units: UNITS, years, indicators: INDICATORS, seed: 1 });
        let token = province.token_of(&province.compiler);
        let newest = period_rows::table.order(period_rows::id.desc()).select(period_rows::id);
        let period = province.db.read(|conn| Ok::<_, Error>(newest.first(conn)?)).expect("a period");
        Watched { province, token, period }
    }

    /// Every core asks for a page over HTTP, again and again.
    fn over_http(&self, path: &str) -> usize {
        let url = format!("{}{path}", self.province.base);
        let cookie = format!("{SESSION_COOKIE}={}", self.token);
        let one = || {
            let agent = self.province.agent();
            let mut bytes = Vec::new();
            for _ in 0..PAGES {
                let request = agent.get(&url).header("Cookie", &cookie).header("Accept-Encoding", "identity");
                let answer = request.call().expect("the server answers");
                assert_eq!(answer.status().as_u16(), 200, "the page opens");
                bytes.clear();
                answer.into_body().into_reader().read_to_end(&mut bytes).expect("the page");
            }
            bytes.len()
        };
        on_every_core(one)
    }

    /// Every core calls the handler of the period's matrix: its queries and its rendering.
    fn own_work(&self) -> usize {
        let one = || {
            let system = actix_web::rt::System::new();
            let request = TestRequest::with_uri(&format!("/periods/{}", self.period))
                .cookie(Cookie::new(SESSION_COOKIE, self.token.clone()))
                .app_data(self.province.state.clone());
            let (request, mut payload) = request.to_http_parts();
            let me = system.block_on(SignedIn::from_request(&request, &mut payload)).expect("the compiler");
            let mut last = 0;
            for _ in 0..PAGES {
                let state = self.province.state.clone();
                let filter = web::Query::from_query("").expect("an empty query");
                let page = pages::period(state, me.clone(), web::Path::from(self.period), filter);
                last = size(&system, system.block_on(page));
            }
            last
        };
        on_every_core(one)
    }
}

fn size(system: &actix_web::rt::SystemRunner, answer: Result<HttpResponse, Error>) -> usize {
    let body = system.block_on(actix_web::body::to_bytes(answer.expect("the page").into_body()));
    body.map_err(|_| "unread").expect("the page").len()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn on_every_core(one: impl Fn() -> usize + Sync) -> usize {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..cores()).map(|_| scope.spawn(&one)).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread that ends")).max().unwrap_or_default()
    })
}

pub fn measure() {
    let (many, few) = (Watched::load(15), Watched::load(2));
    {
        let ten = Watched::load(10);
        let path = format!("/periods/{}", ten.period);
        let bytes = ten.over_http(&path);
        assert_eq!(bytes, ten.own_work(), "the same page both ways");
        let medians = paired(ROUNDS, || time(|| ten.over_http(&path)), || time(|| ten.own_work()));
        let pages = u32::try_from(PAGES * cores()).unwrap_or(u32::MAX);
        println!(
            "matrix of {UNITS} units, 10 years, {} threads: {bytes} bytes plain, {:?} a page over HTTP, {:?} its own queries and rendering: {:.0} % of their speed (bar: at least 50 %)",
            cores(),
            medians.first / pages,
            medians.second / pages,
            100.0 / medians.ratio
        );
    }
    type Path = fn(&Watched) -> String;
    let pages: [(&str, Path); 4] = [
        ("matrix of a period", |watched| format!("/periods/{}", watched.period)),
        ("figures by indicator", |watched| format!("/periods/{}/indicators", watched.period)),
        ("compiler's first page", |_| "/periods".to_owned()),
        ("leader's screen", |_| "/overview".to_owned()),
    ];
    for (name, path) in pages {
        let asked = |watched: &Watched| -> Duration {
            let path = path(watched);
            time(|| watched.over_http(&path))
        };
        let medians = paired(ROUNDS, || asked(&many), || asked(&few));
        println!(
            "{name}: 30 periods of history against 4: {:.2} times (bar for the matrix: at most 1.2)",
            medians.ratio
        );
    }
}
