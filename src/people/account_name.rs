//! Proposing an account name in the style the accounts of a unit and its province already have, e.g. canbo.khcn.bacgiang.
//! Pure; stands between a pasted list and the accounts it becomes.

use std::collections::{HashMap, HashSet};

use crate::access::Role;
use crate::units::resolve::slug;

/// Longest account name, in characters.
pub const LONGEST: usize = 60;

/// The first part of an account's name.
fn role_part(role: Role) -> &'static str {
    match role {
        Role::Officer => "canbo",
        Role::UnitLeader | Role::CompilingLeader | Role::Leader => "lanhdao",
        Role::Compiler => "tonghop",
        Role::MinistryViewer => "bo",
        Role::Administrator => "quantri",
    }
}

/// The last part of most account names of a province; of its name where there are none.
pub fn province_part<'a>(usernames: impl Iterator<Item = &'a str>, province: &str) -> String {
    let parts = usernames.filter_map(|name| name.rsplit_once('.').map(|(_, last)| last));
    most_frequent(parts).unwrap_or_else(|| slug(province).replace('-', ""))
}

/// What stands between role and province: as the unit's accounts have it, else from the unit's code.
pub fn unit_part<'a>(usernames: impl Iterator<Item = &'a str>, code: &str) -> String {
    let middle = usernames.filter_map(|name| name.split_once('.')?.1.rsplit_once('.').map(|(part, _)| part));
    most_frequent(middle).unwrap_or_else(|| {
        let own = code.split_once('.').map_or(code, |(_, own)| own);
        own.chars().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit()).collect()
    })
}

/// The most frequent text; of equals the first in the alphabet.
fn most_frequent<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in texts.filter(|text| !text.is_empty()) {
        *counts.entry(text).or_default() += 1;
    }
    let best = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    best.map(|(text, _)| text.to_owned())
}

/// A name nobody has, taken at once: "canbo.khcn.bacgiang", then "canbo2.khcn.bacgiang". Administrators have no unit in it.
pub fn propose(role: Role, unit: &str, province: &str, taken: &mut HashSet<String>) -> String {
    let rest = match role {
        Role::Administrator => province.to_owned(),
        _ => format!("{unit}.{province}"),
    };
    let first = role_part(role);
    let mut name = format!("{first}.{rest}");
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{first}{number}.{rest}");
        number += 1;
    }
    name
}
