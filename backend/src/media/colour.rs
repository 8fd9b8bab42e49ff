//! Colours of pictures whose numbers mean other colours than sRGB's, such as
//! those of cameras that see Display P3. Copies carry no profile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

/// Changes the numbers so that they mean the same colours in sRGB. Returns
/// whether it did: a profile that is broken, or is not one of red, green and
/// blue, leaves the picture as it is.
pub(super) fn to_srgb(image: &mut DynamicImage, profile: &[u8]) -> bool {
    let layout = match image {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return false,
    };
    // What a stranger wrote is read: no fault of it may cost the picture.
    let convert = AssertUnwindSafe(|| converted(image.as_bytes(), &*transform(profile, layout)?));
    let Some(numbers) = catch_unwind(convert).ok().flatten() else { return false };
    match image {
        DynamicImage::ImageRgb8(pixels) => pixels.copy_from_slice(&numbers),
        DynamicImage::ImageRgba8(pixels) => pixels.copy_from_slice(&numbers),
        _ => return false,
    }
    true
}

fn transform(profile: &[u8], layout: Layout) -> Option<Arc<Transform8BitExecutor>> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    from.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()
}

fn converted(numbers: &[u8], transform: &Transform8BitExecutor) -> Option<Vec<u8>> {
    let mut converted = vec![0; numbers.len()];
    transform.transform(numbers, &mut converted).ok()?;
    Some(converted)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    /// Numbers in Display P3 and the same colours in sRGB, clipped where sRGB has none.
    /// Source: CSS Color 4, 10.8 "Sample code for color conversions".
    const P3: [([u8; 3], [u8; 3]); 6] = [
        ([0, 0, 0], [0, 0, 0]),
        ([255, 255, 255], [255, 255, 255]),
        ([128, 128, 128], [128, 128, 128]),
        ([255, 0, 0], [255, 0, 0]),
        ([200, 100, 50], [215, 93, 31]),
        ([60, 120, 180], [30, 122, 185]),
    ];

    fn near(found: &[u8], wanted: &[u8]) -> bool {
        found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(*wanted) <= 2)
    }

    #[test]
    fn numbers_change_so_that_colours_stay() {
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        for (p3, srgb) in P3 {
            let mut image = DynamicImage::from(RgbImage::from_pixel(5, 3, Rgb(p3)));
            assert!(to_srgb(&mut image, &profile));
            let found = image.to_rgb8().get_pixel(4, 2).0;
            assert!(near(&found, &srgb), "{p3:?}: {found:?}, not {srgb:?}");
            let [r, g, b] = p3;
            let mut glass = DynamicImage::from(RgbaImage::from_pixel(5, 3, Rgba([r, g, b, 77])));
            assert!(to_srgb(&mut glass, &profile));
            let found = glass.to_rgba8().get_pixel(0, 0).0;
            assert!(near(&found, &srgb) && found[3] == 77, "{found:?}");
        }
    }

    #[test]
    fn adobes_green_is_as_green_as_srgb_can_be() {
        let profile = ColorProfile::new_adobe_rgb().encode().unwrap();
        let mut image = DynamicImage::from(RgbImage::from_pixel(2, 2, Rgb([100, 200, 100])));
        assert!(to_srgb(&mut image, &profile));
        let [r, g, b] = image.to_rgb8().get_pixel(0, 0).0;
        assert!(r < 40 && g >= 200 && (85..=100).contains(&b), "{r} {g} {b}");
    }

    #[test]
    fn a_profile_of_srgb_changes_nothing_to_be_seen() {
        let profile = ColorProfile::new_srgb().encode().unwrap();
        let mut image = DynamicImage::from(RgbImage::from_pixel(2, 2, Rgb([12, 150, 240])));
        assert!(to_srgb(&mut image, &profile));
        assert!(near(&image.to_rgb8().get_pixel(0, 0).0, &[12, 150, 240]));
    }

    #[test]
    fn a_broken_profile_is_no_reason_to_lose_a_picture() {
        let whole = ColorProfile::new_display_p3().encode().unwrap();
        let grey = ColorProfile::new_gray_with_gamma(2.2).encode().unwrap();
        let mut broken: Vec<Vec<u8>> = (0..whole.len()).step_by(7).map(|cut| whole[..cut].to_vec()).collect();
        broken.extend((0..whole.len()).step_by(3).map(|place| {
            let mut bent = whole.clone();
            bent[place] = !bent[place];
            bent
        }));
        broken.extend([grey.clone(), vec![0xff; 600], b"not a profile".to_vec()]);
        for profile in broken {
            let mut image = DynamicImage::from(RgbImage::from_pixel(2, 2, Rgb([1, 2, 3])));
            // Whatever it says, a picture is left.
            let _changed = to_srgb(&mut image, &profile);
            assert_eq!((image.width(), image.as_bytes().len()), (2, 12));
        }
        let mut image = DynamicImage::from(RgbImage::from_pixel(2, 2, Rgb([1, 2, 3])));
        assert!(!to_srgb(&mut image, &grey) && !to_srgb(&mut image, &whole[..200]));
    }
}
