//! Decisions about one obligation: nil by the unit; exemption, extension and unlocking by who collects.
//! Each is a rule, an append-only row, a guarded update and an audit row, in one write.

use chrono::{Months, NaiveDate};
use serde_json::json;

pub use super::decision::{Decision, due_words, words};
use super::queries::{self, NewDecision, Typed};
use super::{Duty, Earlier, ExtensionWord, Period, Regime, Standing, lock_day};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{DueDates, Moment};
use crate::db::Conn;
use crate::db::ids::ObligationId;
use crate::error::{Error, Problems};
use crate::reports::ReportState;
use crate::units;
use crate::vietnamese::limits::PARAGRAPH;
use crate::vietnamese::short_date;

/// How far ahead a date can be moved or a lock opened: the same day of the next year.
pub(crate) fn a_year_after(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX)
}

/// An obligation with everything a decision about it asks.
#[derive(Debug, Clone)]
pub struct Case {
    pub duty: Duty,
    pub period: Period,
    pub regime: Regime,
    pub dates: DueDates,
    pub unlocked_until: Option<NaiveDate>,
    /// The unit's request for an extension that waits for an answer.
    pub request: Option<ExtensionWord>,
    /// What stands in the open draft of its report.
    pub typed: Typed,
    /// Reports of the unit for the same regime and year that were sent with figures, in words.
    pub figured: Vec<String>,
    /// What the unit reported for the period before and for the same one of last year.
    pub earlier: Vec<Earlier>,
    /// What the unit sent for parts of this period.
    pub parts: Vec<Earlier>,
}

impl Case {
    /// Loads the obligation within the actor's scope. Twelve queries.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a foreign one too.
    pub fn load(conn: &mut Conn, actor: &Actor, id: ObligationId) -> Result<Case, Error> {
        let (duty, period, regime) = queries::duty(conn, &actor.scope(), id)?;
        let holidays = queries::holidays(conn)?;
        let unlocked_until = queries::unlocked_until(conn, id)?;
        let dates = DueDates::new(&duty.rule(), regime.rolling, duty.obligation.extended_to, &holidays);
        let request = queries::last_extensions(conn, &[id])?
            .remove(&id)
            .filter(|word| word.waits() && duty.waits_for_extension());
        let typed = queries::typed(conn, duty.report.id)?;
        let figured = queries::figured(conn, &duty, &period)?;
        let earlier = queries::earlier(conn, &[(&duty, &period)])?.remove(&id).unwrap_or_default();
        let parts = queries::parts(conn, &[(&duty, &period)])?.remove(&id).unwrap_or_default();
        Ok(Case { duty, period, regime, dates, unlocked_until, request, typed, figured, earlier, parts })
    }

    /// Whether the unit goes by another day than the document's: that of the body it reports through, or one of its own.
    pub fn has_own_due(&self) -> bool {
        self.duty.rule() != self.period.due()
    }

    /// The last day on which this unit may still change its report; none: never locked.
    pub fn lock_day(&self) -> Option<NaiveDate> {
        lock_day(self.period.lock_on, self.duty.obligation.extended_to, self.unlocked_until)
    }

    /// Whether this unit's lock falls on another day than the period's.
    pub fn has_own_lock(&self) -> bool {
        self.lock_day() != self.period.lock_on
    }

    /// Whether the unit may change nothing any more.
    pub fn is_locked(&self, today: NaiveDate) -> bool {
        self.lock_day().is_some_and(|day| day < today)
    }

