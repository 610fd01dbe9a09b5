//! The list that goes with a reminder letter: who has not sent at all, and apart from them who has sent and owes a
//! correction; in both those who are asked before the assigned, in a table where no day is counted.

use super::{Letter, Owing};
use crate::documents::{Align, Annex, Column, Row, Table};
use crate::vietnamese::{long_date, roman, short_date};

/// The bodies of one table.
pub(super) struct Part<'a> {
    pub correction: bool,
    pub courteous: bool,
    rows: Vec<&'a Owing>,
}

impl Letter<'_> {
    /// The tables of the list that have somebody in them, in their order.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        let kinds = [(false, true), (false, false), (true, true), (true, false)];
        let part = |(correction, courteous)| {
            let rows = self.owing.iter().filter(|o| o.correction == correction && o.courteous == courteous);
            Part { correction, courteous, rows: rows.collect() }
        };
        kinds.map(part).into_iter().filter(|part| !part.rows.is_empty()).collect()
    }

    /// "mục I", "các mục I, III": where the bodies that are asked, or the others, stand.
    pub(super) fn places(&self, courteous: bool) -> String {
        let numbered = (1..).zip(self.parts()).filter(|(_, part)| part.courteous == courteous);
        let numbers: Vec<String> = numbered.map(|(number, _)| roman(number)).collect();
        format!("{} {}", if numbers.len() > 1 { "các mục" } else { "mục" }, numbers.join(", "))
    }

    pub(super) fn list(&self) -> Annex {
        let parts = self.parts();
        let table = |(number, part): (usize, &Part<'_>)| {
            let title =
                if parts.len() > 1 { format!("{}. {}", roman(number), part.title()) } else { String::new() };
            part.table(title)
        };
        let what = match (self.unsent() > 0, self.corrections() > 0) {
            (true, true) => "chưa gửi hoặc chưa chỉnh lý, bổ sung",
            (false, true) => "chưa gửi bản chỉnh lý, bổ sung",
            (_, false) => "chưa gửi",
        };
        Annex {
            title: format!("Danh sách cơ quan, đơn vị {what} {}", self.report),
            // Of the moment it is made, and not of the end of that day.
            lines: vec![format!("(Tính đến {})", long_date(self.today))],
            tables: (1..).zip(&parts).map(table).collect(),
            notes: vec![],
            across: false,
        }
    }
}

impl Part<'_> {
    fn title(&self) -> String {
        let who = match self.courteous {
            true => "Mặt trận Tổ quốc, tổ chức, cơ quan được đề nghị",
            false => "Cơ quan, đơn vị được giao",
        };
        let what = match self.correction {
            true => "đã gửi báo cáo, chưa gửi bản chỉnh lý, bổ sung",
            false => "chưa gửi báo cáo",
        };
        format!("{who} {what}")
    }

    fn table(&self, title: String) -> Table {
        let column = |heading: &str, share, align| Column {
            heading: heading.to_owned(),
            share,
            align,
            ..Column::default()
        };
        let day = if self.correction {
            "Ngày cuối gửi bản chỉnh lý"
        } else {
            "Ngày cuối gửi báo cáo"
        };
        let mut columns = vec![
            column("TT", 8, Align::Centre),
            column("Cơ quan, đơn vị", if self.courteous { 102 } else { 76 }, Align::Left),
            column(day, 42, Align::Centre),
        ];
        if !self.courteous {
            columns.push(column("Số ngày quá hạn", 26, Align::Centre));
        }
        let told = self.rows.iter().any(|one| !one.returned.short().is_empty());
        if told {
            columns[1].share -= 30;
            columns.push(column("Báo cáo đã gửi và nội dung cần chỉnh lý, bổ sung", 62, Align::Left));
        }
        let cells = (1..).zip(&self.rows).map(|(at, one): (usize, &&Owing)| {
            let unit = match one.consolidated {
                true => format!("{} (báo cáo tổng hợp)", one.unit),
                false => one.unit.clone(),
            };
            let hour = one.hour.map(|hour| format!(", {}", hour.words())).unwrap_or_default();
            let mut cells = vec![at.to_string(), unit, format!("{}{hour}", short_date(one.last_day))];
            if !self.courteous {
                cells.push(one.days.to_string());
            }
            if told {
                cells.push(one.returned.short());
            }
            Row::Cells(cells)
        });
        Table { title, rows: cells.collect(), columns }
    }
}
