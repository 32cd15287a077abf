//! One codec for the engine's log, its network and its value sync.
//!
//! Borsh: canonical, without optional layouts; trailing bytes are refused. Every message is bounded before it is decoded,
//! and no length in it makes the decoder reserve more than 1 MiB that the message does not hold (borsh's own bound).

use std::io;

use arc_malachitebft_codec::{Codec, HasEncodedLen};
use arc_malachitebft_core_consensus::{LivenessMsg, ProposedValue, SignedConsensusMsg};
use arc_malachitebft_core_types::{
    ExtendedCommitCertificate, ExtendedCommitSignature, PolkaCertificate, Round, ValidatorProof,
};
use arc_malachitebft_engine::util::streaming::StreamMessage;
use arc_malachitebft_sync::{RawDecidedValue, Request, Response, Status, ValueResponse};
use borsh::{BorshDeserialize, BorshSerialize};
use bytes::Bytes;

use super::context::{Address, Height, SalusContext};
use super::part::Part;
use super::signature::Signature;
use super::value::BlockId;

/// The longest message of the consensus channels: one part and its proof, with room.
const MESSAGE_LIMIT: usize = 256 * 1024;
/// The longest value sync reply; the engine's own limit for it is the same.
const SYNC_LIMIT: usize = 10 * 1024 * 1024;

/// Encodes and decodes everything that the engine stores or sends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SalusCodec;

fn decode<T: BorshDeserialize>(bytes: &[u8], limit: usize) -> io::Result<T> {
    if bytes.len() > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "message too long"));
    }
    borsh::from_slice(bytes)
}

macro_rules! borsh_codec {
    ($($message:ty),+ $(,)?) => {$(
        impl Codec<$message> for SalusCodec {
            type Error = io::Error;

            fn decode(&self, bytes: Bytes) -> io::Result<$message> {
                decode(&bytes, MESSAGE_LIMIT)
            }

            fn encode(&self, message: &$message) -> io::Result<Bytes> {
                borsh::to_vec(message).map(Bytes::from)
            }
        }
    )+};
}

borsh_codec!(
    Part,
    StreamMessage<Part>,
    SignedConsensusMsg<SalusContext>,
    LivenessMsg<SalusContext>,
    ProposedValue<SalusContext>,
    PolkaCertificate<SalusContext>,
    Status<SalusContext>,
    Request<SalusContext>,
);

impl Codec<ValidatorProof<SalusContext>> for SalusCodec {
    type Error = io::Error;

    fn decode(&self, bytes: Bytes) -> io::Result<ValidatorProof<SalusContext>> {
        let (public_key, peer_id, signature): (Vec<u8>, Vec<u8>, Signature) = decode(&bytes, MESSAGE_LIMIT)?;
        Ok(ValidatorProof::new(public_key, peer_id, signature))
    }

    fn encode(&self, proof: &ValidatorProof<SalusContext>) -> io::Result<Bytes> {
        borsh::to_vec(&(&proof.public_key, &proof.peer_id, &proof.signature)).map(Bytes::from)
    }
}

/// A decided value as value sync sends it; we have no vote extensions, so none is carried.
#[derive(BorshSerialize, BorshDeserialize)]
struct Decided {
    value: Vec<u8>,
    height: Height,
    round: Round,
    id: BlockId,
    signatures: Vec<(Address, Signature)>,
}

impl From<&RawDecidedValue<SalusContext>> for Decided {
    fn from(decided: &RawDecidedValue<SalusContext>) -> Self {
        let certificate = &decided.certificate;
        Self {
            value: decided.value_bytes.to_vec(),
            height: certificate.height,
            round: certificate.round,
            id: certificate.value_id,
            signatures: certificate.commit_signatures.iter().map(|s| (s.address, s.signature)).collect(),
        }
    }
}

impl From<Decided> for RawDecidedValue<SalusContext> {
    fn from(decided: Decided) -> Self {
        let signature = |(address, signature)| ExtendedCommitSignature::new(address, signature, None);
        Self {
            value_bytes: decided.value.into(),
            certificate: ExtendedCommitCertificate {
                height: decided.height,
                round: decided.round,
                value_id: decided.id,
                commit_signatures: decided.signatures.into_iter().map(signature).collect(),
            },
        }
    }
}

impl Codec<Response<SalusContext>> for SalusCodec {
    type Error = io::Error;

    fn decode(&self, bytes: Bytes) -> io::Result<Response<SalusContext>> {
        let (start, values): (Height, Vec<Decided>) = decode(&bytes, SYNC_LIMIT)?;
        let values = values.into_iter().map(RawDecidedValue::from).collect();
        Ok(Response::ValueResponse(ValueResponse::new(start, values)))
    }

    fn encode(&self, response: &Response<SalusContext>) -> io::Result<Bytes> {
        let Response::ValueResponse(response) = response;
        let values: Vec<Decided> = response.values.iter().map(Decided::from).collect();
        borsh::to_vec(&(response.start_height, values)).map(Bytes::from)
    }
}

impl HasEncodedLen<Response<SalusContext>> for SalusCodec {
    fn encoded_len(&self, response: &Response<SalusContext>) -> io::Result<usize> {
        Codec::<Response<SalusContext>>::encode(self, response).map(|bytes| bytes.len())
    }
}

#[cfg(test)]
mod tests;
