//! Inserting many rows with few statements.

/// Rows of one statement: at 19 columns, the widest table, 9,500 of SQLite's 32,766 variables.
pub const BATCH: usize = 500;

/// Inserts all rows into a table, so many at a time.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        for batch in $rows.chunks($crate::load::batch::BATCH) {
            $crate::on_each!(&mut *$conn, |c| diesel::insert_into($table).values(batch).execute(c))?;
        }
    };
}

pub(super) use insert_all;
