"""The ODD page says what the code does: docstrings, columns, parameters, links that the processes bear out."""

import ast
import inspect
import re
import textwrap
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from sim.analysis.odd import causes, claims, patterns
from sim.analysis.odd.causes import LINKS, Link, broken
from sim.analysis.odd.diagram import diagrams
from sim.analysis.odd.page import documents, page
from sim.analysis.odd.quantities import GROUPS, QUANTITIES
from sim.analysis.odd.submodels import flowing
from sim.analysis.odd.tables import markdown
from sim.analysis.odd.touches import attributes, is_column, reached, touches
from sim.core.process import Process
from sim.engine.step import SCHEDULE
from sim.scenario.catalogue import keep, parameters
from sim.world.tables import World

DOCS = Path(__file__).resolve().parents[3] / "docs"
BY_NAME = {step.name: step for step in SCHEDULE}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents()


# ------------------------------------------------------------------ the page


def test_the_page_in_the_project_is_up_to_date(made: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert keep(made, "sim.analysis.odd", ["--check", str(DOCS)]) == 0, capsys.readouterr().out


def test_a_page_that_is_out_of_date_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert keep({"a.md": "new"}, "sim.analysis.odd", ["--write", str(tmp_path)]) == 0
    assert keep({"a.md": "newer"}, "sim.analysis.odd", ["--check", str(tmp_path)]) == 1
    assert "a.md; run python -m sim.analysis.odd --write" in capsys.readouterr().out


def test_every_process_stands_there_word_for_word_in_the_order_of_the_week(made: dict[str, str]) -> None:
    text = " ".join(made["odd.md"].split())
    places = [text.index(" ".join(f"### 7.{n} {step.name} {step.doc}".split())) for n, step in enumerate(SCHEDULE, 1)]
    assert places == sorted(places)


def test_equations_stay_on_one_line_and_lists_are_lists() -> None:
    assert flowing("So ``a\n+ b``\nis:\n\n- one\n- two") == "So ``a + b``\nis:\n\n- one\n- two"


def test_every_parameter_and_every_column_has_its_row(made: dict[str, str]) -> None:
    submodels, state = made["odd.md"].split("## 7. Submodels")[::-1]
    for entry in parameters():
        assert f"| `{entry.name}` | {entry.meaning} |" in (state if entry.process == "ground" else submodels)
    for table, kind in World.__annotations__.items():
        part = state.split(f"\n#### {table}\n")[1].split("\n#### ")[0]
        assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == list(kind._fields)


def test_it_tells_how_much_is_assumed(made: dict[str, str]) -> None:
    share = sum(entry.source_kind == "assumption" for entry in parameters()) / len(parameters())
    assert f"**{share:.0%} of the defaults are assumptions**" in " ".join(made["odd.md"].split())


def test_links_within_the_page_and_to_files_lead_somewhere(made: dict[str, str]) -> None:
    text = made["odd.md"]
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert len(targets) > len(SCHEDULE)
    for target in targets:
        assert target[1:] in slugs if target.startswith("#") else (DOCS / target.partition("#")[0]).is_file(), target


def test_a_template_that_asks_for_what_there_is_not_is_refused() -> None:
    assert page("{{processes}} processes").endswith(f"{len(SCHEDULE)} processes")
    with pytest.raises(KeyError, match="wonders"):
        page("{{wonders}}")


def test_tables_keep_bars_and_line_breaks_out_of_cells() -> None:
    assert markdown(["a"], [["x | y\nz"]]) == "| a |\n| --- |\n| x \\| y z |"


def test_every_claim_is_listed_once() -> None:
    table = claims.claims_table()
    assert [table.count(f"| C{n:02d} ") for n in range(1, 42)] == [1] * 41


# ------------------------------------------------------------ reading the code


def test_a_column_is_read_where_its_values_are() -> None:
    code = """
    def work(units, missions, bands, rates):
        for u in range(len(units.status)):
            units.cell[u] = missions.area[units.mission[u], 0] + rates.pull
            units.readiness[u] += 1.0
        return bands.losses.shape[0]
    """
    found = {each for each in attributes(ast.parse(textwrap.dedent(code))) if is_column(*each)}
    assert found == {("missions", "area"), ("units", "mission")}


def test_what_kernels_of_the_world_read_counts_as_read() -> None:
    head_count = touches(BY_NAME["head_count"])
    assert {"bands.morale", "geography.sway_weight"} <= head_count.reads
    assert {each.__name__ for each in head_count.shared} == {"feel_bands", "list_bands", "spread_out", "weights_around"}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_process_reads_only_tables_that_it_takes(name: str) -> None:
    """Reading finds tables by name, so none may be handed on under the name of another."""
    step = BY_NAME[name]
    assert {column.partition(".")[0] for column in touches(step).reads} <= set(step.tables)
    functions = {each.__name__: each for each in reached(step.function, {}).values()}
    for function in functions.values():
        for call in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in functions:
                names = inspect.signature(functions[call.func.id]).parameters
                for given, wanted in zip(call.args, names):
                    if isinstance(given, ast.Name) and given.id in World._fields:
                        assert given.id == wanted, f"{function.__name__} calls {call.func.id}"


# ---------------------------------------------------------------------- links


def test_the_processes_bear_out_every_link() -> None:
    assert list(broken(SCHEDULE)) == []


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        (Link("fear", "displaced", 1, "ghosts", "", False), "there is no process 'ghosts'"),
        (Link("money", "displaced", 1, "displacement", "", False), "displacement reads none of accounts.cash"),
        (Link("fear", "money", 1, "displacement", "", False), "displacement writes none of accounts.cash"),
    ],
)
def test_a_link_that_no_process_carries_is_found(monkeypatch: pytest.MonkeyPatch, link: Link, complaint: str) -> None:
    monkeypatch.setattr(causes, "LINKS", (link,))
    assert complaint in next(broken(SCHEDULE))


