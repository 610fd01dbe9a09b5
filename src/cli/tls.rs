//! How the server is reached: plain, behind a proxy, or by HTTPS with a certificate from files or of its own.
//! Stands between the flags and the listener; a certificate of its own is made at the first start and kept.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Utc};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::CliError;
use crate::audit::sha256_hex;
use crate::config::TransportArgs;

/// Days a certificate of its own is good for: the most that every browser takes.
const DAYS: u64 = 825;
/// Made anew at a start this many days before its end.
const RENEW_DAYS: u64 = 30;
/// The file below the data folder: certificate and key together, so that one rename changes both.
const OWN: &str = "tls/own.pem";

/// How requests arrive.
pub enum Transport {
    Plain,
    /// Plain to us, HTTPS to the browser.
    BehindProxy,
    Tls {
        config: Box<ServerConfig>,
        /// SHA-256 of the certificate, as browsers show it.
        fingerprint: String,
    },
}

impl Transport {
    pub fn scheme(&self) -> &'static str {
        if matches!(self, Transport::Tls { .. }) { "https" } else { "http" }
    }

    /// Whether the browser speaks HTTPS.
    pub fn is_secure(&self) -> bool {
        !matches!(self, Transport::Plain)
    }

    pub fn into_config(self) -> Option<ServerConfig> {
        match self {
            Transport::Tls { config, .. } => Some(*config),
            Transport::Plain | Transport::BehindProxy => None,
        }
    }
}

/// What the flags ask for on this address.
pub fn transport(args: &TransportArgs, listen: SocketAddr) -> Result<Transport, CliError> {
    if let (Some(cert), Some(key)) = (&args.tls_cert, &args.tls_key) {
        return from_files(cert, key);
    }
    if args.behind_proxy {
        return Ok(Transport::BehindProxy);
    }
    if args.insecure_http || (listen.ip().is_loopback() && !args.tls) {
        return Ok(Transport::Plain);
    }
    own(&args.data.join(OWN), &names(listen.ip(), &args.tls_names))
}

fn from_files(cert: &Path, key: &Path) -> Result<Transport, CliError> {
    let unreadable = |path: &Path, e: rustls::pki_types::pem::Error| {
        CliError(format!("cannot read {} as PEM: {e}", path.display()))
    };
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| unreadable(cert, e))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|e| unreadable(key, e))?;
    configured(chain, key, cert)
}

fn configured(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    from: &Path,
) -> Result<Transport, CliError> {
    let first = chain.first().ok_or_else(|| CliError(format!("{} holds no certificate", from.display())))?;
    let hex = sha256_hex(first).to_uppercase();
    let pairs: Vec<&str> = hex.as_bytes().chunks(2).filter_map(|two| std::str::from_utf8(two).ok()).collect();
    let fingerprint = pairs.join(":");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|e| CliError(format!("{}: certificate and key do not serve: {e}", from.display())))?;
    Ok(Transport::Tls { config: Box::new(config), fingerprint })
}

/// Every name under which people may type the address of this machine, sorted.
fn names(listen: IpAddr, more: &[String]) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    if !listen.is_unspecified() {
        names.push(listen.to_string());
    }
    if let Ok(host) = std::fs::read_to_string("/proc/sys/kernel/hostname") {
        names.push(host.trim().to_owned());
    }
    names.extend(more.iter().map(|name| name.trim().to_owned()));
    names.retain(|name| !name.is_empty() && name.is_ascii());
    names.sort();
    names.dedup();
    names
}

/// The first line of the file, by which a certificate that ends soon or lacks a name is known without parsing it.
fn head(until: NaiveDate, names: &[String]) -> String {
    format!("# tonghop: until {until}; names {}", names.join(" "))
}

fn still_good(text: &str, names: &[String], today: NaiveDate) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let until = first.strip_prefix("# tonghop: until ").and_then(|rest| rest.get(..10));
    let until: Option<NaiveDate> = until.and_then(|day| day.parse().ok());
    let renew_on = until.and_then(|day| day.checked_sub_days(Days::new(RENEW_DAYS)));
    renew_on.is_some_and(|day| today < day) && until.is_some_and(|day| first == head(day, names))
}

/// The certificate of its own, made where there is none that serves.
fn own(path: &Path, names: &[String]) -> Result<Transport, CliError> {
    let today = Utc::now().date_naive();
    let kept = std::fs::read_to_string(path).ok().filter(|text| still_good(text, names, today));
    let text = match kept {
        Some(text) => text,
        None => {
            let text = make(names, today)?;
            write_secret(path, &text)
                .map_err(|e| CliError(format!("cannot write {}: {e}", path.display())))?;
            text
        }
    };
    let unreadable = |e| CliError(format!("cannot read {} as PEM: {e}", path.display()));
    let chain =
        CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let key = PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(unreadable)?;
    configured(chain, key, path)
}

fn make(names: &[String], today: NaiveDate) -> Result<String, CliError> {
    let until = today.checked_add_days(Days::new(DAYS)).unwrap_or(today);
    let day = |day: NaiveDate| {
        let part = |n: u32| u8::try_from(n).unwrap_or(1);
        rcgen::date_time_ymd(day.year(), part(day.month()), part(day.day()))
    };
    let mut params = rcgen::CertificateParams::new(names.to_vec())?;
    params.not_before = day(today.pred_opt().unwrap_or(today));
    params.not_after = day(until);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, "Tong Hop");
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    let key = rcgen::KeyPair::generate()?;
    let cert = params.self_signed(&key)?;
    Ok(format!("{}\n{}{}", head(until, names), cert.pem(), key.serialize_pem()))
}

/// Writes beside and renames; only the owner may read it.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let folder: PathBuf = path.parent().map(Path::to_path_buf).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    let part = folder.join(format!(".own.{}.part", uuid::Uuid::now_v7().simple()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&part, path)
}
