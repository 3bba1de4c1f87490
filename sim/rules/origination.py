"""Origination: who the borrowers are, and the seasoned book they bring to the first day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.book import Book, Fate, Float, Int16, Int64
from sim.clock import CYCLE_STEP, CYCLES, MONTH
from sim.luck import (
    CASE_REPLICA,
    EXPONENTIAL,
    NORMAL,
    Floats,
    Purpose,
    fates,
    lognormal,
    quantile,
    uniform,
)
from sim.money import annuities, half_up, interest, level_instalment
from sim.scenario.schema import Case, World

SMALLEST_LOAN = 100
SMALLEST_SHARE = 0.01
LEAST_ESSENTIALS, MOST_ESSENTIALS = 0.2, 0.9
MOST_FORGETFUL = 0.9
MEAN_SCORE, SCORE_SD = 700, 40
"""Of scores before anything happens on the loan; assumption."""


def originate(world: World, replicas: Sequence[int]) -> Book:
    """Return the book of the given replicas on the first day of burn-in, new loans among it."""
    count = world.borrowers + world.new_loans_per_month * world.months
    book = _people(world, np.asarray(replicas, dtype=np.int64), count)
    book.newcomer[:] = book.number >= world.borrowers
    _season(book, _ages(book, world), world.burn_in_months)
    return book


def originate_cases(world: World, cases: Sequence[Case]) -> Book:
    """Return a book of scripted cases, each a replica of one borrower with a new loan."""
    replicas = CASE_REPLICA + np.arange(len(cases), dtype=np.int64)
    book = _people(world, replicas, 1)
    book.scripted[:] = True
    book.forgetting_probability[:] = 0.0
    for row, case in zip(np.argsort(book.replica).tolist(), cases, strict=True):
        if case.job_loss is not None:
            book.job_loss_day[row] = MONTH * (case.job_loss.month - 1)
            book.reemployed_day[row] = book.job_loss_day[row] + MONTH * case.job_loss.months
        if case.illness is not None:
            book.ill_from_day[row] = MONTH * (case.illness.month - 1)
            book.ill_until_day[row] = book.ill_from_day[row] + MONTH * case.illness.months
        if case.disaster is not None:
            book.disaster_from_day[row] = MONTH * (case.disaster.month - 1)
            book.disaster_until_day[row] = (
                book.disaster_from_day[row] + MONTH * case.disaster.months
            )
        if case.aware is not None:
            book.aware[row] = case.aware
        book.sure_to_apply[row] = case.applies
        if case.savings_months is not None:
            book.buffer[row] = half_up(book.income[row] * np.float64(case.savings_months))
            book.savings[row] = book.buffer[row]
    _season(book, np.zeros(len(book), dtype=np.int64), world.burn_in_months)
    return book


def _draw(book: Book, purpose: Purpose) -> Floats:
    return uniform(purpose, 0, book.fate)


def _rows(world: World, replicas: Int64, borrowers: int) -> Book:
    """Return whole replicas in the order of a book.

    That is by cycle, then replica, old and new loans, and how long they have to run: who is still
    active lies close together, which is quicker to work on. No result depends on the order.
    """
    fate = np.concatenate([fates(world.seed, replica, borrowers) for replica in replicas.tolist()])
    cycle = (uniform(Purpose.CYCLE, 0, fate) * CYCLES).astype(np.int8)
    owner, number = np.divmod(np.arange(len(fate)), borrowers)
    to_run = _terms(world, fate) * (1 - uniform(Purpose.AGE, 0, fate))
    order = np.lexsort((to_run, number >= world.borrowers, owner, cycle))
    book = Book(replicas, len(fate), -MONTH * world.burn_in_months)
    book.fate[:] = fate[order]
    book.cycle[:] = cycle[order]
    book.replica[:] = replicas[owner[order]]
    book.number[:] = number[order]
    return book


def _terms(world: World, fate: Fate) -> Int16:
    return np.array(world.loans.terms, dtype=np.int16)[_term_choice(world, fate)]


def _term_choice(world: World, fate: Fate) -> Int64:
    return (uniform(Purpose.TERM, 0, fate) * len(world.loans.terms)).astype(np.int64)


def _people(world: World, replicas: Int64, borrowers: int) -> Book:
    """Return borrowers with new loans."""
    loans, behaviour = world.loans, world.behaviour
    book = _rows(world, replicas, borrowers)
    incomes = quantile(lognormal(loans.income_log_sd), _draw(book, Purpose.INCOME))
    book.income[:] = np.maximum(1, half_up(loans.median_income * incomes))
    share = _budget_shares(book, world)
    _contracts(book, world, share)
    _buffers(book, world)

    attention = quantile(EXPONENTIAL, _draw(book, Purpose.ATTENTION))
    book.forgetting_probability[:] = np.minimum(MOST_FORGETFUL, behaviour.forgetting * attention)
    book.reachability[:] = 0.5 + _draw(book, Purpose.REACHABILITY)
    book.aware[:] = _draw(book, Purpose.AWARENESS) < behaviour.awareness
    book.opportunist[:] = _draw(book, Purpose.OPPORTUNISM) < behaviour.opportunists
    book.auto_debit_luck[:] = _draw(book, Purpose.AUTO_DEBIT)
    book.puts_us_first[:] = _draw(book, Purpose.PRIORITY) < behaviour.puts_us_first

    book.region[:] = (_draw(book, Purpose.REGION) * loans.regions).astype(np.int8)
    book.sector[:] = (_draw(book, Purpose.SECTOR) * loans.sectors).astype(np.int8)
    spread = half_up(SCORE_SD * quantile(NORMAL, _draw(book, Purpose.SCORE)))
    book.base_score[:] = MEAN_SCORE + spread
    book.strain_day[:] = book.day
    return book


def _budget_shares(book: Book, world: World) -> Float:
    """Set essentials and other debt; return the instalment's share after the affordability test."""
    loans, household = world.loans, world.household
    spread = lognormal(loans.instalment_share_log_sd)
    share = loans.instalment_share * quantile(spread, _draw(book, Purpose.INSTALMENT_SHARE))
    z = quantile(NORMAL, _draw(book, Purpose.ESSENTIALS))
    essentials = household.essentials_share + household.essentials_sd * z
    essentials = np.minimum(np.maximum(essentials, LEAST_ESSENTIALS), MOST_ESSENTIALS)
    other = household.other_debt_share * quantile(EXPONENTIAL, _draw(book, Purpose.OTHER_DEBT))
    share = np.minimum(share, np.maximum(SMALLEST_SHARE, loans.burden_cap - essentials))
    other = np.minimum(other, np.maximum(0.0, loans.burden_cap - essentials - share))
    book.essentials[:] = half_up(book.income * essentials)
    book.other_debt[:] = half_up(book.income * other)
    book.surplus[:] = book.income - book.essentials - book.other_debt
    return share


