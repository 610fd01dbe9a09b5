//! Every setting, with its default, from flags and `TONGHOP_*` variables. Passed, never global.
//! docs/configuration.md lists them; a test keeps the two in step.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum, value_parser};

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The database: sqlite:///path/to/file.db or postgres://user@host/name
    #[arg(long, env = "TONGHOP_DATABASE_URL", default_value = "sqlite://data/tonghop.db")]
    pub database_url: String,
    /// Connections kept open at most, 1 to 200
    #[arg(long, env = "TONGHOP_DATABASE_CONNECTIONS", default_value_t = 16, value_parser = value_parser!(u32).range(1..=200))]
    pub database_connections: u32,
}

/// How the server listens and how long people stay signed in.
#[derive(Debug, Clone, Args)]
pub struct ServerArgs {
    /// Address and port to serve on
    #[arg(long, env = "TONGHOP_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Minutes without a request after which a session ends, 1 to 1440
    #[arg(long, env = "TONGHOP_SESSION_IDLE_MINUTES", default_value_t = 120, value_parser = value_parser!(i64).range(1..=1440))]
    pub session_idle_minutes: i64,
    /// Hours after which a session ends in any case, 1 to 168
    #[arg(long, env = "TONGHOP_SESSION_HOURS", default_value_t = 12, value_parser = value_parser!(i64).range(1..=168))]
    pub session_hours: i64,
    /// Days an invitation's or a reset's code can be used
    #[arg(long, env = "TONGHOP_INVITATION_DAYS", default_value_t = 14, value_parser = value_parser!(i64).range(1..=90))]
    pub invitation_days: i64,
    /// Passwords checked at the same time, 1 to 64; each takes 19 MiB while it is checked
    #[arg(long, env = "TONGHOP_PASSWORD_SLOTS", default_value_t = 4, value_parser = value_parser!(u16).range(1..=64))]
    pub password_slots: u16,
    /// Largest file attached to a report, in MiB
    #[arg(long, env = "TONGHOP_ATTACHMENT_MIB", default_value_t = 20, value_parser = value_parser!(u32).range(1..=512))]
    pub attachment_mib: u32,
    /// All files of one unit together, in MiB
    #[arg(long, env = "TONGHOP_ATTACHMENT_QUOTA_MIB", default_value_t = 500, value_parser = value_parser!(u32).range(1..))]
    pub attachment_quota_mib: u32,
}

/// How a real installation is reached: HTTPS by itself, behind a proxy that speaks it, or plain where that is said.
#[derive(Debug, Clone, Args)]
pub struct TransportArgs {
    /// Folder of what the server keeps beside its database: its own certificate
    #[arg(long, env = "TONGHOP_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Speak HTTPS on a loopback address too (on any other it is the rule)
    #[arg(long, env = "TONGHOP_TLS")]
    pub tls: bool,
    /// Certificate chain, PEM; without it the server makes a certificate of its own
    #[arg(long, env = "TONGHOP_TLS_CERT", requires = "tls_key", value_name = "FILE.pem")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of --tls-cert, PEM
    #[arg(long, env = "TONGHOP_TLS_KEY", requires = "tls_cert", value_name = "FILE.pem")]
    pub tls_key: Option<PathBuf>,
    /// Names and IP addresses people type, for the server's own certificate; parted by commas
    #[arg(long, env = "TONGHOP_TLS_NAMES", value_delimiter = ',', value_name = "NAME,…")]
    pub tls_names: Vec<String>,
    /// A proxy before this server speaks HTTPS: serve plain HTTP to it, keep cookies to HTTPS
    #[arg(long, env = "TONGHOP_BEHIND_PROXY", conflicts_with_all = ["tls", "tls_cert", "insecure_http"])]
    pub behind_proxy: bool,
    /// Serve plain HTTP on an address other machines can reach; passwords travel readable
    #[arg(long, env = "TONGHOP_INSECURE_HTTP", conflicts_with_all = ["tls", "tls_cert"])]
    pub insecure_http: bool,
}

/// How the way to the mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encryption {
    /// Begun in the clear, encrypted before anything is said; refused where the server cannot
    Starttls,
    /// Encrypted from the first byte
    Tls,
    /// In the clear: only for a server on the same machine
    None,
}

/// When people are reminded, and the mail server that carries their letters. Without a server nothing is mailed.
#[derive(Debug, Clone, Args)]
pub struct NoticeArgs {
    /// Hours of a working day, local time, in which people are reminded: from the first on, until the second; without
    /// them 7-18, in a demo, whose day is assumed, at any hour
    #[arg(long, env = "TONGHOP_NOTICE_HOURS", value_parser = hours, value_name = "FROM-TO")]
    pub notice_hours: Option<(u32, u32)>,
    /// The address people type to reach this installation, for the links in letters
    #[arg(long, env = "TONGHOP_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Mail server; without one no letters are sent
    #[arg(long, env = "TONGHOP_SMTP_HOST", value_name = "NAME")]
    pub smtp_host: Option<String>,
    /// Its port; without one 587, 465 or 25, as --smtp-encryption says
    #[arg(long, env = "TONGHOP_SMTP_PORT")]
    pub smtp_port: Option<u16>,
    /// starttls, tls or none
    #[arg(long, env = "TONGHOP_SMTP_ENCRYPTION", value_enum, default_value_t = Encryption::Starttls, hide_possible_values = true)]
    pub smtp_encryption: Encryption,
    /// Name to sign in with; without one nobody signs in
    #[arg(long, env = "TONGHOP_SMTP_USER")]
    pub smtp_user: Option<String>,
    /// Its password; give it by the variable, a flag can be read by everybody on the machine
    #[arg(long, env = "TONGHOP_SMTP_PASSWORD", hide_env_values = true)]
    pub smtp_password: Option<String>,
    /// Who the letters are from: "Tổng Hợp <tonghop@tinh.gov.vn>", or the address alone
    #[arg(long, env = "TONGHOP_SMTP_FROM", value_name = "SENDER")]
    pub smtp_from: Option<String>,
    /// Certificate of the authority the mail server's is from, PEM, beside those the system knows
    #[arg(long, env = "TONGHOP_SMTP_CA", value_name = "FILE.pem")]
    pub smtp_ca: Option<PathBuf>,
}

/// Reads "7-18".
fn hours(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    parts
        .filter(|(from, to)| from < to && *to <= 24)
        .ok_or_else(|| "two hours of a day, such as 7-18".to_owned())
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
