"""Formulas: what an expectation or a finding speaks of, read from a line of text and worked out.

Arithmetic with ``+ - * /``, parentheses and decimal numbers on terms ``policy.metric``. Brackets
after a metric name a segment or a cohort (``deferral.default_rate[job_loss]``), or the month at
whose close it is taken (``deferral.default_rate[month_12]``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sim.scenario.measured import SEGMENTS

LONGEST_TEXT: Final = 200
MOST_TERMS: Final = 12
FORM: Final = (
    'must be "policy.metric", or several of them and numbers with + - * / and parentheses; a '
    "segment, a cohort or a month (month_12) may follow a metric in brackets"
)
ONLY: Final = "there are only + - * / and parentheses"

Sign = Literal["+", "-", "*", "/"]
Shape = Literal["value", "difference", "ratio", "other"]

_TOKEN: Final = re.compile(
    r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>\*\*|//|\S)",
    re.ASCII,
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_MONTH: Final = re.compile(r"month_([0-9]{1,9})", re.ASCII)
_GRAMMAR: Final = frozenset("+-*/().,[]")
_SIGNS: Final[Mapping[type[ast.operator], Sign]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


@dataclass(frozen=True)
class Term:
    """One number: a policy's metric, or a figure of a case under it.

    ``segment``: of this segment or cohort alone. ``month``: as it stood at the close of this month.
    """

    policy: str
    metric: str
    segment: str | None = None
    month: int | None = None


@dataclass(frozen=True)
class Operation:
    """Two expressions and the sign between them."""

    sign: Sign
    left: Expression
    right: Expression


Expression = Term | float | Operation


@dataclass(frozen=True)
class Formula:
    """Terms and how they make one number; ``formula`` reads one.

    ``terms`` are distinct, in the order in which they first appear.
    """

    text: str
    terms: tuple[Term, ...]
    expression: Expression

    @property
    def shape(self) -> Shape:
        """A lone term, the difference of two, their ratio, or anything else."""
        match self.expression:
            case Term():
                return "value"
            case Operation("-", Term(), Term()):
                return "difference"
            case Operation("/", Term(), Term()):
                return "ratio"
        return "other"

    @property
    def divisors(self) -> tuple[Formula, ...]:
        """All that something is divided by and that holds a term."""
        return tuple(
            Formula(self.text, terms, divisor)
            for divisor in _divisors(self.expression)
            if (terms := _terms(divisor))
        )

    def value(self, numbers: Mapping[Term, float]) -> float:
        """Return the number that follows from the terms'; ZeroDivisionError if a divisor is 0."""
        return _value(self.expression, numbers)

    def slopes(self, numbers: Mapping[Term, float]) -> dict[Term, float]:
        """Return by how much the number grows with each term, where they have these numbers.

        ZeroDivisionError if a divisor is 0.
        """
        found = _slopes(self.expression, numbers)
        return {term: found.get(term, 0.0) for term in self.terms}


def formula(text: str) -> Formula:
    """Return what a text says; ValueError with the rule that it breaks."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"must have at most {LONGEST_TEXT} characters")
    expression = _expression(_parsed(text))
    terms = _terms(expression)
    if not terms:
        raise ValueError('must name a metric: "policy.metric"')
    if len(terms) > MOST_TERMS:
        raise ValueError(f"must have at most {MOST_TERMS} terms, not {len(terms)}")
    if any(_is_zero(divisor) for divisor in _divisors(expression)):
        raise ValueError("must not divide by 0")
    return Formula(" ".join(text.split()), terms, expression)


def whole(segment: str) -> str:
    """Return a segment's whole name: ``job_loss`` is ``shock_job_loss``, as no other ends so."""
    found = [name for name in SEGMENTS if name.partition("_")[2] == segment]
    return found[0] if found else segment


def is_month(name: str) -> bool:
    """Return whether a name in brackets is that of a month."""
    return _MONTH.fullmatch(name) is not None


def _parsed(text: str) -> ast.expr:
    """Return the syntax tree; each name in it begins with _, so that none is a Python word."""
    parts = []
    for found in _TOKEN.finditer(text):
        kind, part = found.lastgroup, found.group()
        if kind == "sign" and part not in _GRAMMAR:
            raise ValueError(f'must not hold "{part}": {ONLY}' if part.isprintable() else FORM)
        parts.append(f"_{part}" if kind == "name" else part)
    try:
        return ast.parse(" ".join(parts), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):  # the latter: nested too deeply
        raise ValueError(FORM) from None


def _expression(tree: ast.expr) -> Expression:
    match tree:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            return Operation(_SIGNS[type(op)], _expression(left), _expression(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("-", 0.0, _expression(operand))
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Attribute(value=ast.Name(id=policy), attr=metric):
            return Term(_name(policy), _name(metric))
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id=policy), attr=metric), slice=part):
            names = part.elts if isinstance(part, ast.Tuple) else [part]
            return Term(_name(policy), _name(metric), *_bracketed(names))
        case ast.Call():
            raise ValueError(f"must not call a function: {ONLY}")
    raise ValueError(FORM)


def _bracketed(parts: list[ast.expr]) -> tuple[str | None, int | None]:
    """Return the segment or cohort and the month that brackets hold."""
    names = [_name(part.id) for part in parts if isinstance(part, ast.Name)]
    months = [int(found[1]) for name in names if (found := _MONTH.fullmatch(name))]
    segments = [whole(name) for name in names if not is_month(name)]
    if not names or len(names) < len(parts) or len(months) > 1 or len(segments) > 1:
        raise ValueError(FORM)
    return segments[0] if segments else None, months[0] if months else None


def _name(marked: str) -> str:
    name = marked.removeprefix("_")
    if not _NAME.fullmatch(name):
        raise ValueError(FORM)
    return name


def _terms(expression: Expression) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(each for each in _parts(expression) if isinstance(each, Term)))


def _divisors(expression: Expression) -> tuple[Expression, ...]:
    return tuple(
        each.right
        for each in _parts(expression)
        if isinstance(each, Operation) and each.sign == "/"
    )


def _is_zero(expression: Expression) -> bool:
    """Return whether an expression is always 0, or divides by what is."""
    try:
        return not _terms(expression) and _value(expression, {}) == 0
    except ZeroDivisionError:
        return True


def _parts(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of, from left to right."""
    yield expression
    if isinstance(expression, Operation):
        yield from _parts(expression.left)
        yield from _parts(expression.right)


def _value(expression: Expression, numbers: Mapping[Term, float]) -> float:
    if isinstance(expression, Term):
        return numbers[expression]
    if not isinstance(expression, Operation):
        return expression
    left, right = _value(expression.left, numbers), _value(expression.right, numbers)
    match expression.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right


def _slopes(expression: Expression, numbers: Mapping[Term, float]) -> dict[Term, float]:
    """Return the partial derivatives, without those that are 0 because a term is not there."""
    if isinstance(expression, Term):
        return {expression: 1.0}
    if not isinstance(expression, Operation):
        return {}
    left, right = _value(expression.left, numbers), _value(expression.right, numbers)
    match expression.sign:
        case "+" | "-":
            of_left, of_right = 1.0, 1.0 if expression.sign == "+" else -1.0
        case "*":
            of_left, of_right = right, left
        case "/":
            of_left, of_right = 1 / right, -(left / right) / right
    found = {term: of_left * slope for term, slope in _slopes(expression.left, numbers).items()}
    for term, slope in _slopes(expression.right, numbers).items():
        found[term] = found.get(term, 0.0) + of_right * slope
    return found
