//! The tree of clauses. What is above and below is decided by the order in which kinds of marks appear, so that a
//! letter that begins with "1." and a plan that begins with "I." are both read, in whatever order sections come.

use std::collections::HashMap;

use super::blocks::{Block, ends, is_title};
use super::markers::{Level, Marker};
use super::reading::{Clause, Sure};
use super::unit_form::whole_by_form;
use super::unit_list::whole_list;
use super::words::{Words, plain, shortened};

/// A clause with what is under it.
#[derive(Debug)]
pub(super) struct Node {
    pub path: String,
    pub marker: Option<Marker>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// Its own paragraphs, by their place among the blocks.
    pub paragraphs: Vec<usize>,
    /// Whether its first paragraph is a title.
    pub titled: bool,
}

/// Clauses in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

/// What a section is for, by its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Aims and demands: nobody is given work there.
    Aims,
    /// How things stood.
    Background,
    /// Who does what, carrying out, reporting.
    Organising,
    Content,
}

/// Builds the tree; the blocks before the first mark are left to the caller. Paths that another document of the file has taken are
/// given with a number behind them.
pub(super) fn build(blocks: &[Block], taken: &[Clause]) -> (Tree, usize) {
    let first = blocks.iter().position(|block| block.marker.is_some());
    let begin = first.unwrap_or_else(|| {
        blocks.iter().position(|block| says_as_follows(&block.text)).map_or(0, |at| at + 1)
    });
    let last_mark = blocks.iter().rposition(|block| block.marker.is_some()).unwrap_or(begin);
    let paths = taken.iter().map(|clause| (clause.path.clone(), 1)).collect();
    let mut builder = Builder { paths, ..Builder::default() };
    let mut loose = first.is_none();
    for (index, block) in blocks.iter().enumerate().skip(begin) {
        match &block.marker {
            Some(marker) => builder.clause(marker, index, blocks),
            None => {
                loose |= index > last_mark && concludes(&block.text);
                if loose {
                    builder.loose(index);
                } else {
                    builder.paragraph(index);
                }
            }
        }
    }
    let mut tree = Tree { nodes: builder.nodes };
    for at in 0..tree.nodes.len() {
        let node = &tree.nodes[at];
        let Some(text) = node.paragraphs.first().map(|index| blocks[*index].text.as_str()) else { continue };
        let more = node.paragraphs.len() > 1 || !node.children.is_empty();
        let titled = node.marker.is_some()
            && (is_title(text)
                || more && (!ends(text) || text.ends_with(':')) && text.len() < 400
                || !ends(text) && whole_list(text).is_some());
        tree.nodes[at].titled = titled;
    }
    (tree, begin)
}

/// Paragraphs that speak of the whole document again, after its last clause.
fn concludes(text: &str) -> bool {
    const BEGINS: &[&str] = &[
        "tren day la",
        "trong qua trinh",
        "yeu cau các",
        "yeu cau thu truong",
        "de nghi các",
        "de nghi thu truong",
        "nhan duoc",
        "can cu ke hoach",
        "can cu noi dung",
        "ke hoach nay",
        "chi thi nay",
        "quyet dinh nay",
        "cong van nay",
        "thong bao nay",
        "uy ban nhan dan",
        "ubnd",
        "cong an tinh de nghi",
        "cong an tinh yeu cau",
        "moc thoi gian",
        "moc so lieu",
        "thoi diem chot so lieu",
        "thoi diem lay so lieu",
        "tran trong",
        "xin tran trong",
        "rat mong",
    ];
    Words::of(text).any(0, BEGINS).is_some()
}

/// Whether a clause is headed by names of bodies and says nothing else.
fn owns_below(text: &str) -> bool {
    !text.ends_with('.') && (whole_list(text).is_some() || whole_by_form(text).is_some())
}

fn says_as_follows(text: &str) -> bool {
    text.ends_with(':') && text.len() > 40
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// How often a path has been given.
    paths: HashMap<String, usize>,
    /// How many items of a plain kind a clause has.
    items: HashMap<(Option<usize>, Level), usize>,
    loose: usize,
}

