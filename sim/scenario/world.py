"""The world: what nobody chooses - borrowers, households, behaviour, what a contact does."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from sim.parameter import ASSUMPTION, Group, increasing, parameter

LARGEST_STUDY: Final = 100_000_000
"""Borrowers times replicas: more is refused."""


TermMonths = Annotated[int, Field(ge=1, le=120)]
DayAfterDue = Annotated[int, Field(ge=1, le=29)]
Terms = Annotated[tuple[TermMonths, ...], Field(strict=False, min_length=1, max_length=10)]
ReconsiderDays = Annotated[
    tuple[DayAfterDue, ...], Field(strict=False, max_length=8), AfterValidator(increasing)
]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Loans(Group):
    """The contracts of the book and the incomes they were written against."""

    median_income: int = parameter(
        500_000,
        "Median household income per 30 days at origination.",
        unit="minor units",
        low=1_000,
        high=1_000_000_000,
        source=ASSUMPTION,
        en="Median income",
        zh="收入中位数",
    )
    income_log_sd: float = parameter(
        0.45,
        "Spread of incomes: standard deviation of their logarithm.",
        unit="log",
        low=0,
        high=2,
        source=ASSUMPTION,
        en="Spread of incomes",
        zh="收入离散度",
    )
    instalment_share: float = parameter(
        0.13,
        "Median share of income that the instalment takes.",
        unit="share of income",
        low=0.01,
        high=0.6,
        source=ASSUMPTION,
        en="Instalment to income",
        zh="月供收入比",
    )
    instalment_share_log_sd: float = parameter(
        0.45,
        "Spread of that share: standard deviation of its logarithm.",
        unit="log",
        low=0,
        high=2,
        source=ASSUMPTION,
        en="Spread of instalment to income",
        zh="月供收入比离散度",
    )
    terms: Terms = parameter(
        (12, 18, 24),
        "Terms offered, each as often as the others; 1 to 10 of them, 1 to 120 months each.",
        unit="months",
        source=ASSUMPTION,
        en="Terms",
        zh="期限",
    )
    annual_rate_bp: int = parameter(
        1_800,
        "Contract rate a year.",
        unit="basis points",
        low=0,
        high=10_000,
        source="assumption, within China's guidance: 24 % all-in, 20 % for new loans (V/W)",
        en="Contract rate",
        zh="合同年利率",
    )
    burden_cap: float = parameter(
        0.95,
        "Affordability at origination: essentials, other debt and instalment take at most this.",
        unit="share of income",
        low=0.3,
        high=1.5,
        source=ASSUMPTION,
        en="Largest burden at origination",
        zh="放款时支出负担上限",
    )


class Household(Group):
    """What strikes a household and what it has against it."""

    job_loss_per_month: float = parameter(
        0.013,
        "Chance that somebody at work loses the job within a month.",
        unit="chance a month",
        low=0,
        high=0.5,
        source="derived from US and OECD labour force flows (D)",
        en="Job loss",
        zh="失业概率",
    )
    risk_multiplier: float = parameter(
        1.5,
        "How many times likelier borrowers of this book are to lose the job.",
        unit="times",
        low=0,
        high=10,
        source=ASSUMPTION,
        en="Borrowers' extra job risk",
        zh="借款人失业风险倍数",
    )
    slow_finder_share: float = parameter(
        0.31,
        "Share of new unemployment spells that end slowly.",
        unit="share of spells",
        low=0,
        high=1,
        source="BLS 2024, durations of spells in progress (D)",
        en="Slow job finders",
        zh="慢速再就业者比例",
    )
    fast_finding_per_month: float = parameter(
        0.59,
        "Chance that a fast finder is back at work within a month.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="BLS 2024, durations of spells in progress (D)",
        en="Job finding, fast",
        zh="快速再就业概率",
    )
    slow_finding_per_month: float = parameter(
        0.167,
        "Chance that a slow finder is back at work within a month.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="BLS 2024, durations of spells in progress (D)",
        en="Job finding, slow",
        zh="慢速再就业概率",
    )
    searching_income: float = parameter(
        0.45,
        "Income while searching for work.",
        unit="share of income",
        low=0,
        high=1,
        source="assumption: 0.45 OECD, 0.25 China",
        en="Income while jobless",
        zh="失业期间收入",
    )
    illness_per_month: float = parameter(
        0.004,
        "Chance that somebody healthy falls seriously ill within a month.",
        unit="chance a month",
        low=0,
        high=0.5,
        source=ASSUMPTION,
        en="Illness",
        zh="患病概率",
    )
    illness_months: float = parameter(
        3.0,
        "Mean length of an illness.",
        unit="months",
        low=0.1,
        high=60,
        source=ASSUMPTION,
        en="Length of illness",
        zh="患病时长",
    )
    illness_income: float = parameter(
        0.6,
        "Income while ill.",
        unit="share of income",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Income while ill",
        zh="患病期间收入",
    )
    permanent_sd: float = parameter(
        0.035,
        "Standard deviation of the lasting change of income from month to month.",
        unit="share of income",
        low=0,
        high=0.3,
        source="derived from panel studies of income (D)",
        en="Lasting income change",
        zh="收入永久性波动",
    )
    transitory_sd: float = parameter(
        0.15,
        "Standard deviation of income within one month.",
        unit="share of income",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Passing income change",
        zh="收入暂时性波动",
    )
    expense_per_month: float = parameter(
        0.05,
        "Chance of an unexpected expense within a month.",
        unit="chance a month",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Expense shock",
        zh="意外支出概率",
    )
    expense_incomes: float = parameter(
        0.3,
        "Mean size of such an expense.",
        unit="months of income",
        low=0,
        high=12,
        source=ASSUMPTION,
        en="Size of expense shock",
        zh="意外支出规模",
    )
    essentials_share: float = parameter(
        0.51,
        "Mean essential spending at origination; with other debt the most sensitive pair of all.",
        unit="share of income",
        low=0.1,
        high=0.95,
        source=ASSUMPTION,
        en="Essential spending",
        zh="基本生活支出",
    )
    essentials_sd: float = parameter(
        0.08,
        "Spread of essential spending.",
        unit="share of income",
        low=0,
        high=0.3,
        source=ASSUMPTION,
        en="Spread of essential spending",
        zh="基本生活支出离散度",
    )
    other_debt_share: float = parameter(
        0.06,
        "Mean debt service to other lenders at origination.",
        unit="share of income",
        low=0,
        high=0.5,
        source=ASSUMPTION,
        en="Other debt service",
        zh="其他债务偿付",
    )
    hand_to_mouth_share: float = parameter(
        0.4,
        "Share of households that keep almost no savings.",
        unit="share of households",
        low=0,
        high=1,
        source="Kaplan, Violante and Weidner 2014: about a third (V); size an assumption",
        en="Hand-to-mouth households",
        zh="月光家庭比例",
    )
    hand_to_mouth_months: float = parameter(
        0.25,
        "The most that such a household keeps.",
        unit="months of income",
        low=0,
        high=3,
        source=ASSUMPTION,
        en="Savings of the hand-to-mouth",
        zh="月光家庭储蓄上限",
    )
    buffer_months: float = parameter(
        1.0,
        "Median savings kept by the others.",
        unit="months of income",
        low=0,
        high=60,
        source="JPMorgan Chase Institute: 65 % below six weeks (V); size an assumption",
        en="Savings of the others",
        zh="其他家庭储蓄",
    )
    buffer_log_sd: float = parameter(
        1.0,
        "Spread of these savings: standard deviation of their logarithm.",
        unit="log",
        low=0,
        high=2,
        source=ASSUMPTION,
        en="Spread of savings",
        zh="储蓄离散度",
    )


class Behaviour(Group):
    """Attention, willingness, engagement, and what borrowers know of relief."""

    forgetting: float = parameter(
        0.045,
        "Mean chance that a due date is forgotten.",
        unit="chance a due date",
        low=0,
        high=0.5,
        source="derived from Gathergood et al. (D)",
        en="Forgetting",
        zh="忘记还款概率",
    )
    remembering_per_day: float = parameter(
        0.035,
        "Chance a day that a forgetter remembers unprompted.",
        unit="chance a day",
        low=0,
        high=0.9,
        source=ASSUMPTION,
        en="Remembering",
        zh="想起还款概率",
    )
    opportunists: float = parameter(
        0.02,
        "Share of borrowers who skip payments though able, and pretend hardship.",
        unit="share of borrowers",
        low=0,
        high=1,
        source="assumption; Ganong and Noel 2023: 6 % of defaults purely strategic (V)",
        en="Opportunists",
        zh="投机借款人比例",
    )
    skipping: float = parameter(
        0.3,
        "Chance that an opportunist skips a due date.",
        unit="chance a due date",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Skipping by opportunists",
        zh="投机者跳过还款概率",
    )
    disengagement_first: float = parameter(
        0.12,
        "Chance a month to stop dealing with the lender with one instalment missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, one missed",
        zh="失联概率（欠一期）",
    )
    disengagement_second: float = parameter(
        0.25,
        "The same with two missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, two missed",
        zh="失联概率（欠两期）",
    )
    disengagement_later: float = parameter(
        0.40,
        "The same with three or more missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, three or more missed",
        zh="失联概率（欠三期及以上）",
    )
    partial_share: float = parameter(
        0.25,
        "The least part of an instalment that a borrower brings.",
        unit="share of an instalment",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Smallest part payment",
        zh="最小部分还款",
    )
    reconsider_days: ReconsiderDays = parameter(
        (7, 14, 21, 28),
        "Days after the due date on which the unable look again; increasing, 1 to 29, at most 8.",
        unit="days",
        source=ASSUMPTION,
        en="Days of reconsidering",
        zh="重新考虑还款的日子",
    )
    awareness: float = parameter(
        0.35,
        "Share of borrowers who know that relief exists.",
        unit="share of borrowers",
        low=0,
        high=1,
        source="Allen et al. 2022, Canada: 80 % unaware; RBI 2020 (V)",
        en="Awareness of relief",
        zh="知晓纾困比例",
    )
    application: float = parameter(
        0.35,
        "Chance to apply in a hardship spell, once aware and eligible.",
        unit="chance a spell",
        low=0,
        high=1,
        source="Allen et al. 2022, Canada; RBI 2020 (V)",
        en="Applying",
        zh="申请概率",
    )
    proof_share: float = parameter(
        0.85,
        "Share of those in hardship who bring the papers asked for.",
        unit="share of applications",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Papers brought",
        zh="能提供证明的比例",
    )
    proof_days: int = parameter(
        5,
        "Days to collect the papers.",
        unit="days",
        low=0,
        high=90,
        source=ASSUMPTION,
        en="Days to collect papers",
        zh="准备证明所需天数",
    )


class Contact(Group):
    """What a message or a call achieves."""

    message_works: float = parameter(
        0.35,
        "Chance that a message makes a forgetter remember.",
        unit="chance a message",
        low=0,
        high=1,
        source="sign from Cadena and Schoar 2011 (V); size an assumption",
        en="Message reminds",
        zh="短信提醒有效概率",
    )
    reach_early: float = parameter(
        0.10,
        "Chance that an early call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        source="trade figures (W)",
        en="Call connects, early",
        zh="早期电话接通概率",
    )
    reach_late: float = parameter(
        0.04,
        "Chance that a later call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        source="trade figures (W)",
        en="Call connects, late",
        zh="后期电话接通概率",
    )
    pays_early: float = parameter(
        0.35,
        "Chance that a borrower reached early brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Pays when reached, early",
        zh="早期接通后还款概率",
    )
    pays_late: float = parameter(
        0.15,
        "Chance that a borrower reached later brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Pays when reached, late",
        zh="后期接通后还款概率",
    )
    reengaged: float = parameter(
        0.2,
        "Chance that a conversation brings a disengaged borrower back.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Brought back by a call",
        zh="电话挽回失联者概率",
    )
    persuaded: float = parameter(
        0.3,
        "Chance that a conversation makes an unwilling borrower pay.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Persuaded by a call",
        zh="电话说服概率",
    )
    informs: float = parameter(
        0.5,
        "Chance that a conversation makes relief known to the borrower.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Informed by a call",
        zh="电话告知纾困概率",
    )


class Strain(Group):
    """What contacts cost the relation; why intensity saturates and turns."""

    per_message: float = parameter(
        0.1,
        "Strain that a message adds.",
        unit="strain",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Strain of a message",
        zh="每条短信的压力",
    )
    per_call: float = parameter(
        1.0,
        "Strain that a conversation adds.",
        unit="strain",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Strain of a call",
        zh="每次通话的压力",
    )
    half_life_days: int = parameter(
        30,
        "Days in which strain halves.",
        unit="days",
        low=1,
        high=720,
        source=ASSUMPTION,
        en="Half-life of strain",
        zh="压力半衰期",
    )
    cooperation_loss: float = parameter(
        0.3,
        "Cooperation falls by exp(-this x strain).",
        unit="per unit of strain",
        low=0,
        high=3,
        source=ASSUMPTION,
        en="Cooperation lost to strain",
        zh="压力对配合度的影响",
    )
    disengagement_gain: float = parameter(
        0.3,
        "Disengagement rises by a factor 1 + this x strain.",
        unit="per unit of strain",
        low=0,
        high=3,
        source=ASSUMPTION,
        en="Disengagement through strain",
        zh="压力对失联的影响",
    )


class World(Group):
    """Everything that the lender does not choose."""

    months: int = parameter(
        24,
        "Months simulated under the policies.",
        unit="months",
        low=1,
        high=120,
        source="the study's choice",
        en="Horizon",
        zh="观察期",
    )
    burn_in_months: int = parameter(
        6,
        "Months under the baseline before, so that a seasoned book meets the policies.",
        unit="months",
        low=0,
        high=36,
        source="the study's choice",
        en="Burn-in",
        zh="预热期",
    )
    borrowers: int = parameter(
        5_000,
        "Borrowers in each replica.",
        unit="borrowers",
        low=1,
        high=1_000_000,
        source="the study's choice",
        en="Borrowers",
        zh="借款人数",
    )
    replicas: int = parameter(
        20,
        "Independent portfolios; intervals are computed from them.",
        unit="replicas",
        low=1,
        high=10_000,
        source="the study's choice",
        en="Replicas",
        zh="重复次数",
    )
    seed: int = parameter(
        2026,
        "What all luck is computed from.",
        unit="number",
        low=0,
        high=2**63 - 1,
        source="the study's choice",
        en="Seed",
        zh="随机种子",
    )
    currency: CurrencyCode = parameter(
        "CNY",
        "Name of the money shown; three capital letters, 100 minor units to one.",
        unit="code",
        source="the study's choice",
        en="Currency",
        zh="币种",
    )
    loans: Loans = Field(default_factory=Loans, description="Contracts and incomes.")
    household: Household = Field(default_factory=Household, description="Shocks and buffers.")
    behaviour: Behaviour = Field(default_factory=Behaviour, description="How borrowers act.")
    contact: Contact = Field(default_factory=Contact, description="What contacts achieve.")
    strain: Strain = Field(default_factory=Strain, description="What contacts cost.")

    @model_validator(mode="after")
    def _of_a_size_to_run(self) -> World:
        if self.borrowers * self.replicas > LARGEST_STUDY:
            raise ValueError(f"borrowers x replicas must be at most {LARGEST_STUDY:,}")
        return self
