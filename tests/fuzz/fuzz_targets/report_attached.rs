//! A file that is said to be a report, and a typed code: what is found encodes to the octets that it was read from, and is one page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_report::{Code, Report, ReportError, attached};
use salus_wire::view::ReportLanguage;

fuzz_target!(|bytes: &[u8]| {
    if let Some((report, length)) = Report::read(bytes) {
        assert_eq!(report.octets().as_deref(), Ok(&bytes[..length]));
        let page = salus_report::report(&report, ReportLanguage::Arabic, None);
        assert!(
            page.as_ref().is_ok_and(|(code, _)| *code == Code::of(&bytes[..length]))
                || page == Err(ReportError::DoesNotFit)
        );
    }
    let _ = attached::find(bytes);
    if let Ok(code) = core::str::from_utf8(bytes).unwrap_or_default().parse::<Code>() {
        assert_eq!(code.to_string().parse::<Code>(), Ok(code));
    }
});
