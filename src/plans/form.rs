//! What is typed about a plan, a clause and a legal basis, and what it means. Stands between the pages, which
//! keep every field as typed, and the verbs, which take only what was understood.

use chrono::NaiveDate;

use super::{BASIS_KINDS, LegalBasis, Plan};
use crate::db::ids::ClauseId;
use crate::error::{Error, Problems};
use crate::vietnamese;
use crate::vietnamese::limits::{LINE, LONG_LINE, SHORT_NAME, SIGN, TEXT};

/// The facts of a plan as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PlanForm {
    pub kind: String,
    pub number: String,
    pub symbol: String,
    pub place: String,
    pub day: String,
    pub month: String,
    pub year: String,
    pub issuer: String,
    pub superior: String,
    pub subject: String,
    pub short_name: String,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    pub valid_from: String,
    pub valid_to: String,
}

/// The facts of a plan as understood. The issuer's unit is looked up by the verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFacts {
    pub kind: String,
    pub number: String,
    pub symbol: String,
    pub place: String,
    pub year: i32,
    pub month: Option<i32>,
    pub day: Option<i32>,
    pub issuer: String,
    pub superior: String,
    pub subject: String,
    pub short_name: String,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl PlanForm {
    /// From the fields of a form; `line` gives a field on one line.
    pub fn read(line: impl Fn(&str) -> String) -> PlanForm {
        PlanForm {
            kind: line("kind"),
            number: line("number"),
            symbol: line("symbol"),
            place: line("place"),
            day: line("day"),
            month: line("month"),
            year: line("year"),
            issuer: line("issuer"),
            superior: line("superior"),
            subject: line("subject"),
            short_name: line("short_name"),
            signatory_capacity: line("signatory_capacity"),
            signatory_title: line("signatory_title"),
            signatory_name: line("signatory_name"),
            valid_from: line("valid_from"),
            valid_to: line("valid_to"),
        }
    }

    /// A stored plan, for editing.
    pub fn of(plan: &Plan) -> PlanForm {
        let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
        PlanForm {
            kind: plan.kind.clone(),
            number: plan.number.clone(),
            symbol: plan.symbol.clone(),
            place: plan.place.clone(),
            day: number(plan.issued_day),
            month: number(plan.issued_month),
            year: plan.issued_year.to_string(),
            issuer: plan.issuer.clone(),
            superior: plan.superior.clone(),
            subject: plan.subject.clone(),
            short_name: plan.short_name.clone(),
            signatory_capacity: plan.signatory_capacity.clone(),
            signatory_title: plan.signatory_title.clone(),
            signatory_name: plan.signatory_name.clone(),
            valid_from: typed(plan.valid_from),
            valid_to: typed(plan.valid_to),
        }
    }

    /// What is longer than its field takes.
    pub fn too_long(&self) -> Problems {
        let mut problems = Problems::default();
        for (field, name, text, limit) in [
            ("kind", "Loại văn bản", &self.kind, SIGN),
            ("number", "Số", &self.number, SIGN),
            ("symbol", "Ký hiệu", &self.symbol, SIGN),
            ("place", "Địa danh", &self.place, LINE),
            ("issuer", "Cơ quan ban hành", &self.issuer, LINE),
            ("superior", "Cơ quan chủ quản cấp trên", &self.superior, LINE),
            ("subject", "Trích yếu nội dung", &self.subject, LONG_LINE),
            ("short_name", "Tên gọi tắt", &self.short_name, SHORT_NAME),
            ("signatory_capacity", "Thẩm quyền ký", &self.signatory_capacity, LINE),
            ("signatory_title", "Chức vụ", &self.signatory_title, LINE),
            ("signatory_name", "Họ và tên", &self.signatory_name, LINE),
            ("day", "Ngày", &self.day, SIGN),
            ("month", "Tháng", &self.month, SIGN),
            ("year", "Năm", &self.year, SIGN),
            ("valid_from", "Ngày có hiệu lực", &self.valid_from, SIGN),
            ("valid_to", "Ngày cuối có hiệu lực", &self.valid_to, SIGN),
        ] {
            problems.add_fault(field, limit.fault(name, text));
        }
        problems
    }

    /// # Errors
    /// [`Error::Invalid`] with a message at each field to mend.
    pub fn parse(&self) -> Result<PlanFacts, Error> {
        let mut problems = Problems::default();
        if self.kind.is_empty() {
            problems.add("kind", "Chọn loại văn bản.");
        }
        if self.number.contains('/') {
            problems.add("number", "Chỉ nhập phần số, ví dụ 13; phần sau dấu gạch chéo nhập ở ô Ký hiệu.");
        }
        if self.symbol.starts_with('/') {
            problems.add("symbol", "Nhập ký hiệu không có dấu gạch chéo ở đầu, ví dụ KH-UBND.");
        }
        for (field, value, message) in [
            ("issuer", &self.issuer, "Nhập cơ quan ban hành."),
            ("subject", &self.subject, "Nhập trích yếu nội dung."),
            ("short_name", &self.short_name, "Nhập tên gọi tắt, dùng trong các danh sách."),
        ] {
            if value.is_empty() {
                problems.add(field, message);
            }
        }
        problems.0.extend(self.too_long().0);
        let year = self.year.parse::<i32>().ok().filter(|year| Plan::YEARS.contains(year));
        if year.is_none() {
            problems.add("year", "Nhập năm ban hành bằng bốn chữ số, ví dụ 2025.");
        }
        let month = part_of_date(&self.month, 12);
        let day = part_of_date(&self.day, 31);
        if month.is_err() {
            problems.add("month", "Tháng là số từ 1 đến 12; để trống nếu văn bản để trống.");
        }
        if day.is_err() {
            problems.add("day", "Ngày là số từ 1 đến 31; để trống nếu văn bản để trống.");
        }
        let (month, day) = (month.unwrap_or_default(), day.unwrap_or_default());
        match (year, month, day) {
            (_, None, Some(_)) if self.month.is_empty() => {
                problems.add("month", "Có ngày thì phải có tháng. Nhập tháng, hoặc để trống cả hai.");
            }
            (Some(year), Some(month), Some(day)) => {
                let date = NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs());
                if date.is_none() {
                    problems
                        .add("day", format!("Tháng {month} năm {year} không có ngày {day}. Kiểm tra lại."));
                }
            }
            _ => {}
        }
        let valid_from = date_or_blank(&mut problems, "valid_from", &self.valid_from);
        let valid_to = date_or_blank(&mut problems, "valid_to", &self.valid_to);
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            problems.add("valid_to", "Ngày cuối có hiệu lực phải từ ngày bắt đầu có hiệu lực trở đi.");
        }
        problems.or(PlanFacts {
            kind: self.kind.clone(),
            number: self.number.clone(),
            symbol: self.symbol.clone(),
            place: self.place.clone(),
            year: year.unwrap_or_default(),
            month,
            day,
            issuer: self.issuer.clone(),
            superior: self.superior.clone(),
            subject: self.subject.clone(),
            short_name: self.short_name.clone(),
            signatory_capacity: self.signatory_capacity.clone(),
            signatory_title: self.signatory_title.clone(),
            signatory_name: self.signatory_name.clone(),
            valid_from,
            valid_to,
        })
    }
}

