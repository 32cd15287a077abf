//! The members' depots: sealed octets under their hash, found by locators.

use super::LightClient;
use super::error::LightError;
use crate::p2p::Protocol;

/// The way to every depot; borrowed from the client.
#[derive(Clone, Copy)]
pub struct Depots<'a> {
    client: &'a LightClient,
}

impl<'a> Depots<'a> {
    pub(super) fn new(client: &'a LightClient) -> Self {
        Self { client }
    }

    /// One exchange with one member's depot on `/salus/depot/1`: the encoded request, the encoded reply.
    ///
    /// # Errors
    /// [`LightError`] names the member.
    pub async fn ask(&self, member: u16, request: Vec<u8>) -> Result<Vec<u8>, LightError> {
        let answer = self.client.0.members.ask(member, Protocol::Depot, request).await;
        answer.map_err(|error| LightError::from_ask(member, error))
    }
}
