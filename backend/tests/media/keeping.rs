//! Reading and deleting, in a folder and in an S3-compatible store.

use backend::media::{CopyError, MediaConfig, Pictures, S3Config, StoreConfig};
use domain::feed::Picture;
use domain::feed::copying::Fault;
use domain::id::PictureHash;

use super::cdn::Cdn;
use super::s3::{BUCKET, S3};

#[tokio::test]
async fn what_was_deleted_is_gone_at_all_widths_and_deleting_again_is_harmless() {
    let cdn = Cdn::start().await;
    let (picture, other) = (cdn.copy("/wide.jpg").await, cdn.copy("/small.jpg").await);
    cdn.pictures.delete(&picture).await.unwrap();
    for width in &picture.widths {
        assert_eq!(cdn.pictures.read(&picture.hash, *width).await.unwrap(), None);
    }
    assert!(cdn.pictures.read(&other.hash, 320).await.unwrap().is_some());
    cdn.pictures.delete(&picture).await.unwrap();
}

#[tokio::test]
async fn nothing_outside_of_the_store_can_be_read_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = super::cdn::in_folder(&folder, Vec::new());
    // A file beside the store, which a name with dots in it would reach.
    let outside = folder.path().join("x-320.webp");
    std::fs::write(&outside, "secret").unwrap();
    for hash in [
        "../x",
        "..",
        "../../x",
        "%2e%2e/x",
        "/etc/passwd",
        "",
        "é",
        &"g".repeat(64),
        &"AB".repeat(32),
        &"a".repeat(63),
    ] {
        let hash = PictureHash(hash.to_owned());
        assert_eq!(pictures.read(&hash, 320).await.unwrap(), None, "{hash}");
        let picture = Picture { hash, width: 320, height: 1, widths: vec![320] };
        pictures.delete(&picture).await.unwrap();
    }
    for width in [0, 320, 1281, u32::MAX] {
        assert_eq!(pictures.read(&PictureHash("ab".repeat(32)), width).await.unwrap(), None, "{width}");
    }
    assert!(outside.exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let config = MediaConfig { hosts: Vec::new(), store: StoreConfig::Folder(file.join("pictures")) };
    assert!(Pictures::open(&config).is_err());
}

fn in_s3(s3: &S3, cdn: &Cdn) -> Pictures {
    let store = S3Config {
        bucket: BUCKET.to_owned(),
        prefix: "pilot/light".to_owned(),
        endpoint: Some(format!("http://{}", s3.address).parse().unwrap()),
        region: "eu-test-1".to_owned(),
        access_key_id: "AKID".to_owned(),
        secret_access_key: "wJalr-secret".into(),
    };
    Pictures::open(&MediaConfig { hosts: vec![cdn.address.into()], store: StoreConfig::S3(Box::new(store)) }).unwrap()
}

#[tokio::test]
async fn an_s3_compatible_store_does_the_same_under_its_bucket_and_prefix() {
    let (s3, cdn) = (S3::start().await, Cdn::start().await);
    let pictures = in_s3(&s3, &cdn);
    assert!(!format!("{pictures:?}").contains("wJalr-secret"));
    let picture = pictures.copy(&cdn.url("/small.jpg")).await.unwrap();
    assert_eq!(pictures.copy(&cdn.url("/small.jpg")).await.unwrap(), picture);
    let hash = &picture.hash.0;
    let path = |width: u32| format!("/{BUCKET}/pilot/light/{}/{hash}-{width}.webp", &hash[..2]);
    assert_eq!(s3.paths(), [path(320), path(500)]);
    let kept = pictures.read(&picture.hash, 320).await.unwrap().unwrap();
    assert_eq!(image::guess_format(&kept).unwrap(), image::ImageFormat::WebP);
    assert_eq!(pictures.read(&picture.hash, 640).await.unwrap(), None);
    pictures.delete(&picture).await.unwrap();
    pictures.delete(&picture).await.unwrap();
    assert!(s3.paths().is_empty());
    assert_eq!(pictures.read(&picture.hash, 320).await.unwrap(), None);
    for signed in s3.signatures() {
        assert!(
            signed.starts_with("AWS4-HMAC-SHA256 Credential=AKID/") && signed.contains("/eu-test-1/s3/"),
            "{signed}"
        );
        assert!(!signed.contains("wJalr-secret"));
    }
}

#[tokio::test]
async fn a_store_that_refuses_is_told_apart_from_a_host_that_refuses() {
    let (s3, cdn) = (S3::start().await, Cdn::start().await);
    let pictures = in_s3(&s3, &cdn);
    s3.lock_out();
    let error = pictures.copy(&cdn.url("/small.jpg")).await.unwrap_err();
    assert!(matches!(error, CopyError::Store(_)) && error.fault() == Fault::Unseen, "{error:?}");
    assert!(!format!("{error:?}").contains("wJalr-secret"));
    assert!(pictures.read(&PictureHash("ab".repeat(32)), 320).await.is_err());
}
