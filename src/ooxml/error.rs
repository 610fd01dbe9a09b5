//! Why a package could not be written or read, in words for the person who has the file. What a library says about it
//! is the source of the error, for whoever mends the program.

use std::fmt;

/// Why a package could not be written or read.
#[derive(Debug)]
pub enum PackageError {
    /// The bytes are no zip archive, or a broken one.
    Archive(zip::result::ZipError),
    Io(std::io::Error),
    /// A part of the package's own frame cannot be read as XML: its name.
    Malformed(String),
    /// More parts, or more bytes once unpacked, than any file of an office holds.
    TooLarge,
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackageError::Archive(_) => f.write_str("Tệp không phải tệp Office hoặc đã hỏng"),
            PackageError::Io(_) => f.write_str("Tệp hỏng, không giải nén được"),
            PackageError::Malformed(part) => write!(f, "Tệp hỏng ở phần {part}"),
            PackageError::TooLarge => f.write_str("Tệp quá lớn sau khi giải nén"),
        }
    }
}

impl std::error::Error for PackageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            PackageError::Archive(error) => Some(error),
            PackageError::Io(error) => Some(error),
            PackageError::Malformed(_) | PackageError::TooLarge => None,
        }
    }
}

impl From<zip::result::ZipError> for PackageError {
    fn from(error: zip::result::ZipError) -> PackageError {
        PackageError::Archive(error)
    }
}

impl From<std::io::Error> for PackageError {
    fn from(error: std::io::Error) -> PackageError {
        PackageError::Io(error)
    }
}
