//! What stands around the work: subjects of wrapped titles, thanks, days that are counted, addressees behind a dash, more bases.

use tonghop::plan_reader::read;

fn subject(text: &str) -> Option<String> {
    read(text).heading.subject.map(|subject| subject.value)
}

#[test]
fn a_subject_ends_where_a_wrapped_paragraph_begins() {
    let title = "CHỈ THỊ\nVề việc tăng cường công tác bảo vệ trẻ em\ntrên môi trường mạng\n";
    for text in [
        "Trong năm 2025, các cấp, các ngành đã tập trung thực hiện nhiều giải\npháp; số vụ giảm 12%. Tuy nhiên, một số đơn vị chưa thực hiện nghiêm\nchế độ báo cáo.\n",
        "Công tác bảo vệ trẻ em thời gian gần đây đã có chuyển biến, các ngành\nđã vào cuộc nhưng kết quả chưa đều giữa các địa phương trong toàn\ntỉnh.\n",
        "Những năm qua, các cấp đã có nhiều cố gắng, số vụ việc xảy ra trên địa\nbàn tỉnh giảm dần qua từng năm và được xử lý.\n",
    ] {
        let whole = format!("{title}{text}Để khắc phục, Chủ tịch UBND tỉnh chỉ thị:\n1. Sở Y tế kiểm tra.\n");
        assert_eq!(
            subject(&whole).as_deref(),
            Some("Về việc tăng cường công tác bảo vệ trẻ em trên môi trường mạng"),
            "{text}"
        );
    }
    // A second line with a capital is the subject's where no paragraph begins with it.
    let two = "KẾ HOẠCH\nTuyên truyền về tái hòa nhập cộng đồng\nBắc Hà năm 2026\nTrong năm 2025, các ngành đã tập trung thực hiện nhiều giải pháp, số vụ\ngiảm, song chưa bền vững ở nhiều nơi.\nI. MỤC ĐÍCH\n1. Làm cho đúng.\n";
    assert_eq!(subject(two).as_deref(), Some("Tuyên truyền về tái hòa nhập cộng đồng Bắc Hà năm 2026"));
}

#[test]
fn thanks_and_counted_days_are_no_work() {
    let reading = read(
        "Số: 44/CAT-PC10\nV/v đôn đốc báo cáo\nAn Phú, ngày 20 tháng 11 năm 2026\nKính gửi: - Các sở, ban, ngành cấp tỉnh;\n- UBND các xã, phường.\n\
         Thực hiện chỉ đạo của UBND tỉnh tại Công văn số 88/UBND-NC ngày 14/11/2026; Công an tỉnh đề nghị các đơn vị báo cáo kết quả năm 2026.\n\
         Báo cáo gửi về Công an tỉnh trước ngày 28/11/2026.\nMốc thời gian lấy số liệu: Từ 15/12/2025 đến 14/11/2026.\n\
         Rất mong nhận được sự quan tâm, phối hợp của quý đơn vị./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Hải\n",
    );
    let tasks: Vec<&str> =
        reading.assignments.iter().flat_map(|given| &given.tasks).map(|task| task.text.as_str()).collect();
    assert_eq!(tasks.len(), 2, "{tasks:?}");
    assert!(tasks[0].starts_with("Thực hiện chỉ đạo") && tasks[1].starts_with("Báo cáo gửi về"), "{tasks:?}");
    assert_eq!(reading.assignments[0].units, ["Các sở, ban, ngành cấp tỉnh", "UBND các xã, phường"]);
    let [basis] = &reading.bases[..] else { panic!("{:?}", reading.bases) };
    assert_eq!((basis.number.as_deref(), basis.issuer.as_deref()), (Some("88/UBND-NC"), Some("UBND tỉnh")));
    assert_eq!(reading.unread(), 0);
}

#[test]
fn a_basis_ends_with_its_sentence() {
    let text = |told: &str| {
        format!(
            "V/v thử\nKính gửi: Các sở.\n{told}, Chủ tịch UBND tỉnh yêu cầu như sau:\n1. Sở Y tế kiểm tra.\n"
        )
    };
    for (told, basis) in [
        (
            "UBND tỉnh nhận được Công văn số 31/CAT-PC10 ngày 28/4/2026 của Công an tỉnh về kết quả năm 2025. Sau khi xem xét",
            "Công văn số 31/CAT-PC10 ngày 28/4/2026 của Công an tỉnh về kết quả năm 2025",
        ),
        (
            "Theo đề nghị của Sở Y tế tại Tờ trình số 5/TTr-SYT ngày 02/4/2026",
            "Theo đề nghị của Sở Y tế tại Tờ trình số 5/TTr-SYT ngày 02/4/2026",
        ),
        (
            "Thực hiện Kế hoạch phối hợp số 9/KHPH-SYT-CAT ngày 02/4/2026",
            "Kế hoạch phối hợp số 9/KHPH-SYT-CAT ngày 02/4/2026",
        ),
    ] {
        let found: Vec<String> = read(&text(told)).bases.into_iter().map(|basis| basis.text).collect();
        assert_eq!(found, [basis], "{told}");
    }
}
