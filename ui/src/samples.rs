//! Families for tests.

use salus_wire::view::{
    ClinicianView, GivenState, GivenView, HelpedView, HelperLimits, HelperRole, HelperView, PowerState,
    ProofView,
};
use salus_wire::{Category, CircleId, GrantId, UnixMillis};

/// 2026-11-18, shortly after eleven in UTC.
pub(crate) const NOW: UnixMillis = 1_795_000_000_000;

/// A permission that a helper gave, in force and opened then.
pub(crate) fn given(n: u8, opened: &[UnixMillis], may_agree: bool) -> GivenView {
    GivenView {
        id: GrantId([n; 32]),
        clinician: ClinicianView {
            name: "Dr Ana".into(),
            organisation: "-".into(),
            attested_by: "Heart Clinic".into(),
            proven_at_height: "7".into(),
            asks: None,
            on_duty: false,
        },
        categories: vec![Category::HeartRate],
        data_from: 0,
        data_to: NOW,
        starts: 0,
        ends: NOW,
        condition: None,
        by: "Leila".into(),
        state: GivenState::Active,
        agreed: 0,
        needs: 0,
        ready: None,
        may_agree,
        may_stop: true,
        may_object: true,
        objector: None,
        opened: opened.to_vec(),
        left: false,
    }
}

/// Somebody whom the one who looks helps, as a steward in force.
pub(crate) fn helped(n: u8, person: &str, given: Vec<GivenView>) -> HelpedView {
    let limits = HelperLimits {
        role: HelperRole::Steward,
        categories: vec![Category::HeartRate],
        data_from: 0,
        longest_days: 14,
        begins: 0,
        lapses: NOW,
        review: None,
        after_clinicians: false,
        only_named: false,
        clinicians: vec![],
    };
    let me = HelperView {
        seat: 1,
        name: "Leila".into(),
        limits,
        state: PowerState::InForce,
        you: true,
        paper: false,
        keys_until: None,
    };
    HelpedView {
        circle: CircleId([n; 32]),
        person: person.into(),
        helpers: vec![me],
        ordinary: vec![],
        waiting: None,
        given,
        own_given: vec![],
        handed_over: None,
        retired: None,
        emergencies: vec![],
        unseen: 0,
        guardian: false,
        back: None,
        proof: ProofView { height: "7".into(), block: String::new(), time: NOW, signed_by: vec![] },
    }
}
