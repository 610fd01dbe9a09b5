//! The one spelling of an address by which the same post is recognised: as it is copied from a telephone, with what a network
//! adds to count its readers, in the short and long forms of the large platforms. Pure; nothing is asked of any network, so a
//! short address that only its platform can resolve (fb.watch, vm.tiktok.com) stays a post of its own.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::vietnamese::clean_line;

/// The version of this rule: raise it with whatever changes a key, and servers recompute those they have stored.
pub const RULE: i32 = 5;
/// What is added to addresses to count readers; names of parameters, with a star where more follows.
const TRACKING: [&str; 16] = [
    "utm_*",
    "fbclid",
    "gclid",
    "gidzl",
    "dclid",
    "msclkid",
    "zarsrc",
    "mibextid",
    "igsh",
    "igshid",
    "rdid",
    "share_url",
    "sfnsn",
    "_rdc",
    "_rdr",
    "__*",
];
/// Hosts in front of a host that show the same pages to other machines.
const FRONTS: [&str; 6] = ["www.", "m.", "mobile.", "mbasic.", "web.", "amp."];
/// Longer chains of addresses within addresses are nobody's.
const WITHIN: usize = 3;

/// The key of an address. Letters count in paths, where they tell two posts apart, and not in hosts.
pub fn link_key(address: &str) -> String {
    key_of(address, WITHIN)
}

fn key_of(address: &str, within: usize) -> String {
    let typed = clean_line(address);
    let whole = if typed.contains("://") { typed.clone() } else { format!("https://{typed}") };
    let Ok(url) = Url::parse(&whole) else { return typed.to_lowercase() };
    let host = host(&url);
    let parts: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(decoded).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let says =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    if let Some(to) = passed_on(&host, &parts, &says).filter(|_| within > 0) {
        return key_of(&to, within - 1);
    }
    let post = match host.as_str() {
        "youtube.com" | "youtu.be" | "youtube-nocookie.com" => youtube(&host, &parts, &says),
        "facebook.com" | "fb.com" => facebook(&parts, &says),
        // Without a name of its own it says the number of the video; "fb.watch/abc" only Facebook can tell.
        "fb.watch" if parts.is_empty() => says("v").map(|id| format!("facebook.com/videos/{id}")),
        "tiktok.com" => tiktok(&parts),
        _ => None,
    };
    post.unwrap_or_else(|| plain(&host, &parts, &url))
}

fn host(url: &Url) -> String {
    let whole = url.host_str().unwrap_or_default().to_lowercase();
    let host = FRONTS.iter().find_map(|front| whole.strip_prefix(front).filter(|rest| rest.contains('.')));
    let host = host.unwrap_or(&whole);
    let host = host
        .strip_suffix(".facebook.com")
        .filter(|front| is_language(front))
        .map_or(host, |_| "facebook.com");
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// "vi-vn", "en-gb": Facebook shows its pages in a language under a name of its own.
fn is_language(front: &str) -> bool {
    front.split_once('-').is_some_and(|(language, country)| {
        (2..=3).contains(&language.len())
            && country.len() == 2
            && front.chars().all(|c| c == '-' || c.is_ascii_lowercase())
    })
}

fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), |text| clean_line(&text))
}

/// Where a platform's door leads to.
fn passed_on(host: &str, parts: &[&str], says: &impl Fn(&str) -> Option<String>) -> Option<String> {
    match (host, parts) {
        ("l.facebook.com" | "lm.facebook.com", ["l.php"]) => says("u"),
        ("youtube.com", ["redirect"]) => says("q"),
        ("google.com", ["url"]) => says("url").or_else(|| says("q")),
        _ => None,
    }
}

fn youtube(host: &str, parts: &[&str], says: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let id = match parts {
        [id] if host == "youtu.be" => Some((*id).to_owned()),
        ["watch"] => says("v"),
        ["shorts" | "live" | "embed" | "v", id, ..] => Some((*id).to_owned()),
        _ => None,
    };
    id.map(|id| format!("youtube.com/watch?v={id}"))
}

fn facebook(parts: &[&str], says: &impl Fn(&str) -> Option<String>) -> Option<String> {
    // A number tells a post apart within its page only; the newer names of posts do so everywhere.
    let post = |page: Option<&str>, id: &str| match page.filter(|page| !page.is_empty()) {
        Some(page) if !id.starts_with("pfbid") => format!("facebook.com/{}/posts/{id}", page.to_lowercase()),
        _ => format!("facebook.com/posts/{id}"),
    };
    let video = |id: &str| format!("facebook.com/videos/{id}");
    match parts {
        ["story.php" | "permalink.php"] => says("story_fbid").map(|id| post(says("id").as_deref(), &id)),
        ["groups", group, "posts" | "permalink", .., id] => {
            let group = format!("groups/{group}");
            Some(post(Some(group.as_str()), id))
        }
        ["watch"] | ["watch", "live"] | ["video.php"] => says("v").map(|id| video(&id)),
        ["reel", id] => Some(video(id)),
        ["photo.php" | "photo"] => says("fbid").map(|id| format!("facebook.com/photos/{id}")),
        [page, "posts", .., id] => Some(post(Some(*page), id)),
        [_, "videos", .., id] => Some(video(id)),
        [_, "photos", .., id] => Some(format!("facebook.com/photos/{id}")),
        _ => None,
    }
}

fn tiktok(parts: &[&str]) -> Option<String> {
    match parts {
        [_, "video" | "photo", id] => Some(format!("tiktok.com/video/{id}")),
        // As telephones share it.
        ["v", id] => Some(format!("tiktok.com/video/{}", id.strip_suffix(".html").unwrap_or(id))),
        _ => None,
    }
}

/// Host, path, and what the address asks in the order of its names, without what only counts readers.
fn plain(host: &str, parts: &[&str], url: &Url) -> String {
    let host = if host == "fb.com" { "facebook.com" } else { host };
    let mut asked: Vec<(String, String)> =
        url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    asked.retain(|(key, _)| !counts_readers(key));
    asked.sort();
    let asked: Vec<String> = asked
        .into_iter()
        .map(|(key, value)| if value.is_empty() { key } else { format!("{key}={value}") })
        .collect();
    let path: String = without_amp(parts).iter().flat_map(|part| ["/", part]).collect();
    let asked = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
    // Some portals write the way to a post behind the mark: "cong.gov.vn/#/tin/1".
    let way = url.fragment().filter(|part| part.starts_with('/') || part.starts_with("!/"));
    let way = way.map(|part| format!("#{part}")).unwrap_or_default();
    format!("{host}{path}{asked}{way}")
}

/// The path of the same page for other machines than telephones: "/amp/tin" and "/tin/amp" show "/tin".
fn without_amp<'p, 's>(mut parts: &'p [&'s str]) -> &'p [&'s str] {
    while let ["amp", rest @ ..] | [rest @ .., "amp"] = parts {
        if rest.is_empty() {
            break;
        }
        parts = rest;
    }
    parts
}

fn counts_readers(name: &str) -> bool {
    let name = name.to_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(begins) => name.starts_with(begins),
        None => name == *known,
    })
}
