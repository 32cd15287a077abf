//! What who opens signs, and what keepers are asked with it.

use std::rc::Rc;

use salus_chain::duty::person_key;
use salus_chain::ids::{KemPublicKey, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{
    AccessBody, AnnounceBody, Announcer, Opener, Purpose, Second, StatedAccessBody, Tx, epk_hash,
};

use super::act::{How, Key, Opening, Stated};
use super::case::{CLINICIANS, SLOTS};
use super::stage::{Signed, Stage};
use crate::Slot;
use crate::message::SlotRequest;

/// The slots and the key of a request, which its receipt names by their hashes.
pub(super) fn request(opening: &Opening, how: How) -> (SlotRequest, KemPublicKey) {
    let place = if how == How::OtherSlot { (opening.slot + 1) % SLOTS.len() } else { opening.slot };
    let slot = Slot::new(SLOTS[place].level, SLOTS[place].first).unwrap();
    let key = if how == How::OtherKey { u8::MAX } else { opening.request };
    (SlotRequest::new(vec![slot], [opening.request; 32]).unwrap(), KemPublicKey([key; 32]))
}

impl Stage {
    fn signs(&self, key: Key) -> (ReaderKey, &SigningKey) {
        match key {
            Key::Reader(number) => (self.reader(number), self.key(Self::reader_seed(number))),
            Key::Person(who) => (person_key(self.clinician(who)), self.key(CLINICIANS[who].seed)),
        }
    }

    pub(super) fn open(&self, opening: &Opening) -> Rc<Signed> {
        let (reader_pk, by) = self.signs(opening.key);
        let (slots, epk) = request(opening, How::Right);
        let access = AccessBody {
            grant_id: self.grant_id(opening.number),
            reader_pk,
            path: MerklePath::single(),
            request_hash: slots.hash(),
            epk_hash: epk_hash(&epk),
        };
        let chain = &self.ctx.chain_id;
        let key = |who: usize| self.key(CLINICIANS[who].seed);
        let (purpose, reason, opener, second) = match opening.stated {
            Stated::Nothing => return Signed::of(Tx::Access(access.sign(chain, by))),
            Stated::Treatment(second) => (Purpose::Treatment, 0, None, second),
            Stated::Emergency { opener, second, reason } => (Purpose::Emergency, reason, opener, second),
        };
        let second = second.map(|who| match opener {
            Some(opener) => Second::sign_for(&self.clinician(opener), &access, reason, chain, key(who)),
            None => Second::sign(&access, purpose, reason, chain, key(who)),
        });
        let opener = opener.map(|who| Opener::sign(&access, reason, chain, key(who)));
        let body = StatedAccessBody { access, purpose, reason, second, opener };
        Signed::of(Tx::StatedAccess(Box::new(body.sign(chain, by))))
    }

    /// An announcement by this clinician after the one of that time.
    pub(super) fn announce(&self, number: usize, key: Key, by: usize, follows_ms: i64) -> Rc<Signed> {
        let (reader_pk, reader) = self.signs(key);
        let (grant_id, chain, reason) = (self.grant_id(number), &self.ctx.chain_id, 1);
        let clinician = self.key(CLINICIANS[by].seed);
        let announcer = Announcer::sign(&grant_id, &reader_pk, reason, follows_ms, chain, clinician);
        let path = MerklePath::single();
        let body = AnnounceBody { grant_id, reader_pk, path, reason, by: Some(announcer) };
        Signed::of(Tx::Announce(body.sign(chain, reader)))
    }
}
