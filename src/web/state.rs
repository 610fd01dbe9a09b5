//! What handlers share: the pool, the clock, the password slots and the settings they need.

use std::sync::atomic::AtomicBool;

use actix_web::web;

use crate::attachments::Limits;
use crate::calendar::Clock;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::mail::Settings;
use crate::people::Passwords;
use crate::people::session::Lifetimes;

/// Built once at start, cloned by reference into every worker.
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub passwords: Passwords,
    pub lifetimes: Lifetimes,
    /// How much of files is taken.
    pub attachments: Limits,
    /// HTTPS stands between the browser and the program: cookies are sent over it only.
    pub secure_cookies: bool,
    /// Seen once to be set up, it is never asked again; until then every request asks the database.
    pub set_up: AtomicBool,
    /// How people are told something by letter.
    pub mail: Settings,
}

/// The extractor's short name.
pub type State = web::Data<AppState>;

impl AppState {
    /// A consistent read on a blocking thread. See [`Db::read`].
    ///
    /// # Errors
    /// Whatever `f` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = self.db.clone();
        self.block(move || db.read(f)).await
    }

    /// One write transaction on a blocking thread. See [`Db::write`].
    ///
    /// # Errors
    /// Whatever `f` returns; [`Error::Conflict`] where the database says that somebody else's write came first.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = self.db.clone();
        self.block(move || db.write(f).map_err(told)).await
    }

    /// A write that saw one moment of the database. See [`Db::freeze`].
    ///
    /// # Errors
    /// As [`AppState::write`].
    pub async fn freeze<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = self.db.clone();
        self.block(move || db.freeze(f).map_err(told)).await
    }

    /// Anything that blocks: hashing, workbooks.
    ///
    /// # Errors
    /// Whatever `f` returns, or [`Error::Internal`] when it panicked.
    pub async fn block<T: Send + 'static>(
        &self,
        f: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        web::block(f).await.map_err(|e| Error::Internal(e.to_string()))?
    }
}

/// The net below the claims of the verbs: who loses a race is told so, and what they did is not there.
fn told(error: Error) -> Error {
    match error {
        Error::Db(fault) if fault.is_overtaken() => {
            log::warn!("a write came second: {fault}");
            Error::Conflict(
                "Có người vừa lưu cùng lúc nên lần này chưa được lưu. Mở lại trang để xem rồi thực hiện lại."
                    .into(),
            )
        }
        other => other,
    }
}
