//! The node's one configuration file: typed, bounded, without a secret in it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

use salus_chain::duty::DutyGroup;
use salus_keeper::message::MAX_ROLES;
use serde::{Deserialize, Serialize};

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// Which file.
        path: String,
        /// What the file system said.
        source: std::io::Error,
    },
    /// Not TOML of this shape; unknown keys are refused.
    #[error("{path}: {reason}")]
    Parse {
        /// Which file.
        path: String,
        /// Where and why.
        reason: String,
    },
    /// A value outside its limits.
    #[error("{key}: {rule}")]
    Limit {
        /// Which key.
        key: &'static str,
        /// What it has to be.
        rule: &'static str,
    },
}

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The member's name, as in the genesis.
    pub name: String,
    /// What the log shows, in `tracing`'s filter language; the engine itself is held at `warn`.
    #[serde(default = "default_log")]
    pub log: String,
    /// Ordering.
    #[serde(default)]
    pub consensus: Consensus,
    /// The public swarm: light clients and the other members' services.
    #[serde(default)]
    pub public: Public,
    /// Health, metrics and status.
    #[serde(default)]
    pub http: Http,
    /// Transactions waiting for a block.
    #[serde(default)]
    pub mempool: MempoolLimits,
    /// Sealed data kept for others.
    #[serde(default)]
    pub depot: Depot,
    /// Releases of slot keys.
    #[serde(default)]
    pub keeper: Keeper,
}

/// Ordering between the members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Consensus {
    /// QUIC multiaddress to listen on; only members are let in.
    pub listen: String,
    /// Shortest time from one block to the next.
    pub block_interval_ms: u64,
    /// Longest time without a block while nothing is waiting.
    pub heartbeat_ms: u64,
}

/// The public swarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Public {
    /// QUIC multiaddress to listen on.
    pub listen: String,
    /// Connections at most.
    pub max_connections: u32,
    /// Requests of one connection in a minute at most.
    pub requests_per_minute: u32,
}

/// The read-only HTTP server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// A loopback address.
    pub listen: SocketAddr,
}

/// Bounds of the mempool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MempoolLimits {
    /// Transactions at most.
    pub max_txs: usize,
    /// Octets at most.
    pub max_bytes: usize,
}

/// Bounds of the depot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Depot {
    /// Octets of all blobs at most.
    pub max_bytes: u64,
    /// Octets of one blob at most.
    pub max_blob_bytes: u64,
    /// Leading zero bits asked of an upload's proof of work.
    pub pow_bits: u8,
    /// Days that a blob stays after its grant's end.
    pub grace_days: u32,
}

/// Bounds of the keeper service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keeper {
    /// Release requests of one grant in a minute at most.
    pub releases_per_minute: u32,
    /// As what this organisation has people on duty, in the words that patients choose from; 24 at most, none by default.
    pub duty_roles: Vec<String>,
}

fn default_log() -> String {
    "info".into()
}

impl Default for Consensus {
    fn default() -> Self {
        Self { listen: "/ip4/0.0.0.0/udp/26656/quic-v1".into(), block_interval_ms: 100, heartbeat_ms: 5_000 }
    }
}

impl Default for Public {
    fn default() -> Self {
        Self {
            listen: "/ip4/0.0.0.0/udp/26657/quic-v1".into(),
            max_connections: 1_024,
            requests_per_minute: 1_200,
        }
    }
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 26660)) }
    }
}

impl Default for MempoolLimits {
    fn default() -> Self {
        Self { max_txs: 10_000, max_bytes: 16 << 20 }
    }
}

impl Default for Depot {
    fn default() -> Self {
        Self { max_bytes: 64 << 30, max_blob_bytes: 8 << 20, pow_bits: 12, grace_days: 7 }
    }
}

impl Default for Keeper {
    fn default() -> Self {
        Self { releases_per_minute: 120, duty_roles: Vec::new() }
    }
}

impl Keeper {
    fn roles_hold(&self) -> bool {
        let distinct: BTreeSet<&String> = self.duty_roles.iter().collect();
        let usable = self.duty_roles.iter().all(|role| DutyGroup::new(1, role).is_ok());
        self.duty_roles.len() <= MAX_ROLES && distinct.len() == self.duty_roles.len() && usable
    }
}

