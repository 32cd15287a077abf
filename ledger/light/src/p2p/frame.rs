//! Frames: one length-limited body each way.

use std::io;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use libp2p::StreamProtocol;
use libp2p::request_response::Codec;

use super::Limits;

/// Why a member did not process a request's body; one octet of every reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// The announced length is above the protocol's limit.
    #[error("the message is larger than the protocol allows")]
    Oversized,
    /// The stream ended before the announced length.
    #[error("the message is shorter than it announced")]
    Truncated,
    /// The body does not decode.
    #[error("the message is malformed")]
    Malformed,
    /// Rate or load limit; ask later or elsewhere.
    #[error("the member is busy")]
    Busy,
    /// The member could not answer for a reason of its own.
    #[error("the member failed")]
    Internal,
    /// The body decodes, and this member does not serve it.
    #[error("the member does not serve this request")]
    Unserved,
}

impl Fault {
    /// The octet on the wire; 0 is a reply without a fault.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Oversized => 1,
            Self::Truncated => 2,
            Self::Malformed => 3,
            Self::Busy => 4,
            Self::Internal => 5,
            Self::Unserved => 6,
        }
    }

    /// The fault that an octet names.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        Some(match code {
            1 => Self::Oversized,
            2 => Self::Truncated,
            3 => Self::Malformed,
            4 => Self::Busy,
            5 => Self::Internal,
            6 => Self::Unserved,
            _ => return None,
        })
    }
}

/// A body, or why there is none.
pub(crate) type Body = Result<Vec<u8>, Fault>;

/// The framing of one protocol.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frames {
    pub(crate) limits: Limits,
}

impl Frames {
    async fn read_body<T>(io: &mut T, limit: u32) -> io::Result<Body>
    where
        T: AsyncRead + Unpin + Send,
    {
        let mut length = [0; 4];
        match io.read_exact(&mut length).await {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(Err(Fault::Truncated)),
            Err(e) => return Err(e),
        }
        let length = u32::from_be_bytes(length);
        if length > limit {
            return Ok(Err(Fault::Oversized));
        }
        let mut body = Vec::new();
        let read = io.take(u64::from(length)).read_to_end(&mut body).await?;
        Ok(if read == length as usize { Ok(body) } else { Err(Fault::Truncated) })
    }

    async fn write_body<T>(io: &mut T, body: &[u8], limit: u32) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        let length = u32::try_from(body.len())
            .ok()
            .filter(|length| *length <= limit)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, Fault::Oversized))?;
        io.write_all(&length.to_be_bytes()).await?;
        io.write_all(body).await
    }
}

impl Codec for Frames {
    type Protocol = StreamProtocol;
    type Request = Body;
    type Response = Body;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Body>
    where
        T: AsyncRead + Unpin + Send,
    {
        Self::read_body(io, self.limits.request).await
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Body>
    where
        T: AsyncRead + Unpin + Send,
    {
        let mut fault = [0];
        io.read_exact(&mut fault).await?;
        match fault {
            // A reply that breaks its own framing is the member's failure, not an answer.
            [0] => Self::read_body(io, self.limits.reply)
                .await?
                .map(Ok)
                .map_err(|fault| io::Error::new(io::ErrorKind::InvalidData, fault)),
            [code] => {
                Ok(Err(Fault::from_code(code).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?))
            }
        }
    }

    async fn write_request<T>(&mut self, _: &StreamProtocol, io: &mut T, body: Body) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        let body = body.map_err(|fault| io::Error::new(io::ErrorKind::InvalidInput, fault))?;
        Self::write_body(io, &body, self.limits.request).await
    }

    async fn write_response<T>(&mut self, _: &StreamProtocol, io: &mut T, body: Body) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        match body {
            Ok(body) => {
                io.write_all(&[0]).await?;
                Self::write_body(io, &body, self.limits.reply).await
            }
            Err(fault) => {
                io.write_all(&[fault.code()]).await?;
                Self::write_body(io, &[], self.limits.reply).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Protocol;
    use super::*;
    use futures::executor::block_on;
    use futures::io::Cursor;

    const NAME: StreamProtocol = StreamProtocol::new("/salus/light/1");

    fn frames() -> Frames {
        Frames { limits: Limits { request: 8, reply: 8, ..Protocol::Light.limits() } }
    }

    fn request(bytes: &[u8]) -> Body {
        block_on(frames().read_request(&NAME, &mut Cursor::new(bytes.to_vec()))).unwrap()
    }

    #[test]
    fn a_request_body_is_read_to_its_announced_length() {
        assert_eq!(request(&[0, 0, 0, 2, 7, 8]), Ok(vec![7, 8]));
        assert_eq!(request(&[0, 0, 0, 0]), Ok(vec![]));
    }

    #[test]
    fn an_oversized_or_truncated_request_is_a_fault_and_allocates_nothing() {
        assert_eq!(request(&[0, 0, 0, 9]), Err(Fault::Oversized));
        assert_eq!(request(&[0xff; 4]), Err(Fault::Oversized));
        assert_eq!(request(&[0, 0]), Err(Fault::Truncated));
        assert_eq!(request(&[]), Err(Fault::Truncated));
        assert_eq!(request(&[0, 0, 0, 3, 1]), Err(Fault::Truncated));
    }

    #[test]
    fn every_reply_reads_back_as_written() {
        let all = [Ok(vec![1, 2, 3]), Ok(vec![])]
            .into_iter()
            .chain((1..=6).map(|code| Err(Fault::from_code(code).unwrap())));
        for body in all {
            let mut wire = Cursor::new(Vec::new());
            block_on(frames().write_response(&NAME, &mut wire, body.clone())).unwrap();
            wire.set_position(0);
            assert_eq!(block_on(frames().read_response(&NAME, &mut wire)).unwrap(), body);
        }
    }

    #[test]
    fn a_reply_with_an_unknown_fault_or_a_broken_frame_is_an_error() {
        for wire in [&[9, 0, 0, 0, 0][..], &[0, 0, 0, 0, 9], &[0, 0, 0, 0, 2, 1], &[]] {
            assert!(block_on(frames().read_response(&NAME, &mut Cursor::new(wire.to_vec()))).is_err());
        }
    }

    #[test]
    fn a_body_above_the_limit_is_not_sent() {
        let mut wire = Cursor::new(Vec::new());
        assert!(block_on(frames().write_request(&NAME, &mut wire, Ok(vec![0; 9]))).is_err());
        assert!(wire.into_inner().is_empty());
    }
}
