//! Whether a device is still the one that the person added. What a doubted one sends is set aside, and counted, until the
//! person says that it is theirs.
//!
//! | seen | doubted |
//! |---|---|
//! | another added device gives the same identity at another address that lasts, while both are connected | the one that gave it later |
//! | the same at an address that changes | the same, but only once the earlier one still sends: one device whose address changed is no two |
//! | other services or characteristics than when it was added, last paired or accepted | it, until they are as before |

use std::collections::BTreeMap;

use salus_devices::Description;
use salus_wire::command::AcceptDevice;
use salus_wire::view::{DeviceState, DeviceView};
use salus_wire::{DeviceId, Failure};
use serde::{Deserialize, Serialize};

use super::command::renew;
use super::{Book, Known};
use crate::{App, Run};

/// What speaks against a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Doubt {
    /// What it offered when it was added, last paired or accepted.
    layout: Option<[u8; 16]>,
    /// What it offers now, when that is something else.
    changed: Option<[u8; 16]>,
    /// The identity of another device that it gave as its own later than that one.
    claims: Option<DeviceId>,
    /// Both were there at once.
    twice: bool,
    /// The identity that it may give beside the other one: the person said so.
    accepted: Option<DeviceId>,
}

impl Doubt {
    pub(super) const fn is_claimed_twice(&self) -> bool {
        self.twice
    }

    pub(super) const fn has_changed(&self) -> bool {
        self.changed.is_some()
    }

    /// True when nothing that it sends may be stored.
    pub(super) const fn holds(&self) -> bool {
        self.twice || self.changed.is_some()
    }

    /// It described itself; `encrypted_before` is what its last link was.
    pub(super) fn described(&mut self, d: &Description, encrypted_before: Option<bool>) {
        let Some(now) = d.layout else { return };
        // Some devices show more once they are paired, and pairing is the person's own word.
        let paired = d.link_encrypted == Some(true) && encrypted_before != Some(true);
        let before = if paired { now } else { self.layout.unwrap_or(now) };
        self.layout = Some(before);
        self.changed = (now != before).then_some(now);
    }

    /// It gives another device's identity as its own; the one that had it first does not come here.
    pub(super) const fn claims(&mut self, identity: DeviceId) {
        self.claims = Some(identity);
    }

    const fn meets_other(&mut self) {
        self.twice = true;
    }

    const fn accept(&mut self) {
        if let Some(now) = self.changed.take() {
            self.layout = Some(now);
        }
        self.accepted = self.claims;
        self.twice = false;
    }
}

impl Known {
    /// The identity that this device gives beside the device that had it first, unless the person knows of it.
    fn borrows(&self) -> Option<DeviceId> {
        let doubt = &self.kept.doubt;
        doubt.claims.filter(|_| self.is_here() && doubt.accepted != doubt.claims)
    }

    /// The identity that it gives, on a link that is up.
    fn gives(&self) -> Option<DeviceId> {
        self.kept.doubt.claims.or(self.kept.identity).filter(|_| self.is_here())
    }

    fn is_here(&self) -> bool {
        self.kept.added && self.state == DeviceState::Connected
    }

    /// It is known by another identity than the one that it gives, because its address lasts.
    fn is_told_apart(&self) -> bool {
        self.kept.identity != self.kept.doubt.claims
    }
}

impl Book {
    /// A device said who it is: doubts those whose identity is given by another one that is connected too. One whose address
    /// does not last may be the same device at its next address, with a link that is not yet known to be gone.
    pub(super) fn meet(&mut self) {
        let given: BTreeMap<DeviceId, DeviceId> =
            self.known.values().filter_map(|k| Some((k.kept.id, k.gives()?))).collect();
        for late in self.known.values_mut().filter(|k| k.is_told_apart()) {
            let Some(identity) = late.borrows() else { continue };
            if given.iter().any(|(id, other)| *id != late.kept.id && *other == identity) {
                late.kept.doubt.meets_other();
            }
        }
    }

