//! The administrator's forms: text as typed on the way to values, problems at their fields.

use chrono::NaiveDate;

use super::administer::Particulars;
use super::listing::{self, Line};
use super::membership::{Change, NewRole};
use super::own_address;
use crate::access::Role;
use crate::db::ids::UnitId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PERSON;
use crate::vietnamese::{parse_date, short_date};
use crate::web::FormData;

/// Name, telephone and mail address as typed.
#[derive(Debug, Clone, Default)]
pub struct ParticularsInput {
    pub full_name: String,
    pub phone: String,
    pub email: String,
}

impl ParticularsInput {
    pub fn read(form: &FormData) -> ParticularsInput {
        ParticularsInput {
            full_name: form.line("full_name"),
            phone: form.line("phone"),
            email: form.line("email"),
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self) -> Result<Particulars, Error> {
        let mut problems = Problems::default();
        if self.full_name.is_empty() || !PERSON.holds(&self.full_name) {
            problems.add("full_name", format!("Nhập họ và tên, không quá {} ký tự.", PERSON.characters()));
        }
        check_contact(&self.phone, &self.email, &mut problems);
        problems.or(Particulars {
            full_name: self.full_name.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
        })
    }
}

fn check_contact(phone: &str, email: &str, problems: &mut Problems) {
    let fits = |c: char| c.is_ascii_digit() || " +().-".contains(c);
    if phone.chars().count() > 30 || !phone.chars().all(fits) {
        problems.add("phone", "Số điện thoại chỉ gồm số, dấu cách và các dấu + ( ) . -");
    }
    problems.add_fault("email", own_address::fault(email).map(str::to_owned));
}

/// One new person as typed.
#[derive(Debug, Clone, Default)]
pub struct PersonInput {
    pub full_name: String,
    pub title: String,
    /// Code of the unit.
    pub unit: String,
    /// Code of the role.
    pub role: String,
    pub username: String,
    pub phone: String,
    pub email: String,
}

impl PersonInput {
    pub fn read(form: &FormData) -> PersonInput {
        PersonInput {
            full_name: form.line("full_name"),
            title: form.line("title"),
            unit: form.line("unit"),
            role: form.line("role"),
            username: form.line("username").to_lowercase(),
            phone: form.line("phone"),
            email: form.line("email"),
        }
    }

    /// The person as a list of one.
    pub fn line(&self) -> Line {
        Line {
            number: 1,
            full_name: self.full_name.clone(),
            title: self.title.clone(),
            unit: self.unit.clone(),
            role: self.role.clone(),
            username: self.username.clone(),
        }
    }

    /// What is to be mended of telephone and mail address.
    pub fn contact_problems(&self) -> Problems {
        let mut problems = Problems::default();
        check_contact(&self.phone, &self.email, &mut problems);
        problems
    }
}

/// A role to give, as typed.
#[derive(Debug, Clone, Default)]
pub struct RoleInput {
    /// Id of the unit.
    pub unit: String,
    pub role: String,
    pub title: String,
    pub from: String,
    pub to: String,
}

impl RoleInput {
    /// Blank but for the first day.
    pub fn from(today: NaiveDate) -> RoleInput {
        RoleInput { from: short_date(today), ..RoleInput::default() }
    }

    pub fn read(form: &FormData) -> RoleInput {
        RoleInput {
            unit: form.line("unit"),
            role: form.line("role"),
            title: form.line("title"),
            from: form.line("from"),
            to: form.line("to"),
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self, today: NaiveDate) -> Result<NewRole, Error> {
        let mut problems = Problems::default();
        let unit_id: Option<UnitId> = self.unit.parse().ok();
        if unit_id.is_none() {
            problems.add("unit", "Chọn đơn vị.");
        }
        let role =
            Role::from_code(&self.role).filter(|role| listing::roles().any(|(known, _)| known == *role));
        if role.is_none() {
            problems.add("role", "Chọn vai trò.");
        }
        check_title(&self.title, &mut problems);
        let from = day(&self.from, "from", &mut problems);
        if from.is_none() && problems.at("from").is_none() {
            problems.add("from", "Nhập ngày bắt đầu.");
        }
        let to = day(&self.to, "to", &mut problems);
        problems.or(NewRole {
            unit_id: unit_id.unwrap_or(UnitId(0)),
            role: role.unwrap_or(Role::Officer),
            title: self.title.clone(),
            from: from.unwrap_or(today),
            to,
        })
    }
}

/// Title and last day of a role as typed.
#[derive(Debug, Clone, Default)]
pub struct ChangeInput {
    pub title: String,
    pub to: String,
    /// Given by mistake: it never holds.
    pub taken_back: bool,
}

impl ChangeInput {
    pub fn read(form: &FormData) -> ChangeInput {
        ChangeInput { title: form.line("title"), to: form.line("to"), taken_back: form.has("taken_back") }
    }

    /// `from` is the role's first day.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self, from: Option<NaiveDate>) -> Result<Change, Error> {
        let mut problems = Problems::default();
        check_title(&self.title, &mut problems);
        let mut to = day(&self.to, "to", &mut problems);
        if self.taken_back {
            to = from.and_then(|from| from.pred_opt());
        }
        problems.or(Change { title: self.title.clone(), to })
    }
}

fn check_title(title: &str, problems: &mut Problems) {
    if title.is_empty() || !PERSON.holds(title) {
        problems.add("title", format!("Nhập chức vụ, không quá {} ký tự.", PERSON.characters()));
    }
}

/// A day, or none where nothing was typed.
fn day(text: &str, field: &str, problems: &mut Problems) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    match parse_date(text) {
        Ok(day) => Some(day),
        Err(error) => {
            problems.add(field, error.to_string());
            None
        }
    }
}
