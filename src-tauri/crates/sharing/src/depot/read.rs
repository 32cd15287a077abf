//! Reading from depots, without waiting for one that never answers.
//!
//! What was put somewhere lies in f + 1 depots: once all but f have said what they hold, one of those was asked. That one may deny it, so
//! that the others are waited for all the same, though not for ever: what one denies and the other does not say in time is found the next
//! time. A blob proves itself by its hash, so that the first whole one is enough.

use std::collections::BTreeMap;

use salus_chain::ids::Hash32;
use salus_keeper::depot::{DepotReply, DepotRequest, MAX_FOUND, MAX_HASHES, blob_hash};
use salus_light::LightError;

use crate::enough::{Answer, until_enough, until_first};
use crate::members::Members;
use crate::network::Network;

/// Octets that hash to what was asked, or who gave others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fetched {
    pub(crate) octets: Option<Vec<u8>>,
    pub(crate) altered_by: Members,
}

/// All but f: whatever f + 1 depots hold, one of these holds it.
fn all_but_faults<N: Network>(network: &N) -> usize {
    usize::from(network.genesis().n().saturating_sub(network.genesis().faults()))
}

/// What waits in an inbox, from every depot that answers in time; `Err` when none does.
pub(crate) async fn notes<N: Network>(network: &N, inbox: Hash32) -> Result<Vec<Vec<u8>>, LightError> {
    let mut notes = Vec::new();
    let (mut answered, mut failure) = (false, LightError::Unreachable);
    let one = |member: u16| (member, notes_at(network, member, inbox));
    let take = |_: u16, answer: Result<Vec<Vec<u8>>, LightError>| match answer {
        Ok(found) => {
            answered = true;
            notes.extend(found);
            true
        }
        Err(error) => {
            failure = error;
            false
        }
    };
    until_enough(network, (1..=network.genesis().n()).map(one), all_but_faults(network), take).await;
    notes.sort_unstable();
    notes.dedup();
    if answered { Ok(notes) } else { Err(failure) }
}

