//! Unused pictures: of posts that are gone, of accounts that were deleted.

use chrono::TimeDelta;

use crate::{Error, Services, store};

/// A picture that was just copied may not be in use yet; and a page that a
/// browser holds may still name it.
const GRACE: TimeDelta = TimeDelta::hours(1);
const AT_ONCE: u64 = 500;

/// Deletes what no post uses. The row goes first: a picture without a row is
/// garbage, but a row without its picture would be a hole in a widget. Should
/// the same picture have been copied again in between, it is copied once more.
///
/// # Errors
/// The database or the store of pictures fails; the rest is collected next time.
pub(crate) async fn unused_pictures(s: &Services) -> Result<(), Error> {
    for picture in store::picture::unused(s.db.reader(), s.wall.now() - GRACE, AT_ONCE).await? {
        let txn = s.db.begin_write().await?;
        let deleted = store::picture::delete(&txn, &picture.hash).await?;
        if !deleted {
            continue;
        }
        txn.commit().await.map_err(store::Error::from)?;
        s.pictures.delete(&picture).await?;
        let txn = s.db.begin_write().await?;
        store::item::forget_picture(&txn, &picture.hash).await?;
        txn.commit().await.map_err(store::Error::from)?;
    }
    Ok(())
}
