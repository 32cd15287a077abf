//! Getting back: the request that a fresh record makes, what guardians give back, and taking the circle. Their parts stay until
//! the readings are regained with them, or forgone ([`super::regain`]).

mod offer;

use rand::Rng;
use salus_chain::ids::{self, Hash32, VerifyingKey};
use salus_sharing::circle::gather::{Fit, Gathered};
use salus_sharing::circle::{Part, Plea, RelativeSecret, gather, speak};
use salus_vault::{Identity, Vault};
use salus_wire::command::{MakeRecoveryRequest, TakeCircle};
use salus_wire::view::{
    BeforeView, FamilyRules, FamilyView, FoundCircleView, GivenPart, PartView, PartsView, RecoveryView,
};
use salus_wire::{Category, CircleId, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

pub(super) use offer::take;

use super::kept::{self, Guardian, Helper, Known, Own, Seed};
use super::{before, limits, retire, shown, view};
use crate::app::rng;
use crate::failure::{OrFail, bug};
use crate::namespace::FAMILY;
use crate::share::qr::handed;
use crate::{App, Run};

const NAME: &[u8] = b"lost";
const HOUR: i64 = 3_600_000;

/// A guardian's part, sealed to the request's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Back {
    from: VerifyingKey,
    /// Hexadecimal.
    part: String,
}

/// The circle that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    circle: ids::CircleId,
    at: UnixMillis,
}

/// A circle that a guardian gave back, or that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Found {
    circle: ids::CircleId,
    person: String,
    digits: String,
    /// The guardians who gave it back.
    by: Vec<VerifyingKey>,
    helpers: Vec<Known>,
    guardians: Vec<Known>,
    /// The parts that they gave back.
    #[serde(default)]
    parts: Vec<Back>,
    /// What opens the hashes of categories, and which were ordinary, where the computer that made the circle handed it over.
    #[serde(default)]
    told: Option<Recall>,
}

/// The numbers behind a circle's hashes, as whoever made it told them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Recall {
    salts: Vec<(Category, [u8; 16])>,
    ordinary: Vec<Category>,
    /// What its record permitted, and was stopped.
    #[serde(default)]
    before: Vec<BeforeView>,
}

impl Found {
    fn name(&self, pk: &VerifyingKey) -> String {
        let known = self.guardians.iter().find(|known| known.pk == *pk);
        known.map(|known| known.name.clone()).unwrap_or_default()
    }
}

/// The request, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lost {
    /// What the new key is derived from, with an identity of the record.
    nonce: [u8; 16],
    /// Which identity that is; the first in a request from before there were several.
    #[serde(default)]
    identity: u32,
    code: String,
    digits: String,
    found: Vec<Found>,
    read: Vec<Hash32>,
    /// Once a circle was taken: only the parts of its guardians are waited for.
    #[serde(default)]
    taken: Option<Taken>,
}

impl Lost {
    async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        kept::load(vault, FAMILY, NAME).await
    }

    async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        kept::save(vault, FAMILY, NAME, self).await
    }

    const fn seed(&self) -> Seed<'_> {
        Seed(Identity(self.identity), &self.nonce)
    }

    fn pk(&self, vault: &Vault) -> VerifyingKey {
        self.seed().key(vault).verifying_key()
    }

    /// The circle that was taken, as it was found.
    fn taken(&self) -> Option<&Found> {
        let taken = self.taken?;
        self.found.iter().find(|found| found.circle == taken.circle)
    }

    /// What the parts that came back of it come to.
    fn gathered(&self, vault: &Vault) -> Option<Gathered> {
        let part = |back: &Back| {
            let octets = hex::decode(&back.part).ok()?;
            Some((back.from, Part::from_bytes(&octets).ok()?))
        };
        let parts: Vec<(VerifyingKey, Part)> = self.taken()?.parts.iter().filter_map(part).collect();
        Some(gather(&parts, &self.seed().inbox(vault)))
    }
}

/// True while a circle was taken whose readings are neither regained nor forgone.
pub(super) async fn waits(vault: &Vault) -> Result<bool, Failure> {
    Ok(Lost::load(vault).await?.is_some_and(|lost| lost.taken.is_some()))
}

/// What guardians' parts come to; `None` where no circle was taken, or all of it is over.
pub(super) async fn gathered(vault: &Vault) -> Result<Option<Gathered>, Failure> {
    Ok(Lost::load(vault).await?.and_then(|lost| lost.gathered(vault)))
}

/// Lets the request and what came back go.
pub(super) async fn forget(vault: &Vault) -> Result<(), Failure> {
    vault.cabinet().remove(FAMILY, NAME).await.or_fail().map(|_| ())
}

