//! Pictures: copied from a server that plays the CDN (`cdn`), kept in a folder
//! or in a server that plays S3 (`s3`).

#[cfg(test)]
mod cdn;
#[cfg(test)]
mod copying;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod refusing;
#[cfg(test)]
mod s3;
