//! The second clinician: asking another one, and being asked.
//!
//! Two texts travel between two clinicians: the question, which the asker's record remembers, and the answer, with which the
//! opening is made. Neither names the patient.

use salus_chain::codec::Record;
use salus_chain::text::MAX_TEXT;
use salus_light::LightClient;
use salus_sharing::invitation::{Code, Invitation};
use salus_sharing::second::{Agreed, Answer, Asking, Question as Asked, SecondError, ask};
use salus_wire::command::{AskSecond, CheckSecond, SecondOpening};
use salus_wire::view::{HandOverView, SecondQuestionView};
use salus_wire::{ErrorCode, Failure};

use super::find::policy;
use super::kept::{self, Invited, Shared};
use super::open::{Reached, reach};
use crate::app::{rng, utc_offset_minutes};
use crate::failure::{Fail, OrFail, bug};
use crate::lock::Open;
use crate::share::code;
use crate::share::{condition, sentence};
use crate::tongue::{Tongue, apart};
use crate::{App, Run, asked as confirm};

/// Questions of one permission that an answer may still come to.
const MOST_ASKED: usize = 4;

impl Fail for SecondError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the second clinician's text does not count");
        Failure::new(self.code())
    }
}

impl Run for AskSecond {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let held = app.open().await?;
        let client = app.0.network.client()?;
        // What looks for permissions in the background writes the same entry.
        let _turn = held.sharing.take().await;
        let Reached { mut shared, invited, accepted } = reach(app, &held, &client, &self.id).await?;
        let attestation = kept::attestation(&held.vault).await?.ok_or(ErrorCode::NotAttested)?;
        let chain = client.genesis().chain_id();
        let code = Code::make(&invited.reader, attestation, &chain, &kept::credential(&held.vault));
        let asked = ask(&client, &accepted, code, app.now(), &mut rng()).await;
        let (asking, question) = asked.map_err(|error| super::failure(app, &error))?;
        let text = question.to_text().map_err(|_| bug("a question has no text"))?;
        shared.asked.insert(0, hex::encode(asking.encode()));
        shared.asked.truncate(MOST_ASKED);
        shared.save(&held.vault).await?;
        Ok(HandOverView { text })
    }
}

/// The opening to which a second clinician agreed, by the answer to one of the questions that were asked.
pub(super) fn agreed(
    held: &Open,
    client: &LightClient,
    shared: &Shared,
    invited: &Invited,
    text: &str,
) -> Result<Agreed, Failure> {
    let answer = Answer::from_text(text).or_fail()?;
    let (own, chain) = (kept::credential(&held.vault).verifying_key(), client.genesis().chain_id());
    let mut why = SecondError::OtherQuestion;
    for asked in &shared.asked {
        let octets = hex::decode(asked).map_err(|_| ErrorCode::Damaged)?;
        let asking = Asking::decode(&octets).map_err(|_| ErrorCode::Damaged)?;
        match asking.agree(&answer, &invited.reader, &own, &chain) {
            Ok(agreed) => return Ok(agreed),
            Err(error) => why = error,
        }
    }
    Err(why.fail())
}

impl Run for CheckSecond {
    async fn run(self, app: &App) -> Result<SecondQuestionView, Failure> {
        let held = app.open().await?;
        let client = app.0.network.client()?;
        Ok(checked(app, &held, &client, &self.question).await?.2)
    }
}

impl Run for SecondOpening {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let held = app.open().await?;
        let client = app.0.network.client()?;
        let (question, asker, view) = checked(app, &held, &client, &self.question).await?;
        let own = kept::credential(&held.vault);
        let proven = client.prove_credential(&own.verifying_key()).await;
        let credential = proven.map_err(|error| app.0.network.failure(&error))?.value;
        if !credential.is_some_and(|credential| credential.in_force(app.now())) {
            return Err(ErrorCode::BadSecond.into());
        }
        app.ask(confirm::Asked::Second, &asked_for(app.tongue(), &view)).await?;
        let answer = question.sign(&asker, &client.genesis().chain_id(), &own).or_fail()?;
        Ok(HandOverView { text: answer.to_text().map_err(|_| bug("an answer has no text"))? })
    }
}

/// Reads a question and proves who asks and for what.
async fn checked(
    app: &App,
    held: &Open,
    client: &LightClient,
    text: &str,
) -> Result<(Asked, Invitation, SecondQuestionView), Failure> {
    if text.len() > MAX_TEXT {
        return Err(ErrorCode::TooLarge.into());
    }
    let question = Asked::from_text(text).or_fail()?;
    let asker = question.verify(client.genesis()).or_fail()?;
    if asker.attestation.person.credential_pk == kept::credential(&held.vault).verifying_key() {
        return Err(SecondError::Yourself.fail());
    }
    let who = code::in_force(app, client, &asker).await?;
    let proven = client.prove_grant(&question.grant()).await.map_err(|e| app.0.network.failure(&e))?;
    let at = app.now().min(proven.head.time_ms);
    let terms = question.granted(&asker, proven.value.as_ref(), at);
    let terms = terms.map_err(|error| super::failure(app, &error))?;
    let policy = policy(app, client, &terms.contract_hash).await?.unwrap_or_default();
    let view = SecondQuestionView {
        asker: who,
        starts: terms.not_before_ms,
        ends: terms.expires_ms,
        condition: condition::view(&policy),
    };
    Ok((question, asker, view))
}

/// What the second clinician confirms, in words.
fn asked_for(tongue: Tongue, view: &SecondQuestionView) -> String {
    if tongue == Tongue::Arabic {
        return format!(
            "يطلب منك {name}{organisation} (بتأكيد من {member}) أن توافق، بصفتك الطبيب الثاني، على فتح واحد لما شاركه مريض للعلاج، بإذن ينتهي في \
             {end}. وسيرى المريض أن طبيبًا ثانيًا وافق. أما ما فُتح فلا يمكن استرجاعه.",
            name = apart(&view.asker.name),
            organisation = sentence::arabic::of(&view.asker.organisation),
            member = apart(&view.asker.attested_by),
            end = sentence::arabic::date(view.ends, utc_offset_minutes(view.ends)),
        );
    }
    format!(
        "{name}{organisation} (confirmed by {member}) asks you to agree, as the second clinician, to one opening of what a patient \
         shared for treatment, with a permission that ends {end}. The patient will see that a second clinician agreed. What has \
         been opened cannot be taken back.",
        name = view.asker.name,
        organisation = sentence::of(&view.asker.organisation),
        member = view.asker.attested_by,
        end = sentence::date(view.ends, utc_offset_minutes(view.ends)),
    )
}
