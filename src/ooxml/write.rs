//! A package as the bytes of a file. Every part is deflated and dated 01/01/1980, so that the same package gives the
//! same bytes on any day.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::package::relationships_of;
use super::{Package, PackageError, Relationship, Xml};

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONSHIPS_PART: &str = "application/vnd.openxmlformats-package.relationships+xml";

impl Package {
    /// The file: content types, the package's relationships, then the parts in their order.
    ///
    /// # Errors
    /// [`PackageError::Archive`] for two parts of one name or a name that no zip can hold.
    pub fn write(&self) -> Result<Vec<u8>, PackageError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), PackageError> {
            zip.start_file(name, options)?;
            zip.write_all(bytes)?;
            Ok(())
        };
        put("[Content_Types].xml", &self.content_types())?;
        if !self.relationships.is_empty() {
            put(&relationships_of(""), &relationships(&self.relationships))?;
        }
        for part in &self.parts {
            put(&part.name, &part.bytes)?;
            if !part.relationships.is_empty() {
                put(&relationships_of(&part.name), &relationships(&part.relationships))?;
            }
        }
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> Vec<u8> {
        let mut xml = Xml::part();
        xml.element("Types", &[("xmlns", CONTENT_TYPES)], |xml| {
            xml.empty("Default", &[("Extension", "rels"), ("ContentType", RELATIONSHIPS_PART)]);
            xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
            for part in &self.parts {
                let name = format!("/{}", part.name);
                xml.empty("Override", &[("PartName", &name), ("ContentType", &part.content_type)]);
            }
        });
        xml.into_bytes()
    }
}

fn relationships(all: &[Relationship]) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("Relationships", &[("xmlns", RELATIONSHIPS)], |xml| {
        for one in all {
            let mut attributes =
                vec![("Id", one.id.as_str()), ("Type", one.kind.as_str()), ("Target", one.target.as_str())];
            if one.external {
                attributes.push(("TargetMode", "External"));
            }
            xml.empty("Relationship", &attributes);
        }
    });
    xml.into_bytes()
}
