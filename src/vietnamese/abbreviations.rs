//! The abbreviations officials type instead of a name: UBND, MTTQ, Sở TT&TT.
//! They stand between a search key and its words: both sides of a search are written out in full, so
//! "ubnd luc ngan" meets "Ủy ban nhân dân huyện Lục Ngạn".

/// Short form as words of a folded text ("TT&TT" folds to "tt tt"), and its full form, folded as well.
/// Where one name has an "và" and another has not, the search ignores the word anyway.
const ABBREVIATIONS: &[(&[&str], &str)] = &[
    (&["ubnd"], "uy ban nhan dan"),
    (&["hdnd"], "hoi dong nhan dan"),
    (&["mttq"], "mat tran to quoc"),
    (&["mttqvn"], "mat tran to quoc viet nam"),
    (&["ubmttq"], "uy ban mat tran to quoc"),
    (&["ubmttqvn"], "uy ban mat tran to quoc viet nam"),
    (&["nhcsxh"], "ngan hang chinh sach xa hoi"),
    (&["ptth"], "phat thanh truyen hinh"),
    (&["pt", "th"], "phat thanh truyen hinh"),
    (&["ttdt"], "thong tin dien tu"),
    (&["thncd"], "tai hoa nhap cong dong"),
    (&["pbgdpl"], "pho bien giao duc phap luat"),
    (&["tp"], "thanh pho"),
    (&["tttt"], "thong tin va truyen thong"),
    (&["tt", "tt"], "thong tin va truyen thong"),
    (&["stttt"], "so thong tin va truyen thong"),
    (&["ldtbxh"], "lao dong thuong binh va xa hoi"),
    (&["ldtb", "xh"], "lao dong thuong binh va xa hoi"),
    (&["ld", "tbxh"], "lao dong thuong binh va xa hoi"),
    (&["ld", "tb", "xh"], "lao dong thuong binh va xa hoi"),
    (&["khcn"], "khoa hoc va cong nghe"),
    (&["kh", "cn"], "khoa hoc va cong nghe"),
    (&["gddt"], "giao duc va dao tao"),
    (&["gd", "dt"], "giao duc va dao tao"),
    (&["vhttdl"], "van hoa the thao va du lich"),
    (&["vhtt", "dl"], "van hoa the thao va du lich"),
    (&["vh", "tt", "dl"], "van hoa the thao va du lich"),
    // A district's centre (Trung tâm VHTT&TT) joins culture, information and sports.
    (&["vhtt", "tt"], "van hoa thong tin va the thao"),
    (&["vh", "tt", "tt"], "van hoa thong tin va the thao"),
    // The same four letters are sports in a province's department and information in a district's office.
    (&["so", "vhtt"], "so van hoa va the thao"),
    (&["vhtt"], "van hoa va thong tin"),
];

/// Writes every abbreviation out; the longest one that begins at a word wins.
pub(super) fn expand(words: &[String]) -> Vec<String> {
    let mut expanded = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.first() {
        let longest = ABBREVIATIONS
            .iter()
            .filter(|(short, _)| rest.len() >= short.len() && short.iter().zip(rest).all(|(a, b)| a == b))
            .max_by_key(|(short, _)| short.len());
        match longest {
            Some((short, full)) => {
                expanded.extend(full.split(' ').map(str::to_owned));
                rest = &rest[short.len()..];
            }
            None => {
                expanded.push(first.clone());
                rest = &rest[1..];
            }
        }
    }
    expanded
}
