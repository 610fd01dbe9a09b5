//! The form of a regime: every field as typed, read back into a [`Charter`], problems at their fields.

use super::charter::{Charter, PAPER_RULES};
use super::cycle_input::CycleInput;
use super::cycles::{CyclePlan, Group, Source};
use crate::calendar::Preset;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::periods::RegimeKind;
use crate::vietnamese::parse_date;
use crate::web::FormData;

/// Every field as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CharterInput {
    pub code: String,
    pub name: String,
    pub collector: String,
    pub addressee: String,
    pub legal_basis: String,
    pub subject: String,
    /// `report` or `document`.
    pub kind: String,
    /// A preset's code, or `own`.
    pub preset: String,
    pub cycles: Vec<(Group, CycleInput)>,
    pub rolling: bool,
    pub paper_rule: String,
    pub signed_file: bool,
    pub leader_step: bool,
    pub kinds: Vec<String>,
    /// Kinds of which units without a route are to be added too; only of a regime that exists.
    pub fill: Vec<String>,
    /// First day of new routes, last day before those taken out; only of a regime that exists.
    pub from: String,
    /// "standard", "none" or the id of a regime whose forms are copied; only of a new regime.
    pub forms: String,
}

/// The windows of a regime chosen by hand.
pub const OWN: &str = "own";

/// The fields of one group.
fn read_cycle(form: &FormData, group: Group) -> CycleInput {
    let line = |part: &str| form.line(&format!("{}_{part}", group.field()));
    CycleInput {
        asked: form.has(group.field()),
        from: line("from"),
        to: line("to"),
        rule: line("rule"),
        when: line("when"),
        hour: line("hour"),
        lock_days: line("lock"),
    }
}

impl CharterInput {
    pub fn read(form: &FormData) -> CharterInput {
        CharterInput {
            code: form.line("code"),
            name: form.line("name"),
            collector: form.line("collector"),
            addressee: form.line("addressee"),
            legal_basis: form.line("legal_basis"),
            subject: form.line("subject"),
            kind: form.line("kind"),
            preset: form.line("preset"),
            cycles: Group::ALL.into_iter().map(|group| (group, read_cycle(form, group))).collect(),
            rolling: form.has("rolling"),
            paper_rule: form.line("paper_rule"),
            signed_file: form.has("signed_file"),
            leader_step: form.has("leader_step"),
            kinds: form.all("kinds").to_vec(),
            fill: form.all("fill").to_vec(),
            from: form.line("from"),
            forms: form.line("forms"),
        }
    }

    /// A regime as it stands.
    pub fn shown(charter: &Charter) -> CharterInput {
        // One-off and ad hoc reports follow no preset, so they do not choose one.
        let mut presets: Vec<Option<Preset>> = charter
            .cycles
            .iter()
            .filter(|plan| plan.cycle.recurs())
            .map(|plan| match plan.source {
                Source::Preset(preset) => Some(preset),
                _ => None,
            })
            .collect();
        presets.dedup();
        let preset = match presets.as_slice() {
            [Some(preset)] => preset.code(),
            _ => OWN,
        };
        let group = |group: Group| {
            let of: Vec<CyclePlan> =
                charter.cycles.iter().filter(|plan| group.cycles().contains(&plan.cycle)).copied().collect();
            (group, CycleInput::shown(group, &of))
        };
        CharterInput {
            code: charter.code.clone(),
            name: charter.name.clone(),
            collector: charter.collector.to_string(),
            addressee: charter.addressee.clone(),
            legal_basis: charter.legal_basis.clone(),
            subject: charter.subject.clone(),
            kind: charter.kind.code().to_owned(),
            preset: preset.to_owned(),
            cycles: Group::ALL.into_iter().map(group).collect(),
            rolling: charter.rolling,
            paper_rule: charter.paper_rule.to_owned(),
            signed_file: charter.signed_file,
            leader_step: charter.leader_step,
            kinds: charter.kinds.clone(),
            ..CharterInput::default()
        }
    }

