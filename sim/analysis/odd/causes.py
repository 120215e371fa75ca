"""What moves what in the model: links between named quantities, process by process.

A list by hand, because which of a process's many inputs matter to which of its outputs is a matter of meaning. It
cannot drift far: a test holds that the named process reads or works out the source and declares that it writes the
target. Diagrams and tables are drawn from it, and a dashboard can be.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sim.analysis.odd.quantities import QUANTITIES
from sim.analysis.odd.touches import touches, writes
from sim.core.process import Process

SIGNS = {"+": 1, "-": -1, "?": 0}


class Link(NamedTuple):
    """One quantity moves another.

    ``sign`` is 1 where more of the source means more of the target, -1 where it means less, 0 where it depends.
    ``process`` carries the link; ``why`` says how, in few words; ``main`` links are drawn in the overview.
    """

    source: str
    target: str
    sign: int
    process: str
    why: str
    main: bool


def _links(process: str, *rows: str) -> tuple[Link, ...]:
    """Read rows such as ``fear -> displaced + who fears flees``; a doubled sign marks a main link."""
    links = []
    for row in rows:
        source, _, target, sign, why = row.split(" ", 4)
        links.append(Link(source, target, SIGNS[sign[0]], process, why, len(sign) == 2))
    return tuple(links)


# fmt: off
LINKS: tuple[Link, ...] = (
    *_links("shocks",
        "events -> livelihood - economic crises, disasters",
        "events -> fear + disasters, epidemics",
        "events -> fighters + interventions, wars that spill over",
        "events -> support ? a backer comes or goes",
        "events -> donor_will -- cuts at home",
        "events -> contributor_will - cuts at home",
        "events -> consent - the host turns against the mission",
        "events -> commitment ? leaders depart, coups",
        "events -> legitimacy - coups"),
    *_links("funding",
        "donor_will -> money ++ dues are paid, pledges kept",
        "strength -> money - people cost money",
        "money -> arrears -- what is there pays what is owed",
        "peacekeepers_killed -> donor_will -- each of the year's dead",
        "scandal -> donor_will - acts that became known",
        "benchmarks -> donor_will ++ progress since the last report"),
    *_links("force_generation",
        "mandate -> strength ++ room below the ceiling",
        "money -> strength ++ units land when operations can be paid",
        "contributor_will -> strength ++ lead times, staying",
        "consent -> strength + the host lets units in",
        "arrears -> contributor_will -- overdue reimbursement",
        "peacekeepers_killed -> contributor_will -- against its tolerance"),
    *_links("awareness",
        "civilians_killed -> picture + incidents that become known",
        "battle_deaths -> picture + incidents that become known",
        "presence -> picture ++ own eyes",
        "trust_mission -> picture ++ people tell what they know",
        "bands -> picture + what early warning looks at"),
    *_links("tasking",
        "picture -> places ?? to hot spots, by doctrine",
        "control -> places ? to the line between enemies, by doctrine"),
    *_links("presence",
        "strength -> presence ++ headcount at work",
        "places -> presence ?? patrols fall off with distance",
        "money -> presence + tempo that can be paid",
        "contributor_will -> presence + units act",
        "caution -> presence -- units stay in their base",
        "presence -> protection ++ armed strength for the load of a cell",
        "mandate -> protection ++ rules of engagement and effort",
        "consent -> protection ++ against state forces",
        "presence -> interposition ++ troops between the sides",
        "mandate -> interposition + rules of engagement and effort",
        "presence -> monitoring ++ observers and rights staff"),
    *_links("group_strategy",
        "fighters -> boldness + the edge over foes at war",
        "support -> boldness + backing for an offensive",
        "weariness -> boldness - the weary talk",
        "commitment -> boldness -- signatories comply, the committed talk",
        "presence -> boldness ? targets with peacekeepers in the way",
        "interposition -> boldness - fighters kept from battle",
        "control -> boldness ? what the enemy holds draws an offensive"),
    *_links("band_movement",
        "boldness -> bands ?? bands march to their targets",
        "fighters -> bands ++ fighters felt around a band"),
    *_links("clashes",
        "bands -> battle_deaths ++ enemies near each other",
        "boldness -> battle_deaths ++ mean posture of the two",
        "interposition -> battle_deaths -- peacekeepers in between",
        "agreements -> battle_deaths -- a truce between the two",
        "commitment -> battle_deaths - restraint under a truce",
        "battle_deaths -> fighters -- the dead",
        "battle_deaths -> civilians_killed + crossfire",
        "agreements -> violations ++ only a truce can be violated",
        "monitoring -> violations - attribution halves resentment"),
    *_links("one_sided_violence",
        "fighters -> civilians_killed ++ by size of band",
        "abusiveness -> civilians_killed ++ by group",
        "control -> civilians_killed ?? worst where contested",
        "battle_deaths -> civilians_killed + retaliation",
        "support -> civilians_killed - who is backed loots less",
        "protection -> civilians_killed -- deterrence",
        "monitoring -> civilians_killed -- being seen",
        "civilians_killed -> state_killings + those by state forces"),
    *_links("attacks_on_mission",
        "bands -> peacekeepers_killed ++ hostile fighters near by",
        "commitment -> peacekeepers_killed - hostility",
        "impartiality -> peacekeepers_killed - a third party is less of an enemy",
        "mandate -> peacekeepers_killed + offensive operations, less by force protection",
        "presence -> peacekeepers_killed - isolation",
        "trust_mission -> peacekeepers_killed -- people warn or do not",
        "peacekeepers_killed -> caution ++ after attacks"),
    *_links("control",
        "bands -> control ?? strength on the ground",
        "institutions -> control ? police hold, administration fills what nobody rules",
        "trust_state -> control ?? the state holds what nobody contests"),
    *_links("displacement",
        "fear -> displaced ++ flight; return when it is gone",
        "livelihood -> displaced - ties to the place",
        "cohesion -> displaced - ties to the place"),
    *_links("recruitment",
        "control -> fighters + people under its sway",
        "grievance -> fighters ++ recruits",
        "livelihood -> fighters -- who earns well stays out",
        "commitment -> fighters - who complies recruits nobody",
        "weariness -> fighters - desertion"),
    *_links("ddr",
        "agreements -> disarmed ++ none without an agreement",
        "commitment -> disarmed + of the signatory",
        "presence -> disarmed + guarantee, and staff at the sites",
        "mandate -> disarmed + effort on the programme",
        "money -> disarmed ++ every place must be paid for",
        "disarmed -> fighters -- out of their bands"),
    *_links("relief",
        "displaced -> need ++ those who lost their homes",
        "fear -> need + no work, no access",
        "livelihood -> need - what people earn themselves",
        "presence -> need -- escorts open access",
        "bands -> need + looting"),
    *_links("institutions",
        "presence -> institutions ++ officers who train, civilians who build",
        "mandate -> institutions + effort on police, law, state authority",
        "trust_state -> institutions + people come",
        "fear -> institutions -- decay, and no growth",
        "control -> institutions ? none where an armed group rules"),
    *_links("security_reform",
        "presence -> abusiveness - trainers among the state's forces",
        "mandate -> abusiveness - effort on reform"),
    *_links("engagement",
        "presence -> trust_mission ++ liaison, and being seen",
        "civilians_killed -> trust_mission -- deaths under its eyes",
        "mandate -> trust_mission ? offensive operations cost it",
        "presence -> fear - officers on patrol with working police",
        "presence -> cohesion + dialogue",
        "cohesion -> grievance -- healing where groups get on",
        "money -> livelihood + projects",
        "money -> institutions + projects"),
    *_links("human_rights",
        "civilians_killed -> abusiveness - documented deaths make backers rein in",
        "support -> abusiveness - only who needs backers hears them"),
    *_links("feelings",
        "civilians_killed -> fear ++ here and next door",
        "protection -> fear - comfort",
        "trust_mission -> fear - protection that is trusted",
        "civilians_killed -> grievance ++ own dead",
        "inclusion -> grievance -- part in power",
        "fear -> cohesion -- falls with fear",
        "institutions -> livelihood ++ working state",
        "fear -> livelihood -- spoilt by fear",
        "institutions -> trust_state ++ services that work",
        "legitimacy -> trust_state ++ of the government"),
    *_links("misconduct",
        "strength -> scandal ++ acts per thousand people",
        "scandal -> trust_mission -- where it happened"),
    *_links("peace_process",
        "battle_deaths -> weariness ++ own losses",
        "weariness -> commitment ++ hurting stalemate",
        "presence -> commitment ++ guarantee",
        "institutions -> commitment ++ local guarantee",
        "mediation -> commitment ++ political staff",
        "agreements -> commitment + having signed",
        "inclusion -> commitment ++ the share that was promised",
        "control -> commitment - lootable ground that is held",
        "support -> commitment -- backing for war",
        "violations -> commitment -- wrongs by fellow signatories",
        "presence -> mediation ++ staff at work, leverage",
        "mandate -> mediation + effort on politics",
        "consent -> mediation + of the host",
        "impartiality -> mediation ++ heard by both sides",
        "commitment -> agreements ++ parties sign; the others walk out",
        "mediation -> agreements + talks bear fruit",
        "commitment -> implementation ++ will of the parties",
        "mediation -> implementation + good offices",
        "implementation -> inclusion ++ power is shared as agreed"),
    *_links("elections",
        "fear -> legitimacy - an insecure vote",
        "institutions -> legitimacy + a vote that is well run",
        "inclusion -> legitimacy ++ a vote in which all have a part",
        "legitimacy -> commitment + a disputed vote turns parties from peace"),
    *_links("sanctions",
        "mandate -> support -- an embargo",
        "presence -> support - borders that are watched"),
    *_links("consent",
        "commitment -> consent ++ of the state",
        "state_killings -> consent - where the mandate reports on rights",
        "consent -> mandate + the host asks the mission to leave",
        "mandate -> impartiality -- offensive operations"),
    *_links("benchmarks",
        "picture -> benchmarks -- believed threat",
        "disarmed -> benchmarks + registered fighters",
        "implementation -> benchmarks + politics",
        "institutions -> benchmarks + where it sees them",
        "displaced -> benchmarks - return"),
    *_links("mandate",
        "benchmarks -> mandate -- flexible ones are reinforced or cut",
        "donor_will -> mandate ? unity: agreed changes, clear text"),
    *_links("life_cycle",
        "benchmarks -> mandate ? cuts wait until they are met, and so may the exit"),
    *_links("communal_violence",
        "grievance -> crime ++ strain between groups who share a place",
        "cohesion -> crime -- strain between groups who share a place",
        "fear -> crime + a spark",
        "livelihood -> crime - want",
        "weapons -> crime + deadlier riots",
        "institutions -> crime -- working police",
        "presence -> crime - police of missions",
        "crime -> cohesion - the dead of a riot"),
    *_links("crime",
        "adrift -> crime + former fighters without help",
        "control -> crime + gangs",
        "institutions -> weapons - police seize them",
        "livelihood -> adrift - they find a living"),
    *_links("reintegration",
        "money -> reintegrated ++ every place must be paid for",
        "mandate -> reintegrated + effort on the programme",
        "disarmed -> reintegrated ++ those who wait for a place",
        "disarmed -> adrift + those who give up waiting",
        "commitment -> fighters - the uncommitted go back to arms"),
)
# fmt: on


def broken(schedule: tuple[Process, ...]) -> Iterator[str]:
    """Say which links the processes do not bear out.

    A process carries a link if it reads the source, or works it out itself, and declares that it writes the target.
    """
    steps = {step.name: step for step in schedule}
    for link in LINKS:
        words = f"{link.source} -> {link.target}"
        if link.process not in steps:
            yield f"{words}: there is no process {link.process!r}"
            continue
        step = steps[link.process]
        sources, targets = QUANTITIES[link.source].columns, QUANTITIES[link.target].columns
        if not any(column in touches(step).reads or writes(step, column) for column in sources):
            yield f"{words}: {link.process} reads none of {', '.join(sources)}"
        if not any(writes(step, column) for column in targets):
            yield f"{words}: {link.process} writes none of {', '.join(targets)}"
