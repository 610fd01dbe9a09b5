//! A platform told by its address, against a table made by hand.

use tonghop::evidence::Platform;

#[test]
fn an_address_tells_where_it_stands() {
    let table = [
        ("https://www.facebook.com/congantinh/posts/1", Some(Platform::Fanpage)),
        ("m.facebook.com/story.php?story_fbid=1", Some(Platform::Fanpage)),
        ("https://fb.watch/abc", Some(Platform::Fanpage)),
        ("https://youtu.be/abc", Some(Platform::YouTube)),
        ("https://m.youtube.com/watch?v=abc", Some(Platform::YouTube)),
        ("https://vm.tiktok.com/abc", Some(Platform::TikTok)),
        ("https://oa.zalo.me/123", Some(Platform::Zalo)),
        ("https://vtv.vn/phong-su", Some(Platform::Broadcast)),
        ("https://bacgiangtv.ptth.vn/tin", Some(Platform::Broadcast)),
        ("https://truyenhinhbacgiang.vn/a", Some(Platform::Broadcast)),
        ("https://baobacgiang.com.vn/a", Some(Platform::Press)),
        ("https://bao.bacgiang.example/a", Some(Platform::Press)),
        ("https://nhandan.vn/a", Some(Platform::Press)),
        ("https://truyenthanh.lucnam.gov.vn/a", Some(Platform::Loudspeaker)),
        ("https://congan.bacgiang.gov.vn/a", Some(Platform::Portal)),
        ("https://baohiemxahoi.gov.vn/a", Some(Platform::Portal)),
        ("https://notfacebook.com/a", None),
        ("https://facebook.com.example/a", None),
        ("https://example.org/gov.vn", None),
        ("", None),
        ("không phải địa chỉ", None),
    ];
    for (address, expected) in table {
        assert_eq!(Platform::of_address(address), expected, "{address}");
    }
}

#[test]
fn codes_and_words_lead_back() {
    for platform in Platform::ALL {
        assert_eq!(Platform::from_code(platform.code()), Some(platform));
        assert_eq!(Platform::from_words(platform.words()), Some(platform));
    }
    assert_eq!(Platform::from_code(""), None);
    assert_eq!(
        Platform::from_words("cổng, trang ttđt"),
        Some(Platform::Portal),
        "as reports of before call it"
    );
    assert_eq!(Platform::from_words("Instagram"), None);
}

#[test]
fn an_entry_goes_before_the_address_and_a_report_comes_last() {
    let (fanpage, zalo) = (Some(Platform::Fanpage), Some(Platform::Zalo));
    assert_eq!(Platform::settled(fanpage, "https://youtu.be/a", zalo), Platform::Fanpage);
    assert_eq!(Platform::settled(None, "https://youtu.be/a", zalo), Platform::YouTube);
    assert_eq!(Platform::settled(None, "https://khac.example/a", zalo), Platform::Zalo);
    assert_eq!(Platform::settled(None, "https://khac.example/a", None), Platform::Other);
}

#[test]
fn forms_name_platforms_as_the_ledger_does_and_old_words_are_spelt_anew() {
    let files =
        [include_str!("../../fixtures/catalogue/forms.toml"), include_str!("../../fixtures/demo/forms.toml")];
    for text in files {
        let columns: Vec<&str> = text.lines().filter(|line| line.contains("code = \"platform\"")).collect();
        assert!(!columns.is_empty());
        for column in columns {
            let choices = column.split("choices = [").nth(1).and_then(|rest| rest.split(']').next());
            for choice in choices.expect("choices").split("\", \"") {
                let choice = choice.trim_matches('"');
                assert!(Platform::ALL.iter().any(|platform| platform.words() == choice), "{choice}");
            }
        }
    }
    for (old, ours) in [
        ("Facebook", "Fanpage"),
        ("Cổng, trang TTĐT", "Cổng TTĐT"),
        ("youtube", "YouTube"),
        ("Instagram", "Instagram"),
        ("", ""),
    ] {
        assert_eq!(Platform::spelt(old.to_owned()), ours);
    }
}
