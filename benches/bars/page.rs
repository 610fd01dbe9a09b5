//! The page a report is typed on, asked for over HTTP as a browser does, against its own queries and rendering called
//! in a loop; and its weight.

use std::cell::RefCell;
use std::io::Read as _;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use actix_web::{FromRequest, web};
use tonghop::reports::pages;
use tonghop::reports::presence::Presence;
use tonghop::web::{SESSION_COOKIE, SignedIn};

use super::pairs::{paired, time};
use super::province::Province;

const ROUNDS: usize = 61;
/// Pages a round, so that a round is longer than the clock's grain.
const PAGES: u32 = 5;

pub fn measure(province: &Province) {
    let agent = province.agent();
    let url = format!("{}/reports/{}/draft", province.base, province.report);
    let get = || {
        let request = agent.get(&url).header("Cookie", province.cookie()).header("Accept-Encoding", "gzip");
        let answer = request.call().expect("the server answers");
        assert_eq!(answer.status().as_u16(), 200, "the page opens");
        let mut bytes = Vec::new();
        answer.into_body().into_reader().read_to_end(&mut bytes).expect("the page");
        bytes.len()
    };
    let system = actix_web::rt::System::new();
    let request = TestRequest::default()
        .cookie(Cookie::new(SESSION_COOKIE, province.token.clone()))
        .app_data(province.state.clone());
    let (request, mut payload) = request.to_http_parts();
    let me = system.block_on(SignedIn::from_request(&request, &mut payload)).expect("the officer");
    let here = web::Data::new(Presence::default());
    let own = || {
        let (state, path) = (province.state.clone(), web::Path::from(province.report));
        let which = web::Query::from_query("").expect("an empty query");
        let page = pages::draft(me.clone(), state, here.clone(), path, which);
        let answer = system.block_on(page).expect("the page");
        let body = system.block_on(actix_web::body::to_bytes(answer.into_body()));
        body.map_err(|_| "unread").expect("the page").len()
    };
    let (plain, compressed) = (own(), RefCell::new(get()));
    let medians = paired(
        ROUNDS,
        || time(|| (0..PAGES).for_each(|_| *compressed.borrow_mut() = get())) / PAGES,
        || time(|| (0..PAGES).map(|_| own()).sum::<usize>()) / PAGES,
    );
    println!(
        "report page: {} bytes as sent, {plain} plain (bar: under 61,440 compressed)",
        compressed.borrow()
    );
    println!(
        "report page: {:?} over HTTP, {:?} its own queries and rendering: {:.0} % of their speed (bar: at least 50 %)",
        medians.first,
        medians.second,
        100.0 / medians.ratio
    );
}
