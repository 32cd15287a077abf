//! A device that records an electrocardiogram when it is told to, on one link.

use btleplug::api::Characteristic;
use salus_wire::UnixMillis;

use super::{Conversation, SessionEvent};
use crate::gatt::Malformed;
use crate::gatt::polar_pmd::recording::{Outcome, Recording, Step};
use crate::gatt::polar_pmd::{self, Error, Message};

/// The control point, and the recording under way.
#[derive(Debug)]
pub(super) struct Recorder {
    control: Characteristic,
    recording: Option<Recording>,
}

impl Recorder {
    pub(super) const fn new(control: Characteristic) -> Self {
        Self { control, recording: None }
    }

    /// Begins one of so many milliseconds; not while one is under way.
    pub(super) fn begin(&mut self, length: i64) -> Result<(), Error> {
        if self.recording.is_some() {
            return Err(Error::AlreadyInState);
        }
        self.recording = Some(Recording::new(length));
        Ok(())
    }

    pub(super) fn stop(&mut self) {
        self.recording.iter_mut().for_each(Recording::stop);
    }

    pub(super) fn said(&mut self, message: Message<'_>, now: UnixMillis) {
        self.recording.iter_mut().for_each(|r| r.message(message, now));
    }

    /// The write failed, or the link ended.
    pub(super) fn lost(&mut self) {
        self.recording.iter_mut().for_each(Recording::lost);
    }

    /// What is to be told.
    pub(super) fn outcome(&mut self) -> Option<Outcome> {
        let told = self.recording.as_mut().and_then(Recording::outcome);
        self.recording.take_if(|r| r.is_over());
        told
    }

    /// What is to be written now.
    pub(super) fn due(&mut self, now: UnixMillis) -> Option<(Characteristic, Vec<u8>)> {
        match self.recording.as_mut()?.step(now) {
            Step::Send(octets) => Some((self.control.clone(), octets)),
            Step::Wait => None,
        }
    }
}

impl Conversation {
    pub(super) fn recorder_outcome(&mut self) -> Option<SessionEvent> {
        self.recorder.as_mut().and_then(Recorder::outcome).map(SessionEvent::Electrocardiogram)
    }

    /// The person wants an electrocardiogram of so many milliseconds; what cannot be done is told at once.
    pub(in crate::central) fn begin_recording(&mut self, length: i64) -> Option<SessionEvent> {
        let begun = self.recorder.as_mut().ok_or(Error::NotSupported).and_then(|r| r.begin(length));
        begun.err().map(|error| SessionEvent::Electrocardiogram(Outcome::Refused(error)))
    }

    /// The person ends it.
    pub(in crate::central) fn stop_recording(&mut self) {
        self.recorder.iter_mut().for_each(Recorder::stop);
    }

    /// The recorder's control point said something.
    pub(in crate::central) fn recorder_said(
        &mut self,
        octets: &[u8],
        now: UnixMillis,
    ) -> Result<(), Malformed> {
        let message = polar_pmd::message(octets)?;
        self.recorder.iter_mut().for_each(|r| r.said(message, now));
        Ok(())
    }

    /// The link ended; what a recording came to.
    pub(in crate::central) fn end_recording(&mut self) -> Option<SessionEvent> {
        self.recorder.iter_mut().for_each(Recorder::lost);
        self.recorder_outcome()
    }
}
