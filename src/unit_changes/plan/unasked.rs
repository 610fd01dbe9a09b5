//! Figures of open reports that end and that the reports going on do not ask: named before the event is confirmed, for
//! nobody would miss them afterwards.

use std::collections::HashSet;

use super::super::facts::{DutyRow, Facts, Line};
use super::super::{Event, Kind};
use super::{DutyMove, Fate, Plan};
use crate::db::ids::{FormId, IndicatorId};
use crate::periods::Standing;

/// Where what is no longer asked can be asked.
const HOW: &str = "Để các chỉ tiêu nêu trên vẫn được báo cáo: kỳ đang mở thì chọn báo cáo có chỉ tiêu đó chuyển sang đơn vị \
                   tiếp nhận và cho báo cáo kia kết thúc, hoặc hỏi thêm bằng một kỳ đột xuất; kỳ mở sau thì thêm chỉ tiêu \
                   vào biểu mẫu của đơn vị tiếp nhận ở trang Biểu mẫu.";

pub(super) fn unasked(event: &Event, facts: &Facts, plan: &mut Plan) {
    let ends = |moved: &&DutyMove| matches!(moved.fate, Fate::Draft(_) | Fate::End);
    let told: Vec<String> = plan
        .duties
        .iter()
        .filter(ends)
        .filter_map(|moved| words(event, facts, (plan.duties.as_slice(), plan.untouched.as_slice()), moved))
        .collect();
    if !told.is_empty() {
        plan.warnings.extend(told);
        plan.warnings.push(HOW.to_owned());
    }
    if event.kind == Kind::Transfer && !event.lines.is_empty() {
        plan.warnings.push(
            "Chỉ tiêu không đi theo chức năng: báo cáo của các đơn vị vẫn hỏi như trước. Muốn đơn vị nhận báo cáo các chỉ tiêu \
             của chức năng này, thêm chỉ tiêu vào biểu mẫu của đơn vị đó ở trang Biểu mẫu."
                .to_owned(),
        );
    }
}

/// What one report that ends asks and its successors do not; and of that, what no other unit of the period is asked.
fn words(
    event: &Event,
    facts: &Facts,
    (moves, untouched): (&[DutyMove], &[DutyRow]),
    moved: &DutyMove,
) -> Option<String> {
    let duty = &moved.duty;
    let heirs = event.heirs(duty.unit_id);
    let same = |other: &DutyRow| other.period_id == duty.period_id && other.part == duty.part;
    let own = heirs
        .iter()
        .filter_map(|heir| facts.duty_of(*heir, duty.period_id, &duty.part))
        .filter(|heir| heir.standing() != Standing::Ended);
    let passed = moves.iter().filter(|other| same(&other.duty)).filter(|other| match other.fate {
        Fate::Pass(body) => heirs.contains(&body),
        _ => false,
    });
    let going_on: Vec<FormId> =
        own.map(|heir| heir.form_id).chain(passed.map(|other| other.duty.form_id)).collect();
    let lost = left_out(facts, duty.form_id, &going_on);
    if lost.is_empty() {
        return None;
    }
    let mut everywhere = going_on.clone();
    everywhere.extend(
        facts
            .asked_of
            .iter()
            .filter(|(period, unit, _)| *period == duty.period_id && !event.ends(*unit))
            .map(|(.., form)| *form),
    );
    let stays = |other: &&DutyMove| matches!(other.fate, Fate::Stay | Fate::Pass(_));
    everywhere.extend(moves.iter().filter(stays).filter(|o| same(&o.duty)).map(|o| o.duty.form_id));
    everywhere.extend(untouched.iter().filter(|other| same(other)).map(|other| other.form_id));
    let nobody = left_out(facts, duty.form_id, &everywhere);
    let name = facts.name(duty.unit_id, event.eve());
    let missing =
        |lines: &[&Line]| lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>().join("; ");
    let alone = match nobody.is_empty() {
        true => String::new(),
        false => format!(" Trong kỳ này không còn đơn vị nào được hỏi: {}.", missing(&nobody)),
    };
    if going_on.is_empty() {
        // Nobody takes it over: what others are asked too goes on.
        return (!nobody.is_empty()).then(|| format!("{}: báo cáo của {name} kết thúc.{alone}", duty.period));
    }
    let kept = match moved.fate {
        Fate::Draft(_) => " Số đã nhập ở các chỉ tiêu này được giữ lại nhưng không gửi đi.",
        _ => "",
    };
    Some(format!(
        "{}: {name} báo cáo {} mà biểu mẫu của đơn vị tiếp nhận không hỏi; sau sắp xếp các chỉ tiêu này không còn đơn vị nào \
         trong sự kiện báo cáo.{kept}{alone}",
        duty.period,
        missing(&lost)
    ))
}

/// What a form asks.
fn lines(facts: &Facts, form: FormId) -> &[Line] {
    facts.asked.get(&form).map(Vec::as_slice).unwrap_or_default()
}

/// The lines of a form that none of others asks. A figure that counts is asked only where it counts.
fn left_out<'a>(facts: &'a Facts, form: FormId, others: &[FormId]) -> Vec<&'a Line> {
    let all: Vec<&Line> = others.iter().flat_map(|other| lines(facts, *other)).collect();
    let asked: HashSet<IndicatorId> = all.iter().map(|line| line.indicator).collect();
    let counted: HashSet<IndicatorId> =
        all.iter().filter(|line| line.counts).map(|line| line.indicator).collect();
    let is_asked = |line: &Line| {
        let by = if line.counts { &counted } else { &asked };
        by.contains(&line.indicator)
    };
    lines(facts, form).iter().filter(|line| !is_asked(line)).collect()
}
