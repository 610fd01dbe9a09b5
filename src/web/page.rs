//! The frame around every page: title, navigation by role, banner of the assumed day, one flash message.

use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::FLASH_COOKIE;
use crate::access::{Action, Actor, Role};
use crate::calendar::Clock;
use crate::error::Error;
use crate::vietnamese;

/// The rooms of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    Mine,
    Reports,
    Tasks,
    Evidence,
    Periods,
    Overview,
    Plans,
    Editions,
    Regimes,
    Forms,
    Indicators,
    Units,
    People,
    Start,
    Trail,
    Notices,
    None,
}

/// One link of the navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    pub href: &'static str,
    pub text: &'static str,
    pub here: bool,
    /// The first of its group: work, rules of reporting, registers, the system.
    pub apart: bool,
}

/// Between a message and its link: no text that is typed holds it.
const BEHIND: char = '\u{1f}';

/// A message shown once, after a redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub text: String,
    pub bad: bool,
    /// A page of ours behind it: its address and what the link says.
    pub link: Option<(String, String)>,
}

impl Flash {
    /// Reads the cookie's form: `ok:` or `no:` and the percent-encoded text, then address and words of a link where there is one. The
    /// value is the cookie's as it came: decoded before, a "%" of the text would be taken for one of the encoding.
    pub fn decode(value: &str) -> Option<Flash> {
        let (kind, told) = value.split_once(':')?;
        let told = Flash::plain(told)?;
        let mut parts = told.split(BEHIND).map(str::to_owned);
        let text = parts.next()?;
        let link = parts.next().zip(parts.next());
        let link = link.filter(|(address, _)| is_ours(address));
        Some(Flash { text, bad: kind == "no", link })
    }

    fn plain(text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes().iter();
        while let Some(&b) = rest.next() {
            if b == b'%' {
                let hex = [*rest.next()?, *rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
            } else {
                bytes.push(b);
            }
        }
        String::from_utf8(bytes).ok()
    }

    /// As a cookie keeps it: letters, figures and percent signs, with nothing that a cookie or a header takes for its own.
    pub fn encode(&self) -> String {
        let letter =
            |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
        let mut told = self.text.clone();
        if let Some((address, words)) = &self.link {
            told.push_str(&format!("{BEHIND}{address}{BEHIND}{words}"));
        }
        format!("{}:{}", if self.bad { "no" } else { "ok" }, told.bytes().map(letter).collect::<String>())
    }
}

/// Whether an address is a page of ours. Browsers read "//" and "/\\" as the beginning of another host, and leave out what
/// cannot be seen before they do.
fn is_ours(address: &str) -> bool {
    let path = address.strip_prefix('/');
    path.is_some_and(|path| !path.starts_with('/'))
        && !address.contains(|letter: char| letter == '\\' || letter.is_control())
}

/// How many links stand beside brand and name at 1366 px without being cut off.
const MOST_IN_LINE: usize = 6;

/// What `layout.html` needs.
#[derive(Debug, Clone)]
pub struct Page {
    pub title: String,
    pub links: Vec<NavLink>,
    /// Name, then unit and role; none when nobody is signed in.
    pub who: Option<(String, String)>,
    pub csrf: String,
    /// The one-use key of a form on this page that makes something ([`crate::once`]).
    pub form_key: String,
    /// "Dữ liệu mẫu · ngày giả định: …" when the day is assumed.
    pub banner: Option<String>,
    pub flash: Option<Flash>,
    /// Where it was asked for, with what stands behind the question mark; "" where nobody is signed in.
    pub address: String,
    /// What this person was told and has not read.
    pub unread: i64,
}

impl Page {
    /// A page for nobody: sign-in, errors.
    pub fn anonymous(title: impl Into<String>, clock: Option<&Clock>) -> Page {
        let banner = clock.and_then(banner);
        Page {
            title: title.into(),
            links: vec![],
            who: None,
            csrf: String::new(),
            form_key: String::new(),
            banner,
            flash: None,
            address: String::new(),
            unread: 0,
        }
    }

    /// The address of this same page that hands out one of its tables as a file.
    pub fn csv_address(&self, table: &str, separator: &str) -> String {
        let mark = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{mark}csv={separator}&table={table}", self.address)
    }

    /// Whether the navigation is too long for one line with name and brand, and takes a line of its own.
    pub fn has_many_links(&self) -> bool {
        self.links.len() > MOST_IN_LINE
    }

    /// Whether the navigation leads to an address.
    pub fn leads_to(&self, href: &str) -> bool {
        self.links.iter().any(|link| link.href == href)
    }

    /// The links by group, each group kept together where the line breaks.
    pub fn groups(&self) -> Vec<&[NavLink]> {
        self.links.chunk_by(|_, next| !next.apart).collect()
    }

