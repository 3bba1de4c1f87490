"""What is said of evidence and of sensitivity, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "evidence.inside": {"en": "inside", "zh": "区间内"},
    "evidence.outside": {"en": "OUTSIDE", "zh": "区间外"},
    "evidence.told": {"en": "no band", "zh": "不作判断"},
    "evidence.noisy": {"en": "{verdict}, noisy", "zh": "{verdict}，噪声大"},
    "evidence.band.between": {"en": "{low} to {high}", "zh": "{low} 至 {high}"},
    "evidence.band.at_least": {"en": "at least {low}", "zh": "至少 {low}"},
    "evidence.band.at_most": {"en": "at most {high}", "zh": "至多 {high}"},
    "evidence.band.none": {"en": "none", "zh": "无"},
    "evidence.heading": {"en": "{target}. {title}", "zh": "{target}. {title}"},
    "evidence.head.mark": {"en": "mark", "zh": "标记"},
    "evidence.head.finding": {"en": "finding", "zh": "发现"},
    "evidence.head.published": {"en": "published", "zh": "公布数值"},
    "evidence.head.band": {"en": "band", "zh": "容许区间"},
    "evidence.head.measured": {"en": "measured", "zh": "测得"},
    "evidence.head.interval": {"en": "95% interval", "zh": "95% 区间"},
    "evidence.head.verdict": {"en": "verdict", "zh": "结论"},
    "evidence.head.question": {"en": "question", "zh": "问题"},
    "evidence.head.inside": {"en": "findings inside", "zh": "区间内的发现"},
    "evidence.published": {"en": "published: {published}", "zh": "公布：{published}"},
    "evidence.doubt": {"en": "Doubt: {doubt}", "zh": "存疑之处：{doubt}"},
    "evidence.missed": {
        "en": "“{label}” lies outside: {missed}",
        "zh": "“{label}”在区间外：{missed}",
    },
    "evidence.expected_miss": {
        "en": "“{label}” is expected to lie outside: {missed}",
        "zh": "“{label}”预计在区间外：{missed}",
    },
    "evidence.unexplained": {
        "en": "“{label}” lies outside, and its file does not say why.",
        "zh": "“{label}”在区间外，而文件没有说明原因。",
    },
    "evidence.missed_inside": {
        "en": "“{label}” lies inside, although its file says why it would not: {missed}",
        "zh": "“{label}”在区间内，而文件说明了它会在区间外的原因：{missed}",
    },
    "evidence.noise": {
        "en": "“{label}”: the standard error of the simulation is {share} of the band (of its "
        "distance from the end, if the band is open), more than a fifth.",
        "zh": "“{label}”：模拟的标准误为容许区间宽度（单侧区间为距其端点的距离）的 {share}，"
        "超过五分之一。",
    },
    "evidence.no_interval": {
        "en": "“{label}”: how exact the number is cannot be said (fewer than {fewest} replicas, "
        "too few borrowers, or a divisor near zero).",
        "zh": "“{label}”：无法判断数值的精确程度（副本不足 {fewest} 个、人数过少或除数接近零）。",
    },
    "evidence.tally": {
        "en": "{targets_inside} of {targets} targets inside ({findings_inside} of {findings} "
        "findings)",
        "zh": "{targets} 项目标中 {targets_inside} 项在区间内（{findings} 项发现中 "
        "{findings_inside} 项）",
    },
    "evidence.of": {"en": "{inside} of {total}", "zh": "{total} 项中 {inside} 项"},
    "evidence.page.title": {"en": "What the model is held against", "zh": "模型与证据的对照"},
    "evidence.page.about": {
        "en": "Published findings, and what this model gives for the same question. Each is a "
        "scenario file that anybody can run, change and doubt. `forbear evidence` runs them all; "
        "this page is what it writes with `--markdown`, so nothing here is typed by hand but what "
        "the files say.",
        "zh": "已发表的研究发现，以及本模型对同一问题给出的结果。每一项都是一个情景文件，"
        "任何人都可以运行、修改和质疑。`forbear evidence` 运行全部文件，"
        "并以 `--markdown` 写出本页；除文件中的文字外，没有任何内容是手工填写的。",
    },
    "evidence.page.marks": {
        "en": "**Marks** say what a published number, or its band, rests on: V seen in the source; "
        "W a weak or secondary source; D arithmetic from V figures; A an assumption of ours.",
        "zh": "**标记**说明公布数值或其容许区间的依据：V 已在来源中核实；W 较弱或二手来源；"
        "D 由 V 类数字推算；A 我们的假设。",
    },
    "evidence.page.bands": {
        "en": "**Bands** are tolerances, not confidence intervals: they allow for another country, "
        "product and time, and for what the model leaves out. A number inside does not prove the "
        "model right; one outside shows where it is wrong, and its file says why if that is known.",
        "zh": "**容许区间**是容差，不是置信区间：它为不同的国家、产品和时期，以及模型未涵盖的因素"
        "留有余地。落在区间内并不能证明模型正确；落在区间外则说明模型在何处有误，"
        "若原因已知，文件中会写明。",
    },
    "evidence.page.measured": {
        "en": "**Measured** is taken over the replicas, in each of which every policy meets the "
        "same borrowers and the same luck. Its interval is the noise of the simulation alone; its "
        "standard error should be at most a fifth of the band, and “noisy” stands where it is not.",
        "zh": "**测得**的数值取自全部副本，在每个副本中所有政策面对同一批借款人和同样的运气。"
        "所附区间只反映模拟本身的噪声；标准误应不超过容许区间的五分之一，否则注明“噪声大”。",
    },
    "evidence.page.source": {"en": "Source", "zh": "来源"},
    "evidence.page.population": {"en": "Population", "zh": "人群"},
    "evidence.page.randomised": {"en": "Randomised", "zh": "随机分配"},
    "evidence.page.policies": {"en": "Policies", "zh": "政策"},
    "evidence.page.doubt": {"en": "Doubt", "zh": "存疑之处"},
    "evidence.page.run": {"en": "Run", "zh": "运行"},
    "evidence.page.size": {
        "en": "{file}: {months} months after {burn_in} of burn-in, {replicas} replicas of "
        "{borrowers} borrowers, seed {seed}",
        "zh": "{file}：预热 {burn_in} 个月后模拟 {months} 个月，{replicas} 个副本，"
        "每个 {borrowers} 名借款人，随机种子 {seed}",
    },
    "sensitivity.title": {"en": "How much the assumptions matter", "zh": "假设有多重要"},
    "sensitivity.about": {
        "en": "Every number of the world that is assumed, at least in part, and has a plausible "
        "range is put at either end of it, one at a time, and all the evidence is run again on the "
        "same luck. What follows is how far each finding moves. `forbear evidence --sensitivity` "
        "makes this page.",
        "zh": "世界中每个（至少部分）出于假设并有合理范围的数值，逐一取其范围的两端，"
        "在同样的运气下重新运行全部证据。下面列出每项发现变动多少。"
        "本页由 `forbear evidence --sensitivity` 生成。",
    },
    "sensitivity.reading": {
        "en": "The **swing** is how far apart the three numbers are - as the file has it, at the "
        "low end, at the high end - in widths of the finding's band (of a band with one end: in "
        "distances of the first number from that end). The runs are small: {size}. A swing of a "
        "few percent may be noise. What a file sets itself is its own and is not varied there. Nor "
        "are two parameters moved together: where they matter jointly this page does not see it.",
        "zh": "**变幅**是三个数值（文件原值、低端、高端）之间的最大距离，以该发现容许区间的宽度计"
        "（单侧区间以文件原值到其端点的距离计）。运行规模较小：{size}。百分之几的变幅可能只是噪声。"
        "文件自行设定的参数在该文件中不作变动。参数也不同时变动：联合影响本页看不到。",
    },
    "sensitivity.size": {
        "en": "{file} {replicas} × {borrowers}",
        "zh": "{file} {replicas} × {borrowers}",
    },
    "sensitivity.central": {
        "en": "{central} as the file has it; band {band}",
        "zh": "文件原值下为 {central}；容许区间 {band}",
    },
    "sensitivity.findings": {
        "en": "What moves each finding most",
        "zh": "对每项发现影响最大的参数",
    },
    "sensitivity.matrix": {"en": "Every parameter and every target", "zh": "全部参数与目标"},
    "sensitivity.matrix_about": {
        "en": "The largest swing among a target's findings. Bold: a finding changes sides of its "
        "band. A dash: every file of the target sets the parameter itself.",
        "zh": "各目标的发现中最大的变幅。粗体：有发现越过容许区间的界限。"
        "短横：该目标的所有文件均自行设定此参数。",
    },
    "sensitivity.head.parameter": {"en": "parameter", "zh": "参数"},
    "sensitivity.head.range": {"en": "from, to", "zh": "低端、高端"},
    "sensitivity.head.low": {"en": "at low", "zh": "低端"},
    "sensitivity.head.high": {"en": "at high", "zh": "高端"},
    "sensitivity.head.swing": {"en": "swing", "zh": "变幅"},
    "sensitivity.range": {"en": "{low}, {high}", "zh": "{low}、{high}"},
    "sensitivity.leaves": {"en": "leaves the band at {ends}", "zh": "在{ends}离开区间"},
    "sensitivity.enters": {"en": "enters the band at {ends}", "zh": "在{ends}进入区间"},
    "sensitivity.end.low": {"en": "low", "zh": "低端"},
    "sensitivity.end.high": {"en": "high", "zh": "高端"},
    "sensitivity.both": {"en": "low and high", "zh": "两端"},
    "sensitivity.nothing": {
        "en": "Nothing moves it by a hundredth of the band.",
        "zh": "没有参数使其变动达到容许区间的百分之一。",
    },
    "sensitivity.refused": {"en": "What could not be run", "zh": "无法运行的组合"},
    "sensitivity.refusal": {
        "en": "{key} at {end} in {file}: {rule}",
        "zh": "{file} 中 {key} 取{end}：{rule}",
    },
    "sensitivity.tally": {
        "en": "{parameters} parameters at both ends, {findings} findings; {crossing} parameters "
        "carry a finding across an end of its band",
        "zh": "{parameters} 个参数各取两端，{findings} 项发现；"
        "{crossing} 个参数使某项发现越过容许区间的界限",
    },
}
