//! The mail server: one letter, one connection. The library speaks SMTP, STARTTLS and AUTH; here is what we say, and which
//! refusals are for good.

use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, Message, SmtpTransport, Transport};

use crate::config::{Encryption, NoticeArgs};

/// How long one word of the server is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// One letter as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter<'a> {
    /// The same however often it is tried, so that whoever gets it twice gets it once.
    pub uid: &'a str,
    pub name: &'a str,
    pub address: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    /// When it was written.
    pub written: std::time::SystemTime,
}

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Another try may help.
    ForNow(String),
    /// This letter, to this address, never.
    ForGood(String),
}

/// A mail server that can be asked.
#[derive(Clone)]
pub struct Smtp {
    transport: SmtpTransport,
    sender: Mailbox,
    /// "thu.tinh.vn:587, STARTTLS", for the administrator.
    pub words: String,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("words", &self.words).finish_non_exhaustive()
    }
}

/// Answering machines stay silent.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Smtp {
    /// From flags and variables; none where no server is named.
    ///
    /// # Errors
    /// A sentence that says which setting is wrong or missing.
    pub fn read(args: &NoticeArgs) -> Result<Option<Smtp>, String> {
        let Some(host) = args.smtp_host.as_deref().filter(|host| !host.is_empty()) else { return Ok(None) };
        let sender =
            args.smtp_from.as_deref().ok_or("--smtp-host needs --smtp-from, the sender's address")?;
        let sender: Mailbox = sender.parse().map_err(|e| format!("--smtp-from {sender}: {e}"))?;
        let tls = || {
            let mut parameters = TlsParameters::builder(host.to_owned());
            if let Some(path) = &args.smtp_ca {
                let pem = std::fs::read(path).map_err(|e| format!("--smtp-ca {}: {e}", path.display()))?;
                let certificate =
                    Certificate::from_pem(&pem).map_err(|e| format!("--smtp-ca {}: {e}", path.display()))?;
                parameters = parameters.add_root_certificate(certificate);
            }
            parameters.build().map_err(|e| format!("TLS to {host}: {e}"))
        };
        let (port, tls, words) = match args.smtp_encryption {
            Encryption::Starttls => (587, Tls::Required(tls()?), "STARTTLS"),
            Encryption::Tls => (465, Tls::Wrapper(tls()?), "TLS"),
            Encryption::None => (25, Tls::None, "không mã hóa"),
        };
        let port = args.smtp_port.unwrap_or(port);
        let mut builder = SmtpTransport::builder_dangerous(host).port(port).tls(tls).timeout(Some(PATIENCE));
        match (&args.smtp_user, &args.smtp_password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
            }
            (None, None) => {}
            _ => return Err("--smtp-user and TONGHOP_SMTP_PASSWORD go together".to_owned()),
        }
        let words = format!("{host}:{port}, {words}");
        Ok(Some(Smtp { transport: builder.build(), sender, words }))
    }

    /// The sender as letters carry it.
    pub fn sender(&self) -> String {
        self.sender.to_string()
    }

    /// Carries one letter to the server.
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn send(&self, letter: &Letter<'_>) -> Result<(), Refusal> {
        let message = self.message(letter).map_err(Refusal::ForGood)?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) => {
                // What concerns our own signing in, or the server's state, is mended by an administrator: it is tried again.
                let code = error.status().map(u16::from);
                let of_the_letter = code.is_some_and(|code| matches!(code, 500..=504 | 541 | 550..=556));
                let mut words = error.to_string();
                if let Some(source) = std::error::Error::source(&error) {
                    words = format!("{words}: {source}");
                }
                Err(if of_the_letter { Refusal::ForGood(words) } else { Refusal::ForNow(words) })
            }
        }
    }

    fn message(&self, letter: &Letter<'_>) -> Result<Message, String> {
        let address: Address =
            letter.address.parse().map_err(|e| format!("địa chỉ {}: {e}", letter.address))?;
        let to = Mailbox::new(Some(letter.name.to_owned()), address);
        let builder: MessageBuilder = Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(letter.subject)
            .message_id(Some(format!("<{}@{}>", letter.uid, self.sender.email.domain())))
            .date(letter.written)
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        builder.body(letter.body.to_owned()).map_err(|e| e.to_string())
    }
}
