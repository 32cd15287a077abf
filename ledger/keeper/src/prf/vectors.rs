//! RFC 9497 Appendix A.1.2 and the project's golden vectors.

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use serde_json::Value;

use super::dleq::{evaluate_bases, verify_bases};
use super::*;
use crate::Slot;
use crate::deal::Dealing;
use salus_chain::ids::{ChainId, GrantId};

fn octets<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

fn scalar(text: &str) -> Scalar {
    Scalar::from_canonical_bytes(octets(text)).unwrap()
}

struct Rfc {
    inputs: &'static [&'static str],
    blinds: &'static [&'static str],
    blinded: &'static [&'static str],
    evaluated: &'static [&'static str],
    nonce: &'static str,
    proof: &'static str,
    outputs: &'static [&'static str],
}

const SK: &str = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909";
const PK: &str = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";
const OUT_1: &str = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";
const OUT_2: &str = "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6";
const NONCE_1: &str = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";
const BLIND_1: &str = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";

// RFC 9497 A.1.2.1 to A.1.2.3.
const RFC: [Rfc; 3] = [
    Rfc {
        inputs: &["00"],
        blinds: &[BLIND_1],
        blinded: &["863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"],
        evaluated: &["aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"],
        nonce: NONCE_1,
        proof: "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
        outputs: &[OUT_1],
    },
    Rfc {
        inputs: &["5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"],
        blinds: &[BLIND_1],
        blinded: &["cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c"],
        evaluated: &["60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468"],
        nonce: NONCE_1,
        proof: "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02",
        outputs: &[OUT_2],
    },
    Rfc {
        inputs: &["00", "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"],
        blinds: &[BLIND_1, NONCE_1],
        blinded: &[
            "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
            "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654",
        ],
        evaluated: &[
            "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
            "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a",
        ],
        nonce: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
        proof: "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08",
        outputs: &[OUT_1, OUT_2],
    },
];

#[test]
fn rfc_9497_appendix_a_1_2() {
    let secret = scalar(SK);
    let public = RistrettoPoint::mul_base(&secret);
    assert_eq!(hex::encode(public.compress().as_bytes()), PK);
    for vector in &RFC {
        let inputs: Vec<Vec<u8>> = vector.inputs.iter().map(|input| hex::decode(input).unwrap()).collect();
        let blinds: Vec<Scalar> = vector.blinds.iter().map(|blind| scalar(blind)).collect();
        let blinded: Vec<RistrettoPoint> =
            inputs.iter().zip(&blinds).map(|(input, blind)| hash_to_group(input) * blind).collect();
        let expected: Vec<[u8; 32]> = vector.blinded.iter().map(|point| octets(point)).collect();
        assert_eq!(blinded.iter().map(|point| point.compress().to_bytes()).collect::<Vec<_>>(), expected);

        let evaluation = evaluate_bases(&secret, &blinded, &scalar(vector.nonce));
        let expected: Vec<[u8; 32]> = vector.evaluated.iter().map(|point| octets(point)).collect();
        assert_eq!(evaluation.points, expected);
        assert_eq!(hex::encode(evaluation.proof), vector.proof);

        let values = verify_bases(&public, &blinded, &evaluation).unwrap();
        for (((input, value), blind), output) in inputs.iter().zip(&values).zip(&blinds).zip(vector.outputs) {
            assert_eq!(hex::encode(*finalize(input, &(value * blind.invert()))), *output);
        }
    }
}

fn golden() -> Value {
    serde_json::from_str(include_str!("../../../../tests/vectors/golden-vectors.json")).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|each| each.as_str().unwrap()).collect()
}

#[test]
fn golden_polynomial_shares_and_commitments() {
    let v = golden();
    let coefficients = texts(&v["poly"]).into_iter().map(scalar).collect();
    let dealing = Dealing::from_coefficients(coefficients).unwrap();
    let commitments: Vec<String> = dealing.commitments().octets().iter().map(hex::encode).collect();
    assert_eq!(commitments, texts(&v["commitments"]));
    let shares = texts(&v["shares"]);
    assert_eq!((shares.len(), u64::from(dealing.commitments().threshold())), (7, v["t"].as_u64().unwrap()));
    for (index, expected) in (1u16..).zip(shares) {
        let share = dealing.share(index).unwrap();
        assert_eq!(hex::encode(*share.to_bytes()), expected);
        dealing.commitments().verify_share(index, &share).unwrap();
    }
}

#[test]
fn golden_slots_from_any_five_of_seven_keepers() {
    let v = golden();
    let coefficients = texts(&v["poly"]).into_iter().map(scalar).collect();
    let dealing = Dealing::from_coefficients(coefficients).unwrap();
    let chain = ChainId(octets(v["chain_id"].as_str().unwrap()));
    let grant = GrantId(octets(v["grant_id"].as_str().unwrap()));
    for vector in v["slots"].as_array().unwrap() {
        let level = u8::try_from(vector["level"].as_u64().unwrap()).unwrap();
        let start = u32::try_from(vector["start_epoch"].as_u64().unwrap()).unwrap();
        let input = Slot::new(level, start).unwrap().input(&chain, &grant);
        assert_eq!(hex::encode(&input), vector["input"].as_str().unwrap());
        let base = hash_to_group(&input);
        assert_eq!(hex::encode(base.compress().as_bytes()), vector["B"].as_str().unwrap());
        let z = CompressedRistretto(octets(vector["Z"].as_str().unwrap())).decompress().unwrap();
        assert_eq!(base * dealing.secret().scalar(), z);
        for chosen in [[1, 2, 4, 6, 7], [7, 5, 3, 2, 1]] {
            let values: Vec<(u16, Vec<RistrettoPoint>)> = chosen
                .into_iter()
                .map(|index| (index, vec![base * dealing.share(index).unwrap().scalar()]))
                .collect();
            let prf = combine(5, std::slice::from_ref(&input), &values).unwrap();
            assert_eq!(hex::encode(*prf[0]), vector["prf"].as_str().unwrap());
        }
    }
}
