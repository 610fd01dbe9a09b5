//! Deadlines in people's own calendars: an iCalendar feed (RFC 5545) of a person or of a body, behind a secret link that
//! needs no session. What an event is stands in `event`, how it is written in `text`, whose link is whose in `link`.

pub mod event;
mod feed;
mod link;
mod pace;
pub mod pages;
mod queries;
mod text;
pub mod withdrawn;

pub use event::{Event, Status};
pub use feed::{Feed, feed};
pub use link::{LinkRow, Whose, make, may_subscribe, revoke, shown};
pub use text::{folded, write};
