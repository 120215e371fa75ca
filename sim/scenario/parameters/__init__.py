"""Every parameter of the model, one frozen class per process, declared once.

The classes stand in the themes of this package; :class:`Parameters` joins them under the names of the processes.
"""

from sim.scenario.inputs import Input
from sim.scenario.parameters.conflict import (
    BandMovement,
    Clashes,
    Control,
    GroupStrategy,
    Offensives,
    OneSidedViolence,
    Recruitment,
)
from sim.scenario.parameters.mission import (
    AttacksOnMission,
    Awareness,
    Benchmarks,
    Consent,
    ForceGeneration,
    Funding,
    LifeCycle,
    Mandate,
    Misconduct,
    Presence,
    Sanctions,
    Tasking,
)
from sim.scenario.parameters.politics import Ddr, Elections, PeaceProcess, Reintegration
from sim.scenario.parameters.society import (
    Births,
    CommunalViolence,
    Crime,
    Displacement,
    Engagement,
    Feelings,
    Ground,
    HumanRights,
    Institutions,
    Relief,
    SecurityReform,
    Shocks,
)


class Parameters(Input):
    """``[parameters.*]``: what differs from the defaults."""

    ground: Ground = Ground()
    shocks: Shocks = Shocks()
    births: Births = Births()
    funding: Funding = Funding()
    force_generation: ForceGeneration = ForceGeneration()
    awareness: Awareness = Awareness()
    tasking: Tasking = Tasking()
    presence: Presence = Presence()
    group_strategy: GroupStrategy = GroupStrategy()
    band_movement: BandMovement = BandMovement()
    clashes: Clashes = Clashes()
    offensives: Offensives = Offensives()
    one_sided_violence: OneSidedViolence = OneSidedViolence()
    attacks_on_mission: AttacksOnMission = AttacksOnMission()
    crime: Crime = Crime()
    communal_violence: CommunalViolence = CommunalViolence()
    control: Control = Control()
    displacement: Displacement = Displacement()
    recruitment: Recruitment = Recruitment()
    ddr: Ddr = Ddr()
    reintegration: Reintegration = Reintegration()
    relief: Relief = Relief()
    institutions: Institutions = Institutions()
    security_reform: SecurityReform = SecurityReform()
    engagement: Engagement = Engagement()
    human_rights: HumanRights = HumanRights()
    feelings: Feelings = Feelings()
    misconduct: Misconduct = Misconduct()
    peace_process: PeaceProcess = PeaceProcess()
    elections: Elections = Elections()
    sanctions: Sanctions = Sanctions()
    consent: Consent = Consent()
    benchmarks: Benchmarks = Benchmarks()
    mandate: Mandate = Mandate()
    life_cycle: LifeCycle = LifeCycle()