async fn notes_at<N: Network>(network: &N, member: u16, inbox: Hash32) -> Result<Vec<Vec<u8>>, LightError> {
    match network.depot(member, DepotRequest::InboxFind(inbox)).await {
        Ok(DepotReply::Pointers(found)) => Ok(found),
        Ok(_) => Err(LightError::BadReply { member }),
        Err(LightError::Missing { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// For each locator, the blobs under it and who has each; from every depot that answers in time, because none need hold everything.
pub(crate) async fn locate<N: Network>(
    network: &N,
    locators: &[Hash32],
) -> Result<BTreeMap<Hash32, BTreeMap<Hash32, Members>>, LightError> {
    let mut sorted = locators.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let locators = sorted.as_slice();
    let mut found: BTreeMap<Hash32, BTreeMap<Hash32, Members>> = BTreeMap::new();
    let (mut answered, mut failure) = (false, LightError::Unreachable);
    let one = |member: u16| (member, locate_at(network, member, locators));
    let take = |member: u16, answer: Result<Vec<(Hash32, Hash32)>, LightError>| match answer {
        Ok(pairs) => {
            answered = true;
            for (locator, hash) in pairs {
                found.entry(locator).or_default().entry(hash).or_default().insert(member);
            }
            true
        }
        Err(error) => {
            failure = error;
            false
        }
    };
    until_enough(network, (1..=network.genesis().n()).map(one), all_but_faults(network), take).await;
    if answered { Ok(found) } else { Err(failure) }
}

async fn locate_at<N: Network>(
    network: &N,
    member: u16,
    locators: &[Hash32],
) -> Result<Vec<(Hash32, Hash32)>, LightError> {
    let mut pages: Vec<&[Hash32]> = locators.chunks(MAX_HASHES).collect();
    let mut pairs = Vec::new();
    // The first failure ends it: a depot that is down must not be waited for once per page.
    while let Some(page) = pages.pop() {
        let DepotReply::Found(found) = network.depot(member, DepotRequest::FindMany(page.to_vec())).await?
        else {
            return Err(LightError::BadReply { member });
        };
        if found.len() >= MAX_FOUND && page.len() > 1 {
            // Crowded: what was cut off shows in a smaller page.
            let (left, right) = page.split_at(page.len() / 2);
            pages.extend([left, right]);
            continue;
        }
        for (place, hash) in found {
            let locator = page.get(usize::from(place)).ok_or(LightError::BadReply { member })?;
            pairs.push((*locator, hash));
        }
    }
    Ok(pairs)
}

/// One blob from whoever has it; who gives other octets is named and passed over, and who gives none in time is not waited for where
/// others have it. Where all but f say that they lack it hardly anybody has it: the others are waited for a while only. Not at once
/// given up: of the f + 1 that it was put into those that say so may all lie but one.
pub(crate) async fn fetch<N: Network>(network: &N, hash: Hash32, holders: Members) -> Fetched {
    let mut fetched = Fetched::default();
    let (mut lacking, most) = (0_usize, all_but_faults(network));
    let one = |member: u16| (member, network.depot(member, DepotRequest::Get(hash)));
    let take = |member: u16, answer: Result<DepotReply, LightError>| match answer {
        Ok(DepotReply::Blob(octets)) if blob_hash(&octets) == hash => {
            fetched.octets = Some(octets);
            Answer::Found
        }
        Ok(_) | Err(LightError::BadReply { .. } | LightError::Altered { .. }) => {
            fetched.altered_by.insert(member);
            Answer::Another
        }
        Err(LightError::Missing { .. }) => {
            lacking = lacking.saturating_add(1);
            if lacking >= most { Answer::Hardly } else { Answer::Another }
        }
        Err(error) => {
            tracing::debug!(member, %error, "blob not fetched");
            Answer::Another
        }
    };
    until_first(network, holders.iter().map(one), take).await;
    fetched
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;
    use crate::depot::{Blob, leave, put_all};
    use crate::town::{NOW, Town};

    const INBOX: Hash32 = Hash32([5; 32]);
    const LOCATOR: Hash32 = Hash32([6; 32]);

    /// A blob and a note that the first two depots hold and the others do not.
    fn town() -> (Town, Hash32) {
        let (town, octets) = (Town::new(4), b"sealed".to_vec());
        town.inside().down = [3, 4].into_iter().collect();
        block_on(put_all(&town, &[Blob { locator: Some(LOCATOR), octets: &octets }], NOW + 1, NOW));
        block_on(leave(&town, INBOX, b"note", Members::default(), NOW + 1, NOW));
        town.inside().down = Members::default();
        (town, blob_hash(&octets))
    }

    #[test]
    fn whoever_never_answers_keeps_nobody_from_what_others_hold() {
        for hung in 1..=4 {
            let (town, hash) = town();
            town.inside().hung = [hung].into_iter().collect();
            assert_eq!(block_on(notes(&town, INBOX)).unwrap(), [b"note"]);
            let found = block_on(locate(&town, &[LOCATOR])).unwrap();
            let holders: Members = [1, 2].into_iter().filter(|member| *member != hung).collect();
            assert_eq!(found[&LOCATOR], BTreeMap::from([(hash, holders)]));
            let everyone: Members = (1..=4).collect();
            let fetched = block_on(fetch(&town, hash, everyone));
            assert_eq!((fetched.octets.as_deref(), fetched.altered_by.len()), (Some(&b"sealed"[..]), 0));
        }
    }

    #[test]
    fn who_alters_a_blob_is_named_and_the_next_one_is_asked() {
        let (town, hash) = town();
        town.inside().depots[0].spoil();
        let fetched = block_on(fetch(&town, hash, (1..=4).collect()));
        assert_eq!(fetched.octets.as_deref(), Some(&b"sealed"[..]));
        assert_eq!(fetched.altered_by, [1].into_iter().collect::<Members>());
        // Nobody has it whole: that is an answer too.
        town.inside().depots[1].spoil();
        let fetched = block_on(fetch(&town, hash, (1..=4).collect()));
        assert_eq!(fetched.altered_by, [1, 2].into_iter().collect::<Members>());
        assert_eq!(fetched.octets, None);
    }

    #[test]
    fn what_nobody_has_is_waited_for_a_while_only() {
        let (town, _) = town();
        for hung in 1..=4 {
            town.inside().hung = [hung].into_iter().collect();
            assert_eq!(block_on(fetch(&town, Hash32([9; 32]), (1..=4).collect())), Fetched::default());
        }
    }

    #[test]
    fn who_is_late_and_alone_has_a_blob_that_another_one_denies_is_asked_too() {
        let (town, hash) = town();
        town.inside().depots[0].blobs.clear();
        town.note_late(2, true);
        let fetched = block_on(fetch(&town, hash, (1..=4).collect()));
        assert_eq!(fetched.octets.as_deref(), Some(&b"sealed"[..]));
        assert!(!town.is_late(2));
    }

    #[test]
    fn nobody_answers_is_no_empty_inbox() {
        let (town, _) = town();
        town.inside().down = (1..=4).collect();
        assert!(block_on(notes(&town, INBOX)).is_err() && block_on(locate(&town, &[LOCATOR])).is_err());
        town.inside().down = [1, 2, 3].into_iter().collect();
        assert!(block_on(notes(&town, INBOX)).unwrap().is_empty());
    }
}
