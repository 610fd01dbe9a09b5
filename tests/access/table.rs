//! Reading `table.txt` and the list of routes. Stands between the two texts and the tests that hold one against
//! the other.

/// One identity: a column of the table.
#[derive(Debug, Clone)]
pub struct Identity {
    pub column: String,
    /// None: nobody is signed in.
    pub username: Option<String>,
}

/// One row: what is asked, and what each identity gets.
#[derive(Debug, Clone)]
pub struct Row {
    pub line: usize,
    pub method: String,
    /// With its subjects still in braces.
    pub path: String,
    pub cells: Vec<String>,
    pub body: String,
}

/// The whole table.
pub struct Table {
    pub identities: Vec<Identity>,
    pub rows: Vec<Row>,
}

impl Table {
    /// The table of this folder; anything out of shape is a failure with its line.
    pub fn read() -> Table {
        let mut table = Table { identities: vec![], rows: vec![] };
        for (at, text) in include_str!("table.txt").lines().enumerate() {
            let words: Vec<&str> = text.split_whitespace().collect();
            match words.as_slice() {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["=", column, username, ..] => table.identities.push(Identity {
                    column: (*column).to_owned(),
                    username: (*username != "-").then(|| (*username).to_owned()),
                }),
                [method @ ("GET" | "POST"), path, rest @ ..] => {
                    let (cells, body) = rest.split_at(table.identities.len().min(rest.len()));
                    assert_eq!(cells.len(), table.identities.len(), "line {}: too few cells", at + 1);
                    assert!(body.len() <= 1, "line {}: more than cells and a body", at + 1);
                    table.rows.push(Row {
                        line: at + 1,
                        method: (*method).to_owned(),
                        path: (*path).to_owned(),
                        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
                        body: body.concat(),
                    });
                }
                _ => panic!("line {}: not a row: {text}", at + 1),
            }
        }
        table
    }
}

impl Row {
    /// The body as fields.
    pub fn fields(body: &str) -> Vec<(&str, &str)> {
        body.split('&').filter_map(|field| field.split_once('=')).collect()
    }
}

/// One line of the program's list of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: String,
    pub path: String,
}

/// Every `.route("…", get()/post()…)` of src/routes.rs.
pub fn routes() -> Vec<Route> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/routes.rs"))
        .expect("the list of routes");
    let found: Vec<Route> = text
        .split(".route(\"")
        .skip(1)
        .map(|rest| {
            let (path, rest) = rest.split_once('"').expect("an address in quotes");
            let method = if rest.trim_start_matches([',', ' ', '\n']).starts_with("get()") {
                "GET"
            } else {
                assert!(
                    rest.trim_start_matches([',', ' ', '\n']).starts_with("post()"),
                    "{path}: GET or POST"
                );
                "POST"
            };
            Route { method: method.to_owned(), path: path.to_owned() }
        })
        .collect();
    assert!(found.len() > 50, "only {} routes were found", found.len());
    found
}

/// The route an address of the table is served by: the one with fewest parameters among those that fit.
pub fn route_of<'a>(routes: &'a [Route], method: &str, path: &str) -> Option<&'a Route> {
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    routes
        .iter()
        .filter(|route| route.method == method)
        .filter(|route| {
            let pattern: Vec<&str> = route.path.split('/').collect();
            pattern.len() == parts.len()
                && pattern.iter().zip(&parts).all(|(p, part)| p.starts_with('{') || p == part)
        })
        .min_by_key(|route| route.path.matches('{').count())
}
