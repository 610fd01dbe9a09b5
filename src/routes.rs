//! Every address of the program, one line each.

use actix_web::web::{ServiceConfig, get, post, resource, to};

use crate::{indicators, people, units, web};

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
