//! The user guide: the Markdown of docs/huong-dan and its pictures, compiled into the program and made into HTML once.
//! Stands between those files, which people also read in the repository, and the guide's pages.

pub mod pages;
mod pictures;

use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::access::Role;

pub use pictures::{Picture, picture};

/// One file of the guide.
pub struct Part {
    /// Name of the file without its ending, and last part of its address.
    pub name: &'static str,
    /// Whose work it describes.
    pub roles: &'static [Role],
    text: &'static str,
}

/// The parts, in the order of the contents page.
pub const PARTS: [Part; 4] = [
    Part { name: "can-bo", roles: &[Role::Officer], text: include_str!("../../docs/huong-dan/can-bo.md") },
    Part {
        name: "lanh-dao-don-vi",
        roles: &[Role::UnitLeader],
        text: include_str!("../../docs/huong-dan/lanh-dao-don-vi.md"),
    },
    Part {
        name: "tong-hop",
        roles: &[Role::Compiler, Role::CompilingLeader],
        text: include_str!("../../docs/huong-dan/tong-hop.md"),
    },
    Part {
        name: "quan-tri",
        roles: &[Role::Administrator],
        text: include_str!("../../docs/huong-dan/quan-tri.md"),
    },
];

/// A heading one can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id in the page.
    pub mark: String,
    pub words: String,
}

/// A file of the guide as a page shows it.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    pub title: String,
    /// Its second-level headings: one per job.
    pub jobs: Vec<Job>,
    pub html: String,
}

/// The contents page: who reads what.
pub fn contents() -> &'static Shown {
    static CONTENTS: LazyLock<Shown> =
        LazyLock::new(|| shown(include_str!("../../docs/huong-dan/README.md")));
    &CONTENTS
}

impl Part {
    /// The part with this name in its address.
    pub fn named(name: &str) -> Option<&'static Part> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// The part as a page shows it.
    pub fn shown(&self) -> &'static Shown {
        static SHOWN: LazyLock<Vec<Shown>> =
            LazyLock::new(|| PARTS.iter().map(|part| shown(part.text)).collect());
        let at = PARTS.iter().position(|part| part.name == self.name);
        at.map_or_else(contents, |at| &SHOWN[at])
    }
}

/// The first line is the page's title. Headings get ids, links between files lead to the pages, pictures their size, so
/// that nothing moves while they load.
fn shown(text: &str) -> Shown {
    let (title, text) = text.split_once('\n').unwrap_or((text, ""));
    let mut made = Shown { title: title.trim_start_matches('#').trim().to_owned(), ..Shown::default() };
    let read: Vec<Event> = Parser::new(text).collect();
    let mut events = Vec::with_capacity(read.len());
    for (at, event) in read.iter().enumerate() {
        let here = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let words = words(&read[at..]);
                let mark = mark(&words);
                if *level == HeadingLevel::H2 {
                    made.jobs.push(Job { mark: mark.clone(), words });
                }
                Event::Start(Tag::Heading {
                    level: *level,
                    id: Some(mark.into()),
                    classes: vec![],
                    attrs: vec![],
                })
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type: *link_type,
                dest_url: address(dest_url).into(),
                title: title.clone(),
                id: id.clone(),
            }),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                // A picture leads to itself: on a phone it is read by opening it and drawing it larger.
                let (link_type, dest_url) = (*link_type, CowStr::from(format!("/guide/{dest_url}")));
                let (title, id) = (title.clone(), id.clone());
                events.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url: dest_url.clone(),
                    title: title.clone(),
                    id: id.clone(),
                }));
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            other => other.clone(),
        };
        events.push(here);
        if matches!(event, Event::End(TagEnd::Image)) {
            events.push(Event::End(TagEnd::Link));
        }
    }
    html::push_html(&mut made.html, events.into_iter());
    for picture in pictures::ALL {
        let (plain, (width, height)) =
            (format!("<img src=\"/guide/hinh/{}.png\"", picture.name), picture.size());
        let sized = format!("{plain} width=\"{width}\" height=\"{height}\" loading=\"lazy\"");
        made.html = made.html.replace(&plain, &sized);
    }
    made
}

/// The words of the heading that begins here.
fn words(events: &[Event]) -> String {
    let inside = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    inside
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

/// A heading's id, made the way repositories make it, so that one link serves both readers.
pub fn mark(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// "can-bo.md#x" as "/guide/can-bo#x"; the contents are "/guide".
fn address(link: &str) -> String {
    let (file, mark) = link.split_once('#').map_or((link, String::new()), |(f, m)| (f, format!("#{m}")));
    match file.strip_suffix(".md") {
        Some("README") => format!("/guide{mark}"),
        Some(part) => format!("/guide/{part}{mark}"),
        None => link.to_owned(),
    }
}
