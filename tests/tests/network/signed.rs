//! What members say that they signed, by their own records (`data/signed`), read over and over while they run.
//!
//! ```text
//! slot = counter u64 | height u64 | round i64 | kind u8 | zero*7 | SHA-256(message) 32 | first 16 of SHA-256 of all before
//! ```
//!
//! A record holds the last two signatures. Whoever reads it often enough has seen nearly all, and a member that signs twice
//! at one step, or goes back to an earlier one after a restart, shows it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use salus_chain::ids::sha256;
use salus_tests::network::Network;

const SLOT: usize = 80;
const BODY: usize = SLOT - 16;
const LOOK_AGAIN: Duration = Duration::from_millis(3);

/// Height, round, and 1 for a proposal, 2 for a prevote, 3 for a precommit: in the order in which they come.
pub(crate) type Step = (u64, i64, u8);

/// The signatures of each member, by the record's own count.
#[derive(Default)]
struct Seen(Vec<BTreeMap<u64, (Step, [u8; 32])>>);

/// Reads the records until it is dropped.
pub(crate) struct Watch {
    seen: Arc<Mutex<Seen>>,
    task: tokio::task::JoinHandle<()>,
}

fn slot(octets: &[u8]) -> Option<(u64, Step, [u8; 32])> {
    let octets: &[u8; SLOT] = octets.try_into().ok()?;
    if sha256(&[&octets[..BODY]])[..16] != octets[BODY..] {
        return None;
    }
    let number = |at: usize| octets[at..at + 8].try_into().map(u64::from_be_bytes).ok();
    let round = i64::from_be_bytes(octets[16..24].try_into().ok()?);
    Some((number(0)?, (number(8)?, round, octets[24]), octets[32..BODY].try_into().ok()?))
}

/// Both slots of a record, as far as they are whole: the member may be writing one.
fn slots(path: &Path) -> Vec<(u64, Step, [u8; 32])> {
    std::fs::read(path).unwrap_or_default().chunks(SLOT).filter_map(slot).collect()
}

/// The last step that a member recorded.
pub(crate) fn last(home: &Path) -> Option<Step> {
    slots(&home.join("data/signed")).into_iter().max_by_key(|(count, ..)| *count).map(|(_, step, _)| step)
}

impl Watch {
    pub(crate) fn start(network: &Network) -> Self {
        let paths: Vec<PathBuf> = (0..network.len()).map(|m| network.home(m).join("data/signed")).collect();
        let seen = Arc::new(Mutex::new(Seen(vec![BTreeMap::new(); paths.len()])));
        let into = seen.clone();
        let task = tokio::spawn(async move {
            let mut ticks = tokio::time::interval(LOOK_AGAIN);
            loop {
                ticks.tick().await;
                let mut seen = into.lock().unwrap();
                for (member, path) in paths.iter().enumerate() {
                    for (count, step, message) in slots(path) {
                        let first = *seen.0[member].entry(count).or_insert((step, message));
                        assert_eq!(first, (step, message), "member {member} changed what it signed");
                    }
                }
            }
        });
        Self { seen, task }
    }

    /// Each member signed at later and later steps, so never twice at one; how many signatures were seen of each.
    pub(crate) fn only_forwards(self) -> Vec<usize> {
        assert!(!self.task.is_finished(), "a record was altered; the message is above");
        self.task.abort();
        let seen = self.seen.lock().unwrap();
        for (member, signed) in seen.0.iter().enumerate() {
            let steps: Vec<Step> = signed.values().map(|(step, _)| *step).collect();
            for pair in steps.windows(2) {
                assert!(pair[0] < pair[1], "member {member} signed {:?} after {:?}", pair[1], pair[0]);
            }
        }
        seen.0.iter().map(BTreeMap::len).collect()
    }
}

#[test]
fn a_record_is_read_as_members_write_it_and_a_torn_slot_is_left_out() {
    let mut octets = [0; SLOT];
    octets[7] = 5;
    octets[15] = 9;
    octets[23] = 1;
    octets[24] = 2;
    octets[32] = 7;
    let check = sha256(&[&octets[..BODY]]);
    octets[BODY..].copy_from_slice(&check[..16]);
    let (count, step, message) = slot(&octets).unwrap();
    assert_eq!((count, step, message[0]), (5, (9, 1, 2), 7));
    octets[40] ^= 1;
    assert_eq!(slot(&octets), None);
}
