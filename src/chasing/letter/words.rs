//! The sentences of the reminder letter. Front and mass organisations are asked (đề nghị) by whoever writes; "yêu cầu" is
//! said by the committee alone, to its own bodies; nobody is told in the text how late they are.

use chrono::NaiveDate;

use super::{Letter, Owing, Returned, bodies};
use crate::calendar::LastHour;
use crate::vietnamese::{Citation, capital, long_date, short_date, weekday_long_date, with_long_dates};

/// How the name of a document begins.
const DOCUMENTS: [&str; 10] = [
    "Công văn",
    "Kế hoạch",
    "Quyết định",
    "Chỉ thị",
    "Thông báo",
    "Văn bản",
    "Nghị định",
    "Thông tư",
    "Công điện",
    "Chương trình",
];

/// Room for a number or a day.
const OPEN: &str = "……";

/// A body that stands in no list, with which of its reports is meant.
fn named(one: &Owing) -> String {
    if one.consolidated { format!("{} (báo cáo tổng hợp)", one.unit) } else { one.unit.clone() }
}

/// The last moment a body had.
fn when(one: &Owing) -> (NaiveDate, Option<LastHour>) {
    (one.last_day, one.hour)
}

impl Returned {
    /// "Báo cáo số 71/BC-MTTQ-BTT ngày 06 tháng 6 năm 2025"; a report without a number is named by nothing more.
    fn report(&self, day: fn(NaiveDate) -> String) -> String {
        match (self.paper.as_str(), self.signed_on) {
            ("", _) => String::new(),
            (number, None) => format!("Báo cáo số {number}"),
            (number, Some(on)) => format!("Báo cáo số {number} {}", day(on)),
        }
    }

    /// What was asked for, on one line and without a mark at its end.
    fn what(&self) -> String {
        let words: Vec<&str> = self.reason.split_whitespace().collect();
        words.join(" ").trim_end_matches(['.', ';', ',']).to_owned()
    }

    /// As a cell of the list says it: "Báo cáo số 71/BC-MTTQ-BTT ngày 06/6/2025; đề nghị chỉnh lý ngày 09/6/2025: …".
    pub(super) fn short(&self) -> String {
        let asked = self.asked_on.map(|on| format!("đề nghị chỉnh lý ngày {}", short_date(on)));
        let asked = match (asked, self.what()) {
            (Some(asked), what) if what.is_empty() => asked,
            (Some(asked), what) => format!("{asked}: {what}"),
            (None, what) => what,
        };
        let report = self.report(|on| format!("ngày {}", short_date(on)));
        let parts = [report, asked].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("; ")
    }
}

