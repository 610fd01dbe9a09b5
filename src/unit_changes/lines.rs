//! Who passes into whom, read from the rows of the form: the lines of a reorganisation with the units they found and the
//! functions that go another way.

use std::collections::BTreeMap;

use super::form::{Input, NEW};
use super::{Body, Kind, Line, Named, NewUnit};
use crate::db::ids::{FunctionId, UnitId};
use crate::error::Problems;
use crate::units::UnitOn;
use crate::vietnamese::limits::{UNIT_CODE, UNIT_NAME, UNIT_SHORT};

/// The lines being read, with the units they found.
pub(super) struct Parts<'a> {
    pub(super) input: &'a Input,
    pub(super) units: &'a [UnitOn],
    pub(super) kinds: &'a [(String, String)],
    pub(super) new_units: Vec<NewUnit>,
    /// The row that founds a unit, and its place in `new_units`.
    pub(super) places: BTreeMap<usize, usize>,
    pub(super) problems: Problems,
}

impl Parts<'_> {
    /// Every line, and what a rename calls the body.
    pub(super) fn lines(&mut self) -> (Vec<Line>, Vec<Named>) {
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