    /// Every field as a form would send it again, for the page that confirms.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = [
            ("code", &self.code),
            ("name", &self.name),
            ("collector", &self.collector),
            ("addressee", &self.addressee),
            ("legal_basis", &self.legal_basis),
            ("subject", &self.subject),
            ("kind", &self.kind),
            ("preset", &self.preset),
            ("paper_rule", &self.paper_rule),
            ("from", &self.from),
            ("forms", &self.forms),
        ]
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .to_vec();
        for (group, cycle) in &self.cycles {
            if cycle.asked {
                fields.push((group.field().into(), "yes".into()));
            }
            for (part, value) in [
                ("from", &cycle.from),
                ("to", &cycle.to),
                ("rule", &cycle.rule),
                ("when", &cycle.when),
                ("hour", &cycle.hour),
                ("lock", &cycle.lock_days),
            ] {
                fields.push((format!("{}_{part}", group.field()), value.clone()));
            }
        }
        let ticked =
            [("rolling", self.rolling), ("signed_file", self.signed_file), ("leader_step", self.leader_step)];
        fields.extend(ticked.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.into(), "yes".into())));
        fields.extend(self.kinds.iter().map(|kind| ("kinds".into(), kind.clone())));
        fields.extend(self.fill.iter().map(|kind| ("fill".into(), kind.clone())));
        fields
    }

    /// The regime whose forms are copied, where one is named.
    pub fn copied_from(&self) -> Option<RegimeId> {
        self.forms.parse().ok()
    }

    /// The first day of a change of audience; blank is `today`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no day.
    pub fn first_day(&self, today: chrono::NaiveDate) -> Result<chrono::NaiveDate, Error> {
        if self.from.is_empty() {
            return Ok(today);
        }
        parse_date(&self.from).map_err(|error| {
            let mut problems = Problems::default();
            problems.add("from", error.to_string());
            Error::Invalid(problems)
        })
    }

    /// The charter, once every field reads and its own rules hold.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self) -> Result<Charter, Error> {
        let mut problems = Problems::default();
        let kind = RegimeKind::from_code(&self.kind);
        if kind.is_none() {
            problems.add("kind", "Chọn loại nội dung phải gửi.");
        }
        let preset = Preset::from_code(&self.preset);
        if preset.is_none() && self.preset != OWN {
            problems.add("preset", "Chọn cách tính thời gian chốt số liệu.");
        }
        let mut cycles = Vec::new();
        for (group, cycle) in self.cycles.iter().filter(|(_, cycle)| cycle.asked) {
            cycles.extend(cycle.parse(*group, preset, &mut problems));
        }
        let collector = self.collector.parse::<UnitId>().ok();
        if collector.is_none() {
            problems.add("collector", "Chọn cơ quan nhận, tổng hợp báo cáo.");
        }
        let paper_rule = PAPER_RULES.iter().find(|(code, _)| *code == self.paper_rule).map(|(code, _)| *code);
        if paper_rule.is_none() {
            problems.add("paper_rule", "Chọn yêu cầu về văn bản giấy.");
        }
        let charter = Charter {
            code: self.code.clone(),
            name: self.name.clone(),
            collector: collector.unwrap_or(UnitId(0)),
            addressee: self.addressee.clone(),
            legal_basis: self.legal_basis.clone(),
            subject: self.subject.clone(),
            kind: kind.unwrap_or(RegimeKind::Report),
            rolling: self.rolling,
            paper_rule: paper_rule.unwrap_or("later"),
            // Without a paper there is no file of it.
            signed_file: self.signed_file && paper_rule != Some("none"),
            leader_step: self.leader_step,
            cycles,
            kinds: self.kinds.clone(),
        };
        // A cycle whose words do not read is not a missing cycle.
        let asked = self.cycles.iter().any(|(_, cycle)| cycle.asked);
        let more = charter.problems();
        problems.0.extend(more.0.into_iter().filter(|problem| problem.field != "cycles" || !asked));
        problems.or(charter)
    }
}
