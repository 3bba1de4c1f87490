"""Forbear: a sandbox for debt-relief policies. This page is the map.

A loan book is a table; a borrower is a row; a day at the lender is a timetable; luck is a cube of
numbers that do not change when the policy does; a policy is a file.

A module imports only from floors below its own::

    6  doors/       what people touch: cli/, one file per command; dashboard/, one file per page
    5  show/        what is said and how: two languages, verdicts in words, tables, charts/
    4  experiment/  compare policies by common luck: batches, kept results, intervals, precision,
                    verdicts, expectations, the run record and what changed between two; live, for
                    whoever watches; follow one person through them: cases, stories, search; hold
                    the model against what was found elsewhere: evidence, sensitivity, calibration
    3  lender/      what an operation does on a day; timetable.py holds the only SimPy processes
    2  rules/       what happens to rows: array functions by subject, which never import each other
    1  columns.py   every fact of a loan and its borrower, with unit and meaning
       book.py      the table of them; facts.py, what they imply; late.py, who is late; ledger.py,
                    what months say
       scenario/    a file becomes frozen settings, or all of its errors at once; draft.py, a file
                    in the making
    0  money.py  waterfall.py  clock.py  luck.py  parameter.py

The main path, top to bottom: ``doors.cli.run`` -> ``scenario.load`` -> ``experiment.compare`` ->
``lender.timetable`` -> ``rules`` -> ``experiment.inference`` -> ``show.tables``.

``model.md`` beside this file is the model itself, rule by rule, with every rounding. The tests hold
the engine to it with a second, slower program that was written from that page alone. ``odd.md``
says it in words, ``parameters.md`` has every parameter and every metric in tables, ``evidence.md``
and ``sensitivity.md`` say how far its numbers can be believed.
"""

__version__ = "0.1.0"
