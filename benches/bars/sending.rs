//! How much longer the officer waits for the confirmation of a sending than its bare transaction takes. Between two
//! sendings the collector asks to amend, unmeasured, so that both ways send the same report.

use std::collections::BTreeSet;

use tonghop::error::Error;
use tonghop::reports::submit::{Sending, Signed, submit};

use super::pairs::{paired, time};
use super::province::Province;

const ROUNDS: usize = 61;

pub fn measure(province: &Province) {
    let confirmed = what_is_asked(province);
    let agent = province.agent();
    let by_page = || {
        let sending = sending(province, &confirmed);
        let (version, draft) = (sending.version.to_string(), sending.draft.to_string());
        let mut fields = vec![("csrf", province.csrf.as_str()), ("version", &version), ("draft", &draft)];
        fields.extend(confirmed.iter().map(|key| ("confirmed", key.as_str())));
        let url = format!("{}/reports/{}/submission", province.base, province.report);
        let post = || agent.post(&url).header("Cookie", province.cookie()).send_form(fields.iter().copied());
        let mut status = 0;
        let took = time(|| status = post().expect("the server answers").status().as_u16());
        assert_eq!(status, 303, "the report is sent");
        province.ask_to_amend();
        took
    };
    let bare = || {
        let sending = sending(province, &confirmed);
        let took = time(|| send(province, &sending).expect("the report is sent"));
        province.ask_to_amend();
        took
    };
    let medians = paired(ROUNDS, by_page, bare);
    println!(
        "sending: answered in {:?}, its bare transaction {:?}, ratio {:.2} (bar: at most 1.5)",
        medians.first, medians.second, medians.ratio
    );
}

fn send(province: &Province, sending: &Sending) -> Result<i32, Error> {
    let (id, moment) = (province.report, province.state.clock.moment());
    province.db.write(|conn| submit(conn, &province.officer, id, sending, moment))
}

fn sending(province: &Province, confirmed: &BTreeSet<String>) -> Sending {
    let read = province.db.read(|conn| {
        let open = tonghop::reports::draft::open(conn, &province.officer, province.report)?;
        Ok::<_, Error>((open.case.report.version, open.draft.version))
    });
    let (version, draft) = read.expect("the draft");
    Sending { version, draft, confirmed: confirmed.clone(), paper: Signed::Drafted }
}

/// The warnings that a first sending names.
fn what_is_asked(province: &Province) -> BTreeSet<String> {
    match send(province, &sending(province, &BTreeSet::new())) {
        Ok(_) => {
            province.ask_to_amend();
            BTreeSet::new()
        }
        Err(Error::Invalid(problems)) => {
            let keys = problems.0.iter().map(|problem| problem.field.trim_start_matches("confirm."));
            keys.map(str::to_owned).collect()
        }
        Err(other) => panic!("{other}"),
    }
}
