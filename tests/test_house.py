"""The project describes itself: floors, registries, wording and the README hold what they say."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from sim.experiment import step
from sim.experiment.inference import Verdict
from sim.lender import relief_desk
from sim.rules.measures import METRICS
from sim.show.findings import HEADLINE, JUDGED_BY, LIFE_COLUMNS
from sim.show.language import CATALOGUE, CODES, NOTATIONS

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "sim").rglob("*.py"))

FLOORS = (
    {"money", "waterfall", "clock", "luck", "parameter"},
    {"book", "columns", "facts", "late", "ledger", "scenario"},
    {"rules"},
    {"lender"},
    {"experiment"},
    {"show"},
    {"doors"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def name_of(path: Path) -> str:
    """``sim/rules/measures.py`` is called ``sim.rules.measures``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path, *, for_types_too: bool = False) -> set[str]:
    """Every module that ``path`` imports, inside functions too."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for branch in node.body
        for inner in ast.walk(branch)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in for_types and not for_types_too:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that floors can be read"
            inner_modules = {f"{node.module}.{alias.name}" for alias in node.names} & MODULE_NAMES
            found |= inner_modules or {str(node.module)}
    return found


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "sim" and len(parts) > 1 and parts[1] in FLOOR else None


MODULE_NAMES = {name_of(path) for path in SOURCES}
MODULES = pytest.mark.parametrize("path", SOURCES, ids=name_of)


@MODULES
def test_a_module_lives_on_a_floor_and_imports_only_floors_below(path):
    if path.parent == ROOT / "sim" and path.stem in {"__init__", "__main__"}:
        return  # the map and the front door
    own = room_of(name_of(path))
    assert own, f"{path} lives on no floor: sim/__init__.py says which there are"
    for module in imports_of(path):
        other = room_of(module)
        if other and other != own:
            assert FLOOR[other] <= FLOOR[own], f"{name_of(path)} looks up to {module}"


@MODULES
def test_rules_never_import_each_other(path):
    own = name_of(path)
    if not own.startswith("sim.rules"):
        return
    family = own.rpartition(".")[0]  # what the files of one folder share lives in its __init__
    others = {module for module in imports_of(path) if module.startswith("sim.rules.")}
    assert not {module for module in others - {family} if not module.startswith(own)}


@MODULES
def test_special_libraries_are_used_in_one_place(path):
    places = {
        "simpy": "sim.lender.timetable",
        "concurrent": (
            "sim.experiment.workers",
            "sim.experiment.cluster",
            "sim.experiment.live",
        ),
        "distributed": "sim.experiment.cluster",
        "multiprocessing": "sim.experiment.workers",
        "rich": ("sim.show", "sim.doors"),
        "random": "nowhere",
        "numpy.random": "nowhere",
        "secrets": "nowhere",
        "plotly": "sim.show.charts",
        "streamlit": ("sim.doors.dashboard", "sim.doors.cli.app"),
    }
    own = name_of(path)
    for module in imports_of(path, for_types_too=True):
        for library, allowed in places.items():
            if module == library or module.startswith(library + "."):
                assert own.startswith(allowed), f"{own} imports {module}"


@MODULES
def test_no_random_numbers_outside_the_cube_of_luck(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"random", "default_rng"}, f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    "path", SOURCES + sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: path.name
)
def test_a_file_stays_readable(path):
    text = path.read_text("utf-8")
    declarations = [  # a parameter or a metric counts as one line, however much it says of itself
        node
        for owner in ast.walk(ast.parse(text))
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.AnnAssign)
    ]
    spread = sum(node.end_lineno - node.lineno for node in declarations)
    longest = 350 if path in SOURCES else 500  # tests are a list, read one by one
    assert len(text.splitlines()) - spread <= longest


@MODULES
def test_everything_public_says_what_it_is(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path} has no docstring"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    missing = [
        node.name
        for owner in (tree, *classes)
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not missing


def fields_of(wording: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(wording) if field}


@pytest.mark.parametrize("entry", CATALOGUE)
def test_wording_exists_in_every_language_with_the_same_values(entry):
    wordings = CATALOGUE[entry]
    assert set(wordings) == set(CODES)
    assert all(wordings.values())
    assert fields_of(wordings["en"]) == fields_of(wordings["zh"])
    assert re.search("[\u4e00-\u9fff]", wordings["zh"]) or not re.search(
        "[a-z]", re.sub("{.*?}", "", wordings["en"])
    )


def said_in(path: Path) -> tuple[set[str], set[str]]:
    """The catalogue entries a module names whole, and the beginnings of those it puts together."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and "say" in {getattr(node.func, "attr", None), getattr(node.func, "id", None)}
    ]
    whole = {
        leaf.value
        for argument in calls
        if not isinstance(argument, ast.JoinedStr)
        for leaf in ast.walk(argument)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    }
    begun = {
        argument.values[0].value
        for argument in calls
        if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant)
    }
    return whole, begun


def test_the_catalogue_has_what_is_said_and_nothing_else():
    whole, begun = set(), set()
    for path in SOURCES:
        if room_of(name_of(path)) in {"show", "doors"}:
            of_one = said_in(path)
            whole |= of_one[0]
            begun |= of_one[1]
    whole |= {entry for one in NOTATIONS.values() for entry in (one.value, one.difference)}
    assert whole <= CATALOGUE.keys()
    unused = {entry for entry in CATALOGUE.keys() - whole if not entry.startswith(tuple(begun))}
    assert not unused


def test_every_verdict_status_and_unit_has_words():
    for verdict in get_args(Verdict):
        assert f"verdict.{verdict}" in CATALOGUE
    for status in ("active", "paid_off", "charged_off"):
        assert f"status.{status}" in CATALOGUE
    for column in LIFE_COLUMNS:
        assert f"life.{column}" in CATALOGUE
    for metric in METRICS.values():
        assert metric.unit in NOTATIONS
        assert metric.better is None or f"metric.{metric.better}" in CATALOGUE
    assert set(JUDGED_BY) | set(HEADLINE) <= METRICS.keys()


def test_the_readme_states_the_commands_that_ci_takes_from_it():
    readme = (ROOT / "README.md").read_text("utf-8")
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    pattern = re.search(r"grep -E '(.*?)' README.md", ci)
    assert pattern
    commands = re.findall(pattern[1] + ".*", readme, re.MULTILINE)
    assert len(commands) == 2
    assert "forbear run scenarios/" in commands[0]
    assert commands[1].endswith("-m pytest")


def test_the_map_names_every_floor():
    described = (ROOT / "sim" / "__init__.py").read_text("utf-8")
    for room in FLOOR:
        assert re.search(rf"\b{room}(/|\.py)", described), f"{room} is on no map"


def test_every_link_of_the_readme_leads_somewhere():
    readme = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)", readme)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_stories_know_every_instrument():
    assert tuple(instrument.name for instrument in relief_desk.INSTRUMENTS) == step.INSTRUMENTS
