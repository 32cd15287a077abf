//! Getting back: the request that a fresh record makes, what guardians give back, and taking the circle.

use rand::Rng;
use salus_chain::codec::Record;
use salus_chain::ids::{self, Hash32, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::{Handed, Plea, RelativeSecret, Return, letter, speak, word};
use salus_vault::Vault;
use salus_wire::command::{MakeRecoveryRequest, TakeCircle};
use salus_wire::view::{FamilyRules, FamilyView, FoundCircleView, RecoveryView};
use salus_wire::{Category, CircleId, ErrorCode, Failure};
use serde::{Deserialize, Serialize};

use super::kept::{self, Guardian, Helper, Known, Own};
use super::{letters, limits, shown, view};
use crate::app::rng;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::FAMILY;
use crate::{App, Run};

const NAME: &[u8] = b"lost";
/// Circles given back at most: whoever saw the request can offer one.
const MOST_FOUND: usize = 8;
/// Letters remembered as read.
const MOST_READ: usize = 512;
const HOUR: i64 = 3_600_000;

/// A circle that a guardian gave back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Found {
    circle: ids::CircleId,
    person: String,
    digits: String,
    /// The guardians who gave it back.
    by: Vec<VerifyingKey>,
    helpers: Vec<Known>,
    guardians: Vec<Known>,
    /// What opens the hashes of categories, and which were ordinary, where the computer that made the circle handed it over.
    #[serde(default)]
    told: Option<Recall>,
}

/// The numbers behind a circle's hashes, as whoever made it told them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Recall {
    salts: Vec<(Category, [u8; 16])>,
    ordinary: Vec<Category>,
}

/// The request, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lost {
    /// What the new key is derived from, with the record's own master.
    nonce: [u8; 16],
    code: String,
    digits: String,
    found: Vec<Found>,
    read: Vec<Hash32>,
}

impl Lost {
    async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        kept::load(vault, FAMILY, NAME).await
    }

    async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        kept::save(vault, FAMILY, NAME, self).await
    }

    fn pk(&self, vault: &Vault) -> VerifyingKey {
        kept::key(vault, &self.nonce).verifying_key()
    }
}

impl Run for MakeRecoveryRequest {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let chain = app.0.network.genesis()?.chain_id();
        let open = app.open().await?;
        let vault = &open.vault;
        // A record speaks in one circle of its own.
        if Own::load(vault).await?.is_some() {
            return Err(ErrorCode::NotAllowed.into());
        }
        if Lost::load(vault).await?.is_none() {
            let mut nonce = [0; 16];
            rng().fill_bytes(&mut nonce);
            let secret =
                RelativeSecret { signing: kept::key(vault, &nonce), inbox: kept::inbox(vault, &nonce) };
            let name = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
            let plea = Plea::make(&secret, &name, &chain);
            let plea = plea.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
            let code = plea.to_text().map_err(|_| bug("a request for a new key has no text"))?;
            let lost = Lost { nonce, code, digits: plea.digits(), found: Vec::new(), read: Vec::new() };
            // On disk before anybody sees it.
            lost.save(vault).await?;
        }
        view::of(app, vault).await
    }
}

impl Run for TakeCircle {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let vault = &open.vault;
        if Own::load(vault).await?.is_some() {
            return Err(ErrorCode::NotAllowed.into());
        }
        let lost = Lost::load(vault).await?.ok_or(ErrorCode::NothingYet)?;
        let found = lost.found.iter().find(|found| found.circle.0 == self.circle.0);
        let found = found.ok_or(ErrorCode::NothingYet)?.clone();
        let circle = speak::standing(&client, &found.circle).await.or_fail()?.value;
        if circle.patient_pk != lost.pk(vault) {
            return Err(ErrorCode::NotYours.into());
        }
        // What is ordinary is a hash on the members, made with numbers that were lost: nothing is, until it is said again.
        let policy = &circle.policy;
        let rules = FamilyRules {
            ordinary: Vec::new(),
            long_days: u16::try_from(policy.long_ms / limits::DAY).unwrap_or(u16::MAX),
            approvals: policy.approvals,
            veto_hours: u16::try_from(policy.veto_ms / HOUR).unwrap_or(u16::MAX),
            objector: Some(policy.objector).filter(|seat| *seat != 0),
        };
        let mut own = Own::of(found.circle, lost.nonce, rules);
        own.given_back = Some(app.now());
        if let Some(told) = found.told {
            (own.recalled, own.rules.ordinary) = (told.salts, told.ordinary);
        }
        own.guardians =
            found.guardians.into_iter().map(|relative| Guardian { relative, told: None }).collect();
        let helper = |relative: Known| {
            let seated = circle.delegates.iter().find(|seated| seated.delegate.pk == relative.pk)?;
            let limits = limits::told(seated);
            Some(Helper { relative, limits, told: None, keys_until: None, from_before: true, watches: None })
        };
        own.helpers = found.helpers.into_iter().filter_map(helper).collect();
        own.save(vault).await?;
        vault.cabinet().remove(FAMILY, NAME).await.or_fail()?;
        shown(app, &open, &client).await
    }
}

