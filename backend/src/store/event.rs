//! What happened in the last minutes, for the other processes.

use domain::Moment;
use domain::id::{AccountId, PersonId, WidgetId};
use domain::token::Trigger;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::convert::{from_word, to_word};
use super::{Db, Result};
use crate::event::Event;
use crate::random;

const TABLE: &str = "event";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: Moment,
    pub kind: String,
    pub account_id: Uuid,
    pub widget_id: Option<Uuid>,
    pub trigger: String,
    pub person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Writes events down, in the transaction that makes them: through what they
/// came, and by whom, if that was a person. Returns their ids.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    events: &[Event],
    trigger: Trigger,
    person: Option<PersonId>,
    wall: Moment,
) -> Result<Vec<Uuid>> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let trigger = to_word(TABLE, &trigger)?;
    let row = |event: &Event| {
        Ok(ActiveModel {
            id: Set(random::new_id()),
            at: Set(wall),
            kind: Set(to_word(TABLE, &event.kind)?),
            account_id: Set(event.account.0),
            widget_id: Set(event.widget.map(|widget| widget.0)),
            trigger: Set(trigger.clone()),
            person_id: Set(person.map(|person| person.0)),
        })
    };
    let rows: Vec<ActiveModel> = events.iter().map(row).collect::<Result<_>>()?;
    let ids = rows.iter().filter_map(|row| row.id.try_as_ref().copied()).collect();
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(ids)
}

/// The events since a moment, oldest first.
pub(crate) async fn since(db: &impl ConnectionTrait, at: Moment) -> Result<Vec<(Uuid, Event)>> {
    let rows = Entity::find().filter(Column::At.gte(at)).order_by_asc(Column::At).order_by_asc(Column::Id);
    Ok(rows.all(db).await?.into_iter().filter_map(|row| Some((row.id, read(row)?))).collect())
}

/// Forgets the events before this moment.
pub(crate) async fn delete_before(db: &Db, at: Moment) -> Result<()> {
    let txn = db.begin_write().await?;
    Entity::delete_many().filter(Column::At.lt(at)).exec(&txn).await?;
    Ok(txn.commit().await?)
}

/// `None` for what a newer version wrote and this one does not know.
fn read(row: Model) -> Option<Event> {
    Some(Event {
        kind: from_word(TABLE, "kind", row.kind).ok()?,
        account: AccountId(row.account_id),
        widget: row.widget_id.map(WidgetId),
    })
}
