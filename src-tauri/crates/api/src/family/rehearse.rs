//! The rehearsal: guardians show that they still hold their key and their part, and nothing changes by it.

use rand::Rng;
use salus_chain::codec::Record;
use salus_sharing::circle::rehearsal::{Answer, Asked, RehearsalError};
use salus_sharing::circle::speak;
use salus_vault::Vault;
use salus_wire::command::{AddRehearsalAnswer, AnswerRehearsal, AskRehearsal};
use salus_wire::view::{FamilyView, HandOverView, MOST_GUARDIANS, PartState};
use salus_wire::{ErrorCode, Failure};

use super::kept::{Entrustment, HeldAt, Own, Rehearsal};
use super::recover::{MAX_TEXT, guardian};
use super::{hold, shown};
use crate::app::rng;
use crate::failure::{Fail, OrFail, bug};
use crate::{App, Run};

/// Answers remembered: those of the guardians of now and of some before.
const MOST_HELD: usize = 4 * MOST_GUARDIANS;

impl Fail for RehearsalError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the rehearsal's text does not count");
        Failure::new(self.code())
    }
}

impl Run for AskRehearsal {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        if circle.guardians.keys.is_empty() {
            return Err(ErrorCode::NothingYet.into());
        }
        let mut nonce = [0; 16];
        rng().fill_bytes(&mut nonce);
        let at = app.now();
        let asked = Asked::ask(own.circle, nonce, at, &client.chain_id(), &own.key(&open.vault));
        let text = asked.to_text().map_err(|_| bug("a rehearsal has no text"))?;
        own.rehearsal = Some(Rehearsal { asked: hex::encode(asked.encode()), at });
        own.save(&open.vault).await?;
        drop(turn);
        app.tell(salus_wire::event::Event::PermissionsChanged);
        Ok(HandOverView { text })
    }
}

impl Run for AnswerRehearsal {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        check(&self.code)?;
        let asked = Asked::from_text(&self.code).or_fail()?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let coded = guardian(&open.vault, &asked.circle).await?;
        let circle = speak::standing(&client, &asked.circle).await.or_fail()?.value;
        let (chain, key) = (client.chain_id(), &coded.secret.signing);
        let held = hold::share(&open.vault, &coded).await?;
        let answer = Answer::of(&asked, &circle, held.as_ref(), app.now(), &chain, key).or_fail()?;
        Ok(HandOverView { text: answer.to_text().map_err(|_| bug("a rehearsal's answer has no text"))? })
    }
}

impl Run for AddRehearsalAnswer {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        check(&self.code)?;
        let answer = Answer::from_text(&self.code).or_fail()?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let rehearsal = own.rehearsal.as_ref().ok_or(ErrorCode::NothingWaits)?;
        let octets = hex::decode(&rehearsal.asked).map_err(|_| ErrorCode::Damaged)?;
        let asked = Asked::decode(&octets).map_err(|_| ErrorCode::Damaged)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        answer.counts(&asked, &circle, &client.chain_id()).or_fail()?;
        let part = shows(&open.vault, &asked, &answer).await?;
        own.held.retain(|held| held.guardian != answer.guardian);
        own.held.push(HeldAt { guardian: answer.guardian, at: answer.at, part });
        let extra = own.held.len().saturating_sub(MOST_HELD);
        own.held.drain(..extra);
        own.save(&open.vault).await?;
        shown(app, &open, &client).await
    }
}

/// What an answer shows of the guardian's part. One who does not hold the part of now is told it again.
async fn shows(vault: &Vault, asked: &Asked, answer: &Answer) -> Result<PartState, Failure> {
    let Some(mut entrusted) = Entrustment::load(vault).await? else { return Ok(PartState::Unknown) };
    let Some(proof_key) = entrusted.proof_key(&answer.guardian) else { return Ok(PartState::Unknown) };
    if answer.proves(asked, &proof_key) {
        return Ok(PartState::Right);
    }
    entrusted.each.iter_mut().filter(|one| one.guardian == answer.guardian).for_each(|one| one.told = None);
    entrusted.save(vault).await?;
    Ok(PartState::Wrong)
}

fn check(text: &str) -> Result<(), Failure> {
    if text.len() > MAX_TEXT { Err(ErrorCode::TooLarge.into()) } else { Ok(()) }
}
