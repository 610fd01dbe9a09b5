//! The web edge: what every page needs and no slice should repeat. Stands between actix and the slices' pages.

pub mod assets;
mod browser;
mod download;
pub mod edge;
pub mod error_page;
mod form;
mod incoming;
mod page;
mod photo_form;
mod signed_in;
mod state;
mod upload;
mod uploads;
mod way_back;

pub use browser::{address_of, device_of, session_cookie};
pub use download::{disposition, download};
pub use form::{FORM_LIMIT, FormData, LONG_FORM_LIMIT, Posted, PostedLong, same_token};
pub use incoming::{IncomingFile, PostedFile};
pub use page::{Flash, Nav, Page, redirect, redirect_warned, redirect_with, render, render_status};
pub use photo_form::PostedPhotos;
pub use signed_in::SignedIn;
pub use state::{AppState, State};
pub use upload::{PostedUpload, Upload};
pub use uploads::{NamedFile, read_files};
pub use way_back::{own_page, way_back};

/// The session cookie's name.
pub const SESSION_COOKIE: &str = "tonghop_session";
/// The cookie that carries one message over a redirect.
pub const FLASH_COOKIE: &str = "tonghop_flash";
