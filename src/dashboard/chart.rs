//! Two bars per period, completeness and timeliness, as coordinates of a server-made drawing.
//! Pure integers; it stands between percents and the template, which holds no arithmetic.

/// One period; percents 0..=100, none where nothing can be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub label: String,
    pub sent: Option<u32>,
    pub on_time: Option<u32>,
}

/// One bar with the number above it. Units of the drawing, 600 × 190.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub class: &'static str,
    pub x: u32,
    pub y: u32,
    pub height: u32,
    pub middle: u32,
    pub number_y: u32,
    pub percent: u32,
}

/// A label under its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub x: u32,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    pub columns: Vec<Column>,
    pub labels: Vec<Label>,
}

/// Where 100 % and 0 % lie, and how wide a column is.
pub const TOP: u32 = 20;
pub const BASE: u32 = 160;
pub const WIDTH: u32 = 26;
const LEFT: u32 = 40;
const RIGHT: u32 = 590;

/// The drawing of some periods, left to right.
pub fn chart(points: &[Point]) -> Chart {
    let mut drawn = Chart::default();
    let Ok(count) = u32::try_from(points.len().max(1)) else { return drawn };
    let step = (RIGHT - LEFT) / count;
    for (place, point) in (0u32..).zip(points) {
        let middle = LEFT + step * place + step / 2;
        let left = middle.saturating_sub(WIDTH + 2);
        drawn.labels.push(Label { x: middle, text: point.label.clone() });
        for (class, x, percent) in [("e", left, point.sent), ("a", middle + 2, point.on_time)] {
            let Some(percent) = percent else { continue };
            let height = (BASE - TOP) * percent.min(100) / 100;
            let y = BASE - height;
            let number_y = y.saturating_sub(5);
            drawn.columns.push(Column { class, x, y, height, middle: x + WIDTH / 2, number_y, percent });
        }
    }
    drawn
}
