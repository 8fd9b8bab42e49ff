//! Widgets: how they look, where they may stand, when they are rebuilt.
//!
//! - [`settings`]: one validated type for form, service and renderer.
//! - [`draft`]: what somebody typed, and what is wrong with it.
//! - [`site`]: the websites that may embed a widget.
//! - [`shape`]: how high a widget is, before anything of it has loaded.
//! - [`plan`]: when a widget is rebuilt, and why it was not.
//! - [`scenario`]: what visitors would see if …
//! - [`shown`]: settings and posts, as the renderer takes them.

pub mod draft;
pub mod plan;
pub mod scenario;
pub mod settings;
pub mod shape;
pub mod shown;
pub mod site;

pub use plan::{Failure, Outcome, next_rebuild};
pub use scenario::Scenario;
pub use settings::{
    Click, Colour, Colours, Font, Hover, Kinds, Layout, Look, Ratio, Screen, Settings, Title, Voice, Within,
};
pub use shape::{Height, reserved};
pub use shown::Shown;
pub use site::{Site, Source};
