//! What a window manager does and hears. There is none on the stage's screen, and xdotool would ask one, or take the window away from
//! its program: a window is asked to close as when its button is pressed, it is made to fill the screen, and asks for that itself.
//!
//! # Source
//! X Window System Protocol, version 11, appendix B (encoding); ICCCM 2.0, 4.2.8 (`WM_DELETE_WINDOW`); Extended Window Manager Hints
//! 1.5 (`_NET_WM_STATE`).

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// How long the screen may take to answer, and a window to ask for something.
const PATIENCE: Duration = Duration::from_secs(10);
/// Octets of every answer, error and event, without what follows an answer.
const ANSWER: usize = 32;
/// The type of a property that holds names.
const ATOM: u32 = 4;
/// That somebody asks to be told of what windows ask the manager for.
const SUBSTRUCTURE_NOTIFY: u32 = 1 << 19;

/// Asks this window on this display (":7") to close.
///
/// # Errors
/// The screen is not there, does not answer, or has no such window.
pub fn ask_to_close(display: &str, window: u32) -> Result<()> {
    let mut manager = Manager::begin(display)?;
    let protocols = manager.atom("WM_PROTOCOLS")?;
    let close = manager.atom("WM_DELETE_WINDOW")?;
    // SendEvent to the window's own program, of a ClientMessage of 32-bit words.
    let mut event = words([25, 0, 11, 0], &[window, 0]);
    event.extend(words([33, 32, 0, 0], &[window, protocols, close, 0, 0, 0, 0]));
    manager.does(&event)
}

/// Whoever manages the windows of a screen.
#[derive(Debug)]
pub struct Manager {
    screen: UnixStream,
    /// The window behind all others.
    root: u32,
    /// The screen's width and height.
    size: [u32; 2],
    /// The name of the property that says how a window stands.
    state: u32,
    /// What it says of one that fills the screen, in both directions.
    filled: [u32; 2],
}

impl Manager {
    /// On this display (":7").
    ///
    /// # Errors
    /// The screen is not there, or does not answer.
    pub fn begin(display: &str) -> Result<Self> {
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
        // After what is fixed come the maker's name, the pictures' formats, and the first screen.
        let maker = u16::from_le_bytes([rest[16], rest[17]]).next_multiple_of(4);
        let first = 32 + usize::from(maker) + 8 * usize::from(rest[21]);
        let side = |at: usize| u32::from(u16::from_le_bytes([rest[first + at], rest[first + at + 1]]));
        let size = [side(20), side(22)];
        let root = word(&rest, first);
        let mut manager = Self { screen, root, size, state: 0, filled: [0; 2] };
        manager.state = manager.atom("_NET_WM_STATE")?;
        for (at, name) in ["_NET_WM_STATE_MAXIMIZED_HORZ", "_NET_WM_STATE_MAXIMIZED_VERT"].iter().enumerate()
        {
            manager.filled[at] = manager.atom(name)?;
        }
        Ok(manager)
    }

    /// The screen's width and height.
    #[must_use]
    pub const fn size(&self) -> [u32; 2] {
        self.size
    }

    /// From now on hears what windows ask for.
    ///
    /// # Errors
    /// The screen does not answer.
    pub fn listens(&mut self) -> Result<()> {
        // ChangeWindowAttributes, of the events that are told.
        self.does(&words([2, 0, 4, 0], &[self.root, 1 << 11, SUBSTRUCTURE_NOTIFY]))
    }

    /// Makes this window fill the screen, as when somebody presses its button for that.
    ///
    /// # Errors
    /// The screen does not answer, or has no such window.
    pub fn fills(&mut self, window: u32) -> Result<()> {
        let ([width, height], [wide, high]) = (self.size, self.filled);
        // ConfigureWindow, of left, top, width and height; ChangeProperty, in place of what is there, of 32-bit words.
        let mut request = words([12, 0, 7, 0], &[window, 0b1111, 0, 0, width, height]);
        request.extend(words([18, 0, 8, 0], &[window, self.state, ATOM]));
        request.extend(words([32, 0, 0, 0], &[2, wide, high]));
        self.does(&request)
    }

    /// Waits until this window has asked to fill the screen: when it came, by what it says of itself, or since this manager listens.
    ///
    /// # Errors
    /// It does not.
    pub fn is_asked_to_fill(&mut self, window: u32) -> Result<()> {
        // GetProperty.
        self.screen.write_all(&words([20, 0, 6, 0], &[window, self.state, ATOM, 0, 64]))?;
        loop {
            let (said, more) = self.hears().context("it does not ask to fill the screen")?;
            let asks = match said[0] & 0x7f {
                0 => anyhow::bail!("the screen refuses: error {}", said[1]),
                1 => more,
                // ClientMessage of that property: to be added, and what.
                33 if [word(&said, 4), word(&said, 8), word(&said, 12)] == [window, self.state, 1] => {
                    said[16..24].to_vec()
                }
                _ => Vec::new(),
            };
            let asks: Vec<u32> = (0..asks.len() / 4).map(|at| word(&asks, at * 4)).collect();
            if self.filled.iter().all(|side| asks.contains(side)) {
                return Ok(());
            }
        }
    }

    /// Sends a request that has no answer, and waits until it is done.
    fn does(&mut self, request: &[u8]) -> Result<()> {
        self.screen.write_all(request)?;
        // GetInputFocus: once it is answered, the request was done; or an error is the answer.
        self.screen.write_all(&[43, 0, 1, 0])?;
        self.answer().map(drop)
    }

    /// InternAtom: the number of a name.
    fn atom(&mut self, name: &str) -> Result<u32> {
        let octets = u16::try_from(name.len())?;
        let padded = octets.next_multiple_of(4);
        let [low, high] = (2 + padded / 4).to_le_bytes();
        let mut request = words([16, 0, low, high], &[u32::from(octets)]);
        request.extend(name.as_bytes());
        request.resize(8 + usize::from(padded), 0);
        self.screen.write_all(&request)?;
        Ok(word(&self.answer()?, 8))
    }

    /// The answer to a request, whatever was heard before it.
    fn answer(&mut self) -> Result<[u8; ANSWER]> {
        loop {
            let (said, _) = self.hears().context("the screen does not answer")?;
            ensure!(said[0] != 0, "the screen refuses: error {}", said[1]);
            if said[0] == 1 {
                return Ok(said);
            }
        }
    }

    /// The next answer, error or event, and what follows an answer.
    fn hears(&mut self) -> Result<([u8; ANSWER], Vec<u8>)> {
        let mut said = [0; ANSWER];
        self.screen.read_exact(&mut said)?;
        let more = if said[0] == 1 { usize::try_from(word(&said, 4))? * 4 } else { 0 };
        let mut rest = vec![0; more];
        self.screen.read_exact(&mut rest)?;
        Ok((said, rest))
    }
}

/// The word that begins at this octet.
fn word(octets: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([octets[at], octets[at + 1], octets[at + 2], octets[at + 3]])
}

/// Four octets, and words after them.
fn words(head: [u8; 4], words: &[u32]) -> Vec<u8> {
    head.into_iter().chain(words.iter().flat_map(|word| word.to_le_bytes())).collect()
}
