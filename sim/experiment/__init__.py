"""Policies compared by common luck: the same borrowers, the same misfortunes, another policy.

``compare`` is the one entry: it cuts the replicas into batches, lets ``workers`` run each batch
under every policy (``simulate``), and turns the ledgers into metrics and paired differences
(``inference``). ``expectations`` holds these against what a scenario's author expects; ``story``
tells one person's life, ``events`` what each operation did to it. ``evidence`` holds runs against
published findings, ``sensitivity`` tells which assumptions move them. ``record`` keeps a run on
disk, ``verification`` doubts what was kept, ``drift`` tells what changed between two; ``digest``
says in 64 characters whether two runs are the same.
"""
