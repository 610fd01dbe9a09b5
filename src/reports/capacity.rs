//! Quyền hạn over chức vụ, as a records clerk reads them: a deputy signs in place of the head (KT.) or by authorisation, and
//! the paper must say so. Pure; said beside the form, never in the way of saving: the paper itself may be so signed.

use super::Paper;

/// What is wrong with the lines over a name, and how it is mended; none where nothing is. In Front and mass organisations
/// (TM. BAN …) deputies sign in their own right.
pub fn slip(capacity: &str, title: &str) -> Option<String> {
    let lines = [capacity, title].into_iter().flat_map(|line| line.split(['/', ';', '\n']));
    let lines: Vec<String> =
        lines.map(|line| line.trim().to_uppercase()).filter(|line| !line.is_empty()).collect();
    let deputy = lines.iter().find_map(|line| line.strip_prefix("PHÓ "))?;
    let begins = |sign: &str| lines.iter().any(|line| line.starts_with(sign));
    if begins("KT.") || begins("TUQ.") || begins("TM. BAN") {
        return None;
    }
    Some(format!(
        "Người ký là cấp phó nhưng quyền hạn ký chưa ghi ký thay: ghi “KT. {deputy}” ở ô Quyền hạn ký (Mặt trận, đoàn thể ghi \
         “TM. BAN THƯỜNG TRỰC”, “TM. BAN THƯỜNG VỤ”)."
    ))
}

impl Paper {
    /// [`slip`] of this paper's signatory.
    pub fn slip(&self) -> Option<String> {
        slip(&self.capacity, &self.title)
    }
}
