//! The fields of work done that the form of a task and the page of an entry share: what the quantity counts toward, the post behind
//! the link, pictures. `templates/tasks/entry_fields.html`, beside `form` and `problems`.

use crate::error::Problems;
use crate::evidence::Platform;
use crate::plans::counted::{Counted, by_measure};
use crate::plans::entry_form::EntryForm;
use crate::plans::photos::PhotoChanges;
use crate::plans::queries::Photo;
use crate::web::{FormData, NamedFile, State};

/// One choice of a select.
pub(super) struct Choice {
    pub id: String,
    pub words: String,
    pub chosen: bool,
}

pub(super) struct EntryFields {
    /// Indicators with the unit of measure typed, and the others.
    pub same: Vec<Choice>,
    pub others: Vec<Choice>,
    pub platforms: Vec<Choice>,
    pub photos: Vec<Photo>,
    /// The folded part holds something.
    pub open: bool,
}

impl EntryFields {
    pub fn new(offered: &[Counted], form: &EntryForm, photos: Vec<Photo>) -> EntryFields {
        let choice = |one: &&Counted| Choice {
            id: one.id.to_string(),
            words: format!("{} {} ({})", one.code, one.name, one.measure_unit),
            chosen: one.id.to_string() == form.indicator,
        };
        let (same, others) = by_measure(offered, &form.measure_unit);
        let platform = |one: Platform| Choice {
            id: one.code().to_owned(),
            words: one.words().to_owned(),
            chosen: one.code() == form.platform,
        };
        let typed = [&form.platform, &form.link_title, &form.reach];
        EntryFields {
            same: same.iter().map(choice).collect(),
            others: others.iter().map(choice).collect(),
            platforms: Platform::ALL.into_iter().map(platform).collect(),
            open: !photos.is_empty() || typed.iter().any(|typed| !typed.is_empty()),
            photos,
        }
    }
}

/// What the form says of pictures.
pub(super) fn pictures(
    form: &FormData,
    photos: Result<Vec<NamedFile>, String>,
    state: &State,
) -> PhotoChanges {
    let (added, refusal) = match photos {
        Ok(added) => (added, None),
        Err(words) => (vec![], Some(words)),
    };
    let removed = form.all("remove_photo").iter().filter_map(|id| id.parse().ok()).collect();
    PhotoChanges { added, removed, refusal, limits: state.attachments }
}

/// Pictures that came with a form which is shown again: a browser does not send a file twice.
pub(super) struct LostPictures {
    any: bool,
    refusal: Option<String>,
}

impl LostPictures {
    pub fn of(pictures: &PhotoChanges) -> LostPictures {
        LostPictures { any: !pictures.added.is_empty(), refusal: pictures.refusal.clone() }
    }

    /// Says at the field that they have to be chosen again; nothing where that field has its own fault.
    pub fn tell(self, problems: &mut Problems) {
        if problems.at("photo").is_some() {
            return;
        }
        let again = self.any.then(|| "Ảnh vừa chọn chưa được lưu. Chọn lại ảnh trước khi ghi.".to_owned());
        if let Some(words) = self.refusal.or(again) {
            problems.add("photo", words);
        }
    }
}
