//! The review of a report in prose, ready to print. Stands between a desk and its template.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::offers::{self, ToldView};
use super::tables::Tables;
use super::text::{Mark, SHOWN, Text};
use super::top::Top;
use super::{Begin, Shown};
use crate::brought::{Desk, Ground};
use crate::error::Error;
use crate::plan_reader::Sure;
use crate::plans::shortened;
use crate::prose_reader::{self, Figure, Title};
use crate::prose_reports::choices::{Choices, Kept};
use crate::prose_reports::doubts::{Doubt, doubts, of_another};
use crate::prose_reports::form;
use crate::prose_reports::outcome::{Fault, Outcome, fault_at, paper};
use crate::prose_reports::{OWN, ProseReport};
use crate::reports::{Paper, words};
use crate::web::{FormData, Page, render_status};

impl Shown for ProseReport {
    fn begin(ground: &Ground<ProseReport>) -> Begin {
        Begin {
            heading: "Đọc báo cáo từ văn bản",
            hint: "Báo cáo bằng lời văn được đọc thành các phần, số liệu và minh chứng của biểu mẫu. Bạn xem lại từng \
                   chỗ rồi mới ghi; trước đó báo cáo không thay đổi."
                .to_owned(),
            attached: if ground.typed() {
                " Tệp Word, PDF được đính kèm vào báo cáo làm căn cứ."
            } else {
                ""
            },
            pasted: "",
            held: "Văn bản đã tải lên",
            full: "Tải thêm thì văn bản cũ nhất được bỏ, trước hết là văn bản chưa ghi vào báo cáo.",
            waits: "chưa ghi vào báo cáo",
        }
    }

    fn bring_title(ground: &Ground<ProseReport>) -> String {
        format!("Đọc báo cáo từ văn bản: {}", ground.open.case.title())
    }

    fn applied_words(when: &str, _newest: bool) -> String {
        format!("đã ghi vào báo cáo lúc {when}")
    }

    fn review_title(desk: &Desk<ProseReport>) -> String {
        Self::bring_title(&desk.ground)
    }

    fn choices(form: &FormData, kept: &Kept) -> Choices {
        form::choices(form, &kept.prose)
    }

    fn done(outcome: &Outcome) -> String {
        let unaddressed = outcome.unaddressed_words();
        format!("Đã ghi từ văn bản vào báo cáo: {}.{unaddressed} Xem lại rồi gửi.", outcome.words())
    }

    fn review(
        page: Page,
        desk: &Desk<ProseReport>,
        stopped: Option<String>,
        status: StatusCode,
    ) -> Result<HttpResponse, Error> {
        render_status(status, &view(page, desk, stopped))
    }
}

struct FigureView {
    at: usize,
    taken: bool,
    /// The sentence before, in and after the figure.
    before: String,
    said: String,
    after: String,
    words: String,
    /// Why it has to be looked at.
    doubt: &'static str,
    code: String,
    /// The likeliest, then the others.
    likely: Vec<(String, String)>,
    others: Vec<(String, String)>,
    /// What the report holds of the chosen one.
    now: String,
    mark: Mark,
}

struct OtherFigure {
    words: String,
    kind: &'static str,
    sentence: String,
    /// "3 lần", where the text has it more than once.
    times: String,
    mark: Mark,
}

struct TitleView {
    at: usize,
    taken: bool,
    text: String,
    url: String,
    mark: Mark,
}

/// A fact of the signed paper, as it is and as it would be.
struct FactView {
    name: &'static str,
    old: String,
    new: String,
}

#[derive(Template)]
#[template(path = "brought/report.html")]
struct ReviewPage {
    page: Page,
    top: Top,
    unread: usize,
    doubts: Vec<Doubt>,
    faults: Vec<Fault>,
    bases: Vec<String>,
    /// Whether the document names another body or period, and whether somebody said that it is this one's.
    foreign: bool,
    own: bool,
    takes_paper: bool,
    facts: Vec<FactView>,
    text: Text,
    figures: Vec<FigureView>,
    others: Vec<OtherFigure>,
    /// How many numbers are listed at most, once there may be more.
    full: Option<usize>,
    tasks: Vec<(String, String)>,
    told: Vec<ToldView>,
    tables: Tables,
    titles: Vec<TitleView>,
}

impl ReviewPage {
    fn fault(&self, kind: &str, at: &usize) -> Option<&str> {
        fault_at(&self.faults, kind, *at)
    }
}

