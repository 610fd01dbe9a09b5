//! Every address of the program, one line each. tests/access holds a row for every line here.

use actix_web::web::{ServiceConfig, get, post, to};

use crate::consolidation;
use crate::dashboard;
use crate::indicators;
use crate::people;
use crate::periods;
use crate::plans;
use crate::reports;
use crate::units;
use crate::web;

/// Registers them all.
pub fn routes(app: &mut ServiceConfig) {
    app
        // people
        .route("/", get().to(people::pages::home))
        .route("/sign-in", get().to(people::pages::sign_in_form))
        .route("/session", post().to(people::pages::sign_in))
        .route("/session/end", post().to(people::pages::sign_out))
        .route("/password", get().to(people::pages::password_form))
        .route("/password", post().to(people::pages::change_password))
        // dashboard
        .route("/my", get().to(dashboard::pages::my))
        .route("/overview", get().to(dashboard::pages::overview))
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
        // reports
        .route("/reports", get().to(reports::pages::list))
        .route("/reports/{id}", get().to(reports::pages::read))
        .route("/reports/{id}/draft", get().to(reports::pages::draft))
        .route("/reports/{id}/draft", post().to(reports::pages::save))
        .route("/reports/{id}/draft/autosave", post().to(reports::pages::autosave))
        .route("/reports/{id}/check", get().to(reports::pages::check))
        .route("/reports/{id}/check", post().to(reports::pages::keep_ticks))
        .route("/reports/{id}/leader-request", post().to(reports::pages::leader_request))
        .route("/reports/{id}/leader-return", post().to(reports::pages::leader_return))
        .route("/reports/{id}/leader-withdrawal", post().to(reports::pages::leader_withdrawal))
        .route("/reports/{id}/submission", post().to(reports::pages::submit))
        .route("/reports/{id}/confirmation/{n}", get().to(reports::pages::confirmation))
        .route("/reports/{id}/receipt", post().to(reports::pages::receipt))
        .route("/reports/{id}/amendment-request", post().to(reports::pages::request_amendment))
        // consolidation
        .route("/periods/{id}/consolidation", get().to(consolidation::pages::preview))
        .route("/periods/{id}/editions", post().to(consolidation::pages::make))
        .route("/editions", get().to(consolidation::pages::list))
        .route("/editions/{id}", get().to(consolidation::pages::show))
        .route("/editions/{id}/approval", get().to(consolidation::pages::ask_approval))
        .route("/editions/{id}/approval", post().to(consolidation::pages::approve))
        .route("/editions/{id}/workbook/{copy}", get().to(consolidation::pages::download))
        // plans
        .route("/plans", get().to(plans::pages::list))
        .route("/plans", post().to(plans::pages::create))
        .route("/plans/new", get().to(plans::pages::new_form))
        .route("/plans/{id}", get().to(plans::pages::show))
        .route("/plans/{id}", post().to(plans::pages::save))
        .route("/plans/{id}/units", get().to(plans::pages::by_unit))
        .route("/plans/{id}/edit", get().to(plans::pages::edit_form))
        .route("/plans/{id}/legal-bases", get().to(plans::pages::bases))
        .route("/plans/{id}/legal-bases", post().to(plans::pages::save_bases))
        .route("/plans/{id}/clauses", get().to(plans::pages::outline))
        .route("/plans/{id}/clauses", post().to(plans::pages::add_clause))
        .route("/plans/{id}/clauses/new", get().to(plans::pages::new_clause))
        .route("/clauses/{id}", get().to(plans::pages::clause_form))
        .route("/clauses/{id}", post().to(plans::pages::save_clause))
        .route("/clauses/{id}/position", post().to(plans::pages::move_clause))
        .route("/clauses/{id}/removal", post().to(plans::pages::remove_clause))
        .route("/clauses/{id}/tasks", post().to(plans::pages::add_task))
        .route("/clauses/{id}/tasks/new", get().to(plans::pages::new_task))
        .route("/tasks", get().to(plans::pages::my_tasks))
        .route("/tasks/{id}", get().to(plans::pages::task))
        .route("/tasks/{id}", post().to(plans::pages::save_task))
        .route("/tasks/{id}/edit", get().to(plans::pages::task_form))
        .route("/tasks/{id}/withdrawal", get().to(plans::pages::withdrawal))
        .route("/tasks/{id}/withdrawal", post().to(plans::pages::withdraw_task))
        .route("/tasks/{id}/entries", post().to(plans::pages::add_entry))
        .route("/task-entries", post().to(plans::pages::add_quick_entry))
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
