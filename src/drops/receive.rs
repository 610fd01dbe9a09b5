//! A drop comes in: archives are opened, each file is kept with its bytes, and the job that reads them is asked for. One
//! transaction with its audit row; what cannot be taken by itself is kept as a line that says why.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::archive::{Found, Unpacked, is_archive, too_many, unpack};
use super::queries::{self, NewDrop, NewFile};
use super::{FileState, LARGEST_DROP, MOST_FILES, READ, Receipt};
use crate::access::{Action, Actor, Membership};
use crate::attachments::name::kept;
use crate::audit::{self, By, sha256_hex};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{DropId, PeriodId};
use crate::error::{Error, Problems};
use crate::jobs;
use crate::periods::{self, Period};
use crate::reports::TypedDay;
use crate::vietnamese::clean_line;
use crate::vietnamese::limits::SIGN;

/// The field of the form that refusals of files belong to.
pub const FIELD: &str = "files";

/// Files as they came, archives opened.
///
/// # Errors
/// [`Error::Invalid`] where nothing came, too much, or an archive that is not taken at all.
pub fn open(given: Vec<(String, Vec<u8>)>) -> Result<Unpacked, Error> {
    let mut all = Unpacked::default();
    // Counted as they are opened: many small archives must not be unpacked one after the other.
    let mut room = LARGEST_DROP;
    for (name, bytes) in given {
        let Unpacked { files, skipped } = match is_archive(&name, &bytes) {
            true => unpack(&name, &bytes, room).map_err(refused)?,
            false => {
                let file = Found { name: kept(&name), path: name, bytes: Ok(bytes) };
                Unpacked { files: vec![file], ..Unpacked::default() }
            }
        };
        let size: usize = files.iter().filter_map(|file| file.bytes.as_ref().ok()).map(Vec::len).sum();
        room = room.checked_sub(size).ok_or_else(|| {
            refused(format!("Các tệp lớn hơn {} MB. Chia thành nhiều lần.", LARGEST_DROP >> 20))
        })?;
        all.files.extend(files);
        all.skipped.extend(skipped);
        if all.files.len() > MOST_FILES {
            return Err(refused(too_many()));
        }
    }
    match all.files.len() {
        0 => Err(refused("Chọn các tệp Excel, hoặc một tệp .zip, trên máy rồi bấm “Tải lên và đọc”.".into())),
        _ => Ok(all),
    }
}

/// Number and day of receipt, once both can be read and are possible.
///
/// # Errors
/// [`Error::Invalid`] with what is to be mended.
pub fn receipt(number: &str, on: &TypedDay, today: NaiveDate) -> Result<Receipt, Problems> {
    let mut problems = Problems::default();
    let number = clean_line(number);
    if number.is_empty() {
        problems.add("received_number", "Nhập số đến trong sổ công văn đến.");
    }
    problems.add_fault("received_number", SIGN.fault("Số đến", &number));
    match (on.date, on.problem()) {
        (Some(day), _) if day > today => problems.add("received_on", "Ngày đến không thể sau hôm nay."),
        (Some(_), _) => {}
        (None, Some(message)) => problems.add("received_on", message),
        (None, None) => {
            problems.add("received_on", "Nhập ngày đến; ngày này quyết định đúng hạn hay muộn.");
        }
    }
    match on.date {
        Some(on) if problems.is_empty() => Ok(Receipt { number, on }),
        _ => Err(problems),
    }
}

/// The period files are dropped for, and the membership under which that is done.
///
/// # Errors
/// 404 outside the scope; [`Error::Forbidden`] for those who enter reports for nobody in this period.
pub fn may_drop<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: PeriodId,
) -> Result<(Period, &'a Membership), Error> {
    let (period, _) = periods::queries::period(conn, &actor.scope(), id)?;
    let collectors = queries::collectors(conn, id)?;
    let membership = collectors.into_iter().find_map(|unit| actor.for_unit(unit, Action::TypeOnBehalf));
    let membership = membership.ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ tổng hợp của nơi nhận báo cáo được nhận nhiều tệp Excel.".to_owned())
    })?;
    Ok((period, membership))
}

/// Keeps a drop and asks for its reading. A file whose bytes are in the drop already is left out.
///
/// # Errors
/// As [`may_drop`].
pub fn take_in(
    conn: &mut Conn,
    actor: &Actor,
    id: PeriodId,
    (unpacked, receipt): (&Unpacked, &Receipt),
    moment: Moment,
) -> Result<DropId, Error> {
    let (period, membership) = may_drop(conn, actor, id)?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let drop = queries::insert_drop(
        conn,
        &NewDrop {
            period_id: id,
            unit_id: membership.unit_id,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            received_number: &receipt.number,
            received_on: receipt.on,
            skipped: &unpacked.skipped.join(", "),
            created_at: moment.at,
        },
    )?;
    let mut met: HashMap<String, &str> = HashMap::new();
    for file in &unpacked.files {
        let none = Vec::new();
        let (bytes, fault) = match &file.bytes {
            Ok(bytes) => (bytes, None),
            Err(why) => (&none, Some(why.clone())),
        };
        let sha256 = sha256_hex(bytes);
        let same = fault.is_none().then(|| met.insert(sha256.clone(), &file.name)).flatten();
        let (state, message) = match (fault, same) {
            (Some(why), _) => (FileState::Refused, why),
            (None, Some(other)) => (FileState::LeftOut, same_as(other)),
            (None, None) => (FileState::Waiting, String::new()),
        };
        queries::insert_file(
            conn,
            &NewFile {
                drop_id: drop,
                file_name: &file.name,
                size: i64::try_from(bytes.len()).map_err(|error| Error::Internal(error.to_string()))?,
                sha256: &sha256,
                state: state.code(),
                version: 1,
                tries: 0,
                assigned: false,
                blockers: 0,
                warnings: 0,
                warnings_seen: "",
                message: &message,
            },
            bytes,
        )?;
    }
    let total = i32::try_from(unpacked.files.len()).unwrap_or(i32::MAX);
    jobs::queries::enqueue(conn, (READ, drop.0), total, actor.person_id, moment.recorded)?;
    let step = audit::Step {
        action: "drop.take_in",
        subject_kind: "drop",
        subject_id: Some(drop.0),
        subject_label: &format!("{}: {} tệp", period.label, unpacked.files.len()),
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(json!({ "document": receipt.words() })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(drop)
}

/// Said of a file whose bytes another has.
pub(super) fn same_as(other: &str) -> String {
    format!("Cùng nội dung với tệp “{other}”.")
}

fn refused(words: String) -> Error {
    let mut problems = Problems::default();
    problems.add(FIELD, words);
    Error::Invalid(problems)
}
