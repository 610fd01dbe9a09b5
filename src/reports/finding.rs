//! What a check finds before a report leaves the unit: things to mend, and things to explain by a note or a tick.

/// One thing to mend or to explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field of the draft page it belongs to.
    pub field: String,
    /// The line or part it is about, for lists: "B04", "Phần II.1"; may be blank.
    pub place: String,
    pub message: String,
    /// Stable while the figures it speaks of stay the same; what a confirmation is given for.
    pub key: String,
    /// Explained by a note on the line, or confirmed.
    pub explained: bool,
    /// Explained by a note on the line.
    pub noted: bool,
}

impl Finding {
    /// The message with its place, for a list away from the line.
    pub fn text(&self) -> String {
        if self.place.is_empty() { self.message.clone() } else { format!("{}: {}", self.place, self.message) }
    }

    /// Whether it is about a remark of the collector, which pages show at its place with the unit's answer.
    pub fn is_remark(&self) -> bool {
        self.field.starts_with("remark.")
    }

    /// Whether it says that the report says next to nothing, which the collector decides about.
    pub fn is_trivial(&self) -> bool {
        self.key.starts_with(super::trivial::KEY)
    }

    /// Whether it says that all figures are the last ones again, which the collector decides about too.
    pub fn is_unchanged(&self) -> bool {
        self.key.starts_with(super::trivial::SAME)
    }

    /// Whether it is about a line or a task that is still blank.
    pub fn is_about_a_blank(&self) -> bool {
        self.key.starts_with("dropped:") || self.key.starts_with("tasks:")
    }

    /// How it is explained, or was; `ticked` on the page before sending.
    pub fn advice(&self, ticked: bool) -> &'static str {
        match (self.is_remark(), self.explained && !ticked) {
            (true, true) => "Đã trả lời.",
            (true, false) => "Đánh dấu nếu giữ nguyên nội dung đã gửi; hoặc sửa, đánh dấu “Đã sửa”.",
            (false, _) if self.noted => "Đã ghi lý do ở ô Ghi chú của dòng.",
            (false, _) => "Đánh dấu nếu đã kiểm tra và đúng.",
        }
    }
}

/// All findings of one report. Blockers keep it from leaving the unit; warnings want a note or a tick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub blockers: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

impl Findings {
    /// What the collector must decide about before a unit's own report is received: it says next to nothing, or its
    /// figures are all the last ones again.
    pub fn to_decide(&self) -> Option<&Finding> {
        let found = |is: fn(&Finding) -> bool| self.warnings.iter().find(|warning| is(warning));
        found(Finding::is_trivial).or_else(|| found(Finding::is_unchanged))
    }

    /// The warnings nobody has explained yet.
    pub fn open_warnings(&self) -> impl Iterator<Item = &Finding> {
        self.warnings.iter().filter(|warning| !warning.explained)
    }

    /// Without the note that "số liệu thực tế đến ngày" is still to be said: of what was sent it says nothing any more.
    pub fn forget_open_window(&mut self) {
        self.warnings.retain(|warning| warning.key != "actual");
    }

    /// Without anything about that day: the totals of a consolidated report have none.
    pub fn forget_actual_day(&mut self) {
        self.forget_open_window();
        self.warnings.retain(|warning| !warning.key.starts_with(super::check_days::NOT_UP_TO_DATE));
    }

    /// Without what is said of a report that says next to nothing: what a lower level adds up is its units' own.
    pub fn forget_trivial(&mut self) {
        self.warnings.retain(|warning| !warning.is_trivial());
    }

    /// Adds a blocker.
    pub(super) fn block(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let (field, place) = (field.into(), String::new());
        self.blockers.push(Finding {
            key: field.clone(),
            field,
            place,
            message: message.into(),
            explained: false,
            noted: false,
        });
    }
}
