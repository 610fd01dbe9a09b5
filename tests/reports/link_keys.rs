//! One post has one key, however its address was copied, and two posts have two.

use proptest::prelude::*;
use tonghop::reports::link_key::link_key;

#[test]
fn a_post_is_one_in_all_its_spellings() {
    let posts: [(&str, &[&str]); 13] = [
        (
            "cong.gov.vn#/tin/1",
            &["https://cong.gov.vn/#/tin/1", "http://www.cong.gov.vn/?utm_source=zalo#/tin/1"],
        ),
        (
            "bao.vn/Bai-Viet",
            &[
                "http://Bao.VN/Bai-Viet",
                "https://www.bao.vn/Bai-Viet/",
                "HTTPS://WWW.bao.vn/Bai-Viet#phan-2",
                "https://m.bao.vn/Bai-Viet?utm_source=zalo&utm_medium=zalo&zarsrc=30",
                "https://bao.vn/Bai-Viet?fbclid=IwAR0abc",
            ],
        ),
        (
            "youtube.com/watch?v=aB3-x_9Zq1w",
            &[
                "https://youtu.be/aB3-x_9Zq1w?si=Kd93",
                "https://www.youtube.com/watch?v=aB3-x_9Zq1w&t=35s",
                "https://m.youtube.com/watch?feature=share&v=aB3-x_9Zq1w",
                "https://youtube.com/shorts/aB3-x_9Zq1w",
                "https://www.youtube.com/live/aB3-x_9Zq1w?feature=shared",
                "https://www.youtube-nocookie.com/embed/aB3-x_9Zq1w",
            ],
        ),
        (
            "facebook.com/posts/pfbid02abc",
            &[
                "https://www.facebook.com/congantinh/posts/pfbid02abc?mibextid=9R9pXO&rdid=x",
                "https://m.facebook.com/story.php?story_fbid=pfbid02abc&id=1000",
                "https://fb.com/permalink.php?id=1000&story_fbid=pfbid02abc&_rdr",
                "https://web.facebook.com/groups/99/permalink/pfbid02abc/",
                "https://www.facebook.com/congantinh/posts/tai-hoa-nhap/pfbid02abc/?__cft__[0]=AZ",
            ],
        ),
        (
            "facebook.com/sokhcnbacgiang/posts/9988",
            &[
                "https://www.facebook.com/SoKHCNBacGiang/posts/9988?mibextid=9R9pXO",
                "https://m.facebook.com/sokhcnbacgiang/posts/9988/",
                "https://vi-vn.facebook.com/sokhcnbacgiang/posts/9988",
                "https://en-gb.facebook.com/sokhcnbacgiang/posts/9988/",
                "https://fb.com/sokhcnbacgiang/posts/ngay-hoi/9988?__cft__[0]=AZ",
            ],
        ),
        (
            "facebook.com/1000/posts/777",
            &[
                "https://m.facebook.com/story.php?story_fbid=777&id=1000",
                "https://www.facebook.com/permalink.php?id=1000&story_fbid=777&_rdr",
                "https://facebook.com/1000/posts/777",
            ],
        ),
        (
            "facebook.com/groups/99/posts/55",
            &[
                "https://www.facebook.com/groups/99/permalink/55/",
                "https://m.facebook.com/groups/99/posts/55?rdid=x",
            ],
        ),
        (
            "facebook.com/videos/7788",
            &[
                "https://www.facebook.com/watch/?v=7788",
                "https://facebook.com/congantinh/videos/7788/",
                "https://www.facebook.com/congantinh/videos/phong-su/7788",
                "https://www.facebook.com/reel/7788?sfnsn=mo",
                "https://fb.watch/?v=7788&mibextid=x",
            ],
        ),
        (
            "facebook.com/photos/55",
            &["https://www.facebook.com/photo.php?fbid=55&set=a.1", "https://facebook.com/photo/?fbid=55"],
        ),
        (
            "tiktok.com/video/7301",
            &[
                "https://www.tiktok.com/@cat.bg/video/7301?is_from_webapp=1&sender_device=pc",
                "https://m.tiktok.com/v/7301.html?u_code=0",
            ],
        ),
        (
            "sotp.bacgiang.gov.vn/chi-tiết?a=1&id=9",
            &[
                "https://sotp.bacgiang.gov.vn/chi-ti%E1%BA%BFt?id=9&a=1",
                "https://sotp.bacgiang.gov.vn/chi-tiết?a=1&id=9",
            ],
        ),
        (
            "bao.vn/tin",
            &[
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fbao.vn%2Ftin%3Ffbclid%3DIw&h=AT0",
                "bao.vn/tin",
                "https://bao.vn/amp/tin",
                "https://amp.bao.vn/tin/amp/",
                "https://bao.vn/tin/amp?utm_source=zalo",
            ],
        ),
        ("bao.vn:8080/tin", &["http://bao.vn:8080/tin/"]),
    ];
    for (key, spellings) in posts {
        for spelling in spellings {
            assert_eq!(link_key(spelling), key, "{spelling}");
        }
        assert_eq!(link_key(key), key, "a key is its own");
    }
}

