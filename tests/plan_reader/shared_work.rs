//! Bodies named inside sentences, groups with exceptions, and who leads and who helps said in one breath.

use tonghop::plan_reader::{Reading, Sure, read};

/// A letter without sections, so that nothing but the sentence tells who is meant.
fn letter(clauses: &str) -> Reading {
    read(&format!(
        "V/v thử cách viết\nKính gửi: Các sở.\nUBND tỉnh yêu cầu như sau:\n1. Sở Xây dựng kiểm tra.\n{clauses}\n"
    ))
}

fn of(clause: &str) -> (Vec<String>, Vec<String>, String) {
    let reading = letter(&format!("2. {clause}"));
    let Some(given) = reading.assignments.iter().find(|given| given.clause.as_deref() == Some("2")) else {
        return Default::default();
    };
    let task = &given.tasks[0];
    (given.units.clone(), task.cooperating.clone(), task.text.clone())
}

#[test]
fn named_bodies_are_never_the_whole_group() {
    let table: [(&str, &[&str], &str); 13] = [
        (
            "Yêu cầu các Sở: Nội vụ, Tư pháp, Giáo dục và Đào tạo căn cứ nhiệm vụ tư vấn.",
            &["Sở Nội vụ", "Sở Tư pháp", "Sở Giáo dục và Đào tạo"],
            "Căn cứ nhiệm vụ tư vấn.",
        ),
        (
            "Giao các Sở: Nội vụ, Y tế chủ trì tuyên truyền.",
            &["Sở Nội vụ", "Sở Y tế"],
            "Chủ trì tuyên truyền.",
        ),
        ("Yêu cầu các Sở Nội vụ, Tư pháp tư vấn.", &["Sở Nội vụ", "Sở Tư pháp"], "Tư vấn."),
        (
            "Giao các sở Nội vụ, Tài chính và UBND các huyện Tân Lập, Bình An tổ chức tập huấn.",
            &["Sở Nội vụ", "Sở Tài chính", "UBND huyện Tân Lập", "UBND huyện Bình An"],
            "Tổ chức tập huấn.",
        ),
        (
            "Giao các sở Nội vụ, Tư pháp và Công an tỉnh chủ trì tuyên truyền.",
            &["Sở Nội vụ", "Sở Tư pháp", "Công an tỉnh"],
            "Chủ trì tuyên truyền.",
        ),
        (
            "Các Sở Y tế, Nội vụ; Công an tỉnh: tổ chức hội nghị.",
            &["Sở Y tế", "Sở Nội vụ", "Công an tỉnh"],
            "Tổ chức hội nghị.",
        ),
        (
            "Đề nghị các tổ chức chính trị - xã hội: Hội Nông dân, Hội Cựu chiến binh tỉnh vận động hội viên.",
            &["Hội Nông dân", "Hội Cựu chiến binh tỉnh"],
            "Vận động hội viên.",
        ),
        (
            "Các sở, ngành: Sở Nội vụ, Sở Y tế (theo chức năng, nhiệm vụ) phối hợp thực hiện.",
            &["Sở Nội vụ", "Sở Y tế"],
            "Phối hợp thực hiện.",
        ),
        (
            "Giám đốc các Sở Nội vụ, Tài chính, Chủ tịch UBND các xã Bình Minh, Tân Lập bố trí người.",
            &["Sở Nội vụ", "Sở Tài chính", "UBND xã Bình Minh", "UBND xã Tân Lập"],
            "Bố trí người.",
        ),
        (
            "Các Sở: Y tế và Nội vụ; các phòng: Tư pháp, Nội vụ rà soát.",
            &["Sở Y tế", "Sở Nội vụ", "Phòng Tư pháp", "Phòng Nội vụ"],
            "Rà soát.",
        ),
        (
            "Các hội: Nông dân, Cựu chiến binh vận động hội viên.",
            &["Hội Nông dân", "Hội Cựu chiến binh"],
            "Vận động hội viên.",
        ),
        (
            "Các sở, ban, ngành, UBND các xã, phường rà soát.",
            &["Các sở, ban, ngành", "UBND các xã, phường"],
            "Rà soát.",
        ),
        (
            "Đề nghị Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh giám sát.",
            &["Ủy ban MTTQ Việt Nam tỉnh"],
            "Giám sát.",
        ),
    ];
    for (clause, units, task) in table {
        let (found, _, text) = of(clause);
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), text.as_str()),
            (units, task),
            "{clause}"
        );
    }
    // Headings of the same names.
    for heading in
        ["Các Sở Nội vụ, Y tế, Tư pháp", "Các Sở: Nội vụ, Y tế, Tư pháp", "Sở: Nội vụ, Y tế, Tư pháp"]
    {
        assert_eq!(
            of(&format!("{heading}\n- Tuyên truyền.")).0,
            ["Sở Nội vụ", "Sở Y tế", "Sở Tư pháp"],
            "{heading}"
        );
    }
}

