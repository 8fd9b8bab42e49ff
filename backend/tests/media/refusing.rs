//! What is no picture, and where none is fetched from.

use std::time::{Duration, Instant};

use backend::media::CopyError;
use domain::feed::copying::Fault;

use super::cdn::{Cdn, SIGNATURE, in_folder, refusal};

#[tokio::test]
async fn a_bomb_is_refused_by_its_header() {
    let cdn = Cdn::start().await;
    let started = Instant::now();
    for path in ["/bomb.png", "/flat-bomb.png", "/ribbon.png"] {
        let error = cdn.refusal(path).await;
        assert!(matches!(error, CopyError::TooManyPixels) && error.fault() == Fault::Unusable, "{path}: {error:?}");
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn what_is_no_picture_was_looked_at_and_nothing_was_not() {
    let cdn = Cdn::start().await;
    let empty = cdn.refusal("/empty.jpg").await;
    assert!(matches!(empty, CopyError::Empty) && empty.fault() == Fault::Unseen);
    let page = cdn.refusal("/page.jpg").await;
    assert!(matches!(page, CopyError::NotAPicture) && page.fault() == Fault::Unusable);
    let half = cdn.refusal("/half.jpg").await;
    assert!(matches!(half, CopyError::NotAPicture) && half.fault() == Fault::Unusable, "{half:?}");
    let cut = cdn.refusal("/cut.jpg").await;
    assert!(matches!(cut, CopyError::Unavailable(_)) && cut.fault() == Fault::Unseen, "{cut:?}");
    for path in ["/endless.jpg", "/huge.jpg"] {
        let error = cdn.refusal(path).await;
        assert!(matches!(error, CopyError::TooLarge) && error.fault() == Fault::Unusable, "{path}: {error:?}");
    }
}

#[tokio::test]
async fn an_expired_address_or_a_busy_host_says_nothing_about_the_picture() {
    let cdn = Cdn::start().await;
    for (path, status) in [("/expired.jpg", 403), ("/missing.jpg", 404)] {
        let error = cdn.refusal(path).await;
        assert!(
            matches!(error, CopyError::Gone(gone) if gone == status) && error.fault() == Fault::Unseen,
            "{path}: {error:?}"
        );
    }
    for path in ["/later.jpg", "/down.jpg", "/accepted.jpg", "/nothing.jpg", "/partial.jpg"] {
        let error = cdn.refusal(path).await;
        assert!(matches!(error, CopyError::Unavailable(_)) && error.fault() == Fault::Unseen, "{path}: {error:?}");
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let cdn = Cdn::start().await;
    for path in ["/elsewhere.jpg", "/here.jpg"] {
        let error = cdn.refusal(path).await;
        assert!(matches!(error, CopyError::Redirected(302)) && error.fault() == Fault::Unseen, "{path}: {error:?}");
    }
}

#[tokio::test]
async fn a_host_that_nobody_named_is_not_asked() {
    let cdn = Cdn::start().await;
    let port = cdn.address.port();
    let folder = tempfile::tempdir().unwrap();
    let nobody = in_folder(&folder, Vec::new());
    for (host, pictures) in [
        (format!("http://127.0.0.1:{port}"), &nobody),
        (format!("http://localhost:{port}"), &nobody),
        ("https://127.0.0.1".to_owned(), &nobody),
        ("https://[::1]".to_owned(), &nobody),
        ("https://evil.example".to_owned(), &nobody),
        ("http://scontent.cdninstagram.com".to_owned(), &nobody),
        // Another name and another port of a host that was named.
        (format!("http://localhost:{port}"), &cdn.pictures),
        ("http://127.0.0.1:1".to_owned(), &cdn.pictures),
    ] {
        let error = refusal(pictures, format!("{host}/wide.jpg?oh={SIGNATURE}").into()).await;
        assert!(matches!(error, CopyError::Refused(_)) && error.fault() == Fault::Unseen, "{host}: {error:?}");
    }
    let error = refusal(&nobody, format!("no address {SIGNATURE}").into()).await;
    assert!(matches!(error, CopyError::Refused(_)));
}

#[tokio::test]
async fn a_name_of_this_machine_works_when_it_was_named() {
    let cdn = Cdn::start().await;
    let folder = tempfile::tempdir().unwrap();
    let host = format!("localhost:{}", cdn.address.port());
    let pictures = in_folder(&folder, vec![host.parse().unwrap()]);
    let url = format!("http://{host}/small.jpg?oh={SIGNATURE}");
    assert_eq!(pictures.copy(&url.into()).await.unwrap().width, 500);
}

#[tokio::test]
async fn nobody_at_home_is_a_passing_matter() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    drop(silent);
    let folder = tempfile::tempdir().unwrap();
    let pictures = in_folder(&folder, vec![address.into()]);
    let error = refusal(&pictures, format!("http://{address}/1.jpg?oh={SIGNATURE}").into()).await;
    assert!(matches!(error, CopyError::Unavailable(_)) && error.fault() == Fault::Unseen, "{error:?}");
}
