//! What a page says about itself.
//!
//! In: the tags of a page as they go by. Out: [`Head`]: title, date, link and publisher as the page gives them in
//! `<meta>`, JSON-LD, `<time>`, `<title>` and `<h1>`.
//! Never here: the article's words.

use html_escape::decode_html_entities;
use jiff::civil::Date;
use serde_json::Value;

use super::super::assemble::one_line;
use super::super::dates;
use super::tokens::Tag;

/// More of one kind than a page has reason to have; the rest are passed over.
const MANY: usize = 256;
/// A larger block of JSON-LD describes no article.
const JSON: usize = 1 << 20;
/// A longer title or heading is none; the extractor compares it with every heading of the page.
const HEADING: usize = 400;

const DATES: [&str; 20] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "date",
];
const TITLES: [&str; 6] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline"];
const PUBLISHERS: [&str; 3] = ["og:site_name", "dc.publisher", "dcterms.publisher"];

/// A page's own account of itself, gathered tag by tag.
#[derive(Debug, Default)]
pub(super) struct Head {
    metas: Vec<(String, String)>,
    json: Vec<Value>,
    /// Machine-readable times, and whether each is marked as the day of publication.
    times: Vec<(String, bool)>,
    canonical: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    in_heading: bool,
}

impl Head {
    pub(super) fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "meta" if self.metas.len() < MANY => {
                let key = ["property", "name", "itemprop"].iter().find_map(|attribute| tag.get(attribute));
                if let Some((key, value)) = key.zip(tag.get("content").filter(|value| !value.is_empty())) {
                    self.metas.push((key.to_lowercase(), decoded(value)));
                }
            }
            "link" if tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| tag.get("href").map(decoded));
            }
            "time" if self.times.len() < MANY => {
                let itemprop = tag.get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datepublished"));
                let marked = itemprop || tag.get("pubdate").is_some();
                // Times above the headline tell of today, or of other articles.
                if let Some(value) = tag.get("datetime").filter(|_| marked || self.heading.is_some()) {
                    self.times.push((value.to_owned(), marked));
                }
            }
            "h1" if self.heading.is_none() => {
                self.heading = Some(String::new());
                self.in_heading = true;
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        self.in_heading &= name != "h1";
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(heading) = self.heading.as_mut().filter(|h| self.in_heading && h.len() < HEADING) {
            heading.push_str(text);
        }
    }

    pub(super) fn raw(&mut self, tag: &Tag, text: &str) {
        match tag.name.as_str() {
            "title" if self.title.is_none() => self.title = Some(decoded(text)).filter(|t| !t.is_empty()),
            "script" if self.json.len() < MANY && text.len() < JSON && is_json_ld(tag) => {
                self.json.extend(serde_json::from_str::<Value>(text.trim()));
            }
            _ => {}
        }
    }

    fn meta(&self, keys: &[&str]) -> impl Iterator<Item = &str> {
        keys.iter().flat_map(|key| self.metas.iter().filter(move |(k, _)| k == key)).map(|(_, value)| value.as_str())
    }

    /// What JSON-LD says of the article under `path`.
    fn told(&self, path: &[&str]) -> Option<String> {
        let article = self.json.iter().find_map(article)?;
        let value = path.iter().try_fold(article, |value, key| {
            let value = if let Value::Array(all) = value { all.first()? } else { value };
            value.get(key)
        });
        value?.as_str().map(decoded).filter(|value| !value.is_empty())
    }

    /// The day of publication.
    pub(super) fn date(&self) -> Option<Date> {
        let told = self.told(&["datePublished"]);
        let marked = self.times.iter().filter(|(_, marked)| *marked);
        let times = marked.chain(&self.times).map(|(value, _)| value.as_str());
        told.as_deref().into_iter().chain(self.meta(&DATES)).chain(times).find_map(dates::parse)
    }

    pub(super) fn publisher(&self) -> Option<String> {
        let told = self.told(&["publisher", "name"]);
        told.or_else(|| self.meta(&PUBLISHERS).find(|name| !name.starts_with("http")).map(str::to_owned))
    }

    pub(super) fn url(&self) -> Option<String> {
        let link = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        let canonical = self.canonical.clone().filter(link);
        canonical
            .or_else(|| self.meta(&["og:url"]).map(str::to_owned).find(link))
            .or_else(|| self.told(&["url"]).filter(link))
    }

    /// The headline, without the name of the site that many pages add to it.
    pub(super) fn headline(&self) -> Option<String> {
        let publisher = self.publisher();
        let fits = |title: &String| !title.is_empty() && title.len() < HEADING;
        let heading = self.heading.as_deref().map(decoded).filter(fits);
        let told = self.told(&["headline"]).or_else(|| self.meta(&TITLES).next().map(str::to_owned)).filter(fits);
        let title = self.title.clone().filter(|title| told.is_none() && fits(title));
        // "Headline - Some site": the heading tells where the headline ends.
        let title = match (&title, &heading) {
            (Some(title), Some(heading)) if title.starts_with(heading.as_str()) => Some(heading.clone()),
            _ => title,
        };
        let found = told.or(title).or(heading)?;
        let cut = publisher.and_then(|name| {
            let rest = found.strip_suffix(name.as_str())?.trim_end();
            let rest = rest.strip_suffix(['-', '|', '–', '—', '·', '•', ':', '»'])?.trim_end();
            (!rest.is_empty()).then(|| rest.to_owned())
        });
        Some(cut.unwrap_or(found))
    }
}

