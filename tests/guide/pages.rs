//! The guide inside the program: everybody's, the reader's own part first, pictures with their size, every link alive.

use tonghop::guide::PARTS;

use super::guide;
use crate::support::app::TestApp;

#[test]
fn the_readers_own_part_stands_first() {
    let app = TestApp::demo();
    for (username, own) in [
        ("canbo.khcn.bacgiang", "can-bo"),
        ("lanhdao.gddt.bacgiang", "lanh-dao-don-vi"),
        ("tonghop.catinh.bacgiang", "tong-hop"),
        ("quantri.bacgiang", "quan-tri"),
    ] {
        let html = app.client(username).get("/guide").ok();
        assert!(html.contains(&format!("Dành cho bạn: <a href=\"/guide/{own}\">")), "{username}");
    }
    for nobody_special in [app.anonymous(), app.client("lanhdao.ubnd.bacgiang")] {
        let html = nobody_special.get("/guide").ok();
        assert!(!html.contains("Dành cho bạn") && html.contains("Tình hình chung</strong>"));
    }
}

#[test]
fn every_part_is_whole_before_signing_in() {
    let app = TestApp::demo();
    let anybody = app.anonymous();
    assert_eq!(PARTS.len() + 1, guide().len(), "every file of the guide is a page");
    assert!(anybody.get("/sign-in").ok().contains("href=\"/guide\""));
    for part in &PARTS {
        let html = anybody.get(&format!("/guide/{}", part.name)).ok();
        let jobs = guide().into_iter().find(|(file, _)| file.ends_with(&format!("/{}.md", part.name)));
        let jobs = jobs.map(|(_, text)| text).expect("its file");
        let title = jobs.lines().next().and_then(|line| line.strip_prefix("# ")).expect("a title");
        assert_eq!(html.matches("<h1").count(), 1, "{}", part.name);
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{}", part.name);
        for job in jobs.lines().filter_map(|line| line.strip_prefix("## ")) {
            assert!(html.contains(&format!(">{job}</h2>")), "{}: {job}", part.name);
            assert!(html.contains(&format!("href=\"#{}\">{job}</a>", tonghop::guide::mark(job))), "{job}");
        }
        for picture in html.split("<img ").skip(1) {
            let tag = picture.split('>').next().expect("a tag");
            assert!(tag.contains("width=") && tag.contains("loading=\"lazy\""), "{tag}");
            let address =
                tag.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a source");
            let answer = anybody.get(address);
            assert_eq!((answer.status, answer.content_type.as_str()), (200, "image/png"), "{address}");
            assert!(answer.header("cache-control").contains("max-age") && !answer.header("etag").is_empty());
        }
    }
}

#[test]
fn an_installation_without_data_shows_the_guide_too() {
    let app = TestApp::empty();
    assert!(app.anonymous().get("/guide/quan-tri").ok().contains("Thiết lập lần đầu"));
    assert_eq!(app.anonymous().get("/units").redirected(), "/setup");
}
