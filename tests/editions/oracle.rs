//! The totals of a period straight from the files of the demo, by other means than the program's: forms matched by
//! hand-written rules, figures read as decimal text, sums in units of one millionth.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Row = BTreeMap<String, String>;

/// What the edition of a period must say of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// In Vietnamese writing, or "–".
    pub words: String,
    pub n: usize,
}

const ONE: i128 = 1_000_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")
}

fn rows(path: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(fixtures().join(path)).unwrap();
    let headers = reader.headers().unwrap().clone();
    let pair = |record: csv::StringRecord| {
        headers.iter().map(String::from).zip(record.iter().map(String::from)).collect()
    };
    reader.records().map(|record| pair(record.unwrap())).collect()
}

/// "7823,5" in millionths.
fn decimal(typed: &str) -> i128 {
    let (whole, part) = typed.split_once(',').unwrap_or((typed, ""));
    let whole: i128 = whole.replace('.', "").parse().unwrap();
    let part: i128 = format!("{part:0<6}").parse().unwrap();
    whole * ONE + part
}

/// Millionths as an official writes them.
fn words(value: i128) -> String {
    let whole = (value / ONE).to_string();
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    let part = format!("{:06}", value % ONE);
    let part = part.trim_end_matches('0');
    if part.is_empty() { text } else { format!("{text},{part}") }
}

/// A share in percent with two decimals, half up.
fn percent(above: i128, below: i128) -> String {
    let hundredths = (above * 100_000 / below + 5) / 10;
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

/// For each kind of unit and each unit with a form of its own, what counts in it.
struct Forms(Vec<toml::Table>);

impl Forms {
    fn of(regime: &str, day: &str) -> Forms {
        let text = std::fs::read_to_string(fixtures().join("forms.toml")).unwrap();
        let all: toml::Table = text.parse().unwrap();
        let forms = all["forms"].as_array().unwrap().iter().map(|form| form.as_table().unwrap().clone());
        let date = |form: &toml::Table, key: &str, open: &str| {
            form.get(key).map_or_else(|| open.to_owned(), |value| value.as_datetime().unwrap().to_string())
        };
        Forms(
            forms
                .filter(|form| has(form, "regimes", regime))
                .filter(|form| date(form, "valid_from", "0000").as_str() <= day)
                .filter(|form| date(form, "valid_to", "9999").as_str() >= day)
                .collect(),
        )
    }

    fn counts(&self, unit: &str, kind: &str, code: &str) -> bool {
        let own = self.0.iter().find(|form| has(form, "units", unit));
        let form = own.or_else(|| self.0.iter().find(|form| has(form, "kinds", kind))).unwrap();
        has(form, "counts", code)
    }
}

fn has(form: &toml::Table, list: &str, wanted: &str) -> bool {
    let list = form.get(list).and_then(|list| list.as_array());
    list.is_some_and(|list| list.iter().any(|value| value.as_str() == Some(wanted)))
}

/// The latest received revision of each unit, and the units that declared "không phát sinh".
fn received(regime: &str, period: &str) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut revisions, mut nil) = (BTreeMap::new(), BTreeSet::new());
    for step in rows(&format!("reports/steps/{regime}_{period}.csv")) {
        match step["action"].as_str() {
            "receive" => drop(revisions.insert(step["unit"].clone(), step["revision"].clone())),
            "nil" => drop(nil.insert(step["unit"].clone())),
            _ => {}
        }
    }
    (revisions, nil)
}

/// The totals by code. `province` names the file of its units, `day` is the period's reference day.
pub fn totals(regime: &str, period: &str, province: &str, day: &str) -> BTreeMap<String, Expected> {
    let forms = Forms::of(regime, day);
    let kinds: BTreeMap<String, String> = rows(&format!("units/{province}.csv"))
        .into_iter()
        .map(|row| (row["code"].clone(), row["kind"].clone()))
        .collect();
    let (revisions, nil) = received(regime, period);
    let catalogue = rows("../catalogue/indicators.csv");
    let mut figures: BTreeMap<(String, String), i128> = BTreeMap::new();
    for row in rows(&format!("reports/figures/{regime}_{period}.csv")) {
        let (unit, code) = (row["unit"].clone(), row["indicator"].clone());
        let counts =
            revisions.get(&unit) == Some(&row["revision"]) && forms.counts(&unit, &kinds[&unit], &code);
        if counts && row["state"] == "value" {
            let value = if row["typed"] == "có" { ONE } else { decimal(&row["typed"]) };
            figures.insert((code, unit), value);
        }
    }
    for indicator in catalogue.iter().filter(|indicator| indicator["period_rule"] == "flow") {
        for unit in nil.iter().filter(|unit| forms.counts(unit, &kinds[*unit], &indicator["code"])) {
            figures.insert((indicator["code"].clone(), unit.clone()), 0);
        }
    }
    let of = |code: &str| -> BTreeMap<&str, i128> {
        let figures = figures.iter().filter(|((other, _), _)| other == code);
        figures.map(|((_, unit), value)| (unit.as_str(), *value)).collect()
    };
    let mut expected = BTreeMap::new();
    for indicator in &catalogue {
        let one = if indicator["type"] == "ratio" {
            let (above, below) = (of(&indicator["numerator"]), of(&indicator["denominator"]));
            let both: Vec<&str> = above.keys().copied().filter(|unit| below.contains_key(unit)).collect();
            let sum = |side: &BTreeMap<&str, i128>| both.iter().map(|unit| side[unit]).sum::<i128>();
            let words = if both.is_empty() { "–".to_owned() } else { percent(sum(&above), sum(&below)) };
            Expected { words, n: both.len() }
        } else {
            let all = of(&indicator["code"]);
            let words = if all.is_empty() { "–".to_owned() } else { words(all.values().sum()) };
            Expected { words, n: all.len() }
        };
        expected.insert(indicator["code"].clone(), one);
    }
    expected
}

#[test]
fn the_oracle_reads_and_writes_decimals() {
    assert_eq!(words(decimal("7823,5") + decimal("1.000")), "8.823,5");
    assert_eq!(words(decimal("0")), "0");
    assert_eq!(percent(2, 3), "66,67");
    assert_eq!(percent(1, 8), "12,50");
}
