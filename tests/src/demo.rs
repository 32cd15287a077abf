//! The demonstration: members, wearables, a patient and a clinician made ready, and the desktop application on both.

#![expect(clippy::print_stdout, reason = "the demonstration tells a person what to try")]

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use salus_wire::Category;
use salus_wire::command::{
    AddAttestation, AddDevice, ClaimReadings, CreateProfile, GetRecord, IssuePermission, ListDevices,
    ListInbox, ListUnclaimed, MakeCode, ScanDevices,
};
use salus_wire::view::{CodeView, Condition, DeviceState, PermissionDraft, Role, UnclaimedView};
use tokio::process::{Child, Command};

use crate::bluez::day;
use crate::bluez::wave::Wave;
use crate::network::{Network, Options, PATIENCE, eventually};
use crate::story::app::{Host, PASSPHRASE, program};
use crate::story::hands::Hands;
use crate::story::sim::Sim;

const HOUR: i64 = 3_600_000;
pub(crate) const NAMES: [&str; 7] = [
    "St Anne's Hospital",
    "Riverside Clinic",
    "Patients' Association",
    "University Hospital",
    "Lakeside Practice",
    "Heart Foundation",
    "City Laboratory",
];

/// How the demonstration is started.
#[derive(Debug, Clone, clap::Parser)]
#[command(
    name = "salus-demo",
    about = "Starts members, simulated wearables and the windows of a patient and a clinician"
)]
pub struct Arguments {
    /// How many members; 1 is the personal chain.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=21))]
    pub members: u16,
}

/// Runs until both windows are closed or Ctrl-C.
///
/// # Errors
/// What could not be started, and what to do.
pub async fn run(arguments: &Arguments) -> Result<()> {
    if cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|v| std::env::var_os(v).is_none())
    {
        bail!("there is no screen here. Play the story without windows: cargo xtask demo --headless");
    }
    let window = program("salus").context("run `cargo build -p salus` first")?;
    let dir = tempfile::tempdir()?;
    let options = Options { names: NAMES.map(str::to_owned).to_vec(), ..Options::default() };
    let mut network =
        Network::start_with(usize::from(arguments.members), &dir.path().join("members"), &options).await?;
    println!("{} members agree on their first block", network.len());
    let mut sim = Sim::start_day(&network.clock_path()).await?;
    let mut wave = Wave::new(20_261_122);
    prepare(&network, &mut sim, &mut wave, dir.path()).await?;

    let open = |name: &str, bus: Option<&str>| -> Result<Child> {
        let mut c = Command::new(&window);
        c.arg("--data-dir").arg(dir.path().join(name)).arg("--genesis").arg(network.genesis_path());
        c.arg("--insecure-test-clock").arg(network.clock_path()).stdin(Stdio::null()).kill_on_drop(true);
        if let Some(bus) = bus {
            c.env("DBUS_SYSTEM_BUS_ADDRESS", bus);
        }
        c.spawn().with_context(|| format!("starting the window of the {name}"))
    };
    let mut patient = open("patient", Some(sim.address()))?;
    let mut clinician = open("clinician", None)?;
    println!("{}", what_to_try(&network));
    tokio::select! {
        both = async { tokio::try_join!(patient.wait(), clinician.wait()) } => { both?; }
        () = asked_to_stop() => {}
        failed = beat(&network, &mut sim, &mut wave) => return Err(failed),
    }
    println!("closing: the demonstration's records are thrown away");
    network.stop().await
}

/// Ctrl-C, or the polite signal of whoever started this: members and windows end with it.
async fn asked_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminate.recv() => return,
            _ = tokio::signal::ctrl_c() => return,
        }
    }
    // Without the signal's stream there is Ctrl-C alone; without that, the windows end it.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Makes both profiles: some readings, an attested clinician, and one permission in force.
async fn prepare(network: &Network, sim: &mut Sim, wave: &mut Wave, dir: &Path) -> Result<()> {
    let (genesis, clock) = (network.genesis_path(), network.clock_path());
    let hands = Hands::of(network)?;
    let patient = Host::start("patient", dir, &genesis, &clock, Some(sim.address())).await?;
    let profile = |name: &str, role| CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() };
    patient.ok(profile("Maria Example", Role::Patient)).await?;
    measured(&patient, sim, wave, &hands).await?;
    println!("a patient with six wearables and two weeks of readings is ready");

    let clinician = Host::start("clinician", dir, &genesis, &clock, None).await?;
    clinician.ok(profile("Dr Ines Clarke", Role::Clinician)).await?;
    let CodeView::Request { request } = clinician.ok(MakeCode { note: "Maria".into() }).await? else {
        bail!("the clinician was attested before a member was asked");
    };
    let attestation = network.attest(0, &request)?;
    clinician.ok(AddAttestation { attestation }).await?;
    let code =
        eventually(PATIENCE, async || match clinician.ok(MakeCode { note: "Maria".into() }).await.ok()? {
            CodeView::Code { code, .. } => Some(code),
            CodeView::Request { .. } => None,
        });
    let now = hands.now();
    let draft = PermissionDraft {
        code: code.await.context("the clinician has no code")?,
        categories: vec![Category::BloodPressure, Category::HeartRate],
        data_from: now - 24 * HOUR,
        data_to: now + 7 * 24 * HOUR,
        starts: now,
        ends: now + 14 * 24 * HOUR,
        condition: Condition::Whenever,
    };
    let issue = || IssuePermission { draft: draft.clone(), passphrase: PASSPHRASE.into() };
    // The member's word about the clinician may be a block away.
    let issued = eventually(PATIENCE, async || patient.ok(issue()).await.ok());
    issued.await.context("the permission could not be given")?;
    let arrived =
        eventually(PATIENCE, async || clinician.ok(ListInbox {}).await.ok().filter(|i| !i.shared.is_empty()));
    arrived.await.context("the permission did not reach the clinician")?;
    println!("an attested clinician with one permission is ready");
    Ok(())
}

