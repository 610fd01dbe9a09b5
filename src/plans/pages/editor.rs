//! What the editing forms share: the version they were opened with, and a refused save that loses nothing.

use actix_web::http::StatusCode;

use crate::calendar::Moment;
use crate::db::ids::PlanId;
use crate::error::{Error, Problems};
use crate::plans::edit::{self, Editor};
use crate::plans::{Plan, queries};
use crate::web::{FormData, SignedIn, State};

/// Why a form is shown again.
#[derive(Default)]
pub struct Again {
    pub problems: Problems,
    /// Somebody else saved first: what was typed is kept, and saved on top of theirs when sent once more.
    pub overtaken: bool,
}

impl Again {
    /// The form again for what can be mended, or the error itself for what cannot.
    pub fn from(error: Error) -> Result<Again, Error> {
        match error {
            Error::Invalid(problems) => Ok(Again { problems, overtaken: false }),
            Error::Conflict(_) => Ok(Again { problems: Problems::default(), overtaken: true }),
            other => Err(other),
        }
    }

    pub fn status(&self) -> StatusCode {
        match (self.overtaken, self.problems.is_empty()) {
            (true, _) => StatusCode::CONFLICT,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, true) => StatusCode::OK,
        }
    }
}

/// The version the form was opened with; 0, which no plan has, when it is missing.
pub fn version(form: &FormData) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

/// The editor of a posted form.
pub fn editor<'a>(me: &'a SignedIn, form: &FormData, moment: Moment) -> Editor<'a> {
    Editor { actor: &me.actor, version: version(form), moment }
}

/// The plan of an editing page, as it is now.
pub async fn opened(state: &State, me: &SignedIn, id: PlanId) -> Result<Plan, Error> {
    let actor = me.actor.clone();
    state.read(move |conn| Ok(edit::open(conn, &actor, id)?.0)).await
}

/// The plan of a page, for whoever reads plans of its province.
pub async fn seen(state: &State, me: &SignedIn, id: PlanId) -> Result<Plan, Error> {
    let provinces = me.scope().provinces;
    state.read(move |conn| Ok(queries::find(conn, &provinces, id)?)).await
}
