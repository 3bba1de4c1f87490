"""What the report says, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "report.each": {"en": "Policy by policy", "zh": "逐项政策"},
    "report.over_time": {"en": "Over time", "zh": "随时间变化"},
    "report.money": {"en": "Money", "zh": "资金"},
    "report.people": {"en": "Who gains and who loses", "zh": "谁受益，谁受损"},
    "report.limits": {"en": "What this cannot tell you", "zh": "本报告无法回答的问题"},
    "report.model": {"en": "What the model is", "zh": "模型简介"},
    "report.another": {
        "en": "The record was made by another program, {program}; the numbers here are what this "
        "one, {here}, makes of the record's own numbers month by month.",
        "zh": "记录由另一程序（{program}）生成；此处的数字由本程序（{here}）"
        "根据记录自身的逐月数字得出。",
    },
    "report.again": {"en": "The same numbers again", "zh": "重现这些数字"},
    "report.seed": {
        "en": "Seed {seed}; digest {digest}. This command gives the same numbers:",
        "zh": "随机种子 {seed}；摘要 {digest}。此命令得出相同的数字：",
    },
    "report.assumptions": {"en": "Every number and where it is from", "zh": "全部参数及其来源"},
    "report.assumptions_about": {
        "en": "“assumption” marks what nobody has measured; a default is shown where it differs. "
        "In the sources: V seen in the source, W a weak or secondary source, D derived.",
        "zh": "“假设”表示没有实测依据；仅在与当前值不同时列出默认值。来源标记：V 见于原始来源，"
        "W 为薄弱或二手来源，D 为推算。",
    },
    "report.assumed": {"en": "assumption", "zh": "假设"},
}
