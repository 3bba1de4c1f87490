"""What is said of a record's verification and of what changed between two, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "verify.whole": {
        "en": "The record: {files} files, all as they were written and in agreement.",
        "zh": "记录：{files} 个文件，均与写入时一致且相互吻合。",
    },
    "verify.sealed": {
        "en": "The record: {files} files, each with the checksum it was written with.",
        "zh": "记录：{files} 个文件，校验和均与写入时一致。",
    },
    "verify.faulty": {"en": "The record is not what was written:", "zh": "记录与写入时不符："},
    "verify.edited": {
        "en": "{file} was changed after it was written: its checksum is not the manifest's.",
        "zh": "{file} 在写入之后被改动：校验和与清单不符。",
    },
    "verify.missing": {"en": "{file} is missing.", "zh": "缺少 {file}。"},
    "verify.extra": {
        "en": "{file} is none of the record's files.",
        "zh": "{file} 不是记录的文件。",
    },
    "verify.irregular": {
        "en": "{file} is a link, or no plain file: it is not read.",
        "zh": "{file} 是链接或不是普通文件，不予读取。",
    },
    "verify.too_large": {
        "en": "{file} is larger than {found} bytes: it is not read.",
        "zh": "{file} 超过 {found} 字节，不予读取。",
    },
    "verify.unreadable": {
        "en": "{file} cannot be used: {reason}.",
        "zh": "{file} 无法使用：{reason}。",
    },
    "verify.digest": {
        "en": "{file} states the digest {said}; scenario and tables give {found}.",
        "zh": "{file} 所记摘要为 {said}，而情景与表格得出 {found}。",
    },
    "verify.value": {
        "en": "{file}: {at}: it says {said}; {found} follows from the rest.",
        "zh": "{file}：{at}：记为 {said}，按其余内容应为 {found}。",
    },
    "verify.differing": {
        "en": "What differs from what this program makes of the record's own numbers:",
        "zh": "与本程序由记录自身数字得出的结果不符之处：",
    },
    "verify.unconfirmed": {
        "en": "What could be held against nothing, and so is not confirmed:",
        "zh": "无从核对、因而未获证实之处：",
    },
    "verify.copy": {
        "en": "{file}, first at {at}: it says {said}; its CSV says {found}.",
        "zh": "{file}，首处在 {at}：记为 {said}，其 CSV 为 {found}。",
    },
    "verify.apart": {
        "en": "{file}, first at {at}: it says {said}, which differs from what this program makes "
        "of the record's own numbers, {found}.",
        "zh": "{file}，首处在 {at}：记为 {said}，与本程序由记录自身数字得出的 {found} 不符。",
    },
    "verify.unknown": {
        "en": "{file}: {said}: this program has no such numbers.",
        "zh": "{file}：{said}：本程序没有这些数字。",
    },
    "verify.unheld": {
        "en": "{file}: nothing could be made of it here: {reason}.",
        "zh": "{file}：此处无从得出：{reason}。",
    },
    "verify.unopened": {
        "en": "{file}: not compared with the CSV, for pyarrow is not installed "
        "(pip install 'forbear[parquet]').",
        "zh": "{file}：未与 CSV 核对，因为没有安装 pyarrow（pip install 'forbear[parquet]'）。",
    },
    "verify.rerun_digest": {
        "en": "The digest is recorded as {said}.",
        "zh": "所记摘要为 {said}。",
    },
    "verify.rerun_value": {
        "en": "{file}, first at {at}: recorded {said}, found {found}.",
        "zh": "{file}，首处在 {at}：记为 {said}，实为 {found}。",
    },
    "verify.same_program": {
        "en": "Made by what runs here: {program}.",
        "zh": "由此处运行的同一程序生成：{program}。",
    },
    "verify.other_program": {
        "en": "Made by another version, which may be why anything differs (recorded, here):",
        "zh": "由另一版本生成，差异可能由此而来（记录中、此处）：",
    },
    "verify.fact": {"en": "{name}: {before}, {after}", "zh": "{name}：{before}、{after}"},
    "verify.missing_replicas": {
        "en": "Replicas {replicas} had failed when the record was made: it is held against a run "
        "without them.",
        "zh": "生成记录时副本 {replicas} 曾失败：核对时同样将其剔除。",
    },
    "verify.not_run": {"en": "Not run again.", "zh": "未重新运行。"},
    "verify.cannot_run": {
        "en": "Not run again: there is no scenario that can be run.",
        "zh": "未重新运行：没有可运行的情景。",
    },
    "verify.same": {
        "en": "Run again, it gives the same digest.",
        "zh": "重新运行得到相同的摘要。",
    },
    "verify.another": {
        "en": "Run again, it gives another digest, {digest}:",
        "zh": "重新运行得到不同的摘要 {digest}：",
    },
    "verify.elsewhere": {
        "en": "Run again, it gives the same digest, but the tables do not say so:",
        "zh": "重新运行得到相同的摘要，但表格与之不符：",
    },
    "verify.confirmed": {"en": "Confirmed.", "zh": "核对无误。"},
    "verify.in_part": {
        "en": "Not confirmed in full: nothing differs of what could be held against anything.",
        "zh": "未能全部证实：凡可核对之处均相符。",
    },
    "verify.sound": {
        "en": "Nothing in the record contradicts itself.",
        "zh": "记录自身没有矛盾。",
    },
    "verify.differs": {
        "en": "Not confirmed: {count} differences.",
        "zh": "未能证实：{count} 处不符。",
    },
    "verdict.chance": {
        "en": "perhaps chance",
        "zh": "可能只是偶然",
    },
    "drift.title": {"en": "What changed: {title}", "zh": "有何变化：{title}"},
    "drift.arrow": {"en": "{before} → {after}", "zh": "{before} → {after}"},
    "drift.effect": {
        "en": "{policy}: the effect on {metric} changes by {change}, from {before} to {after} "
        "({verdict}).",
        "zh": "{policy}：对{metric}的影响变化 {change}，由 {before} 变为 {after}（{verdict}）。",
    },
    "drift.level": {
        "en": "{policy} (baseline): {metric} changes by {change}, from {before} to {after} "
        "({verdict}).",
        "zh": "{policy}（基准）：{metric}变化 {change}，由 {before} 变为 {after}（{verdict}）。",
    },
    "drift.nothing": {
        "en": "Nothing that was compared differs beyond noise.",
        "zh": "所比较的各项均无超出噪声的差异。",
    },
    "drift.not_headline": {
        "en": "No headline metric differs beyond noise, but others do.",
        "zh": "主要指标均无超出噪声的差异，但其他指标有。",
    },
    "drift.settings": {"en": "Parameters", "zh": "参数"},
    "drift.no_settings": {"en": "No parameter differs.", "zh": "参数均相同。"},
    "drift.absent": {"en": "not given", "zh": "未设"},
    "drift.policies": {"en": "Policies", "zh": "政策"},
    "drift.added": {"en": "added: {policies}", "zh": "新增：{policies}"},
    "drift.removed": {"en": "removed: {policies}", "zh": "删除：{policies}"},
    "drift.renamed": {"en": "renamed: {before} → {after}", "zh": "更名：{before} → {after}"},
    "drift.made_by": {"en": "Versions", "zh": "版本"},
    "drift.size": {"en": "Size", "zh": "规模"},
    "drift.sized": {
        "en": "{replicas} replicas of {borrowers} borrowers",
        "zh": "{replicas} 个副本，每个 {borrowers} 名借款人",
    },
    "drift.paired": {
        "en": "World, seed and replicas are the same, so each change is taken replica by replica.",
        "zh": "世界、种子与副本均相同，变化逐副本配对计算。",
    },
    "drift.unpaired": {
        "en": "World, seed, size or replicas differ, so the runs are compared as two independent "
        "samples (Welch).",
        "zh": "世界、种子、规模或副本不同，两次运行按独立样本比较（Welch 检验）。",
    },
    "drift.counted": {
        "en": "Of {everything} numbers {identical} are exactly the same. Of {compared} changes "
        "compared, {outside} have a 95% interval that leaves zero out; about {by_chance} would by "
        "chance alone. Among so many, {beyond} are beyond noise (false discoveries held to 5%).",
        "zh": "{everything} 个数值中有 {identical} 个完全相同。共比较 {compared} 项变化，"
        "{outside} 项的 95% 区间不含零；仅凭偶然预计约有 {by_chance} 项。"
        "计入比较次数后，{beyond} 项超出噪声（错误发现率控制在 5%）。",
    },
    "drift.uncompared": {
        "en": "Only one of both has: {metrics}.",
        "zh": "仅一方具有：{metrics}。",
    },
    "drift.doubt": {
        "en": "{run}, by another program: {doubt}",
        "zh": "{run}（由另一程序生成）：{doubt}",
    },
    "drift.baseline": {"en": "{policy} (baseline)", "zh": "{policy}（基准）"},
    "drift.head.key": {"en": "Parameter", "zh": "参数"},
    "drift.head.metric": {"en": "Metric", "zh": "指标"},
    "drift.head.policy": {"en": "Policy", "zh": "政策"},
    "drift.head.before": {"en": "Before", "zh": "之前"},
    "drift.head.after": {"en": "After", "zh": "之后"},
    "drift.head.change": {"en": "Change", "zh": "变化"},
    "drift.head.interval": {"en": "95% interval", "zh": "95% 区间"},
    "drift.head.verdict": {"en": "Verdict", "zh": "判断"},
    "drift.digests": {"en": "digest {before} → {after}", "zh": "摘要 {before} → {after}"},
}
