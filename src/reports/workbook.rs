//! A report's own workbook: made from its draft for whoever writes it, and asked whether one that comes back is of it.
//! Stands between the rows of a draft and the room that writes and reads workbooks, which knows no database.

use std::collections::BTreeMap;

use super::document::Download;
use super::draft::{self, Open};
use super::{Content, Past, queries};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::unit_workbook::{self, Around, Identity, Refusal, Sheets, write};
use crate::vietnamese::short_date;

/// The workbook of a report that is being written, prefilled with its draft.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] for a consolidated report.
pub fn download(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Download, Error> {
    let open = draft::open(conn, actor, id)?;
    draft::may_change(actor, &open.case)?;
    typed_by_hand(&open)?;
    let past = queries::past(conn, &open.case)?;
    let (identity, none) = (identity(&open), (BTreeMap::new(), BTreeMap::new()));
    let bytes = made(&open, &identity, &open.draft.content, &past, (&none.0, &none.1))?;
    Ok(Download { file_name: file_name(&open, "Biểu mẫu"), bytes })
}

/// Only what people type themselves has a workbook.
///
/// # Errors
/// [`Error::Refused`] for a consolidated report.
pub(super) fn typed_by_hand(open: &Open) -> Result<(), Error> {
    if open.case.is_consolidated() {
        return Err(Error::Refused(
            "Báo cáo tổng hợp lấy số liệu từ bản tổng hợp, không nhập bằng biểu mẫu Excel.".to_owned(),
        ));
    }
    Ok(())
}

/// The workbook of a report with some content, and what is to be said in its cells.
///
/// # Errors
/// [`Error::Internal`] where the format refuses something, which no draft holds.
pub(super) fn made(
    open: &Open,
    identity: &Identity,
    content: &Content,
    past: &Past,
    (marks, refused): (&BTreeMap<String, Vec<String>>, &unit_workbook::Fields),
) -> Result<Vec<u8>, Error> {
    let case = &open.case;
    let around = Around {
        unit: case.unit.name.clone(),
        collector: case.collector.name.clone(),
        title: case.title(),
        period: case.window().map_or_else(String::new, |window| {
            format!(
                "Kỳ báo cáo: {} (số liệu từ ngày {} đến ngày {})",
                case.period.label,
                short_date(window.from),
                short_date(window.to)
            )
        }),
        day: case.period.reference_on,
    };
    let outline = &open.outline;
    write(&Sheets { identity, around: &around, outline, content, past, marks, refused })
        .map_err(|error| Error::Internal(error.to_string()))
}

/// "Biểu mẫu bg.khcn 2025-H1.xlsx".
pub(super) fn file_name(open: &Open, what: &str) -> String {
    let case = &open.case;
    let name = [&case.unit.short_name, &case.unit.name].into_iter().find(|name| !name.is_empty());
    let name = name.map_or("", String::as_str);
    format!("{what} {name} {}.xlsx", case.period.label).replace(['/', '\\'], "-")
}

/// What a workbook made from this draft says of itself.
pub(super) fn identity(open: &Open) -> Identity {
    let (case, outline) = (&open.case, &open.outline);
    Identity {
        unit: case.unit.code.clone(),
        unit_name: case.unit.name.clone(),
        regime: case.regime.code.clone(),
        period: case.period.code.clone(),
        period_label: case.period.label.clone(),
        form: outline.form_code.clone(),
        form_version: outline.form_version,
        // What was taken back is no sending: what its unit filled before is still of this report.
        sending: if case.correcting() { case.report.last_revision } else { 0 },
        draft: open.draft.version,
        behalf: case.behalf.is_some(),
    }
}

/// Whether a workbook is of this report as it stands.
///
/// # Errors
/// Why not.
pub(super) fn belongs(open: &Open, found: &Identity) -> Result<(), Refusal> {
    let ours = identity(open);
    if found.unit != ours.unit {
        return Err(Refusal::OtherUnit(found.unit_name.clone()));
    }
    if (&found.regime, &found.period) != (&ours.regime, &ours.period) {
        return Err(Refusal::OtherPeriod(found.period_label.clone()));
    }
    if (&found.form, found.form_version) != (&ours.form, ours.form_version) {
        return Err(Refusal::OtherForm(found.form_version, ours.form_version));
    }
    if found.sending != ours.sending {
        return Err(Refusal::BeforeSending(found.sending, ours.sending));
    }
    if found.behalf != ours.behalf || found.draft > ours.draft {
        return Err(Refusal::OtherDraft);
    }
    Ok(())
}
