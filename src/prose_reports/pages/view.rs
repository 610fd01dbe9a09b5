//! What the review of a document shows, ready to print. Stands between a desk and its template.

use askama::Template;

use super::offers::{self, TableView, ToldView};
use crate::calendar::to_local;
use crate::plan_adoption::marks::{Line, marked, place, sure_words};
use crate::plan_reader::Sure;
use crate::plans::shortened;
use crate::prose_reader::{self, Figure, Title};
use crate::prose_reports::apply::Desk;
use crate::prose_reports::choices::How;
use crate::prose_reports::doubts::{Doubt, doubts};
use crate::prose_reports::outcome::{Fault, paper};
use crate::reports::{Paper, words};
use crate::vietnamese::date_time;
use crate::web::Page;

/// Letters of a text shown without unfolding it.
const SHOWN: usize = 220;

/// How sure an item is, and where it stands.
pub(super) struct Mark {
    guess: bool,
    words: &'static str,
    place: String,
    first: usize,
}

impl Mark {
    pub(super) fn of(sure: Sure, lines: &[usize]) -> Mark {
        Mark {
            guess: sure == Sure::Guess,
            words: sure_words(sure),
            place: place(lines),
            first: lines.first().copied().unwrap_or_default(),
        }
    }
}

/// A part of the text with the section it goes to.
struct PieceView {
    at: usize,
    heading: String,
    short: String,
    /// All of it, where it was shortened.
    whole: String,
    section: String,
    mark: Mark,
}

/// A section that has a text already.
struct StandingView {
    code: String,
    title: String,
    text: String,
    how: How,
}

struct FigureView {
    at: usize,
    taken: bool,
    /// The sentence before, in and after the figure.
    before: String,
    said: String,
    after: String,
    words: String,
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
#[template(path = "prose_reports/review.html")]
pub(super) struct ReviewPage {
    page: Page,
    report: String,
    title: String,
    unit: String,
    behalf: Option<String>,
    /// The document becomes a file of the report.
    attaches: bool,
    upload: String,
    file_name: String,
    uploaded: String,
    version: i32,
    draft: i32,
    written: bool,
    lines: Vec<Line>,
    unread: usize,
    doubts: Vec<Doubt>,
    faults: Vec<Fault>,
    bases: Vec<String>,
    takes_paper: bool,
    facts: Vec<FactView>,
    sections: Vec<(String, String)>,
    pieces: Vec<PieceView>,
    standing: Vec<StandingView>,
    figures: Vec<FigureView>,
    others: Vec<OtherFigure>,
    /// How many numbers are listed at most, once there may be more.
    full: Option<usize>,
    tasks: Vec<(String, String)>,
    told: Vec<ToldView>,
    tables: Vec<TableView>,
    titles: Vec<TitleView>,
    /// What kept it from being written just now.
    pub stopped: Option<String>,
}

impl ReviewPage {
    fn hows(&self) -> [(&'static str, &'static str); 3] {
        How::ALL.map(|how| (how.code(), how.words()))
    }

    fn fault(&self, kind: &str, at: &usize) -> Option<&str> {
        let anchor = format!("{kind}-{at}");
        self.faults.iter().find(|fault| fault.anchor == anchor).map(|fault| fault.words.as_str())
    }
}

pub(super) fn view(page: Page, desk: &Desk) -> ReviewPage {
    let (prose, choices) = (&desk.kept.prose, &desk.kept.choices);
    let (case, outline) = (&desk.open.case, &desk.open.outline);
    let items = prose.pieces.iter().map(|piece| (piece.lines.as_slice(), piece.sure));
    let lines = marked(&desk.text, &prose.roles, items);
    let title = |section: &crate::reports::AskedSection| format!("{}. {}", section.label, section.title);
    let standing = outline.sections.iter().filter_map(|section| {
        let text = desk.open.draft.content.section(&section.code).trim();
        (!text.is_empty()).then(|| StandingView {
            code: section.code.clone(),
            title: title(section),
            text: text.to_owned(),
            how: choices.how.get(&section.code).copied().unwrap_or_default(),
        })
    });
    let said = prose.pieces.iter().enumerate().filter(|(_, piece)| !piece.body.trim().is_empty());
    let pieces = said.map(|(at, piece)| {
        let (short, whole) = cut(&piece.body);
        PieceView {
            at,
            heading: piece.heading.clone(),
            short,
            whole,
            section: choices.pieces.get(&at).cloned().unwrap_or_default(),
            mark: Mark::of(piece.sure, &piece.lines),
        }
    });
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
    let uploaded = date_time(to_local(desk.row.uploaded_at));
    ReviewPage {
        page,
        report: case.report.id.to_string(),
        title: case.title(),
        unit: case.unit.name.clone(),
        behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        attaches: case.behalf.is_some() && ["pdf", "docx", "doc"].contains(&desk.row.kind.as_str()),
        upload: desk.row.id.to_string(),
        file_name: desk.row.file_name.clone(),
        uploaded: format!("{}, {} tải lên lúc {uploaded}", desk.row.size_words(), desk.row.adder_name),
        version: desk.row.version,
        draft: desk.open.draft.version,
        written: desk.row.applied_at.is_some(),
        unread: prose.unread(),
        lines,
        doubts: doubts(prose, case),
        faults: desk.outcome.faults.clone(),
        bases: prose.bases.clone(),
        takes_paper: choices.paper,
        facts: facts(&desk.open.draft.content.paper, &paper(&desk.kept, &desk.open.draft.content.paper)),
        sections: outline.sections.iter().map(|section| (section.code.clone(), title(section))).collect(),
        pieces: pieces.collect(),
        standing: standing.collect(),
        figures: numbered()
            .filter(|(_, figure)| figure.kind.is_value())
            .map(|(at, figure)| figure_view(desk, at, figure))
            .collect(),
        others: others.chain(named).collect(),
        full,
        tasks: offers::tasks(desk),
        told: offers::told(desk),
        tables: offers::tables(desk),
        titles: prose.titles.iter().enumerate().map(|(at, found)| title_view(desk, at, found)).collect(),
        stopped: None,
    }
}

fn figure_view(desk: &Desk, at: usize, figure: &Figure) -> FigureView {
    let outline = &desk.open.outline;
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
        now: chosen.and_then(|asked| words(asked, outline, &desk.open.draft.content)).unwrap_or_default(),
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

fn title_view(desk: &Desk, at: usize, found: &Title) -> TitleView {
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

/// The beginning, and all of it where something was left out.
pub(super) fn cut(text: &str) -> (String, String) {
    let short = shortened(text, SHOWN);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = short != line || text.contains('\n');
    (short, if whole { text.to_owned() } else { String::new() })
}
