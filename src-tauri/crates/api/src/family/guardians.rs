//! The patient names who can together give the circle to a new computer, and open a backup there.

use std::collections::BTreeSet;

use salus_chain::circle::{Change, Guardians};
use salus_chain::ids::{Nonce16, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::{Code, Voice, speak};
use salus_vault::{Vault, VaultError};
use salus_wire::command::NameGuardians;
use salus_wire::view::{FEWEST_GUARDIANS, FamilyView, GuardianView, MOST_GUARDIANS, RecoveryRulesView};
use salus_wire::{ErrorCode, Failure};

use super::kept::{Entrustment, Guardian, Known, Own};
use super::{code, limits, own, sentence, shown};
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::{App, Run, backup};

/// Guardians remembered: those of now, those that wait, and some from before.
const MOST_KNOWN: usize = 4 * MOST_GUARDIANS;

impl Run for NameGuardians {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let client = app.0.network.client()?;
        let codes = read(&client, &self.codes, self.needed)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let inboxes: Vec<[u8; 32]> = codes.iter().map(|code| code.relative().inbox.kem().0).collect();
        // Parts could not be sealed to them: the same inbox twice, or one that is no key.
        match open.vault.fresh_guardians(&inboxes, self.needed).await {
            Err(VaultError::OutOfBounds) => return Err(Failure::with(ErrorCode::BadRequest, "codes")),
            made => drop(made.or_fail()?),
        }
        let (asked, exists) = own::circle(app, &open, &client, None).await?;
        let sentence = sentence::guardians(app.tongue(), &codes, self.needed);
        app.ask(Asked::Guardians, &sentence).await?;
        let _turn = open.sharing.take().await;
        // While the question stood, somebody may have been told something.
        let own = Own::load(&open.vault).await?.unwrap_or(asked);
        let own = remember(&open.vault, own, &codes).await?;
        let keys: Vec<VerifyingKey> = codes.iter().map(|code| code.relative().pk).collect();
        let (key, guardians) = (own.key(&open.vault), Guardians { keys, threshold: self.needed });
        if exists {
            let voice = Voice { circle: own.circle, key: &key };
            speak::change(&client, voice, Change::SetGuardians(guardians)).await.or_fail()?;
        } else {
            let policy = limits::rules(&own.rules)?.policy(&own.salts(&open.vault));
            let nonce = Nonce16(own.nonce);
            speak::make_guarded(&client, &key, nonce, Vec::new(), guardians, policy).await.or_fail()?;
        }
        shown(app, &open, &client).await
    }
}

/// Checks the codes: enough, not too many, nobody twice, and as many needed as there can be.
fn read(client: &LightClient, texts: &[String], needed: u8) -> Result<Vec<Code>, Failure> {
    if !(FEWEST_GUARDIANS..=MOST_GUARDIANS).contains(&texts.len()) {
        return Err(Failure::with(ErrorCode::BadRequest, "codes"));
    }
    if !(FEWEST_GUARDIANS..=texts.len()).contains(&usize::from(needed)) {
        return Err(Failure::with(ErrorCode::BadRequest, "needed"));
    }
    let codes = texts.iter().map(|text| code::read(client, text)).collect::<Result<Vec<_>, _>>()?;
    let different: BTreeSet<[u8; 32]> = codes.iter().map(|code| code.relative().pk.0).collect();
    if different.len() == codes.len() {
        Ok(codes)
    } else {
        Err(Failure::with(ErrorCode::BadRequest, "codes"))
    }
}

/// Keys and names are on disk before anything is signed; those of before stay until the new ones hold.
async fn remember(vault: &Vault, mut own: Own, codes: &[Code]) -> Result<Own, Failure> {
    for code in codes {
        let relative = Known::of(code.relative());
        own.guardians.retain(|known| known.relative.pk != relative.pk);
        own.guardians.push(Guardian { relative, told: None });
    }
    let extra = own.guardians.len().saturating_sub(MOST_KNOWN);
    own.guardians.drain(..extra);
    own.save(vault).await?;
    Ok(own)
}

/// The guardians of the proven circle, as the patient sees them.
pub(super) async fn shown_of(
    app: &App,
    vault: &Vault,
    own: &Own,
    guardians: &Guardians,
) -> Result<RecoveryRulesView, Failure> {
    let slot = vault.guardian_checks().await.or_fail()?;
    let entrusted = Entrustment::load(vault).await?;
    let view = |pk: &VerifyingKey| {
        let known = own.guardians.iter().find(|known| known.relative.pk == *pk);
        let held = own.held.iter().find(|held| held.guardian == *pk);
        GuardianView {
            name: known.map(|known| known.relative.name.clone()).unwrap_or_default(),
            held: held.map(|held| held.at),
            part: held.map(|held| held.part).unwrap_or_default(),
        }
    };
    Ok(RecoveryRulesView {
        guardians: guardians.keys.iter().map(view).collect(),
        needed: guardians.threshold,
        asked: own.rehearsal.as_ref().map(|rehearsal| rehearsal.at),
        parts: entrusted.is_some_and(|entrusted| entrusted.is_of(guardians, slot.as_ref())),
        elsewhere: backup::elsewhere(app, vault).await?,
    })
}
