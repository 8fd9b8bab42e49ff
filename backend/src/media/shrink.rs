//! From the bytes of an original to small WebP files. Slow: not for async threads.

use std::io::Cursor;

use bytes::Bytes;
use domain::feed::Picture;
use domain::id::PictureHash;
use fast_image_resize::Resizer;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use super::error::CopyError;
use super::name::WIDEST;
use super::{colour, whole};

/// The widths that copies are kept at, in pixels. Wider ones help nobody: a
/// widget's picture seldom gets more than half a screen.
const WIDTHS: [u32; 4] = [320, 640, 960, WIDEST];
/// Of WebP, from 0 to 100: no difference to be seen on photographs.
const QUALITY: f32 = 78.;
const MOST_PIXELS: u64 = 50_000_000;
const LONGEST_SIDE: u32 = 12_000;
/// Of one decoded picture, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// A picture's copies.
#[derive(Debug)]
pub(super) struct Copies {
    pub picture: Picture,
    /// The width of each, and its file.
    pub files: Vec<(u32, Bytes)>,
}

/// Decodes an original and makes its copies.
pub(super) fn copies(original: &[u8]) -> Result<Copies, CopyError> {
    let Decoded { image, orientation, profile } = decode(original)?;
    let turned = is_turned(orientation);
    let (width, height) = flip((image.width(), image.height()), turned);
    let widths = widths(width);
    let size = |copy: u32| (copy, height_at(copy, (width, height)));
    // Turned after it has become smaller: that takes far less memory.
    let widest = size(widths.last().copied().unwrap_or(width));
    let mut largest = resize(&image, flip(widest, turned))?;
    drop(image);
    largest.apply_orientation(orientation);
    let converted = profile.is_some_and(|profile| colour::to_srgb(&mut largest, &profile));
    let mut files = Vec::with_capacity(widths.len());
    for &copy in &widths {
        files.push((copy, encode(&resize(&largest, size(copy))?)?));
    }
    let hash = hash(original, converted);
    Ok(Copies { picture: Picture { hash, width, height, widths }, files })
}

/// The name of a picture's copies. Copies of the same bytes that were made
/// without their profile are kept for a year by who has seen them: those have
/// another name.
fn hash(original: &[u8], converted: bool) -> PictureHash {
    let mut hash = Sha256::new_with_prefix(original);
    if converted {
        hash.update(b"sRGB");
    }
    PictureHash(hex::encode(hash.finalize()))
}

/// Never wider than the original, never none; ascending.
fn widths(original: u32) -> Vec<u32> {
    let own = (original <= WIDEST).then_some(original);
    WIDTHS.into_iter().filter(|width| *width < original).chain(own).collect()
}

fn height_at(copy: u32, (width, height): (u32, u32)) -> u32 {
    let (copy, width, height) = (u64::from(copy), u64::from(width), u64::from(height));
    let rounded = (copy * height + width / 2) / width.max(1);
    u32::try_from(rounded).unwrap_or(LONGEST_SIDE).max(1)
}

/// An original.
struct Decoded {
    image: DynamicImage,
    /// How the camera was held.
    orientation: Orientation,
    /// What the numbers mean; most pictures do not say.
    profile: Option<Vec<u8>>,
}

/// What is too large is refused while only its header has been read.
fn decode(original: &[u8]) -> Result<Decoded, CopyError> {
    let format = image::guess_format(original).map_err(|_| CopyError::NotAPicture)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(CopyError::NotAPicture);
    }
    if format == ImageFormat::Jpeg && !whole::is_whole_jpeg(original) {
        return Err(CopyError::NotAPicture);
    }
    let mut reader = ImageReader::with_format(Cursor::new(original), format);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(CopyError::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(CopyError::NotAPicture);
    }
    // Broken notes of a camera are no reason to refuse its picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let image = if image.color().has_alpha() { image.into_rgba8().into() } else { image.into_rgb8().into() };
    Ok(Decoded { image, orientation, profile })
}

