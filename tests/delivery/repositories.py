"""A small OAI-PMH repository on the loopback, as a test wants it to be."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.delivery.hosts import Asked, Host, Reply

NAMESPACE = 'xmlns="http://www.openarchives.org/OAI/2.0/"'
_DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


@dataclass
class Repository:
    """Records in parts of `size`; `lost` are tokens that it has forgotten, `asked` the queries that came."""

    host: Host
    records: list[str] = field(default_factory=list)
    path: str = "/oai"
    size: int = 2
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    at: str = "2026-03-14T12:00:00Z"
    lost: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.host.replies[self.path] = self._reply

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{self.host.url}{self.path}"

    @property
    def lists(self) -> list[dict[str, str]]:
        """The requests for lists that came, without their verb."""
        return [
            {name: value for name, value in query.items() if name != "verb"}
            for query in self.asked
            if query.get("verb") == "ListRecords"
        ]

    def _reply(self, asked: Asked) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        self.asked.append(query)
        if query.get("verb") == "ListRecords" and self.replies:
            return self.replies.pop(0)
        return 200, {"Content-Type": "text/xml; charset=utf-8"}, self._document(query).encode()

    def _document(self, query: dict[str, str]) -> str:
        contents = {"Identify": self._identify, "ListRecords": lambda: self._list(query)}
        content = contents.get(query.get("verb", ""), lambda: '<error code="badVerb"/>')()
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH {NAMESPACE}><responseDate>{self.at}</responseDate>'
            f"<request>{self.url}</request>{content}</OAI-PMH>"
        )

    def _identify(self) -> str:
        return (
            "<Identify><repositoryName>Lantern</repositoryName>"
            f"<granularity>{self.granularity}</granularity></Identify>"
        )

    def _list(self, query: dict[str, str]) -> str:
        token = query.get("resumptionToken")
        if token in self.lost:
            self.lost.remove(token)
            return '<error code="badResumptionToken">forgotten</error>'
        first = int(token.removeprefix("at ")) if token else 0
        following = first + self.size
        if not self.records:
            return '<error code="noRecordsMatch">nothing new</error>'
        rest = f"<resumptionToken>at {following}</resumptionToken>" if following < len(self.records) else ""
        return f"<ListRecords>{''.join(self.records[first:following])}{rest}</ListRecords>"


def record(number: int, *, deleted: bool = False, title: str | None = None, url: str | None = None) -> str:
    """A record of an article, or of one that is no more."""
    header = f"<identifier>oai:lantern.example:{number}</identifier><datestamp>2026-03-14T11:00:00Z</datestamp>"
    if deleted:
        return f'<record><header status="deleted">{header}</header></record>'
    return (
        f"<record><header>{header}</header><metadata><oai_dc:dc {_DC}><dc:title>{title or f'Lamp {number}'}</dc:title>"
        f"<dc:identifier>{url or f'https://lantern.example/{number}'}</dc:identifier>"
        "<dc:publisher>Lantern Press</dc:publisher><dc:language>en</dc:language>"
        "<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc></metadata></record>"
    )
