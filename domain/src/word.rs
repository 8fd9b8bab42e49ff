//! What a choice is called where machines read it.

/// A choice with one fixed word, in addresses, forms and cookies.
pub trait Word: Into<&'static str> {
    /// The word.
    fn word(self) -> &'static str {
        self.into()
    }
}

impl<T: Into<&'static str>> Word for T {}
