# ruff: noqa: E501 - one kind of mistake is one row of the table
# fmt: off
"""Kinds of bad scenario files, as data: what is changed in a valid one, and what the user must be told.

``at`` is text of the changed file: the problem must be reported for the line where it first stands.
"""

from dataclasses import dataclass
from pathlib import Path

VALID = (Path(__file__).parent / "valley.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Bad:
    """One kind of mistake: ``old`` becomes ``new``, or the whole file is ``raw``."""

    name: str
    old: str = ""
    new: str = ""
    says: str = ""
    at: str = ""
    raw: bytes | None = None

    def content(self) -> bytes:
        """The bad file."""
        if self.raw is not None:
            return self.raw
        assert VALID.count(self.old) >= 1, f"{self.name}: {self.old!r} is not in the valid scenario"
        return VALID.replace(self.old, self.new, 1).encode("utf-8")

    def line(self) -> int | None:
        """Line that must be named."""
        if not self.at:
            return None
        text = self.content().decode("utf-8")
        assert self.at in text, f"{self.name}: {self.at!r} is not in the bad scenario"
        return text.count("\n", 0, text.index(self.at)) + 1


CLARITY = "clarity = 0.6"
NESTED = "deep = " + "[" * 5000 + "]" * 5000

BAD: list[Bad] = [
    # ------------------------------------------------------------ the file itself
    Bad("empty file", raw=b"", says="is empty"),
    Bad("blank file", raw=b"  \n\n", says="is empty"),
    Bad("not UTF-8", raw=b"[scenario]\nid = \"na\xe9\"\n", says=":2: is not UTF-8 text: byte 20 is 0xe9"),
    Bad("UTF-16", raw="[scenario]".encode("utf-16"), says=":1: is UTF-16 text; save it as UTF-8"),
    Bad("NUL character", raw=b"[scenario]\nid = \"a\0b\"\n", says=":2: has a NUL character"),
    Bad("binary file", raw=bytes(range(1, 256)), says="is not UTF-8 text"),
    Bad("over 5 MB", raw=b"#" * 5_000_001, says="may have at most 5 MB"),
    Bad("no table at all", raw=b"# nothing here\n", says="the table [scenario] is missing"),
    # ------------------------------------------------------------ grammar of TOML
    Bad("no value", CLARITY, "clarity =", "not valid TOML at column 10: Invalid value", "clarity ="),
    Bad("open quote", 'id = "ghana"', 'id = "ghana', "not valid TOML", 'id = "ghana'),
    Bad("open map", '.A1B*\n"""', ".A1B*\n", "not valid TOML", raw=None),
    Bad("key twice", CLARITY, f"{CLARITY}\nclarity = 0.7", "the same key is given twice", "clarity = 0.7"),
    Bad("table twice", "[mission.deployment]", "[mission]\n[mission.deployment]", "not valid TOML", "[mission]\n[mission.d"),
    Bad("decimal comma", CLARITY, "clarity = 0,6", "not valid TOML", "clarity = 0,6"),
    Bad("date that is no day", "start = 2000-02-01", "start = 2000-02-31", "not valid TOML", "start = 2000-02-31"),
    Bad("number beyond Python", "pledged = 800", f"pledged = {'9' * 5000}", "not valid TOML"),
    Bad("thousands of brackets", CLARITY, NESTED, "nested at most 20 deep"),
    Bad("tables too deep", CLARITY, "x." * 30 + "y = 1", "nested at most 20 deep"),
    Bad("endless key", CLARITY, "x." * 3000 + "y = 1", "a key may have at most 100 parts", "x.x."),
    # ------------------------------------------------------------ keys
    Bad("misspelt key", CLARITY, "clarty = 0.6", "mission.mandate: unknown key 'clarty'; did you mean 'clarity'?", "clarty"),
    Bad("misspelt table", "[[donors]]", "[[doners]]", "unknown key 'doners'; did you mean 'donors'?", "[[doners]]"),
    Bad("wrong capitals", CLARITY, "Clarity = 0.6", "unknown key 'Clarity'; did you mean 'clarity'?", "Clarity"),
    Bad("Python name of a key", "[scenario]", "[about]", "unknown key 'about'", "[about]"),
    Bad("missing key", 'title = "A valley"\n', "", "scenario: the key 'title' is missing; expected text", "[scenario]"),
    Bad("missing in a list", "pledged = 800\n", "", "contributors.ghana: the key 'pledged' is missing", "[[contributors]]"),
    Bad("missing map", '[map]\ncell_km = 10.0\nrows = """\n.AAB*\n.A1B*\n"""\n', "", "the table [map] is missing"),
    Bad("single brackets", "[[ngos]]", "[ngos]", "ngos: expected a list, found a table; write [[ngos]]", "[ngos]"),
    Bad("double brackets", "[peace]", "[[peace]]", "peace: expected a table, found a list; write [peace]", "[[peace]]"),
    Bad("unknown parameter", "[[events]]", "[parameters.clashs]\nx = 1\n[[events]]", "parameters: unknown key 'clashs'; did you mean", "[parameters.clashs]"),
    # ------------------------------------------------------------ types
    Bad("text for a number", CLARITY, 'clarity = "0.6"', "mission.mandate.clarity: expected a number, found '0.6'; write it without quotes", 'clarity = "'),
    Bad("escape sequence", 'title = "A valley"', 'title = "A \\u001b[31mvalley"', "scenario.title: has a control character", "title ="),
    Bad("commas in quotes", "pledged = 800", 'pledged = "1,800"', "contributors.ghana.pledged: expected a whole number (persons), found '1,800'; write it without commas", "pledged ="),
    Bad("key of a part", CLARITY, CLARITY + '\ndoctrine = "hotspot"\n', "mission.mandate: unknown key 'doctrine'; expected one of"),
    Bad("key one table too high", "[mission.mandate]", 'clarity = 0.5\n[mission.mandate]', "mission: unknown key 'clarity'; it belongs under [mission.mandate]", "clarity = 0.5"),
    Bad("list for a table", 'where = { A = 1.0 }', 'where = ["A"]', "where: expected a table, found a list; write where = { name = value, ... }", 'where = ["A"]'),
    Bad("comma in quotes", CLARITY, 'clarity = "0,6"', "mission.mandate.clarity: expected a number, found '0,6'; write it with a point", 'clarity = "'),
    Bad("true for a number", CLARITY, "clarity = true", "mission.mandate.clarity: expected a number, found true", "clarity = true"),
    Bad("true for a whole number", "pledged = 800", "pledged = true", "contributors.ghana.pledged: expected a whole number (persons), found true", "pledged = true"),
    Bad("half a person", "pledged = 800", "pledged = 800.5", "contributors.ghana.pledged: expected a whole number (persons), found 800.5", "pledged = 800.5"),
    Bad("number for text", 'name = "Ford"', "name = 7", "places.1.name: expected text in quotes, found 7", "name = 7"),
    Bad("word for a switch", "capital = true", 'capital = "yes"', "places.1.capital: expected true or false, found 'yes'", "capital ="),
    Bad("date in quotes", "start = 2000-02-01", 'start = "2000-02-01"', "mission.start: expected a date such as 2003-10-01, without quotes", 'start = "2000-02-01"'),
    Bad("date with a time", "start = 2000-02-01", "start = 2000-02-01T10:00:00", "mission.start: expected a date", "start = 2000-02-01T"),
    Bad("number for a table", "[scenario]", "mission = 3\n[scenario]", "not valid TOML", "[mission]"),
    Bad("number for a group", '[[ngos]]\nid = "relief"\nname = "Relief agencies"\nbudget_usd_per_year = 2e6\n', "[parameters]\nclashes = 3\n", "parameters.clashes: expected a table, found 3", "clashes = 3"),
    Bad("table is a number", "ties = { plain = -0.2 }", "ties = 3", "identity_groups.hill.ties: expected a table, found 3", "ties = 3"),
    Bad("text for a list", 'enemies = ["front"]', 'enemies = "front"', "armed_groups.army.enemies: expected a list, found 'front'", "enemies ="),
    Bad("number in a list of names", 'enemies = ["front"]', "enemies = [3]", "armed_groups.army.enemies[0]: expected text in quotes, found 3", "enemies ="),
    # ------------------------------------------------------------ ranges
    Bad("share above one", CLARITY, "clarity = 1.4", "mission.mandate.clarity: must be between 0 and 1 (share), found 1.4", "clarity = 1.4"),
    Bad("negative share", CLARITY, "clarity = -0.1", "mission.mandate.clarity: must be between 0 and 1 (share), found -0.1", "clarity = -"),
    Bad("not a number", CLARITY, "clarity = nan", "mission.mandate.clarity: must be a finite number, found nan", "clarity = nan"),
    Bad("infinite", "budget_usd_per_year = 2e6", "budget_usd_per_year = inf", "ngos.relief.budget_usd_per_year: must be a finite number, found inf", "= inf"),
    Bad("negative people", "population = 60000", "population = -1", "regions.A.population: must be between 0 and 2,000,000,000 (persons), found -1", "population = -1"),
    Bad("no weeks", "weeks = 104", "weeks = 0", "scenario.weeks: must be between 1 and 10,000 (weeks), found 0", "weeks = 0"),
    Bad("cell of no size", "cell_km = 10.0", "cell_km = 0", "map.cell_km: must be between 1 and 100 (km), found 0", "cell_km = 0"),
    Bad("start in the year one", "start = 2000-01-03", "start = 0001-01-01", "scenario.start: must lie in the years 1800 to 2200, found 0001-01-01", "start = 0001"),
    Bad("not-a-number weight", "ddr = 0.5", "ddr = nan", "mission.mandate.tasks.ddr: must be a number from 0 upwards, found nan", "ddr = nan"),
    Bad("negative weight", "ddr = 0.5", "ddr = -2", "mission.mandate.tasks.ddr: must be a number from 0 upwards, found -2", "ddr = -2"),
    Bad("tie beyond hostile", "plain = -0.2", "plain = -1.2", "identity_groups.hill.ties.plain: must be between -1 and 1, found -1.2", "plain = -1.2"),
    # ------------------------------------------------------------ words
    Bad("misspelt task", "protection_of_civilians = 1.0", "protecton_of_civilians = 1.0", "mission.mandate.tasks: 'protecton_of_civilians' is not a task; did you mean 'protection_of_civilians'?", "protecton"),
    Bad("unknown doctrine", 'doctrine = "hotspot"', 'doctrine = "hotspots"', "mission.deployment.doctrine: 'hotspots' is not a doctrine; did you mean 'hotspot'?", "doctrine ="),
    Bad("unknown kind of group", 'kind = "rebel"', 'kind = "pirates"', "armed_groups.front.kind: 'pirates' is not a kind; expected one of gang, militia, rebel", 'kind = "pirates"'),
    Bad("scheduled massacre", 'kind = "disaster"', 'kind = "massacre"', "events[0].kind: 'massacre' can't be scheduled: violence and relapse are outcomes of the model", 'kind = "massacre"'),
    Bad("scheduled relapse", 'kind = "disaster"', 'kind = "relapse"', "'relapse' can't be scheduled", 'kind = "relapse"'),
    Bad("scheduled violations", 'kind = "disaster"', 'kind = "violations"', "'violations' can't be scheduled", 'kind = "violations"'),
    Bad("scheduled flight of people", 'kind = "disaster"', 'kind = "displacement"', "'displacement' can't be scheduled", 'kind = "displacement"'),
    Bad("scheduled desertions", 'kind = "disaster"', 'kind = "desertions"', "'desertions' can't be scheduled", 'kind = "desertions"'),
    Bad("scheduled attacks on the mission", 'kind = "disaster"', 'kind = "attacks"', "'attacks' can't be scheduled", 'kind = "attacks"'),
    Bad("scheduled clashes in capitals", 'kind = "disaster"', 'kind = "CLASHES"', "'CLASHES' can't be scheduled", 'kind = "CLASHES"'),
    Bad("election among the events", 'kind = "disaster"', 'kind = "election"', "events[0].kind: 'election' is not an event from outside; put it under [[peace.elections]]", 'kind = "election"'),
    Bad("ceasefire among the events", 'kind = "disaster"', 'kind = "ceasefire"', "put it under [[peace.agreements]]", 'kind = "ceasefire"'),
    Bad("withdrawal among the events", 'kind = "disaster"', 'kind = "withdrawal"', "put it under mission.end", 'kind = "withdrawal"'),
    Bad("table of massacres", "[[events]]", "[[massacres]]", "'massacres' can't be scheduled: violence and relapse are outcomes of the model", "[[massacres]]"),
    Bad("war on a date", "[peace]", "[peace]\nwar = 2000-05-01", "peace: 'war' can't be scheduled", "war = 2000"),
    Bad("relapse on a date", "[peace]", "[peace]\nrelapse = 2001-05-01", "peace: 'relapse' can't be scheduled", "relapse = 2001"),
    Bad("election with its result", "[[peace.elections]]", "[[peace.elections]]\nquality = 0.9", "peace.elections[0]: unknown key 'quality'", "quality = 0.9"),
    Bad("agreement that must hold", "[[peace.agreements]]", "[[peace.agreements]]\nholds = true", "peace.agreements[0]: unknown key 'holds'", "holds = true"),
    Bad("massacre that calls itself a disaster", 'name = "Flood"', 'name = "Massacres at the Ford"', "events[0].name: a disaster is no massacre: violence can't be scheduled", 'name = "Massacres'),
    Bad("disaster with killers", 'kind = "disaster"', 'kind = "disaster"\nkillers = ["front"]', "events[0]: unknown key 'killers'", "killers ="),
    Bad("switch that is not there", "[scenario]", 'switched_off = ["cuation"]\n[scenario]', "switched_off[0]: 'cuation' is not a process or mechanism that can be switched off; did you mean 'caution'?", "switched_off"),
    Bad("bookkeeping switched off", "[scenario]", 'switched_off = ["observation"]\n[scenario]', "'observation' is not a process or mechanism that can be switched off", "switched_off"),
    Bad("survey of one place", "[scenario]", "evaluation.clusters = 1\n[scenario]", "evaluation.clusters: must be between 2 and 10,000", "evaluation.clusters"),
    Bad("misspelt kind of event", 'kind = "disaster"', 'kind = "disasters"', "'disasters' is not a kind; did you mean 'disaster'?", "disasters"),
    Bad("id with a space", 'id = "ghana"', 'id = "Ghana Bn"', "contributors[0].id: must be 1 to 40 lower-case letters", "Ghana Bn"),
    Bad("empty title", 'title = "A valley"', 'title = ""', "scenario.title: must have at least 1 character, found ''", "title ="),
    # ------------------------------------------------------------ the map
    Bad("blank map", ".AAB*\n.A1B*\n", "\n\n", "map.rows: the map is empty", "rows ="),
    Bad("all water", ".AAB*\n.A1B*\n", "...\n..*\n", "map.rows: the map has no land", "rows ="),
    Bad("ragged map", ".A1B*", ".A1B", "map.rows: row 2 has 4 characters where row 1 has 5", "rows ="),
    Bad("undefined region", ".AAB*", ".AAC*", "map.rows: row 1 draws 'C', but there is no [regions.C]", "rows ="),
    Bad("undefined place", ".AAB*", ".AAb*", "map.rows: row 1 draws 'b', but there is no [places.b]", "rows ="),
    Bad("strange character", ".AAB*", ".A#B*", "map.rows: row 1 has the character '#'", "rows ="),
    Bad("place not drawn", ".A1B*", ".AAB*", "places.1: is not drawn", "[places.1]"),
    Bad("place drawn twice", ".AAB*", ".1AB*", "places.1: is drawn 2 times", "[places.1]"),
    Bad("region not drawn", "[places.1]", '[regions.Z]\nname = "Z"\npopulation = 1\nidentity = { hill = 1 }\n[places.1]', "regions.Z: is not drawn", "[regions.Z]"),
    Bad("lower-case region", "[places.1]", '[regions.z]\nname = "Z"\npopulation = 1\nidentity = { hill = 1 }\n[places.1]', "regions.z: a region is drawn with one upper-case letter", "[regions.z]"),
    Bad("long region letter", "[regions.B]", "[regions.BB]", "regions: 'BB' is not a single letter", "[regions.BB]"),
    Bad("huge map", ".AAB*\n.A1B*\n", ("A" * 500 + "\n") * 501 + "1B" + "A" * 498 + "\n", "map.rows: the map may have at most 250,000 cells", "rows ="),
    Bad("place in no region", 'region = "A"', 'region = "Q"', "places.1.region: 'Q' is not a region", 'region = "Q"'),
    # ------------------------------------------------------------ shares and people
    Bad("identity short of one", "hill = 0.7, plain = 0.3", "hill = 0.7, plain = 0.2", "regions.A.identity: the shares must sum to 1, found 0.9 in all", "hill = 0.7"),
    Bad("no identity", "identity = { hill = 0.7, plain = 0.3 }", "identity = {}", "regions.A.identity: the shares must sum to 1, found an empty table", "identity = {}"),
    Bad("identity beyond one", "hill = 0.7, plain = 0.3", "hill = 1.7, plain = -0.7", "regions.A.identity.hill: must be between 0 and 1, found 1.7", "hill = 1.7"),
    Bad("identity not a number", "hill = 0.7, plain = 0.3", "hill = nan, plain = 0.3", "regions.A.identity.hill: must be between 0 and 1, found nan", "hill = nan"),
    Bad("unknown identity", "hill = 0.7, plain", "hil = 0.7, plain", "regions.A.identity: 'hil' is not an identity group; did you mean 'hill'?", "hil = 0.7"),
    Bad("fighters nowhere", "where = { A = 1.0 }", "where = {}", "armed_groups.front.where: the shares must sum to 1, found an empty table", "where = {}"),
    Bad("fighters in half", "where = { A = 1.0 }", "where = { A = 0.5 }", "armed_groups.front.where: the shares must sum to 1, found 0.5 in all", "where = { A = 0.5"),
    Bad("fighters off the map", "where = { A = 1.0 }", "where = { C = 1.0 }", "armed_groups.front.where: 'C' is not the letter of a region or place", "where = { C"),
    Bad("control above one", "control = { A = 0.6 }", "control = { B = 0.6 }", "armed_groups.front.control: the groups together may hold at most 1 of 'B', found 1.5", "control = { B = 0.6"),
    Bad("town larger than its region", "population = 10000", "population = 60001", "regions.A.population: its places have 60,001 people, more than the region itself, found 60,000", "population = 60000"),
    Bad("more fighters than people", "fighters = 900", "fighters = 99900", "armed_groups: there are more fighters than people: 100,500 of 100,000"),
    Bad("assessed above one", "share = 0.9", 'share = 0.9\n[[donors]]\nid = "b"\nname = "B"\nshare = 0.2', "donors.b.share: the assessed shares of 'mission' may sum to at most 1, found 1.1", "share = 0.2"),
    Bad("no tasks", "protection_of_civilians = 1.0\nddr = 0.5\n", "", "mission.mandate.tasks: a mandate needs at least one task", "[mission.mandate.tasks]"),
    # ------------------------------------------------------------ names
    Bad("id twice", 'id = "plain"', 'id = "hill"', "identity_groups[1].id: another one has this id already, found 'hill'"),
    Bad("partner called as the mission", 'id = "bridge"', 'id = "mission"', "partners.mission.id: another one has this id already", 'id = "mission"'),
    Bad("unknown constituency", 'constituency = ["plain"]', 'constituency = ["plane"]', "armed_groups.army.constituency: 'plane' is not an identity group; did you mean 'plain'?", "constituency ="),
    Bad("unknown enemy", 'enemies = ["front"]', 'enemies = ["fronts"]', "armed_groups.army.enemies: 'fronts' is not an armed group; did you mean 'front'?", "enemies ="),
    Bad("own enemy", 'enemies = ["front"]', 'enemies = ["army"]', "armed_groups.army.enemies: a group is not its own enemy", "enemies ="),
    Bad("unknown tie", "ties = { plain = -0.2 }", "ties = { plains = -0.2 }", "identity_groups.hill.ties: 'plains' is not an identity group; did you mean 'plain'?", "ties ="),
    Bad("tie to itself", "ties = { plain = -0.2 }", "ties = { hill = 1 }", "identity_groups.hill.ties: a group has no tie to itself", "ties ="),
    Bad("unknown signatory", 'signatories = ["army", "front"]', 'signatories = ["army", "from"]', "peace.agreements[0].signatories: 'from' is not an armed group; did you mean 'front'?", "signatories ="),
    Bad("signs twice", 'signatories = ["army", "front"]', 'signatories = ["army", "army"]', "'army' is named 2 times", "signatories ="),
    Bad("nobody signs", 'signatories = ["army", "front"]', "signatories = []", "peace.agreements[0].signatories: must have at least 1 entry, found an empty list", "signatories ="),
    Bad("contributor to no mission", 'mission = "bridge"', 'mission = "bridges"', "contributors.nigeria.mission: 'bridges' is not a mission; did you mean 'bridge'?", "bridges"),
    Bad("donor to no mission", "share = 0.9", 'share = 0.9\nmission = "unmil"', "donors.members.mission: 'unmil' is not a mission", 'mission = "unmil"'),
    Bad("event about nobody", 'group = "front"', 'group = "frond"', "events[1].group: 'frond' is not an armed group; did you mean 'front'?", "frond"),
    Bad("leader of whom", '\ngroup = "front"', "", "events[1]: an event of kind 'leader_departure' needs the 'group' that it concerns"),
    Bad("cut of what donor", '"leader_departure"\nname = "The Front\'s leader dies"\ngroup = "front"', '"donor_cut"\nname = "Cut"', "events[1]: an event of kind 'donor_cut' needs the 'group' that it concerns"),
    Bad("event nowhere", 'where = ["B"]', 'where = ["D"]', "events[0].where: 'D' is not the letter of a region or place", "where = ["),
    Bad("two capitals", "[[identity_groups]]", '[places.2]\nname = "X"\nregion = "A"\ncapital = true\n[[identity_groups]]', "places.2.capital: Ford is the capital already"),
    # ------------------------------------------------------------ dates
    Bad("mission after the run", "start = 2000-02-01", "start = 2030-02-01", "mission.start: must be before the run ends, 2001-12-31, found 2030-02-01", "start = 2030"),
    Bad("mission ends before it starts", "end = 2001-12-01", "end = 1999-12-01", "mission.end: must be after its start, 2000-02-01, found 1999-12-01", "end = 1999"),
    Bad("strength out of order", "date = 2001-02-01", "date = 2000-01-01", "mission.mandate.authorised[1].date: must be after the row before it, 2000-02-01, found 2000-01-01", "date = 2000-01-01"),
    Bad("strength too late", "date = 2000-02-01", "date = 2000-04-01", "mission.mandate.authorised[0].date: the first row must be in force when the mission starts", "date = 2000-04-01"),
    Bad("event before the run", "date = 2000-09-01", "date = 1990-09-01", "events[0].date: must be within the run, from 2000-01-03 to before 2001-12-31, found 1990-09-01", "date = 1990"),
    Bad("election after the run", "date = 2001-06-01", "date = 2011-06-01", "peace.elections[0].date: must be before the run ends", "date = 2011"),
    Bad("agreement after the run", "date = 2000-03-01", "date = 2010-03-01", "peace.agreements[0].date: must be before the run ends", "date = 2010"),
    Bad("hand-over without a day", "end = 2000-06-01\n", "", "partners.bridge.rehat: needs an 'end' date", "rehat = true"),
    # ------------------------------------------------------------ extends
    Bad("extends nothing", "[scenario]", 'extends = "no_such_country"\n[scenario]', "extends: there is no scenario 'no_such_country'", "extends ="),
    Bad("extends a number", "[scenario]", "extends = 3\n[scenario]", "extends: expected the name of a scenario, found 3", "extends ="),
    Bad("extends itself", "[scenario]", 'extends = "bad.toml"\n[scenario]', "extends: scenarios extend each other in a circle: bad.toml -> bad.toml", "extends ="),
]
