//! Who does something here, and how.

use domain::id::PersonId;
use domain::token::Trigger;
use domain::view::Me;

use crate::store::person::Person;

/// Who does something, and through what. The history and the events name it.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    who: Who,
    how: Trigger,
}

#[derive(Debug, Clone)]
enum Who {
    /// Somebody who is signed in here.
    Person { id: PersonId, known_as: Option<String> },
    /// Somebody who has just signed in at Meta, where they are called so.
    AtMeta { known_as: String },
    /// Meta itself, in a signed request.
    Meta,
    /// This installation, on plan.
    System,
}

impl Actor {
    /// The worker, on plan.
    pub const SYSTEM: Self = Self { who: Who::System, how: Trigger::Schedule };
    /// Meta itself, in a signed request.
    pub const META: Self = Self { who: Who::Meta, how: Trigger::Callback };

    /// Whoever asks from a page, by a button.
    pub fn me(me: &Me, how: Trigger) -> Self {
        let known_as = me.known_to_others().map(ToOwned::to_owned);
        Self { who: Who::Person { id: me.id, known_as }, how }
    }

    /// Somebody who has been away at Meta, and is looked up again.
    pub fn person(person: Person, how: Trigger) -> Self {
        Self { who: Who::Person { id: person.id, known_as: person.known_to_others() }, how }
    }

    /// Somebody who has just signed in at Meta, where they are called so.
    pub const fn at_meta(known_as: String, how: Trigger) -> Self {
        Self { who: Who::AtMeta { known_as }, how }
    }

    /// This installation, because somebody wants to see something.
    pub const fn system(how: Trigger) -> Self {
        Self { who: Who::System, how }
    }

    /// Through what.
    pub const fn how(&self) -> Trigger {
        self.how
    }

    /// What others who look after the same account may read.
    pub fn known_as(&self) -> Option<&str> {
        match &self.who {
            Who::Person { known_as, .. } => known_as.as_deref(),
            Who::AtMeta { known_as } => Some(known_as),
            Who::Meta | Who::System => None,
        }
    }

    /// Who it is, if somebody who is signed in here.
    pub const fn id(&self) -> Option<PersonId> {
        match self.who {
            Who::Person { id, .. } => Some(id),
            Who::AtMeta { .. } | Who::Meta | Who::System => None,
        }
    }

    /// Whether nobody waits for it.
    pub fn is_on_plan(&self) -> bool {
        self.how == Trigger::Schedule
    }
}
