"""What a run says of its precision and of what failed, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "precision.reached": {
        "en": "Precision reached with {replicas} replicas. The data decided when to stop, so "
        "intervals hold the truth a little less often than they say.",
        "zh": "已达到所要求的精度，共 {replicas} 个副本。何时停止由数据决定，"
        "因此区间包含真值的频率略低于标称水平。",
    },
    "precision.decided": {
        "en": "When to stop was decided from the data: the intervals hold the truth somewhat less "
        "often than 95 times in 100.",
        "zh": "何时停止由数据决定：区间包含真值的频率略低于 95%。",
    },
    "precision.time": {
        "en": "Precision not reached: the time allowed is spent, with {replicas} replicas.",
        "zh": "未达到所要求的精度：允许的时间已用完，共 {replicas} 个副本。",
    },
    "precision.largest": {
        "en": "Precision not reached: no larger study is allowed than this of {replicas} replicas.",
        "zh": "未达到所要求的精度：{replicas} 个副本已是允许的最大规模。",
    },
    "precision.no_value": {
        "en": "Precision not reached: there is no value in one of {replicas} replicas, and more "
        "replicas would not help.",
        "zh": "未达到所要求的精度：{replicas} 个副本中有副本无数值，增加副本也无济于事。",
    },
    "precision.failures": {
        "en": "Precision not reached: further batches fail, beyond {replicas} replicas.",
        "zh": "未达到所要求的精度：得到 {replicas} 个副本之后，其余批次均失败。",
    },
    "precision.asked": {
        "en": "{metric}, asked for ±{asked}: {reaches}.",
        "zh": "{metric}（要求 ±{asked}）：{reaches}。",
    },
    "precision.known": {"en": "{policy} ±{half_width}", "zh": "{policy} ±{half_width}"},
    "precision.lacking": {
        "en": "{policy} ±{half_width} (about {would_take} replicas would do)",
        "zh": "{policy} ±{half_width}（约需 {would_take} 个副本）",
    },
    "precision.no_interval": {
        "en": "{policy} has no interval yet ({would_take} replicas give one)",
        "zh": "{policy} 尚无区间（需 {would_take} 个副本）",
    },
    "precision.never": {
        "en": "{policy} has no value in a replica",
        "zh": "{policy} 有副本无数值",
    },
    "failures": {
        "en": "Incomplete: {present} of {replicas} replicas are compared. What failed twice is "
        "left out under every policy:",
        "zh": "结果不完整：只比较了 {replicas} 个副本中的 {present} 个。两次失败的批次在所有政策下"
        "均被剔除：",
    },
    "failures.one": {"en": "replica {first}: {reason}", "zh": "副本 {first}：{reason}"},
    "failures.batch": {
        "en": "replicas {first} to {last}: {reason}",
        "zh": "副本 {first} 至 {last}：{reason}",
    },
}
