//! Numbers of a text that are no figure: a day, a document, a clause, a number in the title of an article. Each is listed once, so
//! that whoever reviews sees that nothing was passed over.

use std::collections::HashMap;

use super::prose::{MOST_NUMBERS, Named};

#[derive(Default)]
pub(super) struct Names {
    pub list: Vec<Named>,
    by_text: HashMap<String, usize>,
}

impl Names {
    /// Lists a name, with the sentence and the lines of its first place.
    pub fn add(&mut self, text: &str, place: impl FnOnce() -> (String, Vec<usize>)) {
        if let Some(known) = self.by_text.get(text) {
            self.list[*known].times += 1;
        } else if self.list.len() < MOST_NUMBERS {
            let (sentence, lines) = place();
            self.by_text.insert(text.to_owned(), self.list.len());
            self.list.push(Named { text: text.to_owned(), times: 1, sentence, lines });
        }
    }
}
