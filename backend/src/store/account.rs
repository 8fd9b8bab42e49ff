//! Professional Instagram accounts. Each lives by one token.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use domain::Moment;
use domain::id::{AccountId, InstagramId, PersonId, TokenId};
use domain::name::Names;
use domain::token::Unshared;
use sea_orm::ActiveValue::{NotSet, Set, Unchanged};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DatabaseTransaction, QuerySelect};

use super::convert::{from_json, to_json};
use super::token::{self, TokenRow};
use super::{Error, Result, membership};

const TABLE: &str = "account";

#[derive(Clone, Debug, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub instagram_id: String,
    pub username: String,
    pub name: String,
    pub account_type: String,
    pub token_id: Uuid,
    pub page_id: Option<String>,
    pub page_name: Option<String>,
    pub created_at: Moment,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub unshared: Option<Json>,
    pub apart: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "token::Entity", from = "Column::TokenId", to = "token::Column::Id")]
    Token,
}

impl Related<token::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Token.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// A connected account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// The account.
    pub id: AccountId,
    /// Meta's id of it.
    pub instagram_id: InstagramId,
    /// Without the `@`.
    pub username: String,
    /// The display name, which may be empty.
    pub name: String,
    /// The token it lives by.
    pub token: TokenId,
    /// What speaks against its being shared with that token.
    pub unshared: Option<Unshared>,
}

impl Account {
    /// What it is called.
    pub(crate) fn names(&self) -> Names {
        Names { username: self.username.clone(), display: self.name.clone() }
    }

    /// Whether it is surely not shared with its token.
    pub(crate) fn apart(&self) -> bool {
        is_apart(self.unshared.as_ref())
    }

    /// The order in which people see accounts, the same everywhere: databases do
    /// not agree on how to compare texts, and two accounts may have one name for a while.
    fn by_name(&self, other: &Self) -> Ordering {
        self.username.cmp(&other.username).then_with(|| self.id.cmp(&other.id))
    }
}

fn is_apart(unshared: Option<&Unshared>) -> bool {
    unshared.is_some_and(|unshared| unshared.confirmed)
}

impl TryFrom<Model> for Account {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: AccountId(row.id),
            instagram_id: InstagramId(row.instagram_id),
            username: row.username,
            name: row.name,
            token: TokenId(row.token_id),
            unshared: row.unshared.map(|json| from_json(TABLE, "unshared", json)).transpose()?,
        })
    }
}

/// What Meta told us about an account that is being connected.
#[derive(Debug, Clone)]
pub(crate) struct Connected<'a> {
    /// Meta's id of the account.
    pub instagram_id: &'a InstagramId,
    /// Without the `@`.
    pub username: &'a str,
    /// The display name, which may be empty.
    pub name: &'a str,
    /// `BUSINESS` or `MEDIA_CREATOR`, as Meta writes it.
    pub account_type: &'a str,
    /// The Facebook Page it belongs to: id and name.
    pub page: Option<(&'a str, &'a str)>,
    /// The token it lives by from now on.
    pub token: TokenId,
    /// What speaks against its being shared with that token.
    pub unshared: Option<&'a Unshared>,
}

/// The account with this id of Meta's, which nobody else changes until this
/// transaction ends. One that is not known yet is added under `id`.
pub(crate) async fn claim(
    txn: &DatabaseTransaction,
    id: AccountId,
    account: &Connected<'_>,
    now: Moment,
) -> Result<Account> {
    let row = ActiveModel {
        id: Set(id.0),
        instagram_id: Set(account.instagram_id.0.clone()),
        created_at: Set(now),
        ..columns(account)?
    };
    Entity::insert(row).on_conflict_do_nothing_on([Column::InstagramId]).exec_without_returning(txn).await?;
    // SQLite has one writer, and no such clause.
    let rows = Entity::find().filter(Column::InstagramId.eq(account.instagram_id.0.as_str())).lock_exclusive();
    let row = rows.one(txn).await?.ok_or(Error::Unreadable { table: TABLE, what: "an account just added".into() })?;
    row.try_into()
}

/// Writes what Meta calls a known account today, and by which token it lives.
pub(crate) async fn describe(db: &impl ConnectionTrait, id: AccountId, account: &Connected<'_>) -> Result<()> {
    let row = ActiveModel { id: Unchanged(id.0), ..columns(account)? };
    Entity::update(row).exec_without_returning(db).await?;
    Ok(())
}

/// What Meta tells anew each time.
fn columns(account: &Connected<'_>) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: NotSet,
        instagram_id: NotSet,
        username: Set(account.username.to_owned()),
        name: Set(account.name.to_owned()),
        account_type: Set(account.account_type.to_owned()),
        token_id: Set(account.token.0),
        page_id: Set(account.page.map(|(id, _)| id.to_owned())),
        page_name: Set(account.page.map(|(_, name)| name.to_owned())),
        created_at: NotSet,
        unshared: Set(account.unshared.map(|unshared| to_json(TABLE, unshared)).transpose()?),
        apart: Set(is_apart(account.unshared)),
    })
}

