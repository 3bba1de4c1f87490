"""What is said of a calibration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "calibrate.holds": {
        "en": "All {count} fitted moments are met within 2 tolerances on luck that was held back, "
        "and the targets determine every parameter.",
        "zh": "{count} 项拟合矩在预留的随机数上均落在 2 倍容差之内，且目标足以确定每个参数。",
    },
    "calibrate.check_holds": {
        "en": "All {count} moments that the book is fitted to are met within 2 tolerances on luck "
        "that was held back.",
        "zh": "该组合所拟合的 {count} 项矩在预留的随机数上均落在 2 倍容差之内。",
    },
    "calibrate.idle": {
        "en": "The targets do not determine {parameter}: nothing that is fitted depends on it.",
        "zh": "目标无法确定 {parameter}：所有拟合矩都与它无关。",
    },
    "calibrate.together": {
        "en": "The targets do not determine {parameters} one by one, only together: the "
        "combination {combination} moves them by {value} tolerances over a whole range.",
        "zh": "目标无法逐一确定 {parameters}，只能确定其共同作用："
        "组合 {combination} 在整个取值范围内仅使目标变动 {value} 倍容差。",
    },
    "calibrate.weak": {
        "en": "The targets do not determine {parameter}: over its whole range it moves them by "
        "{value} tolerances.",
        "zh": "目标无法确定 {parameter}：其在整个取值范围内仅使目标变动 {value} 倍容差。",
    },
    "calibrate.loose": {
        "en": "The targets do not determine {parameter}: its standard error, {error}, is more than "
        "a third of its range.",
        "zh": "目标无法确定 {parameter}：其标准误 {error} 超过取值范围的三分之一。",
    },
    "calibrate.conflict": {
        "en": "“{moment}” cannot be met together with the others: {found}, not {value}.",
        "zh": "“{moment}”无法与其他目标同时满足：结果为 {found}，而非 {value}。",
    },
    "calibrate.out_of_reach": {
        "en": "“{moment}” cannot be met within the bounds, at which {parameters} ended: {found}, "
        "not {value}.",
        "zh": "“{moment}”在给定界限内无法满足（{parameters} 已到界限）："
        "结果为 {found}，而非 {value}。",
    },
    "calibrate.luck": {
        "en": "“{moment}” is met on the luck it was fitted on, but not on that held back: {found}, "
        "not {value}. Take more replicas or more borrowers.",
        "zh": "“{moment}”在拟合所用的随机数上满足，但在预留的随机数上不满足："
        "结果为 {found}，而非 {value}。请增加副本或借款人数。",
    },
    "calibrate.unmet": {
        "en": "“{moment}” is not met: {found}, not {value}.",
        "zh": "“{moment}”未满足：结果为 {found}，而非 {value}。",
    },
    "calibrate.unsettled": {
        "en": "The search ended for want of evaluations; --evaluations grants it more.",
        "zh": "评估次数用尽，搜索提前结束；可用 --evaluations 增加次数。",
    },
    "calibrate.at_bound": {
        "en": "{parameter} ended at a bound of its range, {value}: the range decides it, not the "
        "targets.",
        "zh": "{parameter} 止于取值范围的界限 {value}：决定它的是界限，而非目标。",
    },
    "calibrate.correlated": {
        "en": "The errors of {one} and {other} are correlated ({correlation}): what one has too "
        "much the other makes up for.",
        "zh": "{one} 与 {other} 的误差高度相关（{correlation}）：一方的偏差可由另一方抵消。",
    },
    "calibrate.design": {
        "en": "Fitted on seed {seed}, held against seed {held_back}; {evaluations} evaluations.",
        "zh": "拟合所用随机种子 {seed}，预留随机种子 {held_back}；共评估 {evaluations} 次。",
    },
    "calibrate.chi_square": {
        "en": "Chi-square {fitted} on the luck of the fit, {held_back} on that held back, with "
        "{degrees} degrees of freedom (fitted moments less fitted parameters).",
        "zh": "卡方值：拟合随机数上为 {fitted}，预留随机数上为 {held_back}；"
        "自由度 {degrees}（拟合矩数减拟合参数数）。",
    },
    "calibrate.singular": {
        "en": "Singular values of the slopes, in tolerances over a parameter's range: {values}.",
        "zh": "斜率矩阵的奇异值（参数在其范围内变动时，以容差计）：{values}。",
    },
    "calibrate.errors": {
        "en": "Standard errors follow from the tolerances of the targets and the noise of the "
        "simulation.",
        "zh": "标准误由目标的容差与模拟噪声推得。",
    },
    "calibrate.parameters": {"en": "Parameters", "zh": "参数"},
    "calibrate.moments": {"en": "Moments", "zh": "矩"},
    "calibrate.remarks": {"en": "To be kept in mind", "zh": "请注意"},
    "calibrate.head_start": {"en": "start", "zh": "初值"},
    "calibrate.head_value": {"en": "fitted", "zh": "拟合值"},
    "calibrate.head_present": {"en": "present", "zh": "现值"},
    "calibrate.head_error": {"en": "std. error", "zh": "标准误"},
    "calibrate.head_range": {"en": "range", "zh": "范围"},
    "calibrate.head_target": {"en": "target", "zh": "目标"},
    "calibrate.head_held_back": {"en": "other luck", "zh": "预留随机数"},
    "calibrate.head_off": {"en": "tolerances off", "zh": "偏离（容差）"},
    "calibrate.range": {"en": "{low} to {high}", "zh": "{low} 至 {high}"},
    "calibrate.target": {"en": "{value} ± {tolerance}", "zh": "{value} ± {tolerance}"},
    "calibrate.without_end": {"en": "without end", "zh": "无限"},
    "calibrate.parameter": {"en": "{label} ({key})", "zh": "{label}（{key}）"},
    "calibrate.moment": {"en": "{moment}; {source}", "zh": "{moment}；{source}"},
    "calibrate.unlabelled": {"en": "{that} in {scenario}", "zh": "{scenario} 中的 {that}"},
    "calibrate.is_pinned": {"en": "pinned down", "zh": "已确定"},
    "calibrate.is_loose": {"en": "not pinned down", "zh": "未确定"},
    "calibrate.is_low": {"en": "at its lower bound", "zh": "位于下限"},
    "calibrate.is_high": {"en": "at its upper bound", "zh": "位于上限"},
    "calibrate.is_met": {"en": "met", "zh": "满足"},
    "calibrate.is_missed": {"en": "missed", "zh": "不满足"},
    "calibrate.is_spared_met": {"en": "not fitted, met", "zh": "未参与拟合，满足"},
    "calibrate.is_spared_missed": {"en": "not fitted, missed", "zh": "未参与拟合，不满足"},
}
