//! Pictures drawn from a seed: a sky, a sun and some hills, or lights out of focus, or waves.

use crate::cast::seed as number;
use image::{ExtendedColorType, ImageResult, codecs::jpeg::JpegEncoder};

/// A second of film, the same for all videos.
pub(crate) const CLIP: &[u8] = include_bytes!("clip.mp4");

/// JPEG quality: small, and still smooth.
const QUALITY: u8 = 82;

type Colour = [f32; 3];

/// Three colours each: above, below, and the accent.
const PALETTES: &[[Colour; 3]] = &[
    [[253., 203., 150.], [238., 120., 110.], [255., 241., 200.]],
    [[150., 205., 240.], [70., 110., 190.], [255., 250., 220.]],
    [[40., 50., 90.], [140., 90., 150.], [255., 200., 170.]],
    [[200., 230., 200.], [60., 130., 110.], [255., 236., 160.]],
    [[250., 225., 235.], [215., 130., 165.], [255., 255., 245.]],
    [[225., 235., 240.], [120., 150., 165.], [255., 140., 90.]],
    [[255., 230., 140.], [240., 160., 70.], [120., 70., 60.]],
    [[30., 60., 70.], [20., 140., 140.], [250., 240., 180.]],
];

/// Draws the picture that belongs to a seed, as JPEG.
pub(crate) fn draw(seed: &str, width: u32, height: u32) -> ImageResult<Vec<u8>> {
    let seed = number(seed);
    let scene = Scene::new(seed);
    let ratio = width as f32 / height as f32;
    let mut pixels = Vec::with_capacity(3 * (width as usize) * (height as usize));
    for row in 0..height {
        for column in 0..width {
            let (x, y) = (column as f32 / width as f32, row as f32 / height as f32);
            pixels.extend(scene.colour(x, y, ratio).map(|part| part.clamp(0., 255.) as u8));
        }
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode(&pixels, width, height, ExtendedColorType::Rgb8)?;
    Ok(jpeg)
}

struct Scene {
    kind: u64,
    palette: [Colour; 3],
    /// Numbers between 0 and 1 that place things.
    dice: [f32; 12],
}

impl Scene {
    fn new(seed: u64) -> Self {
        let palette = PALETTES[(seed >> 8) as usize % PALETTES.len()];
        let dice = std::array::from_fn(|place| {
            let mixed = (seed ^ place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
            (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 40) as f32 / (1_u64 << 24) as f32
        });
        Self { kind: (seed >> 32) % 3, palette, dice }
    }

    fn colour(&self, x: f32, y: f32, ratio: f32) -> Colour {
        let [above, below, accent] = self.palette;
        match self.kind {
            0 => self.hills(mix(above, below, y * 0.7), accent, x, y, ratio),
            1 => self.lights(mix(above, below, (x + y) / 2.), accent, x, y, ratio),
            _ => {
                let bend = (x * 4. + self.dice[0] * 6.).sin() * 0.07 + (x * 9. + self.dice[1] * 6.).sin() * 0.03;
                let band = ((y + bend) * (5. + self.dice[2] * 4.)).floor() / 9.;
                let base = mix(above, below, band);
                let sheen = ((y + bend) * (5. + self.dice[2] * 4.)).fract();
                mix(base, accent, sheen * 0.25)
            }
        }
    }

    fn hills(&self, sky: Colour, accent: Colour, x: f32, y: f32, ratio: f32) -> Colour {
        let sun = (0.2 + self.dice[0] * 0.6, 0.2 + self.dice[1] * 0.25);
        let mut colour = mix(sky, accent, disc(x, y, sun, 0.09 + self.dice[2] * 0.06, ratio));
        for layer in 0..3_u8 {
            let depth = f32::from(layer);
            let start = self.dice[3 + usize::from(layer)] * 6.3;
            let ridge = 0.55
                + depth * 0.14
                + (x * (3. + depth) + start).sin() * 0.06
                + (x * (7. + depth * 2.) + start * 2.).sin() * 0.02;
            if y > ridge {
                colour = mix(self.palette[1], [28., 34., 52.], 0.25 + depth * 0.22);
            }
        }
        colour
    }

    fn lights(&self, base: Colour, accent: Colour, x: f32, y: f32, ratio: f32) -> Colour {
        (0..6).fold(base, |colour, light| {
            let place = (self.dice[light], self.dice[11 - light]);
            let size = 0.07 + self.dice[(light + 5) % 12] * 0.16;
            mix(colour, accent, disc(x, y, place, size, ratio) * 0.45)
        })
    }
}

fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let part = part.clamp(0., 1.);
    std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * part)
}

/// 1 inside a disc, 0 outside, with a soft edge.
fn disc(x: f32, y: f32, centre: (f32, f32), radius: f32, ratio: f32) -> f32 {
    let distance = ((x - centre.0) * ratio).hypot(y - centre.1);
    ((radius - distance) / 0.02 + 0.5).clamp(0., 1.)
}
