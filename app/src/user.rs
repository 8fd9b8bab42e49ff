//! Who is signed in.

use domain::view::Me;

use crate::data::Data;

/// Who is signed in, read once for the whole app.
#[derive(Clone, Copy)]
pub struct CurrentUser(pub Data<Option<Me>>);

impl CurrentUser {
    /// Who is signed in; nobody while that is not known.
    pub async fn me(self) -> Option<Me> {
        self.0.get().await.ok().flatten()
    }
}
