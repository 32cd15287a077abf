//! A guardian agrees that a new computer speaks for the person, and gives back who helps, and the part of what opens the
//! person's backups, once the members prove that it does.

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::Record;
use salus_chain::ids;
use salus_light::LightClient;
use salus_sharing::circle::code::RelativeError;
use salus_sharing::circle::giveback::{self, Held};
use salus_sharing::circle::{Plea, Voice, speak};
use salus_vault::Vault;
use salus_wire::command::{AgreeRecovery, CheckRecoveryRequest};
use salus_wire::view::{FamilyView, RelativeView};
use salus_wire::{ErrorCode, Failure};

use super::kept::{Agreed, Coded, HeldPart};
use super::{sentence, shown};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run, outbox};

/// Longest request looked at: one is below 1 KiB.
pub(super) const MAX_TEXT: usize = 8 * 1024;

impl Run for CheckRecoveryRequest {
    async fn run(self, app: &App) -> Result<RelativeView, Failure> {
        let plea = read(&app.0.network.client()?, &self.code)?;
        Ok(RelativeView { name: plea.person().name.clone(), digits: plea.digits() })
    }
}

impl Run for AgreeRecovery {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let client = app.0.network.client()?;
        let plea = read(&client, &self.code)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let circle = ids::CircleId(self.circle.0);
        let coded = guardian(&open.vault, &circle).await?;
        let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let standing = speak::standing(&client, &circle).await.or_fail()?.value;
        if !matches!(standing.find(&coded.pk()), Some(Signer::Guardian(_))) {
            return Err(ErrorCode::NotYours.into());
        }
        let sentence = sentence::recovery(app.tongue(), &word.person, &plea);
        app.ask(Asked::Recovery, &sentence).await?;
        let _turn = open.sharing.take().await;
        // What came by letter while the question stood stays.
        let mut coded = guardian(&open.vault, &circle).await?;
        let to = plea.person().pk;
        coded.facts.agreed = Some(Agreed {
            plea: hex::encode(plea.encode()),
            digits: giveback::check(&circle, &to),
            returned: false,
            part: false,
        });
        // On disk before it is said: what is known is given back even if this computer stops now.
        coded.save(&open.vault).await?;
        let voice = Voice { circle, key: &coded.secret.signing };
        speak::recover(&client, voice, to).await.or_fail()?;
        shown(app, &open, &client).await
    }
}

/// Reads a request and checks its signature.
pub(super) fn read(client: &LightClient, text: &str) -> Result<Plea, Failure> {
    if text.len() > MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    match Plea::from_text(text, &client.chain_id()) {
        Err(RelativeError::Text(_) | RelativeError::Codec(_)) => Err(ErrorCode::BadRecoveryText.into()),
        read => read.or_fail(),
    }
}

/// The own part as a guardian in somebody else's circle.
pub(super) async fn guardian(vault: &Vault, circle: &ids::CircleId) -> Result<Coded, Failure> {
    let all = Coded::all(vault).await?.into_iter();
    let mut all = all.filter(|coded| coded.facts.guardian && coded.facts.circle == Some(*circle));
    all.next_back().ok_or_else(|| ErrorCode::NotYours.into())
}

/// The digits to compare with the person whose new computer this guardian agreed to, once it speaks for them.
pub(super) fn digits(coded: &Coded, circle: &CircleRecord) -> Option<String> {
    let agreed = coded.facts.agreed.as_ref()?;
    let plea = plea_of(agreed)?;
    (circle.patient_pk == plea.person().pk).then(|| agreed.digits.clone())
}

pub(super) fn plea_of(agreed: &Agreed) -> Option<Plea> {
    hex::decode(&agreed.plea).ok().and_then(|octets| Plea::decode(&octets).ok())
}

/// Gives back, for every person whose new computer has come to speak for them; once more for a part that came later than the
/// rest was given. True when something was given.
pub(super) async fn give_back(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut given = false;
    for mut coded in Coded::all(&open.vault).await? {
        let Some(circle) = coded.facts.circle else { continue };
        let Some(agreed) = coded.facts.agreed.as_ref() else { continue };
        let plea = plea_of(agreed).ok_or(ErrorCode::Damaged)?;
        let held = match HeldPart::of(&open.vault, &coded).await? {
            Some(held) => Some(held.entrusted()?),
            None => None,
        };
        // What the new computer entrusted itself is not what it lost.
        let lost = held.filter(|held| !held.is_signed_by(&client.chain_id(), &plea.person().pk));
        if agreed.returned && (agreed.part || lost.is_none()) {
            continue;
        }
        let Some(word) = coded.word(&open.vault).await? else { continue };
        let voice = Voice { circle, key: &coded.secret.signing };
        let held = lost.as_ref().map(|lost| Held { part: &lost.part, inbox: &coded.secret.inbox });
        let outcome = giveback::give_back(client, voice, &word, held, &plea, app.now(), &mut rng()).await;
        match outcome {
            Ok(left) => {
                outbox::keep(&open.vault, client.genesis().n(), &left).await;
                if let Some(agreed) = coded.facts.agreed.as_mut() {
                    (agreed.returned, agreed.part) = (true, lost.is_some());
                }
                coded.save(&open.vault).await?;
                given = true;
            }
            Err(error) => tracing::debug!(%error, "nothing is given back yet"),
        }
    }
    Ok(given)
}
