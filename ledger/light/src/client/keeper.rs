//! One keeper: hands it a share, and asks it for slots.

use super::LightClient;
use super::error::LightError;
use crate::p2p::Protocol;

/// The way to one keeper; borrowed from the client.
#[derive(Clone, Copy)]
pub struct KeeperLink<'a> {
    client: &'a LightClient,
    index: u16,
}

impl<'a> KeeperLink<'a> {
    pub(super) fn new(client: &'a LightClient, index: u16) -> Self {
        Self { client, index }
    }

    /// The keeper's index, from 1.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.index
    }

    /// One exchange on `/salus/keeper/1`: the encoded request, the encoded reply.
    ///
    /// # Errors
    /// [`LightError`] names the keeper.
    pub async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, LightError> {
        let answer = self.client.0.members.ask(self.index, Protocol::Keeper, request).await;
        answer.map_err(|error| LightError::from_ask(self.index, error))
    }
}
