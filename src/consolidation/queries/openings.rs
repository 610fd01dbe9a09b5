//! SQL of the decisions that open single units' figures of classified groups to leaders.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{MembershipId, RegimeId};
use crate::db::schema::{group_openings, indicator_groups};

/// The last decision about a group.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Decision {
    pub opened: bool,
    pub reason: String,
    pub actor_name: String,
    pub actor_title: String,
    /// UTC.
    pub decided_at: NaiveDateTime,
}

/// A classified group in a regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOpening {
    pub code: String,
    pub name: String,
    /// None: nobody has decided, and it is closed.
    pub last: Option<Decision>,
}

impl GroupOpening {
    pub fn is_open(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.opened)
    }
}

/// A decision to be kept.
#[derive(Insertable)]
#[diesel(table_name = group_openings)]
pub struct NewOpening<'a> {
    pub regime_id: RegimeId,
    pub group_code: &'a str,
    pub opened: bool,
    pub reason: &'a str,
    pub membership_id: MembershipId,
    pub actor_name: &'a str,
    pub actor_title: &'a str,
    pub decided_at: NaiveDateTime,
}

/// The classified groups of the catalogue with the last decision about each in a regime. Two queries.
///
/// # Errors
/// The query's own.
pub fn openings(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<GroupOpening>> {
    let groups: Vec<(String, String)> = indicator_groups::table
        .filter(indicator_groups::classified.eq(true))
        .order((indicator_groups::position, indicator_groups::code))
        .select((indicator_groups::code, indicator_groups::name))
        .load(conn)?;
    let mut decided: HashMap<String, Decision> = group_openings::table
        .filter(group_openings::regime_id.eq(regime))
        .order(group_openings::id)
        .select((
            group_openings::group_code,
            (
                group_openings::opened,
                group_openings::reason,
                group_openings::actor_name,
                group_openings::actor_title,
                group_openings::decided_at,
            ),
        ))
        .load::<(String, Decision)>(conn)?
        .into_iter()
        .collect();
    let group = |(code, name): (String, String)| GroupOpening { last: decided.remove(&code), code, name };
    Ok(groups.into_iter().map(group).collect())
}

/// Keeps a decision. One query.
///
/// # Errors
/// The query's own.
pub fn insert_opening(conn: &mut Conn, new: &NewOpening<'_>) -> QueryResult<usize> {
    diesel::insert_into(group_openings::table).values(new).execute(conn)
}
