//! A helper whose power waits for two clinicians and who wants it to begin without them: her own word, one clinician's twice, a word for
//! something else played back, one of somebody whom no organisation stands for, or stood for once. And, once it began, past its review.

use anyhow::{Result, bail, ensure};
use salus_chain::circle::{Beginning, Change, Delegate};
use salus_chain::ids::Hash32;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{CircleBody, SpringBody, SpringTx, Tx};

use crate::family::{ANNA, BEN, Family, PERSON, STRANGER};
use crate::stage::{CLINICIANS, DAY, NEVER, Stage, clinician, key};

const CASE: u8 = 16;
const ELSEWHERE: u8 = 17;
/// Another key of the first clinician, which the same member attests.
const OTHER_KEY: u8 = 31;
/// A clinician of whom an organisation takes its word back.
const LEFT: u8 = 32;
/// The organisation: its place among the members from 0.
const PLACE: usize = 2;
/// Until somebody has to look at the power again.
const REVIEW: i64 = 2 * DAY;

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let review_ms = Some(stage.now() + REVIEW);
    let waits = |body: &mut CircleBody| {
        let both = body.delegates.iter_mut().take(2);
        both.for_each(|power| power.beginning = Beginning::Attested);
        body.delegates[0].review_ms = review_ms;
    };
    let family = Family::make(stage, CASE, waits).await?;
    let hers = family.pk(ANNA);
    // She helps somebody else too, under the same key.
    let same_key = |body: &mut CircleBody| {
        waits(body);
        body.delegates[0].pk = hers;
    };
    let elsewhere = Family::make(stage, ELSEWHERE, same_key).await?;

    gives_nothing(&family, 1, "before anybody said anything").await?;
    says_so_herself(&family).await?;
    is_said_by_nobody_any_more(&family).await?;
    let early = of(&family, &second(), 0).await?.by(stage, &second());
    is_said_twice_by_one(&family).await?;
    is_said_of_something_else(&family, &elsewhere, &early).await?;
    let heard = [first().verifying_key()];
    ensure!(family.circle().await?.attested(&hers) == heard, "somebody else was heard");
    gives_nothing(&family, 2, "with one clinician of two").await?;
    begins_and_rests(&family).await
}

fn first() -> SigningKey {
    clinician(CLINICIANS[0])
}

fn second() -> SigningKey {
    clinician(CLINICIANS[1])
}

/// What a clinician says of Anna's power.
#[derive(Clone, Copy)]
struct Word(SpringBody);

/// For the circle as it is; `nth` tells several of the same apart.
async fn of(family: &Family<'_>, by: &SigningKey, nth: u64) -> Result<Word> {
    Ok(Word(SpringBody {
        circle_id: family.id,
        revision: family.circle().await?.revision,
        delegate_pk: family.pk(ANNA),
        credential_pk: by.verifying_key(),
        valid_until_height: NEVER + nth,
    }))
}

impl Word {
    /// Signed by this key, whosever it says it is.
    fn by(self, stage: &Stage, key: &SigningKey) -> Tx {
        Tx::Spring(stage.signed(self.0, key))
    }

    /// With the signature that was made for something else.
    fn stolen(self, stage: &Stage, from: &Tx) -> Result<Tx> {
        let Tx::Spring(SpringTx { signature, .. }) = from else { bail!("that is no word about a power") };
        // A proof of work anybody can pay for; whoever pays is not asked.
        Ok(Tx::Spring(SpringTx { signature: *signature, ..stage.signed(self.0, &key(CASE, STRANGER)) }))
    }
}

/// Her permission is refused, because her power is not in force.
async fn gives_nothing(family: &Family<'_>, number: u8, what: &str) -> Result<()> {
    let permission = family.deal(number, DAY).await?;
    let tx = family.sign(&permission, family.body(&permission, ANNA, &[1]), ANNA);
    family.not_given(what, &permission, &tx, TxRefused::PowerNotInForce).await
}

