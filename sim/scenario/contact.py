"""Contacts: what they achieve and what they cost the relation."""

from __future__ import annotations

from sim.parameter import ASSUMPTION, Group, parameter


class Contact(Group):
    """What a message, a call, a visit or a notice achieves."""

    message_works: float = parameter(
        0.35,
        "Chance that a message makes a forgetter remember.",
        unit="chance a message",
        low=0,
        high=1,
        plausible=(0.15, 0.60),
        source="sign from Cadena and Schoar 2011 (V); size an assumption",
        en="Message reminds",
        zh="短信提醒有效概率",
    )
    reach_early: float = parameter(
        0.10,
        "Chance that an early call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        plausible=(0.05, 0.20),
        source="trade figures (W)",
        en="Call connects, early",
        zh="早期电话接通概率",
    )
    reach_late: float = parameter(
        0.04,
        "Chance that a later call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        plausible=(0.02, 0.08),
        source="trade figures (W)",
        en="Call connects, late",
        zh="后期电话接通概率",
    )
    pays_early: float = parameter(
        0.35,
        "Chance that a borrower reached early brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.20, 0.55),
        source=ASSUMPTION,
        en="Pays when reached, early",
        zh="早期接通后还款概率",
    )
    pays_late: float = parameter(
        0.15,
        "Chance that a borrower reached later brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.05, 0.30),
        source=ASSUMPTION,
        en="Pays when reached, late",
        zh="后期接通后还款概率",
    )
    reengaged: float = parameter(
        0.2,
        "Chance that a conversation brings a disengaged borrower back.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.05, 0.40),
        source=ASSUMPTION,
        en="Brought back by a call",
        zh="电话挽回失联者概率",
    )
    persuaded: float = parameter(
        0.3,
        "Chance that a conversation makes an unwilling borrower pay.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Persuaded by a call",
        zh="电话说服概率",
    )
    informs: float = parameter(
        0.3,
        "Chance that a conversation makes relief known to the borrower.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.2, 0.8),
        source=ASSUMPTION,
        en="Informed by a call",
        zh="电话告知纾困概率",
    )
    moral_reengages: float = parameter(
        0.15,
        "Chance that a moral message brings a disengaged borrower back.",
        unit="chance a message",
        low=0,
        high=1,
        plausible=(0.05, 0.3),
        source="assumption, of a size with Bursztyn et al. 2019 (V)",
        en="Brought back by a moral message",
        zh="道德短信挽回概率",
    )
    promises: float = parameter(
        0.15,
        "Chance that somebody reached who does not pay promises to.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.05, 0.30),
        source=ASSUMPTION,
        en="Promising to pay",
        zh="承诺还款概率",
    )
    promise_days: int = parameter(
        5,
        "Days until a promised payment.",
        unit="days",
        low=1,
        high=29,
        plausible=(2, 10),
        source=ASSUMPTION,
        en="Days to a promised payment",
        zh="承诺还款期限",
    )
    keeps_promise: float = parameter(
        0.5,
        "Chance that a promise is kept, as far as cash allows.",
        unit="chance a promise",
        low=0,
        high=1,
        plausible=(0.3, 0.7),
        source=ASSUMPTION,
        en="Keeping a promise",
        zh="履行承诺概率",
    )
    visit_reach: float = parameter(
        0.4,
        "Chance that a visit meets the borrower.",
        unit="chance a visit",
        low=0,
        high=0.6,
        plausible=(0.2, 0.6),
        source=ASSUMPTION,
        en="Visit meets somebody",
        zh="上门见面概率",
    )
    visit_pays: float = parameter(
        0.3,
        "Chance that a borrower met brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Pays when visited",
        zh="上门后还款概率",
    )
    notice_pays: float = parameter(
        0.3,
        "Chance that a notice makes an unwilling borrower pay.",
        unit="chance a notice",
        low=0,
        high=1,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Pays on a notice",
        zh="催告函促还款概率",
    )
    asks_to_stop: float = parameter(
        0.005,
        "Chance that the borrower asks not to be contacted, times 1 + strain.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.001, 0.020),
        source=ASSUMPTION,
        en="Asking to stop",
        zh="要求停止联系概率",
    )
    squeezes: float = parameter(
        0.0,
        "Chance that somebody who agrees to pay cuts essentials to do so.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.0, 0.3),
        source=ASSUMPTION,
        en="Cutting essentials to pay",
        zh="压缩基本生活还款概率",
    )
    squeeze_share: float = parameter(
        0.2,
        "Share of essentials it cuts at most.",
        unit="share of essentials",
        low=0,
        high=1,
        plausible=(0.05, 0.40),
        source=ASSUMPTION,
        en="Essentials cut",
        zh="压缩基本生活比例",
    )
    promotes: float = parameter(
        0.0,
        "Chance that a conversation puts this lender before others.",
        unit="chance a conversation",
        low=0,
        high=1,
        plausible=(0.0, 0.1),
        source=ASSUMPTION,
        en="Priority gained by a call",
        zh="电话提升还款优先级概率",
    )


class Strain(Group):
    """What contacts cost the relation; why intensity saturates and turns."""

    per_message: float = parameter(
        0.1,
        "Strain that a message adds.",
        unit="strain",
        low=0,
        high=5,
        plausible=(0.02, 0.30),
        source=ASSUMPTION,
        en="Strain of a message",
        zh="每条短信的压力",
    )
    per_call: float = parameter(
        1.0,
        "Strain that a conversation adds.",
        unit="strain",
        low=0,
        high=5,
        plausible=(0.5, 2.0),
        source=ASSUMPTION,
        en="Strain of a call",
        zh="每次通话的压力",
    )
    half_life_days: int = parameter(
        30,
        "Days in which strain halves.",
        unit="days",
        low=1,
        high=720,
        plausible=(10, 90),
        source=ASSUMPTION,
        en="Half-life of strain",
        zh="压力半衰期",
    )
    cooperation_loss: float = parameter(
        0.3,
        "Cooperation falls by exp(-this x strain).",
        unit="per unit of strain",
        low=0,
        high=3,
        plausible=(0.1, 0.6),
        source=ASSUMPTION,
        en="Cooperation lost to strain",
        zh="压力对配合度的影响",
    )
    disengagement_gain: float = parameter(
        0.3,
        "Disengagement rises by a factor 1 + this x strain.",
        unit="per unit of strain",
        low=0,
        high=3,
        plausible=(0.0, 0.6),
        source=ASSUMPTION,
        en="Disengagement through strain",
        zh="压力对失联的影响",
    )
    per_visit: float = parameter(
        2.0,
        "Strain that meeting a visitor adds.",
        unit="strain",
        low=0,
        high=5,
        plausible=(1.0, 4.0),
        source=ASSUMPTION,
        en="Strain of a visit",
        zh="每次上门的压力",
    )
    per_notice: float = parameter(
        0.5,
        "Strain that a notice adds.",
        unit="strain",
        low=0,
        high=5,
        plausible=(0.2, 1.0),
        source=ASSUMPTION,
        en="Strain of a notice",
        zh="每份催告函的压力",
    )
    complaints: float = parameter(
        0.002,
        "Chance of a complaint after a conversation or notice, per unit of strain.",
        unit="chance per unit of strain",
        low=0,
        high=1,
        plausible=(0.0005, 0.0050),
        source=ASSUMPTION,
        en="Complaints",
        zh="投诉概率",
    )
