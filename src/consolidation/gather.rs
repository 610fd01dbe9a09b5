//! From the database to the content of an edition: everything read within one transaction, by a fixed number of
//! queries. The preview shows it, `make_edition` freezes it.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::between::mark_telling;
use super::catalogue::Catalogue;
use super::changes::changes_between;
use super::content::{
    EditionContent, Identity, MissingUnit, OnBehalf, OutsideUnit, PaperHead, Sending, Signatory,
};
use super::cumulative::YearSoFar;
use super::filings::{Filings, outward};
use super::narrative::cited_in;
use super::papers::Papers;
use super::past::Past;
use super::queries::OfficialCode;
use super::replaced::replaced;
use super::total::FoldError;
use super::{assemble, queries};
use crate::calendar::Holidays;
use crate::db::Conn;
use crate::db::ids::{EditionId, ObligationId, RevisionId, UnitId};
use crate::error::Error;
use crate::periods::{self, Duty, Period, Regime, Standing};
use crate::reports;
use crate::reports::printed::{Origin, paper_head};
use crate::standard::provinces;
use crate::units::{self, Letterhead, UnitOn};
use crate::vietnamese::lower_first;

/// The edition to be: what it will be called and who makes it.
pub(super) struct Heading {
    pub(super) number: i32,
    pub(super) created_at: NaiveDateTime,
    pub(super) compiled_by: String,
}

/// A content and the revisions it was made from.
pub(super) struct Gathered {
    pub(super) content: EditionContent,
    /// Every obligation to the collector, with the received revision or none.
    pub(super) sources: Vec<(ObligationId, Option<RevisionId>)>,
}

/// Gathers the content of a collector's edition of a period. About forty queries, whatever the number of units.
///
/// # Errors
/// [`Error::NotFound`] when nobody owes this collector anything; [`Error::Refused`] for a period without figures
/// and for a total that does not fit, the indicator named; the queries' own.
pub(super) fn gather(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    collector: UnitId,
    heading: &Heading,
) -> Result<Gathered, Error> {
    let filings = Filings::load(conn, period, collector)?;
    if filings.duties.is_empty() {
        return Err(Error::NotFound);
    }
    let (identity, paper) = identity(conn, period, regime, collector, heading)?;
    let (groups, indicators) = queries::catalogue(conn)?;
    let catalogue = Catalogue::read(groups, indicators)?;
    let past = Past::load(conn, &catalogue, period, collector)?;
    let year = YearSoFar::load(conn, &catalogue, period, collector)?;
    let lines = filings.unit_lines(&catalogue)?;
    let papers = Papers::load(conn, period, collector, &filings)?;
    let asked = catalogue.asked(&filings.asked_indicators());
    let (groups, units) = assemble::assemble(&asked, lines, past.as_ref(), year.as_ref()).map_err(misfit)?;
    let (material, written) = cited_in(conn, &filings, period.id, collector)?;
    let holidays = periods::queries::holidays(conn)?;
    let mut content = EditionContent {
        identity: Identity { catalogue_version: catalogue.version().to_owned(), ..identity },
        groups,
        units,
        narrative: filings.narrative(&material, &written),
        lists: filings.lists(),
        missing: missing(&filings),
        missing_below: filings
            .duties
            .iter()
            .filter(|duty| duty.is_consolidated())
            .flat_map(|duty| filings.levels.missing(duty, &filings.unit_name(duty)))
            .collect(),
        outside: outside(&filings),
        tasks: papers.tasks(&filings),
        evidence: papers.evidence(&filings),
        sendings: filings.duties.iter().map(|duty| sending(&filings, duty, regime, &holidays)).collect(),
        changes: None,
        same_period_note: past.as_ref().map(Past::note).unwrap_or_default(),
        paper: Some(paper),
    };
    let editions = queries::editions_of(conn, period.id, collector)?;
    if let Some(paper) = &mut content.paper {
        paper.replaces = replaced(conn, &editions, heading.number)?;
    }
    let mut earlier = earlier(conn, &editions, !content.classified().is_empty())?;
    if let Some(previous) = earlier.first() {
        content.changes = Some(changes_between(&previous.1, &content));
    }
    earlier.retain(|(approved, _)| *approved);
    let earlier: Vec<EditionContent> = earlier.into_iter().map(|(_, content)| content).collect();
    mark_telling(&mut content, &earlier);
    let received = |duty: &Duty| filings.revisions.get(&duty.obligation.id).map(|revision| revision.id);
    let used = |duty: &Duty| if duty.standing() == Standing::Owed { received(duty) } else { None };
    let sources = filings.duties.iter().map(|duty| (duty.obligation.id, used(duty))).collect();
    Ok(Gathered { content, sources })
}

