//! What the record remembers of a device, sealed in the cabinet.

use salus_devices::{Description, Found, History};
use salus_vault::Vault;
use salus_wire::measure::DeviceTime;
use salus_wire::view::SetAside;
use salus_wire::{Category, DeviceId, ErrorCode, Failure, Quality, Reading, UnixMillis};
use serde::{Deserialize, Serialize};

use super::aside::Aside;
use super::claim::Claim;
use super::doubt::Doubt;
use super::origin::{Described, remember};
use crate::failure::OrFail;

const NAMESPACE: &str = crate::namespace::DEVICES;

/// A device as kept; one that was removed stays known by name, because its readings stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The identifier that pages use: as first seen.
    pub(super) id: DeviceId,
    /// The final identity, which its readings carry; known after the first connection.
    pub(super) identity: Option<DeviceId>,
    /// How the platform names it.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) model: Option<String>,
    pub(super) measures: Vec<Category>,
    pub(super) link_encrypted: Option<bool>,
    pub(super) added: bool,
    pub(super) stored: u32,
    /// Of a record from before reasons were kept.
    #[serde(default, skip_serializing)]
    pub(super) quarantined: u32,
    /// What was set aside.
    #[serde(default)]
    pub(super) set_aside: Aside,
    /// Of those that came live.
    pub(super) last_reading: Option<UnixMillis>,
    /// When something of it last arrived here, also from its memory.
    #[serde(default)]
    pub(super) heard: Option<UnixMillis>,
    /// Whether the device ever named one of several users.
    #[serde(default)]
    pub(super) several: bool,
    /// What the person said about its users.
    #[serde(default)]
    pub(super) claims: Vec<Claim>,
    /// How far its stored records were fetched.
    #[serde(default)]
    pub(super) history: Vec<Fetched>,
    /// The person agreed that its clock is set when it is wrong.
    #[serde(default)]
    pub(super) sets_clock: bool,
    /// It counts the turns of a wheel.
    #[serde(default)]
    pub(super) counts_wheel: bool,
    /// The way of one turn of that wheel as the person said it, mm.
    #[serde(default)]
    pub(super) wheel_mm: Option<u16>,
    /// Its advertisements are what it measures.
    #[serde(default)]
    pub(super) overheard: bool,
    /// It keeps several people apart, and lets readings out only for somebody it knows.
    #[serde(default)]
    pub(super) keeps_people: bool,
    /// Who the person is to it.
    #[serde(default)]
    pub(super) person: Option<KeptPerson>,
    /// What it said about itself over time, oldest first.
    #[serde(default)]
    pub(super) described: Vec<Described>,
    /// What speaks against its being the device that was added.
    #[serde(default)]
    pub(super) doubt: Doubt,
}

/// A person as a device knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPerson {
    pub(super) user: u8,
    pub(super) code: u16,
    /// It has let their readings out.
    pub(super) agreed: bool,
}

/// How far one service's records were fetched; as [`History`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fetched {
    service: u16,
    last: Option<u32>,
    within: Option<DeviceTime>,
}

impl From<History> for Fetched {
    fn from(h: History) -> Self {
        Self { service: h.service, last: h.last, within: h.within }
    }
}

impl From<Fetched> for History {
    fn from(f: Fetched) -> Self {
        Self { service: f.service, last: f.last, within: f.within }
    }
}

/// What the record gained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gain {
    /// Readings that it did not have.
    pub(super) new: u32,
    /// When the newest of them was measured that came live: one from a device's memory is never the latest.
    live: Option<UnixMillis>,
    /// When the newest of all of them arrived, also of those that it had.
    heard: Option<UnixMillis>,
}

impl Gain {
    /// Of readings of which the record says which were new.
    pub(super) fn of(readings: &[Reading], new: &[bool]) -> Self {
        let gained = || readings.iter().zip(new).filter(|(_, new)| **new).map(|(r, _)| r);
        Self {
            new: u32::try_from(gained().count()).unwrap_or(u32::MAX),
            live: gained().filter(|r| !r.quality.has(Quality::BACKFILLED)).map(|r| r.at).max(),
            heard: readings.iter().map(|r| r.arrived).max(),
        }
    }