/// Adds the six wearables, and stores a day and two weeks of them; whose the weighing of user 2 is stays to be said.
pub(crate) async fn measured(patient: &Host, sim: &mut Sim, wave: &mut Wave, hands: &Hands) -> Result<()> {
    for device in patient.ok(ScanDevices {}).await? {
        patient.ok(AddDevice { device: device.id }).await?;
    }
    let connected = eventually(PATIENCE, async || {
        patient
            .ok(ListDevices {})
            .await
            .ok()
            .filter(|all| all.iter().all(|d| d.state == DeviceState::Connected))
    });
    connected.await.context("the simulated wearables did not connect")?;
    for _ in 0..60 {
        sim.send("strap", 0x2A37, &wave.heart_rate()).await?;
    }
    for said in day::packets(hands.now(), wave) {
        let heard = sim.send(said.by, said.characteristic, &said.octets).await?;
        ensure!(heard, "the {} is not connected", said.by);
    }
    claim(patient).await?;
    let now = hands.now();
    let record = || GetRecord { category: Category::HeartRate, from: now - HOUR, to: now + HOUR, width: 800 };
    let stored = eventually(PATIENCE, async || patient.ok(record()).await.ok().filter(|r| r.total > 0));
    stored.await.context("no reading was stored")?;
    Ok(())
}

/// User 1 of cuff and scale is Maria; whose the weighing of user 2 is stays to be said.
async fn claim(patient: &Host) -> Result<()> {
    let mine = |all: Vec<UnclaimedView>| all.into_iter().filter(|u| u.user == Some(1)).collect::<Vec<_>>();
    let waiting = eventually(PATIENCE, async || {
        let all = patient.ok(ListUnclaimed {}).await.ok()?;
        (all.len() == 3).then(|| mine(all))
    });
    for held in waiting.await.context("the cuff's and the scale's readings did not arrive")? {
        patient.ok(ClaimReadings { device: held.device, user: held.user, mine: true }).await?;
    }
    Ok(())
}

/// A heart rate every second, a blood pressure every ten minutes and a dropped link every ninety seconds.
async fn beat(network: &Network, sim: &mut Sim, wave: &mut Wave) -> anyhow::Error {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    for second in 1u64.. {
        tick.tick().await;
        let sent = async {
            sim.send("strap", 0x2A37, &wave.heart_rate()).await?;
            if second % 90 == 0 {
                sim.drop_link("strap").await?;
            }
            if second % 600 == 0 {
                let now = Hands::of(network)?.now();
                sim.send("cuff", 0x2A35, &wave.blood_pressure(now)).await?;
            }
            Ok::<_, anyhow::Error>(())
        };
        if let Err(error) = sent.await {
            return error;
        }
    }
    anyhow::anyhow!("the simulation ended")
}

fn what_to_try(network: &Network) -> String {
    format!(
        "\nTwo windows are open: Maria (patient) and Dr Clarke (clinician). The passphrase of both is\n\n    {PASSPHRASE}\n\n\
         Try this:\n\
         1. Unlock both. In Maria's window, Home shows the readings that arrive each second: a strap whose link drops now \n   \
            and then, a cuff, an oximeter, a scale with two weeks of mornings, a thermometer, and a glucose meter with two \n   \
            weeks of meals.\n\
         2. In Maria's window, Devices: the meter's clock is an hour behind. Its readings are shown at the right time; \n   \
            agree, and the clock is set. The scale has weighed a second person: say that it was not Maria.\n\
         3. In Dr Clarke's window, open Maria's record from the inbox. Then look at Activity in Maria's window.\n\
         4. In Maria's window, stop the permission. Within about an hour nothing new can be opened with it; to see the next\n   \
            hour now, move every clock on:  echo 4200000 > {}\n\
         5. Close both windows, or press Ctrl-C here, to end the demonstration.\n",
        network.clock_path().display()
    )
}
