//! The days before and after the last day on which a regime's units are reminded. Stands between the page that sets them and
//! the schedule.

use std::collections::BTreeSet;

/// The furthest a notice lies from the last day, before or after it.
pub const FURTHEST: i32 = 60;
/// More of them is a flood.
const MOST: usize = 20;

/// Days relative to the last day in time, each once, in order: -15 is fifteen days before it, 0 the day itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps(Vec<i32>);

impl Default for Steps {
    /// The usual ones.
    fn default() -> Steps {
        Steps(vec![-15, -7, -3, -1, 0, 1, 3, 7])
    }
}

impl Steps {
    /// These days in order, each once.
    ///
    /// # Errors
    /// A sentence when one lies too far away or they are too many.
    pub fn new(days: impl IntoIterator<Item = i32>) -> Result<Steps, String> {
        let days: BTreeSet<i32> = days.into_iter().collect();
        if days.iter().any(|day| day.abs() > FURTHEST) {
            return Err(format!("Nhắc trong khoảng {FURTHEST} ngày trước và sau thời hạn."));
        }
        if days.len() > MOST {
            return Err(format!("Không quá {MOST} lần nhắc cho một báo cáo."));
        }
        Ok(Steps(days.into_iter().collect()))
    }

    pub fn all(&self) -> &[i32] {
        &self.0
    }

    /// "-15,-7,0,3", for storage.
    pub fn code(&self) -> String {
        let days: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        days.join(",")
    }

    /// Reads [`Steps::code`]; what the page would not have stored reads as the usual ones.
    pub fn from_code(code: &str) -> Steps {
        let days: Result<Vec<i32>, _> =
            code.split(',').filter(|day| !day.is_empty()).map(str::parse).collect();
        days.ok().and_then(|days| Steps::new(days).ok()).unwrap_or_default()
    }

    /// Of the days after the last day, the first: from it on the unit's leader may be told.
    pub fn first_after(&self) -> Option<i32> {
        self.0.iter().copied().find(|day| *day > 0)
    }

    /// The last of them where there is more than one: from it on the collecting body's leader may be told.
    pub fn last_after(&self) -> Option<i32> {
        self.0.last().copied().filter(|day| *day > 0 && Some(*day) != self.first_after())
    }

    /// Days before as typed, the furthest first: "15, 7, 3, 1".
    pub fn before_words(&self) -> String {
        join(self.0.iter().filter(|day| **day < 0))
    }

    /// Days after as typed: "1, 3, 7".
    pub fn after_words(&self) -> String {
        join(self.0.iter().filter(|day| **day > 0))
    }

    /// Whether the last day itself is one of them.
    pub fn on_the_day(&self) -> bool {
        self.0.contains(&0)
    }

    /// "trước 15, 7, 3, 1 ngày; trong ngày đến hạn; sau 1, 3, 7 ngày", or that there is none.
    pub fn words(&self) -> String {
        let (before, after) = (self.before_words(), self.after_words());
        let parts = [
            (!before.is_empty()).then(|| format!("trước {before} ngày")),
            self.on_the_day().then(|| "trong ngày đến hạn".to_owned()),
            (!after.is_empty()).then(|| format!("sau {after} ngày")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "không nhắc".to_owned() } else { parts.join("; ") }
    }
}

fn join<'a>(days: impl Iterator<Item = &'a i32>) -> String {
    days.map(|day| day.abs().to_string()).collect::<Vec<_>>().join(", ")
}
