//! A duty as the review shows it: its cycle and due words, who owes it, what is opened, the regime and form it becomes.

use super::Desk;
use super::review::{Mark, SHOWN, faults_of};
use crate::periods::NewPeriod;
use crate::plan_adoption::draft::DutyItem;
use crate::plan_adoption::joined::{Joined, joined};
use crate::plan_adoption::regimes_made::{self, RegimeMade};
use crate::plan_adoption::windows;
use crate::plans::shortened;

pub(super) struct DutyView {
    pub item: DutyItem,
    pub text: String,
    pub cycle: String,
    pub due: String,
    pub who: String,
    /// What is opened, or what comes next.
    pub next: String,
    pub regime: String,
    pub mark: Mark,
    pub faults: Vec<String>,
}

/// A duty's cycle and due words: "Năm", "trước ngày 15/11 hằng năm".
pub(super) fn said(item: &DutyItem) -> (String, String) {
    let plans = regimes_made::plans(item, crate::calendar::Preset::Nd09).unwrap_or_default();
    let rows: Vec<_> = plans.iter().map(crate::regimes::CyclePlan::row).collect();
    let cycle = match item.cycle.as_str() {
        "" => "chưa nêu chu kỳ".to_owned(),
        "quarter" => "Hằng quý".to_owned(),
        "month" => "Hằng tháng".to_owned(),
        _ => rows.first().map(crate::periods::RegimeCycle::name).unwrap_or_else(|| "chưa rõ".to_owned()),
    };
    let due = match (item.rule.as_str(), item.cycle.as_str()) {
        ("hours" | "days" | "working_days", "adhoc") => regimes_made::within_words(item).unwrap_or_default(),
        ("before", "once") => format!("trước ngày {}", item.when),
        ("by", "once") => format!("chậm nhất ngày {}", item.when),
        ("before", _) if !item.only_on.is_empty() => format!("trước ngày {}", item.only_on),
        ("by", _) if !item.only_on.is_empty() => format!("chậm nhất ngày {}", item.only_on),
        ("before", "quarter" | "month") => format!("trước ngày {} của tháng cuối kỳ", item.when),
        ("by", "quarter" | "month") => format!("chậm nhất ngày {} của tháng cuối kỳ", item.when),
        _ => rows.first().map(crate::periods::RegimeCycle::due_words).unwrap_or_default(),
    };
    (cycle, due)
}

pub(super) fn duty_view(desk: &Desk, item: &DutyItem) -> DutyView {
    let made = desk.outcome.regimes.iter().find(|regime| regime.duties.contains(&item.key));
    let (cycle, due) = said(item);
    DutyView {
        text: shortened(&item.text, SHOWN),
        cycle,
        due,
        who: who(desk, made),
        next: made.map(|made| next(desk, made, item)).unwrap_or_default(),
        regime: regime(desk, item),
        mark: Mark::of(item.sure, &item.lines),
        faults: faults_of(&desk.outcome, &format!("duty-{}", item.key)),
        item: item.clone(),
    }
}

/// "Sở, cơ quan chuyên môn … (18 đơn vị); …": who would report today.
pub(super) fn who(desk: &Desk, made: Option<&RegimeMade>) -> String {
    let Some(made) = made else { return String::new() };
    let mut words: Vec<String> = Vec::new();
    for kind in &made.charter.kinds {
        let of: Vec<&str> = desk
            .ground
            .on(made.day)
            .iter()
            .filter(|unit| unit.kind_code == *kind && made.units.contains(&unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        words.push(match of.as_slice() {
            few if few.len() <= 3 => few.join(", "),
            many => format!("{} ({} đơn vị)", desk.ground.kind_name(kind), many.len()),
        });
    }
    words.join("; ")
}

/// What becomes of the first period. Where the last page is named, it has a field or a tick for it.
fn next(desk: &Desk, made: &RegimeMade, item: &DutyItem) -> String {
    let is_of = |period: &&NewPeriod| {
        let plans = regimes_made::plans(item, crate::calendar::Preset::Nd09).unwrap_or_default();
        plans.iter().any(|plan| plan.cycle == period.cycle)
    };
    let ahead = made.ahead.iter().find(|(key, _)| *key == item.key).map(|(_, period)| period);
    if let Some(period) = made.periods.iter().find(is_of) {
        return format!("mở ngay kỳ “{}”, {}", period.label, period.due.text());
    }
    if let Some(period) = ahead {
        let past = period.due.last_day().is_some_and(|day| day < desk.ground.today);
        let state = if past { "đã quá hạn, " } else { "" };
        let due = period.due.text();
        return format!(
            "chưa mở kỳ; kỳ tới “{}”, {due}, {state}chọn ở trang Xem trước khi lập kế hoạch",
            period.label
        );
    }
    if item.cycle == "adhoc" {
        return "mở kỳ khi có yêu cầu hoặc có việc xảy ra".to_owned();
    }
    if let Some(regime) = made.existing {
        return match joined(item, regime, "", &desk.ground) {
            Joined::Opened(label) => format!("chế độ đã mở kỳ “{label}”"),
            _ => "không mở kỳ ở đây: mở kỳ ở trang của chế độ đã có".to_owned(),
        };
    }
    let all: Vec<&DutyItem> =
        desk.draft.duties.iter().filter(|duty| made.duties.contains(&duty.key)).collect();
    match windows::first_of_undated(item, &all, &desk.ground) {
        Some(_) => {
            "chưa mở kỳ nào: chưa ấn định ngày, nhập hạn ở trang Xem trước khi lập kế hoạch".to_owned()
        }
        None => "chưa mở kỳ nào: mở kỳ ở trang của chế độ sau khi lập kế hoạch".to_owned(),
    }
}

fn regime(desk: &Desk, item: &DutyItem) -> String {
    match item.regime.split_once(':') {
        Some(("with", _)) => "cùng chế độ với nghĩa vụ trên".to_owned(),
        Some(("regime", id)) => {
            let known = desk.ground.regimes.iter().find(|(known, _)| known.to_string() == id);
            format!("theo chế độ đã có “{}”", known.map_or("", |(_, name)| name.as_str()))
        }
        _ if item.what == "document" => format!("lập chế độ “{}”, gửi văn bản, không có biểu mẫu", item.name),
        _ if item.plain => format!("lập chế độ “{}”, báo cáo bằng lời, không có chỉ tiêu", item.name),
        _ => format!("lập chế độ “{}”, biểu mẫu tái hòa nhập cộng đồng", item.name),
    }
}
