//! Two of a unit bring the same document at the same moment.

use super::*;
use crate::support::races::posted;

#[test]
fn the_same_bytes_brought_at_once_are_one_document() {
    let scene = Scene::open();
    let leader = scene.app.client("lanhdao.khcn.bacgiang");
    let bring = |who: &Client| who.post(&scene.at("/text"), &[("text", REPORT)]);
    let held = format!("SELECT id FROM reports WHERE id = {}", scene.id);
    let [one, other] = posted(&scene.app, &held, [&|| bring(&scene.officer), &|| bring(&leader)]);
    assert_eq!(one.redirected(), other.redirected());
}
