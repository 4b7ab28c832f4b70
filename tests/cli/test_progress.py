"""How far a command is, on standard error."""

from service.cli import progress
from service.cli.progress import show_progress


def test_a_terminal_has_a_bar_that_is_gone_at_the_end(capsys):
    with show_progress("records", total=3, shown="bar") as bar:
        bar.advance(3)
    out, told = capsys.readouterr()
    assert out == ""
    assert "records" in told
    assert told.endswith("\r")


def test_elsewhere_there_is_a_line_now_and_then(capsys, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0)
    with show_progress("records") as lines:
        lines.advance(1200)
        lines.advance(300)
    assert capsys.readouterr() == ("", "1,200 records so far\n1,500 records so far\n")


def test_nothing_is_shown_where_it_would_be_in_the_way(capsys):
    with show_progress("records", shown="none") as nothing:
        nothing.advance(5)
    assert capsys.readouterr() == ("", "")
