"""What the chunks of an upload came to, kept under its Idempotency-Key so that a repetition goes on where it ended."""

from collections.abc import Iterator

from service.core.bulk import Result
from service.core.dates import to_micros
from service.formats.documents.bulk import read_results, render_results
from service.storage.answers import Claim, claim_key, find_answer, find_answer_time, store_answer
from service.storage.database import Database

_END = "end"


class KeptResults:
    """The results that are kept under a claim, by the numbers of their chunks; without a claim nothing is kept.

    The first chunk has the key itself, so that the key cannot mean another request as well. The last one leaves a mark
    that nothing is missing. Raises KeyReused where the key came with another request.
    """

    def __init__(self, database: Database, claim: Claim | None) -> None:
        self._database = database
        self._claim = claim
        if claim is not None:
            find_answer(database, claim)
            self._since = find_answer_time(database, claim) or to_micros(claim.at)

    def find_all(self) -> Iterator[tuple[Result, ...]] | None:
        """The results of all chunks, None unless all are kept."""
        claim = self._claim_of(_END)
        chunks = find_answer(self._database, claim) if claim else None
        return None if chunks is None else self._stream(int(chunks))

    def find(self, chunk: int) -> tuple[Result, ...] | None:
        """The results of a chunk."""
        claim = self._claim_of(chunk)
        kept = find_answer(self._database, claim) if claim else None
        return None if kept is None else read_results(kept)

    def claim(self, chunk: int) -> tuple[Result, ...] | None:
        """Claim a chunk as the first thing in its transaction, or return the results that it had meanwhile."""
        claim = self._claim_of(chunk)
        kept = claim_key(self._database, claim) if claim else None
        return None if kept is None else read_results(kept)

    def keep(self, chunk: int, results: tuple[Result, ...], *, last: bool) -> None:
        """Keep the results of a chunk that was claimed, as the last thing in its transaction."""
        claim = self._claim_of(chunk)
        if claim is None:
            return
        store_answer(self._database, claim, None, render_results(results))
        end = self._claim_of(_END)
        if last and end is not None:
            claim_key(self._database, end)
            store_answer(self._database, end, None, str(chunk + 1).encode())

    def _stream(self, chunks: int) -> Iterator[tuple[Result, ...]]:
        for chunk in range(chunks):
            results = self.find(chunk)
            if results is None:  # its day was over meanwhile
                return
            yield results

    def _claim_of(self, part: int | str) -> Claim | None:
        if self._claim is None or part == 0:
            return self._claim
        return self._claim.part(str(part), since=self._since)
