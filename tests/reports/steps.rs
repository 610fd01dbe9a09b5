//! The machine of states against a table written by hand, and any walk through it against the table's own walk.

use proptest::prelude::*;
use tonghop::reports::{ReportState as S, Step};

/// Every step that leads somewhere: from, step, to. `draft*` is the open state: amend when something was sent before.
const TABLE: [(S, Step, &str); 38] = [
    (S::NotBegun, Step::Save, "draft"),
    (S::Draft, Step::Save, "draft"),
    (S::Draft, Step::PassToLeader, "with_leader"),
    (S::Draft, Step::Send, "sent"),
    (S::WithLeader, Step::HandBack, "open"),
    (S::WithLeader, Step::TakeBack, "open"),
    (S::WithLeader, Step::Send, "sent"),
    (S::Sent, Step::Receive, "received"),
    (S::Sent, Step::AskAmendment, "amend"),
    (S::Amend, Step::Save, "amend"),
    (S::Amend, Step::PassToLeader, "with_leader"),
    (S::Amend, Step::Send, "sent"),
    (S::Received, Step::Reopen, "amend"),
    // The collector types in from paper, and stops; it may take a draft over, and never one that is with the leader.
    (S::NotBegun, Step::TypeForUnit, "draft"),
    (S::Draft, Step::TypeForUnit, "draft"),
    (S::Amend, Step::TypeForUnit, "amend"),
    (S::Draft, Step::StopTyping, "not_begun"),
    (S::Amend, Step::StopTyping, "amend"),
    (S::Draft, Step::GiveBack, "draft"),
    (S::Amend, Step::GiveBack, "amend"),
    (S::WithLeader, Step::TypeForUnit, ""),
    (S::Sent, Step::TypeForUnit, ""),
    (S::Received, Step::TypeForUnit, ""),
    // A newer edition below: its figures go into a correction.
    (S::Sent, Step::Renew, "amend"),
    (S::Received, Step::Renew, "amend"),
    (S::Draft, Step::Renew, ""),
    // A table of before the system is received without having been sent, and goes again; what a unit has begun is its own.
    (S::NotBegun, Step::EnterTable, "received"),
    (S::Received, Step::EnterTable, "received"),
    (S::Received, Step::FallBack, "received"),
    (S::Received, Step::TakeTableBack, "not_begun"),
    (S::Draft, Step::EnterTable, ""),
    (S::Sent, Step::EnterTable, ""),
    // What was entered for a unit by mistake goes back to where it was, while nobody has received it.
    (S::Sent, Step::Withdraw, "not_begun"),
    (S::Sent, Step::WithdrawGivingBack, "draft"),
    (S::Received, Step::Withdraw, ""),
    // Three that must not be there stand here as such, so that nobody adds them without thinking.
    (S::Received, Step::AskAmendment, ""),
    (S::NotBegun, Step::Send, ""),
    (S::Sent, Step::Save, ""),
];

fn expected(from: S, step: Step, correcting: bool) -> Option<&'static str> {
    let row = TABLE.iter().find(|(state, by, _)| *state == from && *by == step)?;
    match row.2 {
        "" => None,
        "open" => Some(if correcting { "amend" } else { "draft" }),
        to => Some(to),
    }
}

#[test]
fn every_state_and_step_is_as_in_the_table() {
    for from in S::ALL {
        for step in Step::ALL {
            for correcting in [false, true] {
                let to = from.after(step, correcting).map(S::code);
                assert_eq!(to, expected(from, step, correcting), "{from:?} {step:?} {correcting}");
            }
        }
    }
}

#[test]
fn codes_come_back() {
    for state in S::ALL {
        assert_eq!(S::from_code(state.code()), Some(state));
    }
    for step in Step::ALL {
        assert_eq!(Step::from_code(step.code()), Some(step));
    }
    assert_eq!(S::from_code("nowhere"), None);
}

proptest! {
    /// Whatever people press, a report is received only after it was sent, and only an open one can be typed into; tables of before
    /// the system and what is taken back apart.
    #[test]
    fn no_walk_skips_the_sending(steps in prop::collection::vec(0usize..Step::ALL.len(), 0..60)) {
        let (mut state, mut sent, mut received) = (S::NotBegun, 0u32, 0u32);
        // The number of the revision that counts.
        let mut counts = None;
        let apart = [
            Step::EnterTable, Step::TakeTableBack, Step::FallBack, Step::Withdraw, Step::WithdrawGivingBack,
        ];
        for step in steps.into_iter().map(|at| Step::ALL[at]).filter(|step| !apart.contains(step)) {
            let Some(next) = state.after(step, sent > 0) else { continue };
            prop_assert_eq!(step == Step::Save, step == Step::Save && state.is_open());
            if step == Step::Send { sent += 1 }
            if step == Step::Receive {
                received += 1;
                counts = Some(sent);
            }
            if step == Step::Reopen {
                prop_assert_eq!((state, next, counts), (S::Received, S::Amend, Some(sent)), "what was received still counts");
            }
            prop_assert_eq!(next == S::Received, counts == Some(sent) && next != S::Amend && next != S::WithLeader);
            prop_assert!(received <= sent);
            prop_assert_eq!(next == S::Draft, next == S::Draft && sent == 0, "once sent it is never a mere draft");
            state = next;
        }
    }
}