impl Letter<'_> {
    /// The last day that was missed, for the sentence that says who has not sent: one day where all share it, else where the days
    /// stand. Of the reports themselves where any is owed, else of the corrections.
    fn limit(&self) -> String {
        let unsent = self.unsent() > 0;
        let of: Vec<&Owing> = self.owing.iter().filter(|one| one.correction != unsent).collect();
        let what = if unsent {
            "thời hạn gửi báo cáo"
        } else {
            "thời hạn gửi bản chỉnh lý, bổ sung"
        };
        match of.split_first() {
            Some((one, rest)) if rest.iter().all(|other| when(other) == when(one)) => {
                let hour = one.hour.map(|hour| format!(", {}", hour.words())).unwrap_or_default();
                format!("{what} chậm nhất {}{hour}; ", long_date(one.last_day))
            }
            _ => format!("{what} của từng cơ quan, đơn vị tại Phụ lục; "),
        }
    }

    /// The first sentence to a body that has reported and is to correct what it sent: what it sent, when and for what the correction
    /// was asked, until when. None where nothing of that is known, and of a report that was never sent.
    fn returned(&self) -> Option<String> {
        let one = self.only().filter(|one| one.correction)?;
        let (returned, collector) = (&one.returned, &self.collector.name);
        let asked_on = returned.asked_on?;
        let sent = match returned.report(long_date) {
            report if report.is_empty() => format!("đã gửi {}", self.report),
            report => format!("đã gửi {report} ({})", self.report),
        };
        let what = match returned.what() {
            what if what.is_empty() => String::new(),
            what => format!(", nội dung: “{what}”"),
        };
        Some(format!(
            "{} {sent}; {}, {collector} đề nghị chỉnh lý, bổ sung, gửi lại chậm nhất {}{what}. Đến {}, {collector} chưa nhận được bản \
             chỉnh lý, bổ sung.",
            named(one),
            long_date(asked_on),
            long_date(one.last_day),
            long_date(self.today),
        ))
    }

    fn asked(&self) -> bool {
        self.owing.iter().any(|one| one.courteous)
    }

    /// Whether the Front itself is among those who are asked.
    fn asks_the_front(&self) -> bool {
        self.owing.iter().any(|one| one.courteous && one.unit.contains("Mặt trận Tổ quốc"))
    }

    fn assigned(&self) -> bool {
        self.owing.iter().any(|one| !one.courteous)
    }

    /// How many bodies have not sent, and how many have sent and owe a correction.
    pub(super) fn unsent(&self) -> usize {
        bodies(self.owing.iter().filter(|one| !one.correction)).len()
    }

    pub(super) fn corrections(&self) -> usize {
        bodies(self.owing.iter().filter(|one| one.correction)).len()
    }

    /// What is waited for: the report, its correction, or one of both.
    fn awaited(&self) -> String {
        match (self.unsent(), self.corrections()) {
            (0, _) => format!("bản chỉnh lý, bổ sung {}", self.report),
            (_, 0) => self.report.to_owned(),
            _ => format!("{} hoặc bản chỉnh lý, bổ sung", self.report),
        }
    }

    /// "V/v đôn đốc gửi báo cáo 6 tháng đầu năm 2025". Bodies that are asked are asked to work together; a letter to them and to
    /// others asks all.
    pub(super) fn subject(&self) -> String {
        let verb = match (self.assigned(), self.asked()) {
            (true, false) => "đôn đốc gửi",
            (true, true) => "đề nghị gửi",
            (false, _) => "đề nghị phối hợp gửi",
        };
        let what = if self.unsent() > 0 { self.report.to_owned() } else { self.awaited() };
        format!("V/v {verb} {what}")
    }

    pub(super) fn opening(&self) -> Vec<String> {
        let collector = &self.collector.name;
        // Whoever has reported is not written to as if they had not, whichever document set the day of the report.
        if let Some(returned) = self.returned() {
            let told = match self.is_committees() {
                true => {
                    format!("theo báo cáo của {collector} tại Công văn số {OPEN} ngày {OPEN}, {returned}")
                }
                false => returned,
            };
            return vec![capital(&told), self.demand()];
        }
        if let Some(own) = self.own_letter() {
            return vec![capital(&own), self.demand()];
        }
        // Only a document is carried out; the field also holds other reasons for a day.
        let document = match Citation::read(self.basis) {
            Some(cited) => Some(cited.words()),
            None => {
                DOCUMENTS.iter().any(|kind| self.basis.starts_with(kind)).then(|| with_long_dates(self.basis))
            }
        };
        // The report to the committee is numbered when it leaves: there is room for the pen.
        let reported = format!("theo báo cáo của {collector} tại Công văn số {OPEN} ngày {OPEN}");
        let basis = match (self.is_committees(), document) {
            // A committee carries out no letter of the body that drafts for it: it goes by what that body reports.
            (true, Some(document)) if self.is_collectors_own() => {
                format!("{reported} về kết quả thực hiện {document}, ")
            }
            (true, Some(document)) => format!("Thực hiện {document}, {reported}, "),
            (true, None) => format!("{reported}, "),
            (false, Some(document)) => format!("Thực hiện {document}, "),
            (false, None) => String::new(),
        };
        let (unsent, corrections) = (self.unsent(), self.corrections());
        let whom = match (self.only(), unsent, corrections) {
            (Some(one), ..) => format!("{} của {}", self.awaited(), named(one)),
            (_, 0, _) => format!("{} của {corrections:02} cơ quan, đơn vị đã gửi báo cáo", self.awaited()),
            (_, _, 0) => format!("{} của {unsent:02} cơ quan, đơn vị", self.report),
            _ => format!(
                "{} của {unsent:02} cơ quan, đơn vị và bản chỉnh lý, bổ sung của {corrections:02} cơ quan, đơn vị đã gửi",
                self.report
            ),
        };
        let whole = format!(
            "{basis}{}đến {}, {collector} chưa nhận được {whom}{}.",
            self.limit(),
            long_date(self.today),
            self.listed(),
        );
        vec![capital(&whole), self.demand()]
    }

    /// The first sentence where the collector reminds of a letter of its own, which others carry out and not it: when it wrote, about
    /// what, and how many have not answered. None for another's document, and of a letter without a day.
    fn own_letter(&self) -> Option<String> {
        if self.is_committees() || !self.is_collectors_own() {
            return None;
        }
        let letter = Citation::read(self.basis)?;
        let (unsent, corrections) = (self.unsent(), self.corrections());
        let whom = match (self.only(), unsent, corrections) {
            (Some(one), ..) => format!(", {} chưa gửi {}", named(one), self.awaited()),
            (_, 0, _) => {
                format!(" còn {corrections:02} cơ quan, đơn vị đã gửi báo cáo chưa gửi {}", self.awaited())
            }
            (_, _, 0) => format!(" còn {unsent:02} cơ quan, đơn vị chưa gửi {}", self.report),
            _ => format!(
                " còn {unsent:02} cơ quan, đơn vị chưa gửi {} và {corrections:02} cơ quan, đơn vị đã gửi báo cáo chưa gửi bản \
                 chỉnh lý, bổ sung",
                self.report
            ),
        };
        let about = if letter.about.is_empty() { String::new() } else { format!(" {}", letter.about) };
        Some(format!(
            "{}, {} có {}{about}; {}đến {}{whom}{}.",
            long_date(letter.day?),
            self.collector.name,
            letter.document(),
            self.limit(),
            long_date(self.today),
            self.listed(),
        ))
    }

    /// Where the bodies are listed.
    fn listed(&self) -> &'static str {
        if self.only().is_some() { "" } else { " (có danh sách kèm theo)" }
    }

    /// Whether the document that sets the day is a letter of the collector itself: by its symbol or its name.
    fn is_collectors_own(&self) -> bool {
        let symbol = &self.collector.symbol;
        let signed = ["/", "-"].iter().any(|mark| {
            [",", " ", "-"].iter().any(|end| self.basis.contains(&format!("{mark}{symbol}{end}")))
        });
        (!symbol.is_empty() && signed)
            || Citation::read(self.basis).is_some_and(|letter| letter.issuer == self.collector.name)
    }

    /// What is asked of whom.
    fn demand(&self) -> String {
        let day = match self.reply_by {
            Some(day) => format!("chậm nhất {}", weekday_long_date(day)),
            None => "trong thời gian sớm nhất".to_owned(),
        };
        // Not "về": the report before it is "về công tác …".
        let to = match self.is_committees() {
            true => format!("đến {} (qua {})", self.head().name, self.collector.name),
            false => format!("đến {}", self.collector.name),
        };
        let send = format!("gửi {} {to} {day}", self.awaited());
        let purpose = "Để kịp thời tổng hợp, báo cáo cấp có thẩm quyền";
        let name = &self.head().name;
        if let Some(one) = self.only() {
            let unit = &one.unit;
            return match (self.is_committees(), one.courteous) {
                (false, _) => {
                    format!("{purpose}, {name} đề nghị {unit} quan tâm, chỉ đạo hoàn thành và {send}.")
                }
                (true, true) => format!("{purpose}, {name} đề nghị {unit} quan tâm, phối hợp {send}."),
                (true, false) => {
                    format!("{purpose}, {name} yêu cầu {unit} khẩn trương hoàn thành và {send}.")
                }
            };
        }
        if !self.is_committees() {
            return format!(
                "{purpose}, {name} đề nghị các cơ quan, đơn vị có tên trong danh sách quan tâm, chỉ đạo hoàn thành và {send}."
            );
        }
        match (self.asked(), self.assigned()) {
            (true, true) => format!(
                "{purpose}, {name} đề nghị {}các tổ chức, cơ quan tại {} của danh sách \
                 quan tâm, phối hợp; yêu cầu thủ trưởng các cơ quan, đơn vị tại {} khẩn trương hoàn thành và {send}.",
                if self.asks_the_front() { "Ủy ban Mặt trận Tổ quốc Việt Nam và " } else { "" },
                self.places(true),
                self.places(false),
            ),
            (true, false) => format!(
                "{purpose}, {name} đề nghị các tổ chức, cơ quan có tên trong danh sách quan tâm, phối hợp {send}."
            ),
            (false, _) => format!(
                "{purpose}, {name} yêu cầu thủ trưởng các cơ quan, đơn vị có tên trong danh sách khẩn trương hoàn thành và {send}."
            ),
        }
    }

    /// The last sentence, without its mark.
    pub(super) fn closing(&self) -> String {
        let collector = &self.collector.name;
        match self.is_committees() {
            true => format!("Giao {collector} theo dõi, tổng hợp kết quả, báo cáo {}", self.head().name),
            false => format!(
                "{collector} trân trọng đề nghị {} quan tâm, phối hợp; trường hợp đã gửi, xin thông tin lại để đối chiếu",
                self.only().map_or("các cơ quan, đơn vị", |one| one.unit.as_str())
            ),
        }
    }
}
