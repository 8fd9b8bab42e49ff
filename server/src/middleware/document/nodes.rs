//! Counts the nodes of our own pages, as a browser's parser makes them.

/// Elements whose content is text. `noscript` is one of them where scripts run,
/// and what stands in a `template` is not in the page. Not `title`: those in a
/// body belong to pictures, where they have nodes.
const OPAQUE: [&str; 5] = ["script", "style", "textarea", "noscript", "template"];

/// How many elements and comments stand between the start of the body and the
/// end of the page's last footer.
pub fn count(html: &str) -> usize {
    let start = html.find("<body").and_then(|at| Some(at + html.get(at..)?.find('>')? + 1)).unwrap_or_default();
    let end = html.rfind("</footer>").unwrap_or(html.len());
    let mut rest = html.get(start..end).unwrap_or_default();
    let mut found = 0;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest.as_bytes().first() {
            Some(b'!') => {
                found += 1;
                rest = after_comment(rest);
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                found += 1;
                let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
                rest = after_tag(rest);
                if OPAQUE.contains(&name.as_str()) {
                    let end = format!("</{name}>");
                    rest = rest.find(&end).and_then(|at| rest.get(at + end.len()..)).unwrap_or_default();
                }
            }
            // The end of an element, or a sign in a text.
            _ => {}
        }
    }
    found
}

/// Behind `!>`, `!-->` or `!--…-->`.
fn after_comment(rest: &str) -> &str {
    let end = if rest.starts_with("!-->") {
        Some(4)
    } else if rest.starts_with("!--") {
        rest.find("-->").map(|at| at + 3)
    } else {
        rest.find('>').map(|at| at + 1)
    };
    end.and_then(|end| rest.get(end..)).unwrap_or_default()
}

/// Behind the `>` that ends a tag; those in the values of its attributes do not.
fn after_tag(rest: &str) -> &str {
    let mut quoted = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return rest.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::count;

    fn within(body: &str) -> usize {
        count(&format!("<html><head><title>a < b</title></head><body class=\"x>\">{body}</footer><div></div></body>"))
    }

    #[test]
    fn elements_and_comments_count() {
        assert_eq!(within("<p>a<!>b</p><!-- --><br><!----><svg><title>a<!></title><path d=\"M0\"/></svg><footer>"), 10);
    }

    #[test]
    fn what_only_looks_like_an_element_does_not() {
        assert_eq!(within("<p title=\"<b> & >\">1 < 2 &lt;b&gt; </p><footer>"), 2);
        assert_eq!(within("<script>if (a<b) \"<p>\"</script><textarea><b></textarea><footer>"), 3);
        assert_eq!(within("<noscript><button></button></noscript><template><p></p></template><footer>"), 3);
    }

    #[test]
    fn what_comes_after_the_footer_does_not() {
        assert_eq!(within("<footer>"), 1);
        assert_eq!(within("<footer><!-- cut"), 2);
    }
}
