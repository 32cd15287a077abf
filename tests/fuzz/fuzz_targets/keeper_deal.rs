//! A dealing from a patient who signs anything: refused or held, with commitments that are points and a share that lies on
//! them; a share and commitments have one encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{ChainId, GrantId, KeeperSetId};
use salus_chain::sign::{Label, SigningKey};
use salus_keeper::deal::{Commitments, Share, accept};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::KeeperRequest;

fuzz_target!(|bytes: &[u8]| {
    let (points, _) = bytes.as_chunks::<32>();
    let threshold = u16::try_from(points.len()).unwrap_or(0);
    if let Some(share) = points.first().and_then(|octets| Share::from_bytes(octets).ok()) {
        assert_eq!(*share.to_bytes(), points[0]);
        if let Ok(commitments) = Commitments::parse(&points[1..], threshold.saturating_sub(1)) {
            assert_eq!(commitments.octets(), &points[1..]);
            let _ = commitments.verify_share(1, &share);
        }
    }
    let Ok(KeeperRequest::Deal(mut deal)) = KeeperRequest::decode(bytes) else { return };
    let (patient, keeper) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let ctx = ChainContext {
        chain_id: ChainId([1; 32]),
        keeper_set_id: KeeperSetId([2; 32]),
        keeper_pks: vec![keeper.verifying_key(); 4],
        threshold: 3,
        params: Params::default(),
        genesis_time_ms: 0,
    };
    let context = &mut deal.context;
    context.patient_grant_pk = patient.verifying_key();
    context.grant_id = GrantId::derive(&ctx.chain_id, &context.patient_grant_pk, &context.nonce);
    (context.keeper_set_id, context.threshold, deal.keeper) = (ctx.keeper_set_id, ctx.threshold, 1);
    deal.signature = patient.sign(Label::Deal, &ctx.chain_id, &deal.signed());
    if let Ok((held, _)) = accept(&ctx, 1, &KemSecretKey::from_bytes([3; 32]), &keeper, &deal) {
        let commitments = Commitments::parse(&deal.commitments, 3).expect("accepted");
        assert_eq!(commitments.verify_share(1, &held.share), Ok(()));
    }
});
