//! Copying the pictures that widgets need, a few at a time.

use domain::id::{AccountId, MediaId};
use domain::widget::{Click, Settings};
use futures::StreamExt;
use secrecy::SecretString;

use super::widgets;
use crate::meta::Feed;
use crate::service::Error;
use crate::store::widget::Widget;
use crate::{Services, store};

/// Pictures that are copied at the same time, per account.
const AT_ONCE: usize = 4;
/// What a preview shows at most, in its widest usual setting.
const PREVIEWED: usize = 24;
/// Copied pictures are written down in batches, so that a crash loses few.
const BATCH: usize = 12;

/// Which pictures of a feed are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Need {
    /// Those of so many of the newest posts.
    pub posts: usize,
    /// All pictures of albums, not only the first.
    pub albums: bool,
}

impl Need {
    /// What a preview needs.
    pub const PREVIEW: Self = Self { posts: PREVIEWED, albums: true };

    /// What all of these widgets together need.
    pub fn of<'a>(widgets: impl IntoIterator<Item = &'a Widget>) -> Self {
        let all_kinds = |settings: &Settings| settings.kinds.images && settings.kinds.videos && settings.kinds.albums;
        widgets.into_iter().fold(Self::PREVIEW, |need, Widget { settings, .. }| {
            // Whoever leaves out kinds looks further back.
            let further = if all_kinds(settings) { 1 } else { 4 };
            Self {
                posts: need.posts.max(settings.most() * further + settings.hidden.len()),
                albums: need.albums || settings.click == Click::Lightbox,
            }
        })
    }
}

struct Wanted {
    post: MediaId,
    item: MediaId,
    source: SecretString,
}

/// Copies what is wanted and missing, the newest first. One picture that cannot
/// be copied keeps none of the others.
pub(super) async fn copy(s: &Services, account: AccountId, feed: &Feed, need: Need) -> Result<(), Error> {
    let missing = store::item::missing(s.db.reader(), account).await?;
    let wanted: Vec<Wanted> = feed
        .posts
        .iter()
        .take(need.posts)
        .flat_map(|post| {
            let items = post.facts.items.iter().zip(&post.sources).enumerate();
            let items = items.filter(|(index, _)| need.albums || *index == 0);
            items.filter_map(|(_, (item, source))| {
                Some(Wanted { post: post.facts.id.clone(), item: item.id.clone(), source: source.clone()? })
            })
        })
        .filter(|wanted| missing.contains(&(wanted.post.clone(), wanted.item.clone())))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let copies = wanted.into_iter().map(|wanted| {
        let pictures = s.pictures.clone();
        async move {
            let copied = pictures.copy(&wanted.source).await;
            (wanted, copied)
        }
    });
    let copies = futures::stream::iter(copies).buffer_unordered(AT_ONCE);
    let mut batches = std::pin::pin!(copies.chunks(BATCH));
    while let Some(batch) = batches.next().await {
        write(s, account, &batch).await?;
    }
    widgets::tell_shown(s, account).await
}

type Copied = (Wanted, Result<domain::feed::Picture, crate::media::CopyError>);

async fn write(s: &Services, account: AccountId, batch: &[Copied]) -> Result<(), Error> {
    let txn = s.db.begin_write().await?;
    for (Wanted { post, item, .. }, copied) in batch {
        match copied {
            Ok(picture) => {
                store::picture::insert(&txn, picture, s.wall.now()).await?;
                store::item::settle(&txn, account, post, item, Some(&picture.hash)).await?;
            }
            Err(error) if error.is_lasting() => {
                tracing::warn!(%account, %post, %item, %error, "a picture is of no use; a placeholder stands in for it");
                store::item::settle(&txn, account, post, item, None).await?;
            }
            Err(error) => tracing::info!(%account, %post, %error, "a picture could not be copied; tried again later"),
        }
    }
    txn.commit().await.map_err(store::Error::from)?;
    Ok(())
}
