//! What every installation starts from, against facts counted elsewhere and against itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use tonghop::calendar::Preset;
use tonghop::standard::files::FILES;
use tonghop::standard::ready::ReadyList;
use tonghop::standard::{catalogue, forms, provinces, ready};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// Columns of one CSV file by their heads, read here on its own.
fn column(file: &str, head: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(file);
    let mut reader = csv::Reader::from_path(path).expect("the file");
    let at = reader.headers().expect("heads").iter().position(|found| found == head).expect("a column");
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

#[test]
fn every_file_of_the_two_folders_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut on_disk = BTreeSet::new();
    for folder in ["catalogue", "units"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != "README.md" {
                on_disk.insert(format!("{folder}/{name}"));
            }
        }
    }
    let built_in: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(on_disk, built_in);
}

/// Nghị quyết 202/2025/QH15 and Quyết định 19/2025/QĐ-TTg: 34 provinces, 2,621 xã, 687 phường, 13 đặc khu.
#[test]
fn provinces_and_communes_are_as_many_as_the_law_says() {
    let all = provinces::all().expect("provinces");
    assert_eq!(all.len(), 34);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for kind in column("units/communes.csv", "type") {
        *counts.entry(kind).or_default() += 1;
    }
    assert_eq!(counts, BTreeMap::from([("k".into(), 13), ("p".into(), 687), ("x".into(), 2621)]));
    let codes: BTreeSet<String> = column("units/communes.csv", "code").into_iter().collect();
    assert_eq!(codes.len(), 3321, "every code is given once");
    let of = |code: &str| {
        let province = provinces::find(code).expect("the list").expect("a province");
        ready::list(ReadyList::Communes, code, &province.naming(false)).expect("a list").len()
    };
    assert_eq!([of("24"), of("80"), of("79")], [99, 96, 168], "Bắc Ninh, Tây Ninh, TP. Hồ Chí Minh");
    assert_eq!(all.iter().map(|province| of(&province.code)).sum::<usize>(), 3321);
}

/// 63 codes to 30/6/2025, 34 since: 24 is Bắc Giang's, then Bắc Ninh's.
#[test]
fn a_code_is_a_provinces_on_its_days() {
    let of = |code: &str, on: NaiveDate| {
        provinces::coded(code, on)
            .expect("the lists")
            .map(|found| (found.naming.full(), found.from, found.to))
    };
    let (began, ended, since) = (day(2004, 7, 8), day(2025, 6, 30), day(2025, 7, 1));
    assert_eq!(of("24", ended), Some(("tỉnh Bắc Giang".to_owned(), began, Some(ended))));
    assert_eq!(of("24", since), Some(("tỉnh Bắc Ninh".to_owned(), since, None)));
    assert_eq!(of("27", ended).map(|found| found.0).as_deref(), Some("tỉnh Bắc Ninh"));
    assert_eq!((of("27", since), of("99", ended), of("24", day(2004, 7, 7))), (None, None, None));
    assert_eq!(of("46", day(2024, 12, 31)).map(|found| found.0).as_deref(), Some("tỉnh Thừa Thiên Huế"));
    assert_eq!(of("46", day(2025, 1, 1)).map(|found| found.0).as_deref(), Some("thành phố Huế"));
    let codes: BTreeSet<String> = column("units/former_provinces.csv", "code").into_iter().collect();
    assert_eq!(codes.len(), 63);
}

#[test]
fn the_kind_of_a_province_is_a_matter_of_the_day() {
    let cities = |on: NaiveDate| {
        provinces::all().expect("provinces").iter().filter(|province| province.is_city_on(on)).count()
    };
    assert_eq!(cities(day(2025, 7, 1)), 6);
    assert_eq!(cities(day(2026, 4, 30)), 7);
    assert_eq!(cities(day(2026, 9, 20)), 9);
    let bac_ninh = provinces::find("24").expect("the list").expect("Bắc Ninh");
    assert!(!bac_ninh.is_city_on(day(2026, 9, 19)));
    assert!(bac_ninh.is_city_on(day(2026, 9, 20)));
    assert_eq!(bac_ninh.naming(true).fill("Công an {province}"), "Công an thành phố Bắc Ninh");
    assert_eq!(bac_ninh.naming(false).fill("{Province}; UBND {level}"), "Tỉnh Bắc Ninh; UBND tỉnh");
}

