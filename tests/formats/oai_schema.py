"""What an answer of OAI-PMH 2.0 may be, as a schema of our own: the protocol, Dublin Core in it, and its guidelines.

Foreign elements are checked strictly: an element that no schema here knows is a fault.
"""

from functools import cache

from lxml import etree

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = "http://purl.org/dc/elements/1.1/"
NAMES = {
    "oai": OAI,
    "dc": DC,
    "oai_dc": f"{OAI}oai_dc/",
    "rights": f"{OAI}rights/",
    "id": f"{OAI}oai-identifier",
}
_XS = 'xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"'
_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

_PROTOCOL = f"""
<schema {_XS} targetNamespace="{OAI}" xmlns:o="{OAI}">
  <import namespace="{OAI}oai_dc/" schemaLocation="here:oai_dc"/>
  <import namespace="{OAI}rights/" schemaLocation="here:rights"/>
  <import namespace="{OAI}oai-identifier" schemaLocation="here:identifier"/>
  <simpleType name="second"><restriction base="dateTime"><pattern value="{_DAY}T.{{8}}Z"/></restriction></simpleType>
  <simpleType name="moment"><union memberTypes="date o:second"/></simpleType>
  <simpleType name="verb"><restriction base="string">
    <enumeration value="Identify"/><enumeration value="ListMetadataFormats"/><enumeration value="ListSets"/>
    <enumeration value="GetRecord"/><enumeration value="ListIdentifiers"/><enumeration value="ListRecords"/>
  </restriction></simpleType>
  <simpleType name="code"><restriction base="string">
    <enumeration value="cannotDisseminateFormat"/><enumeration value="idDoesNotExist"/>
    <enumeration value="badArgument"/><enumeration value="badVerb"/><enumeration value="noMetadataFormats"/>
    <enumeration value="noRecordsMatch"/><enumeration value="badResumptionToken"/>
    <enumeration value="noSetHierarchy"/>
  </restriction></simpleType>
  <simpleType name="prefix"><restriction base="string"><pattern value="{_WORD}"/></restriction></simpleType>
  <simpleType name="spec"><restriction base="string">
    <pattern value="{_WORD}(:{_WORD})*"/></restriction></simpleType>
  <complexType name="foreign"><sequence>
    <any namespace="##other" processContents="strict"/></sequence></complexType>
  <complexType name="token"><simpleContent><extension base="string">
    <attribute name="expirationDate" type="dateTime"/>
    <attribute name="completeListSize" type="positiveInteger"/>
    <attribute name="cursor" type="nonNegativeInteger"/>
  </extension></simpleContent></complexType>
  <complexType name="header"><sequence>
    <element name="identifier" type="anyURI"/>
    <element name="datestamp" type="o:second"/>
    <element name="setSpec" type="o:spec" minOccurs="0" maxOccurs="unbounded"/>
  </sequence><attribute name="status"><simpleType><restriction base="string">
    <enumeration value="deleted"/></restriction></simpleType></attribute></complexType>
  <complexType name="record"><sequence>
    <element name="header" type="o:header"/>
    <element name="metadata" type="o:foreign" minOccurs="0"/>
    <element name="about" type="o:foreign" minOccurs="0" maxOccurs="unbounded"/>
  </sequence></complexType>
  <element name="OAI-PMH"><complexType><sequence>
    <element name="responseDate" type="o:second"/>
    <element name="request"><complexType><simpleContent><extension base="anyURI">
      <attribute name="verb" type="o:verb"/>
      <attribute name="identifier" type="anyURI"/>
      <attribute name="metadataPrefix" type="o:prefix"/>
      <attribute name="from" type="o:moment"/>
      <attribute name="until" type="o:moment"/>
      <attribute name="set" type="o:spec"/>
      <attribute name="resumptionToken" type="string"/>
    </extension></simpleContent></complexType></element>
    <choice>
      <element name="error" maxOccurs="unbounded"><complexType><simpleContent><extension base="string">
        <attribute name="code" type="o:code" use="required"/></extension></simpleContent></complexType></element>
      <element name="Identify"><complexType><sequence>
        <element name="repositoryName" type="string"/>
        <element name="baseURL" type="anyURI"/>
        <element name="protocolVersion" fixed="2.0" type="string"/>
        <element name="adminEmail" maxOccurs="unbounded"><simpleType><restriction base="string">
          <pattern value="\\S+@(\\S+\\.)+\\S+"/></restriction></simpleType></element>
        <element name="earliestDatestamp" type="o:second"/>
        <element name="deletedRecord" fixed="persistent" type="string"/>
        <element name="granularity" fixed="YYYY-MM-DDThh:mm:ssZ" type="string"/>
        <element name="description" type="o:foreign" minOccurs="0" maxOccurs="unbounded"/>
      </sequence></complexType></element>
      <element name="ListMetadataFormats"><complexType><sequence>
        <element name="metadataFormat" maxOccurs="unbounded"><complexType><sequence>
          <element name="metadataPrefix" type="o:prefix"/>
          <element name="schema" type="anyURI"/>
          <element name="metadataNamespace" type="anyURI"/>
        </sequence></complexType></element></sequence></complexType></element>
      <element name="ListSets"><complexType><sequence>
        <element name="set" maxOccurs="unbounded"><complexType><sequence>
          <element name="setSpec" type="o:spec"/>
          <element name="setName" type="string"/>
          <element name="setDescription" type="o:foreign" minOccurs="0" maxOccurs="unbounded"/>
        </sequence></complexType></element>
        <element name="resumptionToken" type="o:token" minOccurs="0"/></sequence></complexType></element>
      <element name="GetRecord"><complexType><sequence>
        <element name="record" type="o:record"/></sequence></complexType></element>
      <element name="ListIdentifiers"><complexType><sequence>
        <element name="header" type="o:header" maxOccurs="unbounded"/>
        <element name="resumptionToken" type="o:token" minOccurs="0"/></sequence></complexType></element>
      <element name="ListRecords"><complexType><sequence>
        <element name="record" type="o:record" maxOccurs="unbounded"/>
        <element name="resumptionToken" type="o:token" minOccurs="0"/></sequence></complexType></element>
    </choice>
  </sequence></complexType></element>
</schema>"""

