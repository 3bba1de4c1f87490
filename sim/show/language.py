"""Everything the product says, in English and 简体中文, and how each writes numbers.

A number is written with as many decimals as its neighbours need: an interval that excludes zero
never reads as if it touched it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from sim.show import (
    limits,
    words_app,
    words_calibration,
    words_charts,
    words_drift,
    words_evidence,
    words_expectations,
    words_pages,
    words_relief,
    words_report,
    words_run,
    words_story,
)

Code = Literal["en", "zh"]
CODES: Final[tuple[Code, ...]] = ("en", "zh")

MOST_DECIMALS: Final = 6


class Bilingual(Protocol):
    """A text that exists in both languages."""

    @property
    def en(self) -> str:
        """The English text."""

    @property
    def zh(self) -> str:
        """The Chinese text."""


@dataclass(frozen=True)
class Notation:
    """How the numbers of one unit are written: what one of them is multiplied by, and words."""

    factor: float
    decimals: int
    value: str
    difference: str


NOTATIONS: Final[Mapping[str, Notation]] = {
    "share": Notation(100, 2, "unit.percent", "unit.points"),
    "money": Notation(0.01, 2, "unit.money", "unit.money"),
    "count": Notation(1, 2, "unit.count", "unit.count"),
    "days": Notation(1, 1, "unit.days", "unit.days"),
    "minutes": Notation(1, 1, "unit.minutes", "unit.minutes"),
    "points": Notation(1, 1, "unit.index", "unit.index"),
    "times": Notation(1, 3, "times", "times"),
    "number": Notation(1, 3, "unit.count", "unit.count"),
}

CATALOGUE: Final[Mapping[str, Mapping[str, str]]] = {
    "unit.percent": {"en": "{number}%", "zh": "{number}%"},
    "unit.points": {"en": "{number} pp", "zh": "{number} 个百分点"},
    "unit.money": {"en": "{number} {currency}", "zh": "{number} {currency}"},
    "unit.count": {"en": "{number}", "zh": "{number}"},
    "unit.days": {"en": "{number} days", "zh": "{number} 天"},
    "unit.minutes": {"en": "{number} min", "zh": "{number} 分钟"},
    "unit.index": {"en": "{number} points", "zh": "{number} 分"},
    "not_available": {"en": "n/a", "zh": "无"},
    "design": {
        "en": "{replicas} replicas of {borrowers} borrowers over {months} months, after {burn_in} "
        "months of burn-in; seed {seed}. Amounts are per borrower. Differences are from "
        "“{baseline}”, replica by replica, with 95% intervals.",
        "zh": "{replicas} 个副本，每个 {borrowers} 名借款人，预热 {burn_in} 个月，"
        "模拟 {months} 个月，随机种子 {seed}。金额按借款人人均计。"
        "差异以“{baseline}”为基准，逐副本配对，附 95% 区间。",
    },
    "sentence": {"en": "{policy}: {clauses}.", "zh": "{policy}：{clauses}。"},
    "sentence.and": {"en": "; ", "zh": "；"},
    "clause.down": {
        "en": "{metric} down by {size} ({verdict})",
        "zh": "{metric}下降 {size}（{verdict}）",
    },
    "clause.up": {
        "en": "{metric} up by {size} ({verdict})",
        "zh": "{metric}上升 {size}（{verdict}）",
    },
    "clause.not_distinguishable": {
        "en": "the difference in {metric} cannot be told from noise",
        "zh": "{metric}的差异与噪声无法区分",
    },
    "clause.identical": {"en": "{metric} exactly the same", "zh": "{metric}完全相同"},
    "clause.no_interval": {
        "en": "{metric} not judged (fewer than {fewest} replicas, or no value in one)",
        "zh": "{metric}不作判断（副本不足 {fewest} 个，或某一副本无数值）",
    },
    "metric": {
        "en": "{metric}: {value} under “{baseline}”",
        "zh": "{metric}：“{baseline}”下为 {value}",
    },
    "metric.lower": {"en": ", lower is better", "zh": "，越低越好"},
    "metric.higher": {"en": ", higher is better", "zh": "，越高越好"},
    "verdict.better": {"en": "better", "zh": "更好"},
    "verdict.worse": {"en": "worse", "zh": "更差"},
    "verdict.different": {"en": "different", "zh": "有差异"},
    "verdict.not_distinguishable": {"en": "not distinguishable", "zh": "无法区分"},
    "verdict.identical": {"en": "identical", "zh": "完全相同"},
    "own_value": {"en": "own value, baseline has none", "zh": "自身数值，基准无此值"},
    "verdict.no_interval": {"en": "no interval", "zh": "无区间"},
    "life.status": {"en": "at the end", "zh": "期末"},
    "life.worst_dpd": {"en": "most days late", "zh": "最长逾期天数"},
    "life.paid": {"en": "paid", "zh": "已还"},
    "life.paid_penalty": {"en": "penalty paid", "zh": "已付罚息"},
    "life.forgiven_penalty": {"en": "penalty waived", "zh": "减免罚息"},
    "life.deferred_months": {"en": "months deferred", "zh": "延期月数"},
    "status.active": {"en": "active", "zh": "存续"},
    "status.paid_off": {"en": "paid off", "zh": "已结清"},
    "status.charged_off": {"en": "charged off", "zh": "已核销"},
    "status.settled": {"en": "settled", "zh": "已和解"},
    "kind.integer": {"en": "whole number", "zh": "整数"},
    "kind.number": {"en": "number", "zh": "数值"},
    "kind.true or false": {"en": "true or false", "zh": "是或否"},
    "kind.text": {"en": "text", "zh": "文本"},
    "kind.list": {"en": "list", "zh": "列表"},
    "kind.choice": {"en": "choice", "zh": "选项"},
    "bounds": {"en": "{low} to {high}", "zh": "{low} 至 {high}"},
    "choices": {"en": "of {choices}", "zh": "可选 {choices}"},
    "unit": {"en": "in {unit}", "zh": "单位 {unit}"},
    "default": {"en": "default {default}", "zh": "默认值 {default}"},
    "required": {"en": "must be given", "zh": "必填"},
    "and": {"en": ", ", "zh": "，"},
    "source": {"en": "source: {source}", "zh": "来源：{source}"},
    "many_intervals": {
        "en": "Each interval stands for itself: of twenty metrics that do not differ at all, one "
        "is expected to look as if it did.",
        "zh": "每个区间只对自身成立：二十个毫无差异的指标中，预计会有一个看似有差异。",
    },
    "listed": {"en": ", ", "zh": "、"},
    "nothing": {
        "en": "Zero or without a value under every policy: {metrics}.",
        "zh": "在所有政策下均为零或无数值：{metrics}。",
    },
    "parting.income": {
        "en": "Default rate by income at origination, under “{baseline}” and against it",
        "zh": "按放款时收入分组的违约率：“{baseline}”下的数值与各政策的差异",
    },
    "parting.record": {
        "en": "Default rate by record before day 0, under “{baseline}” and against it",
        "zh": "按第 0 天前逾期记录分组的违约率：“{baseline}”下的数值与各政策的差异",
    },
    "parting.shock": {
        "en": "Default rate by misfortunes met while the loan ran, under “{baseline}” and against "
        "it (whom a group holds differs a little by policy)",
        "zh": "按贷款存续期间所遇变故分组的违约率：“{baseline}”下的数值与各政策的差异"
        "（各政策下的组员略有不同）",
    },
    "parting.cohort": {
        "en": "Default rate by days past due on the eve of day 0, under “{baseline}” and against "
        "it",
        "zh": "按第 0 天前夕的逾期天数分组的违约率：“{baseline}”下的数值与各政策的差异",
    },
    "too_few": {"en": "too few to say", "zh": "人数过少，不予显示"},
    "remarks": {"en": "To be kept in mind", "zh": "请注意"},
    "remark.late_holidays": {
        "en": "{policy}: of the deferrals, {share} end later than half a year before the horizon; "
        "what becomes of them afterwards is not seen.",
        "zh": "{policy}：{share} 的延期在期末前半年之后才结束，其后续结果未被观察到。",
    },
    "remark.short_horizon": {
        "en": "The run covers {months} months, but a loan with its relief can last {longest}: "
        "payments and losses after the horizon count only in the residual value.",
        "zh": "观察期为 {months} 个月，而贷款连同纾困可长达 {longest} 个月："
        "期末之后的还款与损失只体现在残值中。",
    },
    "remark.same_as_baseline": {
        "en": "{policy}: every count and amount of its ledger is the same as under the baseline.",
        "zh": "{policy}：账簿中的每一笔数量与金额都与基准完全相同。",
    },
    "remark.case_after_horizon": {
        "en": "{case}: a misfortune comes in month {month}, after the horizon of {months} months.",
        "zh": "{case}：变故发生在第 {month} 个月，晚于 {months} 个月的观察期。",
    },
    "remark.shock_after_horizon": {
        "en": "Shock {number} comes in month {month}, after the horizon of {months} months: nobody "
        "meets it.",
        "zh": "第 {number} 个冲击发生在第 {month} 个月，晚于 {months} 个月的观察期，无人遭遇。",
    },
    "remark.short_desk": {
        "en": "{policy}: the desk's day of {minutes} minutes is shorter than a file of {needed}; "
        "such a file is never decided and holds up all behind it.",
        "zh": "{policy}：审核台每天 {minutes} 分钟，不足以审完一份需 {needed} 分钟的申请；"
        "该申请永远无法审结，并阻塞其后的所有申请。",
    },
    "remark.short_agents": {
        "en": "{policy}: the agents' day of {minutes} minutes is shorter than a call of {needed}; "
        "nobody is ever called.",
        "zh": "{policy}：催收员每天 {minutes} 分钟，不足以完成一通 {needed} 分钟的电话；"
        "不会拨打任何电话。",
    },
    "remark.short_visitors": {
        "en": "{policy}: the visitors' day of {minutes} minutes is shorter than a visit of "
        "{needed}; nobody is ever visited.",
        "zh": "{policy}：上门人员每天 {minutes} 分钟，不足以完成一次 {needed} 分钟的上门；"
        "不会有任何上门。",
    },
    **words_expectations.WORDS,
    **words_evidence.WORDS,
    **words_calibration.WORDS,
    **words_story.WORDS,
    **words_relief.WORDS,
    **words_pages.WORDS,
    **words_run.WORDS,
    **words_app.WORDS,
    **words_charts.WORDS,
    **limits.WORDS,
    **words_report.WORDS,
    **words_drift.WORDS,
}


@dataclass(frozen=True)
class Language:
    """One language and the currency that amounts are shown in (100 minor units to one)."""

    code: Code
    currency: str = ""

    def say(self, entry: str, **values: object) -> str:
        """Return the catalogue's wording with the values filled in."""
        return CATALOGUE[entry][self.code].format(**values)

    def text(self, text: Bilingual) -> str:
        """Return the text of this language."""
        return text.zh if self.code == "zh" else text.en

    @property
    def currency_name(self) -> str:
        """What the currency is called."""
        return "元" if (self.code, self.currency) == ("zh", "CNY") else self.currency

    def number(self, value: float, unit: str) -> str:
        """Return a value without its unit, for a column whose head says it."""
        notation = NOTATIONS[unit]
        return signed(value * notation.factor, notation.decimals)

    def value(self, value: float, unit: str, *, beside: Iterable[float] = ()) -> str:
        """Return a value with its unit; what has no value is said to have none."""
        notation = NOTATIONS[unit]
        places = decimals(notation, [value, *beside])
        return self._amount(value, notation, notation.value, places, "")

    def difference(self, value: float, unit: str, *, beside: Iterable[float] = ()) -> str:
        """Return a difference with sign and unit, as exact as the numbers beside it need."""
        notation = NOTATIONS[unit]
        places = decimals(notation, [value, *beside])
        return self._amount(value, notation, notation.difference, places, "+")

    def interval(self, low: float, high: float, unit: str, *, beside: Iterable[float] = ()) -> str:
        """Return ``[low, high]`` with signs; the unit stands at the difference."""
        notation = NOTATIONS[unit]
        places = decimals(notation, [low, high, *beside])
        ends = (signed(end * notation.factor, places, "+") for end in (low, high))
        return f"[{', '.join(ends)}]"

    def _amount(self, value: float, notation: Notation, entry: str, places: int, sign: str) -> str:
        if math.isnan(value):
            return self.say("not_available")
        number = signed(value * notation.factor, places, sign)
        return self.say(entry, number=number, currency=self.currency_name)


def decimals(notation: Notation, values: Iterable[float]) -> int:
    """Return how many decimals keep every value that is not zero from reading as zero.

    What reads as zero with the most decimals is a rounding of floats, and does.
    """
    sizes = [abs(value) * notation.factor for value in values if not math.isnan(value)]
    smallest = min((size for size in sizes if round(size, MOST_DECIMALS)), default=1.0)
    places = notation.decimals
    while round(smallest, places) == 0:
        places += 1
    return places


def signed(value: float, places: int, sign: str = "") -> str:
    """Return a number with thousands separators; a zero has no sign."""
    number = f"{value:{sign},.{places}f}"
    return number if float(number.replace(",", "")) else number.lstrip("+-")
