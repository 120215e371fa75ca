"""The week, in order: the one place that says what happens when.

Each line is a process in a file of its own name under ``sim/processes``. To add one, write it there and put it in this
list; to leave one out of a run, name it in ``switched_off`` of a scenario.
"""

from sim.core.process import Process
from sim.processes.attacks_on_mission import attack_mission
from sim.processes.awareness import observe_incidents
from sim.processes.band_movement import march
from sim.processes.benchmarks import take_stock
from sim.processes.births import grow
from sim.processes.clashes import fight
from sim.processes.communal_violence import riot
from sim.processes.consent import consult
from sim.processes.control import shift_control
from sim.processes.crime import rob
from sim.processes.ddr import disarm
from sim.processes.displacement import move_people
from sim.processes.elections import vote
from sim.processes.engagement import engage
from sim.processes.feelings import feel
from sim.processes.force_generation import generate
from sim.processes.funding import pay
from sim.processes.group_strategy import plan
from sim.processes.head_count import count_heads
from sim.processes.human_rights import report
from sim.processes.institutions import build_institutions
from sim.processes.life_cycle import live
from sim.processes.mandate import review
from sim.processes.misconduct import misbehave
from sim.processes.observation import observe
from sim.processes.offensives import attack_groups
from sim.processes.one_sided_violence import kill_civilians
from sim.processes.peace_process import negotiate
from sim.processes.presence import spread
from sim.processes.recruitment import recruit
from sim.processes.reintegration import reintegrate
from sim.processes.relief import relieve
from sim.processes.sanctions import embargo
from sim.processes.security_reform import reform_forces
from sim.processes.shocks import strike
from sim.processes.tasking import assign

SCHEDULE: tuple[Process, ...] = (
    strike,              # shocks: what comes from outside on a date
    grow,                # births: net growth
    count_heads,         # head_count: who is where
    pay,                 # funding: donors pay, missions spend
    generate,            # force_generation: units come, rotate, leave
    observe_incidents,   # awareness: what headquarters believes
    assign,              # tasking: units are sent to cells
    spread,              # presence: patrols, protection, interposition
    plan,                # group_strategy: postures and targets, monthly
    march,               # band_movement: bands march, merge, split
    fight,               # clashes: hostile bands fight
    attack_groups,       # offensives: peacekeepers attack armed groups
    kill_civilians,      # one_sided_violence: civilians are killed
    riot,                # communal_violence: identity groups turn on each other
    rob,                 # crime: people are killed by crime, weapons seized
    attack_mission,      # attacks_on_mission: peacekeepers are attacked
    shift_control,       # control: who rules where
    move_people,         # displacement: flight and return
    recruit,             # recruitment: people join and leave armed groups
    disarm,              # ddr: fighters give up arms
    reintegrate,         # reintegration: former fighters find a place, or arms again
    relieve,             # relief: need and what reaches it
    build_institutions,  # institutions: police, courts, services
    reform_forces,       # security_reform: the state's own forces are trained
    engage,              # engagement: trust, policing, dialogue, projects
    report,              # human_rights: reports restrain those who kill
    feel,                # feelings: fear, grievance, livelihood
    misbehave,           # misconduct: abuse, known or not
    negotiate,           # peace_process: commitment, talks, signatures, collapse
    vote,                # elections: national votes and what they do
    embargo,             # sanctions: support from abroad is cut where borders are watched
    consult,             # consent: of the host, and impartiality in the eyes of the parties
    take_stock,          # benchmarks: what headquarters reports, quarterly
    review,              # mandate: decisions on dates, renewals
    live,                # life_cycle: opening, ceilings, hand-over, drawdown, closing
    observe,             # observation: the week is written down
)  # fmt: skip
