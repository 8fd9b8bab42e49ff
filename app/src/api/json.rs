//! Reading JSON: of answers, of what came with a page, of events.

use serde::de::DeserializeOwned;

/// The value that a text holds, if it holds one. Not for maps and for internally
/// tagged enums.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    // Strings with escapes are written out here, one after the other.
    let mut scratch = vec![0; text.len()];
    serde_json_core::from_str_escaped(text, &mut scratch).ok().map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use domain::form::{Draft, FieldProblem, Problem};
    use domain::token::{Death, EventKind, Failure, Foreseen, Worry};
    use domain::view::QueueState;
    use domain::widget::Settings;

    use super::*;
    use crate::api::ApiError;

    fn survives<T: serde::Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T) {
        let text = serde_json::to_string(&value).unwrap();
        assert_eq!(read::<T>(&text), Some(value), "{text}");
    }

    #[test]
    fn what_the_server_writes_is_read() {
        survives("\"quotes\", \\ and \n, \u{7} and 서울 🥐".to_owned());
        survives(vec![Some(1_u64), None, Some(u64::MAX)]);
        survives(vec![(1.5_f64, true, ()), (-0.25, false, ())]);
        survives(EventKind::Recovered);
        survives(EventKind::Ended { death: Death::Expired });
        survives(EventKind::Connected { expires_at: Some("2026-11-23T13:05:59Z".parse().unwrap()) });
        survives(QueueState::Waiting { position: 3 });
        let at = "2026-11-23T13:05:59Z".parse().unwrap();
        let failed = |failure| Worry::Ends { at, why: Foreseen::NotExtended { failure } };
        survives(vec![Worry::Ends { at, why: Foreseen::MovesNothing }, failed(None), failed(Some(Failure::Limited))]);
        survives(vec![Worry::Doubted { since: at }, Worry::Unconfirmed { since: at, failure: None }]);
        survives(Problem::UnknownChoice { choices: vec!["grid".into()] });
        survives(Ok::<Option<String>, ApiError>(None));
        survives(Err::<String, _>(ApiError::TooMany { seconds: 9 }));
        let draft = Draft::from(&Settings::default());
        let problem = Problem::OutOfRange { min: 1, max: 8 };
        let problems = vec![FieldProblem { field: "desktop.columns".into(), problem }];
        survives(Err::<(), _>(ApiError::Form { draft, problems }));
    }

    #[test]
    fn nonsense_is_nothing() {
        for text in ["", "{", "{\"Ok\":<html>}", "[1,2", "nul"] {
            assert_eq!(read::<Result<Vec<u8>, ApiError>>(text), None, "{text}");
        }
    }
}
