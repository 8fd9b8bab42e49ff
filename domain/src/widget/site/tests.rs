//! What people type, what they see again, and what browsers are told.

use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> Option<String> {
    Site::parse(text).map(|site| site.0)
}

fn policy(text: &str) -> String {
    let sources = Site::parse(text).unwrap().sources();
    sources.iter().flat_map(Source::in_policy).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_site_is_shown_as_it_was_typed_without_what_names_no_website() {
    for (typed, kept) in [
        (" Example.com ", "Example.com"),
        ("HTTPS://Shop.Example.com/news?x=1", "https://Shop.Example.com"),
        ("//example.com/a", "example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("müller-bäckerei.de", "müller-bäckerei.de"),
        ("MÜLLER.de", "MÜLLER.de"),
        ("https://한국.kr/블로그", "https://한국.kr"),
        ("faß.de", "faß.de"),
        ("example.com.", "example.com"),
        ("example.com..", "example.com"),
        ("例え。jp。", "例え。jp"),
        ("\u{200e}\u{feff}example.com\u{200b}", "example.com"),
        ("*.example.com", "*.example.com"),
        ("my_shop.example.com", "my_shop.example.com"),
        ("https://intranet/start", "https://intranet"),
    ] {
        assert_eq!(shown(typed).as_deref(), Some(kept), "{typed}");
    }
}

#[test]
fn browsers_are_told_the_name_that_they_compare() {
    for (typed, told) in [
        ("example.com", "https://example.com https://www.example.com"),
        ("www.example.com", "https://www.example.com https://example.com"),
        ("müller-bäckerei.de", "https://xn--mller-bckerei-hfb76a.de https://www.xn--mller-bckerei-hfb76a.de"),
        ("MÜLLER.de", "https://xn--mller-kva.de https://www.xn--mller-kva.de"),
        // The letter itself, as browsers have it since 2023; not `ss`.
        ("faß.de", "https://xn--fa-hia.de https://www.xn--fa-hia.de"),
        ("https://한국.kr/블로그", "https://xn--3e0b707e.kr"),
        ("mu\u{308}ller.de", "https://xn--mller-kva.de https://www.xn--mller-kva.de"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "https://example.com https://www.example.com"),
        ("xn--mller-kva.de", "https://xn--mller-kva.de https://www.xn--mller-kva.de"),
        ("example.com.", "https://example.com https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("example.com:8443", "https://example.com:8443 https://www.example.com:8443"),
        ("*.example.com", "https://*.example.com"),
        ("http://*.bücher.example", "http://*.xn--bcher-kva.example"),
        ("my_shop.example.com", "https://my_shop.example.com https://*.example.com"),
        ("https://intranet", "https://intranet"),
    ] {
        assert_eq!(policy(typed), told, "{typed}");
    }
}

#[test]
fn on_ones_own_computer_and_network_both_schemes_are_meant() {
    for (typed, told) in [
        ("localhost", "http://localhost:* https://localhost:*"),
        ("localhost:5173", "http://localhost:5173 https://localhost:5173"),
        ("http://localhost:5173", "http://localhost:5173"),
        ("http://localhost", "http://localhost:*"),
        ("shop.localhost", "http://shop.localhost:* https://shop.localhost:*"),
        ("*.localhost", "http://*.localhost:* https://*.localhost:*"),
        ("127.0.0.1", "http://127.0.0.1:* https://127.0.0.1:*"),
        ("192.168.1.5:3000", "http://192.168.1.5:3000 https://192.168.1.5:3000"),
        ("shop.test", "http://shop.test https://shop.test"),
        ("http://my_shop.test", "http://my_shop.test http://*.test"),
        ("[::1]:5173", "http://[::1]:5173 http://*:5173 https://[::1]:5173 https://*:5173"),
    ] {
        assert_eq!(policy(typed), told, "{typed}");
    }
}

#[test]
fn an_origin_is_allowed_or_not_as_the_policy_says() {
    let allows = |typed: &str, origin: &str| Site::parse(typed).unwrap().sources().iter().any(|one| one.allows(origin));
    for (typed, origin) in [
        ("müller.de", "https://xn--mller-kva.de"),
        ("example.com:443", "https://www.example.com"),
        ("*.example.com", "https://a.b.example.com"),
        ("localhost", "http://localhost:5173"),
        ("localhost", "http://localhost"),
        ("[::1]:3000", "http://[::1]:3000"),
        ("my_shop.example.com", "https://my_shop.example.com"),
    ] {
        assert!(allows(typed, origin), "{typed} {origin}");
    }
    for (typed, origin) in [
        ("example.com", "http://example.com"),
        ("example.com", "https://example.com.evil.example"),
        ("example.com", "https://example.com:8443"),
        ("example.com", "https://example.com/"),
        ("*.example.com", "https://example.com"),
        ("*.example.com", "https://evilexample.com"),
        ("*.example.com", "https://.example.com:1"),
        ("my_shop.example.com", "https://evil.example.com"),
        ("[::1]:3000", "http://evil.example:3000"),
        ("localhost", "null"),
        ("localhost", "http://localhost:x"),
    ] {
        assert!(!allows(typed, origin), "{typed} {origin}");
    }
}

#[test]
fn a_host_is_told_in_the_letters_of_whoever_named_it() {
    let site = Site::parse("https://Müller.de:8443/a").unwrap();
    assert_eq!(site.as_typed("xn--mller-kva.de").as_deref(), Some("Müller.de"));
    assert_eq!(site.as_typed("www.xn--mller-kva.de").as_deref(), Some("www.Müller.de"));
    for other in ["", "müller.de", "evil-xn--mller-kva.de", "xn--mller-kva.de.evil.example"] {
        assert_eq!(site.as_typed(other), None, "{other}");
    }
}

#[test]
fn what_could_change_a_policy_is_no_site() {
    for text in [
        "",
        "example",
        "example.com; script-src *",
        "example.com;",
        "a,b.example",
        "a；b.example",
        "*",
        "*.",
        "*.com",
        "*.*.example.com",
        "*.127.0.0.1",
        "https://",
        "data:text/html,x",
        "https://a@b.example",
        "exa mple.com",
        "exa%20mple.com",
        "-a.example",
        "a..example",
        "example.com:99999",
        "example.com:80:80",
        "ftp://example.com",
        "my_shop.com",
        "a.b_c",
        "[::1]",
        "https://[2001:db8::1]",
        "'none'",
        "'self'.example",
        "\u{202e}",
    ] {
        assert_eq!(Site::parse(text), None, "{text:?}");
    }
}

#[test]
fn what_is_stored_is_read_again_and_nothing_else() {
    // As rows hold them that were written before.
    for old in ["example.com", "https://shop.example.com", "http://localhost:8080", "127.0.0.1:8080", "999.1.1.1"] {
        assert_eq!(serde_json::from_value::<Site>(old.into()).unwrap().as_str(), old);
    }
    assert_eq!(serde_json::to_value(Site::parse("müller.de").unwrap()).unwrap(), "müller.de");
    for forged in ["", "example.com; script-src *", "a b", "a\nb", "<script>", "'none'"] {
        assert!(serde_json::from_value::<Site>(forged.into()).is_err(), "{forged:?}");
    }
    // An address that no browser can have: read, but it opens nothing.
    assert!(Site::try_from("999.1.1.1".to_owned()).unwrap().sources().is_empty());
}

#[test]
fn what_is_kept_reads_as_the_same_again() {
    for text in ["http://\u{a1}\u{b}.", "https:// shop.example .", "shop.example\u{2028}.:80"] {
        let site = Site::parse(text).unwrap();
        assert_eq!(Site::parse(site.as_str()), Some(site), "{text:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_the_policy_stays_whole(text in ".{0,30}", scheme in "(https?://)?", end in "(\\.de|\\.com\\.|:80|)") {
        let Some(site) = Site::parse(&format!("{scheme}{text}{end}")) else { return Ok(()) };
        for word in site.sources().iter().flat_map(Source::in_policy) {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/*[]".contains(c);
            prop_assert!(word.starts_with("http") && word.chars().all(plain), "{word}");
            prop_assert!(word != "https://*" && word != "http://*", "{word}");
        }
        prop_assert_eq!(Site::parse(site.as_str()), Some(site.clone()));
        prop_assert_eq!(serde_json::from_value::<Site>(serde_json::to_value(&site).unwrap()).unwrap(), site);
    }
}