/// A total that does not fit, in words.
pub(super) fn misfit(error: FoldError) -> Error {
    Error::Refused(format!("{error}. Kiểm tra lại số liệu các đơn vị đã gửi cho chỉ tiêu này."))
}

/// What editions there are said, the newest first, discarded ones left out, each with whether it is approved: the newest of
/// all, and with `approved` every one that others than the collector may read. One query.
pub(super) fn earlier(
    conn: &mut Conn,
    editions: &[queries::EditionRow],
    approved: bool,
) -> Result<Vec<(bool, EditionContent)>, Error> {
    let standing = editions.iter().filter(|edition| !edition.is_discarded()).enumerate();
    let wanted = standing.filter(|(at, edition)| *at == 0 || (approved && edition.is_approved()));
    let wanted: Vec<&queries::EditionRow> = wanted.map(|(_, edition)| edition).collect();
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<EditionId> = wanted.iter().map(|edition| edition.id).collect();
    let texts = queries::contents(conn, &ids)?;
    let read = |edition: &&queries::EditionRow| {
        let text = texts.get(&edition.id).map(String::as_str).unwrap_or_default();
        let content = EditionContent::from_canonical(text)
            .map_err(|e| Error::Internal(format!("edition {}: {e}", edition.id)))?;
        Ok::<_, Error>((edition.is_approved(), content))
    };
    wanted.iter().map(read).collect()
}

fn identity(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    collector: UnitId,
    heading: &Heading,
) -> Result<(Identity, PaperHead), Error> {
    let Some((window_from, window_to)) = period.window_from.zip(period.window_to) else {
        return Err(Error::Refused(
            "Kỳ này thu văn bản, không có thời gian chốt số liệu, nên không có số liệu để tổng hợp."
                .to_owned(),
        ));
    };
    let day = period.reference_on;
    let next = queries::next_level(conn, regime.id, collector, day)?;
    let ids: Vec<UnitId> = [Some(collector), Some(regime.province_id), next].into_iter().flatten().collect();
    let bodies = units::queries::on_day(conn, &ids, day)?;
    let parent = bodies.get(&next.unwrap_or(collector)).and_then(|unit| unit.parent_id);
    let own_parent = bodies.get(&collector).and_then(|unit| unit.parent_id);
    let above: Vec<UnitId> = [parent, own_parent].into_iter().flatten().collect();
    let superiors = units::queries::on_day(conn, &above, day)?;
    let paper = paper_head_of(
        conn,
        period,
        regime,
        (collector, next),
        &bodies,
        own_parent.and_then(|id| superiors.get(&id)),
    )?;
    let name = |id: UnitId| bodies.get(&id).map(|unit| unit.name.clone()).unwrap_or_default();
    let province = bodies.get(&regime.province_id);
    let official = queries::official_code(conn, regime.province_id, day)?;
    let official =
        official.map(|known| in_the_catalogue(known, &name(regime.province_id), day)).transpose()?;
    let own = || province.map(|unit| unit.code.clone()).unwrap_or_default();
    let identity = Identity {
        province_code: official.as_ref().map_or_else(own, |official| official.code.clone()),
        province_code_from: official.as_ref().and_then(|official| official.from),
        province_code_to: official.as_ref().and_then(|official| official.to),
        province: lower_first(&name(regime.province_id)),
        regime_code: regime.code.clone(),
        regime_name: regime.name.clone(),
        period_code: period.code.clone(),
        period_label: period.label.clone(),
        window_from,
        window_to,
        edition_number: u32::try_from(heading.number).unwrap_or_default(),
        catalogue_version: String::new(),
        created_at: heading.created_at,
        approved_at: None,
        sha256: String::new(),
        doc_number: None,
        doc_date: None,
        agency: name(collector),
        superior: parent.and_then(|id| superiors.get(&id)).map(|unit| unit.name.clone()).unwrap_or_default(),
        place: province.map(|unit| unit.short_name.clone()).unwrap_or_default(),
        signatory: Signatory { capacity: vec![], name: None },
        compiled_by: Some(heading.compiled_by.clone()),
    };
    Ok((identity, paper))
}

