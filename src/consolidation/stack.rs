//! Rows of list tables, unit by unit, put under one heading per list. Pure; stands between received revisions and the
//! lists of an edition.

use std::collections::{BTreeMap, HashMap};

use super::content::{ListedUnit, StackedList};
use crate::lists::{Column, ColumnKind, ListTable, Row};

/// What one unit sent: the lists its form asks for, and its rows by list.
#[derive(Debug, Clone, Default)]
pub struct UnitRows<'a> {
    pub unit: String,
    /// Identifier of the unit that stays the same in every installation.
    pub uid: String,
    /// The consolidated report of a lower collector is meant.
    pub consolidated: bool,
    pub lists: &'a [ListTable],
    pub rows: Option<&'a HashMap<String, Vec<Row>>>,
}

/// Stacks the rows of units given in protocol order. Lists stand in the order of the form that has most of them, what
/// others have beside goes where they have it; so do columns. A column of two types is text. Lists without any row are
/// left out.
pub fn stack_lists(units: &[UnitRows<'_>]) -> Vec<StackedList> {
    let mut forms: Vec<&[ListTable]> = Vec::new();
    for unit in units {
        if !forms.contains(&unit.lists) {
            forms.push(unit.lists);
        }
    }
    let order = merged(forms.iter().map(|lists| lists.iter().map(|list| list.code.as_str()).collect()));
    let mut by_code: BTreeMap<&str, Vec<&ListTable>> = BTreeMap::new();
    for list in forms.into_iter().flatten() {
        by_code.entry(&list.code).or_default().push(list);
    }
    let stacked = order.into_iter().filter_map(|code| {
        let asked = by_code.get(code)?;
        let title = asked.iter().max_by_key(|list| list.columns.len())?.title.clone();
        let rows = |unit: &UnitRows<'_>| {
            let rows = unit.rows?.get(code)?;
            (!rows.is_empty()).then(|| ListedUnit {
                unit: unit.unit.clone(),
                rows: rows.clone(),
                uid: unit.uid.clone(),
                consolidated: unit.consolidated,
            })
        };
        let units = units.iter().filter_map(rows).collect();
        Some(StackedList { code: code.to_owned(), title, columns: columns(asked), units })
    });
    stacked.filter(|list| !list.is_empty()).collect()
}

/// The columns of one list in all its forms.
fn columns(asked: &[&ListTable]) -> Vec<Column> {
    let order = merged(asked.iter().map(|list| list.columns.iter().map(|c| c.code.as_str()).collect()));
    let one = |code: &str| {
        let mut same = asked.iter().flat_map(|list| &list.columns).filter(|column| column.code == code);
        let mut column = same.next()?.clone();
        for other in same {
            if other.kind != column.kind {
                column.kind = ColumnKind::Text;
            }
            column.decimals = column.decimals.max(other.decimals);
            for choice in &other.choices {
                if !column.choices.contains(choice) {
                    column.choices.push(choice.clone());
                }
            }
        }
        Some(column)
    };
    order.into_iter().filter_map(one).collect()
}

/// One order from several: the longest, with what it lacks put where the others have it.
pub(super) fn merged<'a>(orders: impl Iterator<Item = Vec<&'a str>>) -> Vec<&'a str> {
    let mut orders: Vec<Vec<&str>> = orders.collect();
    orders.sort_by_key(|order| std::cmp::Reverse(order.len()));
    let mut all: Vec<&str> = Vec::new();
    for order in orders {
        let mut next = 0;
        for code in order {
            match all.iter().position(|other| *other == code) {
                Some(place) => next = place + 1,
                None => {
                    all.insert(next, code);
                    next += 1;
                }
            }
        }
    }
    all
}
