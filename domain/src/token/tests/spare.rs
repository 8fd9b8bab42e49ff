//! Two tokens that lead to one account.

use super::*;

fn facts(days: i64, missing: bool) -> Facts {
    let mut facts = connected(Platform::Instagram, grant(days, start()), start()).0;
    if missing {
        facts.missing_scopes = vec!["instagram_business_basic".to_owned()];
    }
    facts
}

proptest! {
    /// An account never moves to a token by which it lives worse, and never stays
    /// dark while somebody brings a light.
    #[test]
    fn an_account_never_moves_for_the_worse(
        days in (1_i64..120, 1_i64..120), missing: (bool, bool), hidden: bool, passed in 0_i64..130,
    ) {
        let now = start() + DAY * i32::try_from(passed).unwrap();
        let unshared = hidden.then(|| Unshared { since: start(), confirmed: true, said: None });
        let (first, brought) = (facts(days.0, missing.0), facts(days.1, missing.1));
        let by_first = support(&first, unshared.as_ref(), now);
        let by_brought = support(&brought, None, now);
        let after = if moves(by_first, by_brought) { by_brought } else { by_first };
        prop_assert_eq!(after, by_first.max(by_brought));
        if by_first == Support::Lasting {
            prop_assert!(!moves(by_first, by_brought), "what needs nobody is left alone");
        }
        prop_assert_eq!(by_first == Support::None, !account_status(&first, unshared.as_ref(), now).is_active());
        prop_assert_eq!(by_brought == Support::Lasting, !needs_somebody(&brought, now));
    }
}
