//! A member whose clock is a year off: it deletes nothing, opens nothing, says so, and is a member again once the date is set.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_api::{App, Config};
use salus_chain::ids::{GrantId, Nonce16};
use salus_chain::sign::SigningKey;
use salus_chain::time::Clock;
use salus_keeper::Scope;
use salus_keeper::deal::{Dealing, seal_deal};
use salus_keeper::message::{DealContext, DealMessage};
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, PATIENCE, Status, eventually};
use salus_wire::command as c;
use salus_wire::view::{CodeView, Condition, PermissionDraft, Role, ValueView};
use salus_wire::{Category, Quantity};

use super::recorded::client;
use super::{agree, no_evidence, refusal};

const HOUR: i64 = 3_600_000;
const YEAR: i64 = 365 * 24 * HOUR;
const PASSPHRASE: &str = "correct horse battery";

/// The member whose clock goes wrong, and its keeper index.
const OFF: usize = 3;
const OFF_INDEX: u16 = 4;

async fn person(network: &Network, dir: &Path, name: &str, role: Role) -> App {
    let alone = Config::new(dir.join(name), Arc::new(SystemClock), Arc::new(Answers::default()));
    // On a computer of nobody's: a passphrase at its least cost.
    let config = Config { genesis: Some(network.genesis_path()), test_clock: true, ..alone };
    let app = App::new(config).await.unwrap();
    app.run(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await.unwrap();
    app
}

/// A clinician to whom a patient gave one blood pressure for an hour.
struct Shared {
    clinician: App,
    id: salus_wire::GrantId,
    _patient: App,
}

impl Shared {
    async fn give(network: &Network, dir: &Path) -> Self {
        let clinician = person(network, dir, "Dr Ana Example, Heart Clinic", Role::Clinician).await;
        let asked = clinician.run(c::MakeCode { note: String::new() }).await.unwrap();
        let CodeView::Request { request } = asked else { panic!("a code before anybody attested") };
        let attestation = network.attest(0, &request).unwrap();
        clinician.run(c::AddAttestation { attestation }).await.unwrap();
        let made = clinician.run(c::MakeCode { note: "Maria".into() }).await.unwrap();
        let CodeView::Code { code, .. } = made else { panic!("not attested") };

        let patient = person(network, dir, "Maria Example", Role::Patient).await;
        let now = SystemClock.now();
        let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
        let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
        let category = Category::BloodPressure;
        patient.run(c::TypeReading { category, values, at: now - 60_000, note: None }).await.unwrap();
        let check = async || patient.run(c::CheckCode { code: code.clone() }).await.ok();
        eventually(PATIENCE, check).await.expect("the code is attested");
        let draft = PermissionDraft {
            code,
            categories: vec![category],
            data_from: now - HOUR,
            data_to: now + HOUR,
            starts: now,
            ends: now + HOUR,
            condition: Condition::Whenever,
        };
        let given = c::IssuePermission { draft, passphrase: PASSPHRASE.into() };
        let given = patient.run(given).await.unwrap();
        assert_eq!(given.members, 4);
        // A member that is busy for long is passed over, and gets its part afterwards.
        let held = async || {
            let all = patient.run(c::ListPermissions {}).await.ok()?;
            all.into_iter().find(|one| one.id == given.id && one.members_holding == 4)
        };
        eventually(PATIENCE, held).await.expect("all of them hold it");
        let shared = Self { clinician, id: given.id, _patient: patient };
        let listed = async || {
            let inbox = shared.clinician.run(c::ListInbox {}).await.ok()?;
            inbox.shared.into_iter().find(|s| s.id == given.id)
        };
        eventually(PATIENCE, listed).await.expect("it arrives");
        shared
    }

    /// Opens it until the reading is there.
    async fn opens(&self, when: &str) {
        let open = async || {
            let opened =
                self.clinician.run(c::OpenRecord { id: self.id, width: 400, second: None }).await.ok()?;
            (opened.records.first()?.total == 1).then_some(())
        };
        assert!(eventually(PATIENCE, open).await.is_some(), "{when}: the reading does not open");
    }
}

/// A share of a permission that never comes onto the chain.
pub(super) fn unused_share(network: &Network, keeper: u16) -> DealMessage {
    let genesis = network.genesis().unwrap();
    let (ctx, mut rng) = (genesis.context(), ChaCha20Rng::seed_from_u64(9));
    let (patient, nonce) = (SigningKey::from_bytes(&[77; 32]), Nonce16([5; 16]));
    let patient_grant_pk = patient.verifying_key();
    let context = DealContext {
        grant_id: GrantId::derive(&ctx.chain_id, &patient_grant_pk, &nonce),
        patient_grant_pk,
        nonce,
        keeper_set_id: ctx.keeper_set_id,
        threshold: ctx.threshold,
        scope: Scope::new(438_000, 438_100).unwrap(),
    };
    let dealing = Dealing::generate(ctx.threshold, &mut rng).unwrap();
    let to = genesis.members[usize::from(keeper) - 1].keeper_kem_pk;
    seal_deal(&ctx.chain_id, &dealing, context, keeper, &to, &patient, &mut rng).unwrap()
}

/// Names of the files under a folder of a member's data.
fn files(at: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(at).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            names.extend(files(&entry.path()));
        } else {
            names.insert(entry.file_name().into_string().unwrap());
        }
    }
    names
}

