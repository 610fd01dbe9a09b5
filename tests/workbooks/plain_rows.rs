//! The sheet of rows is put into the file by our own hands: what it says must come back as any program reads it.

use calamine::Data;
use tonghop::workbooks::schema::{Column, DATA};

use super::{Read, sample};

#[test]
fn texts_come_back_as_they_were_typed() {
    for typed in ["=1+1", "<b>&amp;", "<r>&</r>", "_x0041_ _x00e9_", " hai đầu ", "“ngoặc” ' \"", "a\nb"]
    {
        let mut edition = sample::edition();
        for figure in &mut edition.units[0].figures {
            figure.note = typed.to_owned();
        }
        let values = Read::of(&edition).values(DATA);
        let notes: Vec<&Data> = values
            .rows()
            .filter(|row| row[usize::from(Column::UnitUid.at())].to_string() == edition.units[0].uid)
            .map(|row| &row[usize::from(Column::Note.at())])
            .filter(|note| **note != Data::Empty)
            .collect();
        assert!(!notes.is_empty());
        assert!(notes.iter().all(|note| **note == Data::String(typed.to_owned())), "{typed}: {notes:?}");
    }
}

#[test]
fn the_sheet_says_how_large_it_is_and_every_row_stands_in_its_place() {
    let edition = sample::edition();
    let values = Read::of(&edition).values(DATA);
    let lines = edition.groups.iter().map(|group| group.indicators.len()).sum::<usize>();
    let rows = lines * (edition.units.len() + 1);
    assert_eq!(values.end().map(|(row, _)| row as usize), Some(rows));
    assert_eq!(values.width(), Column::ALL.len());
    for (column, heading, _) in Column::ALL {
        assert_eq!(values.get_value((0, column.at().into())), Some(&Data::String(heading.to_owned())));
    }
    let codes: Vec<String> =
        edition.groups.iter().flat_map(|g| &g.indicators).map(|i| i.code.clone()).collect();
    for (at, row) in values.rows().skip(1).enumerate() {
        let code = &codes[at / (edition.units.len() + 1)];
        assert_eq!(row[usize::from(Column::Indicator.at())], Data::String(code.clone()), "row {at}");
    }
}
