//! Passing transactions on: everything newly admitted goes to every other member.
//!
//! A member that was away gets everything that still waits once it answers again. Taking a transaction twice is taking it
//! once, so nothing is remembered about who has what.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use salus_chain::codec::Record;
use salus_chain::query::TxRequest;
use salus_light::p2p::{AskError, Endpoint, Peer, Protocol};
use tokio::sync::broadcast::error::RecvError;

use crate::mempool::Mempool;

/// Transactions under way to one member at a time; below the protocol's stream limit.
const AT_ONCE: usize = 32;

/// How long a member that does not answer is left alone.
const PAUSE: Duration = Duration::from_millis(500);

/// Passes transactions on to one member; ends with the mempool.
pub(super) async fn pass_on(mempool: Mempool, endpoint: Endpoint, member: Peer) {
    let mut admitted = mempool.admitted();
    let mut behind = true;
    loop {
        if behind {
            // Subscribed before reading what waits, so nothing falls between.
            behind = !send(&endpoint, &member, mempool.pending()).await;
            if behind {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        }
        let mut batch = match admitted.recv().await {
            Ok(octets) => vec![octets],
            Err(RecvError::Lagged(_)) => {
                behind = true;
                continue;
            }
            Err(RecvError::Closed) => return,
        };
        while batch.len() < AT_ONCE {
            let Ok(octets) = admitted.try_recv() else { break };
            batch.push(octets);
        }
        behind = !send(&endpoint, &member, batch).await;
    }
}

/// Whether the member answered every time; what it answered is its own business.
async fn send(endpoint: &Endpoint, member: &Peer, batch: Vec<Arc<[u8]>>) -> bool {
    let ask = |octets: Arc<[u8]>| async move {
        let body = TxRequest::Submit(octets.to_vec()).encode();
        match endpoint.ask(member, Protocol::Tx, body).await {
            Ok(_) | Err(AskError::Fault(_) | AskError::BadReply | AskError::TooLarge) => true,
            Err(
                AskError::Unreachable
                | AskError::Silent
                | AskError::Lost
                | AskError::Unsupported
                | AskError::Closed,
            ) => false,
        }
    };
    let mut answers = stream::iter(batch).map(ask).buffer_unordered(AT_ONCE);
    while let Some(answered) = answers.next().await {
        if !answered {
            return false;
        }
    }
    true
}
