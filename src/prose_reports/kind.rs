//! A report in prose as a document that is brought.

use super::choices::{Choices, Kept, form_of};
use super::doubts::of_another;
use super::outcome::{Fault, Outcome, outcome};
use crate::attachments::Purpose;
use crate::brought::{About, Given, Ground, Kind, problem};
use crate::db::Conn;
use crate::error::Error;
use crate::prose_reader::{self, Head};
use crate::reports::draft::Open;
use crate::reports::{Case, Content};

/// The tick by which a document that names another body or period is taken all the same.
pub const OWN: &str = "Đúng là của đơn vị này, kỳ này";

/// A unit's report that came as a document.
#[derive(Debug, Clone, Copy)]
pub struct ProseReport;

impl Kind for ProseReport {
    const ABOUT: &'static About = &About {
        code: "report",
        path: "prose",
        noun: "báo cáo",
        taken_in: "prose.take_in",
        applied: "prose.apply",
        removed: "prose.remove",
        full: "văn bản làm căn cứ nhập thay, là mức nhiều nhất. Bỏ bớt rồi tải lên.",
        stays: None,
        used: "Văn bản này đã được ghi vào báo cáo. Mở báo cáo để xem và sửa tiếp.",
    };

    type Beside = ();
    type Kept = Kept;
    type Choices = Choices;
    type Outcome = Outcome;

    fn takes(case: &Case) -> Result<(), Error> {
        if case.is_consolidated() {
            return Err(Error::Refused(
                "Báo cáo tổng hợp lấy nội dung từ bản tổng hợp, không đọc từ văn bản.".to_owned(),
            ));
        }
        Ok(())
    }

    fn beside(_conn: &mut Conn, _open: &Open) -> Result<(), Error> {
        Ok(())
    }

    fn read(ground: &Ground<ProseReport>, given: &Given, field: &str) -> Result<Kept, Error> {
        let open = &ground.open;
        let prose = prose_reader::read(&given.text, &form_of(&open.outline));
        if prose.pieces.iter().all(|piece| piece.body.trim().is_empty()) {
            return Err(problem(
                field,
                "Không có đoạn văn nào trong văn bản này. Kiểm tra lại tệp, hoặc nhập báo cáo bằng tay.",
            ));
        }
        Ok(Kept::new(prose, &open.draft.content, &open.outline))
    }

    fn head(kept: &Kept) -> &Head {
        &kept.prose.head
    }

    fn choose(kept: &mut Kept, choices: Choices, _ground: &Ground<ProseReport>) {
        kept.choices = choices;
    }

    fn outcome(kept: &Kept, ground: &Ground<ProseReport>) -> Outcome {
        let Open { case, outline, draft, .. } = &ground.open;
        let mut made = outcome(kept, outline, &draft.content);
        if !kept.choices.own
            && let Some(doubt) = of_another(&kept.prose, case).into_iter().next()
        {
            let words = format!("{} Đúng thì đánh dấu “{OWN}” rồi ghi.", doubt.words);
            made.faults.insert(0, Fault { anchor: "own".to_owned(), words });
        }
        // It cannot have come before it was signed.
        let came = case.behalf.as_ref().filter(|_| kept.choices.paper).map(|typing| &typing.paper);
        if let Some(words) = came.and_then(|came| came.before_its_day(&made.content.paper)) {
            made.faults.push(Fault { anchor: "paper".to_owned(), words });
        }
        made
    }

    fn content(outcome: &Outcome) -> &Content {
        &outcome.content
    }

    fn stops(outcome: &Outcome) -> Option<String> {
        let nothing = outcome
            .changes_nothing()
            .then(|| "Chưa có gì để ghi: chọn phần, số liệu hoặc minh chứng cần đưa vào báo cáo.".to_owned());
        outcome.faults.first().map(|fault| fault.words.clone()).or(nothing)
    }

    /// The unit's own file is its own: it is attached by hand once it is signed.
    fn purpose(case: &Case) -> Option<Purpose> {
        case.behalf.as_ref().map(|_| Purpose::Incoming)
    }
}
