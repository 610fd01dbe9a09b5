//! A workbook from outside into a reading: whose it is, its fields, where each stood, what is doubtful. Stands between the
//! bytes of an upload and the preview; whether it belongs to the report it was given to is asked by whoever has the report.

use std::io::{Cursor, Read};
use std::sync::{Mutex, PoisonError};

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::cells::{Grid, grids};
use super::identity::Identity;
use super::locate::{Found, find};
use super::refusal::Refusal;
use super::taking::Taking;
use super::values::Raw;
use super::{Place, Reading, figures, layout, lists, prose};
use crate::reports::Outline;

/// One at a time: what is in a file of a hundred kilobytes can take a hundred megabytes to read.
static READING: Mutex<()> = Mutex::new(());

/// Reads a workbook by what a report asks for.
///
/// # Errors
/// Why it is not taken as a unit's workbook at all.
pub fn read(bytes: &[u8], outline: &Outline) -> Result<Reading, Refusal> {
    let opened = open(bytes)?;
    let identity = opened.identity.clone().ok_or(Refusal::NoIdentity)?;
    Ok(opened.read(outline, identity))
}

/// A workbook whose cells are known and whose report may not be yet.
pub struct Opened {
    /// Which report it says it is of; none where that was lost.
    pub identity: Option<Identity>,
    grids: Vec<Grid>,
}

/// Opens a workbook without knowing what is asked in it.
///
/// # Errors
/// Why it is not taken as a workbook at all.
pub fn open(bytes: &[u8]) -> Result<Opened, Refusal> {
    let turn = READING.lock().unwrap_or_else(PoisonError::into_inner);
    let grids = grids(bytes)?;
    drop(turn);
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        return Err(Refusal::NothingInIt);
    }
    let identity = identity(&grids).or_else(|| of_properties(bytes));
    Ok(Opened { identity, grids })
}

impl Opened {
    /// What it says to what a report asks, read as the workbook of `identity`.
    pub fn read(&self, outline: &Outline, identity: Identity) -> Reading {
        taken(&self.grids, outline, identity)
    }

    /// The unit that its sheets name in words, for a workbook that lost its identity.
    pub fn named(&self) -> Option<&str> {
        let cells = self.grids.iter().flat_map(|grid| grid.rows.iter().take(10)).flat_map(|(_, cells)| cells);
        cells
            .filter_map(|(_, cell)| match &cell.raw {
                Raw::Text(text) => text.trim().strip_prefix(layout::UNIT_LINE),
                _ => None,
            })
            .map(str::trim)
            .find(|name| !name.is_empty())
    }
}

fn taken(grids: &[Grid], outline: &Outline, identity: Identity) -> Reading {
    let mut taking = Taking::default();
    let mut table = |table: &layout::Table,
                     name: &str,
                     wanted: bool,
                     take: &dyn Fn(&Found<'_>, &mut Taking)| {
        if !wanted {
            return;
        }
        match find(grids, table) {
            Some(found) if found.lacking().is_empty() => take(&found, &mut taking),
            Some(found) => {
                let place = Some(Place::at(&found.grid.sheet, found.head, 0));
                let words = format!(
                    "Bảng “{name}” thiếu cột {}. Thêm lại cột, hoặc chép số liệu vào biểu mẫu mới tải về.",
                    found.lacking().join(", ")
                );
                taking.remark(true, place, words);
            }
            None => {
                let words = format!(
                    "Không tìm thấy bảng “{name}” trong tệp: giữ nguyên nội dung đang có trong báo cáo."
                );
                taking.remark(false, None, words);
            }
        }
    };
    let asks_figures = outline.typed().next().is_some();
    table(&layout::figures(), layout::FIGURES_SHEET, asks_figures, &|found, taking| {
        figures::take(found, outline, taking);
    });
    table(&layout::sections(), layout::SECTIONS_SHEET, !outline.sections.is_empty(), &|found, taking| {
        prose::sections(found, outline, taking);
    });
    table(&layout::tasks(), layout::TASKS_SHEET, !outline.tasks.is_empty(), &|found, taking| {
        prose::tasks(found, outline, taking);
    });
    for list in &outline.lists {
        table(&layout::list(list), &list.title, true, &|found, taking| lists::take(found, list, taking));
    }
    let links = layout::evidence();
    table(&links, layout::EVIDENCE_SHEET, true, &|found, taking| lists::evidence(found, &links, taking));
    let Taking { fields, converted, fonts, places, findings, refused } = taking;
    let fonts = fonts.into_iter().collect::<Vec<_>>().join(", ");
    Reading { identity, fields, converted, fonts, places, findings, refused }
}

/// The identity out of the hidden sheet, whatever it is called now.
fn identity(grids: &[Grid]) -> Option<Identity> {
    grids.iter().find_map(|grid| {
        let words = |raw: &Raw| match raw {
            Raw::Text(text) => Some(text.trim().to_owned()),
            // A program may have made numbers of the digits.
            Raw::Number(number) => super::values::digits(*number),
            _ => None,
        };
        let get = |key: &str| {
            // No key is a number.
            let is_key = |raw: &Raw| matches!(raw, Raw::Text(text) if text.trim() == key);
            let of = |(_, cells): &(u32, super::cells::Row)| {
                let at = cells.iter().position(|(_, cell)| is_key(&cell.raw))?;
                cells.get(at + 1).and_then(|(_, cell)| words(&cell.raw))
            };
            grid.rows.iter().take(40).find_map(of)
        };
        Identity::of(&get)
    })
}

/// The same out of the document's own properties.
fn of_properties(bytes: &[u8]) -> Option<Identity> {
    /// Bytes of the properties at most.
    const LONGEST: u64 = 64 * 1024;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    zip.by_name("docProps/custom.xml").ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut pairs, mut name, mut value) = (Vec::new(), None::<String>, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) if element.local_name().as_ref() == "property" => {
                let named = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == "name")?;
                name = Some(named.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned());
                value.clear();
            }
            Event::Text(words) => value.push_str(&words.xml10_content()),
            Event::End(element) if element.local_name().as_ref() == "property" => {
                pairs.extend(name.take().map(|name| (name, value.trim().to_owned())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Identity::of(&|key| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()))
}
