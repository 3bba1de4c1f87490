"""Broken scenario files, each with what must be said of it."""

from __future__ import annotations

from sim.scenario.files import LARGEST_FILE, shipped_folder

HEAD = """\
format = 1
title = { en = "A question", zh = "一个问题" }
question = { en = "What then?", zh = "然后呢？" }
"""

PRESETS = sorted(path.stem for path in (shipped_folder() / "presets").glob("*.toml"))
SHOCK = HEAD + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1\nshare = 0.1\n'

# what is broken -> (the text of study.toml, the exact message, without "study.toml: ")
BROKEN: dict[str, tuple[str, str]] = {
    "empty": (
        "",
        "format: must be given\ntitle: must be given\nquestion: must be given",
    ),
    "no format": (HEAD.replace("format = 1\n", ""), "format: must be given"),
    "a later format": (HEAD.replace("= 1", "= 2", 1), "format = 2: must be 1"),
    "no Chinese title": (
        HEAD.replace(', zh = "一个问题"', ""),
        "title.zh: must be given",
    ),
    "a title in one language only": (
        HEAD.replace('{ en = "A question", zh = "一个问题" }', '"A question"'),
        'title = "A question": must be a table',
    ),
    "a blank title": (
        HEAD.replace('"A question"', '" "'),
        'title.en = " ": must not be blank',
    ),
    "direction marks in a label": (
        HEAD.replace("A question", "A \\u202equestion"),
        'title.en = "A �question": must not hold control or direction characters',
    ),
    "a label of a thousand characters": (
        HEAD.replace("A question", "x" * 1000),
        f'title.en = "{"x" * 58}…: must have at most 200 characters',
    ),
    "an unknown table": (
        HEAD + "[wrld]\nmonths = 3",
        'wrld: unknown key; did you mean "world"?',
    ),
    "an unknown key with a near name": (
        HEAD + "[world]\nborowers = 3",
        'world.borowers: unknown key; did you mean "borrowers"?',
    ),
    "an unknown key far from any": (
        HEAD + "[world.strain]\nzzz = 3",
        "world.strain.zzz: unknown key; there are: per_message, per_call, half_life_days, "
        "cooperation_loss, disengagement_gain, per_visit, per_notice, complaints",
    ),
    "an unknown key that needs quotes": (
        HEAD + '[world]\n"a b" = 3',
        'world."a b": unknown key; there are: months, burn_in_months, borrowers, replicas, seed, '
        "currency, new_loans_per_month, discount_bp, loans, household, behaviour, contact, strain, "
        "economy, court, recovery, shocks",
    ),
    "an unknown table far from any": (
        HEAD + "[zz]",
        "zz: unknown key; there are: format, title, question, extends, world, baseline, policy, "
        "case, cohort, expect, evidence",
    ),
    "a cohort without a name": (
        HEAD + "[[cohort]]\nmin_dpd = 1",
        "cohort[1].name: must be given",
    ),
    "a cohort's name with a space": (
        HEAD + '[[cohort]]\nname = "a b"',
        'cohort[1].name = "a b": must be a small letter and up to 39 more small letters, digits '
        "or _",
    ),
    "a cohort called as a segment": (
        HEAD + '[[cohort]]\nname = "shock_none"',
        'cohort[1].name = "shock_none": is the name of a segment, shock_none: choose another',
    ),
    "a cohort called as a segment is for short": (
        HEAD + '[[cohort]]\nname = "late"',
        'cohort[1].name = "late": is the name of a segment, record_late: choose another',
    ),
    "a cohort called as a month": (
        HEAD + '[[cohort]]\nname = "month_3"',
        'cohort[1].name = "month_3": is the name of a month: choose another',
    ),
    "a cohort of nobody": (
        HEAD + '[[cohort]]\nname = "a"\nmin_dpd = 30\nmax_dpd = 29',
        "cohort[1]: min_dpd (30) must be at most max_dpd (29)",
    ),
    "a cohort with negative days": (
        HEAD + '[[cohort]]\nname = "a"\nmin_dpd = -1\nmax_dpd = 10001',
        "cohort[1].min_dpd = -1: must be at least 0\n"
        "study.toml: cohort[1].max_dpd = 10001: must be at most 10000",
    ),
    "two cohorts of one name": (
        HEAD + '[[cohort]]\nname = "a"\n[[cohort]]\nname = "a"',
        'cohort[2].name = "a": names another cohort already',
    ),
    "text for a number": (
        HEAD + '[world]\nmonths = "24"',
        'world.months = "24": must be a whole number',
    ),
    "a fraction for a whole number": (
        HEAD + "[world]\nmonths = 2.5",
        "world.months = 2.5: must be a whole number",
    ),
    "true for a number": (
        HEAD + "[world]\nmonths = true",
        "world.months = true: must be a whole number",
    ),
    "true for a share": (
        HEAD + "[world.household]\nillness_income = true",
        "world.household.illness_income = true: must be a number",
    ),
    "a date for a number": (
        HEAD + "[world]\nmonths = 2026-01-01",
        'world.months = "2026-01-01": must be a whole number',
    ),
    "not a number": (
        HEAD + "[world.household]\nillness_income = nan",
        "world.household.illness_income = NaN: must be a finite number",
    ),
    "infinity": (
        HEAD + "[world.household]\nillness_months = inf",
        "world.household.illness_months = Infinity: must be a finite number",
    ),
    "too large": (
        HEAD + "[world]\nmonths = 121",
        "world.months = 121: must be at most 120",
    ),
    "too small": (
        HEAD + "[world]\nborrowers = 0",
        "world.borrowers = 0: must be at least 1",
    ),
    "negative": (
        HEAD + "[world.household]\ntransitory_sd = -0.1",
        "world.household.transitory_sd = -0.1: must be at least 0",
    ),
    "a huge whole number": (
        HEAD + "[world]\nseed = 99999999999999999999",
        "world.seed = 99999999999999999999: must be at most 9223372036854775807",
    ),
    "a study too large for any machine": (
        HEAD + "[world]\nborrowers = 1_000_000\nreplicas = 101",
        "world: borrowers x replicas must be at most 100,000,000",
    ),
    "a value where a table belongs": (
        HEAD + "world = 3",
        "world = 3: must be a table",
    ),
    "a table where a value belongs": (
        HEAD + "[world.months]\nx = 1",
        "world.months = a table: must be a whole number",
    ),
    "a value where a list belongs": (
        HEAD + "[world.loans]\nterms = 12",
        "world.loans.terms = 12: must be a list",
    ),
    "an empty list": (
        HEAD + "[world.loans]\nterms = []",
        "world.loans.terms = []: must have at least 1 entry",
    ),
    "a wrong entry of a list": (
        HEAD + "[world.loans]\nterms = [12, 0]",
        "world.loans.terms[2] = 0: must be at least 1",
    ),
    "a list that does not increase": (
        HEAD + "[baseline.collections.message]\ndpd = [3, 3]",
        "baseline.collections.message.dpd = [3, 3]: must increase from one entry to the next",
    ),
    "a currency in small letters": (
        HEAD + '[world]\ncurrency = "cny"',
        'world.currency = "cny": must be three capital letters',
    ),
    "a choice that is none": (
        HEAD + '[baseline.servicing]\nwaterfall = "horizonal"',
        'baseline.servicing.waterfall = "horizonal": must be "horizontal", "vertical" or '
        '"principal_first"; did you mean "horizontal"?',
    ),
    "staff in words": (
        HEAD + '[baseline.collections]\nagents = "many"',
        'baseline.collections.agents = "many": must be "unlimited" or a whole number from 0 to '
        "10,000",
    ),
    "charge-off between due days": (
        HEAD + "[baseline.servicing]\ncharge_off_dpd = 100",
        "baseline.servicing.charge_off_dpd = 100: must be a multiple of 30",
    ),
    "a window upside down": (
        HEAD + "[policy.a.relief.deferral]\nmonths = 3\nmin_dpd = 30\nmax_dpd = 5",
        "policy.a.relief.deferral: min_dpd (30) must not exceed max_dpd (5)",
    ),
    "a window upside down by inheritance": (
        HEAD + "[baseline.relief.deferral]\nmin_dpd = 30\n[policy.a.relief.deferral]\nmax_dpd = 5",
        "policy.a.relief.deferral: min_dpd (30) must not exceed max_dpd (5)",
    ),
    "any instrument's window upside down": (
        HEAD + "[baseline.relief.settlement]\nmax_dpd = 60",
        "baseline.relief.settlement: min_dpd (90) must not exceed max_dpd (60)",
    ),
    "closed before it opens": (
        HEAD + "[policy.a.relief.arrangement]\nopens_month = 7\ncloses_month = 6",
        "policy.a.relief.arrangement: opens_month (7) must not exceed closes_month (6)",
    ),
    "a way of offering that is none": (
        HEAD + '[policy.a]\nrelief.rate_reduction.offer = "opt_out"',
        'policy.a.relief.rate_reduction.offer = "opt_out": must be "opt_in", "on_contact" or '
        '"universal"; did you mean "opt_in"?',
    ),
    "an unknown key of an instrument": (
        HEAD + "[policy.a.relief.term_extension]\nmonth = 3",
        'policy.a.relief.term_extension.month: unknown key; did you mean "months"?',
    ),
    "minutes of files at the desk": (
        HEAD + "[baseline.relief.desk]\ndeferral_minutes = 9",
        "baseline.relief.desk.deferral_minutes: unknown key; there are: reviewers, "
        "minutes_per_reviewer_day, sensitivity, specificity, specificity_without_proof, "
        "unit_cost_per_minute",
    ),
    "bands that do not rise": (
        HEAD + "[policy.a.relief.penalty_waiver]\n"
        "bands = [{ from_dpd = 30, share = 0 }, { from_dpd = 30, share = 1 }]",
        'policy.a.relief.penalty_waiver.bands = [{"from_dpd": 30, "share": 0}, {"from_dpd": 30, '
        '"share": 1}]: from_dpd must increase from one entry to the next',
    ),
    "a band without a share": (
        HEAD + "[[policy.a.relief.penalty_waiver.bands]]\nfrom_dpd = 30",
        "policy.a.relief.penalty_waiver.bands[1].share: must be given",
    ),
    "a band that is a number": (
        HEAD + "[policy.a]\nrelief.penalty_waiver.bands = [0.5]",
        "policy.a.relief.penalty_waiver.bands[1] = 0.5: must be a table",
    ),
    "bands of the baseline with a mistake": (
        HEAD
        + "[baseline]\nrelief.penalty_waiver.bands = [{ from_dpd = 1, share = 2 }]\n[policy.a]",
        "baseline.relief.penalty_waiver.bands[1].share = 2: must be at most 1",
    ),
    "an empty shock": (
        HEAD + "[[world.shocks]]",
        "world.shocks[1].kind: must be given\n"
        "study.toml: world.shocks[1].month: must be given\n"
        "study.toml: world.shocks[1].share: must be given",
    ),
    "a second shock of no kind": (
        SHOCK + SHOCK.removeprefix(HEAD).replace("layoffs", "layofs"),
        'world.shocks[2].kind = "layofs": must be "layoffs", "epidemic", "disaster" or '
        '"price_rise"; did you mean "layoffs"?',
    ),
    "a shock with an unknown key": (
        SHOCK + "region = [0]",
        'world.shocks[1].region: unknown key; did you mean "regions"?',
    ),
    "a shock that lasts too long": (
        SHOCK + "months = 61",
        "world.shocks[1].months = 61: must be at most 60",
    ),
    "a shock that is a table of its own": (
        HEAD + "[world.shocks]\nmonth = 3",
        "world.shocks = a table: must be a list",
    ),
    "prices that rise beyond reason": (
        HEAD + 10 * '[[world.shocks]]\nkind = "price_rise"\nmonth = 1\nshare = 1.0\n',
        "world: price rises together must be at most 1,000-fold",
    ),
    "a shock to a region that there is not": (
        SHOCK + "regions = [3]\n" + SHOCK.removeprefix(HEAD) + "regions = [0, 4]",
        "world: shocks[2].regions names 4: they are numbered 0 to 3",
    ),
    "a shock to a sector that there is not": (
        SHOCK + "sectors = [2]\n[world.loans]\nsectors = 2",
        "world: shocks[1].sectors names 2: they are numbered 0 to 1",
    ),
    "a factor beyond bounds": (
        HEAD + "[world.economy]\nillness_by_month = [1, 10.5]",
        "world.economy.illness_by_month[2] = 10.5: must be at most 10",
    ),
    "enforcement that brings less than the least": (
        HEAD + "[world.court]\nrecovers_low = 0.4",
        "world.court: recovers_low (0.4) must not exceed recovers_high (0.3)",
    ),
    "the worth of six statuses": (
        HEAD + "[world.recovery]\nresidual_by_status = [1, 1, 1, 1, 1, 1]",
        "world.recovery.residual_by_status = [1, 1, 1, 1, 1, 1]: must have at least 7 entries",
    ),
    "the worth of eight statuses": (
        HEAD + "[world.recovery]\nresidual_by_status = [1, 1, 1, 1, 1, 1, 1, 1]",
        "world.recovery.residual_by_status = [1, 1, 1, 1, 1, 1, 1, 1]: must have at most 7 entries",
    ),
    "visitors in words": (
        HEAD + '[baseline]\ncollections.visit.visitors = "none"',
        'baseline.collections.visit.visitors = "none": must be "unlimited" or a whole number from '
        "0 to 10,000",
    ),
    "more new loans than any machine holds": (
        HEAD + "[world]\nnew_loans_per_month = 100_000\nmonths = 120",
        "world: new_loans_per_month x months x replicas must be at most 100,000,000",
    ),
    "a limit on conduct that is none": (
        HEAD + "[baseline.collections.conduct]\nconnected_a_day = 0",
        "baseline.collections.conduct.connected_a_day = 0: must be at least 1",
    ),
    "no hardship that entitles": (
        HEAD + "[policy.a]\nrelief.deferral.hardships = []",
        "policy.a.relief.deferral.hardships = []: must have at least 1 entry",
    ),
    "a hardship twice": (
        HEAD + '[policy.a]\nrelief.deferral.hardships = ["illness", "illness"]',
        'policy.a.relief.deferral.hardships = ["illness", "illness"]: must not name anything twice',
    ),
    "an unknown hardship": (
        HEAD + '[policy.a]\nrelief.deferral.hardships = ["job_los"]',
        'policy.a.relief.deferral.hardships[1] = "job_los": must be "job_loss", "illness", '
        '"disaster" or "any"; did you mean "job_loss"?',
    ),
    "the baseline's mistake is not every policy's": (
        HEAD + "[baseline]\ncollections.intensity = 9\n[policy.a]\n[policy.b]",
        "baseline.collections.intensity = 9: must be at most 5",
    ),
    "a policy's label in one language": (
        HEAD + '[policy.a]\nlabel = { en = "Three months" }\nrelief.deferral.months = 3',
        "policy.a.label.zh: must be given",
    ),
    "a policy called baseline": (
        HEAD + "[policy.baseline]",
        "policy.baseline: the baseline has a table of its own, [baseline]",
    ),
    "a policy with a name of two words": (
        HEAD + '[policy."my policy"]',
        'policy."my policy": a policy\'s name is a small letter and up to 39 more small letters, '
        "digits or _",
    ),
    "a policy that is a number": (HEAD + "[policy]\na = 1", "policy.a = 1: must be a table"),
    "policies that are a list": (HEAD + "[[policy]]", "policy = [{}]: must be a table"),
    "a case to whom nothing happens": (
        HEAD + '[[case]]\nname = "x"',
        "case[1]: needs job_loss, illness or disaster: a case is a person something happens to",
    ),
    "a disaster that lasts no month": (
        HEAD + '[[case]]\nname = "x"\ndisaster = { month = 1, months = 0 }',
        "case[1].disaster.months = 0: must be at least 1",
    ),
    "a case in month 0": (
        HEAD + '[[case]]\nname = "x"\nillness = { month = 0, months = 1 }',
        "case[1].illness.month = 0: must be at least 1",
    ),
    "two cases of one name": (
        HEAD + '[[case]]\nname = "x"\nillness = { month = 1, months = 1 }\n' * 2,
        'case[2].name = "x": names another case already',
    ),
    "several at once": (
        HEAD + "[world]\nmonths = 0\nborowers = 3\n[baseline.relief.desk]\nsensitivity = 2",
        "world.months = 0: must be at least 1\n"
        'study.toml: world.borowers: unknown key; did you mean "borrowers"?\n'
        "study.toml: baseline.relief.desk.sensitivity = 2: must be at most 1",
    ),
    "an unknown preset": (
        HEAD + 'extends = "preset:generic_unsecurd"',
        'extends = "preset:generic_unsecurd": no such preset; did you mean "generic_unsecured"?',
    ),
    "extends a number": (HEAD + "extends = 3", "extends = 3: must be text in quotes"),
    "extends a file that is not there": (
        HEAD + 'extends = "other.toml"',
        'extends = "other.toml": no such file',
    ),
    "extends out of its folder": (
        HEAD + 'extends = "../other.toml"',
        'extends = "../other.toml": must be a preset or a file inside this file\'s own folder',
    ),
    "extends an absolute path": (
        HEAD + 'extends = "/etc/hosts"',
        'extends = "/etc/hosts": must be a preset or a file inside this file\'s own folder',
    ),
    "extends a preset by way of a path": (
        HEAD + 'extends = "preset:../relief_options"',
        f'extends = "preset:../relief_options": no such preset; there are: {", ".join(PRESETS)}',
    ),
    "extends with a NUL": (
        HEAD + 'extends = "a\\u0000b"',
        'extends = "a\\u0000b": must not hold a NUL character',
    ),
    "itself": (
        HEAD + 'extends = "study.toml"',
        "extends itself, directly or through other files",
    ),
    "nested a thousand deep": (HEAD + "x = " + "[" * 300 + "]" * 300, "is nested too deeply"),
    "nested without end": (
        HEAD + "x = " + "[" * 100_000 + "]" * 100_000,
        "is nested too deeply",
    ),
    "enormous": ("#" * (LARGEST_FILE + 1), "is larger than 1,000,000 bytes"),
}
