//! Every setting, with its default, from flags and `TONGHOP_*` variables. Passed, never global.
//! docs/configuration.md lists them; a test keeps the two in step.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The database: sqlite:///path/to/file.db or postgres://user@host/name
    #[arg(long, env = "TONGHOP_DATABASE_URL", default_value = "sqlite://data/tonghop.db")]
    pub database_url: String,
    /// Connections kept open at most
    #[arg(long, env = "TONGHOP_DATABASE_CONNECTIONS", default_value_t = 16)]
    pub database_connections: u32,
}

/// How the server listens and how long people stay signed in.
#[derive(Debug, Clone, Args)]
pub struct ServerArgs {
    /// Address and port to serve on
    #[arg(long, env = "TONGHOP_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Minutes without a request after which a session ends
    #[arg(long, env = "TONGHOP_SESSION_IDLE_MINUTES", default_value_t = 120)]
    pub session_idle_minutes: i64,
    /// Hours after which a session ends in any case
    #[arg(long, env = "TONGHOP_SESSION_HOURS", default_value_t = 12)]
    pub session_hours: i64,
    /// Send the session cookie over HTTPS only (set it when a proxy speaks HTTPS for this server)
    #[arg(long, env = "TONGHOP_SECURE_COOKIES")]
    pub secure_cookies: bool,
    /// Passwords checked at the same time; each takes 19 MiB while it runs
    #[arg(long, env = "TONGHOP_PASSWORD_SLOTS", default_value_t = 4)]
    pub password_slots: usize,
    /// Serve plain HTTP on an address other machines can reach
    #[arg(long, env = "TONGHOP_ALLOW_PLAIN_HTTP")]
    pub allow_plain_http: bool,
}

/// The demo's own settings.
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    /// Folder of the demo's database
    #[arg(long, env = "TONGHOP_DATA", default_value = "data")]
    pub data: PathBuf,
    /// The day the demo takes for today (deadlines only; sessions use the system clock)
    #[arg(long, env = "TONGHOP_TODAY", default_value = "2025-06-10")]
    pub today: NaiveDate,
    /// Throw the demo's database away and load it again
    #[arg(long)]
    pub reset: bool,
    /// Use this database instead of the one in the data folder
    #[arg(long, env = "TONGHOP_DATABASE_URL")]
    pub database_url: Option<String>,
}