    /// Both together.
    pub(super) fn and(self, more: Self) -> Self {
        Self {
            new: self.new.saturating_add(more.new),
            live: self.live.max(more.live),
            heard: self.heard.max(more.heard),
        }
    }
}

impl Kept {
    pub(super) fn new(found: &Found) -> Self {
        Self {
            id: found.id,
            identity: None,
            key: found.key.as_str().to_owned(),
            name: found.name.clone(),
            model: None,
            measures: found.measures.clone(),
            link_encrypted: None,
            added: true,
            stored: 0,
            quarantined: 0,
            set_aside: Aside::default(),
            last_reading: None,
            heard: None,
            // A scale that is overheard names no user, and whoever stands on it is heard.
            several: found.overheard && found.measures.contains(&Category::BodyWeight),
            claims: Vec::new(),
            history: Vec::new(),
            sets_clock: false,
            counts_wheel: false,
            wheel_mm: None,
            overheard: found.overheard,
            keeps_people: false,
            person: None,
            described: Vec::new(),
            doubt: Doubt::default(),
        }
    }

    /// Takes in what the device says about itself since `since`, when its link was begun.
    pub(super) fn describe(&mut self, d: &Description, since: UnixMillis) {
        remember(&mut self.described, d, since);
        self.doubt.described(d, self.link_encrypted);
        self.identity = Some(d.id);
        let parts: Vec<_> =
            [&d.maker, &d.model, &d.firmware].into_iter().flatten().map(String::as_str).collect();
        self.model = (!parts.is_empty()).then(|| parts.join(", "));
        if !d.measures.is_empty() {
            self.measures.clone_from(&d.measures);
        }
        self.link_encrypted = d.link_encrypted;
        self.counts_wheel = d.counts_wheel;
    }

    /// Takes in what the record gained from it.
    pub(super) fn gained(&mut self, gain: Gain) {
        self.stored = self.stored.saturating_add(gain.new);
        self.last_reading = self.last_reading.max(gain.live);
        self.heard = self.heard.max(gain.heard);
    }

    /// Notes that it said at this instant all that it has, whether or not there was anything new.
    pub(super) fn heard_at(&mut self, now: UnixMillis) {
        self.heard = self.heard.max(Some(now));
    }

    /// Remembers how far a service's records were fetched.
    pub(super) fn fetched(&mut self, history: History) {
        self.history.retain(|f| f.service != history.service);
        self.history.push(history.into());
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let value = serde_json::to_vec(self).map_err(|_| crate::failure::bug("a device has no JSON form"))?;
        vault.cabinet().put(NAMESPACE, self.id.as_bytes(), &value).await.or_fail()
    }
}

pub(super) async fn load(vault: &Vault) -> Result<Vec<Kept>, Failure> {
    let rows = vault.cabinet().readable(NAMESPACE).await.or_fail()?;
    let parse = |value: &[u8]| {
        let mut kept: Kept = serde_json::from_slice(value).map_err(|_| Failure::from(ErrorCode::Damaged))?;
        kept.set_aside.add(SetAside::Earlier, core::mem::take(&mut kept.quarantined));
        Ok(kept)
    };
    // One that is damaged is not there, and the others are: the person adds it again.
    rows.iter().map(|(_, value)| parse(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_live_reading_that_is_new_is_the_last() {
        let reading = |at, quality| Reading {
            at,
            arrived: at + 50,
            device: DeviceId([1; 16]),
            category: Category::Glucose,
            components: vec![],
            quality: Quality(quality),
            device_time: None,
            user: None,
        };
        let readings = [reading(10, 0), reading(20, 0), reading(30, Quality::BACKFILLED), reading(40, 0)];
        assert_eq!(
            Gain::of(&readings, &[true, true, true, false]),
            Gain { new: 3, live: Some(20), heard: Some(90) }
        );
        let back = Gain::of(&readings[2..3], &[true]);
        assert_eq!(back, Gain { new: 1, live: None, heard: Some(80) });
        // What the record had already was brought all the same.
        let copies = Gain::of(&readings, &[false; 4]);
        assert_eq!(copies, Gain { new: 0, live: None, heard: Some(90) });
        assert_eq!(back.and(copies), Gain { new: 1, live: None, heard: Some(90) });
        assert_eq!(Gain::of(&[], &[]), Gain::default());
    }
}
