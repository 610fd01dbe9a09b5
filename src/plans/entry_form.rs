//! What is typed about work done, and what it means. The long form of a task's page and the one-line form of
//! the first page are read by the same rules.

use chrono::NaiveDate;

use crate::db::ids::{IndicatorId, UnitId};
use crate::error::{Error, Problems};
use crate::evidence::Platform;
use crate::lists::completed;
use crate::reports::TypedReach;
use crate::reports::link_key::link_key;
use crate::vietnamese::limits::{LINE, LINK, PARAGRAPH, SIGN, too_large};
use crate::vietnamese::{self, NumberError, Qualifier};

/// Work done, as typed. `done_on` blank means today.
#[derive(Debug, Clone, Default)]
pub struct EntryForm {
    pub unit: String,
    pub done_on: String,
    pub text: String,
    pub quantity: String,
    pub measure_unit: String,
    /// The id of the indicator the quantity counts toward; blank for none.
    pub indicator: String,
    /// What the page had chosen beforehand.
    pub proposed: String,
    pub link: String,
    /// The code of a platform; blank to have it told by the address.
    pub platform: String,
    pub link_title: String,
    pub reach: String,
}

/// Work done, as understood. Whether the day lies within the plan's time is for the verb to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFacts {
    /// Under which of their units the person notes it; none when they have but one.
    pub unit: Option<UnitId>,
    pub done_on: NaiveDate,
    pub text: String,
    pub quantity: Option<i64>,
    pub measure_unit: String,
    /// What the quantity counts toward; whether it is asked of the unit is for the verb to say.
    pub indicator: Option<IndicatorId>,
    /// The page had chosen it beforehand: nobody need have meant it.
    pub proposed: bool,
    /// "" or an http(s) address.
    pub link: String,
    /// Where the post behind the link stands; none without a link, or where nobody knows.
    pub platform: Option<Platform>,
    pub link_title: String,
    /// How many it reached, as its platform counts.
    pub reach: Option<i64>,
}

impl EntryFacts {
    /// The one spelling of the link by which the same post is recognised; "" without one.
    pub fn url_key(&self) -> String {
        if self.link.is_empty() { String::new() } else { link_key(&self.link) }
    }

    /// The stored code of the platform.
    pub fn platform_code(&self) -> &'static str {
        self.platform.map_or("", Platform::code)
    }
}

impl EntryForm {
    /// From the fields of a form; `get` gives a field as typed.
    pub fn read(get: impl Fn(&str) -> String) -> EntryForm {
        let line = |name: &str| vietnamese::clean_line(&get(name));
        EntryForm {
            unit: line("unit"),
            done_on: line("done_on"),
            text: get("text"),
            quantity: line("quantity"),
            measure_unit: line("measure_unit"),
            indicator: line("indicator"),
            proposed: line("proposed"),
            link: completed(&line("link")),
            platform: line("platform"),
            link_title: line("link_title"),
            reach: line("reach"),
        }
    }

    /// Takes the first address of the text for the link, where none was typed; gives back how many others the text has, which an entry
    /// has no place for.
    pub fn take_link(&mut self) -> usize {
        if !self.link.is_empty() {
            return 0;
        }
        let mut found = addresses(&self.text);
        if found.is_empty() {
            return 0;
        }
        self.link = found.remove(0);
        found.len()
    }

