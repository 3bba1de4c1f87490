"""A scenario file to begin with: small, commented, and it runs as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.show.language import Code

SCHEMA: Final = "#:schema forbear.schema.json"
"""Where editors look for the schema; ``forbear describe --schema`` writes it."""

COMMENTS: Final[dict[Code, dict[str, str]]] = {
    "en": {
        "schema": "for completion in an editor: forbear describe --schema > forbear.schema.json",
        "about": "One file is one question. forbear describe lists all that can be said.",
        "extends": "where all that is not said here comes from",
        "world": "what nobody chooses",
        "replicas": "intervals are computed from these",
        "baseline": "what everything is compared with",
        "policy": "states only what differs from the baseline",
        "case": "a person to follow: forbear story FILE --case ill",
        "expect": "held by forbear check, which fails unless the run proves it",
    },
    "zh": {
        "schema": "供编辑器补全：forbear describe --schema > forbear.schema.json",
        "about": "一个文件就是一个问题。forbear describe 列出所有可写的内容。",
        "extends": "此处未写明的内容均来自该预设",
        "world": "无人选择的部分",
        "replicas": "区间由这些副本算出",
        "baseline": "所有政策与之比较",
        "policy": "只写与基准不同之处",
        "case": "跟踪一个人：forbear story FILE --case ill",
        "expect": "由 forbear check 检验，未能证明即不通过",
    },
}


def starter(preset: str, code: Code) -> str:
    """Return the file, its comments in one language, its labels in both."""
    said = COMMENTS[code]
    return f"""\
{SCHEMA}
# {said["schema"]}
# {said["about"]}

format = 1
title = {{ en = "Does a deferral pay?", zh = "延期划算吗？" }}
question = {{ en = "Does a three-month deferral lower default, and what does it cost?", \
zh = "延期三个月能降低违约吗？代价几何？" }}
extends = "preset:{preset}" # {said["extends"]}

[world] # {said["world"]}
months = 24
borrowers = 2_000
replicas = 10 # {said["replicas"]}
seed = 2026

[baseline] # {said["baseline"]}
label = {{ en = "Business as usual", zh = "现行政策" }}

[policy.deferral] # {said["policy"]}
label = {{ en = "Three-month deferral", zh = "延期三个月" }}
relief.deferral = {{ months = 3, max_dpd = 60 }}

[policy.waiver]
label = {{ en = "Half the penalty waived", zh = "罚息减半" }}
relief.penalty_waiver = {{ share = 0.5 }}

[[case]] # {said["case"]}
name = "ill"
illness = {{ month = 4, months = 3 }}
aware = true
applies = true

[[expect]] # {said["expect"]}
that = "deferral.default_rate - baseline.default_rate"
below = 0.0
"""
