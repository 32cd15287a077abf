//! `/salus/tx/1`: transactions from apps and from other members.

use salus_chain::codec::Record;
use salus_chain::query::{TxReply, TxRequest};
use salus_light::p2p::Fault;

use crate::mempool::{Mempool, TxRefused};

/// Answers one encoded request with one encoded reply.
pub(super) fn answer(mempool: &Mempool, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let TxRequest::Submit(octets) = TxRequest::decode(body).map_err(|_| Fault::Malformed)?;
    let reply = match mempool.submit(&octets) {
        Ok(_) => TxReply::Accepted,
        Err(TxRefused::Recorded(height)) => TxReply::Known { height },
        Err(TxRefused::TooLarge | TxRefused::Malformed(_)) => {
            TxReply::Refused(salus_chain::state::TxRefused::Malformed)
        }
        Err(TxRefused::Rule(why)) => TxReply::Refused(why),
        Err(TxRefused::Full) => TxReply::Busy,
        Err(TxRefused::Unavailable) => return Err(Fault::Internal),
    };
    Ok(reply.encode())
}
