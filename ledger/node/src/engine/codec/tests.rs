//! Every message of the members' own swarm: consensus, parts, liveness, value sync, validator proof; and the log's.

use std::fmt::Debug;

use allocation_counter::measure;
use arc_malachitebft_core_types::{
    NilOrVal, PolkaSignature, RoundCertificate, RoundCertificateType, RoundSignature, SignedMessage,
    Validity, VoteType,
};
use arc_malachitebft_engine::util::streaming::{StreamContent, StreamId};
use arc_malachitebft_peer::PeerId;
use arc_malachitebft_sync::ValueRequest;
use rand::rngs::ChaCha20Rng;
use rand::{Rng, RngExt, SeedableRng};

use super::*;
use crate::engine::vote::{Proposal, Vote};

const ROUND: Round = Round::new(1);
const HEIGHT: Height = Height(4);
const WHO: Address = Address([5; 20]);
const SIGNED: Signature = Signature([6; 64]);
const ID: BlockId = BlockId { hash: [1; 32], parts: 2, parts_hash: [2; 32], time_ms: 3 };

/// What borsh reserves for octets at most before they are there, and some frames of ours.
const RESERVED: u64 = (1 << 20) + (64 << 10);

fn vote(id: NilOrVal<BlockId>) -> SignedMessage<SalusContext, Vote> {
    let kind = VoteType::Precommit;
    SignedMessage::new(Vote { kind, height: HEIGHT, round: ROUND, id, address: WHO }, SIGNED)
}

fn proposal() -> SignedMessage<SalusContext, Proposal> {
    let (height, round, pol_round) = (HEIGHT, ROUND, Round::Nil);
    SignedMessage::new(Proposal { height, round, value: ID, pol_round, address: WHO }, SIGNED)
}

fn part() -> Part {
    let (bytes, path) = (vec![9; 100], vec![[7; 32]; 2]);
    Part { height: HEIGHT, round: ROUND, pol_round: Round::Nil, proposer: WHO, id: ID, index: 1, bytes, path }
}

fn polka() -> PolkaCertificate<SalusContext> {
    let polka_signatures = vec![PolkaSignature::new(WHO, SIGNED); 3];
    PolkaCertificate { height: HEIGHT, round: ROUND, value_id: ID, polka_signatures }
}

fn skip() -> RoundCertificate<SalusContext> {
    let one = RoundSignature::new(VoteType::Prevote, NilOrVal::Val(ID), WHO, SIGNED);
    let cert_type = RoundCertificateType::Skip;
    RoundCertificate { height: HEIGHT, round: ROUND, cert_type, round_signatures: vec![one; 3] }
}

fn response() -> Response<SalusContext> {
    let signatures = vec![(WHO, SIGNED); 3];
    let decided = || Decided {
        value: vec![9; 40],
        height: HEIGHT,
        round: ROUND,
        id: ID,
        signatures: signatures.clone(),
    };
    Response::ValueResponse(ValueResponse::new(HEIGHT, vec![decided().into(), decided().into()]))
}

fn streamed(content: StreamContent<Part>) -> StreamMessage<Part> {
    StreamMessage::new(StreamId::new(vec![3; 24].into()), 2, content)
}

/// Decodes octets that may be anything; what it reserves meanwhile is bounded by what came.
fn decoded<T>(name: &str, octets: &[u8]) -> io::Result<T>
where
    SalusCodec: Codec<T, Error = io::Error>,
{
    let bytes = Bytes::copy_from_slice(octets);
    let mut result = None;
    let reserved = measure(|| result = Some(Codec::<T>::decode(&SalusCodec, bytes))).bytes_max;
    let bound = RESERVED + 4 * octets.len() as u64;
    assert!(reserved <= bound, "{name}: {reserved} octets reserved for {}", octets.len());
    result.expect("it was decoded")
}

fn typed<T: Debug>(name: &str, result: io::Result<T>) {
    let error = result.expect_err(name);
    let kinds = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof];
    assert!(kinds.contains(&error.kind()), "{name}: {error:?}");
}