impl Builder {
    fn clause(&mut self, marker: &Marker, block: usize, blocks: &[Block]) {
        let level = |nodes: &[Node], at: usize| nodes[at].marker.as_ref().map(|marker| marker.level);
        if marker.level == Level::Number && self.counts_anew(marker, block, blocks) {
            self.put(marker, block);
            return;
        }
        match self.open.iter().rposition(|at| level(&self.nodes, *at) == Some(marker.level)) {
            Some(at) => self.open.truncate(at),
            None => {
                let under_any = marker.level == Level::Bullet;
                while let Some(last) = self.open.last() {
                    let above =
                        level(&self.nodes, *last).is_some_and(|above| above < marker.level || under_any);
                    if above {
                        break;
                    }
                    self.open.pop();
                }
            }
        }
        self.put(marker, block);
    }

    /// "5. Sở Công Thương" and "1. …", "2. …" right below it: numbers that count anew under a heading of owners are its own.
    /// The list ends where the number of the heading goes on with another heading of owners.
    fn counts_anew(&mut self, marker: &Marker, block: usize, blocks: &[Block]) -> bool {
        let order = |nodes: &[Node], at: usize| nodes[at].marker.as_ref().and_then(|marker| marker.order);
        let numbered: Vec<usize> = (0..self.open.len())
            .filter(|at| {
                let marker = self.nodes[self.open[*at]].marker.as_ref();
                marker.is_some_and(|marker| marker.level == Level::Number)
            })
            .collect();
        let text = |index: usize| blocks.get(index).map_or("", |block| block.text.as_str());
        match numbered[..] {
            [at] if at + 1 == self.open.len() && marker.order == Some(1) => {
                let node = &self.nodes[self.open[at]];
                node.paragraphs.len() == 1
                    && node.paragraphs[0] + 1 == block
                    && owns_below(text(node.paragraphs[0]))
            }
            [outer, inner] => {
                let goes_on = |at: usize| {
                    order(&self.nodes, self.open[at]).is_some_and(|order| marker.order == Some(order + 1))
                };
                let own = text(block).split(':').next().unwrap_or_default();
                let back = goes_on(outer) && (!goes_on(inner) || whole_list(own).is_some());
                self.open.truncate(if back { outer } else { inner });
                true
            }
            _ => false,
        }
    }

    fn put(&mut self, marker: &Marker, block: usize) {
        let parent = self.open.last().copied();
        let label = self.label(marker, parent);
        let above = parent.map_or(String::new(), |parent| self.nodes[parent].path.clone() + ".");
        let path = self.unique(format!("{above}{label}"));
        self.add(path, Some(marker.clone()), parent, block);
    }

