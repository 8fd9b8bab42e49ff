//! How the posts are arranged.

use app::EmbedWords;
use domain::feed::Post;
use domain::widget::{Click, Layout, Screen, Settings, Shown};
use maud::{Markup, html};
use strum::VariantArray as _;

use super::post::{self, Scene};

/// All posts.
pub fn posts(shown: &Shown, words: EmbedWords) -> Markup {
    let scene = Scene { shown, words, eager: eager(shown) };
    match shown.settings.layout {
        Layout::Grid => list(&scene, "posts grid"),
        Layout::List => list(&scene, "posts list"),
        Layout::Slider => slider(&scene),
        Layout::Columns => html! {
            @for (number, (shape, _)) in lists(shown).iter().enumerate() {
                div class={ "m m" (number) } { (columns(&scene, *shape)) }
            }
        },
    }
}

fn list(scene: &Scene<'_>, class: &str) -> Markup {
    html! {
        ul class=(class) role="list" {
            @for (index, post) in scene.shown.posts.iter().enumerate() { li { (post::figure(scene, index, post)) } }
        }
    }
}

/// Works without the script: one can always slide. The script brings the buttons.
fn slider(scene: &Scene<'_>) -> Markup {
    // Links take the focus and bring themselves into view; without any, the row does.
    let words = scene.words;
    let focus = (scene.shown.settings.click == Click::Nothing).then_some("0");
    html! {
        div.slider {
            ul.posts.row role="list" tabindex=[focus] aria-label=(words.posts()) {
                @for (index, post) in scene.shown.posts.iter().enumerate() {
                    li { (post::figure(scene, index, post)) }
                }
            }
            button.go.back type="button" aria-label=(words.back()) hidden { (post::icon(post::BACK)) }
            button.go.on type="button" aria-label=(words.more()) hidden { (post::icon(post::ON)) }
        }
    }
}

/// Columns side by side and the most posts in them.
type Shape = (usize, usize);

/// The different arrangements of columns, each with the widths that show it.
pub fn lists(shown: &Shown) -> Vec<(Shape, Vec<Screen>)> {
    let mut lists: Vec<(Shape, Vec<Screen>)> = Vec::new();
    for screen in Screen::VARIANTS {
        let shape = (usize::from(shown.settings.look(*screen).columns.get()), shown.settings.capacity(*screen));
        match lists.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, screens)) => screens.push(*screen),
            None => lists.push((shape, vec![*screen])),
        }
    }
    lists
}

fn columns(scene: &Scene<'_>, (columns, capacity): Shape) -> Markup {
    html! {
        @for column in deal(&scene.shown.posts, columns, capacity) {
            ul role="list" {
                @for index in column {
                    @let post = &scene.shown.posts[index];
                    li class={ "f" (grow(post)) } { (post::figure(scene, index, post)) }
                }
            }
        }
    }
}

/// Each post goes to the column that is shortest so far.
fn deal(posts: &[Post], columns: usize, capacity: usize) -> Vec<Vec<usize>> {
    let mut dealt = vec![(0, Vec::new()); columns];
    for (index, post) in posts.iter().take(capacity).enumerate() {
        if let Some((height, column)) = dealt.iter_mut().min_by_key(|(height, _)| *height) {
            *height += grow(post);
            column.push(index);
        }
    }
    dealt.into_iter().map(|(_, column)| column).collect()
}

/// The natural height of a post's picture in hundredths of its width, in few
/// enough steps for a class each: the policy forbids styles of their own.
pub fn grow(post: &Post) -> u32 {
    const STEP: u32 = 5;
    let natural = post.cover().map_or(100, |picture| picture.height.saturating_mul(100) / picture.width.max(1));
    natural.clamp(50, 200) / STEP * STEP
}

/// The rows that are filled at one width.
pub fn rows(shown: &Shown, screen: Screen) -> usize {
    let look = shown.settings.look(screen);
    let columns = usize::from(look.columns.get());
    shown.posts.len().div_ceil(columns).clamp(1, usize::from(look.rows.get()))
}

/// As many posts as stand in the first row at every width that shows them.
fn eager(shown: &Shown) -> usize {
    let settings: &Settings = &shown.settings;
    let columns = |screen: &Screen| usize::from(settings.look(*screen).columns.get());
    match settings.layout {
        Layout::List => 1,
        // Each list has its own first row; hidden pictures would load as well.
        Layout::Columns => Screen::VARIANTS.iter().map(columns).min().unwrap_or(1),
        Layout::Grid | Layout::Slider => {
            let most = Screen::VARIANTS.iter().map(columns).max().unwrap_or(1);
            let shown_everywhere = Screen::VARIANTS.iter().map(|screen| settings.capacity(*screen)).min().unwrap_or(1);
            most.min(shown_everywhere)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::samples;
    use super::*;

    #[test]
    fn posts_are_dealt_to_the_shortest_column() {
        let mut posts = samples::shown(6).posts;
        for (post, height) in posts.iter_mut().zip([2000, 1000, 1000, 1000, 1000, 500]) {
            let picture = post.pictures[0].as_mut().unwrap();
            (picture.width, picture.height) = (1000, height);
        }
        assert_eq!(deal(&posts, 3, 9), [vec![0, 5], vec![1, 3], vec![2, 4]]);
        assert_eq!(deal(&posts, 3, 2), [vec![0], vec![1], vec![]]);
    }

    #[test]
    fn widths_with_the_same_columns_share_a_list() {
        let mut shown = samples::shown(12);
        assert_eq!(lists(&shown).len(), 3);
        shown.settings.tablet = shown.settings.phone;
        assert_eq!(lists(&shown)[0].1, [Screen::Phone, Screen::Tablet]);
    }
}
