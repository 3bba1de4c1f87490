"""What the browser says around the comparison, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "verdict.alone": {
        "en": "There is one policy: add another to compare.",
        "zh": "只有一个政策：请添加另一个以作比较。",
    },
    "verdict.not_yet": {
        "en": "Nothing can be judged yet: it takes {fewest} replicas, and a value in each.",
        "zh": "尚不能判断：至少需要 {fewest} 个副本，且每个副本都有数值。",
    },
    "verdict.none_told": {
        "en": "No policy's default rate can be told from the baseline's.",
        "zh": "各政策的违约率与基准的差异均无法与噪声区分。",
    },
    "verdict.none_lowers": {
        "en": "No policy can be shown to lower default",
        "zh": "尚无政策可证明能降低违约",
    },
    "verdict.lowers": {
        "en": "“{name}” lowers default by {size}, {money}",
        "zh": "“{name}”使违约率下降 {size}，{money}",
    },
    "verdict.lowers_most": {
        "en": "“{name}” lowers default most, by {size}, {money}",
        "zh": "“{name}”使违约率下降最多，为 {size}，{money}",
    },
    "verdict.money_better": {
        "en": "and brings in {size} more per borrower",
        "zh": "每名借款人多收回 {size}",
    },
    "verdict.money_worse": {
        "en": "and costs {size} per borrower",
        "zh": "每名借款人少收回 {size}",
    },
    "verdict.money_not_distinguishable": {
        "en": "and what it does to the money cannot be told from noise",
        "zh": "对净回收的影响与噪声无法区分",
    },
    "verdict.money_identical": {
        "en": "and leaves the money as it is",
        "zh": "净回收不变",
    },
    "verdict.money_no_interval": {
        "en": "and what it does to the money cannot be judged",
        "zh": "对净回收的影响无法判断",
    },
    "verdict.too.one": {
        "en": "{names} lowers it, too, and cannot be told from “{best}”",
        "zh": "{names}也降低违约，与“{best}”无法区分",
    },
    "verdict.too.many": {
        "en": "{names} lower it, too, and none can be told from “{best}”",
        "zh": "{names}也降低违约，均与“{best}”无法区分",
    },
    "verdict.less.one": {"en": "{names} lowers it less", "zh": "{names}降幅较小"},
    "verdict.less.many": {"en": "{names} lower it less", "zh": "{names}降幅较小"},
    "verdict.raise.one": {"en": "{names} raises default", "zh": "{names}提高违约率"},
    "verdict.raise.many": {"en": "{names} raise default", "zh": "{names}提高违约率"},
    "verdict.open.one": {
        "en": "for {names} no difference can be told from noise",
        "zh": "{names}与基准的差异无法与噪声区分",
    },
    "verdict.open.many": {
        "en": "for {names} no difference can be told from noise",
        "zh": "{names}与基准的差异均无法与噪声区分",
    },
    "verdict.unjudged.one": {"en": "{names} cannot be judged", "zh": "{names}无法判断"},
    "verdict.unjudged.many": {"en": "{names} cannot be judged", "zh": "{names}均无法判断"},
    "verdict.end": {"en": "{said}.", "zh": "{said}。"},
    "verdict.quoted": {"en": "“{name}”", "zh": "“{name}”"},
    "verdict.both": {"en": "{first} and {last}", "zh": "{first}和{last}"},
    "verdict.counted": {"en": "{count} policies", "zh": "{count} 个政策"},
    "app.page.compare": {"en": "Compare", "zh": "比较"},
    "app.page.charts": {"en": "Charts", "zh": "图表"},
    "app.page.stories": {"en": "Stories", "zh": "个案"},
    "app.page.world": {"en": "World", "zh": "环境"},
    "app.page.operations": {"en": "Operations", "zh": "运营"},
    "app.page.evidence": {"en": "Evidence", "zh": "证据"},
    "app.page.about": {"en": "About", "zh": "说明"},
    "app.language": {"en": "Language", "zh": "语言"},
    "app.question": {"en": "Question", "zh": "问题"},
    "app.name": {"en": "Name of the policy", "zh": "政策名称"},
    "app.baseline": {"en": "Baseline", "zh": "基准"},
    "app.evidence_command": {
        "en": "Shown is what was measured in full when the model was last changed. This command "
        "runs it all again, in a minute or two:",
        "zh": "所示为模型最近一次改动时的完整结果。此命令重新运行全部内容，需要一两分钟：",
    },
    "app.operations_about": {
        "en": "What the policies ask of the lender's people: contacts, files, queues, waits and "
        "what they cost.",
        "zh": "各政策对放贷机构人员的要求：联系、审件、排队、等待及其成本。",
    },
    "app.operations.contacts": {"en": "Contacts", "zh": "联系与催收动作"},
    "app.operations.people": {"en": "People", "zh": "人员"},
    "app.operations.queues": {"en": "Queues and waits", "zh": "排队与等待"},
    "app.operations.costs": {"en": "Costs", "zh": "成本"},
    "app.operations.note": {
        "en": "Per borrower where nothing else is said. The first column is the baseline's own "
        "value; the others are differences from it, with 95% intervals.",
        "zh": "除另有说明外均按借款人人均计。第一列为基准自身的数值，其余各列为与基准的差异"
        "及 95% 区间。",
    },
    "app.limits": {"en": "What this cannot tell you", "zh": "本工具无法回答的问题"},
    "app.assumptions": {"en": "Every number and where it is from", "zh": "全部参数及其来源"},
    "app.assumptions_about": {
        "en": "{assumed} of {all} numbers of this question are assumptions: nobody has measured "
        "them. {changed} differ from their default: those are the file's own, whatever the source.",
        "zh": "本问题的 {all} 个数值中有 {assumed} 个是假设，"
        "没有实测依据；{changed} 个与默认值不同，取自本文件，与所列来源无关。",
    },
    "app.search": {"en": "Find", "zh": "查找"},
    "app.only_assumed": {"en": "Assumptions only", "zh": "仅看假设"},
    "app.only_changed": {"en": "Changed ones only", "zh": "仅看已更改的"},
    "app.model": {"en": "What the model is", "zh": "模型简介"},
    "app.versions": {
        "en": "Forbear {version}, MIT licence. Seed {seed}; digest of the numbers shown: {digest}",
        "zh": "Forbear {version}，MIT 许可。随机种子 {seed}；所示数字的摘要：{digest}",
    },
    "app.head.key": {"en": "Key", "zh": "键"},
    "app.head.name": {"en": "Name", "zh": "名称"},
    "app.head.value": {"en": "Here", "zh": "当前值"},
    "app.head.default": {"en": "Default", "zh": "默认值"},
    "app.head.unit": {"en": "Unit", "zh": "单位"},
    "app.head.bounds": {"en": "Bounds", "zh": "范围"},
    "app.head.source": {"en": "Source of the default", "zh": "默认值来源"},
    "app.who": {"en": "Whose story", "zh": "谁的故事"},
    "app.who.case": {"en": "a scripted case of the file", "zh": "文件中的预设个案"},
    "app.who.saved": {"en": "somebody whom the policy saves", "zh": "被该政策挽救的借款人"},
    "app.who.harmed": {"en": "somebody whom the policy harms", "zh": "因该政策受损的借款人"},
    "app.who.borrower": {"en": "any borrower by number", "zh": "按编号选择借款人"},
    "app.case": {"en": "Case", "zh": "个案"},
    "app.which": {"en": "Which of them", "zh": "第几位"},
    "app.number": {"en": "Borrower", "zh": "借款人编号"},
    "app.replica": {"en": "Replica", "zh": "副本"},
    "app.under_first": {"en": "Under", "zh": "政策甲"},
    "app.under_second": {"en": "and under", "zh": "政策乙"},
    "app.stories_about": {
        "en": "One borrower, the same luck, two policies. A story explains how something can "
        "happen, not how often: that is what the comparison is for.",
        "zh": "同一位借款人、同样的运气、两种政策。故事说明事情如何发生，而不说明发生的频率——"
        "后者由比较给出。",
    },
    "app.telling": {"en": "Following that borrower …", "zh": "正在跟踪该借款人……"},
    "app.nobody": {
        "en": "There is nobody of that kind in this replica: try another.",
        "zh": "该副本中没有这样的借款人：请换一个副本。",
    },
    "app.ending": {"en": "In the end", "zh": "结果"},
    "app.days": {"en": "Day by day", "zh": "逐日经历"},
    "app.story_command": {"en": "This command tells the same:", "zh": "此命令讲述同样的故事："},
    "app.lever.relief.deferral.months": {"en": "Deferral, months", "zh": "延期，月"},
    "app.lever.relief.penalty_waiver.share": {"en": "Penalty waived", "zh": "罚息减免"},
    "app.lever.collections.intensity": {"en": "Collections", "zh": "催收强度"},
    "app.menu": {
        "en": "Rename, copy, move, remove, make the baseline",
        "zh": "重命名、复制、移动、删除、设为基准",
    },
    "app.menu.copy": {"en": "Copy", "zh": "复制"},
    "app.menu.remove": {"en": "Remove", "zh": "删除"},
    "app.menu.up": {"en": "Move up", "zh": "上移"},
    "app.menu.down": {"en": "Move down", "zh": "下移"},
    "app.menu.baseline": {"en": "Make it the baseline", "zh": "设为基准"},
    "app.add": {"en": "Add a policy", "zh": "添加政策"},
    "app.undo": {"en": "Undo", "zh": "撤销"},
    "app.advanced": {"en": "All settings of a policy", "zh": "政策的全部参数"},
    "app.advanced_about": {
        "en": "What a policy does not say, it takes from the baseline. The question mark tells "
        "what a setting means, its bounds and where its default is from.",
        "zh": "政策未说明的设置沿用基准。问号处说明含义、取值范围与默认值来源。",
    },
    "app.policy": {"en": "Policy", "zh": "政策"},
    "app.policy_of_charts": {"en": "Policy shown where one is", "zh": "单一政策图表所示的政策"},
    "app.group": {"en": "Group", "zh": "分组"},
    "app.assumed": {"en": " · assumption", "zh": " · 假设"},
    "app.in_unit": {"en": "{name} ({unit})", "zh": "{name}（{unit}）"},
    "app.bounds": {"en": "From {low} to {high}.", "zh": "取值范围 {low} 至 {high}。"},
    "app.source": {"en": "Source of the default: {source}", "zh": "默认值来源：{source}"},
    "app.unlimited": {"en": "as many as it takes", "zh": "不限"},
    "app.no_list": {
        "en": "{key} is not a list as a file would say it: {reason}",
        "zh": "{key} 不是文件格式的列表：{reason}",
    },
    "app.not_done": {
        "en": "That was not done; everything is as it was.",
        "zh": "未执行，一切保持原样。",
    },
    "app.broke": {"en": "The run broke: {reason}", "zh": "运行出错：{reason}"},
    "app.over_broken": {
        "en": "The comparison did not come to its end.",
        "zh": "比较未能完成。",
    },
    "app.over_stopped": {
        "en": "Stopped with {replicas} of {wanted} replicas.",
        "zh": "已停止，完成 {wanted} 个副本中的 {replicas} 个。",
    },
    "app.again": {"en": "Run it again", "zh": "重新运行"},
    "app.progress": {
        "en": "{replicas} of {wanted} replicas; intervals narrow as more come in",
        "zh": "已完成 {wanted} 个副本中的 {replicas} 个，副本越多区间越窄",
    },
    "app.first_numbers": {
        "en": "The lives of the same borrowers are being simulated under each policy …",
        "zh": "正在每项政策下模拟同一批借款人的经历……",
    },
    "app.outdated": {
        "en": "The answer to what you ask is on its way; shown is that to the question before",
        "zh": "正在计算新的答案；目前显示的是上一个问题的结果",
    },
    "app.cancel": {"en": "Stop", "zh": "停止"},
    "app.csv": {"en": "Numbers (CSV)", "zh": "数据（CSV）"},
    "app.each_policy": {
        "en": "Policy by policy, and what to keep in mind",
        "zh": "逐项政策与注意事项",
    },
    "app.world_about": {
        "en": "What nobody at the lender chooses, and how large the study is. A change here begins "
        "every policy anew.",
        "zh": "放贷机构无法选择的部分，以及研究规模。此处的更改会使所有政策重新模拟。",
    },
    "app.study": {"en": "The study", "zh": "研究设定"},
    "app.rest_of_world": {
        "en": "Borrowers, economy, behaviour, courts",
        "zh": "借款人、经济、行为与法院",
    },
    "app.share": {"en": "Take it along: link, file, command", "zh": "分享：链接、文件、命令"},
    "app.link": {
        "en": "This link opens the same question with the same numbers:",
        "zh": "此链接打开同样的问题与数字：",
    },
    "app.link_too_long": {
        "en": "This question is too long for a link: send the scenario file.",
        "zh": "该问题过长，无法放入链接：请发送情景文件。",
    },
    "app.command": {"en": "This command gives the same numbers:", "zh": "此命令得出相同的数字："},
    "app.report": {"en": "Report for stakeholders", "zh": "面向决策者的报告"},
    "app.report_about": {
        "en": "One HTML page in both languages that opens without a network and prints; ready when "
        "every replica is in.",
        "zh": "一个双语 HTML 页面，无需网络即可打开并可打印；全部副本完成后可用。",
    },
    "app.download": {"en": "Scenario file", "zh": "情景文件"},
    "app.upload": {"en": "Open a scenario file", "zh": "打开情景文件"},
    "app.upload_about": {
        "en": "One TOML file of at most 1 MB, which may extend the presets that come along.",
        "zh": "一个不超过 1 MB 的 TOML 文件，可以扩展自带的预设。",
    },
    "app.too_many_policies": {
        "en": "{number} policies are too many to see side by side; at most {most}.",
        "zh": "{number} 个政策过多，无法并列比较；最多 {most} 个。",
    },
    "app.too_many_numbers": {
        "en": "{number} months to keep (months, times replicas, times policies) are more than the "
        "{most} a browser may ask for: lower the replicas or the months, or run the file with the "
        "command line.",
        "zh": "{number} 个需保存的月份（月数乘以副本数乘以政策数）超过浏览器允许的 {most}："
        "请减少副本或月数，或用命令行运行该文件。",
    },
    "app.too_many_loans": {
        "en": "{number} loans (borrowers and new loans, times replicas) are more than the {most} a "
        "browser may ask for: lower the borrowers or the replicas, or run the file with the "
        "command line.",
        "zh": "{number} 笔贷款（借款人与新贷款乘以副本数）超过浏览器允许的 {most}："
        "请减少借款人或副本，或用命令行运行该文件。",
    },
    "app.too_many_months": {
        "en": "{number} loan-months (loans, times months, times policies) are more than the {most} "
        "a browser may ask for: lower the borrowers, the replicas or the months, or run the file "
        "with the command line.",
        "zh": "{number} 贷款月（贷款数乘以月数乘以政策数）超过浏览器允许的 {most}："
        "请减少借款人、副本或月数，或用命令行运行该文件。",
    },
}
