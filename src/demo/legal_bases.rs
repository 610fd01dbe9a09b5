//! The laws, decrees and plans that the demo's plans rest on, with their dates of validity.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use super::files::{Day, document};
use crate::db::Conn;
use crate::db::ids::LegalBasisId;
use crate::db::schema::legal_bases;
use crate::error::Error;
use crate::on_each;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bases {
    bases: Vec<Basis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Basis {
    code: String,
    kind: String,
    #[serde(default)]
    number: String,
    date: Option<Day>,
    issuer: String,
    title: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
}

/// Loads the legal bases and gives back their ids by the codes of the files.
pub fn load(conn: &mut Conn) -> Result<HashMap<String, LegalBasisId>, Error> {
    let mut ids = HashMap::new();
    for basis in document::<Bases>("legal_bases.toml")?.bases {
        let id = on_each!(conn, |c| diesel::insert_into(legal_bases::table)
            .values((
                legal_bases::kind.eq(&basis.kind),
                legal_bases::number.eq(&basis.number),
                legal_bases::issued_on.eq(basis.date.map(|d| d.0)),
                legal_bases::issuer.eq(&basis.issuer),
                legal_bases::subject.eq(&basis.title),
                legal_bases::valid_from.eq(basis.valid_from.map(|d| d.0)),
                legal_bases::valid_to.eq(basis.valid_to.map(|d| d.0)),
            ))
            .returning(legal_bases::id)
            .get_result(c))?;
        ids.insert(basis.code, id);
    }
    Ok(ids)
}
