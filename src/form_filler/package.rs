//! The workbook around its sheets: which part is which sheet, shared texts, names, and how it is to be computed.

use std::collections::{BTreeMap, HashMap};

use crate::ooxml::{Archive, PackageError};

use super::formula::moved;
use super::markup::{Kind, Markup, Splice, attribute, escaped, with_attribute};
use super::rows::Rows;

/// Changed parts by name; `None` is left out.
pub(super) type Changes = BTreeMap<String, Option<Vec<u8>>>;

/// The part that holds the workbook.
pub(super) fn workbook_part(archive: &Archive) -> Result<String, PackageError> {
    let roots = archive.relationships("")?;
    let found = roots.into_iter().find(|one| one.kind.ends_with("/officeDocument"));
    found.map(|one| one.target).ok_or_else(|| PackageError::Malformed("_rels/.rels".into()))
}

/// Names of sheets and the parts that hold them, in the order of their tabs; sheets of charts alone have no cells.
pub(super) fn sheets(archive: &Archive, workbook: &str) -> Result<Vec<(String, String)>, PackageError> {
    let parts: HashMap<String, String> = archive
        .relationships(workbook)?
        .into_iter()
        .filter(|one| one.kind.ends_with("/worksheet"))
        .map(|one| (one.id, one.target))
        .collect();
    let markup = Markup::read(workbook, archive.part(workbook).unwrap_or_default())?;
    let mut sheets = Vec::new();
    for bit in 0..markup.bits.len() {
        if markup.opens(bit, "sheet") {
            let tag = markup.raw(bit);
            let id = attribute(tag, "r:id").or_else(|| any_id(tag));
            if let (Some(name), Some(part)) = (attribute(tag, "name"), id.and_then(|id| parts.get(&id))) {
                sheets.push((name, part.clone()));
            }
        }
    }
    Ok(sheets)
}

/// The relationship of a sheet where its prefix is another than "r".
fn any_id(tag: &str) -> Option<String> {
    let at = tag.find(":id=")?;
    let prefix = tag[..at].rsplit(char::is_whitespace).next()?;
    attribute(tag, &format!("{prefix}:id"))
}

/// Shared texts by their number, those that are wanted: what stands inside each, as written.
pub(super) fn shared_texts(
    archive: &Archive,
    workbook: &str,
    wanted: impl Fn(usize, &str) -> bool,
) -> Result<HashMap<usize, String>, PackageError> {
    let related = archive.relationships(workbook)?;
    let Some(part) =
        related.into_iter().find(|one| one.kind.ends_with("/sharedStrings")).map(|one| one.target)
    else {
        return Ok(HashMap::new());
    };
    let markup = Markup::read(&part, archive.part(&part).unwrap_or_default())?;
    let (mut texts, mut number, mut bit) = (HashMap::new(), 0, 0);
    while bit < markup.bits.len() {
        if !markup.opens(bit, "si") {
            bit += 1;
            continue;
        }
        let close = markup.close(bit);
        if markup.bits[bit].kind == Kind::Start {
            let inside = &markup.text[markup.bits[bit].span.end..markup.bits[close].span.start];
            if wanted(number, inside) {
                texts.insert(number, inside.to_owned());
            }
        }
        number += 1;
        bit = close + 1;
    }
    Ok(texts)
}

/// Names that follow moved rows, and the word to compute everything when the file is opened: results kept from the
/// empty form would be untrue.
pub(super) fn workbook(
    archive: &Archive,
    part: &str,
    sheets: &HashMap<String, Rows>,
) -> Result<Vec<u8>, PackageError> {
    let markup = Markup::read(part, archive.part(part).unwrap_or_default())?;
    let mut splice = Splice::new(&markup.text);
    // After which element the computing stands, by the order the format fixes.
    let (mut computed, mut after) = (false, None);
    for bit in 0..markup.bits.len() {
        if markup.bits[bit].kind == Kind::End {
            continue;
        }
        match markup.name(bit) {
            "definedName" => {
                let (old, close) = (markup.inside(bit), markup.close(bit));
                let new = moved(&old, "", sheets, None);
                if new != old {
                    splice.put(markup.bits[bit].span.end..markup.bits[close].span.start, &escaped(&new));
                }
            }
            "sheets" | "functionGroups" | "externalReferences" | "definedNames" => {
                after = Some(markup.close(bit))
            }
            "calcPr" => {
                computed = true;
                splice.put(
                    markup.bits[bit].span.clone(),
                    &with_attribute(markup.raw(bit), "fullCalcOnLoad", "1"),
                );
            }
            _ => {}
        }
    }
    if let Some(after) = after.filter(|_| !computed) {
        let at = markup.bits[after].span.end;
        let tag = markup.raw(after);
        let prefix = tag.trim_start_matches(['<', '/']).split_once(':').map(|(prefix, _)| prefix);
        let prefix = prefix.filter(|prefix| prefix.chars().all(char::is_alphanumeric));
        let new = prefix.map_or_else(
            || "<calcPr fullCalcOnLoad=\"1\"/>".to_owned(),
            |prefix| format!("<{prefix}:calcPr fullCalcOnLoad=\"1\"/>"),
        );
        splice.put(at..at, &new);
    }
    Ok(splice.finish().into_bytes())
}

/// Takes out the list of the order of computing, which names cells where they stood.
pub(super) fn without_calculation_chain(
    archive: &Archive,
    workbook: &str,
    changes: &mut Changes,
) -> Result<(), PackageError> {
    let related = archive.relationships(workbook)?;
    let Some(chain) = related.iter().find(|one| one.kind.ends_with("/calcChain")) else { return Ok(()) };
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let frame = format!("{folder}/_rels/{file}.rels");
    for part in [frame.trim_start_matches('/'), "[Content_Types].xml"] {
        let markup = Markup::read(part, archive.part(part).unwrap_or_default())?;
        let mut splice = Splice::new(&markup.text);
        for bit in 0..markup.bits.len() {
            let tag = markup.raw(bit);
            let names = attribute(tag, "Id").as_deref() == Some(&chain.id)
                || attribute(tag, "PartName")
                    .is_some_and(|name| name.trim_start_matches('/') == chain.target);
            if (markup.opens(bit, "Relationship") || markup.opens(bit, "Override")) && names {
                splice.put(markup.bits[bit].span.start..markup.bits[markup.close(bit)].span.end, "");
            }
        }
        changes.insert(part.to_owned(), Some(splice.finish().into_bytes()));
    }
    changes.insert(chain.target.clone(), None);
    Ok(())
}
