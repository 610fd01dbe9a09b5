//! A unit's plan as a document that is brought.

use diesel::QueryResult;

use super::items::Document;
use super::kept::{Decided, Kept};
use super::linking::Asked;
use super::outcome::{Outcome, outcome};
use super::queries;
use crate::attachments::Purpose;
use crate::brought::{About, Given, Ground, Kind, problem};
use crate::db::Conn;
use crate::db::ids::{BroughtId, ReportId, TaskId};
use crate::error::Error;
use crate::prose_reader::{self, Head, Prose};
use crate::prose_reports::choices::form_of;
use crate::prose_reports::outcome::Fault;
use crate::reports::draft::Open;
use crate::reports::{AskedTask, Case, Content};
use crate::{plan_reader, plans, reports};

/// A unit's own plan.
#[derive(Debug, Clone, Copy)]
pub struct UnitPlan;

impl Kind for UnitPlan {
    const ABOUT: &'static About = &About {
        code: "plan",
        path: "unit-plan",
        noun: "kế hoạch",
        taken_in: "unit_plan.take_in",
        applied: "unit_plan.apply",
        removed: "unit_plan.remove",
        full: "bản kế hoạch đã dùng, là mức nhiều nhất.",
        stays: Some(
            "Văn bản này đã được dùng làm kế hoạch của đơn vị nên được giữ lại. Tải bản mới thì bản mới thay cho bản này.",
        ),
        used: "Văn bản này đã được dùng làm kế hoạch của đơn vị. Muốn đổi thì tải bản mới lên.",
    };

    /// The tasks of the unit, in the order of the provincial plans.
    type Beside = Vec<(AskedTask, Asked)>;
    type Kept = Kept;
    type Choices = Decided;
    type Outcome = Outcome;

    fn takes(case: &Case) -> Result<(), Error> {
        if !case.is_document() || case.is_consolidated() {
            return Err(Error::Refused(
                "Kế hoạch của đơn vị chỉ tải lên cho chế độ yêu cầu gửi kế hoạch, văn bản.".to_owned(),
            ));
        }
        Ok(())
    }

    fn beside(conn: &mut Conn, open: &Open) -> Result<Vec<(AskedTask, Asked)>, Error> {
        let tasks = reports::queries::tasks_of(conn, &open.case)?;
        let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
        let mut numbers = queries::numbers_of(conn, &ids)?;
        let own = plans::queries::asked_in(conn, &ids, open.case.period.id)?;
        let beside = |task: AskedTask| {
            let number = numbers.remove(&task.id).unwrap_or_default();
            let own = own.contains(&task.id);
            let asked = Asked { clause: task.clause.clone(), number, text: task.text.clone(), own };
            (task, asked)
        };
        Ok(tasks.into_iter().map(beside).collect())
    }

    fn read(ground: &Ground<UnitPlan>, given: &Given, field: &str) -> Result<Kept, Error> {
        let reading = plan_reader::read(&given.text);
        let document = Document::of(&reading);
        if document.head.kind == "Báo cáo" {
            return Err(problem(field, "Đây là báo cáo, không phải kế hoạch. Chọn tệp kế hoạch của đơn vị."));
        }
        let bare = document.items.iter().all(|item| item.path.starts_with("đoạn "));
        if document.items.is_empty() || bare && document.head.kind.is_empty() {
            return Err(problem(
                field,
                "Không nhận ra mục nào của kế hoạch trong văn bản này. Kiểm tra lại tệp, hoặc soạn bằng tay.",
            ));
        }
        let (outline, content) = (&ground.open.outline, &ground.open.draft.content);
        let form = form_of(outline);
        let prose = Prose {
            head: document.head.clone(),
            pieces: prose_reader::pieces_of(&reading, &given.text, &form),
            tables: prose_reader::issued(&document.head, &form).into_iter().collect(),
            ..Prose::default()
        };
        Ok(Kept::new(document, &ground.beside).filling(prose, content, outline))
    }

    fn head(kept: &Kept) -> &Head {
        &kept.document.head
    }

    /// Pairs of a task the unit has and an item of the document; others are left out.
    fn choose(kept: &mut Kept, decided: Decided, ground: &Ground<UnitPlan>) {
        let items = kept.document.items.len();
        let tasks = &ground.beside;
        let known = |(id, item): &(TaskId, usize)| *item < items && tasks.iter().any(|(t, _)| t.id == *id);
        kept.chosen = decided.chosen.into_iter().filter(known).collect();
        kept.filling.choices = decided.filling;
    }

    fn outcome(kept: &Kept, ground: &Ground<UnitPlan>) -> Outcome {
        let tasks: Vec<TaskId> = ground.beside.iter().map(|(task, _)| task.id).collect();
        let Open { case, outline, draft, .. } = &ground.open;
        let mut made = outcome(kept, &tasks, outline, &draft.content);
        // It cannot have come before it was signed.
        let came = case.behalf.as_ref().map(|typing| &typing.paper);
        if let Some(words) = came.and_then(|came| came.before_its_day(&made.filled.content.paper)) {
            made.filled.faults.push(Fault { anchor: "main".to_owned(), words });
        }
        made
    }

    fn content(outcome: &Outcome) -> &Content {
        &outcome.filled.content
    }

    fn stops(outcome: &Outcome) -> Option<String> {
        let nothing = (outcome.of > 0 && outcome.answered == 0).then(|| {
            "Chưa chọn mục nào trả lời nhiệm vụ nào. Đánh dấu hoặc thêm mục rồi bấm lại.".to_owned()
        });
        outcome.filled.faults.first().map(|fault| fault.words.clone()).or(nothing)
    }

    /// Nobody has said that the unit's own file is the signed copy.
    fn purpose(case: &Case) -> Option<Purpose> {
        Some(if case.behalf.is_some() { Purpose::Incoming } else { Purpose::Evidence })
    }

    fn applied(
        conn: &mut Conn,
        id: BroughtId,
        kept: &Kept,
        outcome: &Outcome,
    ) -> QueryResult<Vec<(&'static str, usize)>> {
        let links = kept.chosen.iter().filter_map(|(task, at)| {
            let item = kept.document.items.get(*at)?;
            Some((*task, i32::try_from(*at).ok()?, item.path.as_str(), item.text.as_str()))
        });
        queries::put_links(conn, id, &links.collect::<Vec<_>>())?;
        Ok(vec![("tasks", outcome.answered)])
    }

    fn sent_with(conn: &mut Conn, report: ReportId, revisions: &[i32]) -> QueryResult<Vec<BroughtId>> {
        queries::sent_with(conn, report, revisions)
    }
}
