"""Are the owners of a file those that GitHub would ask?"""

from __future__ import annotations

import pytest

from broadcatch.source.owners import parse_owners, read_owners

SAMPLE = """\
# Everything that nobody else has.
*       @global-one @global-two
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @logs
/apps/github @github
/vendored/
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README.md", ("@global-one", "@global-two")),
        ("src/deep/x.js", ("@js-owner",)),
        ("x.go", ("docs@example.com",)),
        ("build/logs/a/b.txt", ("@logs",)),
        ("src/apps/x.py", ("@octocat",)),
        ("docs/x.md", ("@doctocat",)),
        ("docs/deep/x.md", ("@doctocat",)),
        ("other/docs/x.md", ("@global-one", "@global-two")),
        ("scripts/x.sh", ("@doctocat", "@octocat")),
        ("deep/logs/x.txt", ("@logs",)),
        ("apps/github/x.py", ("@github",)),
        ("apps/githubs/x.py", ("@octocat",)),
        ("vendored/x.py", ()),
    ],
)
def test_the_last_line_that_matches_wins(path, owners):
    assert parse_owners(SAMPLE).of(path) == owners


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/deep/a.md", False),
        ("docs/**", "docs/deep/a.md", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b/c.py", True),
        ("*", "a/b.py", True),
        ("/*", "a/b.py", False),
        ("test_?.py", "deep/test_a.py", True),
        ("test_?.py", "deep/test_ab.py", False),
        ("a.c", "abc", False),
        ("my\\ file.py", "my file.py", True),
        ("**", "x/y.py", True),
    ],
)
def test_a_pattern_means_what_github_says(pattern, path, matches):
    assert (parse_owners(f"{pattern} @me\n").of(path) == ("@me",)) is matches


def test_what_github_does_not_understand_is_passed_over():
    text = "* @all\n!a.py @not\n[Section] @x\n[ab].py @range\na.py nobody\n"
    assert parse_owners(text).of("b.py") == ("@all",)
    assert parse_owners(text).of("a.py") == ()


def test_the_file_is_looked_for_where_github_looks(tmp_path):
    assert read_owners(tmp_path) is None
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "CODEOWNERS").write_text("* @docs\n", encoding="utf-8")
    (tmp_path / "CODEOWNERS").write_text("* @top\n", encoding="utf-8")
    owners = read_owners(tmp_path)
    assert owners is not None
    assert (owners.source, owners.of("x.py")) == ("CODEOWNERS", ("@top",))
