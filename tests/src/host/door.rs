//! Who may ask: the token of this start, from this computer, for this host and origin.

use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use rand::TryRng;
use rand::rngs::SysRng;

/// A one-time bearer token, 32 random octets in hexadecimal.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A fresh token.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn fresh() -> anyhow::Result<Self> {
        let mut octets = [0; 32];
        SysRng.try_fill_bytes(&mut octets)?;
        Ok(Self(hex::encode(octets)))
    }

    /// The text, for the first line on standard output.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Equal, in a time that does not tell where the first difference is.
    #[must_use]
    pub fn fits(&self, other: &str) -> bool {
        let (a, b) = (self.0.as_bytes(), other.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y)) == 0
    }
}

/// What this start accepts.
#[derive(Clone)]
pub struct Door {
    token: Token,
    hosts: [String; 2],
}

impl Door {
    /// The door of a server on 127.0.0.1 at `port`.
    #[must_use]
    pub fn new(token: Token, port: u16) -> Self {
        Self { token, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// Refuses another `Host` (a name rebound to 127.0.0.1) and another `Origin` (a page of another site).
    ///
    /// # Errors
    /// 421 and 403.
    pub fn check_origin(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
        if !self.hosts.iter().any(|h| h == host) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        match headers.get(ORIGIN) {
            None => Ok(()),
            Some(origin) => {
                let ours = self.hosts.iter().any(|h| origin.as_bytes() == format!("http://{h}").as_bytes());
                if ours { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
            }
        }
    }

    /// Wants the token, from the header or (for event streams, whose client cannot set one) from the query.
    ///
    /// # Errors
    /// 401.
    pub fn check_token(&self, headers: &HeaderMap, query: Option<&str>) -> Result<(), StatusCode> {
        let header = headers.get(AUTHORIZATION).and_then(|h| h.to_str().ok());
        let sent = header.and_then(|h| h.strip_prefix("Bearer ")).or(query).unwrap_or_default();
        if self.token.fits(sent) { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn only_this_host_this_origin_and_this_token_pass() {
        let token = Token::fresh().unwrap();
        let door = Door::new(token.clone(), 4711);
        assert!(door.check_origin(&headers(&[("host", "127.0.0.1:4711")])).is_ok());
        let both = [("host", "localhost:4711"), ("origin", "http://localhost:4711")];
        assert!(door.check_origin(&headers(&both)).is_ok());
        for bad in [
            &[("host", "evil.example:4711")][..],
            &[("host", "127.0.0.1:4712")],
            &[],
            &[("host", "127.0.0.1:4711"), ("origin", "https://evil.example")],
            &[("host", "127.0.0.1:4711"), ("origin", "null")],
        ] {
            assert!(door.check_origin(&headers(bad)).is_err(), "{bad:?}");
        }
        let bearer = format!("Bearer {}", token.expose());
        assert!(door.check_token(&headers(&[("authorization", &bearer)]), None).is_ok());
        assert!(door.check_token(&HeaderMap::new(), Some(token.expose())).is_ok());
        assert!(door.check_token(&HeaderMap::new(), None).is_err());
        assert!(door.check_token(&HeaderMap::new(), Some("")).is_err());
        assert!(door.check_token(&HeaderMap::new(), Some(&token.expose()[1..])).is_err());
    }
}
