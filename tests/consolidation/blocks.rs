//! What a compiler does to blocks, and two compilers at once: nothing anybody wrote is lost, and no source goes missing.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tonghop::consolidation::narrative::{Act, Block, Source, Typed, apply, live, mark, merge};
use tonghop::db::ids::RevisionId;

fn source(n: i64) -> Source {
    Source { revision: RevisionId(n), from: 0, to: 5 }
}

fn block(key: u32, text: &str, sources: &[i64]) -> Block {
    Block {
        key,
        text: text.to_owned(),
        sources: sources.iter().map(|n| source(*n)).collect(),
        ..Block::default()
    }
}

fn typed(block: &Block, text: &str) -> Typed {
    Typed { key: block.key, text: text.to_owned(), was: mark(&block.text) }
}

fn texts(blocks: &[Block]) -> Vec<&str> {
    live(blocks).map(|block| block.text.as_str()).collect()
}

#[test]
fn order_joining_and_putting_back() {
    let mut blocks = vec![block(1, "Một.", &[1]), block(2, "Hai.", &[2]), block(3, "Ba.", &[])];
    assert!(apply(&mut blocks, Act::Up(3), &[]));
    assert_eq!(texts(&blocks), ["Một.", "Ba.", "Hai."]);
    assert!(apply(&mut blocks, Act::Down(1), &[]));
    assert_eq!(texts(&blocks), ["Ba.", "Một.", "Hai."]);
    assert!(apply(&mut blocks, Act::Up(3), &[]), "the first stays the first");
    assert!(apply(&mut blocks, Act::Join(2), &[]));
    assert_eq!(texts(&blocks), ["Ba.", "Một. Hai."]);
    let joined = live(&blocks).last().expect("a block");
    assert_eq!(joined.sources, [source(1), source(2)]);
    assert!(!apply(&mut blocks, Act::Join(3), &[]), "nothing stands above the first");
    assert!(apply(&mut blocks, Act::Remove(1), &[]));
    assert!(apply(&mut blocks, Act::PutBack(2), &[]));
    assert_eq!(texts(&blocks), ["Ba.", "Hai."]);
    assert!(apply(&mut blocks, Act::Own, &[]));
    assert_eq!(blocks.last().map(|block| (block.key, block.sources.len())), Some((4, 0)));
    assert!(!apply(&mut blocks, Act::Remove(99), &[]));
}

#[test]
fn buttons_are_read_and_nonsense_is_not() {
    assert_eq!(
        Act::from_code("take:97:3:12"),
        Some(Act::Take(Source { revision: RevisionId(97), from: 3, to: 12 }))
    );
    assert_eq!(Act::from_code("renew:4:97"), Some(Act::Renew(4, RevisionId(97))));
    for code in ["", "take:97", "up:-1", "up:x", "join", "save:1", "drop:1"] {
        assert_eq!(Act::from_code(code), None, "{code}");
    }
}

#[test]
fn two_people_on_one_section() {
    let shown = vec![block(1, "Một.", &[1]), block(2, "Hai.", &[2]), block(3, "Ba.", &[])];
    // The other has changed 2, taken out 3 and added 4 meanwhile.
    let mut stands = shown.clone();
    stands[1].text = "Hai, sửa.".to_owned();
    stands[2].removed = true;
    stands.push(block(4, "Bốn.", &[]));
    let mine = [typed(&shown[0], "Một, của tôi."), typed(&shown[1], "Hai."), typed(&shown[2], "Ba.")];
    let merged = merge(&stands, &mine);
    assert_eq!(texts(&merged.blocks), ["Một, của tôi.", "Hai, sửa.", "Bốn."]);
    assert!(merged.unseen && merged.clashes.is_empty());
    // Both changed 2: nobody's text is taken silently. Who changed what was taken out has it back.
    let mine = [typed(&shown[0], "Một."), typed(&shown[1], "Hai, khác."), typed(&shown[2], "Ba, giữ.")];
    let merged = merge(&stands, &mine);
    assert_eq!(merged.clashes.iter().map(|typed| typed.key).collect::<Vec<_>>(), [2]);
    assert_eq!(texts(&merged.blocks), ["Một.", "Hai, sửa.", "Ba, giữ.", "Bốn."]);
    // The same words typed by both are no clash.
    assert!(merge(&stands, &[typed(&shown[1], "Hai, sửa.")]).clashes.is_empty());
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::Own),
        (0u32..9).prop_map(Act::Up),
        (0u32..9).prop_map(Act::Down),
        (0u32..9).prop_map(Act::Join),
        (0u32..9).prop_map(Act::Remove),
        (0u32..9).prop_map(Act::PutBack),
    ]
}

proptest! {
    /// No step loses a word or a source, and every block keeps a name of its own.
    #[test]
    fn nothing_is_lost(acts in prop::collection::vec(act(), 0..40)) {
        let mut blocks: Vec<Block> =
            (1..=6u32).map(|n| block(n, &format!("chữ{n}"), &[i64::from(n)])).collect();
        for act in acts {
            let before = blocks.clone();
            if !apply(&mut blocks, act, &[]) {
                prop_assert_eq!(&blocks, &before);
            }
            let keys: BTreeSet<u32> = blocks.iter().map(|block| block.key).collect();
            prop_assert_eq!(keys.len(), blocks.len());
            for n in 1..=6i64 {
                let word = format!("chữ{n}");
                prop_assert!(blocks.iter().any(|b| b.text.contains(&word) && b.sources.contains(&source(n))));
            }
        }
    }
}