/// The first object of an article in a block of JSON-LD; the parser bounds its depth.
fn article(value: &Value) -> Option<&Value> {
    let is_article = |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("Posting"));
    match value {
        Value::Array(all) => all.iter().find_map(article),
        Value::Object(object) => {
            let found = object.get("@type").is_some_and(|kind| match kind {
                Value::Array(kinds) => kinds.iter().any(is_article),
                kind => is_article(kind),
            });
            if found { Some(value) } else { ["@graph", "mainEntity"].iter().find_map(|key| article(object.get(*key)?)) }
        }
        _ => None,
    }
}

fn is_json_ld(tag: &Tag) -> bool {
    tag.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

/// Entities decoded, blanks tidied.
fn decoded(text: &str) -> String {
    one_line(&decode_html_entities(text))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tidy::tidy;
    use super::*;

    fn head(source: &str) -> Head {
        tidy(source, false).head
    }

    #[test]
    fn json_ld_goes_before_meta() {
        let head = head(
            r#"<title>Ministers meet &amp; talk | The Daily</title><link rel=canonical href="https://a.example/1">
            <meta property="og:title" content="Wrong"><meta property="article:published_time" content="2024-01-01">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
            {"@type":["NewsArticle"],"headline":"Ministers meet &amp; talk","datePublished":"2024-06-09T23:10:00+02:00",
             "publisher":{"@type":"Organization","name":"The Daily"}}]}</script>"#,
        );
        assert_eq!(head.headline().as_deref(), Some("Ministers meet & talk"));
        assert_eq!(head.date(), Some(date(2024, 6, 9)));
        assert_eq!(head.publisher().as_deref(), Some("The Daily"));
        assert_eq!(head.url().as_deref(), Some("https://a.example/1"));
    }

    #[test]
    fn meta_and_headings_without_json_ld() {
        let page = head(
            "<title>Ministers meet – The Daily</title><meta name=date content='nonsense'><meta name=DC.date content=2024-06-09>
            <meta property=og:site_name content='The Daily'><script type=application/ld+json>{broken</script>",
        );
        assert_eq!((page.headline().as_deref(), page.date()), (Some("Ministers meet"), Some(date(2024, 6, 9))));
        assert_eq!(
            head("<title>Ministers meet : Site</title><h1>Ministers <b>meet</b></h1>").headline().as_deref(),
            Some("Ministers meet")
        );
        assert_eq!(head("<h1>Ministers meet</h1>").headline().as_deref(), Some("Ministers meet"));
        assert_eq!(head("<p>x").headline(), None);
    }

    #[test]
    fn the_time_below_the_heading_is_the_articles() {
        let page = head("<time datetime=2024-12-31>now</time><h1>H</h1><time datetime='2024-06-09T10:00'>then</time>");
        assert_eq!(page.date(), Some(date(2024, 6, 9)));
        let page =
            head("<h1>H</h1><time datetime=2024-06-10>upd</time><time datetime=2024-06-09 itemprop=datePublished>");
        assert_eq!(page.date(), Some(date(2024, 6, 9)));
    }
}