def _contracts(book: Book, world: World, share: Float) -> None:
    terms = np.array(world.loans.terms, dtype=np.int16)
    choice = _term_choice(world, book.fate)
    book.term_months[:] = terms[choice]
    book.rate_bp[:] = book.contract_rate_bp[:] = world.loans.annual_rate_bp
    rates = np.full(len(terms), world.loans.annual_rate_bp, dtype=np.int32)
    factor = annuities(rates, terms)[choice]
    principal = np.maximum(SMALLEST_LOAN, half_up(book.income * share / factor))
    book.original_principal[:] = principal
    book.principal[:] = principal
    book.instalment[:] = level_instalment(principal, factor)


def _buffers(book: Book, world: World) -> None:
    household = world.household
    hand_to_mouth = _draw(book, Purpose.BUFFER_KIND) < household.hand_to_mouth_share
    size = _draw(book, Purpose.BUFFER_SIZE)
    others = household.buffer_months * quantile(lognormal(household.buffer_log_sd), size)
    months = np.where(hand_to_mouth, household.hand_to_mouth_months * size, others)
    book.buffer[:] = half_up(book.income * months)
    book.savings[:] = book.buffer


def _ages(book: Book, world: World) -> Int64:
    """Return the instalments of each loan due before day 0; of a new loan, less than none."""
    age = (_draw(book, Purpose.AGE) * book.term_months).astype(np.int64)
    new = np.flatnonzero(book.newcomer)
    month = (book.number[new] - world.borrowers) // max(1, world.new_loans_per_month)
    age[new] = -(month + 1)
    return age


def _season(book: Book, age: Int64, burn_in_months: int) -> None:
    """Bring loans of ``age`` instalments on day 0 to the first day: all due before it was paid."""
    book.first_due_day[:] = CYCLE_STEP * book.cycle.astype(np.int64) - MONTH * age
    paid = np.maximum(0, age - burn_in_months)
    for instalments in range(int(paid.max())):
        due = np.flatnonzero(paid > instalments)
        charged, book.interest_remainder[due] = interest(
            book.principal[due], book.rate_bp[due], MONTH, book.interest_remainder[due]
        )
        book.principal[due] -= np.clip(book.instalment[due] - charged, 0, book.principal[due])
    book.billed_instalments[:] = paid
    last_due_day = book.first_due_day + MONTH * (paid - 1)
    book.last_billed_due_day[:] = last_due_day
    book.last_payment_day[:] = last_due_day
    book.accrued_through_day[:] = last_due_day
    book.opening_principal[:] = book.principal
