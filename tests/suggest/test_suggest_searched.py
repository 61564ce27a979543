"""What is asked of something that a search may not have found?"""

from __future__ import annotations

import ast

import pytest

from broadcatch.suggest.searched import searched


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('link = row.find("a")["href"]', ("row.find('a')['href']",)),
        ('name = cells[1].find("b").text', ("cells[1].find('b').text",)),
        ('row.find("a").find("b").text', ("row.find('a').find('b').text", "row.find('a').find")),
        ("owner = query.first().name", ("query.first().name",)),
        ('at = text.find("a")', ()),
        ('link = row.find("a")', ()),
        ('row.find("a")["href"] = 1', ()),
        ('price = data.get("a")["price"]', ()),
        ('def later():\n    return row.find("a").text', ()),
    ],
)
def test_what_is_asked_of_what_a_search_gave(body, found):
    assert searched(ast.parse(body).body) == found
