//! The message behind a redirect, kept in a cookie: whatever stands in it is what is shown.

use actix_web::cookie::Cookie;
use proptest::prelude::*;
use tonghop::web::Flash;

use crate::prose_reports::{Scene, send, word};

fn plain(text: &str) -> Flash {
    Flash { text: text.to_owned(), bad: false, link: None }
}

#[test]
fn signs_that_an_encoding_uses_are_only_signs() {
    for text in ["Tăng 50% so cùng kỳ", "100%", "%", "%%", "50%41", "%25", "%zz", "a+b=c; d,e \"f\" \\g", ""]
    {
        let flash = plain(text);
        assert_eq!(Flash::decode(&flash.encode()).as_ref(), Some(&flash), "{text}");
    }
    assert_eq!(Flash::decode("ok:%C4"), None, "half a letter is none");
    assert_eq!(Flash::decode("ok:%4"), None);
}

#[test]
fn a_link_leads_to_a_page_of_ours_or_nowhere() {
    let link = |address: &str| {
        let flash = Flash { link: Some((address.to_owned(), "Xem".to_owned())), ..plain("Đã ghi.") };
        Flash::decode(&flash.encode()).expect("the words are told whatever the link is").link
    };
    for ours in ["/tasks/3", "/plans?q=a%2Fb", "/"] {
        assert_eq!(link(ours).map(|(address, _)| address).as_deref(), Some(ours));
    }
    let others = [
        "//evil.example",
        "/\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/a\nb",
        "tasks",
        "https://evil.example",
        "",
    ];
    for other in others {
        assert_eq!(link(other), None, "{other:?}");
    }
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(
        text in "[%+&=; \"\\PC]{0,60}",
        bad: bool,
        link in prop::option::of(("/[a-z%]{1,10}", "\\PC{0,20}")),
    ) {
        let flash = Flash { text, bad, link };
        let kept = flash.encode();
        prop_assert!(kept.bytes().all(|b| b.is_ascii_alphanumeric() || b"%:".contains(&b)), "{}", kept);
        // As a browser gives it back.
        let cookie = Cookie::parse(format!("tonghop_flash={kept}")).expect("a cookie");
        prop_assert_eq!(Flash::decode(cookie.value()), Some(flash));
    }
}

#[test]
fn a_name_with_a_percent_sign_is_told_on_the_page() {
    let scene = Scene::open();
    let review = send(&scene.officer, scene.id, "Tăng 50% so cùng kỳ.docx", &word()).redirected();
    let to = scene.officer.post(&format!("{review}/removal"), &[("version", "1")]).redirected();
    let page = scene.officer.get(&to).ok();
    assert!(page.contains("Đã bỏ văn bản “Tăng 50% so cùng kỳ.docx”"), "{page}");
}
