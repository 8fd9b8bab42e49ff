//! The clients of Meta: against answers written by hand (`stub`), and against
//! the sandbox (`world`).

#[cfg(test)]
mod facebook;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod instagram;
#[cfg(test)]
mod sandbox_life;
#[cfg(test)]
mod sandbox_trouble;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod world;
