//! The browser that typed the code, and its forms. Stands where `SignedIn` and `Posted` stand for everybody else.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;

use super::super::code::{self, SetupSession};
use crate::error::Error;
use crate::web::{FormData, State, Upload, same_token};

/// Holds the token of the browser that typed the code.
pub const COOKIE: &str = "tonghop_setup";

/// The browser that typed the code.
pub struct Guarded(pub SetupSession);

/// Its form, CSRF checked.
pub struct GuardedForm {
    pub setup: SetupSession,
    pub form: FormData,
}

/// Its form with a file.
pub struct GuardedUpload {
    pub setup: SetupSession,
    pub upload: Upload,
}

impl Guarded {
    /// The session behind the request's cookie.
    ///
    /// # Errors
    /// [`Error::SignedOut`] without one.
    pub async fn find(req: &HttpRequest, state: &State) -> Result<SetupSession, Error> {
        let token = req.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).ok_or(Error::SignedOut)?;
        let now = state.clock.now_utc();
        state.read(move |conn| code::session(conn, &token, now)?.ok_or(Error::SignedOut)).await
    }
}

type Found<T> = LocalBoxFuture<'static, Result<T, Error>>;

async fn find(req: HttpRequest) -> Result<SetupSession, Error> {
    let state = req.app_data::<State>().cloned();
    let state = state.ok_or_else(|| Error::Internal("no application state".into()))?;
    Guarded::find(&req, &state).await
}

fn checked(setup: &SetupSession, form: &FormData) -> Result<(), Error> {
    if same_token(form.get("csrf"), &setup.csrf) {
        return Ok(());
    }
    Err(Error::Forbidden("Trang này đã mở từ lần nhập mã trước. Tải lại trang rồi thực hiện lại.".into()))
}

impl FromRequest for Guarded {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let setup = find(req.clone());
        Box::pin(async move { Ok(Guarded(setup.await?)) })
    }
}

impl FromRequest for GuardedForm {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let setup = find(req.clone());
        let pairs = web::Form::<Vec<(String, String)>>::from_request(req, payload);
        Box::pin(async move {
            let setup = setup.await?;
            let pairs = pairs.await.map_err(|e| {
                log::info!("a form could not be read: {e}");
                Error::Refused("Không đọc được biểu mẫu đã gửi. Quay lại và thử lại.".to_owned())
            })?;
            let form = FormData::new(pairs.into_inner());
            checked(&setup, &form)?;
            Ok(GuardedForm { setup, form })
        })
    }
}

impl FromRequest for GuardedUpload {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let setup = find(req.clone());
        let upload = Upload::from_request(req, payload);
        Box::pin(async move {
            let setup = setup.await?;
            let upload = upload.await?;
            checked(&setup, &upload.form)?;
            Ok(GuardedUpload { setup, upload })
        })
    }
}
