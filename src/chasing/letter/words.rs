//! The sentences of the reminder letter. Front and mass organisations are asked (đề nghị) by whoever writes; "yêu cầu" is
//! said by the committee alone, to its own bodies; nobody is told in the text how late they are.

use super::{Letter, bodies};
use crate::vietnamese::{Citation, capital, long_date, weekday_long_date, with_long_dates};

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

impl Letter<'_> {
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

    /// "V/v đôn đốc gửi báo cáo 6 tháng đầu năm 2025". Bodies that are asked are asked to work together.
    pub(super) fn subject(&self) -> String {
        let verb = if self.assigned() { "đôn đốc gửi" } else { "đề nghị phối hợp gửi" };
        let what = if self.unsent() > 0 { self.report.to_owned() } else { self.awaited() };
        format!("V/v {verb} {what}")
    }

    pub(super) fn opening(&self) -> Vec<String> {
        let collector = &self.collector.name;
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
        let whom = match (unsent, corrections) {
            (0, _) => format!("{} của {corrections:02} cơ quan, đơn vị đã gửi báo cáo", self.awaited()),
            (_, 0) => format!("{} của {unsent:02} cơ quan, đơn vị", self.report),
            _ => format!(
                "{} của {unsent:02} cơ quan, đơn vị và bản chỉnh lý, bổ sung của {corrections:02} cơ quan, đơn vị đã gửi",
                self.report
            ),
        };
        let whole = format!(
            "{basis}đến {}, {collector} chưa nhận được {whom} (có danh sách kèm theo).",
            long_date(self.today),
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
        let whom = match (unsent, corrections) {
            (0, _) => {
                format!("còn {corrections:02} cơ quan, đơn vị đã gửi báo cáo chưa gửi {}", self.awaited())
            }
            (_, 0) => format!("còn {unsent:02} cơ quan, đơn vị chưa gửi {}", self.report),
            _ => format!(
                "còn {unsent:02} cơ quan, đơn vị chưa gửi {} và {corrections:02} cơ quan, đơn vị đã gửi báo cáo chưa gửi bản \
                 chỉnh lý, bổ sung",
                self.report
            ),
        };
        let about = if letter.about.is_empty() { String::new() } else { format!(" {}", letter.about) };
        Some(format!(
            "{}, {} có {}{about}; đến {} {whom} (có danh sách kèm theo).",
            long_date(letter.day?),
            self.collector.name,
            letter.document(),
            long_date(self.today),
        ))
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
        let to = match self.is_committees() {
            true => format!("về {} (qua {})", self.head().name, self.collector.name),
            false => format!("về {}", self.collector.name),
        };
        let send = format!("gửi {} {to} {day}", self.awaited());
        let purpose = "Để kịp thời tổng hợp, báo cáo cấp có thẩm quyền";
        let name = &self.head().name;
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
                "{collector} trân trọng đề nghị các cơ quan, đơn vị quan tâm, phối hợp; trường hợp đã gửi, xin thông tin lại \
                 để đối chiếu"
            ),
        }
    }
}
