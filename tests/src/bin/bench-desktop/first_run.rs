//! "First run in under two minutes": what each kind of person presses and waits for, with every step done and with every step skipped.
//!
//! No person is measured here. The keys are counted, the program's share is timed, and how fast somebody types is an assumption that
//! stands in the table. What is not in it stands there too: reading, thinking, and writing the recovery key on paper.

use anyhow::Result;
use salus_tests::figure::Figure;
use salus_tests::network::Network;
use salus_wire::view::Role;

use crate::walk::{Newcomer, Walk, Walked};

/// Two minutes.
const ALLOWED_S: f64 = 120.0;
/// Keys a second, assumed: 24 words a minute, as somebody of 82 types who looks for each key but knows where it is.
const TYPING: f64 = 2.0;
/// The same for somebody who types with one finger and looks at the screen after each key.
const SLOWLY: f64 = 1.0;
/// Screens from the welcome to the end.
const STEPS: u8 = 6;

const NEWCOMERS: [Newcomer; 3] = [
    Newcomer {
        role: Role::Patient,
        name: "Maria Keller",
        chooses: "My own health record",
        opens: "Open my record",
    },
    Newcomer {
        role: Role::Clinician,
        name: "Dr Ines Clarke, Heart Clinic",
        chooses: "Seeing my patients' readings",
        opens: "Open my record",
    },
    Newcomer {
        role: Role::Family,
        name: "Leila Keller",
        chooses: "Helping somebody in my family",
        opens: "Go to my family",
    },
];

impl Walked {
    /// Seconds of somebody who presses so many keys a second, and waits for the program in between.
    fn seconds(&self, typing: f64) -> f64 {
        self.keys as f64 / typing + self.waited / 1000.0
    }
}

pub(crate) async fn measure(members: u16) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut network = Network::start(usize::from(members), &dir.path().join("members")).await?;
    for who in &NEWCOMERS {
        let done = Walk::begin(who, &network).await?.all().await?;
        let skipped = Walk::begin(who, &network).await?.nothing().await?;
        tell(who, &done, &skipped)?;
    }
    network.stop().await
}

fn tell(who: &Newcomer, done: &Walked, skipped: &Walked) -> Result<()> {
    let role = match who.role {
        Role::Patient => "patient, with a first value typed",
        Role::Clinician => "clinician, the organisation's answer taken as being there at once",
        Role::Family => "helper, with a first code made",
    };
    let measured = done.seconds(TYPING);
    Figure {
        name: format!(
            "first run of a {role}, keyboard alone: {STEPS} steps, {} keys at an assumed {TYPING} a second, {:.1} s of the program; \
             reading, thinking and writing the key on paper are not in it",
            done.keys,
            done.waited / 1000.0
        ),
        target: format!("< {ALLOWED_S} s"),
        measured,
        unit: "s".to_owned(),
        baseline: format!(
            "everything skipped but what it is for: {} keys, {:.1} s of the program, {:.0} s in all; at {SLOWLY} key a second {:.0} s, and {:.0} s",
            skipped.keys,
            skipped.waited / 1000.0,
            skipped.seconds(TYPING),
            done.seconds(SLOWLY),
            skipped.seconds(SLOWLY)
        ),
        ok: Some(measured < ALLOWED_S),
    }
    .print()
}
