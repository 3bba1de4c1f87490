"""The borrowers: their loans, and what strikes their households."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.parameter import ASSUMPTION, Group, parameter

TermMonths = Annotated[int, Field(ge=1, le=120)]
Terms = Annotated[tuple[TermMonths, ...], Field(strict=False, min_length=1, max_length=10)]


class Loans(Group):
    """The contracts of the book and the incomes they were written against."""

    median_income: int = parameter(
        500_000,
        "Median household income per 30 days at origination.",
        unit="minor units",
        low=1_000,
        high=1_000_000_000,
        plausible=(250_000, 1_000_000),
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
        plausible=(0.3, 0.7),
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
        plausible=(0.08, 0.20),
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
        plausible=(0.25, 0.65),
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
        plausible=(600, 3_600),
        source="assumption; below China's 24 % guidance (V), which late loans with penalty exceed",
        en="Contract rate",
        zh="合同年利率",
    )
    burden_cap: float = parameter(
        0.95,
        "Affordability at origination: essentials, other debt and instalment take at most this.",
        unit="share of income",
        low=0.3,
        high=1.5,
        plausible=(0.8, 1.0),
        source=ASSUMPTION,
        en="Largest burden at origination",
        zh="放款时支出负担上限",
    )
    regions: int = parameter(
        4,
        "Regions that borrowers live in, equally large.",
        unit="regions",
        low=1,
        high=20,
        plausible=(2, 8),
        source=ASSUMPTION,
        en="Regions",
        zh="地区数",
    )
    sectors: int = parameter(
        5,
        "Sectors of work that they belong to, equally large.",
        unit="sectors",
        low=1,
        high=20,
        plausible=(2, 15),
        source=ASSUMPTION,
        en="Sectors",
        zh="行业数",
    )


class Household(Group):
    """What strikes a household and what it has against it."""

    job_loss_per_month: float = parameter(
        0.013,
        "Chance that somebody at work loses the job within a month.",
        unit="chance a month",
        low=0,
        high=0.5,
        plausible=(0.008, 0.020),
        source="a derived figure, its derivation not recorded (D)",
        en="Job loss",
        zh="失业概率",
    )
    risk_multiplier: float = parameter(
        1.5,
        "How many times likelier borrowers of this book are to lose the job.",
        unit="times",
        low=0,
        high=10,
        plausible=(1.0, 2.5),
        source=ASSUMPTION,
        en="Borrowers' extra job risk",
        zh="借款人失业风险倍数",
    )
    slow_finder_share: float = parameter(
        0.321,
        "Share of new unemployment spells that end slowly.",
        unit="share of spells",
        low=0,
        high=1,
        source="fitted to BLS 2024, durations of spells in progress (D)",
        en="Slow job finders",
        zh="慢速再就业者比例",
    )
    fast_finding_per_month: float = parameter(
        0.605,
        "Chance that a fast finder is back at work within a month.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="fitted to BLS 2024, durations of spells in progress (D)",
        en="Job finding, fast",
        zh="快速再就业概率",
    )
    slow_finding_per_month: float = parameter(
        0.163,
        "Chance that a slow finder is back at work within a month.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="fitted to BLS 2024, durations of spells in progress (D)",
        en="Job finding, slow",
        zh="慢速再就业概率",
    )
    searching_income: float = parameter(
        0.45,
        "Income while searching for work.",
        unit="share of income",
        low=0,
        high=1,
        plausible=(0.25, 0.60),
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
        plausible=(0.002, 0.010),
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
        plausible=(1.5, 6.0),
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
        plausible=(0.3, 0.8),
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
        plausible=(0.02, 0.05),
        source="a derived figure, its derivation not recorded (D)",
        en="Lasting income change",
        zh="收入永久性波动",
    )
    transitory_sd: float = parameter(
        0.15,
        "Standard deviation of income within one month.",
        unit="share of income",
        low=0,
        high=1,
        plausible=(0.05, 0.25),
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
        plausible=(0.02, 0.12),
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
        plausible=(0.15, 0.80),
        source=ASSUMPTION,
        en="Size of expense shock",
        zh="意外支出规模",
    )
    essentials_share: float = parameter(
        0.514,
        "Mean essential spending at origination; with other debt the most sensitive pair of all.",
        unit="share of income",
        low=0.1,
        high=0.95,
        plausible=(0.45, 0.60),
        source="assumption, fitted to levels",
        en="Essential spending",
        zh="基本生活支出",
    )
    essentials_sd: float = parameter(
        0.08,
        "Spread of essential spending.",
        unit="share of income",
        low=0,
        high=0.3,
        plausible=(0.04, 0.12),
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
        plausible=(0.02, 0.12),
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
        plausible=(0.25, 0.55),
        source="Kaplan, Violante and Weidner 2014: about a third (V); size an assumption",
        en="Hand-to-mouth households",
        zh="储蓄极少的家庭比例",
    )
    hand_to_mouth_months: float = parameter(
        0.25,
        "The most that such a household keeps.",
        unit="months of income",
        low=0,
        high=3,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Savings of the hand-to-mouth",
        zh="储蓄极少家庭的储蓄上限",
    )
    buffer_months: float = parameter(
        1.0,
        "Median savings kept by the others.",
        unit="months of income",
        low=0,
        high=60,
        plausible=(0.5, 2.0),
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
        plausible=(0.6, 1.4),
        source=ASSUMPTION,
        en="Spread of savings",
        zh="储蓄离散度",
    )
    carry: float = parameter(
        0.0,
        "Share of a month's shortfall that becomes arrears with other lenders.",
        unit="share of a shortfall",
        low=0,
        high=1,
        plausible=(0.0, 0.5),
        source=ASSUMPTION,
        en="Shortfall owed elsewhere",
        zh="缺口转为他处欠款比例",
    )
