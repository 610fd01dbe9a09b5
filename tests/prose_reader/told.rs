//! What a report says of each task of the unit: a table written by hand.

use tonghop::plan_reader::Sure;
use tonghop::prose_reader::{Form, FormTask, read};

fn form() -> Form {
    let task = |(code, plan, clause, text): (&str, &str, &str, &str)| FormTask {
        code: code.to_owned(),
        plan: plan.to_owned(),
        clause: clause.to_owned(),
        text: text.to_owned(),
    };
    let tasks = [
        (
            "1",
            "KH 13/2025",
            "III.2",
            "Tuyên truyền trên báo chí, hệ thống truyền thanh về người chấp hành xong án",
        ),
        (
            "2",
            "KH 13/2025",
            "III.3",
            "Vận động doanh nghiệp tiếp nhận lao động, giới thiệu việc làm cho người trở về",
        ),
        ("3", "KH 40/2024", "III.2", "Biên soạn tài liệu hỏi đáp pháp luật phát cho hộ dân"),
        ("4", "KH 13/2025", "III.2.a", "Mở chuyên mục"),
    ];
    Form { tasks: tasks.map(task).to_vec(), ..super::form() }
}

fn told(text: &str) -> Vec<(String, String, Sure)> {
    let prose = read(&format!("BÁO CÁO\nKết quả năm 2025\n\nI. Kết quả\n\n{text}\n"), &form());
    prose.told.into_iter().map(|told| (told.task, told.text, told.sure)).collect()
}

#[test]
fn by_the_clause_and_by_the_words() {
    for (sentence, task, sure) in [
        ("Thực hiện mục III.2 Kế hoạch số 13/KH-UBND, đơn vị đã phát 90 lượt bài.", "1", Sure::Certain),
        ("Thực hiện mục 2 phần III Kế hoạch số 40/KH-UBND, đơn vị đã in 90 cuốn.", "3", Sure::Certain),
        ("Theo điểm a khoản 2 mục III của Kế hoạch 13, đơn vị đã làm xong.", "4", Sure::Certain),
        // Of which document it is a clause is not said.
        ("Theo mục III.3, Sở đã làm tốt.", "2", Sure::Guess),
        (
            "Sở đã vận động doanh nghiệp tiếp nhận lao động, giới thiệu việc làm cho 12 người trở về.",
            "2",
            Sure::Likely,
        ),
        ("Sở vận động doanh nghiệp tiếp nhận lao động, giới thiệu gương tốt.", "2", Sure::Guess),
    ] {
        assert_eq!(told(sentence), [(task.to_owned(), sentence.to_owned(), sure)], "{sentence}");
    }
}

#[test]
fn clauses_of_laws_and_other_words_tell_nothing() {
    for sentence in [
        "Theo khoản 2 Điều 5 Luật Thi hành án hình sự, đơn vị quản lý 12 người.",
        "Theo mục III.2 Báo cáo số 13/BC-UBND, các đơn vị làm tốt.",
        "Theo mục III.2 Kế hoạch số 99/KH-UBND, các đơn vị làm tốt.",
        "Với mục tiêu chung, các đơn vị tổ chức tại 3 địa điểm a dua.",
        "Các đơn vị tổ chức 12 buổi tại xã.",
    ] {
        let found = told(sentence);
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}

#[test]
fn a_heading_takes_what_stands_under_it() {
    let text = "1. Tuyên truyền (mục III.2 Kế hoạch số 13/KH-UBND)\n\nĐã phát 90 lượt bài.\n\n- Xã A phát 10 lượt.\n\n\
                2. Việc khác\n\nKhông liên quan gì.";
    let expected = "Đã phát 90 lượt bài.\n- Xã A phát 10 lượt.";
    assert_eq!(told(text), [("1".to_owned(), expected.to_owned(), Sure::Certain)]);
}

#[test]
fn what_is_to_come_is_no_result() {
    let sentence = "Vận động doanh nghiệp tiếp nhận lao động, giới thiệu việc làm cho người trở về.";
    let text = format!("BÁO CÁO\nKết quả\n\nIV. Phương hướng, nhiệm vụ kỳ tới\n\n{sentence}\n");
    assert!(read(&text, &form()).told.is_empty());
    assert!(
        read(&text.replace("IV. Phương hướng, nhiệm vụ kỳ tới", "I. Kết quả"), &Form::default())
            .told
            .is_empty()
    );
}
