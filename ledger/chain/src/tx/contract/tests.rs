//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use proptest::prelude::*;

use super::*;
use crate::codec::Record;
use crate::tx::Tx;

const CHAIN: ChainId = ChainId([1; 32]);
const CONTRACT: &str = "0108ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c0000000000000007000000267065726d\
    697420287072696e636970616c2c20616374696f6e2c207265736f75726365293b0a0000000000000113711cfcd0294fdca7\
    1e983353e50d6106f5bad26ba4c89e791f3498aeb30cfb9a05d3c7ae0ab795e8da09f41d9e24c1b661cdb955df5535296987\
    5cef2d3d8002";

fn golden(text: &str) -> Tx {
    let key = SigningKey::from_bytes(&[4; 32]);
    let (author_pk, text) = (key.verifying_key(), text.to_owned());
    Tx::Contract(ContractBody { author_pk, valid_until_height: 7, text }.sign(&CHAIN, 8, &key))
}

#[test]
fn the_golden_octets_hold() {
    assert_eq!(hex::encode(golden("permit (principal, action, resource);\n").encode()), CONTRACT);
}

#[test]
fn a_text_is_bounded_and_is_text() {
    let longest = golden(&" ".repeat(MAX_CONTRACT));
    assert_eq!(Tx::decode(&longest.encode()), Ok(longest));
    let (length, limit) = (MAX_CONTRACT + 1, MAX_CONTRACT);
    let longer = golden(&" ".repeat(length));
    assert_eq!(Tx::decode(&longer.encode()), Err(CodecError::TooLong { length, limit }));
    let mut octets = golden("ab").encode();
    // Version, kind, key, height, length; then the text.
    octets[2 + 32 + 8 + 4] = 0xff;
    assert_eq!(Tx::decode(&octets), Err(CodecError::Value("text")));
}

#[test]
fn a_contract_is_signed_as_one() {
    let Tx::Contract(tx) = golden("a") else { panic!() };
    let verify = |label| tx.body.author_pk.verify(label, &CHAIN, &tx.signed(), &tx.signature);
    assert!(
        verify(Label::Contract).is_ok() && verify(Label::Grant).is_err() && verify(Label::Enrol).is_err()
    );
}

proptest! {
    #[test]
    fn accepted_octets_are_the_only_way_to_write_what_they_say(
        octets in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let framed = [&[1, 8], &octets[..]].concat();
        if let Ok(tx) = Tx::decode(&framed) {
            prop_assert_eq!(tx.encode(), framed);
        }
    }

    #[test]
    fn signed_ones_round_trip(seed: [u8; 32], valid_until_height: u64, text in "[ -~\n\t]{0,500}") {
        let key = SigningKey::from_bytes(&seed);
        let body = ContractBody { author_pk: key.verifying_key(), valid_until_height, text };
        let tx = Tx::Contract(body.sign(&CHAIN, 2, &key));
        prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
    }
}
