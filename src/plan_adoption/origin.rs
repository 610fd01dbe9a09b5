//! Whether a document is another province's: bodies it names by their kind alone would be taken for those of the province that
//! adopts it; and whether its day lies behind today. Pointed out, never in the way: whoever adopts it has the paper. Pure.

use super::ground::Ground;
use crate::plans::form::PlanForm;
use crate::vietnamese::{search_key, short_date};

/// Cities that stand where provinces do; other cities are below a province.
const CITIES: [&str; 6] = ["ha noi", "hai phong", "hue", "da nang", "can tho", "ho chi minh"];

/// What to say of a document whose issuer, or the body above it, is of another province than `own` ("Tỉnh Bắc Giang"); none where it is not,
/// or says of no province.
pub fn of_another_province(facts: &PlanForm, own: &str) -> Option<String> {
    let own_name = own.strip_prefix("Tỉnh ").or_else(|| own.strip_prefix("Thành phố ")).unwrap_or(own);
    let own_key = search_key(own_name);
    if own_key.is_empty() {
        return None;
    }
    let named = [&facts.issuer, &facts.superior].into_iter().find_map(|body| province_of(body));
    let place = search_key(&facts.place);
    let other = match named.as_deref() {
        // "UBND tỉnh": where it was written says which.
        Some("") => !place.is_empty() && !own_key.contains(&place),
        Some(name) => !format!("{name} ").starts_with(&format!("{own_key} ")),
        None => false,
    };
    let own = own.replacen("Tỉnh ", "tỉnh ", 1).replacen("Thành phố ", "thành phố ", 1);
    let issuer = if facts.issuer.is_empty() { &facts.superior } else { &facts.issuer };
    let at = if facts.place.is_empty() { String::new() } else { format!(", địa danh {}", facts.place) };
    other.then(|| {
        format!(
            "Văn bản ghi cơ quan ban hành “{issuer}”{at}: không phải của {own}. Các đơn vị trong văn bản đang được hiểu là của {own}. Kiểm tra đã chọn đúng tệp chưa."
        )
    })
}

/// What to say of a document whose day lies behind today.
pub fn ahead_of_today(ground: &Ground) -> Option<String> {
    let day = ground.issued_ahead()?;
    Some(format!(
        "Văn bản ghi ngày ban hành {}, sau hôm nay ({}). Kiểm tra lại ngày, tháng, năm của văn bản.",
        short_date(day),
        short_date(ground.today)
    ))
}

/// The key of the province a body's name ends in; "" of "UBND tỉnh", none of a body that says of no province.
fn province_of(body: &str) -> Option<String> {
    let key = search_key(body);
    // From the first on: there is a province of Hà Tĩnh.
    if let Some((_, name)) = format!(" {key} ").split_once(" tinh ") {
        let name = name.trim();
        return Some(name.strip_prefix("uy").unwrap_or(name).trim().to_owned());
    }
    let (_, city) = key.rsplit_once("thanh pho ")?;
    CITIES.contains(&city).then(|| city.to_owned())
}
