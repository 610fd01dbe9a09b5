//! A workbook that would be quietly wrong is not written.

use super::sample;
use tonghop::consolidation::EditionCopy;
use tonghop::workbooks::{WorkbookError, write};

#[test]
fn a_total_that_is_not_what_the_units_give_is_refused() {
    let mut edition = sample::edition();
    edition.groups[1].indicators[0].total.value = Some(1398);
    let error = write(&edition, EditionCopy::Ministry).unwrap_err();
    assert!(matches!(&error, WorkbookError::TotalDisagrees { indicator } if indicator == "B04"), "{error}");
}

#[test]
fn more_digits_than_a_spreadsheet_keeps_are_refused() {
    let mut edition = sample::edition();
    edition.units[0].figures[2].now.value = Some(1_234_567_890_123_456);
    sample::total_up(&mut edition);
    let error = write(&edition, EditionCopy::Ministry).unwrap_err();
    assert!(
        matches!(&error, WorkbookError::TooManyDigits { indicator, .. } if indicator == "B04"),
        "{error}"
    );
    assert!(error.to_string().contains("B04"));

    // Nothing to compare with: the difference, too, would have too many digits.
    for unit in &mut edition.units {
        unit.figures.retain(|figure| figure.indicator != "B04" || figure.now.value.is_some());
        unit.figures.iter_mut().for_each(|figure| figure.same_period = Default::default());
    }
    // Trailing zeros take no digits: a round sum of any size can be kept.
    edition.units[0].figures[2].now.value = Some(1_234_567_890_120_000_000);
    edition.units[1].figures[2].now.value = Some(0);
    edition.units[3].figures[2].now.value = Some(0);
    sample::total_up(&mut edition);
    assert!(write(&edition, EditionCopy::Ministry).is_ok());
}
