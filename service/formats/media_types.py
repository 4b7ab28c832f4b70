"""The media types of the forms of an article, by their words in ``?format=``."""

MEDIA_TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ninjs": "application/vnd.iptc.ninjs+json",
    "datacite": "application/vnd.datacite.datacite+json",
    "csl": "application/vnd.citationstyles.csl+json",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "odrl": "application/odrl+json",
    "dc": "application/xml",
    "html": "text/html",
}
