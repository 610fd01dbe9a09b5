//! The plan everything is reported on: three clauses with four tasks each, and who holds them.

use diesel::prelude::*;

use super::batch::insert_all;
use super::bodies::Bodies;
use super::papers::PLAN;
use super::{LAST_YEAR, Made, Size, uid};
use crate::db::Conn;
use crate::db::ids::{ClauseId, PlanId, TaskId};
use crate::db::schema::{assignments, clauses, plans, tasks};
use crate::error::Error;
use crate::{on_each, vietnamese};

/// A task and the places of the units that hold it.
pub struct Task {
    pub id: TaskId,
    pub uid: String,
    /// Path of its clause.
    pub clause: &'static str,
    pub text: String,
    /// Places of the units, the lead unit first.
    pub units: Vec<u32>,
}

/// The plan as made.
pub struct Plan {
    pub id: PlanId,
    pub tasks: Vec<Task>,
}

const CLAUSES: [(&str, &str); 3] =
    [("I", "Tuyên truyền, phổ biến"), ("II", "Giúp đỡ, tạo việc làm"), ("III", "Quản lý, kiểm tra")];
const TASKS: [&str; 4] = [
    "Tổ chức phổ biến chính sách tại địa bàn, cơ sở.",
    "Xây dựng và duy trì mô hình có hiệu quả.",
    "Bố trí kinh phí và người làm đầu mối.",
    "Kiểm tra việc thực hiện, báo cáo theo kỳ.",
];

/// Makes the plan. Each task has one lead unit; every fourth is held by all communes beside it.
pub fn load(conn: &mut Conn, size: Size, bodies: &Bodies, made: &mut Made) -> Result<Plan, Error> {
    let subject = "Thực hiện chính sách tái hòa nhập cộng đồng (dữ liệu thử)";
    let plan_id: PlanId = on_each!(conn, |c| diesel::insert_into(plans::table)
        .values((
            plans::uid.eq(uid(size.seed, 20, 0)),
            plans::province_id.eq(bodies.province),
            plans::issuer.eq("Ủy ban nhân dân tỉnh Thử Nghiệm"),
            plans::kind.eq("Kế hoạch"),
            plans::number.eq("1"),
            plans::symbol.eq("KH-UBND"),
            plans::issued_year.eq(size.years().next().unwrap_or(LAST_YEAR) - 1),
            plans::subject.eq(subject),
            plans::short_name.eq(PLAN),
            plans::search_key.eq(vietnamese::search_key(subject)),
        ))
        .returning(plans::id)
        .get_result(c))?;
    let mut all = Vec::new();
    let mut held = Vec::new();
    for ((label, title), clause) in CLAUSES.iter().zip(0_u32..) {
        let clause_id: ClauseId = on_each!(conn, |c| diesel::insert_into(clauses::table)
            .values((
                clauses::plan_id.eq(plan_id),
                clauses::position.eq(i32::try_from(clause + 1).unwrap_or(i32::MAX)),
                clauses::label.eq(*label),
                clauses::path.eq(*label),
                clauses::title.eq(*title),
            ))
            .returning(clauses::id)
            .get_result(c))?;
        for (text, place) in TASKS.iter().zip(0_u32..) {
            let number = clause * 4 + place;
            let uid = uid(size.seed, 21, number.into());
            let text = format!("{title}: {text}");
            let id: TaskId = on_each!(conn, |c| diesel::insert_into(tasks::table)
                .values((
                    tasks::uid.eq(&uid),
                    tasks::plan_id.eq(plan_id),
                    tasks::clause_id.eq(clause_id),
                    tasks::position.eq(i32::try_from(place + 1).unwrap_or(i32::MAX)),
                    tasks::text.eq(&text),
                    tasks::search_key.eq(vietnamese::search_key(&text)),
                ))
                .returning(tasks::id)
                .get_result(c))?;
            let above: Vec<_> = bodies.units.iter().filter(|unit| unit.kind != "commune").collect();
            let lead = above.get(number as usize % above.len().max(1)).map(|unit| unit.index);
            let mut units: Vec<u32> = lead.into_iter().collect();
            if place == 0 {
                units
                    .extend(bodies.units.iter().filter(|unit| unit.kind == "commune").map(|unit| unit.index));
            }
            for body in bodies.units.iter().filter(|unit| units.contains(&unit.index)) {
                let group = (body.kind == "commune").then_some("commune");
                let part = if Some(body.index) == lead { "lead" } else { "cooperating" };
                held.push((
                    assignments::task_id.eq(id),
                    assignments::unit_id.eq(body.id),
                    assignments::group_kind.eq(group),
                    assignments::part.eq(part),
                    assignments::mode.eq(if body.kind == "mass_org" { "request" } else { "assign" }),
                ));
            }
            all.push(Task { id, uid, clause: label, text, units });
        }
    }
    insert_all!(conn, assignments::table, held);
    made.tasks = all.len();
    Ok(Plan { id: plan_id, tasks: all })
}
