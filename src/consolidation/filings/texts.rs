//! What the units of one collector wrote: their texts under the headings of the period's forms, and the rows of their lists. It stands
//! between the filings, which are loaded once, and the narrative and tables of an edition.

use std::collections::HashMap;

use super::super::content::{NarrativeParagraph, NarrativeSection, StackedList};
use super::super::narrative::{Heading, Kept, Material};
use super::super::queries::FormSectionRow;
use super::super::stack::{UnitRows, merged, stack_lists};
use super::Filings;
use crate::db::ids::{FormId, ObligationId};
use crate::periods::Standing;
use crate::reports::printed::usual_title;

/// The chapter of the results.
const RESULTS: &str = "II";

impl Filings {
    /// The sections of the period's forms. Where they have parts of the results only, the head of the chapter comes before
    /// them: there the collector says what belongs to none of the parts.
    pub(in crate::consolidation) fn headings(&self) -> Vec<Heading> {
        let heading = |section: &FormSectionRow| Heading {
            code: section.code.clone(),
            label: section.label.clone(),
            title: section.title.clone(),
        };
        let mut headings: Vec<Heading> = self.outline().into_iter().map(heading).collect();
        let is_head = |one: &Heading| one.label == RESULTS || one.code == RESULTS;
        let parts = |one: &Heading| one.label.strip_prefix(RESULTS).is_some_and(|rest| rest.starts_with('.'));
        if let Some(at) = headings.iter().position(parts)
            && !headings.iter().any(is_head)
            && !self.asked_indicators().is_empty()
        {
            let title = usual_title(RESULTS).to_owned();
            headings.insert(at, Heading { code: RESULTS.to_owned(), label: RESULTS.to_owned(), title });
        }
        headings
    }

    /// The texts of a received revision by section.
    pub(in crate::consolidation) fn texts(
        &self,
        obligation: ObligationId,
    ) -> Option<&HashMap<String, String>> {
        self.sections.get(&obligation)
    }

    /// The narrative, heading by heading, each unit's words under its name, in protocol order; and the consolidated
    /// text made from them.
    pub(in crate::consolidation) fn narrative(
        &self,
        material: &Material,
        written: &HashMap<String, Kept>,
    ) -> Vec<NarrativeSection> {
        self.headings()
            .into_iter()
            .map(|section| NarrativeSection {
                paragraphs: self
                    .duties
                    .iter()
                    .filter(|duty| duty.standing() == Standing::Owed)
                    .filter_map(|duty| {
                        let text = self.sections.get(&duty.obligation.id)?.get(&section.code)?;
                        let written = !text.trim().is_empty();
                        written.then(|| NarrativeParagraph {
                            unit: self.name(duty),
                            text: text.clone(),
                            uid: self.uid(duty),
                            consolidated: duty.is_consolidated(),
                        })
                    })
                    .collect(),
                blocks: written
                    .get(&section.code)
                    .map(|kept| material.frozen(&section.code, &kept.blocks))
                    .unwrap_or_default(),
                code: section.label,
                heading: section.title,
            })
            .collect()
    }

    /// One outline from those of all forms: the longest, with what it lacks put where the others have it.
    fn outline(&self) -> Vec<&FormSectionRow> {
        let mut forms: Vec<(&FormId, &Vec<FormSectionRow>)> = self.form_sections.iter().collect();
        forms.sort_by_key(|(id, _)| **id);
        let order =
            merged(forms.iter().map(|(_, sections)| sections.iter().map(|s| s.code.as_str()).collect()));
        // The form with most sections gives them their words.
        forms.sort_by_key(|(_, sections)| std::cmp::Reverse(sections.len()));
        let section =
            |code: &str| forms.iter().find_map(|(_, sections)| sections.iter().find(|s| s.code == code));
        order.into_iter().filter_map(section).collect()
    }

    /// The rows of the list tables, each unit's under its name, in protocol order.
    pub(in crate::consolidation) fn lists(&self) -> Vec<StackedList> {
        let owed = self.duties.iter().filter(|duty| duty.standing() == Standing::Owed);
        let units: Vec<UnitRows<'_>> = owed
            .map(|duty| UnitRows {
                unit: self.name(duty),
                uid: self.uid(duty),
                consolidated: duty.is_consolidated(),
                lists: self.form_lists.get(&duty.obligation.form_id).map_or(&[], Vec::as_slice),
                rows: self.rows.get(&duty.obligation.id),
            })
            .collect();
        stack_lists(&units)
    }
}
