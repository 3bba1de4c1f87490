"""What benchmarks share: their scale, and a clock that says what a borrower-month costs."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from meters import Judge, Timed, prepared, shares
from pytest_benchmark.fixture import BenchmarkFixture
from worlds import EVERYTHING, SHORT, Changes, Scale

from sim.book import Book
from sim.clock import MONTH
from sim.lender.timetable import run
from sim.scenario.schema import Policy, World


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scale", type=float, default=1.0, help="so many times the borrowers: 0.1")
    parser.addoption("--short", action="store_true", help="one month or two, only to try them")


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    months = SHORT if request.config.getoption("short") else 1.0
    return Scale(request.config.getoption("scale"), months)


@pytest.fixture
def judged(scale: Scale) -> Judge:
    """Hold a ratio, if it was taken at the sizes it is meant for."""

    def judge(held: bool) -> None:
        if not scale.tells:
            pytest.skip("too small to judge: the ratio is held at --scale 1")
        assert held

    return judge


@pytest.fixture
def timed(benchmark: BenchmarkFixture) -> Timed:
    """Time the engine on books that nobody has run yet; say what a borrower-month costs."""

    def time(
        borrowers: int,
        months: int,
        on: tuple[Changes, Changes] = EVERYTHING,
        replicas: int = 1,
    ) -> None:
        books: list[Book] = []

        def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
            book, world, terms = prepared(borrowers, months, on, replicas)
            books[:] = [book]  # the one before makes room
            return (book, world, terms), {}

        def run_through(book: Book, world: World, terms: Policy) -> float:
            start = process_time()
            run(book, world, terms, MONTH * months)
            return process_time() - start

        seconds = benchmark.pedantic(run_through, setup=setup, rounds=2)
        rows = borrowers * replicas
        active, late = shares(books[0].ledger.entries, rows)
        each = seconds / (rows * months)
        benchmark.extra_info.update(
            ns_per_borrower_month=round(each * 1e9, 1),
            borrower_months_per_second=round(1 / each),
            share_active=round(active, 3),
            share_late=round(late, 3),
        )
        print(
            f"\n{replicas} x {borrowers:,} borrowers, {months} months, {late:.1%} late: "
            f"{each * 1e9:,.0f} ns a borrower-month"
        )

    return time
