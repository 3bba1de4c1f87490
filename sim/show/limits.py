"""What this cannot tell: said wherever a number is shown to somebody who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.show.language import Language

LIMITS: Final = (
    "generic",
    "assumptions",
    "moral_hazard",
    "alone",
    "horizon",
    "intervals",
    "no_advice",
)
MODEL: Final = ("borrowers", "lender", "luck", "checked")

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "limits.generic": {
        "en": "It is a model of a generic book of unsecured instalment loans, not of any lender's; "
        "calibrate it to your own before you rely on a level.",
        "zh": "这是通用的无担保分期贷款组合模型，并非任何机构的真实组合；"
        "依赖水平值之前，请先校准到自己的组合。",
    },
    "limits.assumptions": {
        "en": "Most behavioural numbers are assumptions, marked as such. Relief can help or harm: "
        "its sign follows from who gets it, how long shocks last and how people react.",
        "zh": "多数行为参数是假设，均已标注。纾困可能有益也可能有害："
        "取决于谁获得、冲击持续多久、人们如何反应。",
    },
    "limits.moral_hazard": {
        "en": "What people do because of relief - waiting for a waiver, losing the habit of "
        "paying, gratitude - is off or small unless you set it.",
        "zh": "因纾困而产生的行为（等待减免、失去还款习惯、感激）默认关闭或很小，除非您自行设定。",
    },
    "limits.alone": {
        "en": "Nobody answers: no policy moves the economy, other lenders do not react, and who "
        "borrows is given.",
        "zh": "没有外部反应：政策不影响经济，其他机构不作回应，借款人群体给定。",
    },
    "limits.horizon": {
        "en": "What happens after the horizon is a table of assumptions, and relief that lengthens "
        "loans moves losses there.",
        "zh": "期末之后的情形只是一张假设表，而延长贷款的纾困会把损失推到期末之后。",
    },
    "limits.intervals": {
        "en": "Intervals are the noise of the simulation under these assumptions, not the "
        "uncertainty of the assumptions. Of twenty comparisons of what does not differ, one is "
        "expected to look as if it did.",
        "zh": "区间只反映这些假设下的模拟噪声，不反映假设本身的不确定性。"
        "二十个毫无差异的比较中，预计会有一个看似有差异。",
    },
    "limits.no_advice": {
        "en": "It is no advice on law and says nothing of any real person; no data of real "
        "borrowers is in it.",
        "zh": "它不构成法律意见，不涉及任何真实个人，也不含真实借款人的数据。",
    },
    "model.borrowers": {
        "en": "Thousands of simulated borrowers have jobs, essentials, savings and bad luck; they "
        "forget, cannot or will not pay, wait, or stop answering.",
        "zh": "成千上万名模拟借款人有工作、基本开支、储蓄和厄运；"
        "他们会忘记、无力或不愿还款，会等待，也会失联。",
    },
    "model.lender": {
        "en": "A lender bills, calls, visits, sues, and gives relief: deferrals, waivers, lower "
        "rates, longer terms, arrangements, settlements - with a finite staff.",
        "zh": "放贷机构出账、致电、上门、起诉，并给予纾困：延期、"
        "减免、降息、展期、分期还款协议、和解——人手有限。",
    },
    "model.luck": {
        "en": "Every policy meets the same people with the same luck, in many independent "
        "portfolios (replicas), so that a difference is the policy's.",
        "zh": "每种政策都面对同样的人和同样的运气，"
        "在许多相互独立的组合（副本）中运行，因此差异来自政策本身。",
    },
    "model.checked": {
        "en": "Every rule is written down (sim/model.md), and a second, slower program written "
        "from that page alone gives the same numbers to the cent.",
        "zh": "每条规则都有书面说明（sim/model.md），"
        "另一个仅依据该文独立编写的慢速程序得出分毫不差的数字。",
    },
}


def limits(language: Language) -> tuple[str, ...]:
    """Return what a comparison cannot tell, a sentence or two each."""
    return tuple(language.say(f"limits.{name}") for name in LIMITS)


def model(language: Language) -> tuple[str, ...]:
    """Return what the model is, a sentence each."""
    return tuple(language.say(f"model.{name}") for name in MODEL)
