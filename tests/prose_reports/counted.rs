//! The review asks a fixed number of questions, however much was read.

use super::*;
use crate::support::counting;

#[test]
fn as_many_queries_for_a_long_document() {
    counting::begin();
    let scene = Scene::open();
    let more: String = (1..=80)
        .map(|n| format!("Tổ chức {n} buổi tuyên truyền tại xã số mới, có {n} lượt người dự.\n\n"))
        .collect();
    let short = scene.paste(REPORT);
    let long = scene.paste(&REPORT.replace("3. Tồn tại", &format!("{more}3. Tồn tại")));
    let count = |address: &str| {
        scene.officer.get(address).ok();
        counting::queries(|| scene.officer.get(address).ok()).0
    };
    assert_eq!(count(&short), count(&long));
    assert!(count(&long) < 60, "{}", count(&long));
}
