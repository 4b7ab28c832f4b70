"""Answers of the OAI-PMH 2.0 provider as XML, in the order that its schema has the elements in.

Sections are those of the protocol, http://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.core.articles import Article
from service.core.harvests import PREFIX, HarvestRequest, Refused, Subset, format_datestamp, identifier_of, subsets_of
from service.core.licenses import License
from service.formats.dublin_core import dublin_core_record
from service.formats.xml_text import DECLARATION, element

_OAI = "http://www.openarchives.org/OAI/2.0/"
_RIGHTS = f"{_OAI}rights/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ROOT = f'<OAI-PMH xmlns="{_OAI}" xmlns:xsi="{_XSI}" xsi:schemaLocation="{_OAI} {_OAI}OAI-PMH.xsd">'
_FORMAT = (
    ("metadataPrefix", PREFIX),
    ("schema", f"{_OAI}oai_dc.xsd"),
    ("metadataNamespace", f"{_OAI}oai_dc/"),
)
_SAMPLE = "019a5c2e-7b1d-7c3a-9f60-5d2a4c8e1b07"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The repository as it names itself; `license` is that of the records themselves."""

    name: str
    base_url: str
    email: str
    license: License


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it is harvested: an article, or what is left of a deleted one; `at` in microseconds."""

    article: Article
    at: int
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What stands behind a page: how to go on, "" on the last page of several, and how much came before the page."""

    text: str
    cursor: int | None = None


def render_answer(repository: Repository, request: HarvestRequest, inside: str, *, at: int) -> bytes:
    """The answer to a request, which it repeats; `at` is its date in microseconds."""
    echo = element("request", repository.base_url, verb=request.verb, **request.arguments)
    return _document(f"{echo}\n<{request.verb}>\n{inside}</{request.verb}>", at)


def render_refusal(repository: Repository, request: HarvestRequest | None, refused: Refused, *, at: int) -> bytes:
    """The answer to a request that is refused, repeating it where it could be read (s. 3.2)."""
    given = {"verb": request.verb, **request.arguments} if request else {}
    errors = "\n".join(element("error", message, code=code) for code, message in refused.errors)
    return _document(f"{element('request', repository.base_url, **given)}\n{errors}", at)


def identify(repository: Repository, *, earliest: int) -> str:
    """What the repository says of itself (s. 4.2), with the license of its records; `earliest` in microseconds."""
    facts = (
        ("repositoryName", "Creditline"),
        ("baseURL", repository.base_url),
        ("protocolVersion", "2.0"),
        ("adminEmail", repository.email),
        ("earliestDatestamp", format_datestamp(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )
    about = (_naming(repository), _rights("rightsManifest", repository.license))
    return _lines(
        *(element(name, text) for name, text in facts), *(f"<description>{item}</description>" for item in about)
    )


def list_formats() -> str:
    """The one format that there is (s. 4.4)."""
    return _lines(f"<metadataFormat>{''.join(element(name, text) for name, text in _FORMAT)}</metadataFormat>")


def list_sets(sets: Iterable[tuple[Subset, str]], token: Token | None) -> str:
    """Sets with their names (s. 4.6)."""
    items = (f"<set>{element('setSpec', subset.spec)}{element('setName', name)}</set>" for subset, name in sets)
    return _lines(*items, *_token(token))


def list_headers(repository: Repository, records: Sequence[Record], token: Token | None) -> str:
    """Records without their metadata (s. 4.3)."""
    return _lines(*(_header(repository, record) for record in records), *_token(token))


def list_records(repository: Repository, records: Sequence[Record], token: Token | None = None) -> str:
    """Records (s. 4.5), or the one that was asked for (s. 4.1)."""
    return _lines(*(_record(repository, record) for record in records), *_token(token))


def _document(inside: str, at: int) -> bytes:
    date = element("responseDate", format_datestamp(at))
    return f"{DECLARATION}{_ROOT}\n{date}\n{inside}\n</OAI-PMH>\n".encode()


def _lines(*items: str) -> str:
    return "".join(f"{item}\n" for item in items)


def _record(repository: Repository, record: Record) -> str:
    header = _header(repository, record)
    if record.is_deleted:
        return f"<record>{header}</record>"
    metadata = f"<metadata>\n{dublin_core_record(record.article)}\n</metadata>"
    about = f"<about>{_rights('rights', repository.license)}</about>"
    return f"<record>{header}\n{metadata}\n{about}</record>"


def _header(repository: Repository, record: Record) -> str:
    status = ' status="deleted"' if record.is_deleted else ""
    inside = [
        element("identifier", identifier_of(repository.name, record.article.id)),
        element("datestamp", format_datestamp(record.at)),
        *(element("setSpec", subset.spec) for subset in subsets_of(record.article)),
    ]
    return f"<header{status}>{''.join(inside)}</header>"


def _token(token: Token | None) -> Iterable[str]:
    if token:
        cursor = None if token.cursor is None else str(token.cursor)
        yield element("resumptionToken", token.text, cursor=cursor)


def _naming(repository: Repository) -> str:
    """How identifiers are made (the guideline for oai-identifier)."""
    space = f"{_OAI}oai-identifier"
    facts = (
        ("scheme", "oai"),
        ("repositoryIdentifier", repository.name),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of(repository.name, _SAMPLE)),
    )
    inside = "".join(element(name, text) for name, text in facts)
    return f'<oai-identifier xmlns="{space}" xsi:schemaLocation="{space} {space}.xsd">{inside}</oai-identifier>'


def _rights(name: str, license: License) -> str:
    """The license of the metadata: of all in the manifest of the repository, of one in ``about`` of its record."""
    schema = f'xmlns="{_RIGHTS}" xsi:schemaLocation="{_RIGHTS} {_OAI}{name}.xsd"'
    reference = element("rightsReference", ref=license.url)
    if name == "rights":
        return f"<rights {schema}>{reference}</rights>"
    return f'<{name} {schema} appliesTo="{_OAI}entity#metadata"><rights>{reference}</rights></{name}>'
