//! Posts of a unit that somebody else claims too, for its first screen: whoever claimed first learns of the later claim there.

use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::Error;
use crate::evidence::ledger::{Line, words_of};
use crate::evidence::read;
use crate::plans::shortened;

/// Posts named, at most; the ledger has all.
const SHOWN: usize = 3;
/// Letters of a title.
const TITLE: usize = 90;

/// The posts of this year's ledger that are claimed twice.
#[derive(Debug, Default)]
pub struct Twice {
    pub count: usize,
    /// The newest: what each is called, and who else claims it.
    pub posts: Vec<(String, String)>,
}

/// What of the ledger of the actor's own units is claimed twice, by the rule of that ledger, over the days it shows unasked. As many
/// queries as the ledger.
///
/// # Errors
/// The queries' own; nothing for who keeps no ledger.
pub fn of_own(conn: &mut Conn, actor: &Actor, moment: Moment) -> Result<Twice, Error> {
    let ledger = match read::own(conn, actor, read::this_year(moment.today), moment) {
        Err(Error::Forbidden(_)) => return Ok(Twice::default()),
        ledger => ledger?,
    };
    let all: Vec<&Line> = ledger.lines.iter().filter(|line| !line.twice.is_empty()).collect();
    let post = |line: &&Line| {
        let title = if line.title.is_empty() { &line.url } else { &line.title };
        let who = words_of(&line.twice, line.body, &ledger.units).join("; ");
        (shortened(title, TITLE), who)
    };
    Ok(Twice { count: all.len(), posts: all.iter().take(SHOWN).map(post).collect() })
}
