//! Copying the pictures that widgets need, a few at a time.

use std::collections::BTreeMap;

use domain::Moment;
use domain::feed::Picture;
use domain::feed::copying::Failing;
use domain::id::AccountId;
use domain::widget::Click;
use futures::StreamExt;
use secrecy::SecretString;

use crate::event::{Event, Kind};
use crate::media::{self, CopyError, DECODER};
use crate::meta::{Feed, Media};
use crate::store::item::Key;
use crate::store::widget::Widget;
use crate::work::Actor;
use crate::{Error, Services, store};

/// Pictures that are copied at the same time, per account.
const AT_ONCE: usize = 4;
/// What a preview shows at most, in its widest usual setting.
const PREVIEWED: usize = 24;
/// Copied pictures are written down in batches, so that a crash loses few.
const BATCH: usize = 12;

/// Which pictures of a feed are wanted: the covers that a preview shows, and
/// what these widgets show.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    widgets: Vec<Widget>,
    /// All pictures of the albums that a preview shows, not only the first.
    albums: bool,
}

impl Need {
    /// What a preview needs: whoever asks for one may try every setting.
    pub const PREVIEW: Self = Self { widgets: Vec::new(), albums: true };

    /// What all of these widgets together need.
    pub fn of(widgets: Vec<Widget>) -> Self {
        Self { widgets, albums: false }
    }

    /// The posts whose pictures are wanted, the newest first, each with whether
    /// all of its pictures are. Chosen by the rules by which they are shown.
    fn posts<'a>(&self, feed: &'a Feed) -> Vec<(&'a Media, bool)> {
        let mut posts: Vec<&Media> = feed.posts.iter().collect();
        posts.sort_by(|a, b| a.facts.newest_first(&b.facts));
        let previewed = (0..posts.len().min(PREVIEWED)).map(|place| (place, self.albums));
        let mut wanted: BTreeMap<usize, bool> = previewed.collect();
        for Widget { settings, .. } in &self.widgets {
            let shown = posts.iter().enumerate().filter(|(_, post)| settings.shows(&post.facts));
            for (place, _) in shown.take(settings.most()) {
                *wanted.entry(place).or_default() |= settings.click == Click::Lightbox;
            }
        }
        wanted.into_iter().filter_map(|(place, all)| Some((*posts.get(place)?, all))).collect()
    }
}

struct Wanted {
    item: Key,
    address: SecretString,
    /// What the address points to.
    source: String,
    /// The failures before this try.
    failed: Option<Failing>,
}

/// Copies what is wanted and not here as it is now, the newest first. One
/// picture that cannot be copied keeps none of the others.
pub(super) async fn copy(s: &Services, account: AccountId, feed: &Feed, need: &Need) -> Result<(), Error> {
    let known = store::item::copying(s.db.reader(), account).await?;
    let now = s.clock.now();
    let mut wanted = Vec::new();
    for (post, all) in need.posts(feed) {
        let items = post.facts.items.iter().zip(&post.sources);
        let items = items.filter_map(|(item, address)| Some((item, address.as_ref()?)));
        for (item, address) in items.take(if all { usize::MAX } else { 1 }) {
            let (item, source) = ((post.facts.id.clone(), item.id.clone()), media::source(address));
            if let Some(copying) = known.get(&item).filter(|copying| copying.wants(&source, DECODER, now)) {
                let failed = copying.failed_before(&source);
                wanted.push(Wanted { item, address: address.clone(), source, failed });
            }
        }
    }
    let copies = wanted.into_iter().map(|wanted| {
        let pictures = s.pictures.clone();
        async move {
            let copied = pictures.copy(&wanted.address).await;
            (wanted, copied)
        }
    });
    let copies = futures::stream::iter(copies).buffer_unordered(AT_ONCE);
    let mut batches = std::pin::pin!(copies.chunks(BATCH));
    while let Some(batch) = batches.next().await {
        write(s, account, &batch, now).await?;
    }
    Ok(())
}

type Copied = (Wanted, Result<Picture, CopyError>);

async fn write(s: &Services, account: AccountId, batch: &[Copied], now: Moment) -> Result<(), Error> {
    let mut work = s.begin(&Actor::SYSTEM).await?;
    let db = work.db();
    for (Wanted { item, source, failed, .. }, copied) in batch {
        match copied {
            Ok(picture) => {
                let now = s.wall.now();
                if let Some(old) = store::item::picture(db, account, item).await? {
                    store::picture::touch(db, &old, now).await?;
                }
                store::picture::insert(db, picture, now).await?;
                store::item::note_copied(db, account, item, source, &picture.hash).await?;
            }
            Err(error) => {
                let failing = Failing::again(*failed, error.fault(), DECODER, now);
                store::item::note_failing(db, account, item, source, &failing).await?;
                let post = &item.0;
                match failing.next() {
                    Some(next) => {
                        tracing::info!(%account, %post, %error, %next, "a picture could not be copied; tried again");
                    }
                    None => {
                        tracing::warn!(
                            %account, %post, %error,
                            "a picture has been of no use for days; it is tried again when somebody rebuilds a widget"
                        );
                    }
                }
            }
        }
    }
    if batch.iter().any(|(_, copied)| copied.is_ok()) {
        work.tell(Event::of_account(Kind::Posts, account));
    }
    work.commit().await
}
