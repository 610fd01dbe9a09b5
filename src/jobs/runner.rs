//! The one thread of a server that works on jobs: takes one, step by step, renews its lease after each, gives it back when
//! the server stops. Stands between the table of jobs and the rooms whose steps it takes; a step that panics is one that
//! failed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Job, Work, queries};
use crate::calendar::Clock;
use crate::db::Db;
use crate::error::Error;

/// How often an idle runner looks for work.
const LOOKS: Duration = Duration::from_secs(1);

/// What works on jobs.
pub struct Runner {
    db: Db,
    clock: Clock,
    works: Vec<Box<dyn Work>>,
    stopping: Arc<AtomicBool>,
}

/// A runner on its thread; stops when dropped, after the step it is in.
pub struct Running {
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Runner {
    pub fn new(db: Db, clock: Clock, works: Vec<Box<dyn Work>>) -> Runner {
        Runner { db, clock, works, stopping: Arc::new(AtomicBool::new(false)) }
    }

    /// Begins to look for work on a thread of its own.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(self) -> std::io::Result<Running> {
        let stopping = Arc::clone(&self.stopping);
        let thread = std::thread::Builder::new().name("jobs".into()).spawn(move || {
            while !self.stopping.load(Ordering::SeqCst) {
                match self.turn() {
                    Ok(true) => {}
                    Ok(false) if self.ask() => {}
                    Ok(false) => std::thread::park_timeout(LOOKS),
                    Err(error) => {
                        log::error!("jobs: {error}");
                        std::thread::park_timeout(LOOKS);
                    }
                }
            }
        })?;
        Ok(Running { stopping, thread: Some(thread) })
    }

    /// Lets every kind of work ask for what is due by the clock; whether one did. What fails is said and asked for again.
    pub fn ask(&self) -> bool {
        let mut asked = false;
        for work in &self.works {
            match work.ask(&self.db, self.clock.moment()) {
                Ok(did) => asked |= did,
                Err(error) => log::error!("jobs: {} could not be asked for: {error}", work.kind()),
            }
        }
        asked
    }

    /// Takes one job and works on it until it is done, fails, is lost to another or the runner stops; false when there is
    /// none to take.
    ///
    /// # Errors
    /// The queries' own; the lease then runs out by itself.
    pub fn turn(&self) -> Result<bool, Error> {
        let kinds: Vec<&str> = self.works.iter().map(|work| work.kind()).collect();
        let now = self.clock.now_utc();
        let Some(seen) = self.db.read(|conn| Ok::<_, Error>(queries::next(conn, &kinds, now)?))? else {
            return Ok(false);
        };
        // One word per claim: whoever lost a job never takes another's lease for its own.
        let holder = uuid::Uuid::now_v7().to_string();
        let job = self.db.write(|conn| Ok::<_, Error>(queries::claim(conn, &seen, &holder, now)?))?;
        let work = self.works.iter().find(|work| work.kind() == seen.kind);
        let (Some(job), Some(work)) = (job, work) else { return Ok(true) };
        self.work_on(&job, &**work, &holder)?;
        Ok(true)
    }

    fn work_on(&self, job: &Job, work: &dyn Work, holder: &str) -> Result<(), Error> {
        loop {
            if self.stopping.load(Ordering::SeqCst) {
                let now = self.clock.now_utc();
                self.db.write(|conn| Ok::<_, Error>(queries::hand_back(conn, job.id, holder, now)?))?;
                return Ok(());
            }
            let step = catch_unwind(AssertUnwindSafe(|| work.step(&self.db, job, self.clock.moment())));
            let step = step.unwrap_or_else(|_| Err(Error::Internal("a step panicked".into())));
            let now = self.clock.now_utc();
            match step {
                Ok(progress) => {
                    let ours = self.db.write(|conn| {
                        Ok::<_, Error>(queries::advance(conn, job.id, holder, &progress, now)?)
                    })?;
                    if progress.finished || !ours {
                        return Ok(());
                    }
                }
                Err(error) => {
                    log::warn!("jobs: {} {}: {error}", job.kind, job.id);
                    let why = match &error {
                        Error::Db(_) | Error::Internal(_) => "Lỗi hệ thống; được thử lại.".to_owned(),
                        said => said.to_string(),
                    };
                    self.db
                        .write(|conn| Ok::<_, Error>(queries::stumble(conn, job.id, holder, &why, now)?))?;
                    return Ok(());
                }
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                log::error!("jobs: the runner's thread panicked");
            }
        }
    }
}
