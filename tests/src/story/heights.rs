//! When each member came to a height, seen from outside while something else happens.
//!
//! A block's own time is the proposer's, from before anybody agreed on it. What counts is when a member shows the block as
//! final, and that is after every look that still saw a lower height.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::{Either, join_all, select};
use salus_chain::time::UnixMillis;

use super::hands::Hands;
use crate::network::Network;

const LOOK_AGAIN: Duration = Duration::from_millis(15);

/// For every member: each height that it showed, and the last time it was asked and showed it.
#[derive(Debug)]
pub(super) struct Heights(Vec<BTreeMap<u64, UnixMillis>>);

impl Heights {
    /// Does `work` and watches every member meanwhile, by the network's clock.
    pub(super) async fn during<T>(
        network: &Network,
        hands: &Hands,
        work: impl Future<Output = T>,
    ) -> (T, Self) {
        let mut seen = vec![BTreeMap::new(); network.len()];
        let watch = join_all(seen.iter_mut().enumerate().map(|(m, shown)| watch(network, hands, m, shown)));
        let done = match select(Box::pin(work), Box::pin(watch)).await {
            Either::Left((done, _)) => done,
            // Watching has no end of its own.
            Either::Right((_, work)) => work.await,
        };
        (done, Self(seen))
    }

    /// The last moment at which this member, counted from 0, certainly did not have `height`; `None` if it was never seen
    /// without it.
    pub(super) fn without(&self, member: usize, height: u64) -> Option<UnixMillis> {
        self.0.get(member)?.range(..height).map(|(_, asked)| *asked).max()
    }

    /// How long each block that a member showed was the newest, in milliseconds; not the last one, which the watching cut off.
    pub(super) fn intervals(&self, member: usize) -> Vec<i64> {
        let looks: Vec<_> = self.0.get(member).into_iter().flatten().collect();
        let pairs = looks.windows(2).take(looks.len().saturating_sub(2));
        pairs
            .flat_map(|pair| {
                let (blocks, ms) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                // Blocks between two looks share the time between them.
                (0..blocks).map(move |_| ms / i64::try_from(blocks).unwrap_or(i64::MAX))
            })
            .collect()
    }
}

async fn watch(network: &Network, hands: &Hands, member: usize, shown: &mut BTreeMap<u64, UnixMillis>) {
    let mut ticks = tokio::time::interval(LOOK_AGAIN);
    loop {
        ticks.tick().await;
        // Before the question: what is answered was true at this moment or later.
        let asked = hands.now();
        if let Ok(status) = network.status(member).await {
            shown.insert(status.height, asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_comes_to_a_height_after_the_last_look_that_saw_a_lower_one() {
        let heights = Heights(vec![BTreeMap::from([(4, 100), (5, 200), (8, 300)]), BTreeMap::new()]);
        assert_eq!(heights.without(0, 5), Some(100));
        assert_eq!(heights.without(0, 6), Some(200), "it passed 6, 7 and 8 between two looks");
        assert_eq!(heights.without(0, 9), Some(300));
        assert_eq!(heights.without(0, 4), None, "it had it from the first look on");
        assert_eq!(heights.without(1, 5), None, "it never answered");
        assert_eq!(heights.without(2, 5), None, "there is no such member");
        let heights = Heights(vec![BTreeMap::from([(4, 100), (5, 220), (7, 420), (8, 430)])]);
        assert_eq!(heights.intervals(0), [120, 100, 100], "the last one was cut off");
        assert_eq!(heights.intervals(1), Vec::<i64>::new());
    }
}