_OAI_DC = f"""
<schema {_XS} targetNamespace="{OAI}oai_dc/" xmlns:dc="{DC}">
  <import namespace="{DC}" schemaLocation="here:dc"/>
  <element name="dc"><complexType><choice minOccurs="0" maxOccurs="unbounded">
    {{}}
  </choice></complexType></element>
</schema>"""
_DC = f"""
<schema {_XS} targetNamespace="{DC}" xmlns:dc="{DC}">
  <import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="here:xml"/>
  <complexType name="value"><simpleContent><extension base="string">
    <attribute ref="xml:lang"/></extension></simpleContent></complexType>
  {{}}
</schema>"""
_XML = """
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <attribute name="lang" type="language"/>
</schema>"""
_RIGHTS = f"""
<schema {_XS} targetNamespace="{OAI}rights/" xmlns:r="{OAI}rights/">
  <complexType name="rights"><sequence><element name="rightsReference"><complexType>
    <attribute name="ref" type="anyURI" use="required"/></complexType></element></sequence></complexType>
  <element name="rights" type="r:rights"/>
  <element name="rightsManifest"><complexType><sequence>
    <element ref="r:rights" maxOccurs="unbounded"/></sequence>
    <attribute name="appliesTo" type="anyURI" use="required"/></complexType></element>
</schema>"""
_IDENTIFIER = f"""
<schema {_XS} targetNamespace="{OAI}oai-identifier">
  <element name="oai-identifier"><complexType><sequence>
    <element name="scheme" fixed="oai" type="string"/>
    <element name="repositoryIdentifier"><simpleType><restriction base="string">
      <pattern value="[a-zA-Z][a-zA-Z0-9\\-]*(\\.[a-zA-Z][a-zA-Z0-9\\-]*)+"/></restriction></simpleType></element>
    <element name="delimiter" fixed=":" type="string"/>
    <element name="sampleIdentifier"><simpleType><restriction base="string">
      <pattern value="oai:[a-zA-Z][a-zA-Z0-9\\-]*(\\.[a-zA-Z][a-zA-Z0-9\\-]*)+:[a-zA-Z0-9\\-_.!~*'();/?:@&amp;=+$,%]+"/>
    </restriction></simpleType></element>
  </sequence></complexType></element>
</schema>"""
_ELEMENTS = (
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format"),
    *("identifier", "source", "language", "relation", "coverage", "rights"),
)
_HERE = {
    "here:oai_dc": _OAI_DC.format("".join(f'<element ref="dc:{name}"/>' for name in _ELEMENTS)),
    "here:dc": _DC.format("".join(f'<element name="{name}" type="dc:value"/>' for name in _ELEMENTS)),
    "here:xml": _XML,
    "here:rights": _RIGHTS,
    "here:identifier": _IDENTIFIER,
}


class _Here(etree.Resolver):
    def resolve(self, url: str, _id: object, context: object) -> object:
        return self.resolve_string(_HERE[url], context, base_url=url)


@cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Here())
    return etree.XMLSchema(etree.fromstring(_PROTOCOL, parser))


def read_valid(answer: bytes) -> etree._Element:
    """The root of an answer, which must be valid."""
    root = etree.fromstring(answer)
    _schema().assertValid(root)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    """What stands in the elements or attributes at an XPath; prefixes are ``oai``, ``dc``, ``rights`` and ``id``."""
    return [str(found if isinstance(found, str) else found.text or "") for found in root.xpath(path, namespaces=NAMES)]