async fn says_so_herself(family: &Family<'_>) -> Result<()> {
    let (stage, hers, friend) = (family.stage, family.key(ANNA), family.key(STRANGER));
    let own = of(family, &hers, 0).await?.by(stage, &hers);
    stage.refused("she says so herself", &own, TxRefused::Credential).await?;
    let named = of(family, &first(), 0).await?.by(stage, &hers);
    stage.refused("in a clinician's name", &named, TxRefused::Signature).await?;

    // An organisation of her own, which no member is, has a friend of hers for a clinician.
    let n = stage.client.genesis().n();
    for (what, member, why) in [
        ("an organisation that is none", n + 1, TxRefused::UnknownMember),
        ("in a member's name", 1, TxRefused::Signature),
    ] {
        let said = (1, Some(Hash32([1; 32])));
        let attested = stage.forged(friend.verifying_key(), member, said, &friend);
        stage.refused(what, &attested, why).await?;
    }
    let unknown = of(family, &friend, 0).await?.by(stage, &friend);
    stage.refused("her friend says so", &unknown, TxRefused::Credential).await?;

    // A member is deceived, and attests the very key that she helps with.
    stage.attest(0, "Anna", "North Clinic", &hers).await?;
    let own = of(family, &hers, 1).await?.by(stage, &hers);
    stage.refused("now that she is called a clinician", &own, TxRefused::Concerned).await
}

/// Somebody said so for whom an organisation stood; it took that back. He says nothing more, and what he said does not count.
async fn is_said_by_nobody_any_more(family: &Family<'_>) -> Result<()> {
    let (stage, left) = (family.stage, family.key(LEFT));
    stage.attest(PLACE, "Dr Cem Aydin", "Member 3", &left).await?;
    let said = of(family, &left, 0).await?.by(stage, &left);
    stage.record("a clinician says so", &said).await?;
    stage.withdraw(PLACE, &left.verifying_key()).await?;
    let again = of(family, &left, 1).await?.by(stage, &left);
    stage.refused("whom nobody stands for says so again", &again, TxRefused::Credential).await
}

/// The first clinician, who believes her: the same words again, new ones, and another key of theirs.
async fn is_said_twice_by_one(family: &Family<'_>) -> Result<()> {
    let (stage, other) = (family.stage, family.key(OTHER_KEY));
    let said = of(family, &first(), 0).await?.by(stage, &first());
    stage.record("a true clinician says so", &said).await?;
    stage.known("the same words again", &said).await?;
    let again = of(family, &first(), 1).await?.by(stage, &first());
    stage.refused("the same clinician says it twice", &again, TxRefused::AlreadySaid).await?;
    stage.attest(0, "Dr Ana Wójcik", "North Clinic", &other).await?;
    let other = of(family, &other, 0).await?.by(stage, &other);
    stage.refused("under another key of theirs", &other, TxRefused::AlreadySaid).await
}

/// What the second clinician signed of Ben's power, of hers in another circle, and of hers as it was before it changed.
async fn is_said_of_something_else(family: &Family<'_>, elsewhere: &Family<'_>, early: &Tx) -> Result<()> {
    let (stage, by) = (family.stage, second());
    let hers = of(family, &by, 0).await?;
    let of_ben = Word(SpringBody { delegate_pk: family.pk(BEN), ..hers.0 }).by(stage, &by);
    stage.refused("a word for another seat", &hers.stolen(stage, &of_ben)?, TxRefused::Signature).await?;
    let there = Word(SpringBody { circle_id: elsewhere.id, ..hers.0 }).by(stage, &by);
    stage.refused("a word for another circle", &hers.stolen(stage, &there)?, TxRefused::Signature).await?;
    stage.record("it is said, where it was meant", &there).await?;

    let as_it_is = family.circle().await?.delegates[0].delegate;
    let narrower = Delegate { longest_ms: 5 * DAY, ..as_it_is };
    family.change("the person limits her", PERSON, Change::LowerDelegate(1, narrower)).await?;
    stage.refused("a word for the power of before", early, TxRefused::CircleRevision).await?;
    let renewed = of(family, &by, 0).await?.stolen(stage, early)?;
    stage.refused("the old signature under new words", &renewed, TxRefused::Signature).await
}

/// With a second true clinician it begins. When it is to be looked at again it rests, and she is not who looks.
async fn begins_and_rests(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let said = of(family, &second(), 1).await?.by(stage, &second());
    stage.record("another true clinician says so", &said).await?;
    let permission = family.give(3, DAY, &[1]).await?;
    permission.opened(stage, "with two true clinicians").await?;

    let goes_on = Change::ConfirmReview { seat: 1, review_ms: stage.now() + 300 * DAY };
    family.refuses("she looks at it herself", ANNA, goes_on.clone(), TxRefused::Concerned).await?;
    stage.pass(REVIEW + 1_000).await?;
    gives_nothing(family, 4, "after the day of the review").await?;
    family.refuses("she wakes it herself", ANNA, goes_on, TxRefused::PowerNotInForce).await?;
    let again = of(family, &first(), 2).await?.by(stage, &first());
    stage.refused("clinicians wake it", &again, TxRefused::AlreadySaid).await
}
