//! A child comes of age: the computer that made the circle hands it over to a key of the grown-up's own, or helpers ask for that
//! together; and the grown-up confirms what rests, each permission by itself.
//!
//! ```text
//! grown-up   make_recovery_request -> text and digits
//! parent     hand_over (passphrase, native confirmation): what the record itself permits is stopped, each proven ([`before`]);
//!            then at once nobody helps and what helpers permitted rests
//!              72 h, proven: keep_up sends what is known of the circle, and every notice, to the request's inbox
//! grown-up   take_circle, once the digits were compared -> confirm_permission | leave_at_rest
//! ```

use salus_chain::circle::{Change, CircleRecord, Signer, Subject};
use salus_chain::codec::Record;
use salus_chain::ids::{self, Nonce16};
use salus_light::LightClient;
use salus_sharing::circle::{Handed, Plea, Voice, giveback, handed, speak};
use salus_vault::Vault;
use salus_wire::command::{AskHandover, ConfirmPermission, HandOver, LeaveAtRest};
use salus_wire::view::{FamilyView, GivenState, GivenView, HandingView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{Agreed, Own, Part};
use super::{before, recover, seen, sentence, shown, tell, view};
use crate::app::{rng, utc_offset_minutes};
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run, outbox};

impl Run for HandOver {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let client = app.0.network.client()?;
        let plea = recover::read(&client, &self.request)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        made_here(&own, &client, &open.vault)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        speaks(&circle, &own, &open.vault)?;
        let person = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
        let running = running(&view::of(app, &open.vault).await?);
        let stops = before::running(&open.vault, app.now()).await?;
        let sentence =
            sentence::handover(app.tongue(), &person, &plea, circle.delegates.len(), running, &stops);
        app.ask(Asked::Handover, &sentence).await?;
        let _turn = open.sharing.take().await;
        // First: whoever speaks from then on finds nothing running that they did not give. What came since the question is among it.
        before::stop(app, &open, &client).await?;
        // What came by letter while the question stood stays.
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let to = plea.person().pk;
        own.handed = Some(Agreed {
            plea: hex::encode(plea.encode()),
            digits: giveback::check(&own.circle, &to),
            returned: false,
            part: false,
        });
        // On disk before it is said: what is known is sent even if this computer stops now.
        own.save(&open.vault).await?;
        let key = own.key(&open.vault);
        let voice = Voice { circle: own.circle, key: &key };
        speak::hand_over(&client, voice, to).await.or_fail()?;
        shown(app, &open, &client).await
    }
}

impl Run for AskHandover {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let client = app.0.network.client()?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let circle = ids::CircleId(self.circle.0);
        let Part::Helper(coded) = Part::of(&open.vault, &circle).await? else {
            return Err(ErrorCode::NotYours.into());
        };
        let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let standing = speak::standing(&client, &circle).await.or_fail()?.value;
        let sentence = sentence::ask_handover(app.tongue(), &word.person, standing.policy.approvals);
        app.ask(Asked::HandoverRequest, &sentence).await?;
        let _turn = open.sharing.take().await;
        let voice = Voice { circle, key: &coded.secret.signing };
        speak::change(&client, voice, Change::Handover).await.or_fail()?;
        shown(app, &open, &client).await
    }
}

impl Run for ConfirmPermission {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let client = app.0.network.client()?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let given = resting(app, &open.vault, &self.id).await?;
        let sentence = sentence::confirmed(app.tongue(), &given, utc_offset_minutes(app.now()));
        app.ask(Asked::Confirmation, &sentence).await?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let key = own.key(&open.vault);
        let voice = Voice { circle: own.circle, key: &key };
        speak::approve(&client, voice, Subject::Grant(ids::GrantId(self.id.0))).await.or_fail()?;
        own.left.retain(|left| *left != self.id);
        own.save(&open.vault).await?;
        shown(app, &open, &client).await
    }
}

impl Run for LeaveAtRest {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        resting(app, &open.vault, &self.id).await?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        if !own.left.contains(&self.id) {
            own.left.push(self.id);
            own.save(&open.vault).await?;
        }
        view::of(app, &open.vault).await
    }
}

