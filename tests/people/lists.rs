//! Many people at once: what each line becomes, what is wrong with it, and that a list is written whole or not at all.

use std::collections::HashSet;

use diesel::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::db::schema::people;
use tonghop::error::Error;
use tonghop::people::listing::read;
use tonghop::people::resolve::{Place, PlaceUnit, Row, resolve};

use super::{accept, code};
use crate::support::app::TestApp;

fn unit(id: i64, code: &str, name: &str, short: &str, kind: &str, people: &[(&str, &str)]) -> PlaceUnit {
    PlaceUnit {
        id: UnitId(id),
        code: code.into(),
        name: name.into(),
        short_name: short.into(),
        kind_code: kind.into(),
        aliases: vec![],
        people: people.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(),
    }
}

fn place() -> Place {
    let khcn = ("canbo.khcn.bacgiang", "Lê Bích Thảo");
    Place {
        province: "Bắc Giang".into(),
        units: vec![
            unit(1, "bg.ubnd", "Ủy ban nhân dân tỉnh Bắc Giang", "UBND tỉnh", "committee", &[]),
            unit(2, "bg.khcn", "Sở Khoa học và Công nghệ", "Sở KH&CN", "department", &[khcn]),
            unit(3, "bg.tan-an", "Xã Tân An", "xã Tân An", "commune", &[]),
            unit(4, "bg.tan-an-2", "Phường Tân An", "phường Tân An", "commune", &[]),
        ],
        taken: HashSet::from(["canbo.khcn.bacgiang".into(), "an.longan".into()]),
    }
}

fn words(row: &Row) -> String {
    match &row.outcome {
        Ok(new) => format!("{} {:?} {}", new.unit_id, new.role, new.username),
        Err(faults) => {
            let said: Vec<String> =
                faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect();
            said.join("; ")
        }
    }
}

#[test]
fn each_line_becomes_a_person_or_says_what_to_mend() {
    let text = "Nguyễn An | Chuyên viên | sở khcn | cán bộ đầu mối\n\
                \n\
                Trần Bình\tGiám đốc\tSở Khoa học và Công nghệ\tlãnh đạo\n\
                Lê Chi; Phó Chủ tịch; bg.ubnd; lãnh đạo;\n\
                Phạm Dung | Công chức | Tân An | cán bộ\n\
                Phạm Dung | Công chức | xã Tân An | cán bộ\n\
                Lê Bích Thảo | Chuyên viên | khcn | cán bộ\n\
                Lê Bích Thảo | Chuyên viên | khcn | cán bộ | thao2.khcn\n\
                Vũ Em | Chuyên viên | Sở Y tế | cán bộ\n\
                Vũ Em | Chuyên viên | khcn | giám sát\n\
                Vũ Em | | khcn | cán bộ\n\
                Vũ Em | Chuyên viên | khcn | cán bộ | An.LongAn\n\
                Vũ Em | Chuyên viên | khcn | cán bộ | vũ em";
    let rows = resolve(&read(text), &place());
    let found: Vec<String> = rows.iter().map(words).collect();
    let wanted = [
        "2 Officer canbo2.khcn.bacgiang",
        "2 UnitLeader lanhdao.khcn.bacgiang",
        "1 Leader lanhdao.ubnd.bacgiang",
        "unit: “Tân An” có thể là",
        "3 Officer canbo.tanan.bacgiang",
        "full_name: Đơn vị đã có Lê Bích Thảo (tài khoản canbo.khcn.bacgiang)",
        "2 Officer thao2.khcn",
        "unit: Không thấy đơn vị “Sở Y tế”",
        "role: Không rõ vai trò “giám sát”",
        "title: Nhập chức vụ",
        "username: Tên đăng nhập an.longan đã có người dùng",
        "username: Tên đăng nhập chỉ gồm",
    ];
    assert_eq!(
        rows.iter().map(|row| row.line.number).collect::<Vec<_>>(),
        [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    );
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(found.starts_with(wanted), "{found} is not {wanted}");
    }
}