/// Takes in what guardians give back; true when there is something new to compare.
pub(super) async fn take(open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut lost) = Lost::load(vault).await? else { return Ok(false) };
    let inbox = kept::inbox(vault, &lost.nonce);
    let before = lost.clone();
    for (hash, said) in letter::collect(client, &inbox, &letters::known(&lost.read)).await.or_fail()? {
        if add(vault, client, &mut lost, &said).await? {
            lost.read.push(hash);
            let extra = lost.read.len().saturating_sub(MOST_READ);
            lost.read.drain(..extra);
        }
    }
    if lost != before {
        lost.save(vault).await?;
    }
    Ok(lost.found != before.found)
}

/// Looks at one letter; false when whether it holds cannot be said now.
async fn add(vault: &Vault, client: &LightClient, lost: &mut Lost, said: &[u8]) -> Result<bool, Failure> {
    let own = lost.pk(vault);
    let (id, back) = match (Return::decode(said), Handed::decode(said)) {
        (Ok(back), _) => (back.circle, Offer::Back(back)),
        (_, Ok(handed)) => (handed.circle, Offer::Handed(handed)),
        _ => return Ok(true),
    };
    let proven = client.prove_circle(&id).await.or_fail()?;
    let Some(circle) = proven.value.map(|circle| circle.at(proven.head.time_ms)) else { return Ok(false) };
    if circle.patient_pk != own {
        return Ok(false);
    }
    let chain = client.chain_id();
    let holds = match &back {
        Offer::Back(back) => back.holds(&chain, &circle, &own),
        Offer::Handed(handed) => handed.holds(&chain, &circle, &own),
    };
    if holds {
        put(lost, back);
    } else {
        tracing::debug!("what somebody gives back does not hold");
    }
    Ok(true)
}

/// What came for the new key.
enum Offer {
    /// From a guardian.
    Back(Return),
    /// From the computer that made the circle.
    Handed(Handed),
}

/// Keeps what holds: the word of whoever made the circle goes before a guardian's, because it tells more.
fn put(lost: &mut Lost, offer: Offer) {
    let known = |helpers: &[word::Helper]| -> Vec<Known> {
        helpers.iter().map(|helper| Known::of(&helper.relative)).collect()
    };
    let offered = match offer {
        Offer::Back(back) => Found {
            circle: back.circle,
            digits: back.digits(),
            by: vec![back.from],
            helpers: known(&back.helpers),
            guardians: back.guardians.iter().map(Known::of).collect(),
            person: back.person,
            told: None,
        },
        Offer::Handed(handed) => Found {
            circle: handed.circle,
            digits: handed.digits(),
            by: Vec::new(),
            helpers: known(&handed.helpers),
            guardians: handed.guardians.iter().map(Known::of).collect(),
            person: handed.person,
            told: Some(Recall {
                salts: handed.salts.into_iter().collect(),
                ordinary: handed.ordinary.into_iter().collect(),
            }),
        },
    };
    let place = lost.found.iter().position(|found| found.circle == offered.circle);
    if let Some(found) = place.and_then(|at| lost.found.get_mut(at)) {
        if offered.told.is_some() {
            *found = Found { by: found.by.clone(), ..offered };
        } else {
            for by in offered.by {
                if !found.by.contains(&by) {
                    found.by.push(by);
                }
            }
        }
    } else if lost.found.len() < MOST_FOUND {
        lost.found.push(offered);
    }
}

/// The request as screens show it.
pub(super) async fn shown_of(vault: &Vault) -> Result<Option<RecoveryView>, Failure> {
    let Some(lost) = Lost::load(vault).await? else { return Ok(None) };
    let found = |found: Found| {
        let name = |pk: &VerifyingKey| {
            let known = found.guardians.iter().find(|known| known.pk == *pk);
            known.map(|known| known.name.clone()).unwrap_or_default()
        };
        FoundCircleView {
            circle: CircleId(found.circle.0),
            by: found.by.iter().map(name).collect(),
            helpers: found.helpers.iter().map(|known| known.name.clone()).collect(),
            person: found.person.clone(),
            digits: found.digits.clone(),
            handed_over: found.told.is_some(),
        }
    };
    let all = lost.found.into_iter().map(found).collect();
    Ok(Some(RecoveryView { code: lost.code, digits: lost.digits, found: all }))
}