    /// A page for a signed-in person, with the navigation their roles allow.
    pub fn for_actor(
        title: String,
        here: Nav,
        actor: &Actor,
        csrf: &str,
        clock: &Clock,
        flash: Option<Flash>,
    ) -> Page {
        let unit = actor.is(Role::Officer) || actor.is(Role::UnitLeader);
        let compiles = actor.may_somewhere(Action::Compile);
        let province = actor.may_somewhere(Action::ReadProvince);
        let administers = actor.is(Role::Administrator);
        let mut links: Vec<NavLink> = Vec::new();
        let mut group = |all: &[(bool, Nav, &'static str, &'static str)]| {
            let shown = all.iter().filter(|(show, ..)| *show);
            links.extend(shown.enumerate().map(|(at, (_, nav, href, text))| NavLink {
                href,
                text,
                here: *nav == here,
                apart: at == 0,
            }));
        };
        group(&[
            (unit, Nav::Mine, "/my", "Việc của tôi"),
            (
                actor.is(Role::Leader) || actor.is(Role::CompilingLeader),
                Nav::Overview,
                "/overview",
                "Tình hình chung",
            ),
            (compiles, Nav::Periods, "/periods", "Theo dõi"),
            (unit, Nav::Reports, "/reports", "Báo cáo"),
            (actor.may_somewhere(Action::ReadEdition), Nav::Editions, "/editions", "Bản tổng hợp"),
            (province, Nav::Plans, "/plans", "Kế hoạch"),
            (unit, Nav::Tasks, "/tasks", "Công việc đã thực hiện"),
            (unit, Nav::Evidence, "/evidence", "Minh chứng"),
        ]);
        // Whoever compiles comes to the forms by the tabs of the regimes, so that the links stay on one line.
        let keeps = compiles || administers;
        let regimes = if here == Nav::Forms && !administers { Nav::Forms } else { Nav::Regimes };
        group(&[
            (keeps, regimes, "/regimes", "Chế độ báo cáo"),
            (administers, Nav::Forms, "/forms", "Biểu mẫu"),
            (keeps, Nav::Indicators, "/indicators", "Chỉ tiêu"),
        ]);
        group(&[
            (province && !unit, Nav::Units, "/units", "Đơn vị"),
            (administers, Nav::People, "/people", "Người dùng"),
        ]);
        group(&[
            (administers, Nav::Start, "/start", "Thiết lập"),
            (actor.may_somewhere(Action::ReadTrail), Nav::Trail, "/trail", "Nhật ký hệ thống"),
        ]);
        let who = actor
            .memberships
            .first()
            .map(|m| (actor.full_name.clone(), format!("{} · {}", m.unit_name, m.role.name())));
        Page {
            title,
            links,
            who: who.or_else(|| Some((actor.full_name.clone(), String::new()))),
            csrf: csrf.to_owned(),
            form_key: uuid::Uuid::now_v7().simple().to_string(),
            banner: banner(clock),
            flash,
            address: String::new(),
            unread: 0,
        }
    }
}

fn banner(clock: &Clock) -> Option<String> {
    clock.fixed_day().map(|day| format!("Dữ liệu mẫu · ngày giả định: {}", vietnamese::weekday_date(day)))
}

/// Renders a page with 200.
///
/// # Errors
/// [`Error::Internal`] when the template fails.
pub fn render(page: &impl Template) -> Result<HttpResponse, Error> {
    render_status(StatusCode::OK, page)
}

/// Renders a page with another status: 422 for a form to mend, 409 for a conflict.
///
/// # Errors
/// [`Error::Internal`] when the template fails.
pub fn render_status(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Error> {
    let html = page.render().map_err(|e| Error::Internal(format!("template: {e}")))?;
    let mut spent = Cookie::new(FLASH_COOKIE, "");
    spent.set_path("/");
    spent.make_removal();
    Ok(HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .cookie(spent)
        .content_type("text/html; charset=utf-8")
        .body(html))
}

/// 303 to another page.
pub fn redirect(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// A message short enough for a cookie, whatever names stand in it: browsers drop one of more than 4,096 bytes, and a
/// letter takes up to nine there.
fn cut(text: String) -> String {
    if vietnamese::limits::LINE.holds(&text) {
        return text;
    }
    let short: String = text.chars().take(vietnamese::limits::LINE.characters()).collect();
    format!("{short}…")
}

/// 303 with one message to show there.
pub fn redirect_with(to: &str, text: impl Into<String>) -> HttpResponse {
    redirect_told(to, Flash { text: cut(text.into()), bad: false, link: None })
}

/// The same with something to look at: a message that stands out, and a page of ours to go to.
pub fn redirect_warned(to: &str, text: impl Into<String>, (address, words): (&str, &str)) -> HttpResponse {
    let link = Some((address.to_owned(), words.to_owned()));
    redirect_told(to, Flash { text: cut(text.into()), bad: false, link })
}

fn redirect_told(to: &str, flash: Flash) -> HttpResponse {
    let cookie = Cookie::build(FLASH_COOKIE, flash.encode())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).cookie(cookie).finish()
}