    /// The membership under which the actor may take the decision.
    ///
    /// # Errors
    /// [`Error::Forbidden`] saying who may.
    pub fn membership<'a>(&self, actor: &'a Actor, decision: &Decision) -> Result<&'a Membership, Error> {
        let obligation = &self.duty.obligation;
        match decision {
            Decision::Nil { .. } | Decision::NilWithdrawn => {
                actor.for_unit(obligation.unit_id, Action::DeclareNil).ok_or_else(|| {
                    Error::Forbidden(
                        "Chỉ cán bộ đầu mối hoặc lãnh đạo của đơn vị phải gửi báo cáo được khai không phát sinh."
                            .into(),
                    )
                })
            }
            Decision::AskExtension { .. } => {
                actor.for_unit(obligation.unit_id, Action::EditDraft).ok_or_else(|| {
                    Error::Forbidden(
                        "Chỉ cán bộ đầu mối hoặc lãnh đạo của đơn vị phải gửi báo cáo được đề nghị gia hạn."
                            .into(),
                    )
                })
            }
            _ => actor
                .for_unit(obligation.collector_id, Action::Compile)
                .or_else(|| actor.for_unit(self.regime.collector_id, Action::Compile))
                .ok_or_else(|| {
                    Error::Forbidden(
                        "Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được miễn, gia hạn hoặc mở khóa.".into(),
                    )
                }),
        }
    }

    /// Whether the decision can be taken as things stand on `today`.
    ///
    /// # Errors
    /// [`Error::Refused`] when the state forbids it, [`Error::Invalid`] when a field is to be mended.
    pub fn check(&self, decision: &Decision, today: NaiveDate) -> Result<(), Error> {
        let refuse = |why: &str| Err(Error::Refused(why.to_owned()));
        let (standing, report) = (self.duty.standing(), &self.duty.report);
        let sent = report.first_sent_at.is_some();
        match decision {
            Decision::Nil { .. } | Decision::NilWithdrawn if self.is_locked(today) => {
                return refuse("Kỳ báo cáo đã khóa số liệu. Đề nghị đơn vị nhận báo cáo mở khóa trước.");
            }
            Decision::Nil { .. } if self.duty.is_consolidated() => {
                return refuse("Báo cáo tổng hợp không khai không phát sinh; từng đơn vị cấp dưới tự khai.");
            }
            // Who reports through this body would stand in no denominator any more.
            Decision::Exempt { .. } if self.duty.is_consolidated() => {
                return refuse(
                    "Báo cáo tổng hợp không được miễn: các đơn vị cấp dưới vẫn báo cáo qua đơn vị này. Miễn từng đơn vị, hoặc đổi \
                     tuyến báo cáo của các đơn vị đó.",
                );
            }
            Decision::Nil { .. } if sent => {
                return refuse("Đơn vị đã gửi báo cáo kỳ này nên không thể khai không phát sinh.");
            }
            Decision::Nil { .. } if self.duty.state() == ReportState::WithLeader => {
                return refuse("Báo cáo đang chờ lãnh đạo. Rút lại trước khi khai không phát sinh.");
            }
            Decision::NilWithdrawn | Decision::NilReturned { .. } if standing != Standing::Nil => {
                return refuse("Đơn vị không khai không phát sinh cho kỳ này.");
            }
            Decision::ExemptWithdrawn { .. } if standing != Standing::Exempt => {
                return refuse("Đơn vị không được miễn báo cáo kỳ này.");
            }
            Decision::Nil { .. }
            | Decision::Exempt { .. }
            | Decision::Extend { .. }
            | Decision::AskExtension { .. }
                if standing != Standing::Owed =>
            {
                return Err(Error::Refused(format!(
                    "Đơn vị không còn phải gửi báo cáo kỳ này: {}.",
                    self.duty.progress().words().to_lowercase()
                )));
            }
            // A year holds its half: what happened then happened in the year.
            Decision::Nil { .. } if !self.parts.is_empty() => {
                return Err(Error::Refused(self.parts_words()));
            }
            Decision::Exempt { .. } if sent => {
                return refuse("Đơn vị đã gửi báo cáo kỳ này nên không cần miễn.");
            }
            Decision::Extend { .. } | Decision::AskExtension { .. } if sent => {
                return refuse("Đơn vị đã gửi báo cáo kỳ này nên không cần gia hạn.");
            }
            Decision::Extend { .. } | Decision::AskExtension { .. } if self.dates.effective.is_none() => {
                return refuse("Kỳ này chưa ấn định thời hạn gửi nên không có gì để gia hạn.");
            }
            Decision::AskExtension { .. } if self.request.is_some() => {
                return refuse("Đơn vị đã đề nghị gia hạn và đang chờ trả lời.");
            }
            Decision::RefuseExtension { .. } if self.request.is_none() => {
                return refuse("Đơn vị không có đề nghị gia hạn nào đang chờ trả lời.");
            }
            Decision::Unlock { .. } if self.period.lock_on.is_none() => {
                return refuse("Kỳ này không có ngày khóa số liệu.");
            }
            _ => {}
        }
        self.fields(decision, today).or(())
    }

    /// What is to be mended at the fields of the form.
    fn fields(&self, decision: &Decision, today: NaiveDate) -> Problems {
        let mut problems = Problems::default();
        if let Decision::Nil { aware: false, .. } = decision
            && !self.doubts(today).is_empty()
        {
            problems.add("aware", "Đọc các điều lưu ý, rồi đánh dấu nếu vẫn khai không phát sinh cả kỳ.");
        }
        match decision {
            Decision::Nil { drop, .. } if !self.typed.is_blank() && !drop => {
                let message = format!(
                    "Bản đang soạn đã nhập {}. Đánh dấu xác nhận không gửi nội dung này.",
                    self.typed.words()
                );
                problems.add("drop", message);
            }
            Decision::Extend { until, .. } => {
                if *until < today {
                    problems.add("until", "Ngày gia hạn đã qua. Nhập từ hôm nay trở đi.");
                } else if let Some(due) = self.dates.deadline()
                    && *until <= due
                {
                    // A second extension never takes back what the first one gave.
                    let what = if self.dates.extended.is_some() {
                        "hạn đã gia hạn"
                    } else {
                        "thời hạn gửi"
                    };
                    problems.add("until", format!("Ngày gia hạn phải sau {what} ({}).", short_date(due)));
                }
            }
            Decision::NilReturned { until, .. } => {
                if *until < today {
                    problems.add("until", "Ngày này đã qua. Nhập từ hôm nay trở đi.");
                } else if let Some(due) = self.dates.deadline().filter(|due| until < due) {
                    let message =
                        format!("Thời hạn gửi đến hết ngày {}: nhập từ ngày đó trở đi.", short_date(due));
                    problems.add("until", message);
                }
            }
            Decision::AskExtension { until, .. } => {
                if *until < today {
                    problems.add("until", "Ngày đề nghị đã qua. Nhập từ hôm nay trở đi.");
                } else if let Some(due) = self.dates.deadline()
                    && *until <= due
                {
                    let message = format!("Ngày đề nghị phải sau thời hạn hiện nay ({}).", short_date(due));
                    problems.add("until", message);
                }
            }
            Decision::Unlock { until, .. } => {
                if *until < today {
                    problems.add("until", "Ngày mở khóa đến đã qua. Nhập từ hôm nay trở đi.");
                } else if let Some(lock) = self.lock_day()
                    && *until <= lock
                {
                    let message = format!("Đơn vị này chưa bị khóa trước ngày {}.", short_date(lock));
                    problems.add("until", message);
                }
            }
            _ => {}
        }
        // What could not be read is said by whoever read it.
        let latest = a_year_after(today);
        if let Some(day) = decision.until().filter(|day| *day > latest && *day < NaiveDate::MAX) {
            let message =
                format!("Ngày {} xa quá một năm. Nhập ngày đến {}.", short_date(day), short_date(latest));
            problems.add("until", message);
        }
        if decision.reason().is_some_and(|reason| reason.trim().is_empty()) {
            problems.add("reason", "Nhập lý do; lý do được lưu và đơn vị đọc được.");
        }
        let (field, name) = match decision {
            Decision::Nil { .. } => ("consent", "Ý kiến của lãnh đạo"),
            _ => ("reason", "Lý do"),
        };
        problems.add_fault(field, PARAGRAPH.fault(name, decision.said()));
        problems
    }
}

