//! One error for use cases and pages: what a person can be told, and what only the log may hold.
//! Slices' rules return their own enums; verbs turn them into this, `web` turns this into a page.

use crate::db::DbError;

/// One thing to mend, and where: `field` is the name of the input it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: String,
    pub message: String,
}

/// Everything to mend before a form can be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes one problem at a field.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem { field: field.into(), message: message.into() });
    }

    /// Notes what is wrong with a field, where something is.
    pub fn add_fault(&mut self, field: &str, fault: Option<String>) {
        if let Some(message) = fault {
            self.add(field, message);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first message at a field, for the template.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|p| p.field == field).map(|p| p.message.as_str())
    }

    /// `Ok(value)` when nothing is to mend.
    ///
    /// # Errors
    /// The problems themselves, as [`Error::Invalid`].
    pub fn or<T>(self, value: T) -> Result<T, Error> {
        if self.is_empty() { Ok(value) } else { Err(Error::Invalid(self)) }
    }
}

/// Why a request ends without what it asked for.
#[derive(Debug)]
pub enum Error {
    /// No session, or an expired one.
    SignedOut,
    /// Signed in by a password somebody else gave: it is changed before anything else.
    PasswordFirst,
    /// Absent, or foreign: the two must look the same.
    NotFound,
    /// Seen, but this role may not do it. The sentence says who may.
    Forbidden(String),
    /// Another person was faster. The sentence says what to do.
    Conflict(String),
    /// A rule refuses. The sentence says why and how to mend it.
    Refused(String),
    /// Fields to mend; pages show the form again with what was typed.
    Invalid(Problems),
    Db(DbError),
    /// A fault of ours; the log has the words, the page says only that it happened.
    Internal(String),
}

impl From<DbError> for Error {
    fn from(e: DbError) -> Self {
        match e {
            DbError::Query(diesel::result::Error::NotFound) => Error::NotFound,
            other => Error::Db(other),
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(e: diesel::result::Error) -> Self {
        DbError::Query(e).into()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::SignedOut => write!(f, "Phiên làm việc đã hết, cần đăng nhập lại."),
            Error::PasswordFirst => write!(f, "Cần đổi mật khẩu trước khi dùng hệ thống."),
            Error::NotFound => write!(f, "Không tìm thấy nội dung này."),
            Error::Forbidden(s) | Error::Conflict(s) | Error::Refused(s) => write!(f, "{s}"),
            Error::Invalid(problems) => {
                for (i, p) in problems.0.iter().enumerate() {
                    if i > 0 {
                        write!(f, " ")?;
                    }
                    write!(f, "{}", p.message)?;
                }
                Ok(())
            }
            Error::Db(e) => write!(f, "database: {e}"),
            Error::Internal(s) => write!(f, "internal: {s}"),
        }
    }
}

impl std::error::Error for Error {}
