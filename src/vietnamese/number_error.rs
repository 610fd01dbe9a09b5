//! Why a typed figure was refused. The words stand beside the cell, so each says how to mend it.

use std::fmt;

/// A refusal; `Display` is the Vietnamese message. Typed text inside it is cut to 30 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberError {
    /// Not a number at all, or two of them.
    Unreadable(String),
    /// A word that is neither a qualifier, a multiplier nor đồng.
    Word(String),
    /// Dots and commas that fit no way of writing a number.
    Separators(String),
    /// More decimals than the indicator keeps.
    TooManyDecimals {
        /// Decimals the indicator keeps.
        scale: u32,
    },
    /// "2 tỷ 350": the last number lacks its multiplier.
    MissingMultiplier,
    /// "350 triệu 2 tỷ", "2 tỷ 3500 triệu": the parts do not descend.
    PartsOutOfOrder,
    /// Beyond what 64 bits hold at this scale.
    TooLarge,
    /// Below zero where the indicator does not allow it.
    Negative,
}

/// Longest piece of typed text repeated in a message, in characters.
const SHOWN: usize = 30;

fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberError::Unreadable(text) => write!(
                f,
                "Không đọc được “{}”. Chỉ nhập một số, ví dụ 1.245 hoặc 12,5; chưa có số liệu thì để trống.",
                shown(text)
            ),
            NumberError::Word(word) => write!(
                f,
                "Không hiểu “{}”. Chỉ nhập số, ví dụ 1.245 hoặc gần 100; không ghi đơn vị tính hoặc lời giải thích cùng số.",
                shown(word)
            ),
            NumberError::Separators(text) => write!(
                f,
                "Dấu chấm, dấu phẩy trong “{}” không đúng chỗ. Dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân, ví dụ 1.234,5.",
                shown(text)
            ),
            NumberError::TooManyDecimals { scale: 0 } => {
                f.write_str("Chỉ tiêu này là số nguyên. Bỏ phần thập phân rồi nhập lại.")
            }
            NumberError::TooManyDecimals { scale } => {
                write!(f, "Chỉ tiêu này lấy {scale} chữ số sau dấu phẩy. Làm tròn rồi nhập lại.")
            }
            NumberError::MissingMultiplier => f.write_str(
                "Số cuối thiếu nghìn, triệu hoặc đồng. Ghi đủ, ví dụ 2 tỷ 350 triệu, hoặc ghi bằng chữ số: 2.350.000.000.",
            ),
            NumberError::PartsOutOfOrder => f.write_str(
                "Các phần của số không giảm dần. Ghi từ lớn đến nhỏ, ví dụ 2 tỷ 350 triệu, hoặc ghi bằng chữ số: 2.350.000.000.",
            ),
            NumberError::TooLarge => {
                f.write_str("Số quá lớn. Kiểm tra lại số chữ số và đơn vị tính.")
            }
            NumberError::Negative => {
                f.write_str("Chỉ tiêu này không nhận số âm. Bỏ dấu trừ; chưa có số liệu thì để trống.")
            }
        }
    }
}

impl std::error::Error for NumberError {}
