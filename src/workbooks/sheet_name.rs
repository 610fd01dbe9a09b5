//! Names of sheets. Excel allows 31 characters, none of `[]:*?/\`, no apostrophe at either end, and no two
//! names that differ only in case.

/// Characters of a name at most.
const LONGEST: usize = 31;

/// The names given out so far.
pub(crate) struct Names {
    taken: Vec<String>,
}

impl Names {
    /// Starts with the names other sheets have.
    pub(crate) fn starting_with(taken: &[&str]) -> Names {
        Names { taken: taken.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// A free name for the sheet of a group of indicators: "Theo đơn vị - B".
    pub(super) fn for_group(&mut self, prefix: &str, code: &str) -> String {
        self.free(&format!("{prefix} - {}", allowed(code)))
    }

    /// A free name for the sheet of a list: "Danh sách - Mô hình", or "DS - …" where the title is long.
    pub(crate) fn for_list(&mut self, title: &str) -> String {
        let title = allowed(title);
        let whole = format!("Danh sách - {title}");
        let fits = whole.chars().count() <= LONGEST;
        self.free(&if fits { whole } else { format!("DS - {title}") })
    }

    fn free(&mut self, wanted: &str) -> String {
        let mut number = 1;
        loop {
            let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
            let room = LONGEST - suffix.chars().count();
            let start: String = wanted.chars().take(room).collect();
            let name = format!("{}{suffix}", start.trim_end());
            if !self.taken.contains(&name.to_lowercase()) {
                self.taken.push(name.to_lowercase());
                return name;
            }
            number += 1;
        }
    }
}

/// Text without what a name may not hold.
fn allowed(text: &str) -> String {
    let text: String = text.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    text.trim().to_owned()
}
