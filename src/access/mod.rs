//! Who may do what. Pure: the actor is built from the session by `people`, the scope goes into every query,
//! and the permission table below is the only place that says which role may take which action.

mod permission;

pub use permission::{Action, Role};

use crate::db::ids::{MembershipId, PersonId, UnitId};

/// One role of a person in one unit, valid on the day of the request.
#[derive(Debug, Clone)]
pub struct Membership {
    pub id: MembershipId,
    pub unit_id: UnitId,
    pub unit_name: String,
    pub role: Role,
    /// The title as it is today, e.g. "Phó Giám đốc"; taken down with every action.
    pub title: String,
    /// The unit itself and the bodies whose work it took over.
    pub reach: Vec<UnitId>,
    /// The province the unit stands in; none for the Ministry.
    pub province_id: Option<UnitId>,
    /// That province and those it took over whole, whose plans and regimes it carries on.
    pub province_reach: Vec<UnitId>,
}

/// The signed-in person with the memberships that hold today.
#[derive(Debug, Clone)]
pub struct Actor {
    pub person_id: PersonId,
    pub username: String,
    pub full_name: String,
    pub memberships: Vec<Membership>,
}

/// What an actor can see at all. Every query of a slice filters by it; what is outside does not exist (404).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Units whose own reports and tasks the actor writes or approves, predecessors included.
    pub own_units: Vec<UnitId>,
    /// Units for which the actor collects, reviews and consolidates.
    pub collector_units: Vec<UnitId>,
    /// Provinces whose plans, units and periods the actor sees.
    pub provinces: Vec<UnitId>,
    /// Provinces whose periods and results the actor oversees as a leader.
    pub overseen_provinces: Vec<UnitId>,
    /// Ministry bodies on whose behalf the actor reads approved editions.
    pub ministry_units: Vec<UnitId>,
}

impl Actor {
    /// What this actor can see.
    pub fn scope(&self) -> Scope {
        let mut scope = Scope::default();
        for m in &self.memberships {
            match m.role {
                Role::Officer | Role::UnitLeader => scope.own_units.extend(&m.reach),
                Role::Compiler | Role::CompilingLeader => scope.collector_units.extend(&m.reach),
                Role::Leader => scope.overseen_provinces.extend(&m.province_reach),
                Role::MinistryViewer => scope.ministry_units.push(m.unit_id),
                Role::Administrator => {}
            }
            scope.provinces.extend(&m.province_reach);
        }
        for list in [
            &mut scope.own_units,
            &mut scope.collector_units,
            &mut scope.provinces,
            &mut scope.overseen_provinces,
            &mut scope.ministry_units,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        scope
    }

    /// The membership under which the actor may take `action` for `unit` (its own unit, or one it took over).
    pub fn for_unit(&self, unit: UnitId, action: Action) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.role.may(action) && m.reach.contains(&unit))
    }

    /// The membership under which the actor may take `action` in `province`, or in the one that took it over.
    pub fn in_province(&self, province: UnitId, action: Action) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.role.may(action) && m.province_reach.contains(&province))
    }

    /// The first membership of a province under which the actor may take `action` there, with that province.
    pub fn in_own_province(&self, action: Action) -> Option<(&Membership, UnitId)> {
        let mut may = self.memberships.iter().filter(|m| m.role.may(action));
        may.find_map(|m| Some((m, m.province_id?)))
    }

    /// The same person at work for one of the bodies they collect for: what they do for another is not seen. None: for all.
    pub fn collecting_for(&self, body: Option<UnitId>) -> Actor {
        let mut actor = self.clone();
        if let Some(body) = body {
            let collects = |m: &Membership| m.role.may(Action::Consolidate);
            actor.memberships.retain(|m| !collects(m) || m.reach.contains(&body));
            actor.memberships.iter_mut().filter(|m| collects(m)).for_each(|m| m.reach = vec![body]);
        }
        actor
    }

    /// The units for which the actor may take `action`, those they took over included.
    pub fn units_for(&self, action: Action) -> Vec<UnitId> {
        let may = self.memberships.iter().filter(|m| m.role.may(action));
        may.flat_map(|m| m.reach.iter().copied()).collect()
    }

    /// The names of the bodies for which the actor may take `action`, each once.
    pub fn bodies_for(&self, action: Action) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for m in self.memberships.iter().filter(|m| m.role.may(action)) {
            if !names.contains(&m.unit_name.as_str()) {
                names.push(&m.unit_name);
            }
        }
        names
    }

    /// Whether any membership allows `action` somewhere; for showing or hiding a link.
    pub fn may_somewhere(&self, action: Action) -> bool {
        self.memberships.iter().any(|m| m.role.may(action))
    }

    /// Whether the actor holds `role` anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.memberships.iter().any(|m| m.role == role)
    }
}
