//! How many people a post reached, as its platform counts them: typed beside a link of the evidence. Stands between the field
//! and the stored count; what cannot be read stays as typed until it is mended.

use serde::{Deserialize, Serialize};

use crate::vietnamese::{Qualifier, clean_line, group_thousands, parse_scaled};

/// A count of views or people reached (lượt tiếp cận) as typed; `count` is what could be read of it, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedReach {
    pub typed: String,
    pub count: Option<i64>,
}

fn read(typed: &str) -> Result<Option<i64>, String> {
    const ASKED: &str = "Nhập số lượt đếm được, ví dụ 1.245.";
    match parse_scaled(typed, 0) {
        Ok(None) => Ok(None),
        Ok(Some(figure)) if figure.qualifier == Qualifier::Exact && !figure.estimate => {
            Ok(Some(figure.value))
        }
        Ok(Some(_)) => Err(format!("“{typed}” không phải số đếm được. {ASKED}")),
        Err(error) => Err(format!("{error} {ASKED}")),
    }
}

impl TypedReach {
    pub fn read(typed: &str) -> TypedReach {
        let typed = clean_line(typed);
        TypedReach { count: read(&typed).ok().flatten(), typed }
    }

    pub fn of(count: Option<i64>) -> TypedReach {
        TypedReach { typed: count.map(group_thousands).unwrap_or_default(), count }
    }

    /// The count as documents write it ("1.245"), or what was typed.
    pub fn words(&self) -> String {
        self.count.map_or_else(|| self.typed.clone(), group_thousands)
    }

    /// What is wrong with it; a blank is not wrong.
    pub fn problem(&self) -> Option<String> {
        read(&self.typed).err()
    }
}
