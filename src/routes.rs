//! Every address of the program, one line each.

use actix_web::web::{ServiceConfig, get, post, resource, to};

use crate::{indicators, people, periods, units, web};

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
        // periods
        .route("/regimes", get().to(periods::pages::regimes))
        .route("/regimes/{id}", get().to(periods::pages::regime))
        .route("/regimes/{id}/periods", post().to(periods::pages::open_period))
        .route("/regimes/{id}/periods/new", get().to(periods::pages::open_form))
        .route("/regimes/{id}/matrix", get().to(periods::pages::matrix))
        .route("/forms/{id}", get().to(periods::pages::form))
        .route("/periods", get().to(periods::pages::periods))
        .route("/periods/{id}", get().to(periods::pages::period))
        .route("/obligations/{id}", get().to(periods::pages::obligation))
        .route("/obligations/{id}/nil", get().to(periods::pages::nil_form))
        .route("/obligations/{id}/nil", post().to(periods::pages::declare_nil))
        .route("/obligations/{id}/nil/withdrawal", post().to(periods::pages::withdraw_nil))
        .route("/obligations/{id}/exemption", get().to(periods::pages::exemption_form))
        .route("/obligations/{id}/exemption", post().to(periods::pages::exempt))
        .route("/obligations/{id}/exemption/withdrawal", post().to(periods::pages::withdraw_exemption))
        .route("/obligations/{id}/extension", get().to(periods::pages::extension_form))
        .route("/obligations/{id}/extension", post().to(periods::pages::extend))
        .route("/obligations/{id}/unlock", get().to(periods::pages::unlock_form))
        .route("/obligations/{id}/unlock", post().to(periods::pages::unlock))
        // units
        .route("/units", get().to(units::pages::list))
        .route("/units/{id}", get().to(units::pages::show))
        // indicators
        .route("/indicators", get().to(indicators::pages::list))
        .route("/indicators/{id}", get().to(indicators::pages::show))
        // assets
        .route("/assets/{name}", get().to(web::assets::show))
        .default_service(to(web::error_page::not_found));
}