    /// # Errors
    /// [`Error::Invalid`] with a message at each field to mend.
    pub fn parse(&self, today: NaiveDate) -> Result<EntryFacts, Error> {
        let mut problems = Problems::default();
        let done_on = match self.done_on.as_str() {
            "" => today,
            typed => vietnamese::parse_past_date(typed, today).unwrap_or_else(|error| {
                problems.add("done_on", error.to_string());
                today
            }),
        };
        if done_on > today {
            problems.add("done_on", "Ngày thực hiện chưa đến. Chỉ ghi công việc đã làm xong, đến hôm nay.");
        }
        let text = self.text.trim().to_owned();
        if text.is_empty() {
            problems.add("text", "Nhập công việc đã thực hiện.");
        }
        problems.add_fault("text", PARAGRAPH.fault("Nội dung", &text));
        problems.add_fault("measure_unit", SIGN.fault("Đơn vị tính", &self.measure_unit));
        problems.add_fault("link", LINK.fault("Đường dẫn", &self.link));
        let quantity = match vietnamese::parse_scaled(&self.quantity, 0) {
            Ok(Some(parsed)) if parsed.qualifier != Qualifier::Exact || parsed.estimate => {
                problems.add("quantity", "Nhập số đúng đã làm, không kèm ước, gần, hơn.");
                None
            }
            Ok(parsed) => {
                problems.add_fault("quantity", parsed.and_then(|p| too_large(p.value)));
                parsed.map(|p| p.value)
            }
            Err(error) => {
                problems.add("quantity", unread(&error));
                None
            }
        };
        let indicator = match self.indicator.as_str() {
            "" => None,
            id => id.parse().map_err(|_| problems.add("indicator", super::counted::NOT_OFFERED)).ok(),
        };
        if quantity.is_some() && self.measure_unit.is_empty() && indicator.is_none() {
            problems.add("measure_unit", "Nhập đơn vị tính của số lượng, ví dụ tin, bài hoặc buổi.");
        }
        if !self.link.is_empty() && !is_web_address(&self.link) {
            problems.add("link", "Đường dẫn phải bắt đầu bằng http:// hoặc https:// và không có dấu cách.");
        }
        problems.add_fault("link_title", LINE.fault("Tiêu đề bài", &self.link_title));
        let reach = TypedReach::read(&self.reach);
        if let Some(message) = reach.problem() {
            problems.add("reach", message);
        }
        problems.add_fault("reach", reach.count.and_then(too_large));
        let platform = match self.platform.as_str() {
            "" => Platform::of_address(&self.link),
            code => Platform::from_code(code).or_else(|| {
                problems.add("platform", "Chọn nền tảng trong danh sách.");
                None
            }),
        };
        let unit = match self.unit.as_str() {
            "" => None,
            id => match id.parse() {
                Ok(id) => Some(id),
                Err(_) => {
                    problems.add("unit", "Chọn một đơn vị đang giữ nhiệm vụ này.");
                    None
                }
            },
        };
        problems.or(EntryFacts {
            unit,
            done_on,
            text,
            quantity,
            measure_unit: if quantity.is_some() { self.measure_unit.clone() } else { String::new() },
            indicator: indicator.filter(|_| quantity.is_some()),
            proposed: self.indicator == self.proposed,
            link: self.link.clone(),
            platform: platform.filter(|_| !self.link.is_empty()),
            link_title: if self.link.is_empty() { String::new() } else { self.link_title.clone() },
            reach: reach.count.filter(|_| !self.link.is_empty()),
        })
    }
}

/// The addresses in a text, each post once, in its order.
fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let begin = ["https://", "http://", "www."].iter().filter_map(|begin| word.find(begin)).min();
        let word = word[begin.unwrap_or_default()..].trim_matches(['(', '[', '<', '"', '“', '”', '«', '»']);
        let address =
            completed(word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '”']));
        let known = |other: &String| link_key(other) == link_key(&address);
        if is_web_address(&address) && LINK.holds(&address) && !found.iter().any(known) {
            found.push(address);
        }
    }
    found
}

/// Why a quantity was refused, in the words of this form, which has no indicators and no notes.
fn unread(error: &NumberError) -> String {
    match error {
        NumberError::Word(_) | NumberError::Unreadable(_) => {
            "Nhập số lượng bằng chữ số, ví dụ 12; đơn vị tính ghi ở ô bên cạnh, lời giải thích ghi ở ô Đã làm gì."
                .to_owned()
        }
        NumberError::TooManyDecimals { .. } => "Số lượng là số nguyên. Bỏ phần thập phân rồi nhập lại.".to_owned(),
        NumberError::Negative => "Số lượng không nhận số âm. Bỏ dấu trừ.".to_owned(),
        other => other.to_string(),
    }
}

/// Whether an address can be shown as a link: nothing but http and https ever becomes one.
fn is_web_address(link: &str) -> bool {
    let lower = link.to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && !link.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'))
}
