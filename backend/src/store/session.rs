//! Signed-in browsers. The secret in the cookie is kept as a digest only.

use chrono::TimeDelta;
use domain::Moment;
use domain::id::{PersonId, SessionId};
use domain::platform::Platform;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

use super::forget::delete_in_batches;
use super::person::Person;
use super::{Db, Result, identity, person};

/// The last use is written down no more often than this.
const TOUCH_EVERY: TimeDelta = TimeDelta::hours(1);

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub secret_hash: String,
    pub person_id: Uuid,
    pub device: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "person::Entity", from = "Column::PersonId", to = "person::Column::Id")]
    Person,
}

impl Related<person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// The session (never its secret).
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// What the browser calls itself.
    pub device: String,
    /// When it signed in.
    pub created_at: Moment,
    /// When it was last seen, to the hour.
    pub seen_at: Moment,
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: SessionId(row.id),
            person: PersonId(row.person_id),
            device: row.device,
            created_at: row.created_at,
            seen_at: row.seen_at,
        }
    }
}

/// A session and whose it is.
pub(crate) struct Found {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub person: Person,
    /// Where at Meta the person can sign in.
    pub platforms: Vec<Platform>,
}

/// Adds a session.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: SessionId,
    secret_hash: &str,
    person: PersonId,
    device: &str,
    now: Moment,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        secret_hash: Set(secret_hash.to_owned()),
        person_id: Set(person.0),
        device: Set(device.to_owned()),
        created_at: Set(now),
        seen_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The session with this secret, however old it is.
pub(crate) async fn by_secret(db: &impl ConnectionTrait, secret_hash: &str) -> Result<Option<Found>> {
    let found = Entity::find().filter(Column::SecretHash.eq(secret_hash)).find_also_related(person::Entity);
    let Some((session, Some(person))) = found.one(db).await? else {
        return Ok(None);
    };
    let platforms = identity::platforms(db, PersonId(person.id)).await?;
    Ok(Some(Found { session: session.into(), person: person.into(), platforms }))
}

/// Writes down that a session was used, unless that was done within the hour.
/// Says whether it was written.
pub(crate) async fn touch(db: &Db, session: &Session, now: Moment) -> Result<bool> {
    if now - session.seen_at < TOUCH_EVERY {
        return Ok(false);
    }
    let txn = db.begin_write().await?;
    Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(now))
        .filter(Column::Id.eq(session.id.0))
        .exec(&txn)
        .await?;
    txn.commit().await?;
    Ok(true)
}

/// Whether there is such a session.
pub(crate) async fn exists(db: &impl ConnectionTrait, session: SessionId) -> Result<bool> {
    Ok(Entity::find_by_id(session.0).one(db).await?.is_some())
}

/// Ends a session.
pub(crate) async fn delete(db: &impl ConnectionTrait, session: SessionId) -> Result<()> {
    Entity::delete_by_id(session.0).exec(db).await?;
    Ok(())
}

/// A person's sessions, the last used one first.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Session>> {
    let rows = Entity::find()
        .filter(Column::PersonId.eq(person.0))
        .order_by_desc(Column::SeenAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Ends a session of this person. `false` when they have no such session.
pub(crate) async fn delete_of_person(db: &impl ConnectionTrait, person: PersonId, session: SessionId) -> Result<bool> {
    let filter = Condition::all().add(Column::Id.eq(session.0)).add(Column::PersonId.eq(person.0));
    let deleted = Entity::delete_many().filter(filter).exec(db).await?;
    Ok(deleted.rows_affected > 0)
}

/// Ends all of a person's sessions but this one.
pub(crate) async fn delete_others(db: &impl ConnectionTrait, person: PersonId, but: Option<SessionId>) -> Result<()> {
    let mut others = Entity::delete_many().filter(Column::PersonId.eq(person.0));
    if let Some(but) = but {
        others = others.filter(Column::Id.ne(but.0));
    }
    others.exec(db).await?;
    Ok(())
}

/// Deletes the sessions last seen before `idle` or begun before `absolute`.
/// Returns how many there were.
pub(crate) async fn delete_unused(db: &Db, idle: Moment, absolute: Moment) -> Result<u64> {
    let idle = delete_in_batches(db, "session", "id", "seen_at < $1", idle).await?;
    Ok(idle + delete_in_batches(db, "session", "id", "created_at < $1", absolute).await?)
}
