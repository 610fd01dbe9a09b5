//! Counts the queries this process sends, over every connection opened after the count began. For tests that run in a
//! process of their own, as nextest runs them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static SENT: AtomicUsize = AtomicUsize::new(0);
static KEEPS: AtomicBool = AtomicBool::new(false);
static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn counting() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            SENT.fetch_add(1, Ordering::SeqCst);
            if KEEPS.load(Ordering::SeqCst) {
                KEPT.lock().expect("nobody panicked").push(query.to_string());
            }
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

/// The queries `what` sends, as they are written.
pub fn statements<T>(what: impl FnOnce() -> T) -> (Vec<String>, T) {
    KEPT.lock().expect("nobody panicked").clear();
    KEEPS.store(true, Ordering::SeqCst);
    let result = what();
    KEEPS.store(false, Ordering::SeqCst);
    (std::mem::take(&mut *KEPT.lock().expect("nobody panicked")), result)
}