fn broken(error: ImageError) -> CopyError {
    match error {
        ImageError::Limits(_) => CopyError::TooManyPixels,
        _ => CopyError::NotAPicture,
    }
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn flip((width, height): (u32, u32), flipped: bool) -> (u32, u32) {
    if flipped { (height, width) } else { (width, height) }
}

fn resize(image: &DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, CopyError> {
    if (image.width(), image.height()) == (width, height) {
        return Ok(image.clone());
    }
    let mut resized = DynamicImage::new(width, height, image.color());
    Resizer::new().resize(image, &mut resized, None).map_err(|_| CopyError::NotAPicture)?;
    Ok(resized)
}

fn encode(image: &DynamicImage) -> Result<Bytes, CopyError> {
    let (width, height) = (image.width(), image.height());
    let encoder = match image {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        _ => return Err(CopyError::NotAPicture),
    };
    let file = encoder.encode_simple(false, QUALITY).map_err(|_| CopyError::NotAPicture)?;
    Ok(Bytes::copy_from_slice(&file))
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageEncoder, Rgb, RgbImage};
    use moxcms::ColorProfile;

    use super::*;

    #[test]
    fn widths_never_enlarge_and_are_never_none() {
        for (original, expected) in [
            (1, &[1][..]),
            (319, &[319]),
            (320, &[320]),
            (640, &[320, 640]),
            (1080, &[320, 640, 960, 1080]),
            (1280, &[320, 640, 960, 1280]),
            (1440, &[320, 640, 960, 1280]),
            (12_000, &[320, 640, 960, 1280]),
        ] {
            assert_eq!(widths(original), expected, "{original}");
        }
    }

    #[test]
    fn a_picture_keeps_its_shape_and_at_least_one_line() {
        assert_eq!(height_at(640, (1080, 1350)), 800);
        assert_eq!(height_at(320, (12_000, 9)), 1);
    }

    /// Red on the left, blue on the right, as the camera saw it lying on its side.
    fn photograph(exif_orientation: u8) -> Vec<u8> {
        photograph_in(exif_orientation, None)
    }

    fn photograph_in(exif_orientation: u8, profile: Option<&ColorProfile>) -> Vec<u8> {
        let pixels = RgbImage::from_fn(80, 40, |x, _| if x < 40 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
        let mut file = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut file, 95);
        let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([exif_orientation, 0, 0, 0, 0, 0, 0]);
        encoder.set_exif_metadata(exif).unwrap();
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile.encode().unwrap()).unwrap();
        }
        encoder.write_image(&pixels, 80, 40, image::ExtendedColorType::Rgb8).unwrap();
        file
    }

    #[test]
    fn a_camera_that_was_held_on_its_side_is_no_reason_to_lie_down() {
        let upright = copies(&photograph(1)).unwrap();
        assert_eq!((upright.picture.width, upright.picture.height), (80, 40));
        let turned = copies(&photograph(6)).unwrap();
        assert_eq!((turned.picture.width, turned.picture.height), (40, 80));
        let (width, file) = &turned.files[0];
        let copy = image::load_from_memory(file).unwrap().into_rgb8();
        assert_eq!((*width, copy.dimensions()), (40, (40, 80)));
        let (top, bottom) = (copy.get_pixel(20, 5), copy.get_pixel(20, 75));
        assert!(top[0] > 200 && top[2] < 60, "left became the top: {top:?}");
        assert!(bottom[2] > 200 && bottom[0] < 60, "right became the bottom: {bottom:?}");
    }

    #[test]
    fn colours_of_a_camera_with_a_profile_are_what_the_camera_saw() {
        let plain = copies(&photograph(6)).unwrap();
        let p3 = copies(&photograph_in(6, Some(&ColorProfile::new_display_p3()))).unwrap();
        assert_eq!((p3.picture.width, p3.picture.height), (40, 80), "and it stands upright");
        let top = |copies: &Copies| image::load_from_memory(&copies.files[0].1).unwrap().into_rgb8().get_pixel(20, 5).0;
        let (plain, p3) = (top(&plain), top(&p3));
        // P3's red is beyond sRGB's: as red as can be, and without the green that the numbers alone would leave.
        assert!(p3[0] >= plain[0].max(252), "{p3:?}, and without the profile {plain:?}");
        let grey = copies(&photograph_in(1, Some(&ColorProfile::new_gray_with_gamma(1.8)))).unwrap();
        assert_eq!(top(&grey), top(&copies(&photograph(1)).unwrap()), "a profile that does not fit is left alone");
    }

    #[test]
    fn half_a_file_is_no_picture() {
        for original in [photograph(1), photograph_in(1, Some(&ColorProfile::new_display_p3()))] {
            for cut in (2..original.len()).step_by(11).chain([original.len() - 2, original.len() - 1]) {
                assert!(matches!(copies(&original[..cut]), Err(CopyError::NotAPicture)), "{cut} of {}", original.len());
            }
        }
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let mut file = Cursor::new(Vec::new());
            DynamicImage::from(RgbImage::from_fn(80, 40, |x, y| Rgb([x as u8, y as u8, 9])))
                .write_to(&mut file, format)
                .unwrap();
            let file = file.into_inner();
            assert!(copies(&file).is_ok());
            for cut in (0..file.len() * 3 / 4).step_by(5) {
                assert!(
                    matches!(copies(&file[..cut]), Err(CopyError::NotAPicture)),
                    "{format:?}: {cut} of {}",
                    file.len()
                );
            }
        }
    }

    #[test]
    fn other_formats_and_broken_files_are_no_pictures() {
        let jpeg = photograph(1);
        for bytes in [&b"GIF89a\x01\0\x01\0\0\0\0;"[..], b"<!doctype html>", b"\0", &jpeg[..20], b"RIFF\0\0\0\0WEBP"] {
            assert!(matches!(copies(bytes), Err(CopyError::NotAPicture)), "{bytes:?}");
        }
    }
}
