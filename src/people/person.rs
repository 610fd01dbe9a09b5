//! A person as an administrator sees them: account, roles through time, state. Stands between the register's queries and
//! the steps and pages of `people`.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::access::Role;
use crate::audit::sha256_hex;
use crate::db::ids::{InvitationId, MembershipId, PersonId, UnitId};

/// Whether and how somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Active,
    /// No password of their own yet, or none any more: a code is to be used first.
    Invited,
    Disabled,
}

impl State {
    pub const ALL: [State; 3] = [State::Active, State::Invited, State::Disabled];

    /// The word of addresses and filters.
    pub fn code(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Invited => "invited",
            State::Disabled => "disabled",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            State::Active => "đang dùng",
            State::Invited => "chờ đặt mật khẩu",
            State::Disabled => "đã khóa",
        }
    }

    /// The class of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            State::Active => "done",
            State::Invited => "wait",
            State::Disabled => "",
        }
    }
}

/// An account and its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub username: String,
    pub full_name: String,
    pub name_key: String,
    pub phone: String,
    pub email: String,
    pub has_password: bool,
    pub disabled_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    pub last_sign_in_at: Option<NaiveDateTime>,
    /// The code that can be used now or has run out, the latest.
    pub invitation: Option<Open>,
}

/// A code neither used nor replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub id: InvitationId,
    pub expires_at: NaiveDateTime,
}

/// A role somebody holds, held or will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: MembershipId,
    pub person_id: PersonId,
    pub unit_id: UnitId,
    pub unit: String,
    pub role: Role,
    pub title: String,
    /// First and last day, both inclusive; none is open.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Person {
    pub fn state(&self) -> State {
        match (self.disabled_at, self.has_password) {
            (Some(_), _) => State::Disabled,
            (None, true) => State::Active,
            (None, false) => State::Invited,
        }
    }

    /// What a page showed of the account, as one short text: a step over anything else is a conflict.
    pub fn mark(&self) -> String {
        let shown = json!([
            self.full_name,
            self.phone,
            self.email,
            self.has_password,
            self.disabled_at.map(|at| at.to_string()),
            self.invitation.map(|open| open.id),
        ]);
        sha256_hex(shown.to_string().as_bytes())[..16].to_owned()
    }
}

impl Held {
    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.ended_by(day)
    }

    /// Whether its first day is still to come on `day`.
    pub fn begins_after(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from > day)
    }

    /// Whether its last day lies before `day`.
    pub fn ended_by(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }

    /// Whether its last day lies before its first: taken back before it ever held.
    pub fn never_held(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// As [`Person::mark`].
    pub fn mark(&self) -> String {
        let shown = json!([self.title, self.from, self.to]);
        sha256_hex(shown.to_string().as_bytes())[..16].to_owned()
    }
}
