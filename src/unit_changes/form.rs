//! What is typed about a reorganisation, and what it means. The same fields travel through the preview to the
//! confirmation, so that nothing typed is lost on the way.

use std::collections::BTreeMap;

use super::lines::Parts;
use super::plan::{Choices, Fate};
use super::{Body, Event, Kind};
use crate::db::ids::{MembershipId, ObligationId};
use crate::error::{Error, Problems};
use crate::units::UnitOn;
use crate::vietnamese::limits::{LINE, LONG_LINE, SIGN};
use crate::vietnamese::{parse_date, short_date};
use crate::web::FormData;

/// Rows a form may send.
const MOST_ROWS: usize = 200;
/// Rows offered at first, and how many more when a person asks.
const ROWS: usize = 3;
const MORE: usize = 5;
/// A row of successors that founds a unit.
pub const NEW: &str = "new";

/// The form as typed.
#[derive(Debug, Clone)]
pub struct Input {
    pub kind: Kind,
    pub rows: usize,
    fields: BTreeMap<String, String>,
}

impl Input {
    /// A blank form.
    pub fn blank(kind: Kind, rows: Option<usize>) -> Input {
        let fields = match kind {
            Kind::Split => BTreeMap::from([("others_owe".to_owned(), "1".to_owned())]),
            _ => BTreeMap::new(),
        };
        Input { kind, rows: rows.unwrap_or(ROWS).clamp(1, MOST_ROWS), fields }
    }

    /// A blank form about a unit; a rename begins from what the unit is called now.
    pub fn about(kind: Kind, rows: Option<usize>, unit: &UnitOn, official_code: &str) -> Input {
        let mut input = Input::blank(kind, rows);
        let mut put = |name: &str, value: String| input.fields.insert(name.to_owned(), value);
        put("from_0", unit.id.to_string());
        if kind == Kind::Rename {
            put("name_0", unit.name.clone());
            put("short_0", unit.short_name.clone());
            put("kind_0", unit.kind_code.clone());
            put("parent_0", unit.parent_id.map(|id| id.to_string()).unwrap_or_default());
            put("order_0", unit.protocol_order.to_string());
            put("code_0", official_code.to_owned());
        }
        input
    }

    /// The posted form; none for a kind that is not there.
    pub fn read(form: &FormData) -> Option<Input> {
        let kind = Kind::from_code(form.get("kind"))?;
        let rows = form.get("rows").parse().unwrap_or(ROWS).clamp(1, MOST_ROWS);
        let fields = form
            .with_prefix("")
            .filter(|(name, _)| !matches!(*name, "csrf" | "form_key" | "kind" | "rows" | "more"))
            .map(|(name, value)| (name.to_owned(), crate::vietnamese::clean_line(value)))
            .collect();
        Some(Input { kind, rows, fields })
    }

    /// The same form with more rows.
    pub fn with_more_rows(mut self) -> Input {
        self.rows = (self.rows + MORE).min(MOST_ROWS);
        self
    }

    /// A field as typed; "" where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// A field of a row.
    pub fn at(&self, name: &str, row: &usize) -> &str {
        self.get(&format!("{name}_{row}"))
    }

    /// Everything typed but the choices of the preview, for its hidden fields.
    pub fn carried(&self) -> Vec<(&str, &str)> {
        let chosen = |name: &str| name.starts_with("duty_") || name.starts_with("member_") || name == "seen";
        let all = self.fields.iter().filter(|(name, value)| !chosen(name) && !value.is_empty());
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// What was chosen on the preview; what cannot be read is left to the default.
    pub fn choices(&self) -> Choices {
        let mut choices = Choices::default();
        for (name, value) in &self.fields {
            if let Some(id) = name.strip_prefix("duty_").and_then(|id| id.parse::<ObligationId>().ok()) {
                choices.duties.extend(value.parse::<Fate>().ok().map(|fate| (id, fate)));
            }
            if let Some(id) = name.strip_prefix("member_").and_then(|id| id.parse::<MembershipId>().ok()) {
                let to = if value == "end" { Some(None) } else { value.parse::<Body>().ok().map(Some) };
                choices.members.extend(to.map(|to| (id, to)));
            }
        }
        choices
    }

    /// The event. `units` are the bodies that can be chosen, `kinds` the kinds there are.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend at its field.
    pub fn event(&self, units: &[UnitOn], kinds: &[(String, String)]) -> Result<Event, Error> {
        let mut problems = Problems::default();
        let decision = self.decision(&mut problems);
        problems.add_fault("note", LONG_LINE.fault("Ghi chú", self.get("note")));
        let effective_on = match parse_date(self.get("effective_on")) {
            Ok(day) => Some(day),
            Err(_) if self.get("effective_on").is_empty() => {
                problems.add("effective_on", "Nhập ngày đầu tiên theo tổ chức mới.");
                None
            }
            Err(error) => {
                problems.add("effective_on", error.to_string());
                None
            }
        };
        let mut parts =
            Parts { input: self, units, kinds, new_units: vec![], places: BTreeMap::new(), problems };
        let (lines, renamed) = parts.lines();
        let Parts { new_units, mut problems, .. } = parts;
        if lines.is_empty() && problems.is_empty() {
            problems.add("lines", "Chọn đơn vị được sắp xếp.");
        }
        let effective_on = effective_on.unwrap_or_default();
        problems.or(Event {
            kind: self.kind,
            effective_on,
            decision,
            note: self.get("note").to_owned(),
            new_units,
            lines,
            renamed,
            others_owe: self.get("others_owe") == "1",
        })
    }

    /// "Quyết định số 12/QĐ-UBND ngày 05/6/2025 của UBND tỉnh".
    fn decision(&self, problems: &mut Problems) -> String {
        for (field, name, limit, words) in [
            ("document", "Loại văn bản", SIGN, "Nhập loại văn bản, ví dụ: Quyết định."),
            ("number", "Số, ký hiệu", SIGN, "Nhập số, ký hiệu của văn bản."),
            ("agency", "Cơ quan ban hành", LINE, "Nhập cơ quan ban hành."),
        ] {
            if self.get(field).is_empty() {
                problems.add(field, words);
            }
            problems.add_fault(field, limit.fault(name, self.get(field)));
        }
        let day = match parse_date(self.get("issued_on")) {
            Ok(day) => short_date(day),
            Err(_) if self.get("issued_on").is_empty() => {
                problems.add("issued_on", "Nhập ngày ban hành.");
                String::new()
            }
            Err(error) => {
                problems.add("issued_on", error.to_string());
                String::new()
            }
        };
        let (document, number) = (self.get("document"), self.get("number"));
        format!("{document} số {number} ngày {day} của {}", self.get("agency"))
    }
}