def test_links_fall_with_their_process() -> None:
    carriers = {link.process for link in LINKS}
    for step in SCHEDULE:
        rest: tuple[Process, ...] = tuple(each for each in SCHEDULE if each is not step)
        assert bool(list(broken(rest))) == (step.name in carriers)


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_has_columns_a_group_and_links(name: str) -> None:
    quantity = QUANTITIES[name]
    assert quantity.group in GROUPS
    assert all(is_column(*column.split(".")) for column in quantity.columns)
    assert any(name in (link.source, link.target) for link in LINKS)
    assert name == "events" or any(link.target == name for link in LINKS), "nothing moves it"


def test_no_link_is_told_twice() -> None:
    told = [(link.source, link.target, link.process) for link in LINKS]
    assert len(set(told)) == len(told)
    assert all(link.why for link in LINKS)


# ------------------------------------------------------------------- diagrams


@pytest.mark.parametrize("name", diagrams())
def test_a_diagram_is_whole(name: str) -> None:
    root = ElementTree.fromstring(diagrams()[name])
    width, height = float(root.get("width")), float(root.get("height"))
    spots = [(float(each.get("x")), float(each.get("y"))) for each in root.iter() if each.get("x")]
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        numbers = [float(word) for word in re.findall(r"-?\d+\.?\d*", path.get("d"))]
        spots += zip(numbers[::2], numbers[1::2], strict=True)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in spots)
    group = name.removeprefix("causes").removesuffix(".svg").strip("-")
    due = [link for link in LINKS if (QUANTITIES[link.target].group == group if group else link.main)]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}title"))) == len(due)


# ------------------------------------------------------------------- patterns


def test_patterns_are_told_with_why_they_fail() -> None:
    code = """
    def burnt_out(figure):
        return pytest.mark.xfail(strict=False, reason=f"{figure}: over by then")

    def test_people_are_conserved(): ...

    def test_the_war_ends(): ...

    @pytest.mark.xfail(strict=False, reason="it goes " "on")
    def test_the_truce_holds(): ...

    @pytest.mark.parametrize("year", [1, pytest.param(2, marks=burnt_out("7 dead"))])
    def test_it_is_deadly(year): ...
    """
    assert list(patterns.told(ast.parse(textwrap.dedent(code)))) == [
        ("the war ends", "", False),
        ("the truce holds", "it goes on", False),
        ("it is deadly", "7 dead: over by then", True),
    ]


def test_all_missions_with_tests_are_told() -> None:
    known = patterns.patterns()
    assert {"Liberia 2003-2018", "Cyprus 1974-1994"} <= {each.mission for each in known}
    assert any(each.instead and not each.partly for each in known)