    /// A device sent a reading, so its link is up: doubts those that were connected as the same device meanwhile. True when
    /// what it sends is to be set aside.
    pub(super) fn hear(&mut self, id: DeviceId) -> bool {
        let Some(known) = self.known.get(&id) else { return true };
        let (given, holds) = (known.gives(), known.kept.doubt.holds());
        if given.is_some() && known.kept.doubt.claims.is_none() {
            for late in self.known.values_mut().filter(|k| k.kept.id != id && k.borrows() == given) {
                late.kept.doubt.meets_other();
            }
        }
        holds
    }
}

impl Run for AcceptDevice {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        // A new session asks once more for what a device remembers of the time when it was set aside.
        renew(app, self.device, |kept| kept.doubt.accept()).await
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kept;
    use super::*;
    use salus_devices::Found;
    use salus_wire::view::{AdapterState, AdapterView};

    const SHARED: DeviceId = DeviceId([9; 16]);

    fn id(n: u8) -> DeviceId {
        DeviceId([n; 16])
    }

    fn connected(n: u8, identity: DeviceId) -> Known {
        let found = Found {
            key: format!("hci0/dev_{n}").parse().unwrap(),
            id: id(n),
            name: "Strap".into(),
            measures: Vec::new(),
            overheard: false,
            rssi: None,
        };
        let mut known = Known::new(Kept::new(&found));
        known.kept.identity = Some(identity);
        known.state = DeviceState::Connected;
        known
    }

    fn book(known: impl IntoIterator<Item = Known>) -> Book {
        Book {
            adapter: AdapterView { state: AdapterState::On, restarted: None },
            known: known.into_iter().map(|k| (k.kept.id, k)).collect(),
            found: BTreeMap::new(),
        }
    }

    fn doubted(book: &Book) -> Vec<DeviceId> {
        book.known.values().filter(|k| k.kept.doubt.holds()).map(|k| k.kept.id).collect()
    }

    fn said(layout: u8, encrypted: Option<bool>) -> Description {
        Description {
            id: SHARED,
            maker: None,
            model: None,
            firmware: None,
            measures: Vec::new(),
            link_encrypted: encrypted,
            clock_behind: None,
            clock_settable: false,
            counts_wheel: false,
            claims: None,
            layout: Some([layout; 16]),
        }
    }

    #[test]
    fn two_lasting_addresses_at_once_doubt_the_later_one_until_it_is_accepted() {
        let mut late = connected(2, id(12));
        late.kept.doubt.claims(SHARED);
        let mut book = book([connected(1, SHARED), late, connected(3, id(3))]);
        book.known.get_mut(&id(1)).unwrap().state = DeviceState::Waiting;
        book.meet();
        assert_eq!(doubted(&book), [], "not at once");
        book.known.get_mut(&id(1)).unwrap().state = DeviceState::Connected;
        book.meet();
        assert_eq!(doubted(&book), [id(2)]);
        assert!(book.hear(id(2)) && !book.hear(id(1)) && !book.hear(id(3)));
        book.known.get_mut(&id(2)).unwrap().kept.doubt.accept();
        book.meet();
        assert!(!book.hear(id(1)) && !book.hear(id(2)), "the person said that it is theirs");
    }

    #[test]
    fn an_address_that_changed_is_no_second_device_unless_the_first_still_sends() {
        let mut again = connected(2, SHARED);
        again.kept.doubt.claims(SHARED);
        // The link of the old address is not yet known to be gone.
        let mut book = book([connected(1, SHARED), again]);
        book.meet();
        assert!(!book.hear(id(2)));
        assert_eq!(doubted(&book), []);
        assert!(!book.hear(id(1)));
        assert_eq!(doubted(&book), [id(2)]);
        assert!(book.hear(id(2)));
    }

    #[test]
    fn other_services_are_doubted_until_they_are_as_before_or_accepted_or_paired_with() {
        let mut doubt = Doubt::default();
        let mut offers = |layout, before, now| {
            doubt.described(&said(layout, now), before);
            doubt.holds()
        };
        let (open, paired) = (Some(false), Some(true));
        assert!(!offers(1, None, open));
        assert!(offers(2, open, open));
        assert!(!offers(1, open, open));
        assert!(!offers(3, open, paired), "it shows more once it is paired");
        assert!(offers(1, paired, paired));
        doubt.accept();
        doubt.described(&said(1, paired), paired);
        assert!(!doubt.holds());
        doubt.described(&said(3, paired), paired);
        assert!(doubt.has_changed());
    }
}
