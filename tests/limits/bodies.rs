//! Bodies nobody should send: compressed ones, ones that never end; and methods no address has.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpServer, web};
use chrono::TimeDelta;
use tonghop::attachments::Limits;
use tonghop::calendar::Clock;
use tonghop::people::Passwords;
use tonghop::people::session::Lifetimes;
use tonghop::web::edge::{Pace, guard};
use tonghop::web::{AppState, redirect_with};

use super::COMPILER;
use crate::support::app::TestApp;
use crate::support::database::TestDatabase;

/// A request as bytes, and all of the answer.
fn raw(base: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).expect("the server answers");
    stream.write_all(request.as_bytes()).expect("it reads");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
    let mut answer = Vec::new();
    // To the end of the connection: one that stayed open would fail here.
    stream.read_to_end(&mut answer).expect("the server closes");
    String::from_utf8_lossy(&answer).into_owned()
}

fn posted(path: &str, encoding: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         {encoding}Content-Length: 3\r\n\r\na=b"
    )
}

#[test]
fn a_compressed_body_is_refused_before_it_is_opened() {
    let app = TestApp::demo();
    for path in ["/session", "/task-entries", "/setup/code", "/nowhere"] {
        for encoding in ["gzip", "deflate", "br", "gzip, identity", "x"] {
            let answer = raw(&app.base, &posted(path, &format!("Content-Encoding: {encoding}\r\n")));
            assert!(answer.starts_with("HTTP/1.1 415 "), "{path} {encoding}: {answer}");
        }
    }
    for encoding in ["", "Content-Encoding: identity\r\n"] {
        let answer = raw(&app.base, &posted("/session", encoding));
        assert!(answer.starts_with("HTTP/1.1 422 "), "{encoding}: {answer}");
    }
}

/// A server that reads a body whole, with little patience.
fn impatient() -> (String, actix_web::dev::ServerHandle, std::thread::JoinHandle<()>) {
    let (tell, told) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let pace = Pace { grace: Duration::from_millis(200), bytes_a_second: 1_000_000 };
            let app = move || {
                App::new()
                    .app_data(pace)
                    .app_data(tonghop::web::error_page::forms(1_000_000))
                    .wrap(from_fn(guard))
                    .route(
                        "/",
                        web::post().to(|form: web::Form<Vec<(String, String)>>| async move {
                            format!("{} fields", form.len())
                        }),
                    )
            };
            let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").expect("a free port");
            let address = server.addrs()[0];
            let server = server.run();
            tell.send((format!("http://{address}"), server.handle())).expect("the test waits");
            server.await.expect("it ends well");
        });
    });
    let (base, handle) = told.recv().expect("an address");
    (base, handle, thread)
}

#[test]
fn a_body_that_stops_coming_is_given_up() {
    let (base, handle, thread) = impatient();
    let answer = raw(&base, &posted("/", ""));
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("1 fields"), "{answer}");
    for length in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
        let head = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
        );
        // Nothing follows, and all the same there is an answer.
        let answer = raw(&base, &head);
        assert!(answer.starts_with("HTTP/1.1 422 ") && answer.contains("quá chậm"), "{length}: {answer}");
    }
    actix_web::rt::System::new().block_on(handle.stop(false));
    thread.join().expect("a thread that ends");
}

#[test]
fn a_method_that_an_address_has_not_is_405() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    assert_eq!(compiler.post("/my", &[]).status, 405);
    assert_eq!(compiler.post("/my", &[]).header("allow"), "GET");
    for (method, path, allow) in [
        ("PUT", "/plans", "GET, POST"),
        ("DELETE", "/plans/1", "GET, POST"),
        ("GET", "/units/import/", ""),
        ("PATCH", "/nowhere", ""),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = raw(&app.base, &request).to_lowercase();
        match allow {
            "" => assert!(answer.starts_with("http/1.1 404 "), "{method} {path}: {answer}"),
            allow => {
                assert!(answer.starts_with("http/1.1 405 "), "{method} {path}: {answer}");
                assert!(answer.contains(&format!("allow: {}", allow.to_lowercase())), "{answer}");
            }
        }
    }
}

#[test]
fn over_https_every_cookie_keeps_to_it() {
    let database = TestDatabase::empty();
    for secure in [true, false] {
        let state = web::Data::new(AppState {
            db: database.open(),
            clock: Clock::fixed(crate::support::app::demo_day()),
            passwords: Passwords::new(1),
            lifetimes: Lifetimes {
                idle: TimeDelta::minutes(120),
                absolute: TimeDelta::hours(12),
                invitation: TimeDelta::days(14),
            },
            attachments: Limits { largest: 1 << 20, quota: 1 << 20 },
            secure_cookies: secure,
            set_up: AtomicBool::new(true),
            mail: tonghop::mail::Settings::default(),
        });
        let cookie = actix_web::rt::System::new().block_on(async move {
            let app = App::new()
                .app_data(state)
                .wrap(from_fn(guard))
                .route("/", web::get().to(|| async { redirect_with("/x", "Đã lưu") }));
            let service = init_service(app).await;
            let answer = call_service(&service, TestRequest::get().uri("/").to_request()).await;
            answer.headers().get("set-cookie").and_then(|c| c.to_str().ok()).unwrap_or_default().to_owned()
        });
        assert!(cookie.starts_with("tonghop_flash="), "{cookie}");
        assert_eq!(cookie.ends_with("; Secure"), secure, "{cookie}");
    }
}