/// Blobs, notes and shares that the member keeps.
fn kept(network: &Network) -> [BTreeSet<String>; 3] {
    let data = network.home(OFF).join("data");
    ["depot/blob", "depot/inbox", "shares"].map(|folder| files(&data.join(folder)))
}

async fn seen(network: &Network, member: usize, right: impl Fn(&Status) -> bool) -> Status {
    let there = async || network.status(member).await.ok().filter(&right);
    let seen = eventually(PATIENCE, there).await;
    seen.unwrap_or_else(|| panic!("the status does not say so: {}", network.log(member)))
}

/// The member says how far its clock is off, and goes on with the others' blocks for long enough to have deleted.
async fn tells(network: &mut Network, year: i64) {
    let word = if year > 0 { "ahead of" } else { "behind" };
    let off = |status: &Status| status.clock_off_ms.is_some_and(|ms| (ms - year).abs() < HOUR);
    let status = seen(network, OFF, off).await;
    let warning = status.clock_warning.unwrap();
    let expected = format!("this computer's clock is 365 days {word} the members' last block: set the date");
    assert_eq!(warning, expected);
    assert!(!status.fresh);
    // With the next block.
    let members: &Network = network;
    let logged = async || members.log(OFF).contains(&warning).then_some(());
    assert!(eventually(PATIENCE, logged).await.is_some(), "the log says it too");
    let text = network.status_command(OFF).output().unwrap();
    assert!(String::from_utf8_lossy(&text.stdout).contains(&warning), "the text says it too");
    let height = network.status(0).await.unwrap().height;
    network.reach(height + 3).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_whose_clock_is_a_year_off_deletes_nothing_says_so_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, &dir.path().join("members")).await.unwrap();
    network.stop_member(OFF).await.unwrap();
    network.set_member_clock(OFF, 0).unwrap();
    network.restart(OFF).unwrap();
    network.reach(3).await.unwrap();
    let shared = Shared::give(&network, dir.path()).await;
    shared.opens("before").await;
    let keeper = client(&network).await;
    let deal = unused_share(&network, OFF_INDEX);
    keeper.keeper(OFF_INDEX).unwrap().deal(deal).await.unwrap();
    let before = kept(&network);
    assert!(before.iter().all(|names| !names.is_empty()) && before[2].len() == 2, "{before:?}");

    for year in [YEAR, -YEAR] {
        // While it runs, and when it starts so.
        network.set_member_clock(OFF, year).unwrap();
        tells(&mut network, year).await;
        network.stop_member(OFF).await.unwrap();
        network.restart(OFF).unwrap();
        tells(&mut network, year).await;
        shared.opens("with the other three").await;

        network.set_member_clock(OFF, 0).unwrap();
        let right = seen(&network, OFF, |s| s.fresh && s.clock_off_ms.is_none()).await;
        assert_eq!(right.clock_warning, None);
        network.reach(right.height + 2).await.unwrap();
        let now = kept(&network);
        for (before, now) in before.iter().zip(&now) {
            assert!(before.is_subset(now), "lost: {:?}", before.difference(now));
        }
        // With another one gone, three are left: its share is needed.
        network.stop_member(0).await.unwrap();
        shared.opens("with the date set").await;
        network.restart(0).unwrap();
        network.reach(right.height + 4).await.unwrap();
    }
    agree(&mut network).await;
    no_evidence(&network);
    network.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_alone_does_not_take_a_year_into_its_chain_unless_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(1, dir.path()).await.unwrap();
    network.reach(3).await.unwrap();
    let before = network.status(0).await.unwrap();

    network.set_clock_offset(YEAR).unwrap();
    let stopped = || std::future::ready((!network.runs(0).unwrap()).then_some(()));
    assert!(eventually(PATIENCE, stopped).await.is_some(), "it runs on: {}", network.log(0));
    let last = network.log(0).lines().last().unwrap_or_default().to_owned();
    assert!(last.starts_with("salus-node: this computer's clock is 365 days ahead"), "{last}");
    assert!(last.contains("set the date") && last.contains("--clock-is-right"), "{last}");
    let said = refusal(&network.run_command(0).output().unwrap());
    assert!(said.contains("ahead of this chain's last block"), "{said}");

    // Behind: it goes on, and says so.
    network.set_clock_offset(-YEAR).unwrap();
    network.restart(0).unwrap();
    let behind = seen(&network, 0, |status| status.clock_off_ms.is_some_and(|ms| ms < -YEAR / 2)).await;
    assert!(behind.clock_warning.unwrap().contains("set the date"));
    network.reach(behind.height + 1).await.unwrap();

    // The date is set: the chain is where it was.
    network.set_clock_offset(0).unwrap();
    let right = seen(&network, 0, |status| status.fresh && status.clock_off_ms.is_none()).await;
    assert!(right.time_ms - before.time_ms < HOUR, "the year is in the chain");
    network.stop_member(0).await.unwrap();

    // It did rest for a year: said once, and only once.
    network.set_clock_offset(YEAR).unwrap();
    let mut told = network.run_command(0);
    let mut told = told.arg("--clock-is-right").stderr(Stdio::null()).spawn().unwrap();
    let rested = async || network.status(0).await.ok().filter(|s| s.fresh && s.height > right.height);
    let rested = eventually(PATIENCE, rested).await;
    told.kill().unwrap();
    told.wait().unwrap();
    assert!(rested.expect("it goes on").time_ms - right.time_ms > YEAR / 2);
    network.restart(0).unwrap();
    network.reach(right.height + 3).await.unwrap();
    network.stop().await.unwrap();
}
