//! The guide's pictures, compiled into the program. The browser test that walks the demo makes them; see docs/testing.md.

/// One picture of docs/huong-dan/hinh, a PNG.
pub struct Picture {
    /// Name of its file without the ending.
    pub name: &'static str,
    pub bytes: &'static [u8],
}

impl Picture {
    /// Width and height in pixels, as the head of every PNG has them.
    pub fn size(&self) -> (u32, u32) {
        let number = |at: usize| {
            let bytes = self.bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            bytes.map_or(0, u32::from_be_bytes)
        };
        (number(16), number(20))
    }
}

/// The picture of this file name.
pub fn picture(file: &str) -> Option<&'static Picture> {
    ALL.iter().find(|picture| file.strip_suffix(".png") == Some(picture.name))
}

macro_rules! pictures {
    ($($name:literal)*) => {
        &[$(Picture {
            name: $name,
            bytes: include_bytes!(concat!("../../docs/huong-dan/hinh/", $name, ".png")),
        }),*]
    };
}

/// Every picture the guide names.
pub const ALL: &[Picture] = pictures! {
    "viec-cua-toi"
    "soan-bao-cao"
    "xac-nhan-da-gui"
    "kiem-tra"
    "ghi-cong-viec"
    "cong-viec-vao-bao-cao"
    "minh-chung"
    "ke-hoach-don-vi"
    "bang-theo-doi"
    "doc-tu-van-ban"
    "chinh-ly"
    "khong-phat-sinh"
    "xin-gia-han"
    "so-ngay-van-ban"
    "lanh-dao-viec-cua-toi"
    "lanh-dao-duyet"
    "theo-doi-ky"
    "tinh-hinh-chung"
    "so-lieu-chi-tieu"
    "tiep-nhan"
    "de-nghi-chinh-ly"
    "nhap-thay"
    "thuyet-minh"
    "ban-tong-hop"
    "thiet-lap-don-vi"
    "them-don-vi"
    "them-chi-tieu"
    "soan-bieu-mau"
    "phieu-tai-khoan"
    "xem-truoc-sap-xep"
    "thong-bao"
    "lich-thoi-han"
    "danh-sach-lien-he"
    "cong-van-don-doc"
    "giao-bo-sung"
    "bang-so-lieu-cu"
    "thu-tu-don-vi"
};