/// One message of a type, whole and in every way that it can be broken.
fn survives<T: Debug>(name: &str, message: &T, limit: usize, rng: &mut ChaCha20Rng)
where
    SalusCodec: Codec<T, Error = io::Error>,
{
    let octets = Codec::<T>::encode(&SalusCodec, message).unwrap();
    let back = decoded::<T>(name, &octets).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert_eq!(Codec::<T>::encode(&SalusCodec, &back).unwrap(), octets, "{name}");

    for end in 0..octets.len() {
        typed(&format!("{name} cut at {end}"), decoded::<T>(name, &octets[..end]));
    }
    for tail in [1, 8, 1_000] {
        let longer = [&octets[..], &vec![0; tail]].concat();
        typed(&format!("{name} with a tail of {tail}"), decoded::<T>(name, &longer));
    }

    let mut above = octets.to_vec();
    above.resize(limit + 1, 0);
    let bytes = Bytes::from(above);
    let mut result = None;
    let reserved = measure(|| result = Some(Codec::<T>::decode(&SalusCodec, bytes))).bytes_max;
    let error = result.expect("it was decoded").expect_err(name);
    assert!(error.to_string().contains("too long"), "{name}: {error}");
    assert!(reserved < 1_024, "{name}: a message above the limit is not looked at: {reserved}");

    // Any four octets may be a length: a lie about it neither panics nor reserves.
    for at in 0..octets.len().saturating_sub(3) {
        for lie in [u32::MAX, i32::MAX.unsigned_abs(), 1 << 24] {
            let mut lied = octets.to_vec();
            lied[at..at + 4].copy_from_slice(&lie.to_le_bytes());
            let _ = decoded::<T>(name, &lied);
        }
    }
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let _ = decoded::<T>(name, &flipped);
    }
    for _ in 0..500 {
        let mut noise = vec![0; rng.random_range(0..2_000)];
        rng.fill_bytes(&mut noise);
        let _ = decoded::<T>(name, &noise);
    }
}

#[test]
fn every_message_between_members_may_be_broken_in_every_way() {
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    let rng = &mut rng;
    let limit = MESSAGE_LIMIT;
    survives("part", &part(), limit, rng);
    survives("streamed part", &streamed(StreamContent::Data(part())), limit, rng);
    survives("end of a stream", &streamed(StreamContent::Fin), limit, rng);
    survives("vote", &SignedConsensusMsg::Vote(vote(NilOrVal::Val(ID))), limit, rng);
    survives("vote for nil", &SignedConsensusMsg::Vote(vote(NilOrVal::Nil)), limit, rng);
    survives("proposal", &SignedConsensusMsg::Proposal(proposal()), limit, rng);
    survives("vote again", &LivenessMsg::Vote(vote(NilOrVal::Val(ID))), limit, rng);
    survives("polka again", &LivenessMsg::PolkaCertificate(polka()), limit, rng);
    survives("skipped round", &LivenessMsg::SkipRoundCertificate(skip()), limit, rng);
    survives("polka", &polka(), limit, rng);
    let (valid_round, validity) = (Round::Nil, Validity::Valid);
    let value: ProposedValue<SalusContext> =
        ProposedValue { height: HEIGHT, round: ROUND, valid_round, proposer: WHO, value: ID, validity };
    survives("proposed value", &value, limit, rng);
    let (tip_height, history_min_height) = (HEIGHT, Height(1));
    // A SHA-256 multihash.
    let peer_id = PeerId::from_bytes(&[&[0x12, 32][..], &[3; 32]].concat()).unwrap();
    let status: Status<SalusContext> = Status { peer_id, tip_height, history_min_height };
    survives("sync status", &status, limit, rng);
    let request: Request<SalusContext> = Request::ValueRequest(ValueRequest::new(Height(1)..=HEIGHT));
    survives("sync request", &request, limit, rng);
    survives("sync reply", &response(), SYNC_LIMIT, rng);
    let proof = ValidatorProof::<SalusContext>::new(vec![1; 32], vec![2; 38], SIGNED);
    survives("validator proof", &proof, limit, rng);
}

#[test]
fn a_sync_reply_is_as_long_as_the_engine_is_told() {
    let bytes = SalusCodec.encode(&response()).unwrap();
    assert_eq!(bytes.len(), SalusCodec.encoded_len(&response()).unwrap());
    let back: Response<SalusContext> = SalusCodec.decode(bytes).unwrap();
    assert_eq!(back, response());
}
