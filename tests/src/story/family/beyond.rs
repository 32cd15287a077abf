//! Step 7: beyond the limits. Leila's application refuses it; so does every member, when a modified one with her own keys sends it
//! straight to each of them.

use anyhow::{Context, ensure};
use rand::rngs::StdRng;
use salus_chain::circle::category_leaf;
use salus_chain::ids::{GrantId, Hash32};
use salus_chain::merkle::{self, MerklePath};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{CategoryClaim, DelegatedGrantBody, ReaderClaim, Tx};
use salus_sharing::circle::{RelativeSecret, Word};
use salus_sharing::invitation::Code;
use salus_vault::{Unlock, Vault};
use salus_wire::command as c;
use salus_wire::{Category, ErrorCode};

use super::super::app::PASSPHRASE;
use super::super::bare::rng;
use super::circle::LONGEST_DAYS;
use super::given::{Given, issue};
use super::person::Person;
use super::{DAY, Stage};
use crate::straight::Dealt;

/// What Leila may neither read nor permit.
const OTHER: Category = Category::OxygenSaturation;
const TOO_LONG: i64 = LONGEST_DAYS as i64 + 1;

/// A modified application, and what it tried.
pub(super) struct Modified {
    secret: RelativeSecret,
    word: Word,
    /// Permissions that every member refused.
    pub(super) never: Vec<GrantId>,
}

pub(super) async fn play(stage: &Stage, given: &Given) -> anyhow::Result<(Modified, String)> {
    let beyond = ErrorCode::BeyondPower;
    let ask = |category, days| issue(stage, given.circle, &given.code, category, days);
    let other = stage.leila.refused(ask(OTHER, 2), beyond).await?;
    let long = stage.leila.refused(ask(Category::BloodPressure, TOO_LONG), beyond).await?;
    let son = stage.karim.refused(ask(Category::BloodPressure, 2), ErrorCode::OutsideScope).await?;

    let mut modified = Modified::with_keys_of(&stage.leila).await?;
    let beyond = TxRefused::BeyondPower;
    modified.tries(stage, given, (OTHER, 2), beyond).await?;
    let members = modified.tries(stage, given, (Category::BloodPressure, TOO_LONG), beyond).await?;
    let detail = format!(
        "Leila's application: oxygen, which is not hers to permit: {other}; {TOO_LONG} days of blood pressure: {long}; \
         Karim, who permits nothing: {son}. A modified one with her keys sends both straight to each member: {members} of \
         {members} refuse each (\"{beyond}\")"
    );
    Ok((modified, detail))
}

impl Modified {
    /// Takes somebody's own keys and what they were told out of their own record.
    async fn with_keys_of(person: &Person) -> anyhow::Result<Self> {
        person.ok(c::Lock {}).await?;
        let vault = Vault::open(&person.home.join("record"), Unlock::Passphrase(PASSPHRASE), rng()?).await?;
        let secrets = vault.cabinet().list("family-secrets").await?;
        let words = vault.cabinet().list("family-words").await?;
        vault.lock().await?;
        person.wake().await?;
        for (name, secret) in secrets {
            let Some((_, word)) = words.iter().find(|(of, _)| *of == name) else { continue };
            let octets = <&[u8; RelativeSecret::LEN]>::try_from(secret.as_slice())?;
            let secret = RelativeSecret::from_bytes(octets);
            let word = Word::read_for(word, &secret.signing.verifying_key())?;
            return Ok(Self { secret, word, never: Vec::new() });
        }
        anyhow::bail!("nobody told this person anything")
    }

    /// Deals parts to every keeper, signs with both keys and sends it to every member: none takes it, each for this reason, and
    /// nothing is recorded. How many they are.
    pub(super) async fn tries(
        &mut self,
        stage: &Stage,
        given: &Given,
        (category, days): (Category, i64),
        why: TxRefused,
    ) -> anyhow::Result<usize> {
        let mut rng: StdRng = rng()?;
        let own = SigningKey::generate(&mut rng);
        let reader = self.reader(stage, given)?;
        let readers = reader.reader_pk.leaf();
        let dealt = Dealt::new(&stage.light, &own, readers, days * DAY, Hash32::ZERO, &mut rng).await?;
        let id = dealt.body.terms.grant_id;
        let body = DelegatedGrantBody {
            grant: dealt.body,
            circle_id: self.word.circle,
            delegate_pk: self.secret.signing.verifying_key(),
            categories: vec![self.claim(category).context("no salt was told")?],
            readers: vec![reader],
        };
        let bits = stage.light.genesis().params.pow_bits;
        let signed = body.sign(&stage.light.chain_id(), bits, &own, &self.secret.signing);
        let tx = Tx::DelegatedGrant(Box::new(signed));
        let what = format!("{days} days of {category:?}");
        let members = stage.straight.refused(&what, &tx, why).await?;
        let recorded = stage.light.prove_grant(&id).await?.value;
        ensure!(recorded.is_none(), "{what}: it is recorded");
        self.never.push(id);
        Ok(members)
    }

    /// What comes closest to a proof that a category is hers to permit.
    fn claim(&self, category: Category) -> Option<CategoryClaim> {
        let leaf = |category: Category| {
            self.word.salts.get(&category).map(|salt| category_leaf(salt, category.code()))
        };
        let mut allowed: Vec<Category> = self.word.allowed.iter().copied().collect();
        allowed.sort_by_key(|category| category.code());
        let leaves: Vec<Hash32> = allowed.into_iter().filter_map(leaf).collect();
        let own = leaf(category)?;
        let place = leaves.iter().position(|one| *one == own).and_then(|at| merkle::path(&leaves, at));
        Some(CategoryClaim { leaf: own, path: place.unwrap_or_else(MerklePath::single), ordinary: None })
    }

    /// The cardiologist, by the code that they gave Leila.
    fn reader(&self, stage: &Stage, given: &Given) -> anyhow::Result<ReaderClaim> {
        let invitation = Code::from_text(&given.code)?.verify(stage.light.genesis())?;
        Ok(ReaderClaim {
            reader_pk: invitation.reader,
            credential_pk: invitation.attestation.person.credential_pk,
            code_signature: invitation.key_signature.context("the code asks for something")?,
            place: None,
        })
    }
}
