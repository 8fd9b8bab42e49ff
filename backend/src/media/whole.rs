//! Whether a file came in one piece. A decoder shows the first half of a JPEG
//! above a grey field and calls that a picture.

/// Whether a JPEG goes on to its end mark. What stands behind that is left alone.
pub(super) fn is_whole_jpeg(file: &[u8]) -> bool {
    let Some(scan) = scan(file) else { return false };
    // In a scan, 0xFF is followed by 0x00 or by a mark.
    scan.windows(2).any(|pair| pair == [0xff, 0xd9])
}

/// The file from its first scan on. A thumbnail, which has an end mark of its
/// own, stands in a segment before.
/// Source: ITU-T T.81, B.1.1.
fn scan(file: &[u8]) -> Option<&[u8]> {
    let mut rest = file.strip_prefix(&[0xff, 0xd8])?;
    loop {
        // Before a mark may stand any number of 0xFF, and, in files of careless programs, other bytes.
        let start = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff))?;
        let mark = *rest.get(start + 1)?;
        rest = rest.get(start + 2..)?;
        // Marks without a segment.
        if matches!(mark, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        rest = rest.get(length..)?;
        if mark == 0xda {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thumbnail in a segment, a scan with a stuffed 0xFF, an end.
    const FILE: &[u8] = &[
        0xff, 0xd8, 0xff, 0xe1, 0, 8, 0xff, 0xd8, 1, 2, 0xff, 0xd9, 0xff, 0xff, 0xdb, 0, 3, 7, 0xff, 0xda, 0, 4, 1, 2,
        9, 0xff, 0, 9, 0xff, 0xd9, 0, 0,
    ];

    #[test]
    fn only_a_file_with_its_own_end_is_whole() {
        let end = FILE.len() - 2;
        assert!(is_whole_jpeg(FILE) && is_whole_jpeg(&FILE[..end]));
        for cut in 0..end {
            assert!(!is_whole_jpeg(&FILE[..cut]), "{cut}");
        }
    }
}
