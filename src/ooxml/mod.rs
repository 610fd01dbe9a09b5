//! Office Open XML, as far as this house needs it: a package of parts with their relationships and content types,
//! written and read, and an XML builder that cannot make what is not well formed. Knows nobody of ours; Word and
//! Excel files that `rust_xlsxwriter` cannot make stand on it. Weighed in docs/decisions/0009.

mod archive;
mod error;
mod package;
mod parts;
mod read;
mod write;
mod xml;

pub use archive::Archive;
pub use error::PackageError;
pub use package::{Package, Part, Relationship};
pub use parts::Parts;
pub use xml::{Xml, allowed};
