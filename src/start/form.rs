//! The short form of a first regime: filled by a template, read back into the form of a whole regime, which parses it.

use crate::calendar::Preset;
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::regimes::Charter;
use crate::regimes::cycle_input::CycleInput;
use crate::regimes::cycles::Group;
use crate::regimes::form::CharterInput;
use crate::standard::forms::{Due, Template};
use crate::standard::provinces::Naming;
use crate::vietnamese::day_month;
use crate::web::FormData;

/// The cycles the short form knows.
pub const CYCLES: [Group; 2] = [Group::FirstHalf, Group::Year];

/// The short form as typed: one number of days to the lock for every cycle.
#[derive(Debug, Clone, Default)]
pub struct FirstInput {
    pub whole: CharterInput,
    pub lock_days: String,
}

fn proposed_cycle(due: Option<Due>) -> CycleInput {
    let Some(due) = due else { return CycleInput::blank() };
    let template = due.template();
    let when = match (template.month_and_day(), template.days()) {
        (Some((month, day)), _) => day_month(day, month),
        (None, Some(days)) => days.to_string(),
        (None, None) => String::new(),
    };
    CycleInput { asked: true, rule: template.code().into(), when, ..CycleInput::default() }
}

impl FirstInput {
    /// As a template proposes it for a province.
    pub fn proposed(
        template: &Template,
        naming: &Naming,
        agency: &str,
        collector: UnitId,
        kinds: Vec<String>,
    ) -> FirstInput {
        let whole = CharterInput {
            code: "thncd".into(),
            name: format!("Tái hòa nhập cộng đồng {}", naming.full()),
            collector: collector.to_string(),
            addressee: format!("UBND {} (qua {agency})", naming.full()),
            subject: "công tác tái hòa nhập cộng đồng".into(),
            kind: "report".into(),
            preset: Preset::from_code(&template.preset).unwrap_or(Preset::Nd09).code().into(),
            cycles: vec![
                (Group::FirstHalf, proposed_cycle(template.half)),
                (Group::Year, proposed_cycle(template.year)),
            ],
            paper_rule: "later".into(),
            leader_step: true,
            kinds,
            forms: "standard".into(),
            ..CharterInput::default()
        };
        FirstInput { whole, lock_days: "10".into() }
    }

    /// What was typed, for the collector the person compiles for.
    pub fn read(form: &FormData, collector: UnitId) -> FirstInput {
        let mut whole = CharterInput::read(form);
        whole.cycles.retain(|(group, _)| CYCLES.contains(group));
        whole.collector = collector.to_string();
        whole.kind = "report".into();
        FirstInput { whole, lock_days: form.line("lock_days") }
    }

    /// What was typed of a cycle.
    pub fn due(&self, group: &Group) -> CycleInput {
        let found = self.whole.cycles.iter().find(|(other, _)| other == group);
        found.map(|(_, cycle)| cycle.clone()).unwrap_or_default()
    }

    /// The regime, once every field reads and its own rules hold.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self) -> Result<Charter, Error> {
        let mut whole = self.whole.clone();
        for (_, cycle) in &mut whole.cycles {
            cycle.lock_days.clone_from(&self.lock_days);
        }
        whole.parse().map_err(|error| match error {
            Error::Invalid(problems) => Error::Invalid(one_lock(problems)),
            other => other,
        })
    }
}

/// The number of days to the lock is typed once, and mended once.
fn one_lock(problems: Problems) -> Problems {
    let mut one = Problems::default();
    for problem in problems.0 {
        let field = if problem.field.ends_with("_lock") { "lock_days".to_owned() } else { problem.field };
        if field != "lock_days" || one.at("lock_days").is_none() {
            one.add(field, problem.message);
        }
    }
    one
}
