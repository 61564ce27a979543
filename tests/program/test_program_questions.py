"""Questions that lead back to themselves: answered as often as needed, and no more."""

from __future__ import annotations

import ast

from broadcatch.program.project import Project
from broadcatch.program.questions import Questions
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import module_scope


class Circle:
    """Each of `size` questions asks all others, twice; counts how often one is really answered."""

    def __init__(self, size: int) -> None:
        self.questions = Questions()
        self.size = size
        self.answered = 0

    def ask(self, number: int) -> frozenset[int]:
        return self.questions.kept(number, lambda: self._answer(number)) or frozenset()

    def _answer(self, number: int) -> frozenset[int]:
        self.answered += 1
        after = [(number + step) % self.size for step in (1, 1, 2, 2)]
        return frozenset({number}).union(*map(self.ask, after))


def test_a_question_within_itself_has_no_answer_and_is_counted():
    questions = Questions()
    assert questions.guarded("a", lambda: questions.guarded("a", lambda: "never")) is None
    assert questions.cuts == 1


def test_a_question_that_does_not_go_round_is_not_counted():
    questions = Questions()
    assert questions.kept("a", lambda: questions.kept("b", lambda: "answer")) == "answer"
    assert questions.cuts == 0


def test_a_circle_is_not_asked_anew_for_every_way_into_it():
    circle = Circle(16)
    assert circle.ask(0) == frozenset(range(16))
    assert circle.answered < 500


def test_what_is_kept_from_a_circle_is_what_asking_again_gives():
    circle = Circle(7)
    for number in (3, 0, 5, 3):
        assert circle.ask(number) == Circle(7).ask(number)


def test_an_answer_that_was_cut_short_is_not_given_where_something_else_is_asked_around_it():
    questions = Questions()

    def inner() -> str:
        return questions.kept("outer", outer) or "cut short"

    def outer() -> str:
        return f"around {questions.kept('inner', inner)}"

    assert questions.kept("outer", outer) == "around cut short"
    assert questions.kept("inner", inner) == "around None"


def test_a_name_that_two_modules_import_from_each_other_is_not_known(tmp_path):
    for here, there in (("one", "two"), ("two", "one")):
        text = f"try:\n    from {there} import Thing\nexcept ImportError:\n    def Thing(): return 1\n"
        (tmp_path / f"{here}.py").write_text(text, encoding="utf-8")
    (tmp_path / "app.py").write_text("from one import Thing\nx = Thing()\n", encoding="utf-8")
    project = Project(tmp_path)
    app = project.module_at("app.py")
    resolver = Resolver(project)
    assert resolver.meaning(ast.Name("Thing", ast.Load()), module_scope(app)) is None


def test_names_that_many_modules_import_from_each_other_in_branches_end(tmp_path):
    names = [f"m{number}" for number in range(9)]
    for here in names:
        imports = "".join(
            f"try:\n    from {one} import Thing\nexcept ImportError:\n    pass\n" for one in names
        )
        (tmp_path / f"{here}.py").write_text(imports, encoding="utf-8")
    project = Project(tmp_path)
    assert project.member(project.module_at("m0.py"), "Thing") is None


def test_an_attribute_that_many_methods_read_and_write_back_is_asked_for_once(tmp_path):
    methods = "".join(
        f"    def m{number}(self):\n        pos = self.pos\n        self.pos = pos\n" for number in range(40)
    )
    text = f"class Parser:\n    def __init__(self):\n        self.pos = 0\n{methods}"
    (tmp_path / "app.py").write_text(text, encoding="utf-8")
    project = Project(tmp_path)
    function = project.module_at("app.py").classes["Parser"].members["m7"]
    resolver = Resolver(project)
    read = function.node.body[0].value
    assert resolver.meaning(read, resolver.scope(function)) is not None
    assert len(resolver.types) < 500


def test_a_chain_of_questions_has_no_greatest_depth():
    questions = Questions()

    def ask(number: int) -> int | None:
        return questions.kept(number, lambda: 1 + (ask(number - 1) or 0) if number else 0)

    assert ask(20_000) == 20_000
    assert questions.cuts == 0


def test_a_circle_that_is_deeper_than_questions_may_stand_ends():
    circle = Circle(1)
    circle._answer = lambda number: circle.ask((number + 1) % 1_000)  # type: ignore[method-assign]
    assert circle.ask(0) == frozenset()


def test_what_the_last_of_a_thousand_functions_gives_is_what_the_first_gives(tmp_path):
    links = "".join(f"def f{number}():\n    return f{number + 1}()\n" for number in range(1_000))
    (tmp_path / "app.py").write_text(f"{links}def f1000():\n    return int('1')\n", encoding="utf-8")
    project = Project(tmp_path)
    scope = module_scope(project.module_at("app.py"))
    found = Resolver(project).type_of(ast.parse("f0()", mode="eval").body, scope)
    assert found is not None and found.name == "builtins.int"
