//! Asks a window to close as a window manager does when its button is pressed. There is no manager on the stage's screen, and
//! xdotool would ask one, or take the window away from its program.
//!
//! # Source
//! X Window System Protocol, version 11, appendix B (encoding); ICCCM 2.0, 4.2.8 (`WM_DELETE_WINDOW`).

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// How long the screen may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Octets of every answer to a request of ours.
const ANSWER: usize = 32;

/// Asks this window on this display (":7") to close.
///
/// # Errors
/// The screen is not there, does not answer, or has no such window.
pub fn ask_to_close(display: &str, window: u32) -> Result<()> {
    let number = display.trim_start_matches(':');
    let mut screen =
        UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).context("the screen's socket")?;
    screen.set_read_timeout(Some(PATIENCE))?;
    // Little-endian, version 11.0, without a key.
    screen.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    screen.read_exact(&mut head)?;
    ensure!(head[0] == 1, "the screen lets nobody in");
    let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
    screen.read_exact(&mut rest)?;

    let protocols = atom(&mut screen, "WM_PROTOCOLS")?;
    let close = atom(&mut screen, "WM_DELETE_WINDOW")?;
    // SendEvent to the window's own program, of a ClientMessage of 32-bit words.
    let mut event = words([25, 0, 11, 0], &[window, 0]);
    event.extend(words([33, 32, 0, 0], &[window, protocols, close, 0, 0, 0, 0]));
    screen.write_all(&event)?;
    // GetInputFocus: once it is answered, the event was sent; or an error is the answer.
    screen.write_all(&[43, 0, 1, 0])?;
    answer(&mut screen).map(drop)
}

/// InternAtom: the number of a name.
fn atom(screen: &mut UnixStream, name: &str) -> Result<u32> {
    let octets = u16::try_from(name.len())?;
    let padded = octets.next_multiple_of(4);
    let [low, high] = (2 + padded / 4).to_le_bytes();
    let mut request = words([16, 0, low, high], &[u32::from(octets)]);
    request.extend(name.as_bytes());
    request.resize(8 + usize::from(padded), 0);
    screen.write_all(&request)?;
    let said = answer(screen)?;
    Ok(u32::from_le_bytes([said[8], said[9], said[10], said[11]]))
}

fn answer(screen: &mut UnixStream) -> Result<[u8; ANSWER]> {
    let mut said = [0; ANSWER];
    screen.read_exact(&mut said).context("the screen does not answer")?;
    ensure!(said[0] == 1, "the screen refuses: error {}", said[1]);
    Ok(said)
}

/// Four octets, and words after them.
fn words(head: [u8; 4], words: &[u32]) -> Vec<u8> {
    head.into_iter().chain(words.iter().flat_map(|word| word.to_le_bytes())).collect()
}
