//! A clinician with an attested code, and a patient with two sealed series.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::attestation::{Attestation, AttestationRequest};
use salus_chain::ids::{Hash32, ReaderKey};
use salus_chain::sign::SigningKey;
use salus_chain::time;
use salus_chain::tx::{CredentialBody, CredentialStatus, Tx};
use salus_keeper::Scope;
use salus_vault::manifest::Entry;
use salus_vault::summary::{day_start, given};
use salus_vault::{
    Epoch, EpochHead, Key, Manifest, Origin, SealedDay, SealedEpoch, Series, Tree, Writer, WriterId, seal,
    segment,
};
use salus_wire::{
    Category, Component, Decimal, DeviceId, Level, Quality, Quantity, Reading, SeriesId, Summary,
};
use sha2::{Digest, Sha256};

use super::{NOW, Town};
use crate::capsule::ToldDevice;
use crate::invitation::{Code, Invitation, ReaderSecret};
use crate::issue::{Plan, SeriesKey, Shares};

pub(crate) struct Clinician {
    pub(crate) credential: SigningKey,
    pub(crate) attestation: Attestation,
    pub(crate) reader: ReaderSecret,
}

impl Clinician {
    /// Attested by member 1, on the chain.
    pub(crate) fn new(town: &Town) -> Self {
        Self::of_seed(town, 77)
    }

    /// Another one for each seed.
    pub(crate) fn of_seed(town: &Town, seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let credential = SigningKey::generate(&mut rng);
        let chain = town.ctx.chain_id;
        let request = AttestationRequest::sign("Dr Ana Wójcik", "City clinic", &chain, &credential).unwrap();
        let attestation = Attestation::sign(request.person, 1, NOW, [9; 16], &chain, &town.signing[0]);
        let body = CredentialBody {
            credential_pk: credential.verifying_key(),
            member_index: 1,
            status: CredentialStatus::Active,
            attestation_hash: attestation.hash(),
            valid_until_ms: NOW + 365 * 86_400_000,
            nonce: 1,
            subject: Some(Hash32([u8::try_from(seed).unwrap(); 32])),
        };
        town.block(Some(&Tx::Credential(body.sign(&chain, &town.signing[0])))).unwrap();
        Self { credential, attestation, reader: ReaderSecret::generate(&mut rng) }
    }

    pub(crate) fn code(&self, town: &Town) -> Code {
        Code::make(&self.reader, self.attestation.clone(), &town.ctx.chain_id, &self.credential)
    }

    pub(crate) fn invitation(&self, town: &Town) -> Invitation {
        self.code(town).verify(&town.genesis).unwrap()
    }
}

pub(crate) struct Patient {
    pub(crate) roots: Vec<(Series, Tree)>,
    pub(crate) writing: ed25519_dalek::SigningKey,
    pub(crate) grant_key: SigningKey,
}

impl Patient {
    pub(crate) fn new() -> Self {
        let series = |category: Category| {
            let series = Series { category, id: SeriesId([category.code(); 16]), generation: 3 };
            (series, Tree::whole(Key::new([category.code() ^ 0xA5; 32])))
        };
        Self {
            roots: Category::ALL.iter().copied().map(series).collect(),
            writing: ed25519_dalek::SigningKey::from_bytes(&[8; 32]),
            grant_key: SigningKey::from_bytes(&[6; 32]),
        }
    }

    pub(crate) fn writer(&self) -> Writer {
        Writer {
            id: WriterId([self.writing.as_bytes()[0]; 16]),
            key: self.writing.verifying_key().to_bytes(),
        }
    }

    pub(crate) fn plan(&self, invitation: &Invitation, scope: Scope) -> Plan {
        self.plan_for(invitation.reader, scope)
    }

    pub(crate) fn plan_for(&self, reader: ReaderKey, scope: Scope) -> Plan {
        Plan {
            reader,
            series: self.roots.iter().map(|(s, r)| SeriesKey { series: *s, tree: r.clone() }).collect(),
            writers: vec![self.writer()],
            disclosures: Vec::new(),
            devices: vec![Self::told()],
            patient: "Maria K.".into(),
            scope,
            shares: Shares::Readings,
            not_before: NOW,
            expires: NOW + 3 * 86_400_000,
            contract: None,
            grant_key: self.grant_key.clone(),
        }
    }

