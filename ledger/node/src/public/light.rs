//! `/salus/light/1`: what is on the chain, with proofs.

use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, TxHash};
use salus_chain::query::{
    GrantLogReply, LightReply, LightRequest, MAX_LOG_PAGE, NoAnswer, StateReply, StatusReply, TxReplyFound,
};
use salus_chain::state::{AccessRecord, GrantRecord, StateKey};
use salus_light::p2p::Fault;

use crate::NodeState;
use crate::state::ReadError;

/// Answers one encoded request with one encoded reply.
pub(super) fn answer(state: &NodeState, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let request = LightRequest::decode(body).map_err(|_| Fault::Malformed)?;
    let reply = reply(state, &request).unwrap_or_else(|error| {
        tracing::error!(%error, "a query could not be answered");
        LightReply::None(NoAnswer::Internal)
    });
    Ok(reply.encode())
}

fn reply(state: &NodeState, request: &LightRequest) -> Result<LightReply, ReadError> {
    let found = match request {
        LightRequest::Status => Some(status(state)?),
        LightRequest::LightBlock { height } => {
            state.light_block(*height)?.map(|block| LightReply::LightBlock(Box::new(block)))
        }
        LightRequest::State { key, height } => proven(state, key, *height)?.map(LightReply::State),
        LightRequest::Tx(hash) => tx(state, hash)?,
        LightRequest::GrantLog { grant_id, from } => grant_log(state, grant_id, *from)?,
    };
    Ok(found.unwrap_or(LightReply::None(NoAnswer::NotFound)))
}

fn status(state: &NodeState) -> Result<LightReply, ReadError> {
    let head = state.head();
    Ok(LightReply::Status(StatusReply {
        chain_id: state.chain_id(),
        height: head.height,
        earliest: state.earliest()?,
        header_hash: head.hash,
        time_ms: head.time_ms,
    }))
}

fn proven(state: &NodeState, key: &StateKey, height: u64) -> Result<Option<StateReply>, ReadError> {
    let Some(found) = state.proven_value(key, height)? else { return Ok(None) };
    let proof = found.proof.encode().map_err(|_| ReadError::Damaged("state proof"))?;
    Ok(Some(StateReply { height: found.height, value: found.value, proof }))
}

fn tx(state: &NodeState, hash: &TxHash) -> Result<Option<LightReply>, ReadError> {
    Ok(state.tx(hash)?.map(|found| {
        LightReply::Tx(TxReplyFound {
            height: found.height,
            tx: found.octets,
            code: found.code,
            inclusion: found.inclusion,
        })
    }))
}

fn grant_log(state: &NodeState, id: &GrantId, from: u32) -> Result<Option<LightReply>, ReadError> {
    let Some(grant) = proven(state, &StateKey::Grant(*id), 0)? else { return Ok(None) };
    let Some(record) = grant.value.as_deref().and_then(|value| GrantRecord::decode(value).ok()) else {
        return Ok(None);
    };
    let page = u32::try_from(MAX_LOG_PAGE).unwrap_or(0);
    let until = record.access_count.min(from.saturating_add(page));
    let mut receipts = Vec::new();
    for place in from..until {
        let receipt = state.value(&StateKey::AccessLog(*id, place))?;
        let receipt = receipt.and_then(|octets| AccessRecord::decode(&octets).ok());
        receipts.push(receipt.ok_or(ReadError::Damaged("access log"))?);
    }
    Ok(Some(LightReply::GrantLog(GrantLogReply { grant, receipts })))
}
