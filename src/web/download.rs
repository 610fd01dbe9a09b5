//! A file handed to the browser: saved, never opened in the page, under its Vietnamese name.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::vietnamese::without_accents;

/// 200 with the bytes as a file to be saved. No cache keeps it: it belongs to whoever is signed in.
pub fn download(content_type: &str, file_name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(file_name)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes)
}

/// The header of a file to be saved, its name twice: in letters every browser takes, and as it is (RFC 6266, RFC 5987).
pub fn disposition(name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{encoded}", ascii_name(name))
}

/// Letters without accents, none exchanged for another: "so-y-te". "Báo cáo năm 2025 (dự thảo).docx" as "bao-cao-nam-2025-du-thao.docx".
fn ascii_name(name: &str) -> String {
    let letters = |text: &str| {
        let key = without_accents(text);
        let words = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    };
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("{}.{}", letters(stem), letters(end)),
        None => letters(name),
    }
}
