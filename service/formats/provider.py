"""Who gives a representation away, as far as the representation says so."""

from dataclasses import dataclass

from service.core.licenses import License


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """This service: the address that paths of the API are put behind, and the license of the records themselves."""

    address: str = ""
    metadata_license: License | None = None
