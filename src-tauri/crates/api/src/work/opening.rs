//! Opening what others measured, which may take minutes for a year of it: any number at a time, and the person can stop.
//!
//! It is apart from [`super::Work`], of which one runs at a time and which reads or writes the own record: an opening waits for the
//! members, and never for a backup.

use futures::future::BoxFuture;
use salus_wire::command::StopOpening;
use salus_wire::{ErrorCode, Failure};

use crate::{App, Run};

impl Run for StopOpening {
    async fn run(self, app: &App) -> Result<(), Failure> {
        app.0.stop_opening.notify_waiters();
        Ok(())
    }
}

impl App {
    /// Opens until it is done, or until the person stops it: [`ErrorCode::Cancelled`] then. A receipt that was left stays, and
    /// nothing else of it does.
    pub(crate) async fn opening<T>(&self, work: BoxFuture<'_, Result<T, Failure>>) -> Result<T, Failure> {
        let stopped = self.0.stop_opening.notified();
        tokio::select! {
            biased;
            () = stopped => Err(ErrorCode::Cancelled.into()),
            answer = work => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    #[tokio::test]
    async fn what_is_being_opened_is_stopped_and_what_is_opened_next_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        // Nothing is under way: nothing is stopped later for that.
        app.run(StopOpening {}).await.unwrap();
        assert_eq!(app.opening(Box::pin(ready(Ok(1)))).await.unwrap(), 1);

        let never = || pending::<Result<(), Failure>>();
        let (first, second, stopped) = tokio::join!(
            app.opening(Box::pin(never())),
            app.opening(Box::pin(never())),
            app.run(StopOpening {})
        );
        stopped.unwrap();
        assert_eq!([first, second].map(|ended| ended.unwrap_err().code), [ErrorCode::Cancelled; 2]);
        assert_eq!(app.opening(Box::pin(ready(Ok(2)))).await.unwrap(), 2);
        app.close().await.unwrap();
    }
}
