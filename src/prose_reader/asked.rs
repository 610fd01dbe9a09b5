//! What a report is read by: the sections and figures of a form, in plain words. Stands between the outline a province keeps and
//! the rules, which know neither indicators nor databases.

/// A heading of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSection {
    pub code: String,
    /// "II.1".
    pub label: String,
    pub title: String,
    /// What belongs there, in the form's own words.
    pub hint: String,
}

/// A figure of the form that people type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFigure {
    pub code: String,
    pub name: String,
    /// "tin, bài", "triệu đồng".
    pub measure: String,
    pub money: bool,
    /// Answered by yes or no: no number of a text is one.
    pub yes_no: bool,
}

/// Everything a form asks of a text. An empty one only splits it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub sections: Vec<FormSection>,
    pub figures: Vec<FormFigure>,
}
