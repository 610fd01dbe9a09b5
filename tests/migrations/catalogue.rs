//! What the database itself says of its tables: SQLite's pragmas, PostgreSQL's information_schema.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use tonghop::db::{Conn, Db, DbError};

/// One column: name, the program's name for its type, and whether it may be null.
pub type Column = (String, String, bool);
/// Columns in order, by table.
pub type Tables = BTreeMap<String, Vec<Column>>;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS name, \
     CASE WHEN upper(c.type) = 'INTEGER' AND c.pk > 0 \
     AND (SELECT count(*) FROM pragma_table_info(m.name) k WHERE k.pk > 0) = 1 THEN 'ROWID' ELSE upper(c.type) END AS kind, \
     c.\"notnull\" = 0 AS nullable FROM sqlite_master m, pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' \
     ORDER BY m.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text AS name, \
     upper(data_type)::text AS kind, is_nullable = 'YES' AS nullable FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' ORDER BY table_name, ordinal_position";

const SQLITE_OTHERS: &str = "SELECT type || ' ' || name AS name FROM sqlite_master \
     WHERE type <> 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";

const POSTGRES_OTHERS: &str = "SELECT 'index ' || indexname AS name FROM pg_indexes WHERE schemaname = 'public' \
     AND indexname NOT LIKE '\\_\\_%' UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal \
     UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1";

/// The tables with their columns, the migrations' own bookkeeping left out.
pub fn tables(db: &Db) -> Tables {
    let rows: Vec<Row> = ask(db, SQLITE_COLUMNS, POSTGRES_COLUMNS);
    let mut tables = Tables::new();
    for row in rows {
        let column = (row.name, type_name(&row.kind).to_owned(), row.nullable);
        tables.entry(row.table_name).or_default().push(column);
    }
    tables
}

/// Indexes, triggers and functions by kind and name.
pub fn others(db: &Db) -> Vec<String> {
    let rows: Vec<Named> = ask(db, SQLITE_OTHERS, POSTGRES_OTHERS);
    rows.into_iter().map(|row| row.name).collect()
}

fn ask<R>(db: &Db, sqlite: &str, postgres: &str) -> Vec<R>
where
    R: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
{
    db.read(|conn| {
        Ok::<_, DbError>(match conn {
            Conn::Sqlite(c) => diesel::sql_query(sqlite).load(c)?,
            Conn::Postgres(c) => diesel::sql_query(postgres).load(c)?,
        })
    })
    .expect("the database answers")
}

/// The program's name for a column type of either database.
fn type_name(kind: &str) -> &str {
    match kind {
        "ROWID" | "BIGINT" => "BigInt",
        "INTEGER" => "Integer",
        "TEXT" => "Text",
        "BOOLEAN" => "Bool",
        "DATE" => "Date",
        "TIMESTAMP" | "TIMESTAMP WITHOUT TIME ZONE" => "Timestamp",
        "BLOB" | "BYTEA" => "Binary",
        other => other,
    }
}
