//! A document as it comes: the text taken out of its file, or pasted.

use super::About;
use crate::attachments::name;
use crate::error::{Error, Problems};
use crate::papers;
use crate::plan_reader::MOST_BYTES;
use crate::vietnamese::limits::too_many_lines;

/// Bytes of a document at most.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// The fields that refusals belong to.
pub const FILE: &str = "file";
pub const TEXT: &str = "text";

/// A document as it came.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Given {
    /// Takes the text out of a file. Takes a while where it is converted first: never within a transaction.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field with what is wrong with it and what to do.
    pub fn file(file_name: &str, bytes: Vec<u8>, about: &About) -> Result<Given, Error> {
        let text = papers::text_of(&bytes).map_err(|refusal| problem(FILE, refusal.to_string()))?;
        let kind = papers::ending(&bytes);
        let sound = name::kept(file_name);
        let stem = sound.rsplit_once('.').map_or(sound.as_str(), |(stem, _)| stem);
        given(format!("{stem}.{kind}"), kind, bytes, &text, (FILE, about))
    }

    /// Takes pasted text.
    ///
    /// # Errors
    /// As [`Given::file`].
    pub fn pasted(text: &str, about: &About) -> Result<Given, Error> {
        if text.trim().is_empty() {
            return Err(problem(TEXT, format!("Dán nội dung {} vào ô này, hoặc chọn tệp.", about.noun)));
        }
        given("Nội dung dán vào.txt".to_owned(), "txt", text.as_bytes().to_vec(), text, (TEXT, about))
    }
}

fn given(
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
    text: &str,
    (field, about): (&str, &About),
) -> Result<Given, Error> {
    // PostgreSQL keeps no NUL, and lines end in one way.
    let text = text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    if text.len() > MOST_BYTES {
        let words = format!("Văn bản quá dài. Tách riêng phần lời văn của {} rồi tải lên.", about.noun);
        return Err(problem(field, words));
    }
    if let Some(words) = too_many_lines(&text) {
        return Err(problem(field, words));
    }
    Ok(Given { name, kind, bytes, text })
}

/// What is wrong, at its field.
pub fn problem(field: &str, words: impl Into<String>) -> Error {
    let mut problems = Problems::default();
    problems.add(field, words);
    Error::Invalid(problems)
}
