"""The run record: a folder with all that is needed to read a comparison, or to run it again.

::

    manifest.json         kind, format, every other file with its length and SHA-256
    scenario.toml         the resolved scenario; run again, it gives the same digest, unless
                          replicas failed then and not now, or the other way round
    summary.json          title, seed, means, effects, remarks, digest, command; how precise it
                          is, if that was asked for; what failed and is left out; what made it:
                          versions, code, kind of machine (``forbear describe --record-schema``)
    digest.txt            the digest alone
    tables/monthly.csv    the ledger: policy, replica, month, day, every entry (cumulative)
    tables/metrics.csv    policy, replica, every metric
    tables/effects.csv    policy, metric, difference from the baseline, interval, verdict
    tables/segments.csv   policy, segment or cohort, replica, totals since day 0; none too small
    tables/cases.csv      what became of each scripted case under each policy
    tables/*.parquet      the same tables, where pyarrow is installed (``forbear[parquet]``)

Money is in minor units, a share lies between 0 and 1, ``n/a`` (null in Parquet) stands where there
is no value. No clock, no host and no path from the root is recorded but what the reason of a
failure names: equal runs, equal records.

``write`` puts a record in its place whole or not at all; ``read`` gives one back, or says what is
wrong with it. A record of another format is refused in words; its ``scenario.toml`` runs again.
"""

from sim.experiment.record.manifest import FILES, PARQUET, Fault, Manifest, RecordError
from sim.experiment.record.parse import Record
from sim.experiment.record.read import comparison_of, read
from sim.experiment.record.summary import schema, summary_of
from sim.experiment.record.tables import Cell, cell
from sim.experiment.record.write import check_replaceable, write

__all__ = [
    "FILES",
    "PARQUET",
    "Cell",
    "Fault",
    "Manifest",
    "Record",
    "RecordError",
    "cell",
    "check_replaceable",
    "comparison_of",
    "read",
    "schema",
    "summary_of",
    "write",
]
