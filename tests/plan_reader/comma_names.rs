//! Names of bodies with a comma inside: read whole by where they end, in headings, before a colon, before a verb of duty.

use tonghop::plan_reader::read;

/// Owners and first task of one clause of a section of assignments.
fn owners(clause: &str) -> (Vec<String>, String) {
    let reading = read(&format!("KẾ HOẠCH\nThử tên đơn vị\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. {clause}\n"));
    let first = reading.assignments.first();
    let units = first.map(|given| given.units.clone()).unwrap_or_default();
    let task = first.and_then(|given| given.tasks.first()).map(|task| task.text.clone());
    (units, task.unwrap_or_default())
}

#[test]
fn names_that_go_on_behind_a_comma() {
    let table: [(&str, &[&str], &str); 21] = [
        (
            "Phòng Phổ biến, giáo dục pháp luật: Chủ trì tham mưu Lãnh đạo Sở.",
            &["Phòng Phổ biến, giáo dục pháp luật"],
            "Chủ trì tham mưu Lãnh đạo Sở.",
        ),
        (
            "Phòng Xây dựng chính quyền, công tác thanh niên và bình đẳng giới: Tham mưu Sở theo dõi.",
            &["Phòng Xây dựng chính quyền, công tác thanh niên và bình đẳng giới"],
            "Tham mưu Sở theo dõi.",
        ),
        (
            "Phòng Tổ chức, biên chế và công chức, viên chức\nPhối hợp rà soát số liệu.",
            &["Phòng Tổ chức, biên chế và công chức, viên chức"],
            "Phối hợp rà soát số liệu.",
        ),
        (
            "Ban Thi đua, khen thưởng tỉnh chủ trì phát động thi đua.",
            &["Ban Thi đua, khen thưởng tỉnh"],
            "Chủ trì phát động thi đua.",
        ),
        (
            "Các tổ chức hành nghề luật sư, công chứng căn cứ Kế hoạch để phối hợp thực hiện.",
            &["Các tổ chức hành nghề luật sư, công chứng"],
            "Căn cứ Kế hoạch để phối hợp thực hiện.",
        ),
        (
            "Phòng Kiểm tra, theo dõi thi hành pháp luật và Phòng Hành chính, tổ chức: Cử người dự.",
            &["Phòng Kiểm tra, theo dõi thi hành pháp luật", "Phòng Hành chính, tổ chức"],
            "Cử người dự.",
        ),
        (
            "Ban Chỉ huy phòng, chống thiên tai tỉnh, Văn phòng Sở: Trực ban.",
            &["Ban Chỉ huy phòng, chống thiên tai tỉnh", "Văn phòng Sở"],
            "Trực ban.",
        ),
        (
            "Giao Phòng Tuyên truyền, phổ biến pháp luật thuộc Sở theo dõi việc thực hiện.",
            &["Phòng Tuyên truyền, phổ biến pháp luật thuộc Sở"],
            "Theo dõi việc thực hiện.",
        ),
        (
            "PHÒNG PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT\nTham mưu kế hoạch.",
            &["Phòng Phổ biến, Giáo dục pháp luật"],
            "Tham mưu kế hoạch.",
        ),
        (
            "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc tỉnh: Họp.",
            &[
                "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc tỉnh",
            ],
            "Họp.",
        ),
        (
            "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh\nHướng dẫn cơ sở.",
            &["Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh"],
            "Hướng dẫn cơ sở.",
        ),
        (
            "Chi cục Bảo vệ môi trường, biến đổi khí hậu thuộc Sở chủ trì khảo sát.",
            &["Chi cục Bảo vệ môi trường, biến đổi khí hậu thuộc Sở"],
            "Chủ trì khảo sát.",
        ),
        (
            "Các doanh nghiệp bưu chính, viễn thông: Gửi tin nhắn.",
            &["Các doanh nghiệp bưu chính, viễn thông"],
            "Gửi tin nhắn.",
        ),
        (
            "Các trường đại học, cao đẳng, cơ sở giáo dục nghề nghiệp tổ chức tuyên truyền.",
            &["Các trường đại học, cao đẳng, cơ sở giáo dục nghề nghiệp"],
            "Tổ chức tuyên truyền.",
        ),
        ("Văn phòng Sở: Bố trí kinh phí.", &["Văn phòng Sở"], "Bố trí kinh phí."),
        // A comma behind which the duty, or another body, begins.
        (
            "Phòng Văn hóa, chủ trì, phối hợp với Công an xã tuyên truyền.",
            &["Phòng Văn hóa"],
            "Chủ trì, phối hợp với Công an xã tuyên truyền.",
        ),
        (
            "Các phòng, đơn vị tuyên truyền, phổ biến pháp luật.",
            &["Các phòng, đơn vị"],
            "Tuyên truyền, phổ biến pháp luật.",
        ),
        (
            "Hội Nông dân, Hội Phụ nữ, tuyên truyền cho hội viên.",
            &["Hội Nông dân", "Hội Phụ nữ"],
            "Tuyên truyền cho hội viên.",
        ),
        (
            "Phòng Nội vụ, phối hợp với Phòng Văn hóa: Mở hội nghị.",
            &["Phòng Nội vụ"],
            "Phối hợp với Phòng Văn hóa: Mở hội nghị.",
        ),
        (
            "Phòng Tư pháp, các phòng chuyên môn: Rà soát.",
            &["Phòng Tư pháp", "các phòng chuyên môn"],
            "Rà soát.",
        ),
        (
            "Giám đốc các sở: Tư pháp, Tài chính chịu trách nhiệm thi hành.",
            &["Sở Tư pháp", "Sở Tài chính"],
            "Chịu trách nhiệm thi hành.",
        ),
    ];
    for (clause, units, task) in table {
        let (named, work) = owners(clause);
        assert_eq!(
            (named.iter().map(String::as_str).collect::<Vec<_>>(), work.as_str()),
            (units.to_vec(), task)
        );
    }
}

/// Fighting crime is no body, though it begins as the name of a division does.
#[test]
fn words_that_begin_like_a_division() {
    for clause in
        ["Phòng, chống tội phạm, tệ nạn xã hội: Tăng cường tuần tra.", "Phòng ngừa, phát hiện vi phạm."]
    {
        assert_eq!(owners(clause).0, Vec::<String>::new(), "{clause}");
    }
}
