//! What a person reads before a period is opened: a last day that is over, far away or before the figures are in, days of
//! the year that no period counts. Pure; it stands between the form of a period and the page that confirms it. None of it
//! forbids: a period may be opened late on purpose.

use chrono::{Months, NaiveDate};

use super::{NewPeriod, Period};
use crate::calendar::{Cycle, DueDates, Holidays};
use crate::vietnamese::short_date;

/// A last day further away than this is more likely a slip of the pen.
const FAR: Months = Months::new(24);

/// The setting of the regime and the day it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Last days on a rest day move to the next working day.
    pub rolling: bool,
    pub holidays: &'a Holidays,
    pub today: NaiveDate,
}

impl NewPeriod {
    /// What speaks against opening it so, in sentences; `opened` are the regime's periods.
    pub fn doubts(&self, opened: &[Period], setting: Setting<'_>) -> Vec<String> {
        let early = self.warning(setting.rolling, setting.holidays);
        let before_end = early.is_none().then(|| self.before_the_end(setting)).flatten();
        let found = [early, before_end, self.over_or_far(setting), self.left_out(opened)];
        found.into_iter().flatten().collect()
    }

    /// Last day in time, moved where the regime moves it.
    pub fn last_day_moved(&self, rolling: bool, holidays: &Holidays) -> Option<NaiveDate> {
        DueDates::new(&self.due, rolling, None, holidays).effective
    }

    /// A one-off report asked for before the days it counts are over.
    fn before_the_end(&self, setting: Setting<'_>) -> Option<String> {
        let (window, last) = (self.window?, self.last_day_moved(setting.rolling, setting.holidays)?);
        (last < window.to).then(|| {
            format!(
                "Thời hạn gửi (ngày {}) trước ngày chốt số liệu ({}): số liệu những ngày còn lại chỉ là số ước.",
                short_date(last),
                short_date(window.to)
            )
        })
    }

    fn over_or_far(&self, setting: Setting<'_>) -> Option<String> {
        let last = self.last_day_moved(setting.rolling, setting.holidays)?;
        if last < setting.today {
            return Some(format!(
                "Thời hạn gửi (ngày {}) đã qua: mở kỳ là các đơn vị quá hạn ngay.",
                short_date(last)
            ));
        }
        let far = setting.today.checked_add_months(FAR)?;
        (last > far).then(|| {
            format!("Thời hạn gửi (ngày {}) còn hơn hai năm nữa. Kiểm tra lại năm đã nhập.", short_date(last))
        })
    }

    /// Days between the period of the same length before this one and its first day.
    fn left_out(&self, opened: &[Period]) -> Option<String> {
        let window = self.window?;
        let before = |period: &&Period| {
            let beside = Cycle::from_code(&period.cycle).is_some_and(|cycle| cycle.is_beside(self.cycle));
            beside && period.window().is_some_and(|counted| counted.to < window.from)
        };
        let last = opened.iter().filter(before).max_by_key(|period| period.window_to)?;
        let first_left = last.window_to?.succ_opt()?;
        // A whole period may be missing in between on purpose: it can still be opened.
        let length = (window.to - window.from).num_days();
        let left = (window.from - first_left).num_days();
        (left > 0 && left < length / 2).then(|| {
            format!(
                "Các ngày từ {} đến {} không thuộc kỳ nào: kỳ {} tính đến hết ngày {}.",
                short_date(first_left),
                short_date(window.from.pred_opt().unwrap_or(window.from)),
                last.label,
                short_date(first_left.pred_opt().unwrap_or(first_left))
            )
        })
    }
}