/// A clause as typed. `body` keeps its line breaks.
#[derive(Debug, Clone, Default)]
pub struct ClauseForm {
    pub parent: String,
    pub label: String,
    pub title: String,
    pub body: String,
}

/// A clause as understood; whether the parent is one of the plan's is for the verb to say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ClauseFacts {
    pub parent: Option<ClauseId>,
    pub label: String,
    pub title: String,
    pub body: String,
}

impl ClauseForm {
    /// # Errors
    /// [`Error::Invalid`] with a message at each field to mend.
    pub fn parse(&self) -> Result<ClauseFacts, Error> {
        let mut problems = Problems::default();
        if self.label.is_empty() {
            problems.add("label", "Nhập số hoặc chữ của mục, ví dụ III hoặc 2 hoặc a.");
        } else if self.label.chars().count() > 20 {
            problems.add("label", "Số mục dài quá 20 ký tự. Phần chữ nhập ở ô Tiêu đề.");
        }
        if self.title.is_empty() && self.body.trim().is_empty() {
            problems.add("title", "Nhập tiêu đề hoặc nội dung của mục.");
        }
        problems.add_fault("title", LONG_LINE.fault("Tiêu đề", &self.title));
        problems.add_fault("body", TEXT.fault("Nội dung", &self.body));
        let parent = match self.parent.as_str() {
            "" => None,
            id => match id.parse() {
                Ok(id) => Some(id),
                Err(_) => {
                    problems.add("parent", "Chọn mục cấp trên trong danh sách.");
                    None
                }
            },
        };
        problems.or(ClauseFacts {
            parent,
            label: self.label.clone(),
            title: self.title.clone(),
            body: self.body.trim().to_owned(),
        })
    }
}

