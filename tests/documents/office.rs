//! LibreOffice lays the document out: page breaks, page numbers and repeated heads as they leave the printer.

use std::process::Command;

use tonghop::documents::{Chapter, write};

use super::sample;

/// The pages of a document as text, by LibreOffice and pdftotext, each with a home of its own.
pub fn pages(name: &str, bytes: &[u8]) -> Vec<String> {
    let directory = std::env::temp_dir().join(format!("tonghop-document-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a folder");
    let file = directory.join("document.docx");
    std::fs::write(&file, bytes).expect("a file");
    let run = Command::new("soffice")
        .env("HOME", &directory)
        .env("TMPDIR", &directory)
        .arg(format!("-env:UserInstallation=file://{}", directory.join("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&directory)
        .arg(&file)
        .output()
        .unwrap_or_else(|error| {
            panic!("LibreOffice (soffice) is needed for this test; tests/run installs it: {error}")
        });
    let pdf = directory.join("document.pdf");
    assert!(pdf.exists(), "LibreOffice made no file: {}", String::from_utf8_lossy(&run.stderr));
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().unwrap_or_else(|error| {
        panic!("pdftotext (poppler-utils) is needed for this test; tests/run installs it: {error}")
    });
    std::fs::remove_dir_all(&directory).expect("the folder goes");
    let text = String::from_utf8(text.stdout).expect("UTF-8");
    // Each page ends with a form feed.
    text.split('\u{c}').map(str::to_owned).filter(|page| !page.trim().is_empty()).collect()
}

fn first_line(page: &str) -> &str {
    page.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
}

#[test]
fn libreoffice_prints_the_form() {
    let mut rows = sample::report();
    let long = "Nội dung đủ dài để sang trang. ".repeat(12);
    rows.chapters.push(Chapter {
        label: "III".into(),
        title: "Đánh giá".into(),
        text: vec![long; 12].join("\n"),
        parts: Vec::new(),
    });
    rows.annexes[0].tables = vec![sample::figures(60)];
    let pages = pages("form", &write(&rows).expect("a document"));

    let annex = pages.iter().position(|page| first_line(page) == "Phụ lục").expect("the annex begins a page");
    assert!(annex >= 2, "the text has more than one page");
    assert!(
        first_line(&pages[0]).contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        "no number above the heading"
    );
    assert!(pages[0].contains("Độc lập - Tự do - Hạnh phúc"));
    for (index, page) in pages[1..annex].iter().enumerate() {
        assert_eq!(first_line(page), (index + 2).to_string(), "the number of the page");
    }
    let last = &pages[annex - 1];
    for words in ["Trên đây là báo cáo của Sở Tài chính./.", "KT. GIÁM ĐỐC", "Nguyễn Văn An", "Nơi nhận:"]
    {
        assert!(last.contains(words), "{words} on the last page of the text");
    }
    assert!(!last.contains("Phụ lục"));
    assert!(pages.len() >= annex + 2, "the table has more than one page");
    for (index, page) in pages[annex + 1..].iter().enumerate() {
        assert_eq!(first_line(page), (index + 2).to_string(), "the annex counts its own pages");
        for words in ["Chỉ tiêu", "So với cùng kỳ", "(6)=(5)-(4)"] {
            assert!(page.contains(words), "{words} is repeated on page {}", index + 2);
        }
    }
    assert!(pages[annex].contains("(Kèm theo Báo cáo số 05/BC-STC ngày 05 tháng 02 năm 2025"));
}

/// A text that ends with its page brings no empty one before the annex.
#[test]
fn libreoffice_adds_no_empty_page_before_the_annex() {
    let mut seen = 0;
    for paragraphs in [9, 10, 11] {
        let mut rows = sample::report();
        rows.chapters.push(Chapter {
            label: "III".into(),
            title: "Đánh giá".into(),
            text: vec!["Một dòng."; paragraphs].join("\n"),
            parts: Vec::new(),
        });
        let pages = pages(&format!("full-{paragraphs}"), &write(&rows).expect("a document"));
        let annex = pages.iter().position(|page| first_line(page) == "Phụ lục").expect("the annex");
        assert!(pages[annex - 1].contains("Nguyễn Văn An"), "the signature is right before the annex");
        seen += annex;
    }
    assert!(seen >= 3);
}