impl Config {
    /// The defaults, for a member called `name`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.into(),
            log: default_log(),
            consensus: Consensus::default(),
            public: Public::default(),
            http: Http::default(),
            mempool: MempoolLimits::default(),
            depot: Depot::default(),
            keeper: Keeper::default(),
        }
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`ConfigError`] names the file or the key and what it has to be.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: shown.clone(), source })?;
        let config: Self =
            toml::from_str(&text).map_err(|e| ConfigError::Parse { path: shown, reason: e.to_string() })?;
        config.check()?;
        Ok(config)
    }

    /// As the file is written.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// Checks every limit.
    ///
    /// # Errors
    /// [`ConfigError::Limit`] with the first value out of bounds.
    pub fn check(&self) -> Result<(), ConfigError> {
        let quic = |address: &str| {
            address.parse::<libp2p::Multiaddr>().is_ok_and(|a| a.to_string().ends_with("/quic-v1"))
        };
        let rules = [
            (!self.name.is_empty() && self.name.len() <= 80, "name", "1 to 80 octets"),
            (quic(&self.consensus.listen), "consensus.listen", "a multiaddress that ends in /quic-v1"),
            (quic(&self.public.listen), "public.listen", "a multiaddress that ends in /quic-v1"),
            (
                (20..=10_000).contains(&self.consensus.block_interval_ms),
                "consensus.block_interval_ms",
                "20 to 10000",
            ),
            (
                (self.consensus.block_interval_ms..=30_000).contains(&self.consensus.heartbeat_ms),
                "consensus.heartbeat_ms",
                "from block_interval_ms to 30000: a head older than 60 s unlocks nothing",
            ),
            (self.http.listen.ip().is_loopback(), "http.listen", "a loopback address"),
            ((1..=100_000).contains(&self.mempool.max_txs), "mempool.max_txs", "1 to 100000"),
            ((1 << 20..=1 << 30).contains(&self.mempool.max_bytes), "mempool.max_bytes", "1 MiB to 1 GiB"),
            (self.depot.max_blob_bytes <= 64 << 20, "depot.max_blob_bytes", "at most 64 MiB"),
            (self.depot.pow_bits <= 24, "depot.pow_bits", "at most 24"),
            ((1..=65_536).contains(&self.public.max_connections), "public.max_connections", "1 to 65536"),
            (self.public.requests_per_minute > 0, "public.requests_per_minute", "at least 1"),
            (self.keeper.releases_per_minute > 0, "keeper.releases_per_minute", "at least 1"),
            (
                self.keeper.roles_hold(),
                "keeper.duty_roles",
                "at most 24, each 1 to 40 characters on one line, and once",
            ),
        ];
        match rules.into_iter().find(|(holds, ..)| !holds) {
            Some((_, key, rule)) => Err(ConfigError::Limit { key, rule }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid_and_survive_the_file() {
        let config = Config::named("North");
        config.check().unwrap();
        assert_eq!(toml::from_str::<Config>(&config.to_toml()).unwrap(), config);
        assert_eq!(toml::from_str::<Config>("name = \"North\"").unwrap(), config);
    }

    #[test]
    fn the_example_that_is_packaged_says_every_default() {
        let example = include_str!("../linux/config.toml.example");
        let config: Config = toml::from_str(example).unwrap();
        assert_eq!(config, Config::named(&config.name));
        // Each key is told: what an operator does not find there cannot be set.
        for line in config.to_toml().lines().filter(|line| !line.is_empty()) {
            let key = line.split(" = ").next().unwrap();
            assert!(example.lines().any(|l| l.starts_with(key)), "{key}");
        }
    }

    #[test]
    fn unknown_keys_and_values_out_of_bounds_are_refused() {
        assert!(toml::from_str::<Config>("name = \"x\"\ncolour = 1").is_err());
        let mut config = Config::named("North");
        config.http.listen = "0.0.0.0:80".parse().unwrap();
        assert!(matches!(config.check(), Err(ConfigError::Limit { key: "http.listen", .. })));
        let mut config = Config::named("North");
        config.consensus.listen = "/ip4/127.0.0.1/tcp/1".into();
        assert!(matches!(config.check(), Err(ConfigError::Limit { key: "consensus.listen", .. })));
    }

    #[test]
    fn roles_are_few_and_read_as_what_they_are() {
        let roles = |roles: &[&str]| {
            let mut config = Config::named("North");
            config.keeper.duty_roles = roles.iter().map(|role| (*role).to_owned()).collect();
            config.check().is_ok()
        };
        assert!(roles(&["Emergency department", "Night"]));
        assert!(!roles(&["Night", "Night"]) && !roles(&[""]) && !roles(&["a\nb"]));
        let many: Vec<String> = (0..=MAX_ROLES).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(roles(&many[1..]) && !roles(&many));
    }
}
