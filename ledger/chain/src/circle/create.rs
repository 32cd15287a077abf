//! A new circle, and the attestations that let a power in it begin.

use super::{ATTESTATIONS, Beginning, CircleRecord, LAST_SEAT, MAX_DELEGATES, Seated, Signer};
use crate::ids::VerifyingKey;
use crate::state::{CredentialRecord, Head, TxRefused};
use crate::time::UnixMillis;
use crate::tx::CircleBody;

impl CircleRecord {
    /// The circle that a person makes in this block; delegates get their seats in the order given, from 1.
    ///
    /// # Errors
    /// [`TxRefused::CircleForm`] when a key is there twice, a limit is passed, or a power, threshold or policy is not possible.
    pub fn create(body: &CircleBody, now: Head) -> Result<Self, TxRefused> {
        let seats = (1..=LAST_SEAT).zip(&body.delegates);
        let delegates: Vec<Seated> =
            seats.map(|(seat, power)| Seated { seat, delegate: *power, attested: Vec::new() }).collect();
        let circle = Self {
            circle_id: body.circle_id,
            patient_pk: body.patient_pk,
            patient_since_ms: now.time_ms,
            revision: 0,
            next_seat: delegates.last().map_or(1, |seated| seated.seat.saturating_add(1)),
            delegates,
            guardians: body.guardians.clone(),
            policy: body.policy,
            pending: None,
            handover_ms: None,
            retired_ms: None,
            height: now.height,
        };
        let fits = body.delegates.len() <= MAX_DELEGATES
            && body.delegates.iter().all(|power| power.fits())
            && circle.guardians.fits()
            && circle.keys_differ(&circle.guardians)
            && circle.policy.fits()
            && circle.policy.reachable(circle.delegates.len())
            && circle.names_somebody(&circle.policy);
        if fits { Ok(circle) } else { Err(TxRefused::CircleForm) }
    }

    /// The keys of the clinicians who attested so far that a power may begin, in order; none where there is no such power.
    pub fn attested(&self, power: &VerifyingKey) -> &[VerifyingKey] {
        let seated = self.delegates.iter().find(|seated| seated.delegate.pk == *power);
        seated.map(|seated| seated.attested.as_slice()).unwrap_or_default()
    }

    /// The circle that hears one more clinician about a power that still waits: who attested before counts while a member stands for
    /// them, and is somebody else than `by`, as far as members tell. `before` is what members say of [`CircleRecord::attested`].
    /// What has begun goes on, whatever is said of clinicians later.
    ///
    /// # Errors
    /// [`TxRefused::AlreadySaid`] when it was said under this key, or under another one of the same person.
    pub fn heard(
        &self,
        now: UnixMillis,
        power: &VerifyingKey,
        by: &CredentialRecord,
        before: &[CredentialRecord],
    ) -> Result<Self, TxRefused> {
        let mut circle = self.clone();
        let seated = circle.delegates.iter_mut().find(|seated| seated.delegate.pk == *power);
        if let Some(seated) = seated.filter(|seated| seated.attested.len() < ATTESTATIONS) {
            let said = |pk: &VerifyingKey| {
                let of =
                    |record: &&CredentialRecord| record.body.credential_pk == *pk && record.in_force(now);
                before.iter().find(of)
            };
            seated.attested.retain(|pk| said(pk).is_some());
            let another = |pk: &VerifyingKey| said(pk).is_some_and(|record| by.another_person(record));
            if !seated.attested.iter().all(another) {
                return Err(TxRefused::AlreadySaid);
            }
        }
        Ok(circle)
    }

    /// The circle after a clinician attested that a power may begin; whether the clinician's credential is in force, and whose it is
    /// ([`CircleRecord::heard`]), is the caller's to know. An attestation starts nothing but what waits for it, so it may come
    /// before the power's own time.
    ///
    /// # Errors
    /// Why the attestation does not count.
    pub fn attest(&self, power: &VerifyingKey, credential_pk: &VerifyingKey) -> Result<Self, TxRefused> {
        let Some(Signer::Delegate(seat)) = self.find(power) else { return Err(TxRefused::NothingWaits) };
        // Nobody of the circle vouches in it, whatever member attested their key.
        if self.find(credential_pk).is_some() {
            return Err(TxRefused::Concerned);
        }
        let mut circle = self.clone();
        let seated = circle.delegates.iter_mut().find(|seated| seated.seat == seat);
        let seated = seated.filter(|seated| seated.delegate.beginning == Beginning::Attested);
        let seated = seated.ok_or(TxRefused::NothingWaits)?;
        if seated.attested.contains(credential_pk) || seated.attested.len() >= ATTESTATIONS {
            return Err(TxRefused::AlreadySaid);
        }
        seated.attested.push(*credential_pk);
        Ok(circle)
    }
}
