"""What ``forbear describe`` and the page of parameters say, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind.text or whole number": {"en": "text or whole number", "zh": "文本或整数"},
    "kind.label": {
        "en": "text in both languages: {{ en = …, zh = … }}",
        "zh": "中英文文本：{{ en = …, zh = … }}",
    },
    "kind.table": {"en": "table", "zh": "表"},
    "kind.tables": {"en": "tables", "zh": "多个表"},
    "optional": {"en": "can be left out", "zh": "可省略"},
    "plausible": {
        "en": "plausible {low} to {high} (a reviewer's range)",
        "zh": "合理范围 {low} 至 {high}（由审阅者判断）",
    },
    "plausible.tried": {
        "en": "plausible {low} to {high} (the reviewer's range; sensitivity uses it)",
        "zh": "合理范围 {low} 至 {high}（由审阅者判断，用于敏感性分析）",
    },
    "named": {"en": "{name}. {meaning}", "zh": "{name}。{meaning}"},
    "pages.title": {"en": "Parameters and metrics", "zh": "参数与指标"},
    "pages.generated": {
        "en": "Everything a scenario file can say and everything a run measures, written by "
        "`forbear describe --markdown sim/parameters.md`: do not edit it, a test holds it to the "
        "program.",
        "zh": "情景文件可以写的全部内容与一次运行衡量的全部指标，由 "
        "`forbear describe --lang zh --markdown FILE` 生成。",
    },
    "pages.about": {
        "en": "What the parameters do stands in [model.md](model.md), rule by rule, and in "
        "[odd.md](odd.md), in words. **Bounds**: beyond them a value is refused. **Plausible**: "
        "what a careful reviewer would believe, and a judgement, too; given for what is assumed "
        "and where the source itself gives a range. `forbear evidence --sensitivity` puts each "
        "assumed number of the world at both ends of it.",
        "zh": "参数的作用见 [model.md](model.md)（逐条规则）与 [odd.md](odd.md)（文字说明）。"
        "**取值范围**：超出即被拒绝。**合理范围**：谨慎的审阅者会相信的范围，本身也是判断；"
        "凡属假设或来源本身给出范围的，均列出。`forbear evidence --sensitivity` 把世界的每个假设"
        "分别置于其两端。",
    },
    "pages.marks": {
        "en": "Marks in sources: V seen in the source, W weak or secondary source, D arithmetic "
        "from V figures; *assumption*: nobody has measured it. What the study or the lender "
        "chooses has no source.",
        "zh": "来源标记：V 原文已查证，W 薄弱或二手来源，D 由 V 数据推算；*假设*：无人测量过。"
        "由研究者或放贷机构选择的参数没有来源。",
    },
    "pages.counted": {
        "en": "{all} parameters: {world} of the world, {policy} of a policy. Of the world's, "
        "{assumed} rest on an assumption, at least in part.",
        "zh": "共 {all} 个参数：世界 {world} 个，政策 {policy} 个。世界的参数中，{assumed} 个至少"
        "部分依据假设。",
    },
    "pages.file": {"en": "The file", "zh": "文件"},
    "pages.file_about": {
        "en": "What stands beside the parameters. Texts marked as in both languages say "
        '`{{ en = "...", zh = "..." }}`; `case[].name` is the key `name` of a table `[[case]]`.',
        "zh": '参数之外的内容。标为“中英文文本”的写作 `{{ en = "...", zh = "..." }}`；'
        "`case[].name` 即表 `[[case]]` 的键 `name`。",
    },
    "pages.world": {"en": "The world", "zh": "世界"},
    "pages.world_about": {
        "en": "What nobody chooses, and the size of the study.",
        "zh": "无人能选择的部分，以及研究的规模。",
    },
    "pages.policy": {"en": "A policy", "zh": "政策"},
    "pages.policy_about": {
        "en": "What the lender chooses. A key that begins with `policy.` stands in `[baseline]`, "
        "or in `[policy.NAME]` where the policy differs from it.",
        "zh": "放贷机构的选择。以 `policy.` 开头的键写在 `[baseline]` 中，或写在与其不同的 "
        "`[policy.NAME]` 中。",
    },
    "pages.metrics": {"en": "Metrics", "zh": "指标"},
    "pages.metrics_about": {
        "en": "What a run measures of all borrowers on the book at day 0, in the order in which "
        "`forbear run --all` tells it. An expectation names a metric as `policy.metric`, or as "
        "`policy.metric[month_12]` as it stood at the end of that month.",
        "zh": "一次运行对第 0 天在账的全部借款人所衡量的指标，次序与 `forbear run --all` 相同。"
        "预期中写作 `policy.metric`，或写作 `policy.metric[month_12]`，即该月月末的数值。",
    },
    "pages.segments": {"en": "Segments and cohorts", "zh": "分组与群组"},
    "pages.segments_about": {
        "en": "Of a segment, or of a cohort that the file defines, as `policy.metric[segment]`; "
        "the segments are: {segments}.",
        "zh": "分组（或文件自定的群组）的指标，写作 `policy.metric[segment]`；分组有：{segments}。",
    },
    "pages.figures": {"en": "Scripted cases", "zh": "设定的案例"},
    "pages.figures_about": {
        "en": "Of a case, with `case = NAME` beside the formula.",
        "zh": "案例的数值，公式旁另写 `case = NAME`。",
    },
    "pages.head.key": {"en": "Key", "zh": "键"},
    "pages.head.kind": {"en": "Kind", "zh": "类型"},
    "pages.head.default": {"en": "Default", "zh": "默认值"},
    "pages.head.unit": {"en": "Unit", "zh": "单位"},
    "pages.head.bounds": {"en": "Bounds", "zh": "取值范围"},
    "pages.head.plausible": {"en": "Plausible", "zh": "合理范围"},
    "pages.head.source": {"en": "Source", "zh": "来源"},
    "pages.head.meaning": {"en": "Meaning", "zh": "含义"},
    "pages.head.metric": {"en": "Metric", "zh": "指标"},
    "pages.head.better": {"en": "Better", "zh": "更好的方向"},
    "pages.lower": {"en": "lower", "zh": "越低越好"},
    "pages.higher": {"en": "higher", "zh": "越高越好"},
    "pages.neither": {"en": "-", "zh": "-"},
    "pages.given": {"en": "must be given", "zh": "必填"},
    "pages.unit.share": {"en": "share", "zh": "比例"},
    "pages.unit.money": {"en": "minor units", "zh": "最小货币单位"},
    "pages.unit.count": {"en": "count", "zh": "次数"},
    "pages.unit.days": {"en": "days", "zh": "天"},
    "pages.unit.minutes": {"en": "minutes", "zh": "分钟"},
    "pages.unit.points": {"en": "points", "zh": "分"},
    "pages.unit.day": {"en": "day", "zh": "日"},
    "pages.unit.status": {"en": "word", "zh": "状态"},
}
