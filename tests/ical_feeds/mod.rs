//! Calendar feeds: the text against RFC 5545 by rules of its own and by another program, the links, what a date does.

mod links;
mod parsed;
mod text;