impl Run for MakeRecoveryRequest {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let chain = app.0.network.genesis()?.chain_id();
        let open = app.open().await?;
        let vault = &open.vault;
        // A record speaks in one circle of its own. In one that somebody else took over, because they had a laptop with the key, it
        // speaks no more, and guardians give it back as after any loss.
        if Own::load(vault).await?.is_some() {
            if !retire::is_taken(vault, app.now()).await? {
                return Err(ErrorCode::NotAllowed.into());
            }
            Own::forget(vault).await?;
        }
        if Lost::load(vault).await?.is_none() {
            let mut nonce = [0; 16];
            rng().fill_bytes(&mut nonce);
            let identity = vault.identity();
            let seed = Seed(identity, &nonce);
            let secret = RelativeSecret { signing: seed.key(vault), inbox: seed.inbox(vault) };
            let name = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
            let plea = Plea::make(&secret, &name, &chain);
            let plea = plea.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
            let code = plea.to_text().map_err(|_| bug("a request for a new key has no text"))?;
            let (digits, found, read) = (plea.digits(), Vec::new(), Vec::new());
            let lost = Lost { nonce, identity: identity.0, code, digits, found, read, taken: None };
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
        let mut lost = Lost::load(vault).await?.ok_or(ErrorCode::NothingYet)?;
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
        let mut own = Own::of(found.circle, lost.seed(), rules);
        own.given_back = Some(app.now());
        // Whoever hands over keeps the record: nothing of it is waited for.
        let handed_over = found.told.is_some();
        if let Some(told) = found.told {
            (own.recalled, own.rules.ordinary) = (told.salts, told.ordinary);
            own.before = before::proven(&client, told.before).await?;
        }
        own.guardians =
            found.guardians.into_iter().map(|relative| Guardian { relative, told: None }).collect();
        let helper = |relative: Known| {
            let seated = circle.delegates.iter().find(|seated| seated.delegate.pk == relative.pk)?;
            let limits = limits::told(seated);
            Some(Helper {
                relative,
                limits,
                told: None,
                keys_until: None,
                generations: Vec::new(),
                narrows: None,
                from_before: true,
                watches: None,
                stops: None,
            })
        };
        own.helpers = found.helpers.into_iter().filter_map(helper).collect();
        if handed_over {
            own.save(vault).await?;
            forget(vault).await?;
            return shown(app, &open, &client).await;
        }
        // Before it is taken: as long as this stands, no guardian gets a new part in place of the one that is still to come.
        lost.found.retain(|kept| kept.circle == own.circle);
        lost.taken = Some(Taken { circle: own.circle, at: app.now() });
        lost.save(vault).await?;
        own.save(vault).await?;
        shown(app, &open, &client).await
    }
}

/// The request as screens show it, until a circle was taken.
pub(super) async fn shown_of(vault: &Vault) -> Result<Option<RecoveryView>, Failure> {
    let Some(lost) = Lost::load(vault).await? else { return Ok(None) };
    if Own::load(vault).await?.is_some() {
        return Ok(None);
    }
    let found = |found: &Found| FoundCircleView {
        circle: CircleId(found.circle.0),
        by: found.by.iter().map(|pk| found.name(pk)).collect(),
        helpers: found.helpers.iter().map(|known| known.name.clone()).collect(),
        person: found.person.clone(),
        digits: found.digits.clone(),
        handed_over: found.told.is_some(),
    };
    let all = lost.found.iter().map(found).collect();
    let square = handed(&lost.code);
    Ok(Some(RecoveryView { code: lost.code, square, digits: lost.digits, found: all }))
}

/// The parts as screens show them, once a circle was taken.
pub(super) async fn parts_of(vault: &Vault) -> Result<Option<PartsView>, Failure> {
    let Some(lost) = Lost::load(vault).await? else { return Ok(None) };
    let Some((found, gathered)) = lost.taken().zip(lost.gathered(vault)) else { return Ok(None) };
    let part = |pk: &VerifyingKey| match gathered.by.iter().find(|(from, _)| from == pk) {
        Some((_, Fit::Fits)) => GivenPart::Fits,
        Some((_, Fit::False)) => GivenPart::False,
        // One that is none, or that this computer does not keep, is as good as none.
        None => GivenPart::None,
    };
    let given = found.by.iter().map(|pk| PartView { name: found.name(pk), part: part(pk) }).collect();
    Ok(Some(PartsView { given, needed: gathered.needed, enough: !gathered.enough.is_empty() }))
}
