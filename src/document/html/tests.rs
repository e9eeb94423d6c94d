//! Whole pages, kind and hostile.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A page as newspapers make them.
const NEWS: &str = include_str!("tests/news.html");

#[test]
fn a_newspapers_page_gives_the_article_and_nothing_else() {
    let parts = read(NEWS);
    assert_eq!(parts.title.as_deref(), Some("Varland rejects the harbour plan, Estmark \u{201c}ready to talk\u{201d}"));
    assert_eq!(parts.date, Some(date(2024, 6, 9)));
    assert_eq!(parts.publisher.as_deref(), Some("The Northern Courier"));
    assert_eq!(parts.url.as_deref(), Some("https://courier.example/2024/06/09/harbour-plan"));
    let expected = [
        "The government of Varland said on Sunday that it would not sign the harbour plan, two weeks after Estmark had put it to its neighbours at a meeting in Sund.",
        "\u{201c}We oppose the plan as it stands,\u{201d} Prime Minister Ida Holm told reporters, adding that the fees were too high and that the smaller ports, among them Vik and Nes, had never been asked.",
        "Estmark holds out",
        "Estmark's foreign minister, Per Lind, said that his country was ready to talk, but that it would not give up the joint inspections, which the union of shipowners supports.",
        "The plan has three parts:",
        "a common fee for ships above 5,000 tonnes;",
        "joint inspections, paid for by Estmark;",
        "a council in which every port has a seat.",
        "A vote is due in the autumn, and neither side expects to win it by more than a handful of seats.",
    ];
    assert_eq!(parts.body.split("\n\n").collect::<Vec<_>>(), expected);
}

#[test]
fn a_short_report_comes_without_its_menu() {
    let parts = read(
        "<body><ul class=menu><li><a href=/>Home</a><li><a href=/w>World</a></ul><div class=content><h1>Ministers meet</h1>
        <p>The ministers of Varland and Estmark met in Sund on Sunday, and talked for an hour about the harbour plan.
        <p>They will meet again in the autumn, a spokesman said, but without the shipowners.</div>
        <div class=footer>© The Courier, all rights reserved</div>",
    );
    assert_eq!(parts.title.as_deref(), Some("Ministers meet"));
    assert!(parts.body.starts_with("The ministers") && parts.body.ends_with("shipowners."), "{}", parts.body);
}

#[test]
fn a_page_with_nothing_but_a_menu_keeps_it() {
    assert_eq!(read("<nav><a>Home</a></nav>").body, "Home");
    assert_eq!(read("no tag at all").body, "no tag at all");
    assert_eq!(read("").body, "");
}

/// What would take the stack or quadratic time of a tree builder, or of the extractor, if it came to them as it is.
#[test]
fn hostile_pages_are_read() {
    const N: usize = 5_000;
    let many = |piece: &str| piece.repeat(N);
    for (page, kept) in [
        (format!("{}<p>Words.", many("<div>")), "Words."),
        (format!("{}<p>Words.</p>{}", many("<div><p>"), many("</div>")), "Words."),
        (format!("{}<p>Words.", many("<b><i><a href=x>")), "Words."),
        (format!("{}<p>Words.", many("<table><tr><td>")), "Words."),
        (format!("{}<p>Words.", many("<div><table></div></table>")), "Words."),
        (format!("<p>Words.{}", many("</p></div>")), "Words."),
        (format!("<p>Words.{}", many("<")), "Words."),
        (format!("<p>Words.<div{}", many(" a")), "Words."),
        (format!("<p>Words.</p>{}", many("<!-- ")), "Words."),
        (format!("<p>Words.</p>{}", many("<script>")), "Words."),
        (format!("<p>Words.</p>{}", many("<br>")), "Words."),
        (format!("<p>Words.</p>{}", "& ".repeat(50_000)), "Words."),
        (format!("<title>{}</title><p>Words.{}", many("a b "), many("<h2>a b c</h2>")), "Words."),
        (format!("<p>Words.</p><script type=application/ld+json>{}</script>", many("[")), "Words."),
    ] {
        let found = read(&page).body;
        assert!(found.contains(kept), "{}… gives {}…", &page[..60], found.chars().take(60).collect::<String>());
    }
}

proptest! {
    #[test]
    fn never_panics(page in "(</?(html|body|p|div|a|ul|li|table|tr|td|h1|br|section|article|span|b|form|pre)( class=(content|menu|byline|share))?>|[a-z]{1,9}[ ,.]|&lt;|<|\"){0,80}") {
        let _ = read(&page);
    }
}