/// A province's code with its days: no longer than it is this province's in the state catalogue, whatever the register leaves open.
fn in_the_catalogue(known: OfficialCode, name: &str, day: NaiveDate) -> Result<OfficialCode, Error> {
    let listed = provinces::coded(&known.code, day)?.filter(|listed| listed.is_named(name));
    let Some(listed) = listed else { return Ok(known) };
    let to = [known.to, listed.to].into_iter().flatten().min();
    Ok(OfficialCode { from: known.from.max(Some(listed.from)), to, ..known })
}

/// The head of the consolidated report's paper: to the regime's recipients, or to the body above that collects here.
/// Five queries.
fn paper_head_of(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    (collector, next): (UnitId, Option<UnitId>),
    bodies: &HashMap<UnitId, UnitOn>,
    parent: Option<&UnitOn>,
) -> Result<PaperHead, Error> {
    let (Some(unit), Some(province)) = (bodies.get(&collector), bodies.get(&regime.province_id)) else {
        return Err(Error::NotFound);
    };
    let letterhead = Letterhead::new(unit, parent, province);
    let mut addressees = match collector == regime.collector_id {
        true => queries::recipients(conn, regime.id)?,
        false => vec![],
    };
    if addressees.is_empty() {
        addressees.extend(next.and_then(|id| bodies.get(&id)).map(|unit| unit.name.clone()));
    }
    let (plans, bases) = reports::queries::served(conn, regime.id, period.reference_on)?;
    let mut known = reports::recipients::known(conn, regime.id, (collector, true), None)?.unwrap_or_default();
    if known.drafter.is_empty() {
        // Whom its two papers go to differs; who drafts them does not.
        let own = reports::recipients::known(conn, regime.id, (collector, false), None)?;
        known.drafter = own.map(|own| own.drafter).unwrap_or_default();
    }
    let top = collector == regime.collector_id;
    let origin = Origin { regime, period, plans: &plans, bases: &bases, recipients: Some(&known), top };
    Ok(paper_head(&letterhead, origin, addressees))
}

fn missing(filings: &Filings) -> Vec<MissingUnit> {
    let absent = |duty: &&Duty| {
        duty.standing() == Standing::Owed && !filings.revisions.contains_key(&duty.obligation.id)
    };
    let unit = |duty: &Duty| MissingUnit {
        name: filings.name(duty),
        progress: outward(duty).to_owned(),
        requested: duty.is_request(),
        uid: filings.uid(duty),
        consolidated: duty.is_consolidated(),
    };
    filings.duties.iter().filter(absent).map(unit).collect()
}

fn outside(filings: &Filings) -> Vec<OutsideUnit> {
    let unit = |duty: &Duty| OutsideUnit {
        name: filings.name(duty),
        progress: duty.progress().words().to_owned(),
        reason: filings.reasons.get(&duty.obligation.id).cloned().unwrap_or_default(),
        uid: filings.uid(duty),
        consolidated: duty.is_consolidated(),
    };
    filings.duties.iter().filter(|duty| !duty.standing().counts()).map(unit).collect()
}

fn sending(filings: &Filings, duty: &Duty, regime: &Regime, holidays: &Holidays) -> Sending {
    let entry = duty.entry(regime.rolling, holidays);
    let late = entry.first_sent_on.zip(entry.deadline);
    let owed = duty.standing() == Standing::Owed;
    let revision = filings.revisions.get(&duty.obligation.id).filter(|_| owed);
    Sending {
        unit: filings.name(duty),
        requested: duty.is_request(),
        progress: duty.progress().words().to_owned(),
        sent_at: duty.answered_at(),
        days_late: late.map(|(sent, due)| u32::try_from((sent - due).num_days()).unwrap_or(0)),
        revision: revision.and_then(|revision| u32::try_from(revision.number).ok()),
        revision_sent_at: revision.map(|revision| revision.sent_at),
        sha256: revision.map(|revision| revision.sha256.clone()).unwrap_or_default(),
        on_behalf: revision.and_then(|revision| filings.typed.get(&revision.id)).map(|typed| OnBehalf {
            arrived_number: typed.paper.number.clone(),
            arrived_on: typed.paper.on,
            typist: typed.typist.clone(),
            self_received: typed.self_received,
            scanned: typed.scanned,
            from_table: typed.from_table.as_ref().map(|table| table.file.clone()).unwrap_or_default(),
        }),
        below: filings.levels.below(duty),
    }
}
