//! A new circle, and the attestations that let a power in it begin.

use super::{ATTESTATIONS, Beginning, CircleRecord, LAST_SEAT, MAX_DELEGATES, Seated, Signer};
use crate::ids::VerifyingKey;
use crate::state::{Head, TxRefused};
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

    /// The circle after a clinician attested that a power may begin; whether the clinician's credential is in force is the
    /// caller's to know. An attestation starts nothing but what waits for it, so it may come before the power's own time.
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
