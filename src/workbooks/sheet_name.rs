//! Names of sheets. Excel allows 31 characters, none of `[]:*?/\`, no apostrophe at either end, and no two
//! names that differ only in case.

/// The names given out so far.
pub(super) struct Names {
    taken: Vec<String>,
}

impl Names {
    /// Starts with the names other sheets have.
    pub(super) fn starting_with(taken: &[&str]) -> Names {
        Names { taken: taken.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// A free name for the sheet of a group of indicators: "Theo đơn vị - B".
    pub(super) fn for_group(&mut self, code: &str) -> String {
        let code: String = code.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let wanted = format!("Theo đơn vị - {}", code.trim());
        let mut number = 1;
        loop {
            let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
            let room = 31 - suffix.chars().count();
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
