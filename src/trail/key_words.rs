//! What the log keeps before and after a step, key by key: its words, or that it says nothing to a reader.

/// Key and words, in the order a change is told.
const KEYS: &[(&str, &str)] = &[
    ("state", "bước"),
    ("standing", "nghĩa vụ"),
    ("status", "trạng thái"),
    ("reason", "lý do"),
    ("with", "gửi cùng"),
    ("name", "tên"),
    ("names", "tên các đơn vị"),
    ("full_name", "họ và tên"),
    ("short_name", "tên ngắn"),
    ("official_code", "mã chính thức"),
    ("order", "thứ tự"),
    ("aliases", "tên gọi khác"),
    ("kind", "loại"),
    ("kinds", "loại đơn vị"),
    ("label", "tên gọi"),
    ("title", "tiêu đề, chức vụ"),
    ("text", "nội dung"),
    ("body", "nội dung"),
    ("target", "chỉ tiêu phấn đấu"),
    ("file", "tệp"),
    ("purpose", "dùng làm"),
    ("size", "dung lượng"),
    ("unit", "đơn vị"),
    ("consolidated", "đơn vị có báo cáo tổng hợp"),
    ("units", "các đơn vị"),
    ("units_added", "thêm đơn vị"),
    ("units_left", "bớt đơn vị"),
    ("role", "vai trò"),
    ("was", "trước đó"),
    ("is", "nay là"),
    ("email", "thư điện tử"),
    ("phone", "điện thoại"),
    ("username", "tên đăng nhập"),
    ("stopped", "thôi từ"),
    ("until", "đến ngày"),
    ("until_on", "đến ngày"),
    ("from", "từ"),
    ("to", "sang"),
    ("function", "chức năng"),
    ("decision", "quyết định"),
    ("effective_on", "ngày có hiệu lực"),
    ("founded", "đơn vị mới"),
    ("effects", "số việc kéo theo"),
    ("lines", "nội dung sắp xếp"),
    ("window_from", "số liệu từ ngày"),
    ("window_to", "số liệu đến ngày"),
    ("due_rule", "cách tính thời hạn"),
    ("stated_on", "ngày nêu trong văn bản"),
    ("stated_time", "giờ nêu trong văn bản"),
    ("due_basis", "căn cứ thời hạn"),
    ("due_on", "thời hạn"),
    ("extended_to", "gia hạn đến"),
    ("lock_on", "ngày khóa số liệu"),
    ("reference_on", "ngày xác định đơn vị"),
    ("moved", "số nghĩa vụ đổi thời hạn"),
    ("draft", "nội dung đang soạn"),
    ("revision", "lần gửi"),
    ("number", "số"),
    ("symbol", "ký hiệu"),
    ("date", "ngày"),
    ("signatory_capacity", "quyền hạn ký"),
    ("signatory_title", "chức vụ người ký"),
    ("signatory_name", "người ký"),
    ("done_on", "ngày thực hiện"),
    ("quantity", "số lượng"),
    ("measure_unit", "đơn vị tính"),
    ("link", "liên kết"),
    ("links", "liên kết"),
    ("url", "địa chỉ"),
    ("place", "nơi"),
    ("remarks", "góp ý"),
    ("revisions", "số báo cáo"),
    ("missing", "số đơn vị chưa có báo cáo"),
    ("period", "mã kỳ"),
    ("regime", "mã chế độ báo cáo"),
    ("code", "mã"),
    ("preset", "theo mẫu"),
    ("cycles", "chu kỳ"),
    ("charter", "quy định của chế độ"),
    ("issuer", "cơ quan ban hành"),
    ("superior", "cơ quan chủ quản"),
    ("issued_year", "năm ban hành"),
    ("issued_month", "tháng ban hành"),
    ("issued_day", "ngày ban hành"),
    ("issued_on", "ngày ban hành"),
    ("subject", "trích yếu"),
    ("valid_from", "có hiệu lực từ"),
    ("valid_to", "có hiệu lực đến"),
    ("withdrawn_on", "thôi giao từ ngày"),
    ("part", "phần việc"),
    ("mode", "hình thức"),
    ("holders", "đơn vị thực hiện"),
    ("position", "vị trí"),
    ("path", "mục"),
    ("type", "kiểu"),
    ("province", "tỉnh, thành phố"),
    ("agency", "cơ quan thường trực"),
    ("administrator", "người quản trị"),
    ("indicators", "số chỉ tiêu"),
    ("failed", "số lần sai liên tiếp"),
    ("working_days", "số ngày làm việc"),
    ("collector", "nơi tổng hợp"),
    ("recorded_at", "thời điểm ghi"),
];

/// Kept for machines: versions, hashes, ids, keys for searching.
const UNSAID: &[&str] = &[
    "version",
    "sha256",
    "files",
    "internal",
    "ministry",
    "uid",
    "id",
    "clause",
    "task",
    "parent",
    "group",
    "issuer_unit_id",
    "search_key",
];

/// What a key is called; none where it says nothing to a reader.
pub fn key_words(key: &str) -> Option<&'static str> {
    if UNSAID.contains(&key) {
        return None;
    }
    // A key nobody has named yet is told all the same, without its code.
    Some(KEYS.iter().find(|(known, _)| *known == key).map_or("thông tin khác", |(_, words)| *words))
}

/// Whether somebody has decided how a key is told.
pub fn is_known_key(key: &str) -> bool {
    UNSAID.contains(&key) || KEYS.iter().any(|(known, _)| *known == key)
}

/// Where a key stands among those of one change.
pub(super) fn place_of(key: &str) -> usize {
    KEYS.iter().position(|(known, _)| *known == key).unwrap_or(KEYS.len())
}
