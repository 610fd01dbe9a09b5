//! Text typed for TCVN3 and VNI fonts: told from Unicode, from other languages and from signs, and turned exactly.

use tonghop::vietnamese::Legacy;

/// The same words three times over.
const SAME: [(&str, &str, &str); 4] = [
    (
        "Tuyên truyền về tái hòa nhập cộng đồng",
        "Tuyªn truyÒn vÒ t¸i hßa nhËp céng ®ång",
        "Tuyeân truyeàn veà taùi hoøa nhaäp coäng ñoàng",
    ),
    ("Sở Khoa học và Công nghệ", "Së Khoa häc vµ C«ng nghÖ", "Sôû Khoa hoïc vaø Coâng ngheä"),
    (
        "gần 100 lượt người được tư vấn",
        "gÇn 100 l\u{AD}ît ng\u{AD}êi ®\u{AD}îc t\u{AD} vÊn",
        "gaàn 100 löôït ngöôøi ñöôïc tö vaán",
    ),
    ("Đã tổ chức 3 buổi nói chuyện", "§· tæ chøc 3 buæi nãi chuyÖn", "Ñaõ toå chöùc 3 buoåi noùi chuyeän"),
];

#[test]
fn both_encodings_are_told_and_turned() {
    for (unicode, tcvn3, vni) in SAME {
        assert_eq!(Legacy::of_text(tcvn3, None), Some(Legacy::Tcvn3), "{tcvn3}");
        assert_eq!(Legacy::Tcvn3.to_unicode(tcvn3), unicode);
        assert_eq!(Legacy::of_text(vni, None), Some(Legacy::Vni), "{vni}");
        assert_eq!(Legacy::Vni.to_unicode(vni), unicode);
        assert_eq!(Legacy::of_text(unicode, None), None, "{unicode}");
    }
}

#[test]
fn fonts_are_told_by_their_names() {
    for (name, expected) in [
        (".VnTime", Some(Legacy::Tcvn3)),
        (".vnarial", Some(Legacy::Tcvn3)),
        (".VnTimeH", Some(Legacy::Tcvn3Capitals)),
        ("VNI-Times", Some(Legacy::Vni)),
        ("Times New Roman", None),
        ("Vnpt Sans", None),
    ] {
        assert_eq!(Legacy::of_font(name), expected, "{name}");
    }
    assert_eq!(Legacy::Tcvn3Capitals.to_unicode("b¸o c¸o"), "BÁO CÁO");
}

#[test]
fn one_letter_is_enough_where_the_font_says_so() {
    assert_eq!(Legacy::of_text("®", None), None);
    assert_eq!(Legacy::of_text("b¸o", None), None);
    assert_eq!(Legacy::of_text("b¸o", Some(Legacy::Tcvn3)), Some(Legacy::Tcvn3));
}

#[test]
fn other_texts_are_left_alone() {
    for text in [
        "1.245",
        "ABC xyz",
        "25 µm",
        "50 m² × 2 ÷ 3",
        "© 2025 Sở TT&TT",
        "½ ngày",
        "résumé",
        "Ångström, naïve, Zürich",
        "hoà bình, thuê bao, toà án",
        "và, là, có",
        "señor, mañana",
        "10 ¥ = 5 £",
        "Þórr",
    ] {
        assert_eq!(Legacy::of_text(text, None), None, "{text}");
    }
}
