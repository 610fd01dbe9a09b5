//! The guide inside the program, for whoever is lost at night: also before signing in. Roles decide only what stands first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{PARTS, Part, Shown, contents, picture};
use crate::error::Error;
use crate::web::{Nav, Page, SignedIn, State, assets, render};

#[derive(Template)]
#[template(path = "guide/show.html")]
struct GuidePage {
    page: Page,
    shown: &'static Shown,
    /// On the contents page: the parts of the reader's own roles. Elsewhere none.
    own: Vec<&'static Part>,
    /// The other parts, by address and title; "" is the contents page.
    others: Vec<(String, &'static str)>,
}

fn page(me: Option<&SignedIn>, state: &State, title: &str) -> Page {
    match me {
        Some(me) => me.page(title, Nav::None),
        None => Page::anonymous(title, Some(&state.clock)),
    }
}

/// `GET /guide`: who reads what, and the jobs of the reader's own roles first.
///
/// # Errors
/// [`Error::Internal`] when the template fails.
pub async fn show_contents(me: Option<SignedIn>, state: State) -> Result<HttpResponse, Error> {
    let roles = |me: &SignedIn| me.actor.memberships.iter().map(|m| m.role).collect::<Vec<_>>();
    let roles = me.as_ref().map(roles).unwrap_or_default();
    let own = PARTS.iter().filter(|part| part.roles.iter().any(|role| roles.contains(role))).collect();
    let page = page(me.as_ref(), &state, "Hướng dẫn sử dụng");
    render(&GuidePage { page, shown: contents(), own, others: others("") })
}

/// `GET /guide/{part}`.
///
/// # Errors
/// [`Error::NotFound`] for another name.
pub async fn show_part(
    name: web::Path<String>,
    me: Option<SignedIn>,
    state: State,
) -> Result<HttpResponse, Error> {
    let part = Part::named(&name).ok_or(Error::NotFound)?;
    let shown = part.shown();
    let page = page(me.as_ref(), &state, &format!("{} · Hướng dẫn", shown.title));
    render(&GuidePage { page, shown, own: vec![], others: others(part.name) })
}

fn others(here: &str) -> Vec<(String, &'static str)> {
    let contents = (!here.is_empty()).then(|| ("/guide".to_owned(), contents().title.as_str()));
    let parts = PARTS.iter().filter(|part| part.name != here);
    contents
        .into_iter()
        .chain(parts.map(|part| (format!("/guide/{}", part.name), part.shown().title.as_str())))
        .collect()
}

/// `GET /guide/hinh/{picture}`.
///
/// # Errors
/// [`Error::NotFound`] for another name.
pub async fn show_picture(req: HttpRequest, file: web::Path<String>) -> Result<HttpResponse, Error> {
    let picture = picture(&file).ok_or(Error::NotFound)?;
    Ok(assets::kept(&req, "image/png", picture.bytes))
}
