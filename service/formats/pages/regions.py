"""In which part of a page an element stands: in the article, beside it, or in what speaks of other things."""

import re
from functools import lru_cache

from service.formats.pages.tree import Element, ancestors_of, names_of

_COMMENTS = re.compile(
    r"[\s_-](?:comments?|commentlist|commentary|kommentare?|commentaires?|comentarios?|respond|disqus|replies|pingbacks?"
    r"|trackbacks?|responses)(?:list|[-_]?(?:area|wrap(?:per)?|section|content|body|form|author|meta|container|block))?[\s_]"
)
_OTHERS = re.compile(
    r"related|recommend|teaser|more[-_]?(?:stories|posts|news|from)|read[-_]?(?:more|next)|popular|trending|also[-_]?like"
    r"|outbrain|taboola|zergnet|most[-_]?(?:read|viewed|shared)|recent[-_]?(?:posts|articles|entries|comments)|latest"
    r"|newsletter|promo|advert|sponsor|blogroll|up[-_]?next|prev(?:ious)?[-_]?(?:post|next)|post[-_]?nav|sidebar[-_]?posts"
    r"|you[-_]may|dont[-_]?miss|weitere|aehnlich|mehr[-_]zum|empfehl"
)
_NAVIGATION = re.compile(
    r"\s(?:(?:main|top|site|sub|global|primary)[-_]?)?(?:nav|navigation|menu|navbar|breadcrumbs?|toolbar|topbar)[\s_-]"
)
_FIGURE = re.compile(
    r"[\s_-](?:figure|figcaption|wp-caption|wp-caption-text|gallery|slideshow|carousel|lightbox|thumbcaption|thumbinner|thumb"
    r"|image-?(?:credit|caption|copyright|source|license)s?|photo-?(?:credit|caption|by)s?|media-?(?:credit|caption)s?"
    r"|img-?(?:credit|caption)s?|picture-?(?:credit|caption)|caption|bildunterschrift|bildnachweis|bildquelle"
    r"|bild-?(?:credit|copyright|rechte|text)|credit-?(?:image|photo)|foto-?credits?|pic-?credits?|featured-?image)s?[\s_]"
)
_PROSE = re.compile(
    r"[\s_-](?:entry|post|article|story|page|text|main|blog|content|body|td)[-_]?(?:content|body|text|entry)[\s_-]"
    r"|\s(?:articlebody|storytext|prose|mw-parser-output|mw-content-text|bodytext)[\s_-]|\sentry\s|\shentry\s|\spost\s"
)
_SIDE = re.compile(r"[\s_-](?:sidebar|widgets?|aside|secondary|rail|column-?right|rechts|links)[\s_-]")
_WHOLE = frozenset(("html", "body", "main"))
_EMBEDS = frozenset(("textarea", "pre", "code", "template", "blockquote", "option", "select", "samp", "kbd"))


def region_of(element: Element) -> str:
    """What the element and those about it say it is in, the telling ones before others; "" for nothing in particular.

    It is comments, embed, figure, others (teasers and advertising), navigation, footer, side, prose or header.
    """
    regions = regions_of(element)
    for region in ("comments", "embed", "figure", "others", "navigation", "footer", "side", "prose", "header"):
        if region in regions:
            return region
    return ""


def regions_of(element: Element) -> frozenset[str]:
    """All that the element and those about it are."""
    found: set[str] = set()
    for about in ancestors_of(element):
        if about.tag not in _WHOLE:
            found |= _own_regions(about.tag, names_of(about), about.get("itemprop") or "")
    return frozenset(found)


def article_about(element: Element) -> Element | None:
    """The innermost article element about an element."""
    return next((about for about in ancestors_of(element) if about.tag == "article"), None)


def is_in_other_article(element: Element, own: Element | None) -> bool:
    """Whether it stands in an article element that is neither the page's own, nor in it, nor about it."""
    other = article_about(element)
    if own is None or other is None or other is own:
        return False
    return own not in ancestors_of(other) and other not in ancestors_of(own)


@lru_cache(maxsize=8192)
def _own_regions(tag: str, names: str, itemprop: str) -> frozenset[str]:
    found = set()
    if tag in _EMBEDS:
        found.add("embed")
    if tag in ("figure", "figcaption"):
        found.add("figure")
    if tag in ("footer", "nav", "aside", "header"):
        found.add({"footer": "footer", "nav": "navigation", "aside": "side", "header": "header"}[tag])
    if itemprop.lower() == "articlebody":
        found.add("prose")
    if names and tag != "article":
        tests = ((_COMMENTS, "comments"), (_OTHERS, "others"), (_NAVIGATION, "navigation"), (_FIGURE, "figure"))
        found |= {name for pattern, name in (*tests, (_PROSE, "prose"), (_SIDE, "side")) if pattern.search(names)}
        if "foot" in names or "colophon" in names:
            found.add("footer")
    return frozenset(found)
