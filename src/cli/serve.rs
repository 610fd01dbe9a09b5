//! `tonghop serve`, and the server itself, which the demo and the tests start too.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::AtomicBool;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, Logger, from_fn};
use actix_web::{App, HttpServer, web};
use chrono::TimeDelta;
use clap::Args;

use super::tls::{self, Transport};
use super::{CliError, is_current, lock, make_folder, memory, open};
use crate::attachments::Limits;
use crate::calendar::Clock;
use crate::config::{DatabaseArgs, NoticeArgs, ServerArgs, TransportArgs};
use crate::db::Db;
use crate::drops;
use crate::jobs::{Runner, Work};
use crate::people::Passwords;
use crate::people::session::Lifetimes;
use crate::reports::presence::Presence;
use crate::routes::routes;
use crate::web::{AppState, FORM_LIMIT, edge, error_page, way_back};
use crate::{csv_tables, demo, evidence, load, mail, notices, papers, setup};

/// Nothing inline, nothing from elsewhere: every page works under this from the first day.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Browsers that came over HTTPS once come over nothing else for a year.
const HSTS: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Create the database where there is none yet; an older schema is still left to `tonghop migrate`
    #[arg(long, env = "TONGHOP_CREATE_DATABASE")]
    create_database: bool,
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    transport: TransportArgs,
    #[command(flatten)]
    notices: NoticeArgs,
}

pub fn run(args: &ServeArgs) -> Result<(), CliError> {
    let listen = args.server.listen;
    let transport = tls::transport(&args.transport, listen)?;
    let settings = mail::Settings::read(&args.notices).map_err(CliError)?;
    if args.create_database {
        make_folder(&args.database.database_url)?;
    }
    let hold = lock::hold(&args.database.database_url)?;
    let db = open(&args.database, args.create_database)?;
    if args.create_database && db.is_bare()? {
        db.migrate()?;
    }
    is_current(&db)?;
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
    let address = format!("{}://{}", transport.scheme(), listener.local_addr()?);
    println!("Tổng Hợp: {address}");
    if let Transport::Tls { fingerprint, .. } = &transport {
        println!("Vân tay chứng thư (SHA-256): {fingerprint}");
    }
    if db.read(|conn| Ok::<_, crate::error::Error>(setup::queries::is_needed(conn)?))? {
        super::setup_code::print_new(&db, &address)?;
    }
    serve(db, Clock::system(), (&args.server, settings), transport, listener)?;
    drop(hold);
    Ok(())
}

/// Takes the address, with a sentence when it is taken already.
pub fn bind(listen: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(listen).map_err(|e| {
        CliError(format!("cannot serve on {listen}: {e}; choose another with --listen ADDRESS:PORT"))
    })
}

/// Serves until stopped. On SIGTERM and SIGINT requests that have begun are answered first, ten seconds at most.
pub fn serve(
    db: Db,
    clock: Clock,
    (args, settings): (&ServerArgs, mail::Settings),
    transport: Transport,
    listener: TcpListener,
) -> Result<(), CliError> {
    let state = web::Data::new(AppState {
        db,
        clock,
        passwords: Passwords::new(usize::from(args.password_slots)),
        lifetimes: Lifetimes {
            idle: TimeDelta::minutes(args.session_idle_minutes),
            absolute: TimeDelta::hours(args.session_hours),
            invitation: TimeDelta::days(args.invitation_days),
        },
        attachments: Limits::of_mib(args.attachment_mib, args.attachment_quota_mib),
        secure_cookies: transport.is_secure(),
        set_up: AtomicBool::new(false),
        mail: settings.clone(),
    });
    papers::clear_leftovers(&std::env::temp_dir());
    let keys = evidence::keys::refresh(&state.db).map_err(|error| CliError(error.to_string()))?;
    if keys > 0 {
        log::info!("{keys} addresses were given the key they are compared by now");
    }
    // They stop after their step when the server has stopped; what they held is given back at once. Letters have a thread of
    // their own: a mail server that does not answer holds up nothing else.
    let works = drops::works().into_iter().chain(notices::run::works(&settings)).collect();
    memory::give_back()?;
    let runner = Runner::new(state.db.clone(), state.clock, works).start()?;
    let carrier: Vec<Box<dyn Work>> = vec![Box::new(mail::Deliver::new(settings))];
    let carrier = Runner::new(state.db.clone(), state.clock, carrier).start()?;
    let tls = transport.into_config();
    let served = actix_web::rt::System::new().block_on(async move { server(state, listener, tls)?.await });
    drop(carrier);
    drop(runner);
    Ok(served?)
}

/// The server over a listener that is already bound, with HTTPS where there is a configuration for it.
///
/// # Errors
/// When the listener cannot be used.
pub fn server(
    state: web::Data<AppState>,
    listener: TcpListener,
    tls: Option<rustls::ServerConfig>,
) -> std::io::Result<Server> {
    let presence = web::Data::new(Presence::default());
    let server = HttpServer::new(move || {
        let mut headers = DefaultHeaders::new()
            .add(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
            .add(("X-Content-Type-Options", "nosniff"))
            .add(("Referrer-Policy", "same-origin"))
            .add(("X-Frame-Options", "DENY"))
            .add(("Cross-Origin-Opener-Policy", "same-origin"))
            .add(("Cross-Origin-Resource-Policy", "same-origin"))
            .add(("Permissions-Policy", "camera=(), microphone=(), geolocation=()"));
        if state.secure_cookies {
            headers = headers.add(HSTS);
        }
        App::new()
            .app_data(state.clone())
            .app_data(error_page::paths())
            .app_data(error_page::queries())
            .app_data(error_page::forms(FORM_LIMIT))
            .app_data(presence.clone())
            .wrap(from_fn(csv_tables::pages::hand_out))
            .wrap(from_fn(way_back))
            .wrap(from_fn(setup::pages::gate))
            .wrap(from_fn(edge::guard))
            .wrap(Compress::default())
            .wrap(headers)
            .wrap(Logger::new("%a %r %s %b %D ms"))
            .configure(routes)
    })
    .tcp_nodelay(true)
    .shutdown_timeout(10);
    let server = match tls {
        Some(config) => server.listen_rustls_0_23(listener, config)?,
        None => server.listen(listener)?,
    };
    Ok(server.run())
}
