//! What differs in words between the workbook of a province and the national one: both are the same sheets over totals
//! and the bodies they are made of.

/// The words of one kind of workbook.
pub(super) struct Wording {
    /// Name of the sheet of totals.
    pub(super) summary: &'static str,
    /// Title of that sheet.
    pub(super) title: &'static str,
    /// It is annexed to a report that gets a number.
    pub(super) annexed: bool,
    /// Title of a sheet by body, before the group.
    pub(super) by_body: &'static str,
    /// Name of such a sheet, before the code of the group.
    pub(super) sheet: &'static str,
    /// Headings of the columns of bodies.
    pub(super) body: [&'static str; 2],
    /// What stands before the names of those that are missing.
    pub(super) missing: &'static str,
    /// What a grey cell means.
    pub(super) closed: &'static str,
}

/// A province's own: its bodies are units.
pub(super) const PROVINCE: Wording = Wording {
    summary: "Tổng hợp",
    title: "BẢNG TỔNG HỢP SỐ LIỆU",
    annexed: true,
    by_body: "SỐ LIỆU THEO ĐƠN VỊ",
    sheet: "Theo đơn vị",
    body: ["Đơn vị", "Tiến độ"],
    missing: "Đơn vị chưa gửi báo cáo",
    closed: "Ô nền xám: đơn vị không thuộc đối tượng báo cáo chỉ tiêu.",
};

/// The Ministry's: its bodies are provinces.
pub(super) const NATIONAL: Wording = Wording {
    summary: "Tổng hợp toàn quốc",
    title: "BẢNG TỔNG HỢP SỐ LIỆU TOÀN QUỐC",
    annexed: false,
    by_body: "SỐ LIỆU THEO TỈNH, THÀNH PHỐ",
    sheet: "Theo tỉnh",
    body: ["Tỉnh, thành phố", "Bản tổng hợp"],
    missing: "Tỉnh, thành phố chưa có tệp trong bản gộp",
    closed: "Ô nền xám: tỉnh không thu thập chỉ tiêu.",
};
