//! What one PDF may cost in all: a few hundred bytes can ask for more letters than any machine holds. Counted as it is
//! made, over all pages together; a document that asks for more is refused.

use lopdf::{DecompressError, Error, Stream};

use super::{MOST_TEXT, Refusal};

/// Bytes that content, forms and tables of fonts unpack to.
const UNPACKED: usize = 128 * 1024 * 1024;
/// Operators and operands in all; a page of text has some thousands.
const MARKS: usize = 20_000_000;
/// Operators and operands of one stream: the parser may hold them all at once, a hundred bytes each.
const MARKS_OF_ONE: usize = 1_000_000;
/// Forms drawn, each time counted.
const FORMS: usize = 10_000;
/// Codes of all fonts.
const CODES: usize = 2_000_000;

/// What is left of it.
pub(super) struct Budget {
    letters: usize,
    unpacked: usize,
    marks: usize,
    forms: usize,
    codes: usize,
}

impl Budget {
    pub fn new() -> Budget {
        Budget { letters: MOST_TEXT, unpacked: UNPACKED, marks: MARKS, forms: FORMS, codes: CODES }
    }

    /// Text was added, in bytes.
    pub fn letters(&mut self, bytes: usize) -> Result<(), Refusal> {
        spend(&mut self.letters, bytes)
    }

    /// A form is about to be drawn.
    pub fn form(&mut self) -> Result<(), Refusal> {
        spend(&mut self.forms, 1)
    }

    /// A code of a font got its letters or its width.
    pub fn code(&mut self) -> Result<(), Refusal> {
        spend(&mut self.codes, 1)
    }

    /// A content stream is about to be read.
    pub fn content(&mut self, content: &[u8]) -> Result<(), Refusal> {
        let marks = marks(content);
        if marks > MARKS_OF_ONE {
            return Err(Refusal::TooLarge);
        }
        spend(&mut self.marks, marks)
    }

    /// Bytes a stream of at most `most` may still unpack to.
    pub fn room(&self, most: usize) -> usize {
        most.min(self.unpacked)
    }

    /// Bytes that were unpacked within [`Budget::room`].
    pub fn unpacked(&mut self, bytes: usize) -> Result<(), Refusal> {
        spend(&mut self.unpacked, bytes)
    }

    /// A stream unpacked, to at most so many bytes; none when it is broken.
    pub fn unpack(&mut self, stream: &Stream, most: usize) -> Result<Option<Vec<u8>>, Refusal> {
        match stream.decompressed_content_with_limit(self.room(most)) {
            Ok(bytes) => {
                self.unpacked(bytes.len())?;
                Ok(Some(bytes))
            }
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(Refusal::TooLarge),
            Err(_) => Ok(None),
        }
    }
}

fn spend(left: &mut usize, cost: usize) -> Result<(), Refusal> {
    *left = left.checked_sub(cost).ok_or(Refusal::TooLarge)?;
    Ok(())
}

/// Operators and operands a stream has at most: what begins after a space or a bracket, a number that begins inside
/// another, and words written together. Letters of strings are counted with them: too many rather than too few.
fn marks(content: &[u8]) -> usize {
    let (mut begun, mut letters, mut apart) = (0, 0, true);
    for byte in content {
        let space = byte.is_ascii_whitespace() || *byte == 0;
        let bracket = b"[]<>(){}/+-.".contains(byte);
        if !space && (apart || bracket) {
            begun += 1;
        }
        if byte.is_ascii_alphabetic() {
            letters += 1;
        }
        apart = space || bracket;
    }
    // The shortest word that is a value has four letters.
    begun + letters / 4
}
