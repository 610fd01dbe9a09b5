//! `tonghop serve` as a process: an empty database, the code on the console, HTTPS, and a stop that waits.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};

use super::{said, tonghop};
use crate::support::app::TempDir;
use crate::support::database::TestDatabase;

/// A server of its own, stopped with its test.
struct Served {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    /// `https://127.0.0.1:41234`.
    address: String,
}

impl Served {
    fn start(args: &[&str]) -> Served {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TONGHOP_")) {
            command.env_remove(name);
        }
        let child = command.arg("serve").args(args).args(["--listen", "127.0.0.1:0"]);
        let mut child = child.stdout(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut served = Served { child, lines, address: String::new() };
        served.address = served.line().strip_prefix("Tổng Hợp: ").expect("an address").to_owned();
        served
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// The code, which stands alone and indented.
    fn code(&mut self) -> String {
        loop {
            let line = self.line();
            assert!(!line.starts_with("Lấy mã khác"), "no code was printed");
            if let Some(code) = line.strip_prefix("    ") {
                return code.to_owned();
            }
        }
    }

    fn host(&self) -> String {
        self.address.rsplit('/').next().expect("a host").to_owned()
    }

    /// Asks for a page over TLS, believing no certificate but this one.
    fn ask(&self, path: &str, trusted: CertificateDer<'static>) -> String {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(trusted).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("127.0.0.1").expect("an address");
        let session = rustls::ClientConnection::new(Arc::new(config), name).expect("a session");
        let socket = TcpStream::connect(self.host()).expect("the server listens");
        let mut stream = rustls::StreamOwned::new(session, socket);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host());
        stream.write_all(request.as_bytes()).expect("it hears");
        let mut answer = Vec::new();
        // The end of a TLS stream is told politely or not; what came before counts.
        if let Err(error) = stream.read_to_end(&mut answer) {
            assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof, "{error}");
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to stop as systemd does.
    fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn own_certificate(folder: &TempDir) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(folder.0.join("tls/own.pem")).expect("a certificate of its own")
}

#[test]
fn an_absent_database_is_made_only_when_that_is_said() {
    let folder = TempDir::new();
    let url = format!("sqlite://{}", folder.0.join("new/tonghop.db").display());
    let refused = tonghop(&["serve", "--database-url", &url, "--listen", "127.0.0.1:0"], "");
    assert_eq!(refused.status.code(), Some(1));
    let mut served = Served::start(&["--database-url", &url, "--create-database"]);
    let code = served.code();
    assert_eq!(code.split('-').count(), 8, "{code}");
    let page = ureq::get(format!("{}/setup", served.address)).call().expect("it answers");
    assert_eq!(page.headers().get("strict-transport-security"), None, "plain HTTP promises nothing");
    // Another process on the same database prints another code and takes it.
    let other = tonghop(&["setup-code", "--database-url", &url], "");
    assert!(other.status.success(), "{}", said(&other));
    let printed = String::from_utf8_lossy(&other.stdout).into_owned();
    let fresh = printed.lines().find_map(|line| line.strip_prefix("    ")).expect("a code").to_owned();
    assert_ne!(fresh, code);
    let enter = |code: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .build()
            .into();
        agent
            .post(format!("{}/setup/code", served.address))
            .send_form([("code", code)])
            .expect("it answers")
            .status()
            .as_u16()
    };
    assert_eq!([enter(&code), enter(&fresh), enter(&fresh)], [422, 303, 422]);
    assert_eq!(served.stop(), Some(0), "SIGTERM is an orderly end");
}

#[test]
fn a_set_up_database_has_no_setup_code() {
    let database = TestDatabase::demo();
    let output = tonghop(&["setup-code", "--database-url", &database.url()], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("đã được thiết lập"), "{}", said(&output));
}

#[test]
fn https_by_a_certificate_of_its_own_that_is_made_once() {
    let (database, folder) = (TestDatabase::empty(), TempDir::new());
    let (url, data) = (database.url(), folder.0.display().to_string());
    let args = ["--database-url", &url, "--data", &data, "--tls", "--tls-names", "tonghop.tinh,10.1.2.3"];
    let mut served = Served::start(&args);
    assert!(served.address.starts_with("https://"), "{}", served.address);
    let fingerprint = served.line();
    let cert = own_certificate(&folder);
    let answer = served.ask("/setup", cert.clone());
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.to_lowercase().contains("strict-transport-security: max-age="), "{answer}");
    let digest = tonghop::audit::sha256_hex(&cert).to_uppercase();
    assert_eq!(fingerprint.replace(':', "").split_whitespace().last(), Some(digest.as_str()));
    // Cookies of an HTTPS server stay with HTTPS. The sign-in form sets one.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.0.join("tls/own.pem")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(served.stop(), Some(0));
    let again = Served::start(&args);
    assert_eq!(own_certificate(&folder), cert, "kept for the next start");
    drop(again);
    let other = ["--database-url", &url, "--data", &data, "--tls", "--tls-names", "ten-khac.tinh"];
    drop(Served::start(&other));
    assert_ne!(own_certificate(&folder), cert, "another name needs another certificate");
}

#[test]
fn https_by_a_certificate_from_files() {
    let (database, folder) = (TestDatabase::demo(), TempDir::new());
    let key = rcgen::KeyPair::generate().expect("a key");
    let cert = rcgen::CertificateParams::new(vec!["127.0.0.1".into()])
        .expect("names")
        .self_signed(&key)
        .expect("signed");
    let (cert_file, key_file) = (folder.0.join("cert.pem"), folder.0.join("key.pem"));
    std::fs::write(&cert_file, cert.pem()).expect("written");
    std::fs::write(&key_file, key.serialize_pem()).expect("written");
    let (url, cert_path, key_path) =
        (database.url(), cert_file.display().to_string(), key_file.display().to_string());
    let served = Served::start(&["--database-url", &url, "--tls-cert", &cert_path, "--tls-key", &key_path]);
    let answer = served.ask("/sign-in", cert.der().clone());
    let cookie = answer
        .lines()
        .find(|line| line.to_lowercase().starts_with("set-cookie: tonghop_pre="))
        .expect("a cookie");
    assert!(cookie.contains("Secure"), "{cookie}");
    drop(served);
    let output =
        tonghop(&["serve", "--database-url", &url, "--tls-cert", &key_path, "--tls-key", &key_path], "");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

#[test]
fn behind_a_proxy_cookies_are_for_https_alone() {
    let database = TestDatabase::demo();
    let served = Served::start(&["--database-url", &database.url(), "--behind-proxy"]);
    assert!(served.address.starts_with("http://"));
    let answer = ureq::get(format!("{}/sign-in", served.address)).call().expect("it answers");
    let all = |name: &str| -> Vec<String> {
        answer.headers().get_all(name).iter().map(|v| v.to_str().expect("text").to_owned()).collect()
    };
    let cookies = all("set-cookie");
    let pre = cookies.iter().find(|cookie| cookie.starts_with("tonghop_pre=")).expect("a cookie");
    assert!(pre.contains("Secure"), "{pre}");
    assert!(all("strict-transport-security")[0].starts_with("max-age="));
}