    fn label(&mut self, marker: &Marker, parent: Option<usize>) -> String {
        if marker.level.is_plain() {
            let sign = match marker.level {
                Level::Plus => '+',
                Level::Bullet => '•',
                _ => '-',
            };
            let items = self.items.entry((parent, marker.level)).or_insert(0);
            *items += 1;
            return format!("{sign}{items}");
        }
        // "1.2" under "1" is its second.
        let inside = parent.and_then(|parent| self.nodes[parent].marker.as_ref()).is_some_and(|above| {
            matches!(marker.level, Level::Dotted(_))
                && marker.label.strip_prefix(above.label.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        match marker.label.rsplit_once('.') {
            Some((_, last)) if inside => last.to_owned(),
            _ => marker.label.clone(),
        }
    }

    fn unique(&mut self, path: String) -> String {
        let times = self.paths.entry(path.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { path } else { format!("{path}({times})") }
    }

    fn add(&mut self, path: String, marker: Option<Marker>, parent: Option<usize>, block: usize) {
        let at = self.nodes.len();
        self.nodes.push(Node {
            path,
            marker,
            parent,
            children: Vec::new(),
            paragraphs: vec![block],
            titled: false,
        });
        if let Some(parent) = parent {
            self.nodes[parent].children.push(at);
        }
        self.open.push(at);
    }

    fn paragraph(&mut self, block: usize) {
        // A paragraph without a mark goes back to the clause above the list it follows.
        while self.open.len() > 1
            && self
                .open
                .last()
                .is_some_and(|at| self.nodes[*at].marker.as_ref().is_some_and(|m| m.level.is_plain()))
        {
            self.open.pop();
        }
        match self.open.last() {
            Some(at) => self.nodes[*at].paragraphs.push(block),
            None => self.loose(block),
        }
    }

    fn loose(&mut self, block: usize) {
        self.open.clear();
        self.loose += 1;
        let path = self.unique(format!("đoạn {}", self.loose));
        self.add(path, None, None, block);
        self.open.clear();
    }
}

impl Tree {
    /// The same tree with some paragraphs left out of its clauses; a clause may be left without any.
    pub fn without(mut self, paragraphs: &[usize]) -> Tree {
        for node in self.nodes.iter_mut().filter(|_| !paragraphs.is_empty()) {
            node.paragraphs.retain(|index| !paragraphs.contains(index));
        }
        self
    }

    /// What the section a clause stands in is for: the nearest title above that tells.
    pub fn purpose(&self, at: usize, blocks: &[Block]) -> Purpose {
        let mut here = Some(at);
        while let Some(at) = here {
            let node = &self.nodes[at];
            let text = node.paragraphs.first().map_or("", |index| blocks[*index].text.as_str());
            if (node.titled || node.parent.is_none())
                && let Some(purpose) = purpose_of(text)
            {
                return purpose;
            }
            here = node.parent;
        }
        Purpose::Content
    }

    /// Whether the document has no sections around this clause: its first numbers are its tasks, as in a letter.
    pub fn stands_free(&self, at: usize) -> bool {
        let mut root = at;
        while let Some(parent) = self.nodes[root].parent {
            root = parent;
        }
        self.nodes[root]
            .marker
            .as_ref()
            .is_none_or(|marker| marker.level >= Level::Number || marker.level == Level::Article)
    }

    /// The text of a clause with everything under it.
    pub fn whole_text(&self, at: usize, blocks: &[Block]) -> String {
        let node = &self.nodes[at];
        let own: Vec<&str> = node.paragraphs.iter().map(|index| blocks[*index].text.as_str()).collect();
        let mut text = own.join("\n");
        for child in &node.children {
            text.push('\n');
            let sign = match self.nodes[*child].marker.as_ref() {
                Some(marker) if marker.level == Level::Plus => "+ ".to_owned(),
                Some(marker) if marker.level.is_plain() => "- ".to_owned(),
                Some(marker) => format!("{}) ", marker.label),
                None => String::new(),
            };
            text.push_str(&sign);
            text.push_str(&self.whole_text(*child, blocks));
        }
        text
    }

    /// The lines of a clause with everything under it.
    pub fn whole_lines(&self, at: usize, blocks: &[Block]) -> Vec<usize> {
        let node = &self.nodes[at];
        let mut lines: Vec<usize> =
            node.paragraphs.iter().flat_map(|index| blocks[*index].all_lines()).collect();
        for child in &node.children {
            lines.extend(self.whole_lines(*child, blocks));
        }
        lines
    }

    /// The clauses as they are shown.
    pub fn clauses(&self, blocks: &[Block]) -> Vec<Clause> {
        let shown = |node: &Node| {
            let own: Vec<&str> = node.paragraphs.iter().map(|index| blocks[*index].text.as_str()).collect();
            Clause {
                path: node.path.clone(),
                title: own
                    .first()
                    .filter(|_| node.titled)
                    .map(|text| text.trim_end_matches([':', ' ']).to_owned()),
                text: own.join("\n"),
                lines: node.paragraphs.iter().flat_map(|index| blocks[*index].all_lines()).collect(),
                sure: if node.marker.is_some() { Sure::Certain } else { Sure::Likely },
            }
        };
        self.nodes.iter().map(shown).collect()
    }
}

fn purpose_of(title: &str) -> Option<Purpose> {
    let folded = plain(shortened(title, 160));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&[
        "phan cong",
        "to chuc thuc hien",
        "trach nhiem",
        "nhiem vu cua",
        "che do bao cao",
        "che do thong tin",
        "thong tin, bao cao",
        "phan cong nhiem vu",
    ]) && title.len() < 200
    {
        return Some(Purpose::Organising);
    }
    if has(&["muc dich", "muc tieu", "yeu cau", "quan diem"])
        && folded.len() < 70
        && (is_title(title) || folded.split(' ').count() < 9)
    {
        return Some(Purpose::Aims);
    }
    if has(&[
        "dac diem",
        "tinh hinh",
        "danh gia",
        "ket qua dat duoc",
        "ton tai",
        "han che",
        "nguyen nhan",
        "su can thiet",
    ]) && folded.split(' ').count() < 14
        && !ends(title)
    {
        return Some(Purpose::Background);
    }
    None
}