    /// Of the device that all readings come from.
    pub(crate) fn told() -> ToldDevice {
        ToldDevice {
            device: DeviceId([3; 16]),
            model: Some("Simulated, BPM-2".into()),
            firmware: None,
            link_encrypted: Some(false),
            since: 0,
        }
    }

    pub(crate) fn reading(category: Category, epoch: u32, i: i64) -> Reading {
        let at = time::Epoch(epoch).start() + i * 1000;
        let value = Decimal::whole(60 + i);
        Reading {
            at,
            arrived: at + 5,
            device: DeviceId([3; 16]),
            category,
            components: vec![Component { quantity: Quantity::HeartRate, value }],
            quality: Quality::default(),
            device_time: None,
            user: None,
        }
    }

    /// The tree of a category's days: another one than that of its readings.
    pub(crate) fn day_tree(category: Category) -> Tree {
        Tree::whole(Key::new([category.code() ^ 0x5A; 32]))
    }

    /// One day of heart rate with `count` values from 60 on, given as the vault gives it, signed by `signer`.
    pub(crate) fn sealed_day_by(
        &self,
        signer: &ed25519_dalek::SigningKey,
        day: u32,
        count: i64,
        version: u64,
    ) -> SealedDay {
        use ed25519_dalek::Signer;
        let mut rng = ChaCha20Rng::seed_from_u64(u64::from(day) << 8 | version);
        let category = Category::HeartRate;
        let (series, _) = self.roots.iter().find(|(s, _)| s.category == category).unwrap();
        let origin = Origin { series: series.id, generation: series.generation, writer: self.writer() };
        let node = Self::day_tree(category).descend(0, day).unwrap();
        let at = day_start(day) + 3_600_000;
        let mut row = Summary::of(Level::Day, Quantity::HeartRate, at, Decimal::whole(60));
        (1..count).for_each(|i| row.push(at + i * 1000, Decimal::whole(60 + i)));
        let sign = |body: &[u8]| {
            signer.sign(&[b"hg/v1/summary".as_slice(), &[0], &[0; 32], body].concat()).to_bytes()
        };
        let octets = given::give(&node, &origin, day, version, &[row], sign, &mut rng).unwrap();
        SealedDay { origin, day, version, locator: given::locator(&node, day).unwrap(), octets }
    }

    pub(crate) fn sealed_day(&self, day: u32, count: i64, version: u64) -> SealedDay {
        self.sealed_day_by(&self.writing, day, count, version)
    }

    /// One epoch of one series with `count` readings, sealed as the vault seals it.
    pub(crate) fn sealed(&self, category: Category, epoch: u32, count: i64, version: u64) -> SealedEpoch {
        let mut rng = ChaCha20Rng::seed_from_u64(u64::from(epoch) << 8 | version);
        let (series, root) = self.roots.iter().find(|(s, _)| s.category == category).unwrap();
        let at = Epoch::new(epoch).unwrap();
        let leaf = root.leaf(at).unwrap();
        let readings: Vec<Reading> = (0..count).map(|i| Self::reading(category, epoch, i)).collect();
        let plain = segment::encode(category, &readings).unwrap();
        let context = |seq: u64, kind: u8| {
            [
                b"hg/v1/seg".as_slice(),
                series.id.as_bytes(),
                &series.generation.to_be_bytes(),
                &epoch.to_be_bytes(),
                &self.writer().id.0,
                &seq.to_be_bytes(),
                &[kind],
            ]
            .concat()
        };
        let sealed = seal::seal_padded(&leaf.segment_key(), &context(version, 1), &plain, &mut rng);
        let readings = u32::try_from(count).unwrap();
        let entry = Entry { seq: version, readings, hash: Sha256::digest(&sealed).into() };
        let manifest = Manifest {
            series: series.id,
            generation: series.generation,
            epoch: at,
            writer: self.writer().id,
            version,
            closed: true,
            entries: vec![entry],
        };
        let signed = manifest.sign(&self.writing);
        SealedEpoch {
            origin: Origin { series: series.id, generation: series.generation, writer: self.writer() },
            head: EpochHead { epoch: at, version, closed: true, readings: u64::from(readings), unsealed: 0 },
            locator: leaf.locator(),
            manifest: seal::seal_padded(&leaf.segment_key(), &context(0, 2), &signed, &mut rng),
            segments: vec![sealed],
        }
    }
}
