//! Every address of the program, one line each.

use actix_web::web::{ServiceConfig, get, post, resource, to};

use crate::{consolidation, people, web};

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
        // consolidation
        .route("/periods/{id}/consolidation", get().to(consolidation::pages::preview))
        .route("/periods/{id}/editions", post().to(consolidation::pages::make))
        .route("/editions", get().to(consolidation::pages::list))
        .route("/editions/{id}", get().to(consolidation::pages::show))
        .service(
            resource("/editions/{id}/approval")
                .route(get().to(consolidation::pages::ask_approval))
                .route(post().to(consolidation::pages::approve)),
        )
        .route("/editions/{id}/workbook/{copy}", get().to(consolidation::pages::download))
        // assets
        .route("/assets/{name}", get().to(web::assets::show))
        .default_service(to(web::error_page::not_found));
}
