//! `tonghop serve`, and the server itself, which the demo and the tests start too.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, Logger};
use actix_web::{App, HttpServer, web};
use chrono::TimeDelta;
use clap::Args;

use super::{CliError, open};
use crate::calendar::Clock;
use crate::config::{DatabaseArgs, ServerArgs};
use crate::db::Db;
use crate::people::Passwords;
use crate::people::session::Lifetimes;
use crate::routes::routes;
use crate::web::{AppState, error_page};
use crate::{demo, load};

/// Nothing inline, nothing from elsewhere: every page works under this from the first day.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Largest form taken, in bytes: a report of many sections typed by hand stays far below.
const FORM_LIMIT: usize = 2 * 1024 * 1024;

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    server: ServerArgs,
}

pub fn run(args: &ServeArgs) -> Result<(), CliError> {
    let listen = args.server.listen;
    if !listen.ip().is_loopback() && !args.server.allow_plain_http {
        return Err(CliError(format!(
            "{listen} can be reached by other machines and this server speaks plain HTTP: put a proxy with \
             HTTPS before it and add --allow-plain-http"
        )));
    }
    let db = open(&args.database, false)?;
    if db.needs_migration()? {
        return Err(CliError("the database schema is not up to date: run `tonghop migrate` first".into()));
    }
    if !listen.ip().is_loopback() && demo::is_demo(&db)? {
        return Err(CliError(format!(
            "this database holds the demo, whose password is in the README: it is not served on {listen}"
        )));
    }
    if !listen.ip().is_loopback() && load::is_synthetic(&db)? {
        return Err(CliError(format!(
            "this database was made by `tonghop load`, whose password is public: it is not served on {listen}"
        )));
    }
    let listener = bind(listen)?;
    println!("Tổng Hợp: http://{listen}");
    serve(db, Clock::system(), &args.server, listener)
}

/// Takes the address, with a sentence when it is taken already.
pub fn bind(listen: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(listen).map_err(|e| {
        CliError(format!("cannot serve on {listen}: {e}; choose another with --listen ADDRESS:PORT"))
    })
}

/// Serves until stopped.
pub fn serve(db: Db, clock: Clock, args: &ServerArgs, listener: TcpListener) -> Result<(), CliError> {
    let state = web::Data::new(AppState {
        db,
        clock,
        passwords: Passwords::new(args.password_slots),
        lifetimes: Lifetimes {
            idle: TimeDelta::minutes(args.session_idle_minutes),
            absolute: TimeDelta::hours(args.session_hours),
        },
        secure_cookies: args.secure_cookies,
    });
    Ok(actix_web::rt::System::new().block_on(async move { server(state, listener)?.await })?)
}

/// The server over a listener that is already bound.
///
/// # Errors
/// When the listener cannot be used.
pub fn server(state: web::Data<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    let server = HttpServer::new(move || {
        let headers = DefaultHeaders::new()
            .add(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
            .add(("X-Content-Type-Options", "nosniff"))
            .add(("Referrer-Policy", "same-origin"))
            .add(("X-Frame-Options", "DENY"))
            .add(("Cross-Origin-Opener-Policy", "same-origin"))
            .add(("Cross-Origin-Resource-Policy", "same-origin"))
            .add(("Permissions-Policy", "camera=(), microphone=(), geolocation=()"));
        App::new()
            .app_data(state.clone())
            .app_data(error_page::paths())
            .app_data(error_page::queries())
            .app_data(error_page::forms(FORM_LIMIT))
            .wrap(Compress::default())
            .wrap(headers)
            .wrap(Logger::new("%a %r %s %b %D ms"))
            .configure(routes)
    })
    .tcp_nodelay(true)
    .shutdown_timeout(10)
    .listen(listener)?
    .run();
    Ok(server)
}
