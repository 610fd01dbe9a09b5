//! The drawing of completeness and timeliness: on the axis, in the picture, as high as its number.

use proptest::prelude::*;
use tonghop::dashboard::chart::{BASE, Point, TOP, WIDTH, chart};

fn point() -> impl Strategy<Value = Point> {
    (prop::option::of(0..=100u32), prop::option::of(0..=100u32)).prop_map(|(sent, on_time)| Point {
        label: "6T đầu 2025".into(),
        sent,
        on_time,
    })
}

proptest! {
    #[test]
    fn every_column_stands_on_the_axis_inside_the_picture(points in prop::collection::vec(point(), 0..=6)) {
        let drawn = chart(&points);
        let measured = points.iter().flat_map(|p| [p.sent, p.on_time]).flatten().collect::<Vec<_>>();
        prop_assert_eq!(drawn.columns.iter().map(|c| c.percent).collect::<Vec<_>>(), measured);
        prop_assert_eq!(drawn.labels.len(), points.len());
        let mut end = 0;
        for column in &drawn.columns {
            prop_assert_eq!(column.y + column.height, BASE);
            prop_assert_eq!(column.height, (BASE - TOP) * column.percent / 100);
            prop_assert!(column.x >= end, "columns overlap");
            end = column.x + WIDTH;
            prop_assert!(end <= 590);
        }
    }
}
