"""Communities and units of the ordinary Mesa model, as objects."""

import math

from mesa.discrete_space import CellAgent, FixedAgent

from sim.world.kinds import Component, GroupKind, Task


class Community(FixedAgent):
    """The people of a cell."""

    def __init__(self, model, number, world):
        super().__init__(model)
        self.number = number
        self.spot = (int(world.geography.row[number]), int(world.geography.column[number]))
        self.cell = model.grid[self.spot]
        for name in ("terrain", "roads", "resources", "entry_km"):
            setattr(self, name, float(getattr(world.geography, name)[number]))
        self.border = bool(world.geography.border[number])
        for name in ("residents", "hosted", "empty_homes", "grievance", "control"):
            setattr(self, name, getattr(world.communities, name)[..., number].tolist())
        for name in ("trust_mission", "trust_state", "fear", "cohesion", "livelihood", "police", "services"):
            setattr(self, name, float(getattr(world.communities, name)[number]))
        self.capital = number == world.geography.capital[0]
        self.armed, self.coming = [0.0] * len(self.control), [0] * len(self.residents)
        self.memory = self.killed = self.battle_deaths = self.contested = self.refuge = 0.0
        self.people = float(sum(self.residents) + sum(self.hosted))
        self.forget_presence()
        self.protection = self.interposition = self.monitoring = self.covered = self.officers = 0.0

    def grow(self):
        if self.number % 26 == self.model.week % 26:
            rate = self.model.p.births.growth_per_year / 2.0
            for column in (self.residents, self.hosted):
                for g, n in enumerate(column):
                    column[g] += self.model.rounded(n * rate)
        self.people = float(sum(self.residents) + sum(self.hosted))
        self.battle_deaths = self.killed = 0.0

    def wish(self, component):
        p = self.model.p.tasking
        value = self.people
        if component == Component.OBSERVERS:
            value *= p.calm_weight + self.contested
        elif component not in (Component.CIVILIANS, Component.POLICE):
            value = math.sqrt(self.people / (1000.0 * self.model.area) + p.people_floor) * p.calm_weight
        return value / (1.0 + self.entry_km / p.supply_km * (1.0 - self.roads))

    def forget_presence(self):
        self.felt = [0.0] * len(Component)

    def weigh_presence(self):
        p, force, effort = self.model.p.presence, self.model.mission["force"], self.model.effort
        shield, watch = force * effort[Task.PROTECTION_OF_CIVILIANS], effort[Task.CEASEFIRE_MONITORING]
        between = force * min(1.0, p.interposing * watch + effort[Task.OFFENSIVE_OPERATIONS] + shield)
        felt = self.felt
        troops = felt[Component.MILITARY] + p.enabler_arms * felt[Component.ENABLERS]
        formed, officers = felt[Component.FORMED_POLICE], felt[Component.POLICE]
        load = self.model.area * p.troops_per_1000_km2 + self.people / 1000.0 * p.troops_per_1000_people
        strength = troops + formed + officers
        guard = shield * (troops + formed + p.police_shield * officers)
        seen = watch * (felt[Component.OBSERVERS] + p.troops_watch * troops)
        seen += effort[Task.HUMAN_RIGHTS] * felt[Component.CIVILIANS]
        self.covered = strength / (strength + load)
        self.protection = guard / (guard + load)
        self.officers = formed + officers
        self.interposition = between * troops / (between * troops + load)
        self.monitoring = seen / (seen + load * p.monitors_per_troop)

    def forget_bands(self):
        self.armed = [0.0] * len(self.armed)

    def look_round(self):
        groups = self.model.groups
        states = [a for a, group in enumerate(groups) if group.kind == GroupKind.STATE]
        rule = [sum(there.control[a] for a in states) for there in (self, *self.neighbours)]
        self.round_about = sum(rule) / len(rule)

    def shift_control(self):
        p, total, groups = self.model.p.control, sum(self.armed), self.model.groups
        states = [group.kind == GroupKind.STATE for group in groups]
        rivals = sum(share for share, state in zip(self.control, states, strict=True) if not state)
        trust, empty = 0.5 + 0.5 * self.trust_state, p.empty * self.model.area
        officers = p.officers_per_1000 / 1000.0 * self.people * self.police * trust * max(0.0, 1.0 - rivals)
        held = total / (total + empty)
        policed = (1.0 - held) * officers / (officers + empty) if any(states) else 0.0
        works = 0.5 * (self.police + self.services) * trust
        for a, (felt, state) in enumerate(zip(self.armed, states, strict=True)):
            follow = p.control_rate * held * (felt / total - self.control[a]) if total > 0.0 else 0.0
            follow += p.control_rate * policed * ((1.0 / sum(states) if state else 0.0) - self.control[a])
            fade = p.fade_rate * (1.0 - held - policed) * (1.0 - works if state else 1.0) * self.control[a]
            self.control[a] += follow - fade
        gain = p.extend_rate * works * max(0.0, 1.0 - sum(self.control)) * self.round_about
        for a, state in enumerate(states):
            self.control[a] += gain / sum(states) if state else 0.0
        first, second = sorted(self.control, reverse=True)[:2]
        self.contested = 4.0 * first * second

    def weigh_refuge(self):
        calm = 1.0 - self.fear
        self.refuge = calm * calm * (self.people + self.model.p.displacement.open_land * 1000.0 * self.model.area)

    def flee(self):
        p = self.model.p.displacement
        if self.fear <= p.fear_to_flee:
            return
        places = [(there, there.refuge * flight) for there, _, _, flight in self.reach[1:]]
        for camp in self.model.camps:
            if camp is not self:
                near = 1.0 / (1.0 + self.model.distance_km(self, camp) / self.model.p.ground.flight_km)
                places.append((camp, p.camp_people * (1.0 - camp.fear) ** 2 * near))
        weights = [weight for _, weight in places]
        if not sum(weights) > 0.0:
            return
        excess = (self.fear - p.fear_to_flee) / (1.0 - p.fear_to_flee)
        ties = 1.0 - p.roots * 0.5 * (self.livelihood + self.cohesion)
        share = 1.0 - math.exp(-p.flight_rate * excess * excess * ties)
        for g in range(len(self.residents)):
            leaving = min(self.residents[g], self.model.rounded(self.residents[g] * share))
            moving = min(self.hosted[g], self.model.rounded(self.hosted[g] * share))
            self.residents[g] -= leaving
            self.hosted[g] -= moving
            self.empty_homes[g] += leaving
            self.model.counts["fled"] += leaving
            wanted = leaving + moving
            parties = [100] * (wanted // 100) + ([wanted % 100] if wanted % 100 else [])
            for people, (there, _) in zip(parties, self.random.choices(places, weights, k=len(parties)), strict=True):
                there.coming[g] += people  # nobody flees twice in a week

    def take_in(self):
        for g, people in enumerate(self.coming):
            self.hosted[g] += people
            self.coming[g] = 0

    def welcome(self):
        calm = max(0.0, 1.0 - self.fear / self.model.p.displacement.fear_to_flee)
        return calm * (0.5 + 0.5 * self.livelihood)

    def settle(self, g):
        people = self.hosted[g]
        if people > 0:
            share = 4 * self.model.p.displacement.settle_per_week * self.welcome()
            some = min(people, self.model.rounded(people * share))
            self.hosted[g] -= some
            self.residents[g] += some

    def forget(self):
        self.memory *= self.model.p.feelings.memory_keep

    def remember(self):
        p = self.model.p.feelings
        deaths = self.killed + p.battle_weight * self.battle_deaths
        if deaths > 0.0:
            crowd = p.fewest_per_km2 * 1000.0 * self.model.area
            crowd += sum(sway * there.people for there, _, sway, _ in self.reach)
            for there, _, sway, _ in self.reach:
                there.memory += 1000.0 * deaths * sway / crowd

    def feel(self):
        p, m = self.model.p.feelings, self.memory
        aim = m / (m + p.memory_half) * (1.0 - p.comfort * self.protection * self.trust_mission)
        self.fear += (p.fear_up if aim > self.fear else p.fear_down) * (aim - self.fear)
        for g, grievance in enumerate(self.grievance):
            base = p.exclusion_grievance * (1.0 - self.model.inclusion[g])
            pain = p.grievance_per_memory * self.memory * (1.0 - grievance)
            self.grievance[g] = min(1.0, max(0.0, grievance + pain - p.grievance_fades * (grievance - base)))
        self.cohesion += p.cohesion_rate * (1.0 - self.fear - self.cohesion)
        working = 0.5 * (self.services + self.police)
        aim = p.peace_livelihood * (0.5 + 0.5 * working) * (1.0 - self.fear)
        self.livelihood += p.livelihood_rate * (aim - self.livelihood)
        aim = 0.5 * self.model.legitimacy + 0.5 * self.services
        self.trust_state += p.trust_rate * (aim - self.trust_state)

    def lose(self, wanted, tilt):
        """Take people out, by group in proportion to their number and risk; return how many."""
        parts = [(column, g, column[g] * tilt[g]) for g in range(len(tilt)) for column in (self.residents, self.hosted)]
        total = sum(weight for _, _, weight in parts)
        running, taken, offset = 0.0, 0, self.random.random()
        for column, g, weight in parts if total > 0.0 else ():
            running += weight
            n = max(0, min(int(wanted * running / total + offset) - taken, column[g], wanted - taken))
            column[g] -= n
            taken += n
        return taken


class Unit(CellAgent):
    """A unit of peacekeepers."""

    def __init__(self, model, row, world):
        super().__init__(model)
        units, contributors = world.units, world.contributors
        self.row, self.contributor = row, int(units.contributor[row])
        self.component, self.headcount = Component(units.component[row]), int(units.headcount[row])
        self.here = model.communities[units.cell[row]]
        self.cell, self.arrived, self.moving = self.here.cell, 0, 0
        self.readiness, self.caution = float(units.readiness[row]), 0.0
        for name in ("quality", "proximity", "caveats", "interoperability"):
            setattr(self, name, float(getattr(contributors, name)[self.contributor]))
        self.knowledge = self.proximity

    def cover(self, covered, sign):
        for there, patrol, _, _ in self.here.reach:
            covered[there.number] += sign * self.headcount * patrol

    def choose_base(self, base, others, own, p, seen):
        self.cover(others, -1.0)
        self.cover(own, -1.0)
        value = [
            wish / (1.0 + (mine + seen * (theirs - mine)) / (p.crowding * self.model.area))
            for wish, mine, theirs in zip(base, own, others, strict=True)
        ]
        most = max(value)
        if self.arrived == self.model.week:
            self.knowledge = self.model.briefed(self.proximity)
        if self.arrived == self.model.week or most > p.move_gain * value[self.here.number]:
            best = self.model.communities[value.index(most)]
            if best is not self.here:
                steps = max(abs(best.spot[0] - self.here.spot[0]), abs(best.spot[1] - self.here.spot[1]))
                self.moving = 1 + int(self.model.cell_km * steps / p.road_km_per_week)
                self.knowledge = self.model.briefed(self.proximity)
                self.here, self.cell = best, best.cell
        self.cover(others, 1.0)
        self.cover(own, 1.0)

    def work(self):
        p, mission = self.model.p.presence, self.model.mission
        supply = 1.0 / (1.0 + p.supply_drag * self.here.entry_km / 100.0)
        self.readiness += p.readiness_return * (supply - self.readiness)
        self.knowledge += p.knowledge_return * (1.0 - self.knowledge)
        self.caution *= 1.0 - p.caution_fades
        self.effective = 0.0
        if self.moving > 0:
            self.moving -= 1
            return
        due = mission["clarity"] * (p.steady_leadership + (1.0 - p.steady_leadership) * mission["leadership"])
        drive = 1.0 if self.random.random() < due * (1.0 - self.caveats) else p.routine
        skill = self.quality * (1.0 + p.training_gain * (mission["training"] - 0.5))
        fit = 1.0 - p.misfit * (1.0 - self.interoperability)
        ground = 1.0 + p.knowledge_gain * (self.knowledge - 0.5)
        strength = self.headcount * drive * skill * self.readiness * fit * ground
        self.effective = strength
        out = strength * (1.0 - self.caution) * (1.0 - p.guard_share * self.model.effort[Task.FORCE_PROTECTION])
        self.here.felt[self.component] += strength - out
        for there, patrol, _, _ in self.here.reach:
            there.felt[self.component] += out * patrol
