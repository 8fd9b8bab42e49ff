//! The marks on a life line.

use domain::token::life_line::MarkKind;

/// The mark's name.
pub fn mark(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Issued => text!(line.issued),
        MarkKind::Extended => text!(line.extended),
        MarkKind::Failed => text!(line.failed),
        MarkKind::Ended => text!(line.ended),
        MarkKind::Planned => text!(line.planned),
        MarkKind::LastSafe => text!(line.last_safe),
        MarkKind::Expiry => text!(line.expiry),
    }
}
