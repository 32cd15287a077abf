//! What one person hands another as text: an attestation or a request for one, of one encoding each, and any document's text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::attestation::{Attestation, AttestationRequest, check_name};
use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, VerifyingKey};
use salus_chain::text::{Kind, MAX_PAYLOAD, from_text, to_text};

fuzz_target!(|bytes: &[u8]| {
    let chain = ChainId([1; 32]);
    if let Ok(attestation) = Attestation::decode(bytes) {
        assert_eq!(attestation.encode(), bytes);
        assert!(check_name(&attestation.person.name).is_ok());
        assert!(attestation.verify(&chain, &VerifyingKey([3; 32])).is_err());
        let text = attestation.to_text().expect("below the limit");
        assert_eq!(Attestation::from_text(&text), Ok(attestation));
    }
    if let Ok(request) = AttestationRequest::decode(bytes) {
        assert_eq!(request.encode(), bytes);
        assert!(AttestationRequest::from_text(&request.to_text().expect("below the limit"), &chain).is_err());
    }
    if let Ok(text) = to_text(Kind::Code, bytes) {
        assert!(bytes.len() <= MAX_PAYLOAD);
        assert_eq!(from_text(Kind::Code, &text).as_deref(), Ok(bytes));
    }
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    if let Ok(payload) = from_text(Kind::Code, text) {
        let again = to_text(Kind::Code, &payload).expect("it was read");
        assert_eq!(from_text(Kind::Code, &again), Ok(payload));
    }
});