#[test]
fn a_line_of_heads_says_the_order_and_names_are_given_once() {
    let text = "Đơn vị\tHọ và tên\tVai trò\tChức vụ\n\
                Sở KH&CN\tNguyễn An\tcán bộ\tChuyên viên\n\
                Sở KH&CN\tNguyễn An\tcán bộ\tChuyên viên\n\
                Sở KH&CN\tNguyễn Bốn\tcán bộ\tChuyên viên";
    let rows = resolve(&read(text), &place());
    assert_eq!(words(&rows[0]), "2 Officer canbo2.khcn.bacgiang");
    assert!(words(&rows[1]).contains("đã có ở một dòng trên"), "{}", words(&rows[1]));
    assert!(rows[2].outcome.is_ok());
    let twice = "A B | c | khcn | cán bộ | mot.ten\nD E | c | khcn | cán bộ | mot.ten";
    assert!(resolve(&read(twice), &place()).iter().all(|row| words(row).contains("hơn một dòng")));
}

#[test]
fn a_list_is_shown_first_and_written_whole_with_a_slip_for_each() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let count = || -> i64 {
        app.db.read(|conn| Ok::<_, Error>(people::table.count().get_result(conn)?)).expect("a count")
    };
    let before = count();
    let good = "Nguyễn Thị An | Chuyên viên | Sở KH&CN | cán bộ đầu mối\n\
                Trần Văn Bình | Phó Giám đốc | bg.yte | lãnh đạo đơn vị\n\
                Lê Thị Chi | Cán bộ | Công an tỉnh Bắc Giang | cán bộ tổng hợp";
    let post = |text: &str, then: &str| administrator.post("/people/import", &[("text", text), ("do", then)]);
    let bad = post(&format!("{good}\nAi đó | x | Sở Không Có | cán bộ"), "take");
    assert_eq!(bad.status, 422);
    let bad = bad.text();
    assert!(bad.contains("3 người mời được, 1 dòng cần sửa") && bad.contains("Dòng 4: Không thấy"), "{bad}");
    // A line with three faults names all three.
    let three = post("Đinh Văn Ba | | Sở Không Có | thủ kho", "look");
    for words in ["Nhập chức vụ", "Không thấy đơn vị “Sở Không Có”", "Không rõ vai trò “thủ kho”"]
    {
        assert!(three.text().contains(words), "{words}: {}", three.text());
    }
    let seen = post(good, "look").ok();
    assert!(seen.contains("Sẽ mời 3 người") && seen.contains("lanhdao.yte.bacgiang"), "{seen}");
    assert_eq!(count(), before);
    let slips = post(good, "take").ok();
    assert_eq!(count(), before + 3);
    assert_eq!(slips.matches("class=\"slip\"").count(), 3);
    // Sent again, the people are there already.
    assert_eq!(post(good, "take").status, 422);
    let client = app.anonymous();
    let name = "tonghop3.catinh.bacgiang";
    assert_eq!(accept(&client, name, &code(&slips, name), "mot-mat-khau-rieng").0, 303);
    assert_eq!(client.get("/").redirected(), "/periods");
}

#[test]
fn units_without_an_account_are_put_into_the_list_to_be_filled_in() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    // Every body of the demo has somebody.
    assert!(!administrator.get("/people/import").ok().contains("chưa có tài khoản"));
    let new = [("text", "Hội Người cao tuổi tỉnh | | HNCT"), ("do", "take")];
    administrator.post("/units/import", &new).redirected();
    let page = administrator.get("/people/import").ok();
    assert!(page.contains("1 đơn vị chưa có tài khoản") && page.contains("?missing=1"), "{page}");
    let filled = administrator.get("/people/import?missing=1").ok();
    assert!(filled.contains("| | Hội Người cao tuổi tỉnh | cán bộ đầu mối</textarea>"), "{filled}");
    let line = [("text", "Lê Thị Bốn | Chủ tịch | Hội Người cao tuổi tỉnh | cán bộ đầu mối"), ("do", "take")];
    administrator.post("/people/import", &line).ok();
    assert!(!administrator.get("/people/import").ok().contains("chưa có tài khoản"));
}
