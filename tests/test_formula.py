"""Formulas: which texts are read, what they come to, and what is said of the others."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.scenario.formula import FORM, MOST_TERMS, Formula, Shape, Term, formula

A, B, C = Term("a", "x"), Term("b", "x"), Term("c", "x")


@pytest.mark.parametrize(
    ("text", "shape", "terms"),
    [
        ("a.default_rate", "value", [Term("a", "default_rate")]),
        (
            "a.default_rate - baseline.default_rate",
            "difference",
            [Term("a", "default_rate"), Term("baseline", "default_rate")],
        ),
        (" a . x/b.y ", "ratio", [Term("a", "x"), Term("b", "y")]),
        ("a.x[income_low]", "value", [Term("a", "x", "income_low")]),
        (
            "a.x[ job_loss ] - b.x",
            "difference",
            [Term("a", "x", "shock_job_loss"), Term("b", "x")],
        ),
        ("a.x[late]", "value", [Term("a", "x", "record_late")]),
        ("a.x[nobody]", "value", [Term("a", "x", "nobody")]),
        ("a.x[month_12]", "value", [Term("a", "x", None, 12)]),
        ("a.x[low, month_3]", "value", [Term("a", "x", "income_low", 3)]),
        ("a.x[month_03, low]", "value", [Term("a", "x", "income_low", 3)]),
        ("(a.x) - (b.x)", "difference", [A, B]),
        ("a.x - a.x", "difference", [A]),
        ("a.x + b.x", "other", [A, B]),
        ("a.x * b.x", "other", [A, B]),
        ("-a.x", "other", [A]),
        ("2 * a.x", "other", [A]),
        ("c.x / b.x - 1", "other", [C, B]),
        ("c.x / b.x - a.x / c.x", "other", [C, B, A]),
        ("a.x\n  - b.x", "difference", [A, B]),
        ("if.x - lambda.none", "difference", [Term("if", "x"), Term("lambda", "none")]),
        ("(" * 90 + "a.x" + ")" * 90, "value", [A]),
    ],
)
def test_a_formula_is_read(text: str, shape: Shape, terms: list[Term]) -> None:
    said = formula(text)
    assert (said.shape, said.terms) == (shape, tuple(terms))
    assert formula(said.text) == said


ONLY = "there are only + - * / and parentheses"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        *(
            (text, FORM)
            for text in ("", " ", "a", "a.x -", "a.x[", "a.x[]", "A.x", "a.X", "a.x b.x")
        ),
        *(
            (text, FORM)
            for text in ("a.b.c", "a.x[b.c]", "a.x[1]", "a.x[low, none]", "1.x", "+a.x")
        ),
        *(
            (text, FORM)
            for text in ("a.x[month_1, month_2]", "a.x[a[b]]", "1e3 * a.x", "0x1 + a.x")
        ),
        *(
            (text, FORM)
            for text in ("a.x if b.x else c.x", "not a.x", "a.x, b.x", "a.x\0", "a.x + \u202e")
        ),
        *((text, FORM) for text in ("1_000 * a.x", "01 * a.x", "(" * 98 + "a.x")),
        ("max(a.x, b.x)", f"must not call a function: {ONLY}"),
        ("a.x(3)", f"must not call a function: {ONLY}"),
        ("a.x ** 2", f'must not hold "**": {ONLY}'),
        ("a.x // b.x", f'must not hold "//": {ONLY}'),
        ("a.x < 1", f'must not hold "<": {ONLY}'),
        ("a.x % 2", f'must not hold "%": {ONLY}'),
        ("a.x − b.x", f'must not hold "−": {ONLY}'),
        ("lambda: a.x", f'must not hold ":": {ONLY}'),
        ("'a'.x", f'must not hold "\'": {ONLY}'),
        ("1 + 2", 'must name a metric: "policy.metric"'),
        ("a.x / 0", "must not divide by 0"),
        ("a.x / (2 - 2 * 1)", "must not divide by 0"),
        ("a.x * (1 / (1 / 0.0))", "must not divide by 0"),
        (" + ".join(f"a{n}.x" for n in range(13)), f"must have at most {MOST_TERMS} terms, not 13"),
        ("a.x" + " + a.x" * 33, "must have at most 200 characters"),
    ],
)
def test_what_is_no_formula_says_why(text: str, rule: str) -> None:
    with pytest.raises(ValueError) as caught:
        formula(text)
    assert str(caught.value) == rule


@given(st.text(alphabet=" abx._-+*/()[],0123456789eE'\"\n\\é:=", max_size=40) | st.text(max_size=9))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        said = formula(text)
    except ValueError as error:
        assert str(error)
    else:
        assert said.terms


NUMBERS = st.floats(-3, 3).map(lambda number: round(number, 2))
POINTS = st.fixed_dictionaries({A: NUMBERS, B: NUMBERS, C: NUMBERS})
EXPRESSIONS = st.recursive(
    st.sampled_from(["a.x", "b.x", "c.x", "2", "0.75"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: " ".join(parts)),
        inner.map(lambda each: f"({each})"),
        inner.map(lambda each: f"-{each}"),
    ),
    max_leaves=8,
)


class Named:
    """What Python itself can take ``a.x`` of."""

    def __init__(self, x: float) -> None:
        self.x = x


def read(text: str) -> Formula:
    try:
        return formula(text)
    except ValueError:
        assume(False)
        raise


@given(EXPRESSIONS, POINTS)
def test_a_formula_comes_to_what_python_makes_of_it(text: str, numbers: dict[Term, float]) -> None:
    said = read(text)
    names = {term.policy: Named(number) for term, number in numbers.items()}
    try:
        expected = eval(text, {"__builtins__": {}}, names)
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            said.value(numbers)
    else:
        assert said.value(numbers) == expected


@given(EXPRESSIONS, POINTS)
def test_the_slopes_are_those_of_small_steps(text: str, numbers: dict[Term, float]) -> None:
    said, step = read(text), 1e-6
    try:
        slopes = said.slopes(numbers)
        ends = {
            term: [said.value(numbers | {term: numbers[term] + by}) for by in (-step, step)]
            for term in said.terms
        }
    except ZeroDivisionError:
        assume(False)
        raise
    assume(all(abs(divisor.value(numbers)) > 0.05 for divisor in said.divisors))
    assume(all(abs(slope) < 1e3 for slope in slopes.values()))
    for term, (low, high) in ends.items():
        assert slopes[term] == pytest.approx((high - low) / 2 / step, rel=1e-3, abs=1e-3)


def test_divisors_are_what_holds_a_term_and_is_divided_by() -> None:
    assert formula("a.x / 2 - b.x").divisors == ()
    (divisor,) = formula("a.x / (b.x - 1)").divisors
    assert divisor.terms == (B,) and divisor.value({B: 4}) == 3
    assert [each.terms for each in formula("a.x / (b.x / c.x)").divisors] == [(B, C), (C,)]
