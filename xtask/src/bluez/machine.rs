//! The running machine. It ends with its value, and with this process.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::parts::Parts;
use super::{folder, image};

/// What the guest's script says when the adapter is powered.
const READY: &str = "guest: ready";
/// It takes 5 to 12 s on two free cores; a busy machine may need many times that.
const PATIENCE: Duration = Duration::from_secs(180);
/// What it may take by design; longer is said aloud, and is no failure of what is tested.
const DESIGN: Duration = Duration::from_secs(60);
/// Where the guest listens: D-Bus, and one virtual controller for each connection.
const PORTS: [u16; 2] = [55550, 45550];

/// A booted guest whose adapter is on.
pub(super) struct Machine {
    process: Child,
    reader: Option<JoinHandle<()>>,
    ports: [u16; 2],
    log: PathBuf,
}

impl Machine {
    /// Starts QEMU and waits for the guest.
    pub(super) fn boot(parts: &Parts) -> Result<Self> {
        let own = format!("run-{}", std::process::id());
        let (disk, log) = (folder().join(format!("{own}.cpio")), folder().join(format!("{own}.log")));
        std::fs::write(&disk, image::pack(&parts.guest())?)?;
        let booted = Self::start(parts, &disk, log);
        // The kernel has it in memory by now.
        std::fs::remove_file(&disk)?;
        booted
    }

    fn start(parts: &Parts, disk: &Path, log: PathBuf) -> Result<Self> {
        let ports = free()?;
        let forward = [0, 1].map(|n| format!("hostfwd=tcp:127.0.0.1:{}-10.0.2.15:{}", ports[n], PORTS[n]));
        let mut qemu = parts.qemu();
        qemu.args(["-nodefaults", "-no-user-config", "-display", "none", "-monitor", "none", "-no-reboot"]);
        qemu.args(["-machine", "pc", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "512"]);
        qemu.arg("-kernel").arg(parts.kernel()).arg("-initrd").arg(disk);
        qemu.args(["-append", "console=ttyS0 panic=-1 quiet", "-serial", "stdio"]);
        // restrict: nothing in the guest reaches the network; only the two ports lead in.
        qemu.args(["-netdev", &format!("user,id=n,restrict=on,{}", forward.join(","))]);
        qemu.args(["-device", "virtio-net-pci,netdev=n,romfile=", "-device", "virtio-rng-pci"]);
        let errors = File::create(log.with_extension("err"))?;
        qemu.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        #[expect(clippy::disallowed_methods, reason = "how long it really takes is what is told")]
        let began = std::time::Instant::now();
        let mut process = qemu.spawn().context("starting QEMU (through setpriv of util-linux)")?;
        let console = process.stdout.take().context("no console")?;
        let (said, hears) = mpsc::channel();
        let mut file = File::create(&log)?;
        let reader = std::thread::spawn(move || copy(console, &mut file, &said));
        let machine = Self { process, reader: Some(reader), ports, log };
        match hears.recv_timeout(PATIENCE) {
            Ok(()) => {
                if let Some(warning) = late(began.elapsed()) {
                    println!("{warning}");
                }
                Ok(machine)
            }
            Err(_) => bail!("the machine did not come up; what it said is in {}", machine.log.display()),
        }
    }

    /// The address of its system bus.
    pub(super) fn bus(&self) -> String {
        format!("tcp:host=127.0.0.1,port={}", self.ports[0])
    }

    /// Where virtual controllers connect.
    pub(super) fn radio(&self) -> String {
        format!("127.0.0.1:{}", self.ports[1])
    }

    /// What its console said; kept unless discarded.
    pub(super) fn log(&self) -> &Path {
        &self.log
    }

    /// Removes what nobody will read.
    pub(super) fn discard_log(&self) -> Result<()> {
        std::fs::remove_file(&self.log)?;
        Ok(std::fs::remove_file(self.log.with_extension("err"))?)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // It holds nothing that has to be saved.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = self.reader.take().map(JoinHandle::join);
    }
}

/// Copies the console and reports the line that the guest ends its start with. Never stops reading: a full pipe would
/// stop the machine.
fn copy(console: ChildStdout, log: &mut File, said: &mpsc::Sender<()>) {
    for line in BufReader::new(console).split(b'\n').map_while(Result::ok) {
        let _ = log.write_all(&line).and_then(|()| log.write_all(b"\n"));
        if line.starts_with(READY.as_bytes()) {
            let _ = said.send(());
        }
    }
}

/// Two ports that nobody uses; both are held until both are known.
fn free() -> Result<[u16; 2]> {
    let held = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
    Ok([held[0].local_addr()?.port(), held[1].local_addr()?.port()])
}

/// What is said of a start that took longer than the design allows.
fn late(took: Duration) -> Option<String> {
    (took > DESIGN).then(|| {
        let (took, most) = (took.as_secs(), DESIGN.as_secs());
        format!("   SLOW: the machine took {took} s to boot, and {most} s is the most by design. Is this computer busy?")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_slow_start_is_said() {
        assert_eq!(late(DESIGN), None);
        let said = late(Duration::from_secs(61)).unwrap_or_default();
        assert!(said.contains("SLOW") && said.contains("61 s") && said.contains("60 s"), "{said}");
    }
}