#[test]
fn two_posts_stay_two() {
    for (one, other) in [
        ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dqw4w9wgxcq"),
        ("https://www.youtube.com/watch?v=aB", "https://www.youtube.com/watch?v=AB"),
        ("https://www.youtube.com/playlist?list=A", "https://www.youtube.com/playlist?list=B"),
        ("https://bao.vn/tin?id=1", "https://bao.vn/tin?id=2"),
        ("https://bao.vn/tin", "https://bao.vn/Tin"),
        ("https://fb.watch/abc", "https://fb.watch/abd"),
        ("https://vt.tiktok.com/ZS1", "https://vt.tiktok.com/ZS2"),
        ("https://www.facebook.com/congantinh", "https://www.facebook.com/sotuphap"),
        ("https://facebook.com/sokhcnbacgiang/posts/9988", "https://facebook.com/mttqbacgiang/posts/9988"),
        (
            "https://m.facebook.com/story.php?story_fbid=777&id=1000",
            "https://m.facebook.com/story.php?story_fbid=777&id=1001",
        ),
        ("https://www.facebook.com/groups/99/posts/55", "https://www.facebook.com/groups/98/posts/55"),
        ("https://m.vn/a", "https://n.vn/a"),
        ("https://bao.vn/amp", "https://bao.vn"),
        ("https://bao.vn/amp-tin", "https://bao.vn/tin"),
        // By its name or by its number: nothing tells that a page is the same, and numbers of two pages may be.
        (
            "https://facebook.com/page1/posts/1234567890",
            "https://m.facebook.com/story.php?story_fbid=1234567890&id=100",
        ),
    ] {
        assert_ne!(link_key(one), link_key(other), "{one} {other}");
    }
    assert_eq!(link_key("https://Bao.vn?Id=A"), "bao.vn?Id=A");
    assert_eq!(link_key("https://bao.vn"), link_key("https://bao.vn/"));
}

proptest! {
    /// What networks add to an address, and in front of its host, changes nothing.
    #[test]
    fn what_counts_readers_does_not_count(
        host in "[a-z]{2,8}(\\.[a-z]{2,5}){1,2}",
        path in prop::collection::vec("[A-Za-z0-9-]{1,8}", 0..4),
        asked in prop::collection::btree_map("[a-z]{1,2}", "[A-Za-z0-9]{1,4}", 0..3),
        added in prop::sample::subsequence(vec!["utm_source=zalo", "fbclid=Iw1", "zarsrc=30", "gclid=x"], 0..4),
        front in prop::sample::select(vec!["", "www.", "m.", "amp."]),
        first in any::<bool>(),
    ) {
        // Keys of their own are those of the large platforms, and a host may begin as a front does.
        prop_assume!(!["m.", "www.", "web.", "amp.", "mobile.", "mbasic."].iter().any(|f| host.starts_with(f)));
        let asked: Vec<String> = asked.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        let address = |host: &str, asked: Vec<String>| {
            let query = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
            format!("https://{host}/{}{query}", path.join("/"))
        };
        let added: Vec<String> = added.into_iter().map(str::to_owned).collect();
        let more = if first { [added, asked.clone()].concat() } else { [asked.clone(), added].concat() };
        let bare = link_key(&address(&host, asked));
        prop_assert_eq!(link_key(&address(&format!("{front}{host}"), more)), bare.clone());
        prop_assert_eq!(link_key(&bare), bare);
    }

    /// Whatever stands in the field, there is a key and no panic.
    #[test]
    fn anything_has_a_key(text in any::<String>()) {
        link_key(&text);
    }
}
