//! Finds a widget's page: in memory while it is fresh, otherwise by rendering it.

use std::error::Error as StdError;
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use backend::Services;
use backend::service::widgets;
use domain::id::{AccountId, WidgetId};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

use super::memory::{Asked, Memory, Told};
use super::page::{Draft, Page};

const MOST_PAGES: usize = 5_000;
const MOST_BYTES: usize = 64 << 20;
/// So many widgets can be rendered at the same time; each only once.
const TURNS: usize = 64;

/// What was found.
#[derive(Debug)]
pub enum Found {
    /// Its page.
    Page(Arc<Page>),
    /// There is no such widget.
    Missing,
    /// The database does not answer, and there is no older page.
    Failed,
}

/// The pages of all widgets. Cheap to clone.
#[derive(Clone)]
pub struct Embeds(Arc<Inner>);

struct Inner {
    services: Services,
    memory: Mutex<Memory>,
    turns: Vec<AsyncMutex<()>>,
    /// Who may pack: it keeps a core busy for milliseconds, and after a restart every page wants it.
    packers: Arc<Semaphore>,
}

impl Embeds {
    /// Nothing is rendered yet.
    pub fn new(services: &Services) -> Self {
        let memory = Memory::new(services.pulse.subscribe(), MOST_PAGES, MOST_BYTES);
        let turns = std::iter::repeat_with(AsyncMutex::default).take(TURNS).collect();
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Inner {
            services: services.clone(),
            memory: Mutex::new(memory),
            turns,
            packers: Arc::new(Semaphore::new(cores)),
        }))
    }

    /// What handlers need besides pages.
    pub fn services(&self) -> &Services {
        &self.0.services
    }

    /// A widget's page. While it is fresh, nothing but memory is touched.
    pub async fn find(&self, asked: Asked) -> Found {
        let told = self.memory().tell(asked, Instant::now());
        let turn = self.turn(asked.widget);
        let _turn = match told {
            Told::Page(page) => return Found::Page(page),
            Told::Missing => return Found::Missing,
            // Whoever comes while it is checked need not wait for that.
            Told::Aged(page) => match turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Found::Page(page),
            },
            Told::Unknown(_) => turn.lock().await,
        };
        // Somebody else may have made it while this request waited.
        let last = match self.memory().tell(asked, Instant::now()) {
            Told::Page(page) => return Found::Page(page),
            Told::Missing => return Found::Missing,
            Told::Aged(page) => Some(page),
            Told::Unknown(last) => last,
        };
        self.make(asked, last).await
    }

    async fn make(&self, asked: Asked, last: Option<Arc<Page>>) -> Found {
        let mark = self.memory().mark();
        match self.render(asked, last.clone()).await {
            Ok(Some((account, page))) => {
                self.memory().keep(account, asked, Arc::clone(&page), mark, Instant::now());
                Found::Page(page)
            }
            Ok(None) => {
                self.memory().keep_missing(asked.widget, mark, Instant::now());
                Found::Missing
            }
            Err(error) => {
                tracing::error!(widget = %asked.widget, error = &*error, "a widget could not be rendered");
                self.memory().keep_on(asked, Instant::now());
                last.map_or(Found::Failed, Found::Page)
            }
        }
    }

    async fn render(
        &self,
        asked: Asked,
        last: Option<Arc<Page>>,
    ) -> Result<Option<(AccountId, Arc<Page>)>, Box<dyn StdError + Send + Sync>> {
        let services = &self.0.services;
        let Some((account, shown)) = widgets::shown(services, asked.widget).await? else {
            return Ok(None);
        };
        let origin = Arc::clone(&services.origin);
        let permit = Arc::clone(&self.0.packers).acquire_owned().await?;
        let packed = tokio::task::spawn_blocking(move || {
            // Held to the end of the work, also when nobody waits for it any more.
            let _permit = permit;
            let draft = Draft::new(asked.widget, &shown, &origin, asked.language)?;
            match last {
                Some(last) if draft.is(&last) => Ok(last),
                _ => draft.pack().map(Arc::new),
            }
        });
        Ok(Some((account, packed.await??)))
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, widget: WidgetId) -> &AsyncMutex<()> {
        // The last byte of an id is random.
        let last = widget.0.as_bytes().last().copied().unwrap_or_default();
        &self.0.turns[usize::from(last) % TURNS]
    }
}
