"""Whom a statement names: creators and licensors in so many words, never "the authors"."""

import pytest

from service.core.detection import detect

BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("All Content by Persian Press is licensed under CC BY 4.0", "Persian Press"),
        ("© 2021 Jane Doe, licensed under CC BY 4.0", "Jane Doe"),
        ("Copyright (c) 2019-2021 The Foo Project. CC BY 4.0.", "The Foo Project"),
        ("© Sam Otter, 2023. CC BY 4.0", "Sam Otter"),
        ("Published by Global Desk under CC BY 3.0", "Global Desk"),
        ("First published on openDesk under a CC BY-NC 4.0 licence", "openDesk"),
        ("Republished from Sci.News under CC BY-ND 4.0", "Sci.News"),
        ("„Karte“ von Max Muster ist lizenziert unter CC BY 4.0", "Max Muster"),
        ("Texto de Ana López, CC BY 4.0", "Ana López"),
        ("Author: Jane Doe. License: CC BY 4.0", "Jane Doe"),
        ("Image credit: NASA, CC BY 2.0", "NASA"),
        ("Foto: Max Muster / CC BY-SA", "Max Muster"),
        ("Photo by Jane Doe, CC BY", "Jane Doe"),
        ("Jane Doe, CC BY 4.0", "Jane Doe"),
        ("Wikifacts CC BY 2.5", "Wikifacts"),
        ("CC BY 4.0 by Jane Doe", "Jane Doe"),
        ("CC BY-NC 4.0, The Reporter", "The Reporter"),
        ("Image: CC-BY John Smith", "John Smith"),
        ("Text: CC BY 4.0, Jane Doe. Photos: © ACME, all rights reserved.", "Jane Doe"),
        ("Автор: Иван Петров, лицензия CC BY 4.0", "Иван Петров"),
        ("作者：张三，采用 CC BY 4.0 许可", "张三"),
        (f"To the extent possible under law, [Jo](https://jo.example) has waived all rights to it: {BY}", "Jo"),
    ],
)
def test_the_credit_is_named_in_so_many_words(text, credit):
    detection = detect(text)
    assert detection.credit == credit
    assert detection.credit_evidence is not None
    assert text[detection.credit_evidence.start : detection.credit_evidence.end] == credit


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0",
        "© The Author(s) 2024. CC BY 4.0",
        "Copyright remains with the authors. CC BY 4.0",
        "Our content is licensed under CC BY 4.0",
        "Texts by us are CC BY 4.0",
        "Licence: Creative Commons Attribution 4.0",
        "The code is MIT, © 2020 W. Coder. The prose is CC BY 4.0.",
        "Jane Doe, all rights reserved",
        "این اثر تحت مجوز CC BY 4.0 است",
    ],
)
def test_no_credit_is_invented(text):
    assert detect(text).credit is None


@pytest.mark.parametrize(
    ("html", "credit"),
    [
        (f'<span property="cc:attributionName">Jane Roe</span> <a rel="license" href="{BY}">CC BY</a>', "Jane Roe"),
        (f'<meta name="citation_author" content="Jane Roe"><link rel="license" href="{BY}">', "Jane Roe"),
        (
            f'<script type="application/ld+json">{{"license":"{BY}","author":{{"name":"J\\u00fcrgen"}}}}</script>',
            "Jürgen",
        ),
        (
            f'<script type="application/ld+json">{{"copyrightHolder":{{"name":"Acme"}},"license":"{BY}"}}</script>',
            "Acme",
        ),
        (f"<entry><author><name>Jane Roe</name></author><link rel='license' href='{BY}'/></entry>", "Jane Roe"),
        (f"<item><dc:creator>Ann</dc:creator><cc:license rdf:resource='{BY}'/></item>", "Ann"),
        (
            f'<p>This is republished from <a href="/">The Desk</a> under <a href="{BY}">CC BY</a>.</p>',
            "The Desk",
        ),
    ],
)
def test_markup_names_the_credit(html, credit):
    detection = detect(html, media_type="text/html")
    assert detection.credit == credit


def test_a_bare_publisher_is_not_enough():
    html = f'<meta name="copyright" content="© 2023 Example Times"><link rel="license" href="{BY}">'
    assert detect(html, media_type="text/html").credit is None
