//! Malachite (`arc-malachitebft` 0.8.2) behind [`OrderingEngine`]: configuration, identity, start and stop.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_malachitebft_app_channel as channel;
use arc_malachitebft_codec::Codec;
use arc_malachitebft_core_types::ValidatorProof;
use arc_malachitebft_signing::Signer as _;
use channel::app::config::{ConsensusConfig, NodeConfig, ProtocolNames, ValuePayload, ValueSyncConfig};
use channel::app::types::Keypair;
use channel::{
    ConsensusContext, EngineBuilder, EngineHandle, NetworkContext, NetworkIdentity, RequestContext,
    SyncContext, WalContext,
};
use salus_chain::genesis::Genesis;
use salus_chain::sign::SigningKey;
use salus_chain::time::Clock;
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::codec::SalusCodec;
use super::context::{Address, SalusContext, Validator, ValidatorSet};
use super::ordering::{Ordering, Other};
use super::pace::Pace;
use super::signature::{PublicKey, Signer, Verifier};
use super::{Application, EngineError, Guard, OrderingEngine};
use crate::config;
use crate::present::Measured;

/// How long the actors may take to end.
const STOP: Duration = Duration::from_secs(5);

/// One member's engine, not yet running.
pub struct Malachite {
    /// The members and their addresses.
    pub genesis: Genesis,
    /// This member's index, from 1.
    pub index: u16,
    /// Signs votes.
    pub consensus: SigningKey,
    /// Seed of the libp2p identity.
    pub network: Zeroizing<[u8; 32]>,
    /// Listen address and pace.
    pub config: config::Consensus,
    /// The engine's log.
    pub wal: PathBuf,
    /// The record of the last signature.
    pub guard: Guard,
    /// The node's clock.
    pub clock: Arc<dyn Clock>,
    /// Learns how far the clock is from blocks as they are decided.
    pub measured: Measured,
    /// Transactions that wait.
    pub waiting: watch::Receiver<usize>,
}

struct EngineConfig {
    moniker: String,
    consensus: ConsensusConfig,
    value_sync: ValueSyncConfig,
}

impl NodeConfig for EngineConfig {
    fn moniker(&self) -> &str {
        &self.moniker
    }

    fn consensus(&self) -> &ConsensusConfig {
        &self.consensus
    }

    fn consensus_mut(&mut self) -> &mut ConsensusConfig {
        &mut self.consensus
    }

    fn value_sync(&self) -> &ValueSyncConfig {
        &self.value_sync
    }

    fn value_sync_mut(&mut self) -> &mut ValueSyncConfig {
        &mut self.value_sync
    }
}

fn start(error: impl std::fmt::Display) -> EngineError {
    EngineError::Start(error.to_string())
}

/// The members as the engine's validators.
fn validators(genesis: &Genesis) -> Result<ValidatorSet, EngineError> {
    let validator = |member: &salus_chain::genesis::Member| {
        let id = salus_chain::block::account_id(&member.consensus_pk).map_err(start)?;
        let address = id.as_bytes().try_into().map(Address).map_err(start)?;
        let public_key = PublicKey::from_bytes(&member.consensus_pk.0).map_err(start)?;
        Ok(Validator { address, public_key, power: 1 })
    };
    Ok(ValidatorSet::new(genesis.members.iter().map(validator).collect::<Result<_, EngineError>>()?))
}

