//! A power that begins after two clinicians: the question, and what a clinician says to it.

use salus_chain::circle::{ATTESTATIONS, CircleRecord, Role};
use salus_chain::ids;
use salus_light::LightClient;
use salus_sharing::circle::springing::PowerError;
use salus_sharing::circle::{PowerQuestion, speak};
use salus_vault::Vault;
use salus_wire::command::{AskClinicians, AttestPower, CheckPower};
use salus_wire::view::{HandOverView, PowerQuestionView};
use salus_wire::{ErrorCode, Failure};

use super::kept::{Facts, Own, Part};
use super::recover::MAX_TEXT;
use super::sentence;
use crate::asked::Asked;
use crate::failure::{Fail, OrFail, bug};
use crate::inbox::credential;
use crate::{App, Run};

impl Fail for PowerError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the question about a power does not count");
        Failure::new(self.code())
    }
}

impl Run for AskClinicians {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let id = ids::CircleId(self.circle.0);
        let part = Part::of(&open.vault, &id).await?;
        let circle = speak::standing(&client, &id).await.or_fail()?.value;
        let pk = circle.seated(self.seat).ok_or(ErrorCode::NothingWaits)?.delegate.pk;
        let (person, helper) = names(app, &open.vault, &part, &pk).await?;
        let (chain, key) = (client.chain_id(), part.key(&open.vault));
        let question = PowerQuestion::ask(id, pk, &person, &helper, &chain, &key);
        let question = question.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        // What no clinician could answer is not handed over.
        question.waits(&circle, &chain).or_fail()?;
        let text = question.to_text().map_err(|_| bug("a question about a power has no text"))?;
        Ok(HandOverView { text })
    }
}

/// The names of the person and of the helper, as they are known here.
async fn names(
    app: &App,
    vault: &Vault,
    part: &Part,
    pk: &ids::VerifyingKey,
) -> Result<(String, String), Failure> {
    match part {
        Part::Person(own) => {
            let person = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
            let helper = own.helper(pk).map(|helper| helper.relative.name.clone());
            Ok((person, helper.ok_or(ErrorCode::NothingYet)?))
        }
        Part::Helper(coded) => {
            let word = coded.word(vault).await?.ok_or(ErrorCode::NothingYet)?;
            let helper = word.helpers.iter().find(|helper| helper.relative.pk == *pk);
            let helper = helper.map(|helper| helper.relative.name.clone()).ok_or(ErrorCode::NothingYet)?;
            Ok((word.person, helper))
        }
    }
}

impl Run for CheckPower {
    async fn run(self, app: &App) -> Result<PowerQuestionView, Failure> {
        let client = app.0.network.client()?;
        let question = read(&self.question)?;
        Ok(proven(&client, &question).await?.1)
    }
}

impl Run for AttestPower {
    async fn run(self, app: &App) -> Result<PowerQuestionView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let question = read(&self.question)?;
        let (circle, shown) = proven(&client, &question).await?;
        if is_of(&open.vault, &circle).await? {
            return Err(ErrorCode::NotYours.into());
        }
        let sentence = sentence::springs(app.tongue(), &shown);
        app.ask(Asked::Power, &sentence).await?;
        let key = credential(&open.vault);
        speak::attest(&client, &circle, &question.helper_pk, &key).await.or_fail()?;
        // What a clinician said for whom no member stands any more went with this. It was said, also when nobody can be asked now.
        let after = speak::standing(&client, &question.circle).await.ok();
        let heard = after.map(|circle| count(circle.value.attested(&question.helper_pk).len()));
        let attested = heard.unwrap_or(shown.attested.saturating_add(1));
        Ok(PowerQuestionView { attested, ..shown })
    }
}

fn read(text: &str) -> Result<PowerQuestion, Failure> {
    if text.len() > MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    PowerQuestion::from_text(text).or_fail()
}

/// Whether this record's person is of a circle, by whatever key. Members refuse the word of a key that is of the circle; that an attested
/// key belongs to the same person as such a one, only this record knows.
async fn is_of(vault: &Vault, circle: &CircleRecord) -> Result<bool, Failure> {
    let own = Own::load(vault).await?.map(|own| own.key(vault).verifying_key());
    // Also by a code whose keys do not open any more: they are no less of this person.
    let helps = Facts::all(vault).await?.into_iter().map(|(id, _)| ids::VerifyingKey(id.0));
    Ok(own.into_iter().chain(helps).any(|pk| circle.find(&pk).is_some()))
}

/// The circle of a question as it is proven, and what the question is about.
async fn proven(
    client: &LightClient,
    question: &PowerQuestion,
) -> Result<(CircleRecord, PowerQuestionView), Failure> {
    let circle: CircleRecord = speak::standing(client, &question.circle).await.or_fail()?.value;
    let seated = question.waits(&circle, &client.chain_id()).or_fail()?;
    let shown = PowerQuestionView {
        person: question.person.clone(),
        helper: question.helper.clone(),
        by_helper: question.is_by_helper(),
        reads: seated.delegate.role == Role::Steward,
        attested: count(seated.attested.len()),
        needed: count(ATTESTATIONS),
    };
    Ok((circle, shown))
}

fn count(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}
