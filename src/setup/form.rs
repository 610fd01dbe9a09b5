//! What was typed at the first two steps, on its way to answers; problems at their fields.

use chrono::NaiveDate;

use super::answers::{Administrator, ProvinceAnswer};
use crate::error::{Error, Problems};
use crate::people::{accounts, password};
use crate::standard::provinces;
use crate::vietnamese::limits::{LINE, SIGN, UNIT_NAME};
use crate::web::FormData;

/// The administrator as typed, the passwords apart: they are never shown again.
#[derive(Debug, Clone, Default)]
pub struct AdministratorInput {
    pub full_name: String,
    pub title: String,
    pub username: String,
    pub compiles: bool,
    /// A password was kept at an earlier visit; both fields blank keep it.
    pub has_password: bool,
}

impl AdministratorInput {
    /// As kept at an earlier visit, or as proposed.
    pub fn kept(answer: Option<&Administrator>) -> AdministratorInput {
        match answer {
            Some(kept) => AdministratorInput {
                full_name: kept.full_name.clone(),
                title: kept.title.clone(),
                username: kept.username.clone(),
                compiles: kept.compiles,
                has_password: true,
            },
            None => AdministratorInput {
                title: "Cán bộ quản trị hệ thống".into(),
                compiles: true,
                ..AdministratorInput::default()
            },
        }
    }

    pub fn read(form: &FormData, has_password: bool) -> AdministratorInput {
        AdministratorInput {
            full_name: form.line("full_name"),
            title: form.line("title"),
            username: form.line("username").to_lowercase(),
            compiles: form.has("compiles"),
            has_password,
        }
    }

    /// The new password, or none to keep the earlier one.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn check(&self, new: &str, again: &str) -> Result<Option<String>, Error> {
        let mut problems = Problems::default();
        if self.full_name.is_empty() {
            problems.add("full_name", "Nhập họ và tên.");
        }
        if self.title.is_empty() {
            problems.add("title", "Nhập chức vụ, ví dụ Cán bộ quản trị hệ thống.");
        }
        problems.add_fault("full_name", LINE.fault("Họ và tên", &self.full_name));
        problems.add_fault("title", LINE.fault("Chức vụ", &self.title));
        problems.add_fault("username", SIGN.fault("Tên đăng nhập", &self.username));
        if let Some(message) = accounts::username_fault(&self.username) {
            problems.add("username", message);
        }
        let keeps = self.has_password && new.is_empty() && again.is_empty();
        if !keeps {
            if let Some(weak) = password::weakness(new, &self.username) {
                problems.add("new", weak);
            }
            if new != again {
                problems.add("again", "Hai lần nhập mật khẩu chưa giống nhau.");
            }
        }
        problems.or((!keeps).then(|| new.to_owned()))
    }
}

/// The province as typed.
#[derive(Debug, Clone, Default)]
pub struct ProvinceInput {
    pub code: String,
    /// `auto`, `province` or `city`.
    pub kind: String,
    /// Blank: "Công an" and the province's name.
    pub agency: String,
}

impl ProvinceInput {
    /// As kept at an earlier visit, or blank.
    pub fn kept(answer: Option<&ProvinceAnswer>) -> ProvinceInput {
        match answer {
            Some(kept) => ProvinceInput {
                code: kept.code.clone(),
                kind: if kept.city { "city" } else { "province" }.into(),
                agency: kept.agency.clone(),
            },
            None => ProvinceInput { kind: "auto".into(), ..ProvinceInput::default() },
        }
    }

    pub fn read(form: &FormData) -> ProvinceInput {
        ProvinceInput { code: form.line("code"), kind: form.line("kind"), agency: form.line("agency") }
    }

    /// The answer; the kind by the list of provinces on `today` where it was left to it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend.
    pub fn parse(&self, today: NaiveDate) -> Result<ProvinceAnswer, Error> {
        let mut problems = Problems::default();
        let Some(province) = provinces::find(&self.code)? else {
            problems.add("code", "Chọn tỉnh, thành phố trong danh sách.");
            return Err(Error::Invalid(problems));
        };
        let city = match self.kind.as_str() {
            "city" => true,
            "province" => false,
            _ => province.is_city_on(today),
        };
        let mut agency = self.agency.clone();
        if agency.is_empty() {
            agency = format!("Công an {}", province.naming(city).full());
        }
        problems.add_fault("agency", UNIT_NAME.fault("Tên đơn vị", &agency));
        problems.or(ProvinceAnswer { code: province.code, city, agency })
    }
}
