//! What a report is read by: the sections, figures and list tables of a form and the unit's tasks, in plain words. Stands between the outline a province keeps and
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

/// A list table of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormList {
    pub code: String,
    pub columns: Vec<FormColumn>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    pub code: String,
    pub title: String,
    /// A row that holds something must hold this.
    pub required: bool,
}

/// A task the unit held in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTask {
    pub code: String,
    /// As people call it: "KH 13/2025".
    pub plan: String,
    /// "III.2".
    pub clause: String,
    pub text: String,
}

/// Everything a form asks of a text. An empty one only splits it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub sections: Vec<FormSection>,
    pub figures: Vec<FormFigure>,
    pub lists: Vec<FormList>,
    pub tasks: Vec<FormTask>,
}
