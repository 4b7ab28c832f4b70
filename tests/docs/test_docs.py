"""The documentation says what the code does: its tables are current, its commands exist, its example runs."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from service.config import PREFIX, Config
from service.core.listings import FILTERS
from service.web.problem_types import BY_SLUG

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/*.md"))
ADMIN_KEY = "a-key-for-the-example-in-the-readme"
START_SECONDS = 30

needs_shell = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("bash")), reason="the example is made of bash and curl"
)


def test_generated_tables_are_what_the_code_says() -> None:
    command = [sys.executable, ROOT / "docs" / "generate.py", "--check"]
    result = subprocess.run(command, env=_environment(), capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("setting", fields(Config), ids=lambda item: item.name)
def test_every_setting_is_explained(setting) -> None:
    rows = [line for line in _read("docs/configuration.md") if f"`{PREFIX}{setting.name.upper()}`" in line]
    table = [row for row in rows if row.startswith("|")]
    assert len(table) == 1
    assert setting.metadata["about"] in table[0]
    assert ("Secret." in table[0]) == setting.metadata["secret"]


@pytest.mark.parametrize("slug", BY_SLUG)
def test_every_type_of_problem_is_explained(slug: str) -> None:
    rows = [line for line in _read("docs/problems.md") if line.startswith(f"| {BY_SLUG[slug].status} | `{slug}` |")]
    assert len(rows) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_command_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^|[^\w] )make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_the_page_on_lists_has_every_filter_with_its_operators() -> None:
    told: dict[str, set[str]] = {}
    for row in re.findall(r"^\| (`.*) \|$", (ROOT / "docs/lists.md").read_text(encoding="utf-8"), re.MULTILINE):
        fields, *_, operators = row.split(" | ")
        told |= {field: {"eq", *re.findall(r"\w+", operators)} for field in re.findall(r"`([a-z_.]+)`", fields)}
    assert told == {field: set(operators) for field, operators in FILTERS.items()}


def test_every_make_target_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    assert sorted(phony[1].split()) == sorted(re.findall(r"^([a-z]+):.*  ## \w", text, re.MULTILINE))


@needs_shell
def test_the_example_of_the_readme_gives_the_answer_that_it_shows(server: str) -> None:
    (example, answer), *_ = _examples_and_answers()
    output = _run(example, server)
    credit = output.splitlines()[-1]
    assert "CC BY 4.0" in credit
    assert "https://creativecommons.org/licenses/by/4.0/" in credit
    assert credit == answer


@needs_shell
def test_the_second_example_of_the_readme_follows_the_first_and_gives_its_answer(server: str) -> None:
    (first, _), (second, answer) = _examples_and_answers()
    assert answer.startswith("allow_with_duties\n")
    assert _run(first + second, server).endswith(f"\n{answer}\n")


@needs_shell
def test_the_example_of_the_home_page_gives_the_answer_that_it_shows(server: str) -> None:
    page = _run('curl -sS -H "Accept: text/html" "$BASE/"', server)
    example = "\n".join(re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL))
    shown = re.search(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)
    assert shown
    credit = _run(example.replace("&#34;", '"'), server).splitlines()[-1]
    assert credit == " ".join(shown[1].split())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of its own with an empty SQLite database, as `make run` starts it; gives its address."""
    port = _free_port()
    environment = _environment(
        CREDITLINE_DATABASE_URL=f"sqlite:///{tmp_path}/example.db",
        CREDITLINE_ADMIN_KEY=ADMIN_KEY,
        PORT=str(port),
        WEB_CONCURRENCY="1",
    )
    creditline = Path(sys.executable).with_name("creditline")
    subprocess.run([creditline, "migrate"], env=environment, check=True, capture_output=True)
    with subprocess.Popen([creditline, "serve"], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _examples_and_answers() -> list[tuple[str, str]]:
    """The blocks of curl lines in the README, each with the answer that stands below it."""
    found = re.findall(r"```sh\n([^`]*curl[^`]*)```\s+```text\n(.*?)\n```", README, re.DOTALL)
    assert found, "the README shows an example and its answer"
    return found


def _run(script: str, address: str) -> str:
    """What `script` prints where its BASE is `address` and its KEY is valid."""
    given = f"BASE={address}\nKEY={ADMIN_KEY}\n"
    script = re.sub(r"^(BASE|KEY)=.*$", "", script, flags=re.MULTILINE)
    command = ["bash", "-euo", "pipefail", "-c", given + script]
    result = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _environment(**settings: str) -> dict[str, str]:
    """This environment, with none but the given settings of Creditline."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**inherited, "NO_PROXY": "127.0.0.1", **settings}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        assert process.poll() is None, "the server has ended"
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _read(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()
