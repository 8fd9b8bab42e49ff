//! What the accounts write under their posts.

use super::Style;

/// The caption and the alternative text of the nth post; Meta: a caption nobody wrote is absent.
pub(crate) fn caption(style: Style, index: usize) -> Option<String> {
    let lines = lines(style);
    if style == Style::Hostile && index % lines.len() == LONG {
        return Some("A caption that does not know when to stop. ".repeat(50));
    }
    // Every seventh post says nothing, as real ones do.
    if style != Style::Hostile && index % 7 == 5 {
        return None;
    }
    lines.get(index % lines.len()).map(|line| (*line).to_owned())
}

/// Which of the hostile captions is the long one.
const LONG: usize = 4;

fn lines(style: Style) -> &'static [&'static str] {
    match style {
        Style::Coffee => &[
            "First light, first cup. We open at seven.\n\n#coffee #morning",
            "New beans from Huila are on the shelf ☕️",
            "Our window seat is free. Hurry.",
            "Brewing class on Saturday: four seats left. Link in bio.",
            "Rain outside, steam inside.",
            "Thank you @best.of.instagram for the visit!",
            "We are closed on Monday for a deep clean. See you on Tuesday.",
            "Latte art is 80% milk and 20% luck.",
        ],
        Style::Travel => &[
            "The lake at 5 in the morning. Nobody but two herons. 📍Hallstatt\n#lake #stillness #bestof",
            "Seven hours on foot, one minute of this light. ✨",
            "Swipe for the other side of the ridge ➡️",
            "Can you guess the country? Answer in the comments 👇",
            "Photo by @paul. Tag #bestof to be featured!",
            "A city from above is a circuit board.",
            "Dunes move about 20 m a year. This one has somewhere to be.",
            "Sea, then fog, then mountains. In that order.",
            "Winter said one more thing before it left ❄️",
        ],
        Style::Korean => &[
            "오늘의 첫 빵이 나왔어요 🥐🥐 따뜻할 때 오세요!\n#서울카페 #성수동빵집 #크루아상",
            "비 오는 날엔 단팥빵이죠 ☔️",
            "주말 한정 딸기 케이크 🍓🍰 예약은 프로필 링크에서!",
            "감사합니다 🙏 덕분에 3주년이 되었어요 👩‍🍳👨‍👩‍👧‍👦",
            "소금빵은 오후 2시에 다시 구워요.",
            "휴무 안내: 매주 월요일은 쉽니다 🇰🇷",
        ],
        Style::Hostile => &[
            "<script>alert('caption')</script>",
            "\"><img src=x onerror=alert(1)> it's \"quoted\" & 'single' `ticked` ${interpolated} {{braced}}",
            "Right to left: \u{202E}gnippilf txet siht\u{202C} and back",
            "'; DROP TABLE widget; -- \\ \\n %00 \u{200B}zero\u{200B}width",
            "",
            "</textarea></style></script><svg onload=alert(2)>",
            "javascript:alert(3) https://example.com/?a=<b>&c=\"d\" #<i>tag</i> @\"name\"",
            "Z\u{0351}\u{036B}\u{0343}a\u{0363}\u{0349}l\u{0342}\u{0359}g\u{0313}o\u{0330} 𝕱𝖆𝖓𝖈𝖞 ﷽",
            "line one\r\nline two\u{2028}line three\u{0085}end",
        ],
        Style::Private => &["Just me.", "Still me.", "Me again."],
        Style::Flowers => &[
            "Ranunculus week 🌸",
            "Bouquet of the day: dahlia, cosmos, a little wild carrot.",
            "Wedding season is here. We have room for two more in June.",
            "Tulips never stand still.",
            "How to keep cut flowers fresh: cold water, clean vase, no fruit beside it.",
        ],
        Style::Garden => &[
            "The greenhouse at noon 🌿",
            "Open garden on Sunday, 10 to 16 h. Dogs welcome.",
            "Compost: the slowest magic there is.",
            "First frost. The dahlias are in.",
        ],
    }
}