/// Calls an account by other names.
pub(crate) async fn rename(db: &impl ConnectionTrait, account: AccountId, names: &Names) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Username, Expr::value(names.username.as_str()))
        .col_expr(Column::Name, Expr::value(names.display.as_str()))
        .filter(Column::Id.eq(account.0))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps what speaks against an account's being shared.
pub(crate) async fn save_unshared(
    db: &impl ConnectionTrait,
    account: AccountId,
    unshared: Option<&Unshared>,
) -> Result<()> {
    let row = ActiveModel {
        id: Unchanged(account.0),
        unshared: Set(unshared.map(|unshared| to_json(TABLE, unshared)).transpose()?),
        apart: Set(is_apart(unshared)),
        ..<ActiveModel as ActiveModelTrait>::default()
    };
    Entity::update(row).exec_without_returning(db).await?;
    Ok(())
}

/// Lets an account live by another token, which it is shared with.
pub(crate) async fn live_by(db: &impl ConnectionTrait, account: AccountId, token: TokenId) -> Result<()> {
    let row = ActiveModel {
        id: Unchanged(account.0),
        token_id: Set(token.0),
        unshared: Set(None),
        apart: Set(false),
        ..<ActiveModel as ActiveModelTrait>::default()
    };
    Entity::update(row).exec_without_returning(db).await?;
    Ok(())
}

/// Every account that is called so, whoever looks after it.
pub(crate) async fn called(db: &impl ConnectionTrait, username: &str) -> Result<Vec<Account>> {
    by_name(Entity::find().filter(Column::Username.eq(username)).all(db).await?)
}

/// The account with this id of Meta's, whoever looks after it.
pub(crate) async fn by_instagram_id(db: &impl ConnectionTrait, id: &InstagramId) -> Result<Option<Account>> {
    let row = Entity::find().filter(Column::InstagramId.eq(id.0.as_str())).one(db).await?;
    row.map(Account::try_from).transpose()
}

/// The account with its token, whoever looks after it.
pub(crate) async fn with_its_token(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Option<(Account, TokenRow)>> {
    let found = Entity::find_by_id(account.0).find_both_related(token::Entity).one(db).await?;
    found.map(with_token).transpose()
}

/// Every account of this person.
pub(crate) async fn of_member(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Account>> {
    by_name(looked_after_by(person).all(db).await?)
}

/// These accounts with their tokens, whoever looks after them.
pub(crate) async fn with_their_tokens(
    db: &impl ConnectionTrait,
    accounts: &BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, (Account, TokenRow)>> {
    let rows = Entity::find().filter(Column::Id.is_in(accounts.iter().map(|account| account.0)));
    let found = rows.find_both_related(token::Entity).all(db).await?.into_iter().map(with_token);
    found.map(|found| found.map(|(account, token)| (account.id, (account, token)))).collect()
}

/// Every account that lives by a token, whoever looks after it.
pub(crate) async fn of_token(db: &impl ConnectionTrait, token: TokenId) -> Result<Vec<Account>> {
    let rows = Entity::find().filter(Column::TokenId.eq(token.0)).all(db).await?;
    by_name(rows)
}

/// The accounts of this person that live by a token.
pub(crate) async fn of_token_for_member(
    db: &impl ConnectionTrait,
    token: TokenId,
    person: PersonId,
) -> Result<Vec<Account>> {
    let rows = looked_after_by(person).filter(Column::TokenId.eq(token.0)).all(db).await?;
    by_name(rows)
}

/// The accounts with the ids that a statement selects.
pub(super) async fn among(db: &impl ConnectionTrait, ids: SelectStatement) -> Result<Vec<Account>> {
    by_name(Entity::find().filter(Column::Id.in_subquery(ids)).all(db).await?)
}

fn by_name(rows: Vec<Model>) -> Result<Vec<Account>> {
    let mut accounts: Vec<Account> = rows.into_iter().map(Account::try_from).collect::<Result<_>>()?;
    accounts.sort_by(Account::by_name);
    Ok(accounts)
}

/// Deletes an account and its memberships; its token stays.
pub(crate) async fn delete(db: &impl ConnectionTrait, account: AccountId) -> Result<()> {
    Entity::delete_by_id(account.0).exec(db).await?;
    Ok(())
}

/// The tenant scope: every look-up for a person begins here.
pub(super) fn looked_after_by(person: PersonId) -> Select<Entity> {
    Entity::find().filter(Column::Id.in_subquery(membership::accounts_of(person, None)))
}

pub(super) fn with_token((account, token): (Model, token::Model)) -> Result<(Account, TokenRow)> {
    Ok((account.try_into()?, token.try_into()?))
}
