//! The package room: what is written is read again, by itself and by a reader of another house, and nothing typed
//! breaks it.

mod packages;
mod parts;
mod text;
