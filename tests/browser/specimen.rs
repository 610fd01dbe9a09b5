//! A tiny server with one page that holds every module's markup, so that stylesheet, modules and harness are tried
//! before any page of the house stands on them. Stands between the browser tests and actix.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::json;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The draft as the server keeps it: version, fields, and the status it answers with when that is not 200.
#[derive(Default)]
pub struct Draft {
    pub version: i64,
    pub fields: HashMap<String, String>,
    pub refuse_with: Option<u16>,
    /// What was posted over another version.
    pub set_apart: HashMap<String, String>,
    /// What the next answer says beside version and time.
    pub more: Option<serde_json::Value>,
    /// Whose page it is.
    pub owner: i64,
}

/// The running server; stopped when dropped.
pub struct Specimen {
    pub draft: Arc<Mutex<Draft>>,
    address: SocketAddr,
    server: ServerHandle,
}

impl Specimen {
    pub fn start() -> Self {
        let draft = Arc::new(Mutex::new(Draft { version: 3, owner: 7, ..Draft::default() }));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port's number");
        let shared = web::Data::from(draft.clone());
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .app_data(shared.clone())
                        .wrap(DefaultHeaders::new().add(("content-security-policy", POLICY)))
                        .route("/", web::get().to(page))
                        .route("/greeting", web::post().to(greet))
                        .route("/autosave", web::post().to(autosave))
                        .route("/assets/{name}", web::get().to(asset))
                };
                let server = HttpServer::new(app).workers(1).disable_signals().listen(listener);
                let server = server.expect("the port is ours").run();
                send.send(server.handle()).expect("the test waits for the handle");
                server.await.expect("the server ends in peace");
            });
        });
        Self { draft, address, server: receive.recv().expect("the server's handle") }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Specimen {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn page(draft: web::Data<Mutex<Draft>>) -> HttpResponse {
    let draft = draft.lock().expect("no panic in the server");
    let html = include_str!("specimen.html").replace("{version}", &draft.version.to_string());
    let html = html.replace("{owner}", &draft.owner.to_string());
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)
}

async fn asset(name: web::Path<String>) -> HttpResponse {
    let kind = if name.ends_with(".js") { "text/javascript" } else { "text/css" };
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/assets").join(name.as_str());
    match std::fs::read(file) {
        Ok(bytes) => HttpResponse::Ok().content_type(kind).body(bytes),
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

async fn greet(form: web::Form<HashMap<String, String>>) -> HttpResponse {
    let name = form.get("name").map(String::as_str).unwrap_or_default();
    let html = format!(
        "<!doctype html><html lang=vi><head><title>Chào</title><link rel=stylesheet href=/assets/style.css></head>\
         <body><main><p class=flash role=status>Xin chào {}, cách gửi {}</p></main></body></html>",
        name.replace('<', "&lt;"),
        form.get("how").map(String::as_str).unwrap_or("chưa chọn"),
    );
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)
}

async fn autosave(draft: web::Data<Mutex<Draft>>, form: web::Form<HashMap<String, String>>) -> HttpResponse {
    let mut draft = draft.lock().expect("no panic in the server");
    let status = draft.refuse_with.and_then(|code| actix_web::http::StatusCode::from_u16(code).ok());
    if let Some(status) = status {
        return HttpResponse::build(status).json(json!({}));
    }
    if form.get("version") != Some(&draft.version.to_string()) || form.get("csrf").is_none() {
        draft.set_apart = form.into_inner();
        return HttpResponse::Conflict().json(json!({ "message": "Bà Lan đã lưu lúc 10:41.", "url": "/" }));
    }
    draft.version += 1;
    draft.fields = form.into_inner();
    let mut answer = json!({ "version": draft.version, "saved_at": "10:42" });
    if let Some(serde_json::Value::Object(more)) = draft.more.take() {
        answer.as_object_mut().expect("an object").extend(more);
    }
    HttpResponse::Ok().json(answer)
}
