//! Where a post stands: the platforms units work with, told by the address where nobody chose one. Pure; nothing is asked of any
//! network, and no word of the text decides.

use url::Url;

use crate::vietnamese::search_key;

/// A platform. Codes are stored with entries of the log of work; reports store its words, or others of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    Portal,
    Fanpage,
    YouTube,
    TikTok,
    Zalo,
    Press,
    Broadcast,
    Loudspeaker,
    Sms,
    InPerson,
    Other,
}

/// Hosts of the networks, and of newspapers and stations whose names do not say what they are.
const HOSTS: [(&str, Platform); 24] = [
    ("facebook.com", Platform::Fanpage),
    ("fb.com", Platform::Fanpage),
    ("fb.watch", Platform::Fanpage),
    ("fb.me", Platform::Fanpage),
    ("youtube.com", Platform::YouTube),
    ("youtu.be", Platform::YouTube),
    ("youtube-nocookie.com", Platform::YouTube),
    ("tiktok.com", Platform::TikTok),
    ("zalo.me", Platform::Zalo),
    ("zaloapp.com", Platform::Zalo),
    ("vtv.vn", Platform::Broadcast),
    ("vov.vn", Platform::Broadcast),
    ("vov.gov.vn", Platform::Broadcast),
    ("nhandan.vn", Platform::Press),
    ("qdnd.vn", Platform::Press),
    ("cand.com.vn", Platform::Press),
    ("tuoitre.vn", Platform::Press),
    ("thanhnien.vn", Platform::Press),
    ("tienphong.vn", Platform::Press),
    ("laodong.vn", Platform::Press),
    ("dantri.com.vn", Platform::Press),
    ("vnexpress.net", Platform::Press),
    ("vietnamnet.vn", Platform::Press),
    ("vietnamplus.vn", Platform::Press),
];
/// What a label of a host begins with, or holds, where it says what the site is.
const NAMED: [(&str, Platform); 5] = [
    ("truyenthanh", Platform::Loudspeaker),
    ("ptth", Platform::Broadcast),
    ("truyenhinh", Platform::Broadcast),
    ("phatthanh", Platform::Broadcast),
    ("bao", Platform::Press),
];
/// Words that begin with the same letters and are no newspapers.
const NO_NEWSPAPERS: [&str; 4] = ["baohiem", "baotang", "baoton", "baove"];
/// Endings of the sites of authorities.
const OFFICIAL: [&str; 2] = ["gov.vn", "chinhphu.vn"];
/// What reports of before called them.
const OTHER_WORDS: [(&str, Platform); 6] = [
    ("Cổng, trang TTĐT", Platform::Portal),
    ("Cổng thông tin điện tử", Platform::Portal),
    ("Trang thông tin điện tử", Platform::Portal),
    ("Facebook", Platform::Fanpage),
    ("Báo chí", Platform::Press),
    ("Phát thanh, truyền hình", Platform::Broadcast),
];

impl Platform {
    pub const ALL: [Platform; 11] = [
        Platform::Portal,
        Platform::Fanpage,
        Platform::YouTube,
        Platform::TikTok,
        Platform::Zalo,
        Platform::Press,
        Platform::Broadcast,
        Platform::Loudspeaker,
        Platform::Sms,
        Platform::InPerson,
        Platform::Other,
    ];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Platform::Portal => "portal",
            Platform::Fanpage => "fanpage",
            Platform::YouTube => "youtube",
            Platform::TikTok => "tiktok",
            Platform::Zalo => "zalo",
            Platform::Press => "press",
            Platform::Broadcast => "broadcast",
            Platform::Loudspeaker => "loudspeaker",
            Platform::Sms => "sms",
            Platform::InPerson => "in_person",
            Platform::Other => "other",
        }
    }

    /// The platform of a stored code; none for "".
    pub fn from_code(code: &str) -> Option<Platform> {
        Platform::ALL.into_iter().find(|platform| platform.code() == code)
    }

    pub fn words(self) -> &'static str {
        match self {
            Platform::Portal => "Cổng TTĐT",
            Platform::Fanpage => "Fanpage",
            Platform::YouTube => "YouTube",
            Platform::TikTok => "TikTok",
            Platform::Zalo => "Zalo",
            Platform::Press => "Báo",
            Platform::Broadcast => "Đài",
            Platform::Loudspeaker => "Truyền thanh cơ sở",
            Platform::Sms => "SMS",
            Platform::InPerson => "Trực tiếp",
            Platform::Other => "Khác",
        }
    }

    /// The platform a report names, however it spells it; none for words that are none of ours.
    pub fn from_words(words: &str) -> Option<Platform> {
        let key = search_key(words);
        let ours = Platform::ALL.into_iter().map(|platform| (platform.words(), platform));
        ours.chain(OTHER_WORDS).find(|(words, _)| search_key(words) == key).map(|(_, platform)| platform)
    }

    /// What a report names, in our words: "Fanpage" of "Facebook"; words that are none of ours stay.
    pub fn spelt(words: String) -> String {
        Platform::from_words(&words).map_or(words, |platform| platform.words().to_owned())
    }

    /// The platform an address tells by its host; none where it does not tell.
    pub fn of_address(address: &str) -> Option<Platform> {
        let typed = address.trim();
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let host = Url::parse(&whole).ok()?.host_str()?.to_lowercase();
        let below =
            |site: &str| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if let Some((_, platform)) = HOSTS.iter().find(|(site, _)| below(site)) {
            return Some(*platform);
        }
        let labels = || host.split('.').filter(|label| *label != "www");
        let named = NAMED.iter().find(|(name, _)| {
            labels().any(|label| match *name {
                // "bao" begins the names of newspapers; in the middle of one it is chance.
                "bao" => {
                    label.starts_with(name) && !NO_NEWSPAPERS.iter().any(|other| label.starts_with(other))
                }
                name => label.contains(name),
            })
        });
        named
            .map(|(_, platform)| *platform)
            .or_else(|| OFFICIAL.iter().any(|site| below(site)).then_some(Platform::Portal))
    }

    /// What is counted for a post: the platform its entry says, else the one its address tells, else what a report
    /// says that its reader sees, else another.
    pub fn settled(noted: Option<Platform>, address: &str, reported: Option<Platform>) -> Platform {
        noted.or_else(|| Platform::of_address(address)).or(reported).unwrap_or(Platform::Other)
    }
}