impl Malachite {
    fn engine_config(&self) -> Result<EngineConfig, EngineError> {
        let mut consensus =
            ConsensusConfig { value_payload: ValuePayload::ProposalAndParts, ..Default::default() };
        consensus.p2p.listen_addr = self.config.listen.parse().map_err(start)?;
        for (index, member) in (1u16..).zip(&self.genesis.members) {
            if index != self.index {
                let address = format!("{}/p2p/{}", member.consensus_addr, member.peer_id);
                consensus.p2p.persistent_peers.push(address.parse().map_err(start)?);
            }
        }
        // The members are the allow-list: nobody else is let in, so the limits for strangers only hinder members.
        consensus.p2p.persistent_peers_only = true;
        consensus.p2p.discovery.enabled = false;
        consensus.p2p.discovery.max_connections_per_ip = 100;
        consensus.p2p.discovery.ip_throttle_duration = Duration::ZERO;
        let chain = self.genesis.tendermint_chain_id();
        let name = |what: &str| format!("/{chain}/{what}/1");
        consensus.p2p.protocol_names = ProtocolNames {
            consensus: name("consensus"),
            discovery_kad: name("kad"),
            discovery_regres: name("discovery"),
            sync: name("sync"),
            validator_proof: name("validator"),
        };
        let value_sync = ValueSyncConfig {
            status_update_interval: Duration::from_secs(1),
            request_timeout: Duration::from_secs(5),
            ..Default::default()
        };
        let moniker = format!("member-{}", self.index);
        Ok(EngineConfig { moniker, consensus, value_sync })
    }
}

impl OrderingEngine for Malachite {
    async fn run<A: Application>(
        self,
        application: A,
        stop: watch::Receiver<bool>,
    ) -> Result<(), EngineError> {
        let config = self.engine_config()?;
        let members = (1u16..).zip(&self.genesis.members).filter(|(index, _)| *index != self.index);
        let addresses = config.consensus.p2p.persistent_peers.iter().cloned();
        let others = members
            .zip(addresses)
            .map(|((_, member), address)| Other { peer: member.peer_id.clone(), address });
        let others = others.collect();
        let set = validators(&self.genesis)?;
        let public_key = self.consensus.verifying_key();
        let id = salus_chain::block::account_id(&public_key).map_err(start)?;
        let own: Address = id.as_bytes().try_into().map(Address).map_err(start)?;
        let chain = self.genesis.chain_id();
        let keypair = Keypair::ed25519_from_bytes(*self.network).map_err(start)?;
        let peer = keypair.public().to_peer_id();
        let signer = Signer { chain, key: self.consensus, guard: self.guard };
        let proof =
            signer.sign_validator_proof(public_key.0.to_vec(), peer.to_bytes()).await.map_err(start)?;
        let proof = Codec::<ValidatorProof<SalusContext>>::encode(&SalusCodec, &proof).map_err(start)?;
        let identity =
            NetworkIdentity::new_validator(config.moniker.clone(), keypair, own.to_string(), proof);
        let verifier = Verifier { chain };
        let (channels, engine) = EngineBuilder::new(SalusContext, config)
            .with_default_wal(WalContext::new(self.wal, SalusCodec))
            .with_default_network(NetworkContext::new(identity, SalusCodec))
            .with_default_consensus(ConsensusContext::new_validator(
                own,
                Box::new(verifier),
                Box::new(signer),
            ))
            .with_default_sync(SyncContext::new(SalusCodec))
            .with_default_request(RequestContext::new(100))
            .build()
            .await
            .map_err(start)?;
        let (seen, seen_at) = watch::channel(0);
        let pace = Pace {
            clock: self.clock,
            interval_ms: i64::try_from(self.config.block_interval_ms).unwrap_or(i64::MAX),
            heartbeat_ms: i64::try_from(self.config.heartbeat_ms).unwrap_or(i64::MAX),
            waiting: self.waiting,
            seen: seen_at,
        };
        let peers = self.genesis.members.iter().map(|member| member.peer_id.clone()).collect();
        let ordered = Ordering::new(application, set, own, peers, pace, seen, self.measured);
        let ordered = ordered.run(others, channels, stop).await;
        end(engine).await;
        ordered
    }
}

/// Ends the actors, so that the log is closed before the process goes.
async fn end(engine: EngineHandle) {
    let reason = Some("the node stops".to_owned());
    let cell = engine.actor.get_cell();
    let stopped = cell.stop_children_and_wait(reason.clone(), Some(STOP));
    if tokio::time::timeout(STOP, stopped).await.is_err() {
        tracing::warn!("the engine's actors did not end in time");
    }
    engine.actor.stop(reason);
    if tokio::time::timeout(STOP, engine.handle).await.is_err() {
        tracing::warn!("the engine did not end in time");
    }
}