fn view(page: Page, desk: &Desk<ProseReport>, stopped: Option<String>) -> ReviewPage {
    let (prose, choices, open) = (&desk.kept.prose, &desk.kept.choices, &desk.ground.open);
    let items = prose.pieces.iter().map(|piece| (piece.lines.as_slice(), piece.sure));
    let numbered = || prose.figures.iter().enumerate();
    let others = numbered().filter(|(_, figure)| !figure.kind.is_value()).map(|(_, figure)| OtherFigure {
        words: figure.words(),
        kind: figure.kind.words(),
        sentence: shortened(&figure.sentence, SHOWN),
        times: String::new(),
        mark: Mark::of(Sure::Certain, &figure.lines),
    });
    let named = prose.named.iter().map(|named| OtherFigure {
        words: shortened(&named.text, SHOWN),
        kind: "số khác trong văn bản",
        sentence: shortened(&named.sentence, SHOWN),
        times: if named.times > 1 { format!("{} lần", named.times) } else { String::new() },
        mark: Mark::of(Sure::Certain, &named.lines),
    });
    let most = prose_reader::MOST_NUMBERS;
    let full = (prose.figures.len() >= most || prose.named.len() >= most).then_some(most);
    let before = &open.draft.content.paper;
    ReviewPage {
        page,
        top: Top::of(desk, (&prose.roles, items), stopped),
        unread: prose.unread(),
        doubts: doubts(prose, &open.case),
        faults: desk.outcome.faults.clone(),
        bases: prose.bases.clone(),
        foreign: !of_another(prose, &open.case).is_empty(),
        own: choices.own,
        takes_paper: choices.paper,
        facts: facts(before, &paper(&desk.kept, before)),
        text: Text::of(&desk.kept, open),
        figures: numbered()
            .filter(|(_, figure)| figure.kind.is_value())
            .map(|(at, figure)| figure_view(desk, at, figure))
            .collect(),
        others: others.chain(named).collect(),
        full,
        tasks: offers::tasks(desk),
        told: offers::told(desk),
        tables: Tables::of(&desk.kept, open, &desk.outcome.faults),
        titles: prose.titles.iter().enumerate().map(|(at, found)| title_view(desk, at, found)).collect(),
    }
}

fn figure_view(desk: &Desk<ProseReport>, at: usize, figure: &Figure) -> FigureView {
    let (outline, content) = (&desk.ground.open.outline, &desk.ground.open.draft.content);
    let choice = desk.kept.choices.figures.get(&at).cloned().unwrap_or_default();
    let name = |asked: &crate::reports::AskedIndicator| {
        let name = format!("{}. {} ({})", asked.code, shortened(&asked.name, 90), asked.measure_unit);
        (asked.code.clone(), name)
    };
    let is_likely = |code: &String| figure.candidates.contains(code);
    let likely =
        figure.candidates.iter().filter_map(|code| outline.typed().find(|asked| asked.code == *code));
    let chosen = outline.typed().find(|asked| asked.code == choice.code);
    let cut = |from: usize, to: usize| figure.sentence.get(from..to).unwrap_or_default().to_owned();
    FigureView {
        at,
        taken: choice.taken,
        before: cut(0, figure.from),
        said: cut(figure.from, figure.to),
        after: cut(figure.to, figure.sentence.len()),
        words: figure.words(),
        doubt: figure.doubt.map_or("", crate::prose_reader::FigureDoubt::words),
        now: chosen.and_then(|asked| words(asked, outline, content)).unwrap_or_default(),
        code: choice.code,
        likely: likely.map(name).collect(),
        others: outline
            .typed()
            .filter(|asked| !asked.is_bool() && !is_likely(&asked.code))
            .map(name)
            .collect(),
        mark: Mark::of(figure.sure, &figure.lines),
    }
}

fn title_view(desk: &Desk<ProseReport>, at: usize, found: &Title) -> TitleView {
    let choice = desk.kept.choices.titles.get(&at).cloned().unwrap_or_default();
    TitleView {
        at,
        taken: choice.taken,
        text: choice.text,
        url: choice.url,
        mark: Mark::of(found.sure, &found.lines),
    }
}

fn facts(old: &Paper, new: &Paper) -> Vec<FactView> {
    let (was, is) = (old.date.words(), new.date.words());
    [
        ("Số", &old.number, &new.number),
        ("Ký hiệu", &old.symbol, &new.symbol),
        ("Ngày", &was, &is),
        ("Thẩm quyền ký", &old.capacity, &new.capacity),
        ("Chức vụ", &old.title, &new.title),
        ("Người ký", &old.name, &new.name),
    ]
    .into_iter()
    .filter(|(.., new)| !new.is_empty())
    .map(|(name, old, new)| FactView {
        name,
        old: if old == new { String::new() } else { old.clone() },
        new: new.clone(),
    })
    .collect()
}
