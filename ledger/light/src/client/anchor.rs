//! Where trust begins: the anchor of the members' list, and what is said when nothing is trusted any more.

use salus_chain::block::LightBlock;
use salus_chain::codec::Record;
use salus_chain::genesis::TrustAnchor;
use salus_chain::query::LightRequest;

use super::LightClient;
use super::chain::Chain;
use super::error::LightError;
use super::head::FRESH_MS;
use super::sync::{light_block, refused};
use crate::p2p::Protocol;
use crate::verify::{HeaderFault, VerifyError, vouched_for};

impl LightClient {
    /// Takes up the list's anchor as soon as a member shows its block. While something older is still trusted, the block is
    /// verified from that as any other; a person's word counts alone only when nothing else does.
    pub(super) async fn take_up(&self, chain: &mut Chain) -> Result<(), LightError> {
        let Some(anchor) = chain.anchor else { return Ok(()) };
        let (member, block) = self.anchored(&anchor).await?;
        let states = match self.skip(chain.latest().clone(), block.clone(), member).await {
            Err(LightError::AnchorExpired) => {
                vec![vouched_for(block, self.now()).map_err(|error| refused(member, error))?]
            }
            verified => verified?,
        };
        tracing::info!(height = anchor.height, "the members' list's anchor is taken up");
        for state in states {
            chain.keep(state);
        }
        chain.anchor = None;
        self.save(chain).await
    }

    /// The anchor's block, from the first member that shows it.
    async fn anchored(&self, anchor: &TrustAnchor) -> Result<(u16, LightBlock), LightError> {
        let body = LightRequest::LightBlock { height: anchor.height }.encode();
        let accept = |member: u16, reply: Vec<u8>| {
            let block = light_block(member, &reply)?;
            if block.height() != anchor.height {
                return Err(LightError::BadReply { member });
            }
            if !self.is_of_chain(&block) {
                let error = VerifyError::Refused { height: anchor.height, fault: HeaderFault::Chain };
                return Err(LightError::Header { member, error });
            }
            if block.hash() != anchor.header_hash || block.time_ms() != anchor.time_ms {
                return Err(LightError::OtherAnchor { member });
            }
            Ok((member, block))
        };
        self.0.members.first(Protocol::Light, &body, accept).await
    }

    /// Nothing is trusted by the own clock any more. That is so for who was away too long; and for whose clock is ahead,
    /// and of a chain that has stopped: then the newest blocks on offer are not of our time either. They are not verified,
    /// and decide about nothing but the words.
    pub(super) async fn nothing_trusted(&self) -> LightError {
        let offers = match self.offers().await {
            Ok(offers) => offers,
            Err(error) => return error,
        };
        let now = self.now();
        let of_our_time = |block: &LightBlock| block.time_ms().abs_diff(now) <= FRESH_MS.unsigned_abs();
        if offers.iter().any(|(_, block)| of_our_time(block)) {
            return LightError::AnchorExpired;
        }
        let newest = offers.iter().map(|(_, block)| block).max_by_key(|block| block.time_ms());
        newest.map_or(LightError::AnchorExpired, |block| LightError::OutOfDate {
            height: block.height(),
            time_ms: block.time_ms(),
        })
    }

    pub(super) fn is_of_chain(&self, block: &LightBlock) -> bool {
        block.signed_header.header.chain_id.as_str() == self.0.tendermint_chain_id
    }
}
