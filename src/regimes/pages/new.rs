//! A new regime: the form, filled as most regimes are; the page that confirms; and the writing.

use actix_web::HttpResponse;

use super::super::audience::{self, Standing};
use super::super::cycle_input::CycleInput;
use super::super::cycles::Group;
use super::super::establish::{Forms, establish, examine};
use super::super::form::CharterInput;
use super::super::founding;
use super::confirm::{ConfirmPage, outlook};
use super::shown::CharterPage;
use crate::access::{Action, Membership};
use crate::calendar::Preset;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::standard::provinces::Naming;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};
use crate::{periods, units};

/// What the form of a new regime needs besides what was typed.
struct Setting {
    standing: Standing,
    others: Vec<(RegimeId, String)>,
    naming: Naming,
    /// The collectors a person may choose: an administrator every unit of the province, a compiler their own.
    collectors: Vec<(UnitId, String)>,
    /// The one proposed.
    collector: Option<UnitId>,
}

async fn setting(state: &State, me: &SignedIn) -> Result<Setting, Error> {
    let (membership, province) = founding(&me.actor)?;
    let (membership, scope, today) = (membership.clone(), me.scope(), state.clock.today());
    let own = me.actor.units_for(Action::Compile);
    state
        .read(move |conn| {
            let standing = audience::standing(conn, province, None, today)?;
            let title = units::queries::names_on(conn, &[province], today)?.remove(&province);
            let others = periods::queries::visible_regimes(conn, &scope)?;
            let collectors = collectors(&membership, &standing, &own);
            let police = standing.units.iter().find(|unit| unit.kind_code == "police").map(|unit| unit.id);
            let first = collectors.iter().map(|(id, _)| *id).find(|id| own.contains(id));
            Ok(Setting {
                collector: first.or(police).or(collectors.first().map(|(id, _)| *id)),
                collectors,
                naming: Naming::of_title(&title.unwrap_or_default()),
                others: others.into_iter().map(|regime| (regime.id, regime.name)).collect(),
                standing,
            })
        })
        .await
}

fn collectors(membership: &Membership, standing: &Standing, own: &[UnitId]) -> Vec<(UnitId, String)> {
    let all = membership.role.may(Action::Administer);
    let units = standing.units.iter().filter(|unit| all || own.contains(&unit.id));
    units.map(|unit| (unit.id, unit.name.clone())).collect()
}

impl Setting {
    fn page(self, page: Page, input: CharterInput, problems: Problems) -> CharterPage {
        CharterPage {
            page,
            id: None,
            mark: String::new(),
            opened: 0,
            collectors: self.collectors,
            kinds: self.standing.kinds,
            others: self.others,
            input,
            problems,
        }
    }

    /// As most regimes are: half-year and year by the decree, every kind that has a standard form.
    fn proposed(&self) -> CharterInput {
        let name = |id: UnitId| self.collectors.iter().find(|(other, _)| *other == id).map(|(_, name)| name);
        let agency = self.collector.and_then(name).cloned().unwrap_or_default();
        let asked = |group: Group| {
            let asked = matches!(group, Group::FirstHalf | Group::Year);
            (group, CycleInput { asked, ..CycleInput::blank() })
        };
        CharterInput {
            collector: self.collector.map(|id| id.to_string()).unwrap_or_default(),
            addressee: format!("UBND {} (qua {agency})", self.naming.full()),
            kind: "report".into(),
            preset: Preset::Nd09.code().into(),
            cycles: Group::ALL.into_iter().map(asked).collect(),
            paper_rule: "later".into(),
            leader_step: true,
            kinds: self.standing.kinds.iter().filter(|k| k.form.is_some()).map(|k| k.code.clone()).collect(),
            forms: "standard".into(),
            ..CharterInput::default()
        }
    }
}

/// `GET /regimes/new`.
///
/// # Errors
/// [`Error::Forbidden`] for those who neither administer nor compile.
pub async fn new_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let setting = setting(&state, &me).await?;
    let input = setting.proposed();
    setting.page(me.page("Lập chế độ báo cáo", Nav::Regimes), input, Problems::default()).answer()
}

/// `POST /regimes`. The first answer is a page with the next periods; confirmed, it writes.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn create(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (membership, province) = founding(&me.actor)?;
    let by = me.by(membership);
    let input = CharterInput::read(&form);
    let page = me.page("Lập chế độ báo cáo", Nav::Regimes);
    if form.has("edit") {
        return setting(&state, &me).await?.page(page, input, Problems::default()).answer();
    }
    let setting = setting(&state, &me).await?;
    let mut charter = match input.parse() {
        Ok(charter) => charter,
        Err(Error::Invalid(problems)) => return setting.page(page, input, problems).answer(),
        Err(other) => return Err(other),
    };
    charter.kinds.retain(|kind| setting.standing.kinds.iter().any(|known| known.code == *kind));
    let copied = input.copied_from().filter(|id| setting.others.iter().any(|(other, _)| other == id));
    let forms = match (copied, input.forms.as_str()) {
        (Some(id), _) => Forms::Of(id),
        (None, "later") => Forms::Later,
        _ => Forms::Standard,
    };
    if !setting.collectors.iter().any(|(id, _)| *id == charter.collector) {
        let mut problems = Problems::default();
        problems.add("collector", "Chọn cơ quan nhận, tổng hợp báo cáo trong danh sách.");
        return setting.page(page, input, problems).answer();
    }
    let moment = state.clock.moment();
    if !form.has("confirmed") {
        let asked = charter.clone();
        let looked = state.read(move |conn| {
            let (problems, standing) = examine(conn, province, &asked, forms, moment)?;
            problems.or(())?;
            Ok((standing, outlook(conn, &asked, moment.today)?))
        });
        let (standing, outlook) = match looked.await {
            Ok(found) => found,
            Err(Error::Invalid(problems)) => return setting.page(page, input, problems).answer(),
            Err(other) => return Err(other),
        };
        let kinds = standing.kinds.iter().filter(|kind| charter.kinds.contains(&kind.code));
        let audience = kinds.map(|kind| format!("{}: {} đơn vị", kind.name, kind.units)).collect();
        let forms = match forms {
            Forms::Standard | Forms::StandardOrPlain => "biểu mẫu chuẩn của từng loại đơn vị".to_owned(),
            Forms::Plain => "báo cáo bằng lời, không có chỉ tiêu".to_owned(),
            Forms::Later => "lập sau, trước khi mở kỳ đầu tiên".to_owned(),
            Forms::Of(id) => {
                let other = setting.others.iter().find(|(other, _)| *other == id);
                format!("chép biểu mẫu của chế độ {}", other.map_or("", |(_, name)| name.as_str()))
            }
        };
        let page = ConfirmPage {
            page,
            id: None,
            mark: String::new(),
            opened: 0,
            input,
            charter,
            outlook,
            audience,
            forms,
        };
        return render(&page);
    }
    let (person, digest) = (me.actor.person_id, form.digest());
    let made = state
        .write(move |conn| {
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                let id = establish(conn, province, &charter, forms, &by, moment)?;
                Ok(format!("/regimes/{id}"))
            })
        })
        .await;
    match made {
        Ok(to) => Ok(redirect_with(&to, "Đã lập chế độ báo cáo. Có thể mở kỳ đầu tiên.")),
        Err(Error::Invalid(problems)) => setting.page(page, input, problems).answer(),
        Err(other) => Err(other),
    }
}
