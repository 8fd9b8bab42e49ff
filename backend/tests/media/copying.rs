//! What becomes of a picture.

use domain::feed::Picture;
use image::GenericImageView;
use sha2::{Digest, Sha256};

use super::cdn::{Cdn, jpeg};

async fn read(cdn: &Cdn, picture: &Picture, width: u32) -> image::DynamicImage {
    let file = cdn.pictures.read(&picture.hash, width).await.unwrap().unwrap();
    assert_eq!(image::guess_format(&file).unwrap(), image::ImageFormat::WebP);
    image::load_from_memory(&file).unwrap()
}

#[tokio::test]
async fn a_photograph_is_kept_at_four_widths_under_the_name_of_its_bytes() {
    let cdn = Cdn::start().await;
    let picture = cdn.copy("/wide.jpg").await;
    assert_eq!(picture.hash.0, hex::encode(Sha256::digest(jpeg(1440, 1080))));
    assert_eq!((picture.width, picture.height), (1440, 1080));
    assert_eq!(picture.widths, [320, 640, 960, 1280]);
    let mut last = 0;
    for width in picture.widths.clone() {
        assert_eq!(read(&cdn, &picture, width).await.dimensions(), (width, width * 3 / 4));
        let bytes = cdn.pictures.read(&picture.hash, width).await.unwrap().unwrap().len();
        assert!(bytes > last, "{width} pixels: {bytes} bytes");
        last = bytes;
    }
    // What it shows is still there: red grows to the right, green downwards.
    let copy = read(&cdn, &picture, 320).await.into_rgb8();
    assert!(copy.get_pixel(300, 10)[0] > 200 && copy.get_pixel(10, 230)[1] > 200);
    assert!(copy.get_pixel(10, 10)[0] < 40 && copy.get_pixel(10, 10)[1] < 40);
}

#[tokio::test]
async fn nothing_is_ever_enlarged() {
    let cdn = Cdn::start().await;
    let small = cdn.copy("/small.jpg").await;
    assert_eq!((small.width, small.height, small.widths.as_slice()), (500, 700, &[320, 500][..]));
    assert_eq!(read(&cdn, &small, 320).await.dimensions(), (320, 448));
    assert_eq!(read(&cdn, &small, 500).await.dimensions(), (500, 700));
    let tiny = cdn.copy("/tiny.png").await;
    assert_eq!((tiny.width, tiny.height, tiny.widths.as_slice()), (3, 1, &[3][..]));
    assert_eq!(read(&cdn, &tiny, 3).await.dimensions(), (3, 1));
}

#[tokio::test]
async fn what_is_clear_stays_clear() {
    let cdn = Cdn::start().await;
    let glass = cdn.copy("/glass.png").await;
    for width in [320, 400] {
        let copy = read(&cdn, &glass, width).await.into_rgba8();
        let (clear, red) = (copy.get_pixel(width / 4, width / 2), copy.get_pixel(width * 3 / 4, width / 2));
        assert_eq!(clear[3], 0, "{clear:?}");
        assert!(red[3] == 255 && red[0] > 220 && red[1] < 30, "{red:?}");
    }
}

#[tokio::test]
async fn the_same_bytes_have_the_same_name_and_are_written_twice_without_harm() {
    let cdn = Cdn::start().await;
    let (first, second) = (cdn.url("/wide.jpg"), cdn.url("/again.jpg"));
    let (first, second) = tokio::join!(cdn.pictures.copy(&first), cdn.pictures.copy(&second));
    assert_eq!(first.unwrap(), second.unwrap());
    let picture = cdn.copy("/wide.jpg").await;
    assert_eq!(read(&cdn, &picture, 640).await.dimensions(), (640, 480));
}