#[test]
fn forms_name_only_what_the_catalogue_has() {
    let set = forms::forms().expect("forms");
    let indicators: BTreeSet<String> = column("catalogue/indicators.csv", "code").into_iter().collect();
    let functions: BTreeSet<String> = column("catalogue/functions.csv", "code").into_iter().collect();
    let kinds: BTreeSet<String> =
        catalogue::kinds().expect("kinds").into_iter().map(|kind| kind.code).collect();
    let (mut codes, mut for_kinds) = (BTreeSet::new(), BTreeSet::new());
    for form in &set.forms {
        assert!(codes.insert(&form.code), "{} stands twice", form.code);
        assert!(!form.kinds.is_empty() || !form.functions.is_empty(), "{} is for nobody", form.code);
        assert!(
            form.kinds.iter().all(|kind| kinds.contains(kind) && for_kinds.insert(kind)),
            "{}",
            form.code
        );
        assert!(form.functions.iter().all(|function| functions.contains(function)), "{}", form.code);
        let asked: Vec<&String> = form.counts.iter().chain(&form.reference).collect();
        assert!(asked.iter().all(|code| indicators.contains(*code)), "{}", form.code);
        assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len(), "{}: a figure twice", form.code);
        assert!(form.required.iter().all(|code| form.counts.contains(code)), "{}", form.code);
        assert!(
            form.sections.iter().all(|code| set.sections.iter().any(|s| s.code == *code)),
            "{}",
            form.code
        );
        assert!(form.lists.iter().all(|code| set.lists.contains_key(code)), "{}", form.code);
        assert!(["assign", "request"].contains(&form.mode.as_str()), "{}", form.code);
    }
    // Every kind that a list may bring has a form, save those of the three-level order.
    for kind in catalogue::kinds().expect("kinds").iter().filter(|kind| !kind.word.is_empty()) {
        let gone = ["district", "culture_centre", "division"].contains(&kind.code.as_str());
        assert_eq!(for_kinds.contains(&kind.code), !gone, "{}", kind.code);
    }
}

#[test]
fn templates_name_a_window_and_a_due_day_that_exist() {
    let templates = forms::templates().expect("templates");
    assert!(templates.iter().any(|t| t.preset == "nd09") && templates.iter().any(|t| t.preset == "police"));
    for template in templates {
        assert!(Preset::from_code(&template.preset).is_some(), "{}", template.code);
        let dues: Vec<_> = [template.half, template.year].into_iter().flatten().collect();
        assert!(!dues.is_empty() && dues.iter().all(|due| due.template().is_possible()), "{}", template.code);
    }
}

#[test]
fn a_ready_body_stands_under_one_that_is_there_and_holds_a_known_function() {
    let naming = provinces::find("24").expect("the list").expect("Bắc Ninh").naming(true);
    let functions: BTreeSet<String> = column("catalogue/functions.csv", "code").into_iter().collect();
    let core = ready::core(&naming).expect("core");
    let mut held = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut all = core.clone();
    for list in ReadyList::ALL {
        all.extend(ready::list(list, "24", &naming).expect("a list"));
    }
    for body in &all {
        assert!(!body.name.contains('{') && !body.short.contains('{'), "{}", body.name);
        assert!(names.insert(body.name.clone()), "{} stands twice", body.name);
        assert!(body.parent.is_empty() || core.iter().any(|other| other.key == body.parent), "{}", body.name);
        for function in &body.holds {
            assert!(
                functions.contains(function) && held.insert(function.clone()),
                "{function} of {}",
                body.name
            );
        }
    }
    assert_eq!(held, functions, "every function has its holder");
}
