//! Every address of the program, one line each.

use actix_web::web::{ServiceConfig, get, post, resource, to};

use crate::{people, reports, web};

/// Registers them all.
pub fn routes(app: &mut ServiceConfig) {
    app
        // people
        .route("/", get().to(people::pages::home))
        .route("/sign-in", get().to(people::pages::sign_in_form))
        .route("/session", post().to(people::pages::sign_in))
        .route("/session/end", post().to(people::pages::sign_out))
        .service(
            resource("/password")
                .route(get().to(people::pages::password_form))
                .route(post().to(people::pages::change_password)),
        )
        // reports
        .route("/reports", get().to(reports::pages::list))
        .route("/reports/{id}", get().to(reports::pages::read))
        .service(
            resource("/reports/{id}/draft")
                .route(get().to(reports::pages::draft))
                .route(post().to(reports::pages::save)),
        )
        .route("/reports/{id}/draft/autosave", post().to(reports::pages::autosave))
        .route("/reports/{id}/check", get().to(reports::pages::check))
        .route("/reports/{id}/leader-request", post().to(reports::pages::leader_request))
        .route("/reports/{id}/leader-return", post().to(reports::pages::leader_return))
        .route("/reports/{id}/leader-withdrawal", post().to(reports::pages::leader_withdrawal))
        .route("/reports/{id}/submission", post().to(reports::pages::submit))
        .route("/reports/{id}/confirmation/{n}", get().to(reports::pages::confirmation))
        .route("/reports/{id}/receipt", post().to(reports::pages::receipt))
        .route("/reports/{id}/amendment-request", post().to(reports::pages::request_amendment))
        // assets
        .route("/assets/{name}", get().to(web::assets::show))
        .default_service(to(web::error_page::not_found));
}