/// A legal basis not yet in the list, as typed.
#[derive(Debug, Clone, Default)]
pub struct BasisForm {
    pub kind: String,
    pub number: String,
    pub issued_on: String,
    pub issuer: String,
    pub subject: String,
    pub valid_from: String,
    pub valid_to: String,
}

/// A legal basis as understood.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BasisFacts {
    pub kind: String,
    pub number: String,
    pub issued_on: Option<NaiveDate>,
    pub issuer: String,
    pub subject: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl BasisForm {
    /// `Ok(None)` when nothing was typed: adding one is optional.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a message at each field to mend.
    pub fn parse(&self, known: &[LegalBasis]) -> Result<Option<BasisFacts>, Error> {
        let typed =
            [&self.number, &self.issued_on, &self.issuer, &self.subject, &self.valid_from, &self.valid_to];
        if typed.iter().all(|field| field.is_empty()) {
            return Ok(None);
        }
        let mut problems = Problems::default();
        for (field, value, message) in [
            ("basis_kind", &self.kind, "Chọn loại văn bản."),
            ("basis_number", &self.number, "Nhập số, ký hiệu, ví dụ 49/2020/NĐ-CP."),
            ("basis_issuer", &self.issuer, "Nhập cơ quan ban hành."),
            ("basis_subject", &self.subject, "Nhập trích yếu."),
        ] {
            if value.is_empty() {
                problems.add(field, message);
            }
        }
        if !self.kind.is_empty() && BASIS_KINDS.iter().all(|(code, _)| *code != self.kind) {
            problems.add("basis_kind", "Chọn loại văn bản trong danh sách.");
        }
        problems.add_fault("basis_number", SIGN.fault("Số, ký hiệu", &self.number));
        problems.add_fault("basis_issuer", LINE.fault("Cơ quan ban hành", &self.issuer));
        problems.add_fault("basis_subject", LONG_LINE.fault("Trích yếu", &self.subject));
        let issued_on = date_or_blank(&mut problems, "basis_issued_on", &self.issued_on);
        let valid_from = date_or_blank(&mut problems, "basis_valid_from", &self.valid_from);
        let valid_to = date_or_blank(&mut problems, "basis_valid_to", &self.valid_to);
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            problems.add("basis_valid_to", "Ngày cuối có hiệu lực phải từ ngày bắt đầu có hiệu lực trở đi.");
        }
        if let (Some(issued), Some(to)) = (issued_on, valid_to)
            && to < issued
        {
            problems.add("basis_valid_to", "Ngày cuối có hiệu lực không thể trước ngày ban hành.");
        }
        let same = |basis: &LegalBasis| {
            basis.number == self.number && basis.issuer == self.issuer && basis.issued_on == issued_on
        };
        if known.iter().any(same) {
            problems.add("basis_number", "Văn bản này đã có trong danh sách ở trên. Đánh dấu ở đó.");
        }
        problems.or(Some(BasisFacts {
            kind: self.kind.clone(),
            number: self.number.clone(),
            issued_on,
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            valid_from,
            valid_to,
        }))
    }
}

/// A date as it is shown in an input; "" when there is none.
pub fn typed(date: Option<NaiveDate>) -> String {
    date.map(vietnamese::short_date).unwrap_or_default()
}

/// A typed date that may be left blank.
pub fn date_or_blank(problems: &mut Problems, field: &str, text: &str) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    match vietnamese::parse_date(text) {
        Ok(date) => Some(date),
        Err(error) => {
            problems.add(field, error.to_string());
            None
        }
    }
}

/// A day or a month as typed: `Ok(None)` when blank.
fn part_of_date(text: &str, most: i32) -> Result<Option<i32>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<i32>() {
        Ok(number) if (1..=most).contains(&number) => Ok(Some(number)),
        _ => Err(()),
    }
}
