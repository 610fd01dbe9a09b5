//! A package in memory: parts in order, each with its content type and the relationships that lead from it.
//! The frame of the format ([Content_Types].xml, the _rels parts) is made when writing and taken apart when reading.

/// Which part leads to which, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// Unique among those of one part: "rId1".
    pub id: String,
    /// The URI that says what kind it is.
    pub kind: String,
    /// As written: relative to the part's folder, or from the root with a slash, or an address outside.
    pub target: String,
    /// Whether the target lies outside the package.
    pub external: bool,
}

/// One part: a file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// From the root, without a slash in front: "word/document.xml".
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
    pub relationships: Vec<Relationship>,
}

impl Part {
    pub fn new(name: &str, content_type: &str, bytes: impl Into<Vec<u8>>) -> Part {
        Part {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            bytes: bytes.into(),
            relationships: Vec::new(),
        }
    }

    /// Adds a relationship to a target inside the package and gives back its id.
    pub fn relate(&mut self, kind: &str, target: &str) -> String {
        relate(&mut self.relationships, kind, target)
    }
}

/// A package: its parts in the order they are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    pub parts: Vec<Part>,
    /// Those of the package itself: which part is the document.
    pub relationships: Vec<Relationship>,
}

impl Package {
    /// Adds a relationship of the package itself and gives back its id.
    pub fn relate(&mut self, kind: &str, target: &str) -> String {
        relate(&mut self.relationships, kind, target)
    }

    /// The part of this name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The part of this name, to be changed.
    pub fn part_mut(&mut self, name: &str) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| part.name == name)
    }
}

fn relate(relationships: &mut Vec<Relationship>, kind: &str, target: &str) -> String {
    let id = format!("rId{}", relationships.len() + 1);
    relationships.push(Relationship {
        id: id.clone(),
        kind: kind.to_owned(),
        target: target.to_owned(),
        external: false,
    });
    id
}

/// The name of the part that holds the relationships of a part; "" is the package itself.
pub(super) fn relationships_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}
