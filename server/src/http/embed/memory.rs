//! The pages of this process, and which of them are still true. No I/O.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::event::Event;
use domain::id::{AccountId, WidgetId};
use domain::language::Language;
use lru::LruCache;
use strum::VariantArray as _;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::page::Page;

/// Even if nobody tells of a change, a page is checked again after this.
const FRESH: Duration = Duration::from_secs(60);
/// After a failed check, the next one comes after this.
const PAUSE: Duration = Duration::from_secs(5);
/// How long an unknown widget stays unknown.
const MISSING: Duration = Duration::from_secs(10);
const MOST_MISSING: usize = 10_000;
/// Events that are remembered, for pages that are being made meanwhile.
const REMEMBERED: usize = 256;

/// A widget, and the language that its visitor's browser asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    pub widget: WidgetId,
    pub language: Language,
}

/// What memory says about a widget.
#[derive(Debug)]
pub enum Told {
    /// This is what it looks like.
    Page(Arc<Page>),
    /// There is none.
    Missing,
    /// It was not checked for a while, but nobody told of a change.
    Aged(Arc<Page>),
    /// It has to be made; the last page, if there is one, is out of date.
    Unknown(Option<Arc<Page>>),
}

/// The events heard so far, as a place in their sequence.
#[derive(Debug, Clone, Copy)]
pub struct Mark(u64);

#[derive(Debug)]
struct Kept {
    page: Arc<Page>,
    account: AccountId,
    /// `None` once a change was told.
    fresh_until: Option<Instant>,
}

/// Pages by widget and language, within bounds.
#[derive(Debug)]
pub struct Memory {
    events: Receiver<Event>,
    heard: u64,
    recent: VecDeque<Event>,
    /// The one that was not asked for longest goes first, in the same time however many there are.
    pages: LruCache<Asked, Kept>,
    /// The same, by account.
    of_account: HashMap<AccountId, HashSet<Asked>>,
    missing: HashMap<WidgetId, Instant>,
    bytes: usize,
    most_pages: usize,
    most_bytes: usize,
}

impl Memory {
    /// Remembers nothing yet, and hears every event from now on.
    pub fn new(events: Receiver<Event>, most_pages: usize, most_bytes: usize) -> Self {
        Self {
            events,
            heard: 0,
            recent: VecDeque::new(),
            // Its own bound counts pages only; both bounds are kept in `shrink`.
            pages: LruCache::unbounded(),
            of_account: HashMap::new(),
            missing: HashMap::new(),
            bytes: 0,
            most_pages,
            most_bytes,
        }
    }

    /// What is known of a widget.
    pub fn tell(&mut self, asked: Asked, now: Instant) -> Told {
        self.hear();
        if let Some(kept) = self.pages.get_mut(&asked) {
            let page = Arc::clone(&kept.page);
            return match kept.fresh_until {
                Some(until) if now < until => Told::Page(page),
                Some(_) => Told::Aged(page),
                None => Told::Unknown(Some(page)),
            };
        }
        match self.missing.get(&asked.widget) {
            Some(until) if now < *until => Told::Missing,
            _ => Told::Unknown(None),
        }
    }

    /// Where the sequence of events is, before a page is made.
    pub fn mark(&mut self) -> Mark {
        self.hear();
        Mark(self.heard)
    }

    /// Keeps a page that was made after `mark`. If the widget changed
    /// meanwhile, the page may show what was before, and has to be made again.
    pub fn keep(&mut self, account: AccountId, asked: Asked, page: Arc<Page>, mark: Mark, now: Instant) {
        let changed = self.heard_since(mark, |event| event.changes_embed(account, asked.widget));
        self.forget(asked);
        self.bytes += page.size();
        let fresh_until = (!changed).then(|| now + FRESH);
        self.pages.put(asked, Kept { page, account, fresh_until });
        self.of_account.entry(account).or_default().insert(asked);
        self.shrink();
    }

    /// Remembers that there is no such widget.
    pub fn keep_missing(&mut self, widget: WidgetId, mark: Mark, now: Instant) {
        let changed = self.heard_since(mark, |event| event.widget == Some(widget));
        in_every_language(widget).for_each(|asked| self.forget(asked));
        if changed {
            return;
        }
        if self.missing.len() >= MOST_MISSING {
            self.missing.clear();
        }
        self.missing.insert(widget, now + MISSING);
    }

    /// A page could not be checked: the last one is served for a little longer.
    pub fn keep_on(&mut self, asked: Asked, now: Instant) {
        if let Some(kept) = self.pages.peek_mut(&asked) {
            kept.fresh_until = Some(now + PAUSE);
        }
    }

