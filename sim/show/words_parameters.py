"""Units and sources of parameters in 简体中文, by the English of their declarations.

The names of authors, institutions and rules stay as published, and so do the marks (V), (W), (D).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

UNITS: Final[Mapping[str, str]] = {
    "months": "月",
    "borrowers": "人",
    "replicas": "个",
    "number": "数值",
    "code": "代码",
    "loans a month": "笔/月",
    "basis points": "基点",
    "minor units": "最小货币单位",
    "log": "对数",
    "share of income": "占收入比例",
    "regions": "个",
    "sectors": "个",
    "chance a month": "每月概率",
    "times": "倍",
    "times late": "次",
    "times per loan": "次",
    "share of spells": "占失业人次比例",
    "months of income": "月收入",
    "share of households": "占家庭比例",
    "share of a shortfall": "占缺口比例",
    "chance a due date": "每个到期日概率",
    "chance a day": "每日概率",
    "share of borrowers": "占借款人比例",
    "share of an instalment": "占每期应还比例",
    "days": "天",
    "chance a spell": "每段困难期概率",
    "share of applications": "占申请比例",
    "chance a month of deferral": "每延期一个月的概率",
    "chance a waiver": "每次减免概率",
    "chance a relief": "每次纾困概率",
    "chance a message": "每条短信概率",
    "chance an attempt": "每次拨打概率",
    "chance a conversation": "每次沟通概率",
    "chance a promise": "每次承诺概率",
    "chance a visit": "每次上门概率",
    "chance a notice": "每份催告函概率",
    "share of essentials": "占基本生活支出比例",
    "strain": "压力",
    "per unit of strain": "每单位压力",
    "chance per unit of strain": "每单位压力的概率",
    "hearings a day": "次/天",
    "chance a hearing": "每次开庭概率",
    "share of the claim": "占债权比例",
    "share of the amount": "占金额比例",
    "tables": "表",
    "choice": "选项",
    "month": "月份",
    "share of people concerned": "占相关人群比例",
    "numbers": "编号",
    "true or false": "是或否",
    "kinds": "类型",
    "days past due": "逾期天数",
    "points": "分",
    "minutes": "分钟",
    "share of penalty": "占罚息比例",
    "share of the rate": "占利率比例",
    "share of balance": "占余额比例",
    "people": "人",
    "chance a file": "每份申请概率",
    "attempts a day": "次/天",
    "visits a day": "次/天",
    "rounds a day": "轮/天",
    "attempts": "次",
    "conversations a day": "次/天",
    "share collected": "占收回金额比例",
}

SOURCES: Final[Mapping[str, str]] = {
    "the study's choice": "研究者的选择",
    "assumption": "假设",
    "assumption; below China's 24 % guidance (V), which late loans with penalty exceed": (
        "假设；低于中国 24% 的指导上限 (V)，逾期贷款连同罚息则会超过"
    ),
    "a derived figure, its derivation not recorded (D)": "推算数字，推算过程未留存 (D)",
    "fitted to BLS 2024, durations of spells in progress (D)": (
        "拟合 BLS 2024 未结束失业的已持续时间 (D)"
    ),
    "assumption: 0.45 OECD, 0.25 China": "假设：OECD 为 0.45，中国为 0.25",
    "assumption, fitted to levels": "假设，拟合总体水平",
    "Kaplan, Violante and Weidner 2014: about a third (V); size an assumption": (
        "Kaplan, Violante and Weidner 2014：约三分之一 (V)；大小为假设"
    ),
    "JPMorgan Chase Institute: 65 % below six weeks (V); size an assumption": (
        "JPMorgan Chase Institute：65% 的家庭不足六周 (V)；大小为假设"
    ),
    "fitted to early cure and levels; Gathergood et al. (D)": (
        "拟合早期恢复率与总体水平；Gathergood et al. (D)"
    ),
    "assumption, fitted to early cure and levels": "假设，拟合早期恢复率与总体水平",
    "assumption; Ganong and Noel 2023: 6 % of defaults purely strategic (V)": (
        "假设；Ganong and Noel 2023：6% 的违约纯属策略性 (V)"
    ),
    "assumption, set by loss by status (LendingClub 2014, V)": (
        "假设，按各逾期状态的损失设定 (LendingClub 2014, V)"
    ),
    "assumption, fitted to loss by status (LendingClub 2014, V)": (
        "假设，拟合各逾期状态的损失 (LendingClub 2014, V)"
    ),
    "between Canada, 80 % unaware (Allen et al. 2022, V), and India (RBI 2020, V)": (
        "介于加拿大 80% 不知晓 (Allen et al. 2022, V) 与印度 (RBI 2020, V) 之间"
    ),
    "between Canada (Allen et al. 2022, V) and India (RBI 2020, V)": (
        "介于加拿大 (Allen et al. 2022, V) 与印度 (RBI 2020, V) 之间"
    ),
    "RBI 2020: 80 % at public banks, 42-46 % elsewhere (V)": (
        "RBI 2020：公共部门银行 80%，其他机构 42-46% (V)"
    ),
    "assumption; Bao and Huang 2021: banks come first (V)": (
        "假设；Bao and Huang 2021：优先偿还银行 (V)"
    ),
    "sign from Dvara Research (V); size an assumption": "方向依据 Dvara Research (V)；大小为假设",
    "assumption: 0 to 0.05, no trial with results exists": "假设：0 至 0.05，尚无公布结果的试验",
    "sign from Fiorin, Hall and Kanz 2023 (V); size an assumption": (
        "方向依据 Fiorin, Hall and Kanz 2023 (V)；大小为假设"
    ),
    "sign from Cadena and Schoar 2011 (V); size an assumption": (
        "方向依据 Cadena and Schoar 2011 (V)；大小为假设"
    ),
    "trade figures (W)": "行业数字 (W)",
    "assumption, of a size with Bursztyn et al. 2019 (V)": (
        "假设，与 Bursztyn et al. 2019 大小相当 (V)"
    ),
    "Pew: 70 % default judgments (V)": "Pew：70% 为缺席判决 (V)",
    "fitted to prices of late debt: transfers in China, Qifu, FTC (D)": (
        "拟合逾期债权价格：中国债权转让、Qifu、FTC (D)"
    ),
    "assumption; LendingClub 2014, loss by status (V)": (
        "假设；LendingClub 2014 各逾期状态的损失 (V)"
    ),
    "the lender's choice": "放贷机构的选择",
    "the lender's choice; EBA: a year of cure, then two of probation (V)": (
        "放贷机构的选择；EBA：一年恢复期，其后两年观察期 (V)"
    ),
    "assumption: put in your own": "假设：请填入自己的数值",
    "the lender's choice; China, GB/T 45251-2025: none from 22:00 to 08:00 (V)": (
        "放贷机构的选择；中国 GB/T 45251-2025：22:00 至 08:00 不得联系 (V)"
    ),
    "the lender's choice; US Regulation F: 7 (V)": "放贷机构的选择；美国 Regulation F：7 (V)",
    "the lender's choice; China, GB/T 45251-2025: 3 (V)": (
        "放贷机构的选择；中国 GB/T 45251-2025：3 (V)"
    ),
    "a published rate of 22 %, where is not recorded (V)": "公布的费率 22%，出处未留存 (V)",
    "transfers in China: above 11 % under one year (V)": "中国债权转让：一年以内 11% 以上 (V)",
    "transfers in China: 4 to 5 % near two years (V)": "中国债权转让：近两年者 4 至 5% (V)",
    "transfers in China: 2.5 % over five years (V)": "中国债权转让：五年以上 2.5% (V)",
    "the lender's choice; China's Civil Code 561: costs, interest, principal (V)": (
        "放贷机构的选择；《民法典》第 561 条：先费用，再利息，后本金 (V)"
    ),
    "PBoC 2003: 30 to 50 % on top (W)": "中国人民银行 2003：加收 30 至 50% (W)",
    "the lender's choice; China: 24 % guidance (V)": "放贷机构的选择；中国：24% 的指导上限 (V)",
    "the lender's choice (W)": "放贷机构的选择 (W)",
    "assumption; US rules: 120 for closed-end loans, 180 for open-end (V)": (
        "假设；美国规则：封闭式贷款 120，开放式贷款 180 (V)"
    ),
}
