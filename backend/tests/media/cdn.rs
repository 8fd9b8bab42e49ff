//! A server that plays the CDN, and pictures for it.

use std::io::Cursor;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use backend::media::{AllowedHost, CopyError, MediaConfig, Pictures, StoreConfig};
use domain::feed::Picture;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// What must never be repeated of an address.
pub const SIGNATURE: &str = "00_AfsignatureXYZ";

pub struct Cdn {
    pub address: SocketAddr,
    pub pictures: Pictures,
    _folder: TempDir,
}

impl Cdn {
    /// The CDN is a host that the operator has named.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router(address)).await.unwrap() });
        let folder = tempfile::tempdir().unwrap();
        let pictures = in_folder(&folder, vec![address.into()]);
        Self { address, pictures, _folder: folder }
    }

    pub fn url(&self, path: &str) -> SecretString {
        format!("http://{}{path}?oh={SIGNATURE}&oe=6F00", self.address).into()
    }

    pub async fn copy(&self, path: &str) -> Picture {
        self.pictures.copy(&self.url(path)).await.unwrap()
    }

    /// An error, which never tells the address.
    pub async fn refusal(&self, path: &str) -> CopyError {
        refusal(&self.pictures, self.url(path)).await
    }
}

pub async fn refusal(pictures: &Pictures, url: SecretString) -> CopyError {
    let error = pictures.copy(&url).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SIGNATURE), "{error:?}");
    error
}

pub fn in_folder(folder: &TempDir, hosts: Vec<AllowedHost>) -> Pictures {
    Pictures::open(&MediaConfig { hosts, store: StoreConfig::Folder(folder.path().join("pictures")) }).unwrap()
}

fn router(address: SocketAddr) -> Router {
    let forever = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[0xff; 65_536])));
    Router::new()
        .route("/wide.jpg", get(async || jpeg(1440, 1080)))
        .route("/again.jpg", get(async || jpeg(1440, 1080)))
        .route("/small.jpg", get(async || jpeg(500, 700)))
        .route("/tiny.png", get(async || png(3, 1)))
        .route("/glass.png", get(async || glass()))
        .route("/bomb.png", get(async || bomb(30_000, 30_000)))
        .route("/flat-bomb.png", get(async || bomb(8_000, 8_000)))
        .route("/ribbon.png", get(async || bomb(12_001, 1)))
        .route("/empty.jpg", get(async || ""))
        .route("/page.jpg", get(async || "<!doctype html><title>Log in</title>"))
        .route("/expired.jpg", get(async || (StatusCode::FORBIDDEN, "URL signature expired")))
        .route("/missing.jpg", get(async || (StatusCode::NOT_FOUND, "Not found")))
        .route("/accepted.jpg", get(async || StatusCode::ACCEPTED))
        .route("/nothing.jpg", get(async || StatusCode::NO_CONTENT))
        .route("/partial.jpg", get(async || (StatusCode::PARTIAL_CONTENT, jpeg(500, 700))))
        .route("/half.jpg", get(async || jpeg(500, 700)[..9_000].to_vec()))
        .route("/cut.jpg", get(async || Response::new(Body::from_stream(cut()))))
        .route("/later.jpg", get(async || (StatusCode::TOO_MANY_REQUESTS, "Too many")))
        .route("/down.jpg", get(async || (StatusCode::BAD_GATEWAY, "Sorry")))
        .route("/elsewhere.jpg", get(async || (StatusCode::FOUND, [(LOCATION, "http://169.254.169.254/latest/")])))
        .route("/here.jpg", get(async move || (StatusCode::FOUND, [(LOCATION, format!("http://{address}/wide.jpg"))])))
        .route("/endless.jpg", get(async || Response::new(Body::from_stream(forever))))
        .route("/huge.jpg", get(async || vec![0xff_u8; 16 * 1024 * 1024 + 1].into_response()))
}

/// A connection that ends in the middle.
fn cut() -> impl futures::Stream<Item = std::io::Result<Bytes>> {
    futures::stream::iter([
        Ok(jpeg(500, 700)[..2_000].to_vec().into()),
        Err(std::io::ErrorKind::ConnectionReset.into()),
    ])
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, ((x + y) % 256) as u8])
    });
    file(pixels.into(), ImageFormat::Jpeg)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    file(RgbImage::from_pixel(width, height, Rgb([9, 99, 199])).into(), ImageFormat::Png)
}

/// Clear on the left, red on the right.
fn glass() -> Vec<u8> {
    let pixels = RgbaImage::from_fn(400, 400, |x, _| if x < 200 { Rgba([0, 0, 0, 0]) } else { Rgba([250, 0, 0, 255]) });
    file(pixels.into(), ImageFormat::Png)
}

fn file(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A few bytes that claim to become a picture of this size.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, b"IDAT\x78\x9c\x63\0\0".to_vec(), b"IEND".to_vec()] {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        bytes.extend(&chunk);
        bytes.extend(crc(&chunk).to_be_bytes());
    }
    bytes
}

/// PNG's check sum.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