    fn forget(&mut self, asked: Asked) {
        self.missing.remove(&asked.widget);
        if let Some(kept) = self.pages.pop(&asked) {
            self.let_go(asked, &kept);
        }
    }

    fn let_go(&mut self, asked: Asked, kept: &Kept) {
        self.bytes -= kept.page.size();
        if let Some(pages) = self.of_account.get_mut(&kept.account) {
            pages.remove(&asked);
            if pages.is_empty() {
                self.of_account.remove(&kept.account);
            }
        }
    }

    /// Drops what was not asked for longest.
    fn shrink(&mut self) {
        while self.pages.len() > self.most_pages || self.bytes > self.most_bytes {
            let Some((asked, kept)) = self.pages.pop_lru() else { return };
            self.let_go(asked, &kept);
        }
    }

    fn hear(&mut self) {
        if self.events.is_empty() {
            return;
        }
        loop {
            match self.events.try_recv() {
                Ok(event) if event.changes_embeds() => self.changed(event),
                Ok(_) => {}
                Err(TryRecvError::Lagged(_)) => self.everything_changed(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn changed(&mut self, event: Event) {
        self.heard += 1;
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(event);
        let concerned: Vec<Asked> = match event.widget {
            Some(widget) => in_every_language(widget).collect(),
            None => self.of_account.get(&event.account).into_iter().flatten().copied().collect(),
        };
        for asked in concerned {
            self.missing.remove(&asked.widget);
            if let Some(kept) = self.pages.peek_mut(&asked) {
                kept.fresh_until = None;
            }
        }
    }

    /// Some events were missed.
    fn everything_changed(&mut self) {
        self.heard += 1 + REMEMBERED as u64;
        self.missing.clear();
        self.pages.iter_mut().for_each(|(_, kept)| kept.fresh_until = None);
    }

    fn heard_since(&mut self, mark: Mark, what: impl Fn(&Event) -> bool) -> bool {
        self.hear();
        let since = usize::try_from(self.heard - mark.0).unwrap_or(usize::MAX);
        since > self.recent.len() || self.recent.iter().rev().take(since).any(what)
    }
}

fn in_every_language(widget: WidgetId) -> impl Iterator<Item = Asked> {
    Language::VARIANTS.iter().map(move |&language| Asked { widget, language })
}

#[cfg(test)]
mod tests {
    use backend::event::Kind;
    use tokio::sync::broadcast::{self, Sender};

    use super::super::page::Draft;
    use super::super::samples;
    use super::*;

    fn memory(most_pages: usize) -> (Memory, Sender<Event>) {
        let (sender, receiver) = broadcast::channel(4);
        (Memory::new(receiver, most_pages, 64 << 20), sender)
    }

    fn page() -> Arc<Page> {
        let draft = Draft::new(samples::widget(), &samples::shown(1), "https://x.example", Language::En);
        Arc::new(draft.unwrap().pack().unwrap())
    }

    /// As somebody asks for it in English.
    fn asked(number: u8) -> Asked {
        Asked { widget: widget(number), language: Language::En }
    }

    fn widget(number: u8) -> WidgetId {
        format!("00000000-0000-0000-0000-0000000000{number:02}").parse().unwrap()
    }

    fn account() -> AccountId {
        "00000000-0000-0000-0000-0000000000aa".parse().unwrap()
    }

    fn event(kind: Kind, widget: WidgetId) -> Event {
        Event::of_widget(kind, account(), widget)
    }

    #[test]
    fn what_happens_to_an_account_concerns_all_its_widgets_and_no_others() {
        let (mut memory, events) = memory(9);
        let now = Instant::now();
        let other: AccountId = "00000000-0000-0000-0000-0000000000bb".parse().unwrap();
        let mark = memory.mark();
        memory.keep(account(), asked(1), page(), mark, now);
        memory.keep(account(), asked(2), page(), mark, now);
        memory.keep(other, asked(3), page(), mark, now);
        events.send(Event::of_account(Kind::Posts, account())).unwrap();
        for stale in [asked(1), asked(2)] {
            assert!(matches!(memory.tell(stale, now), Told::Unknown(Some(_))));
        }
        assert!(matches!(memory.tell(asked(3), now), Told::Page(_)));
        memory.keep(account(), asked(4), page(), mark, now);
        assert!(matches!(memory.tell(asked(4), now), Told::Unknown(Some(_))), "it was made before");
        events.send(Event::of_account(Kind::Rebuilt, other)).unwrap();
        assert!(matches!(memory.tell(asked(3), now), Told::Page(_)), "nobody sees that");
    }

    #[test]
    fn a_page_is_fresh_until_it_ages_or_a_change_is_told() {
        let (mut memory, events) = memory(9);
        let (one, now) = (asked(1), Instant::now());
        let mark = memory.mark();
        memory.keep(account(), one, page(), mark, now);
        assert!(matches!(memory.tell(one, now), Told::Page(_)));
        assert!(matches!(memory.tell(one, now + FRESH), Told::Aged(_)));
        events.send(event(Kind::Rebuilt, one.widget)).unwrap();
        events.send(event(Kind::WidgetChanged, widget(2))).unwrap();
        assert!(matches!(memory.tell(one, now), Told::Page(_)));
        events.send(event(Kind::WidgetChanged, one.widget)).unwrap();
        assert!(matches!(memory.tell(one, now), Told::Unknown(Some(_))));
        let korean = Asked { language: Language::Ko, ..one };
        let mark = memory.mark();
        memory.keep(account(), korean, page(), mark, now);
        assert!(matches!(memory.tell(korean, now), Told::Page(_)), "each language for itself");
        events.send(event(Kind::WidgetChanged, one.widget)).unwrap();
        assert!(matches!(memory.tell(korean, now), Told::Unknown(Some(_))), "a change concerns all");
        memory.keep_on(one, now);
        assert!(matches!(memory.tell(one, now), Told::Page(_)), "better the last page than none");
    }

    #[test]
    fn a_change_while_a_page_is_made_is_not_lost() {
        let (mut memory, events) = memory(9);
        let now = Instant::now();
        let mark = memory.mark();
        events.send(event(Kind::WidgetChanged, widget(1))).unwrap();
        memory.keep(account(), asked(1), page(), mark, now);
        memory.keep(account(), asked(2), page(), mark, now);
        assert!(matches!(memory.tell(asked(1), now), Told::Unknown(Some(_))));
        assert!(matches!(memory.tell(asked(2), now), Told::Page(_)));
        let mark = memory.mark();
        (0..9).for_each(|_| drop(events.send(event(Kind::Rebuilt, widget(3)))));
        memory.keep(account(), asked(2), page(), mark, now);
        assert!(matches!(memory.tell(asked(2), now), Told::Unknown(_)), "more changes than could be heard");
    }

    #[test]
    fn an_unknown_widget_is_remembered_until_it_exists() {
        let (mut memory, events) = memory(9);
        let (one, now) = (asked(1), Instant::now());
        let mark = memory.mark();
        memory.keep_missing(one.widget, mark, now);
        assert!(matches!(memory.tell(one, now), Told::Missing));
        assert!(matches!(memory.tell(one, now + MISSING), Told::Unknown(None)));
        events.send(event(Kind::WidgetChanged, one.widget)).unwrap();
        assert!(matches!(memory.tell(one, now), Told::Unknown(None)));
    }

    #[test]
    fn what_nobody_asked_for_is_no_use_of_a_page() {
        let (mut memory, events) = memory(2);
        let now = Instant::now();
        let mark = memory.mark();
        memory.keep(account(), asked(1), page(), mark, now);
        memory.keep(account(), asked(2), page(), mark, now);
        events.send(event(Kind::WidgetChanged, widget(1))).unwrap();
        memory.keep_on(asked(1), now);
        memory.keep(account(), asked(3), page(), mark, now);
        assert!(matches!(memory.tell(asked(1), now), Told::Unknown(None)), "a change is no visitor");
        assert!(matches!(memory.tell(asked(2), now), Told::Page(_)));
    }

    #[test]
    fn memory_is_bounded_and_the_least_used_page_goes_first() {
        let (mut memory, _events) = memory(2);
        let now = Instant::now();
        let mark = memory.mark();
        memory.keep(account(), asked(1), page(), mark, now);
        memory.keep(account(), asked(2), page(), mark, now);
        let _used = memory.tell(asked(1), now);
        memory.keep(account(), asked(3), page(), mark, now);
        assert!(matches!(memory.tell(asked(2), now), Told::Unknown(None)));
        assert!(matches!(memory.tell(asked(1), now), Told::Page(_)));
        assert_eq!(memory.bytes, 2 * page().size());
        memory.most_bytes = page().size();
        memory.keep(account(), asked(3), page(), mark, now);
        assert_eq!((memory.pages.len(), memory.bytes), (1, page().size()));
    }
}