/// Takes a decision about an obligation. `seen_version` is the version the person had before them.
///
/// # Errors
/// [`Error::NotFound`] for a foreign obligation, [`Error::Forbidden`] for another role, [`Error::Refused`] and
/// [`Error::Invalid`] as [`Case::check`], [`Error::Conflict`] when somebody was faster.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    id: ObligationId,
    seen_version: i32,
    decision: &Decision,
    moment: Moment,
) -> Result<Case, Error> {
    let case = Case::load(conn, actor, id)?;
    let membership = case.membership(actor, decision)?;
    if seen_version != case.duty.obligation.version {
        return Err(faster());
    }
    let mut problems = match case.check(decision, moment.today) {
        Err(Error::Invalid(problems)) => problems,
        other => other.map(|()| Problems::default())?,
    };
    if let Decision::Nil { consent, .. } = decision
        && case.wants_consent(membership, moment.today)
        && consent.trim().is_empty()
    {
        problems.add(
            "consent",
            "Nhập số, ngày văn bản hoặc ý kiến của lãnh đạo đơn vị đồng ý khai không phát sinh.",
        );
    }
    problems.or(())?;
    let before = &case.duty.obligation;
    let standing = match decision {
        Decision::Nil { .. } => Standing::Nil,
        Decision::Exempt { .. } => Standing::Exempt,
        Decision::NilWithdrawn | Decision::NilReturned { .. } | Decision::ExemptWithdrawn { .. } => {
            Standing::Owed
        }
        Decision::Extend { .. }
        | Decision::AskExtension { .. }
        | Decision::RefuseExtension { .. }
        | Decision::Unlock { .. } => case.duty.standing(),
    };
    let extended_to = match decision {
        Decision::Extend { until, .. } => Some(*until),
        // Asked for after all, the report has time until that day; a last day that is still to come stays.
        Decision::NilReturned { until, .. } if case.dates.deadline().is_none_or(|due| due < *until) => {
            Some(*until)
        }
        _ => before.extended_to,
    };
    // A request and its refusal change nothing that a sending at the same moment goes by.
    let changed = match decision {
        Decision::AskExtension { .. } | Decision::RefuseExtension { .. } => {
            queries::touch_obligation(conn, &case.duty)?
        }
        _ => queries::change_obligation(conn, &case.duty, standing, extended_to)?,
    };
    if !changed {
        return Err(faster());
    }
    // A day set meanwhile passed it by.
    let again = standing == Standing::Owed && case.duty.standing() != Standing::Owed;
    if again && case.duty.report.first_sent_at.is_none() {
        queries::follow_period(conn, &case.duty, &case.period)?;
    }
    let row = NewDecision {
        obligation_id: id,
        kind: decision.kind(),
        until_on: decision.until(),
        reason: decision.said(),
        membership_id: membership.id,
        actor_name: &actor.full_name,
        actor_title: &membership.title,
        decided_at: moment.at,
    };
    queries::append_decision(conn, &row)?;
    let names = units::queries::names_on(conn, &[before.unit_id], moment.today)?;
    let unit = names.get(&before.unit_id).map_or("", String::as_str);
    let step = Step {
        action: &match decision {
            Decision::NilReturned { .. } => "obligation.nil_returned".to_owned(),
            _ => format!("obligation.{}", decision.kind()),
        },
        subject_kind: "obligation",
        subject_id: Some(id.0),
        subject_label: &format!("{}, {}: {unit}", case.regime.name, case.period.label),
        unit_id: Some(before.unit_id),
        before: Some(json!({ "standing": before.standing, "extended_to": before.extended_to })),
        after: Some(json!({
            "standing": standing.code(),
            "extended_to": extended_to,
            "until_on": decision.until(),
            "reason": decision.said(),
            "draft": case.typed.words(),
            "doubts": match decision {
                Decision::Nil { .. } => case.doubts(moment.today).join(" "),
                _ => String::new(),
            },
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(case)
}

fn faster() -> Error {
    Error::Conflict(
        "Nghĩa vụ báo cáo này vừa được người khác thay đổi. Mở lại trang để xem tình trạng mới rồi thực hiện.".into(),
    )
}
