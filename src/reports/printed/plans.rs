//! How a paper names the plans it carries out: in full where it first does, shorter behind that. What is not on record yet is left
//! open in a sentence, where a clerk sees it and fills it in, and left out of a title.

use super::bases::about;
use crate::plans::Plan;
use crate::vietnamese::{document_number, long_date, short_date};

/// "Kế hoạch số 13/KH-UBND ngày 20 tháng 01 năm 2024 của UBND tỉnh Bắc Giang về …".
pub(super) fn plan_words(plan: &Plan) -> String {
    // What is not on record yet is left open, where a clerk sees it and fills it in.
    let number = number_of(plan);
    let words = format!("{} số {}", plan.kind_name(), if number.is_empty() { "…" } else { &number });
    let date = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => long_date(date),
        (None, Some(month)) if month < 3 => format!("ngày … tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!("ngày … tháng {month} năm {}", plan.issued_year),
        (None, None) => format!("ngày … tháng … năm {}", plan.issued_year),
    };
    format!("{words} {date} của {} {}", plan.issuer_short(), about(&plan.subject))
}

/// The same in a title, where what is not on record is left out: nobody fills in a title.
pub(super) fn plan_title(plan: &Plan) -> String {
    if !plan.number.is_empty() && plan.issued_on().is_some() {
        return plan_words(plan);
    }
    let number = if plan.number.is_empty() { String::new() } else { format!(" số {}", number_of(plan)) };
    let day = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => format!(" {}", long_date(date)),
        (None, Some(month)) if month < 3 => format!(" tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!(" tháng {month} năm {}", plan.issued_year),
        (None, None) => format!(" năm {}", plan.issued_year),
    };
    format!("{}{number}{day} của {} {}", plan.kind_name(), plan.issuer_short(), about(&plan.subject))
}

/// A plan as it is named again behind the opening: "Kế hoạch số 13/KH-UBND ngày 20/01/2024"; without a number by issuer and
/// year.
pub(super) fn named_again(plan: &Plan) -> String {
    if plan.number.is_empty() {
        format!("{} năm {} của {}", plan.kind_name(), plan.issued_year, plan.issuer_short())
    } else {
        let day = plan.issued_on().map(|day| format!(" ngày {}", short_date(day)));
        format!("{} số {}{}", plan.kind_name(), number_of(plan), day.unwrap_or_default())
    }
}

/// "08/KH-UBND".
fn number_of(plan: &Plan) -> String {
    document_number(&plan.number_text())
}

/// Whether a plan is for years before `year` by its own subject ("… năm 2024"): it is not what this report carries out.
pub(in crate::reports) fn is_past(plan: &Plan, year: i32) -> bool {
    let years = plan.subject.match_indices("năm ").filter_map(|(at, word)| {
        let rest = &plan.subject[at + word.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 4).then(|| digits.parse::<i32>().ok()).flatten()
    });
    years.max().is_some_and(|last| last < year)
}
