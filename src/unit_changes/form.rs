//! What is typed about a reorganisation, and what it means. The same fields travel through the preview to the
//! confirmation, so that nothing typed is lost on the way.

use std::collections::BTreeMap;

use super::plan::{Choices, Fate};
use super::{Body, Event, Kind, Line, Named, NewUnit};
use crate::db::ids::{FunctionId, MembershipId, ObligationId, UnitId};
use crate::error::{Error, Problems};
use crate::units::UnitOn;
use crate::vietnamese::limits::{LINE, LONG_LINE, SIGN, UNIT_CODE, UNIT_NAME, UNIT_SHORT};
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
            .filter(|(name, _)| !matches!(*name, "csrf" | "kind" | "rows" | "more"))
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

/// The lines being read, with the units they found.
struct Parts<'a> {
    input: &'a Input,
    units: &'a [UnitOn],
    kinds: &'a [(String, String)],
    new_units: Vec<NewUnit>,
    /// The row that founds a unit, and its place in `new_units`.
    places: BTreeMap<usize, usize>,
    problems: Problems,
}

impl Parts<'_> {
    fn lines(&mut self) -> (Vec<Line>, Vec<Named>) {
        let (mut lines, mut renamed) = (Vec::new(), Vec::new());
        let rows = self.input.rows;
        let whole = |from, to| Line { from, to, function: None };
        match self.input.kind {
            Kind::Rename => {
                if let Some(from) = self.unit("from_0") {
                    let named = self.named(0, Some(from));
                    lines.push(whole(from, Some(Body::Known(from))));
                    renamed.extend(named);
                }
            }
            Kind::Merge => {
                let froms: Vec<UnitId> =
                    (0..rows).filter_map(|row| self.unit(&format!("from_{row}"))).collect();
                let to = self.body(0, froms.first().copied());
                if to.is_none() {
                    self.problems.add("to_0", "Chọn đơn vị tiếp nhận.");
                }
                lines.extend(froms.into_iter().map(|from| whole(from, to)));
            }
            Kind::Split => {
                let from = self.unit("from_0");
                for row in 0..rows {
                    let to = self.body(row, from);
                    let share = self.input.at("share", &row);
                    if let (Some(from), Some(to), true) = (from, to, share != "functions") {
                        lines.push(whole(from, Some(to)));
                    }
                }
            }
            Kind::Abolish => {
                for row in 0..rows {
                    let Some(from) = self.unit(&format!("from_{row}")) else { continue };
                    let to = self.body(row, Some(from));
                    lines.push(whole(from, to));
                }
            }
            Kind::Transfer => {}
        }
        if self.input.kind != Kind::Rename {
            self.functions(&mut lines);
        }
        (lines, renamed)
    }

    /// Functions that go another way than the body, or alone.
    fn functions(&mut self, lines: &mut Vec<Line>) {
        let mut froms: Vec<UnitId> = lines.iter().map(|line| line.from).collect();
        froms.sort_unstable();
        froms.dedup();
        for row in 0..self.input.rows {
            let text = self.input.at("function", &row).to_owned();
            if text.is_empty() {
                continue;
            }
            let field = format!("function_{row}");
            let Ok(function) = text.parse::<FunctionId>() else {
                self.problems.add(field, "Chọn lại chức năng.");
                continue;
            };
            let from = match self.unit(&format!("function_from_{row}")) {
                Some(from) => Some(from),
                None if froms.len() == 1 => froms.first().copied(),
                None if self.input.kind == Kind::Transfer || self.input.kind == Kind::Split => {
                    self.unit("from_0")
                }
                None => None,
            };
            let to = self.input.at("function_to", &row).to_owned();
            let to = match to.parse::<Body>() {
                // In the form a founded unit is known by its row.
                Ok(Body::New(at)) => self.places.get(&at).copied().map(Body::New),
                Ok(Body::Known(unit)) if self.units.iter().any(|u| u.id == unit) => Some(Body::Known(unit)),
                _ => None,
            };
            let (Some(from), Some(to)) = (from, to) else {
                self.problems.add(field, "Chọn đơn vị chuyển và đơn vị nhận chức năng này.");
                continue;
            };
            lines.push(Line { from, to: Some(to), function: Some(function) });
        }
    }

    /// A unit of the list.
    fn unit(&mut self, field: &str) -> Option<UnitId> {
        let text = self.input.get(field);
        if text.is_empty() {
            return None;
        }
        let id = text.parse::<UnitId>().ok().filter(|id| self.units.iter().any(|unit| unit.id == *id));
        if id.is_none() {
            self.problems.add(field, "Chọn lại đơn vị trong danh sách.");
        }
        id
    }

    /// The taker of a row: a unit of the list, or one founded here on the model of `like`.
    fn body(&mut self, row: usize, like: Option<UnitId>) -> Option<Body> {
        match self.input.at("to", &row) {
            NEW => {
                let named = self.named(row, like)?;
                self.places.insert(row, self.new_units.len());
                self.new_units.push(NewUnit { code: None, named });
                Some(Body::New(self.new_units.len() - 1))
            }
            _ => self.unit(&format!("to_{row}")).map(Body::Known),
        }
    }

    /// Name, kind and place as typed in a row; what is left blank is as it was with `like`.
    fn named(&mut self, row: usize, like: Option<UnitId>) -> Option<Named> {
        let like = like.and_then(|id| self.units.iter().find(|unit| unit.id == id));
        let at = |name: &str| self.input.at(name, &row).to_owned();
        let (name, short) = (at("name"), at("short"));
        let before = self.problems.0.len();
        if name.is_empty() {
            self.problems.add(format!("name_{row}"), "Nhập tên đơn vị.");
        }
        for (field, what, text, limit) in [
            ("name", "Tên đơn vị", &name, UNIT_NAME),
            ("short", "Tên viết tắt", &short, UNIT_SHORT),
            ("code", "Mã đơn vị hành chính", &at("code"), UNIT_CODE),
        ] {
            self.problems.add_fault(&format!("{field}_{row}"), limit.fault(what, text));
        }
        let kind_code = match at("kind") {
            code if code.is_empty() => like.map(|unit| unit.kind_code.clone()).unwrap_or_default(),
            code => code,
        };
        if !self.kinds.iter().any(|(code, _)| *code == kind_code) {
            self.problems.add(format!("kind_{row}"), "Chọn loại đơn vị.");
        }
        let parent = match at("parent") {
            text if text.is_empty() => like.and_then(|unit| unit.parent_id),
            _ => self.unit(&format!("parent_{row}")),
        };
        let protocol_order = match at("order") {
            text if text.is_empty() => like.map_or(0, |unit| unit.protocol_order),
            text => text.parse().unwrap_or_else(|_| {
                self.problems.add(format!("order_{row}"), "Thứ tự là một số nguyên, ví dụ: 21.");
                0
            }),
        };
        let code = at("code");
        (self.problems.0.len() == before).then(|| Named {
            short_name: if short.is_empty() { name.clone() } else { short },
            name,
            kind_code,
            parent,
            protocol_order,
            official_code: (!code.is_empty()).then_some(code),
        })
    }
}
