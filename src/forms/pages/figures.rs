//! The figures of a content as the editor lists them: by group, in the order of the catalogue, which reports keep too.

use super::super::Content;
use crate::indicators::Indicator;

/// One figure that is asked.
pub(super) struct Figure {
    pub indicator: Indicator,
    pub counts: bool,
    pub required: bool,
}

/// The figures of a content, those left out that the catalogue does not show.
pub(super) fn figures(catalogue: &[Indicator], content: &Content) -> Vec<(String, Vec<Figure>)> {
    let mut groups: Vec<(String, Vec<Figure>)> = Vec::new();
    for indicator in catalogue {
        let Some(asked) = content.figures.iter().find(|asked| asked.indicator == indicator.id) else {
            continue;
        };
        let figure = Figure { indicator: indicator.clone(), counts: asked.counts, required: asked.required };
        match groups.last_mut() {
            Some((name, figures)) if *name == indicator.group.name => figures.push(figure),
            _ => groups.push((indicator.group.name.clone(), vec![figure])),
        }
    }
    groups
}
