//! What a copy is called, in the store and in its address here.

use std::fmt;

use domain::id::PictureHash;

const HASH_CHARS: usize = 64;
/// No copy is wider.
pub(super) const WIDEST: u32 = 1280;

/// A copy at one width: `{hash}-{width}.webp`. Only names that a copy can have
/// become one, so none leads out of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName {
    /// Which picture.
    pub(super) hash: PictureHash,
    /// In pixels.
    pub(super) width: u32,
}

impl PictureName {
    /// `None` where no picture can have that name.
    pub fn new(hash: &PictureHash, width: u32) -> Option<Self> {
        let hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let valid = hash.0.len() == HASH_CHARS && hash.0.bytes().all(hex) && (1..=WIDEST).contains(&width);
        valid.then(|| Self { hash: hash.clone(), width })
    }

    /// Reads what [`fmt::Display`] writes, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (hash, width) = text.strip_suffix(".webp")?.rsplit_once('-')?;
        let name = Self::new(&PictureHash(hash.to_owned()), width.parse().ok()?)?;
        // One picture, one name: no `+320`, no `0320`.
        (name.to_string() == text).then_some(name)
    }

    /// Which picture.
    pub fn hash(&self) -> &PictureHash {
        &self.hash
    }

    /// In pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Its place in the store; folders stay small.
    pub(super) fn path(&self) -> object_store::path::Path {
        let folder = self.hash.0.get(..2).unwrap_or_default();
        object_store::path::Path::from_iter([folder, &self.to_string()])
    }
}

impl fmt::Display for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}.webp", self.hash, self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        let hash = "ab".repeat(32);
        let text = format!("{hash}-640.webp");
        let name = PictureName::parse(&text).unwrap();
        assert_eq!((name.hash().0.as_str(), name.width()), (hash.as_str(), 640));
        assert_eq!(name.to_string(), text);
        assert_eq!(name.path().as_ref(), format!("ab/{text}"));
    }

    #[test]
    fn everything_else_is_no_name() {
        let hash = "ab".repeat(32);
        for text in [
            format!("{hash}-0.webp"),
            format!("{hash}-+320.webp"),
            format!("{hash}-0320.webp"),
            format!("{hash}--320.webp"),
            format!("{hash}-1281.webp"),
            format!("{hash}-4294967616.webp"),
            format!("{hash}-320.jpg"),
            format!("{hash}-320"),
            format!("{hash}.webp"),
            format!("{}-320.webp", hash.to_uppercase()),
            format!("{}-320.webp", &hash[1..]),
            format!("{}é-320.webp", &hash[2..]),
            format!("../{}-320.webp", &hash[3..]),
            format!("../../{hash}-320.webp"),
            format!("..%2F{hash}-320.webp"),
            String::new(),
            "-.webp".to_owned(),
        ] {
            assert_eq!(PictureName::parse(&text), None, "{text}");
        }
    }
}
