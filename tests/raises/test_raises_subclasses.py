"""A function that may raise OSError may raise PermissionError: what of a clause for the subclass?"""

from __future__ import annotations

import pytest
from engines import engine_of, found_in, of

STAT = """
    import os

    def f(path):
        try:
            os.stat(path)
        except PermissionError{name}:
            {body}
        except OSError:
            return None
"""


@pytest.mark.parametrize(("name", "body"), [("", "raise"), (" as exc", "raise exc")])
def test_what_a_clause_for_a_subclass_raises_again_comes_out(tmp_path, name, body):
    engine = engine_of(tmp_path, app=STAT.format(name=name, body=body))
    types, closed = of(engine)
    assert (types & {"PermissionError", "OSError"}, closed) == ({"PermissionError"}, True)


def test_its_evidence_is_that_of_the_base(tmp_path):
    engine = engine_of(tmp_path, app=STAT.format(name="", body="raise"))
    [again] = [one for one in found_in(engine).raised if one.type == "PermissionError"]
    assert (again.evidence.kind, again.evidence.line, again.line) == ("knowledge", 6, 6)


def test_what_a_clause_for_a_subclass_stops_leaves_the_base_in_the_rest(tmp_path):
    text = """
        import os

        def f(path):
            try:
                os.stat(path)
            except PermissionError:
                return None
    """
    assert "OSError" in of(engine_of(tmp_path, app=text))[0]


def test_what_a_raise_statement_names_is_no_subclass(tmp_path):
    text = """
        def f(path):
            try:
                raise LookupError(path)
            except KeyError:
                raise
            except LookupError:
                return None
    """
    assert of(engine_of(tmp_path, app=text)) == (set(), True)


def test_an_error_of_the_system_raised_by_number_may_be_any_of_its_subclasses(tmp_path):
    text = """
        def f(number):
            try:
                raise OSError(number, "no")
            except FileNotFoundError:
                raise
            except OSError:
                return None
    """
    assert of(engine_of(tmp_path, app=text)) == ({"FileNotFoundError"}, True)


def test_a_method_from_outside_may_be_another_in_a_subclass(tmp_path):
    engine = engine_of(
        tmp_path,
        app="""
        import io
        class Stream(io.IOBase):
            pass
        class Segments(Stream):
            def close(self):
                raise KeyError
        class Exact(io.IOBase):
            pass
        def f(stream: Stream):
            stream.close()
        def g(stream: Exact):
            stream.close()
        """,
    )
    assert of(engine, "f") == ({"KeyError", "OSError"}, True)
    assert of(engine, "g") == ({"OSError"}, True)


SUPER = """
    class Base:
        def go(self): raise KeyError
    class Child(Base):
        def go(self):
            super(Child, self).go()
            raise OSError
    class Grandchild(Child):
        def go(self): super(Child, self).go()
    class Other:
        def go(self): raise LookupError
    class Both(Child, Other):
        def go(self): super(Child, self).go()
    class Reset(Child):
        def go(self):
            self = Other()
            super(Reset, self).go()
    def f(): Child().go()
    def g(): Grandchild().go()
    def h(): Both().go()
    def i(): Reset().go()
"""


def test_super_with_the_class_around_looks_above_it(tmp_path):
    assert of(engine_of(tmp_path, app=SUPER)) == ({"KeyError", "OSError"}, True)


def test_super_with_a_class_further_up_leaves_out_what_lies_below(tmp_path):
    assert of(engine_of(tmp_path, app=SUPER), "g") == ({"KeyError"}, True)


def test_super_with_a_class_further_up_is_open_where_classes_have_several_bases(tmp_path):
    assert not of(engine_of(tmp_path, app=SUPER), "h")[1]


def test_super_of_something_bound_anew_is_open(tmp_path):
    assert not of(engine_of(tmp_path, app=SUPER), "i")[1]