/// One of the own circle's permissions that rests.
async fn resting(app: &App, vault: &Vault, id: &GrantId) -> Result<GivenView, Failure> {
    let own = view::of(app, vault).await?.own.ok_or(ErrorCode::NothingYet)?;
    let given = own.given.into_iter().find(|given| given.id == *id).ok_or(ErrorCode::UnknownPermission)?;
    if given.state == GivenState::Rests { Ok(given) } else { Err(ErrorCode::NothingWaits.into()) }
}

/// How many of the helpers' permissions can be opened, or will be.
fn running(view: &FamilyView) -> usize {
    let over = |state| matches!(state, GivenState::Objected | GivenState::Stopped | GivenState::Ended);
    view.own.iter().flat_map(|own| &own.given).filter(|given| !over(given.state)).count()
}

/// Only the key that made a circle can show later that it did. Of one that guardians gave back, they are asked.
fn made_here(own: &Own, client: &LightClient, vault: &Vault) -> Result<(), Failure> {
    let pk = own.key(vault).verifying_key();
    if ids::CircleId::derive(&client.chain_id(), &pk, &Nonce16(own.nonce)) == own.circle {
        Ok(())
    } else {
        Err(ErrorCode::NotAllowed.into())
    }
}

fn speaks(circle: &CircleRecord, own: &Own, vault: &Vault) -> Result<(), Failure> {
    match circle.find(&own.key(vault).verifying_key()) {
        Some(Signer::Patient) => Ok(()),
        _ => Err(ErrorCode::NotYours.into()),
    }
}

fn plea_of(agreed: &Agreed) -> Result<Plea, Failure> {
    recover::plea_of(agreed).ok_or_else(|| ErrorCode::Damaged.into())
}

/// Where the handing over stands that this computer began.
pub(super) fn handing(own: &Own, circle: &CircleRecord) -> Result<Option<HandingView>, Failure> {
    let Some(agreed) = &own.handed else { return Ok(None) };
    let plea = plea_of(agreed)?;
    let to = plea.person();
    let waits = circle.pending.as_ref().filter(|pending| pending.change == Change::ReplacePatient(to.pk));
    Ok(Some(HandingView {
        name: to.name.clone(),
        effective: waits.and_then(|pending| pending.effective_ms),
        digits: (circle.patient_pk == to.pk).then(|| agreed.digits.clone()),
        sent: agreed.returned,
    }))
}

/// Sends what is known to the person who came of age, once their key speaks; true when it was sent.
pub(super) async fn hand(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(own) = Own::load(vault).await? else { return Ok(false) };
    let Some(agreed) = own.handed.as_ref().filter(|agreed| !agreed.returned) else { return Ok(false) };
    let plea = plea_of(agreed)?;
    let circle = speak::standing(client, &own.circle).await.or_fail()?.value;
    let to = plea.person().pk;
    if circle.patient_pk != to {
        return Ok(false);
    }
    let now: UnixMillis = app.now();
    let mut word = tell::begun(app, open, &own, &circle, to, now);
    word.tell_salts(&own.salts(vault));
    word.ordinary = own.current(vault, &circle).ordinary.iter().copied().collect();
    let key = own.key(vault);
    let said = Handed::sign(word, before::told(&own), to, Nonce16(own.nonce), &client.chain_id(), &key);
    let notices = seen::notices(vault, &own.circle).await?;
    match handed::send(client, &said, &notices, &plea, now, &mut rng()).await {
        Ok(all) => {
            for left in &all {
                outbox::keep(vault, client.genesis().n(), left).await;
            }
        }
        Err(error) => {
            tracing::debug!(%error, "what is known of the circle is sent later");
            return Ok(false);
        }
    }
    let mut own = Own::load(vault).await?.ok_or(ErrorCode::NothingYet)?;
    if let Some(agreed) = own.handed.as_mut() {
        agreed.returned = true;
    }
    own.save(vault).await?;
    Ok(true)
}
