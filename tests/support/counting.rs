//! Counts the queries this process sends, over every connection opened after the count began. For tests that run in a
//! process of their own, as nextest runs them.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static SENT: AtomicUsize = AtomicUsize::new(0);

fn counting() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { .. } = event {
            SENT.fetch_add(1, Ordering::SeqCst);
        }
    }))
}

/// From now on connections count. Call it before the first one is opened.
pub fn begin() {
    set_default_instrumentation(counting).expect("the instrumentation is set");
}

/// How many queries `what` sends, transactions' own statements among them.
pub fn queries<T>(what: impl FnOnce() -> T) -> (usize, T) {
    let before = SENT.load(Ordering::SeqCst);
    let result = what();
    (SENT.load(Ordering::SeqCst) - before, result)
}
