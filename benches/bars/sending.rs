//! How much longer the officer waits for the confirmation of a sending than its bare transaction takes. Between two
//! sendings the collector asks to amend, unmeasured, so that both ways send the same report.

use std::collections::BTreeSet;

use tonghop::error::Error;
use tonghop::reports::draft;
use tonghop::reports::submit::{Sending, Signed, findings, submit};

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
        // Read to its end, as a browser does: the connection is free for the next request.
        let took = time(|| {
            let answer = post().expect("the server answers");
            status = answer.status().as_u16();
            answer.into_body().read_to_vec().expect("the answer")
        });
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
        let open = draft::open(conn, &province.officer, province.report)?;
        Ok::<_, Error>((open.case.report.version, open.draft.version))
    });
    let (version, draft) = read.expect("the draft");
    Sending { version, draft, confirmed: confirmed.clone(), paper: Signed::Drafted }
}

/// The keys of what the page before sending asks to confirm.
fn what_is_asked(province: &Province) -> BTreeSet<String> {
    let read = province.db.read(|conn| {
        let open = draft::open(conn, &province.officer, province.report)?;
        findings(conn, &open, province.state.clock.moment())
    });
    read.expect("the findings").warnings.into_iter().map(|warning| warning.key).collect()
}
