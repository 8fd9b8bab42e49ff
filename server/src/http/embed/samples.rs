//! Posts as people write them, for tests.

use chrono::{TimeDelta, TimeZone, Utc};
use domain::feed::{ItemFacts, MediaKind, Permalink, Picture, Post, PostFacts};
use domain::id::{MediaId, PictureHash, WidgetId};
use domain::widget::{Settings, Shown};
use sha2::{Digest, Sha256};

/// As long as shops write, each a little different.
const CAPTIONS: [&str; 4] = [
    "Slow mornings, good bread. 🥖\n\nOur sourdough takes 36 hours: flour from the mill down the road, water, salt, and a starter that \
     is older than most of us. We open at 7 and close when the last loaf is gone, which on Saturdays is usually before noon.\n\n\
     #sourdough #bakery #slowfood #breadlover #artisanbread #realbread #levain",
    "오늘의 메뉴 🍜 진한 국물에 손으로 뽑은 면, 그리고 직접 담근 김치. 주말에는 예약을 추천드려요!\n예약은 프로필 링크에서 하실 수 있습니다.\n#맛집 #국수 #서울",
    "Café novo no balcão! ☕️ Um microlote do Sul de Minas, torrado aqui mesmo na quarta-feira. Notas de rapadura, laranja e \
     um final longo de chocolate. Passa aqui, a gente prepara do jeito que você gosta, e ainda conta a história de quem plantou.",
    "Before / after 🛠️ Three weeks, 214 tiles, one very patient neighbour. Swipe to see how the old kitchen of this 1930s flat \
     became the room where everybody ends up at parties. Thank you @studio.north for the drawings & the trust!",
];

/// The widget of these tests.
pub fn widget() -> WidgetId {
    "0190f0c0-1111-7222-8333-444455556666".parse().unwrap()
}

/// A picture with a name of its own.
pub fn picture(seed: usize, width: u32, height: u32) -> Picture {
    let digest = Sha256::digest(format!("picture {seed}"));
    let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Picture { hash: PictureHash(hash), width, height, widths: vec![160, 320, 640, 1080] }
}

/// A default widget with so many posts, of all kinds.
pub fn shown(posts: usize) -> Shown {
    Shown::new(Settings::default(), "corner.bakery".into(), (0..posts).map(post).collect())
}

fn post(index: usize) -> Post {
    let kind = [MediaKind::Image, MediaKind::Album, MediaKind::Image, MediaKind::Video][index % 4];
    let items = if kind == MediaKind::Album { 3 } else { 1 };
    let id = MediaId(format!("1790{index:013}"));
    let (width, height) = [(1080, 1350), (1080, 1080), (1440, 1080), (1080, 1920)][(index * 7 / 3) % 4];
    let facts = PostFacts {
        items: (0..items)
            .map(|item| ItemFacts { id: MediaId(format!("{id}{item}")), kind: MediaKind::Image })
            .collect(),
        id,
        kind,
        caption: Some(format!("{} ({index})", CAPTIONS[index % 4])),
        alt: None,
        permalink: Permalink::parse(&format!("https://www.instagram.com/p/DQ{index}xYz_-/")),
        at: Utc.with_ymd_and_hms(2026, 11, 3, 9, 30, 0).unwrap() - TimeDelta::hours(31 * index as i64),
        likes: Some(37 * (index as u64 + 1) * (index as u64 + 3)),
        comments: Some(index as u64 * 3),
    };
    Post { facts, pictures: (0..items).map(|item| Some(picture(index * 10 + item, width, height))).collect() }
}
