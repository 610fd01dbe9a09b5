//! Codes, account names, device words and the last administrator: pure rules against tables by hand and naive oracles.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tonghop::access::Role;
use tonghop::people::account_name::{propose, province_part, unit_part};
use tonghop::people::administered::{Span, covered_for_good};
use tonghop::people::code::{bare, digest, new_code};
use tonghop::people::device;
use tonghop::people::listing::role;

#[test]
fn a_code_is_more_than_128_bits_and_survives_a_telephone() {
    let code = new_code().expect("a code");
    let signs = code.replace('-', "");
    assert_eq!((code.len(), signs.len()), (34, 28));
    // 24 signs each.
    assert!(28.0 * 24.0_f64.log2() > 128.0);
    assert_ne!(new_code().expect("a code"), code);
    let shouted = code.to_uppercase().replace('-', " ").replace('0', "o").replace('1', "I");
    assert_eq!(digest(&shouted), digest(&code));
    assert_eq!(bare("Z s-B o l"), "25801");
}

#[test]
fn codes_use_every_sign_and_no_other() {
    let mut seen: HashSet<char> = HashSet::new();
    for _ in 0..200 {
        seen.extend(new_code().expect("a code").replace('-', "").chars());
    }
    let mut seen: Vec<char> = seen.into_iter().collect();
    seen.sort_unstable();
    assert_eq!(seen.into_iter().collect::<String>(), "0123456789cfghjkmnpqrtvx");
}

#[test]
fn account_names_follow_those_that_are_there() {
    let there = ["quantri.bacgiang", "tonghop.catinh.bacgiang", "canbo.khcn.bacgiang", "c11.bocongan"];
    assert_eq!(province_part(there.into_iter(), "Bắc Giang"), "bacgiang");
    assert_eq!(province_part([].into_iter(), "Bắc Ninh"), "bacninh");
    assert_eq!(unit_part(["quantri.bacgiang", "tonghop.catinh.bacgiang"].into_iter(), "bg.ca"), "catinh");
    assert_eq!(unit_part([].into_iter(), "bac-ninh.xa-dai-son"), "xadaison");
    let mut taken: HashSet<String> = there.map(str::to_owned).into();
    let mut name = |role| propose(role, "khcn", "bacgiang", &mut taken);
    assert_eq!(name(Role::Officer), "canbo2.khcn.bacgiang");
    assert_eq!(name(Role::Officer), "canbo3.khcn.bacgiang");
    assert_eq!(name(Role::UnitLeader), "lanhdao.khcn.bacgiang");
    assert_eq!(name(Role::Administrator), "quantri2.bacgiang");
}

#[test]
fn roles_are_told_from_the_words_people_write() {
    let cases = [
        ("Cán bộ đầu mối", "department", Some(Role::Officer)),
        ("CAN BO", "department", Some(Role::Officer)),
        ("lãnh đạo", "department", Some(Role::UnitLeader)),
        ("lãnh đạo", "committee", Some(Role::Leader)),
        ("lãnh đạo tỉnh", "police", Some(Role::Leader)),
        ("Cán bộ tổng hợp", "police", Some(Role::Compiler)),
        ("lãnh đạo đơn vị tổng hợp", "police", Some(Role::CompilingLeader)),
        ("quản trị", "police", Some(Role::Administrator)),
        ("officer", "department", Some(Role::Officer)),
        ("ministry_viewer", "department", None),
        ("Bộ Công an", "department", None),
        ("", "department", None),
    ];
    for (words, kind, wanted) in cases {
        assert_eq!(role(words, kind), wanted, "{words} in a {kind}");
    }
}

#[test]
fn devices_are_named_in_a_few_words() {
    let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0";
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
    let android = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36";
    assert_eq!(device::words(edge), "Edge, máy tính Windows");
    assert_eq!(device::words(phone), "Safari, điện thoại iPhone");
    assert_eq!(device::words(android), "Chrome, điện thoại Android");
    assert_eq!(device::words("curl/8.0"), "");
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + Days::new(offset)
}

/// Day by day, far enough beyond every end that only an open span can hold.
fn naive(spans: &[Span], from: u64) -> bool {
    (from..from + 60).all(|at| {
        spans.iter().any(|(begins, ends)| {
            begins.is_none_or(|begins| begins <= day(at)) && ends.is_none_or(|ends| ends >= day(at))
        })
    })
}

proptest! {
    #[test]
    fn a_province_is_administered_for_good_or_some_day_is_not(
        spans in prop::collection::vec(
            (prop::option::of(0u64..20), prop::option::of(0u64..20)),
            0..5,
        ),
        from in 0u64..20,
    ) {
        let spans: Vec<Span> =
            spans.into_iter().map(|(begins, ends)| (begins.map(day), ends.map(day))).collect();
        prop_assert_eq!(covered_for_good(&spans, day(from)), naive(&spans, from));
    }
}
