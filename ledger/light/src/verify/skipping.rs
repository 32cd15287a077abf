//! The bisection schedule over the verifier.

use salus_chain::block::LightBlock;
use salus_chain::time::UnixMillis;

use super::MAX_STEPS;
use super::error::VerifyError;
use super::judge::{Judgement, later};
use super::trusted::Trusted;

/// What [`Skipping`] needs or has.
#[derive(Debug)]
pub enum Progress {
    /// Provide the block at this height, then step again.
    Needs(u64),
    /// The target is trusted. All states verified on the way, the target last.
    Done(Vec<Trusted>),
}

/// Leads from one trusted state to one target block.
#[derive(Debug)]
pub struct Skipping {
    trusted: Trusted,
    // Blocks to verify, the nearest last.
    pending: Vec<LightBlock>,
    verified: Vec<Trusted>,
    needs: Option<u64>,
    steps: usize,
}

impl Skipping {
    /// Plans from `trusted` to `target`.
    #[must_use]
    pub fn new(trusted: Trusted, target: LightBlock) -> Self {
        Self { trusted, pending: vec![target], verified: Vec::new(), needs: None, steps: 1 }
    }

    /// Gives the block that [`Progress::Needs`] asked for.
    ///
    /// # Errors
    /// [`VerifyError::WrongHeight`] when it is another one.
    pub fn provide(&mut self, block: LightBlock) -> Result<(), VerifyError> {
        let given = block.height();
        match self.needs.take() {
            Some(asked) if asked == given => {
                self.pending.push(block);
                Ok(())
            }
            asked => Err(VerifyError::WrongHeight { asked: asked.unwrap_or(0), given }),
        }
    }

    /// Verifies as far as the blocks at hand allow; `now` is the own clock's.
    ///
    /// # Errors
    /// [`VerifyError`]; nothing that was verified after the last trusted state is to be used then.
    pub fn step(&mut self, now: UnixMillis) -> Result<Progress, VerifyError> {
        while let Some(block) = self.pending.last() {
            let height = block.height();
            match later(block, &self.trusted, now)? {
                Judgement::Trusted => {
                    if let Some(block) = self.pending.pop() {
                        self.trusted = Trusted::verified(block);
                        self.verified.push(self.trusted.clone());
                    }
                }
                Judgement::TooFar => return self.halve(height),
            }
        }
        Ok(Progress::Done(std::mem::take(&mut self.verified)))
    }

    fn halve(&mut self, height: u64) -> Result<Progress, VerifyError> {
        let below = self.trusted.height();
        let middle = below + (height - below) / 2;
        if middle == below {
            return Err(VerifyError::NotEnoughTrust { height });
        }
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(VerifyError::TooManySteps);
        }
        self.needs = Some(middle);
        Ok(Progress::Needs(middle))
    }
}
