//! Units' workbooks, torn inside their XML and as bytes, and cells of any kind in every column.

#[path = "../../tests/unit_workbook/sample.rs"]
mod sample;

use tonghop::reports::read as read_figure;
use tonghop::unit_workbook::values::{Raw, typed};
use tonghop::unit_workbook::{self, takes};
use tonghop::vietnamese::{Legacy, Level};

use super::Chance;

/// What is put between the markup of a sheet.
const PIECES: [&str; 14] = [
    "<row r=\"1048576\">",
    "</row>",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<c r=\"A0\"><v>1</v></c>",
    "<c t=\"s\"><v>99999999</v></c>",
    "<c t=\"e\"><v>#REF!</v></c>",
    "<f t=\"shared\" si=\"4294967295\"/>",
    "<f>1+1</f>",
    "<v>1e999</v>",
    "<v></v>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<is><t>g\u{C7}n 100</t></is>",
    "&#0;",
    "\u{AD}",
];

/// A sound workbook with one part cut, doubled or strewn with pieces; now and then torn as bytes.
pub fn mangled(chance: &mut Chance) -> Vec<u8> {
    let whole = sample::filled();
    let parts = [
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/worksheets/sheet5.xml",
        "xl/worksheets/sheet7.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "docProps/custom.xml",
    ];
    let part = parts[chance.next(parts.len())];
    let cuts: Vec<(usize, usize, usize)> =
        (0..=chance.next(6)).map(|_| (chance.next(4), chance.next(1 << 20), chance.next(300))).collect();
    let mut bytes = sample::with_part(&whole, part, |xml| {
        let mut text: Vec<char> = xml.chars().collect();
        for (what, at, length) in &cuts {
            let at = at % (text.len() + 1);
            let to = (at + length).min(text.len());
            match what {
                0 => drop(text.drain(at..to)),
                1 => {
                    let piece = text[at..to].to_vec();
                    text.splice(at..at, piece);
                }
                _ => {
                    text.splice(at..at, PIECES[length % PIECES.len()].chars());
                }
            }
        }
        text.into_iter().collect()
    });
    if chance.next(4) == 0 {
        let at = chance.next(bytes.len());
        bytes[at] ^= 1 << chance.next(8);
    }
    bytes
}

/// Reads a workbook; whatever it says has to be told in words.
pub fn read(bytes: &[u8]) {
    match unit_workbook::read(bytes, &sample::outline()) {
        Ok(reading) => assert!(reading.places.len() < 1_000_000),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

/// Pieces of a text, and numbers of any bits, as cells of every column.
pub fn numbers(text: &str, chance: &mut Chance) {
    let from = chance.next(text.len());
    let piece: String = text.chars().skip(from).take(chance.next(40)).collect();
    let bits = ((chance.next(usize::MAX) as u64) << 1) | 1;
    let cells =
        [Raw::Text(piece.clone()), Raw::Number(f64::from_bits(bits)), Raw::Percent(f64::from_bits(bits))];
    for name in ["whole", "decimal", "money", "percent", "yes-no"] {
        let asked = sample::column(name);
        for cell in &cells {
            let found = typed(cell, takes(&asked));
            drop(read_figure(&found.text, Level::default(), "", &asked));
        }
    }
    if let Some(legacy) = Legacy::of_text(&piece, None) {
        assert!(!legacy.to_unicode(&piece).is_empty());
    }
}