/// Whoever resolves names is told who is left out.
#[test]
fn those_left_out_have_the_office_of_the_group() {
    type Parted = Option<(&'static str, &'static [&'static str])>;
    let table: [(&str, Parted); 5] = [
        (
            "UBND các huyện, thành phố (trừ các huyện Núi Voi, Bình An và thành phố Sông Hạ)",
            Some((
                "UBND các huyện, thành phố",
                &["UBND huyện Núi Voi", "UBND huyện Bình An", "UBND thành phố Sông Hạ"],
            )),
        ),
        (
            "UBND các huyện, thị xã (trừ huyện Núi Voi và thị xã Tân Lập)",
            Some(("UBND các huyện, thị xã", &["UBND huyện Núi Voi", "UBND thị xã Tân Lập"])),
        ),
        ("Các sở, ban, ngành (trừ Công an tỉnh)", Some(("Các sở, ban, ngành", &["Công an tỉnh"]))),
        ("Các sở, ban, ngành", None),
        ("Hội Cựu thanh niên (cơ sở)", None),
    ];
    for (name, expected) in table {
        let found = tonghop::plan_reader::left_out(name);
        let expected = expected.map(|(group, names)| {
            (group.to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        });
        assert_eq!(found, expected, "{name}");
    }
}

/// The exception stays with the name, and a person says who is left.
#[test]
fn a_group_with_an_exception_is_unclear() {
    for (clause, unit) in [
        (
            "UBND các huyện, thị xã, thành phố (trừ huyện Núi Voi)\n- Rà soát.",
            "UBND các huyện, thị xã, thành phố (trừ huyện Núi Voi)",
        ),
        ("UBND các xã, phường trừ phường Bến Đá: rà soát.", "UBND các xã, phường (trừ phường Bến Đá)"),
        (
            "UBND các xã, phường, ngoại trừ xã Núi Voi và phường Bến Đá, rà soát.",
            "UBND các xã, phường (ngoại trừ xã Núi Voi và phường Bến Đá)",
        ),
        ("Các sở, ban, ngành (trừ Công an tỉnh) rà soát.", "Các sở, ban, ngành (trừ Công an tỉnh)"),
    ] {
        let reading = letter(&format!("2. {clause}"));
        let given = &reading.assignments[1];
        assert_eq!((given.units.as_slice(), given.sure), (&[unit.to_owned()][..], Sure::Guess), "{clause}");
    }
}

#[test]
fn who_leads_and_who_helps() {
    let table: [(&str, &str, &[&str], &str); 13] = [
        ("Sở Nội vụ (chủ trì), Sở Y tế (phối hợp)\nTư vấn.", "Sở Nội vụ", &["Sở Y tế"], "Tư vấn."),
        (
            "Công an tỉnh (Phòng PC10) chủ trì; Sở Nội vụ, Sở Y tế phối hợp\nTư vấn.",
            "Công an tỉnh",
            &["Sở Nội vụ", "Sở Y tế"],
            "Tư vấn.",
        ),
        ("Sở Nội vụ - chủ trì, Sở Y tế - phối hợp\nTư vấn.", "Sở Nội vụ", &["Sở Y tế"], "Tư vấn."),
        (
            "Đơn vị chủ trì: Công an tỉnh; đơn vị phối hợp: Sở Nội vụ\n- Mở hội nghị.",
            "Công an tỉnh",
            &["Sở Nội vụ"],
            "Mở hội nghị.",
        ),
        (
            "Sở Nội vụ là cơ quan chủ trì, Sở Y tế là cơ quan phối hợp:\n- Mở hội thảo.",
            "Sở Nội vụ",
            &["Sở Y tế"],
            "Mở hội thảo.",
        ),
        (
            "Công an tỉnh chủ trì, phối hợp với Sở Y tế, Sở Nội vụ:\na) Mở lớp.",
            "Công an tỉnh",
            &["Sở Y tế", "Sở Nội vụ"],
            "Mở lớp.",
        ),
        (
            "Công an tỉnh: Chủ trì, phối hợp với Sở Y tế thực hiện các nhiệm vụ sau:\na) Mở lớp.",
            "Công an tỉnh",
            &["Sở Y tế"],
            "Mở lớp.",
        ),
        (
            "Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế triển khai các nội dung:\na) Mở lớp.",
            "Công an tỉnh",
            &["Sở Y tế"],
            "Mở lớp.",
        ),
        (
            "Rà soát vốn vay. (Chủ trì: Sở Tài chính; phối hợp: Sở Y tế; hoàn thành: trước ngày 30/6/2026)",
            "Sở Tài chính",
            &["Sở Y tế"],
            "Rà soát vốn vay.\nHoàn thành: trước ngày 30/6/2026",
        ),
        (
            "Mở hội nghị. Đơn vị thực hiện: Sở Tư pháp. Thời gian: quý III.",
            "Sở Tư pháp",
            &[],
            "Mở hội nghị.\nThời gian: quý III",
        ),
        ("Phát tờ rơi. Giao Sở Nội vụ chủ trì, Sở Y tế phối hợp.", "Sở Nội vụ", &["Sở Y tế"], "Phát tờ rơi."),
        ("Mở lớp. Trách nhiệm: Sở Nội vụ.", "Sở Nội vụ", &[], "Mở lớp."),
        ("In sách - Đơn vị chủ trì: Sở Tư pháp.", "Sở Tư pháp", &[], "In sách - Đơn vị chủ trì: Sở Tư pháp."),
    ];
    for (clause, unit, with, task) in table {
        let (units, cooperating, text) = of(clause);
        assert_eq!(units, [unit], "{clause}");
        assert_eq!(
            (cooperating.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), text.as_str()),
            (with, task),
            "{clause}"
        );
    }
}

/// The day of the work stands in the brackets too.
#[test]
fn the_day_in_the_brackets_is_the_days_of_the_work() {
    let reading = letter("2. Rà soát vốn vay. (Chủ trì: Sở Tài chính; hoàn thành: trước ngày 30/6/2026)");
    let day = reading.assignments[1].tasks[0].complete_by.map(|day| day.to_string());
    assert_eq!(day.as_deref(), Some("2026-06-29"));
}

/// What no rule resolves is unclear: in a letter as in a section of content.
#[test]
fn what_names_somebody_and_is_not_understood_is_unclear() {
    let reading = letter(
        "2. Các Sở, ngành Nội vụ, Y tế vào cuộc.\n3. Lập quỹ hỗ trợ.\n4. Các sở, ngành: Y tế, Nghề nghiệp Mới rà soát.",
    );
    let sure =
        |path: &str| reading.clauses.iter().find(|clause| clause.path == path).map(|clause| clause.sure);
    assert_eq!(
        (sure("1"), sure("2"), sure("3")),
        (Some(Sure::Certain), Some(Sure::Guess), Some(Sure::Guess))
    );
    let given = reading.assignments.iter().find(|given| given.clause.as_deref() == Some("4"));
    assert_eq!(given.map(|given| given.sure), Some(Sure::Guess));
    let plan = read(
        "KẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Các Sở, ngành Nội vụ, Y tế vào cuộc.\n2. Mở lớp. Cơ quan chủ trì\n",
    );
    let unclear: Vec<&str> = plan
        .clauses
        .iter()
        .filter(|clause| clause.sure == Sure::Guess)
        .map(|clause| clause.path.as_str())
        .collect();
    assert_eq!(unclear, ["I.1", "I.2"]);
}
