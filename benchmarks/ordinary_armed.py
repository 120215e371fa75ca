"""Armed groups and bands of the ordinary Mesa model, as objects."""

import math

import mesa
from mesa.discrete_space import CellAgent

from sim.world.kinds import GroupKind, Posture

BOLD = {
    Posture.OFFENSIVE: "",
    Posture.HOLD: "bold_hold",
    Posture.GUERRILLA: "bold_guerrilla",
    Posture.TALK: "bold_talk",
}


class Group(mesa.Agent):
    """An armed group."""

    def __init__(self, model, row, table):
        super().__init__(model)
        self.row, self.kind, self.posture = row, GroupKind(table.kind[row]), Posture.HOLD
        self.fighters = self.start = int(table.start_fighters[row])
        self.band_size = int(table.band_size[row])
        self.constituency, self.enemies = table.constituency[row].tolist(), table.enemies[row].tolist()
        for name in ("support", "abusiveness", "cohesion", "commitment", "weariness"):
            setattr(self, name, float(getattr(table, name)[row]))
        self.shells = 0.0 if self.kind in (GroupKind.GANG, GroupKind.MILITIA) else 1.0
        self.bands, self.appeal = [], []

    def count(self):
        self.fighters = sum(band.fighters for band in self.bands)

    def foes(self):
        return [g for g, hostile in zip(self.model.groups, self.enemies, strict=True) if hostile]

    def plan(self):
        if (self.model.week + self.row) % 4 != 0 or not self.fighters:
            return
        blocked = sum(band.fighters * band.here.interposition for band in self.bands)
        p = self.model.p.group_strategy
        self.choose_posture(p, p.deterrence_weight * blocked / self.fighters)
        self.appeal = [self.pull(here, p) for here in self.model.communities]
        for band in self.bands:
            band.choose_target(p)
            band.hidden = self.posture == Posture.GUERRILLA and band.readiness() < p.hide_below

    def choose_posture(self, p, deterrence):
        foes = sum(g.fighters for g in self.foes())
        quiet = sum(g.fighters for g in self.foes() if g.posture == Posture.TALK)
        if not foes:
            self.posture = Posture.HOLD
            return
        edge = (self.fighters - foes) / (self.fighters + foes)
        worth = {
            Posture.OFFENSIVE: p.edge_weight * edge + self.support - self.weariness - deterrence,
            Posture.HOLD: p.hold_worth,
            Posture.TALK: self.weariness
            + p.commitment_weight * self.commitment
            + p.others_weight * quiet / foes
            - p.edge_weight * abs(edge),
        }
        if self.kind != GroupKind.STATE:
            worth[Posture.GUERRILLA] = deterrence - p.edge_weight * edge
        weights = [math.exp(p.decisiveness * value) for value in worth.values()]
        self.posture = self.random.choices([*worth], weights)[0]

    def pull(self, here, p):
        foe = foe_hold = 0.0
        for hostile, felt, held in zip(self.enemies, here.armed, here.control, strict=True):
            foe += felt * hostile
            foe_hold += held * hostile
        garrison = foe / (foe + p.garrison_per_1000_km2 * self.model.area)
        prize = p.land_worth + math.sqrt(here.people / (1000.0 * self.model.area) / p.people_per_km2)
        prize += p.loot_pull * here.resources
        mine = here.armed[self.row]
        if self.posture == Posture.OFFENSIVE:
            odds = mine / (mine + foe) if mine else 0.0
            prize += p.capital_pull * here.capital
            attack = (p.open_ground * max(0.0, 1.0 - sum(here.control)) + foe_hold) * (p.rashness + odds)
            pull = prize * (attack + here.control[self.row] * garrison)
        elif self.posture == Posture.GUERRILLA:
            people = sum(here.residents) + sum(here.hosted)
            own = sum(
                n * c for group in (here.residents, here.hosted) for n, c in zip(group, self.constituency, strict=True)
            )
            shelter = 1.0 - p.shelter * (1.0 - (own / people if people else 0.0))
            pull = prize * (1.0 - p.battle_shy * garrison) * (1.0 - here.covered) * shelter
        else:
            pull = here.control[self.row] * prize * (p.rashness + garrison)
        return pull * (1.0 - p.shun_peacekeepers * here.interposition)

    def recruit(self):
        if (self.model.week + self.row) % 4 != 0:
            return
        p, most = self.model.p.recruitment, 2.0 * self.start + 1.0
        share = 4 * p.recruit_rate * (1.0 - self.commitment) ** 2 * (1.0 + p.pay_gain * self.support)
        ready = [self.ready_in(here, share, p) for here in self.model.communities]
        call = [
            sum(n) / here.armed[self.row] if n else 0.0 for n, here in zip(ready, self.model.communities, strict=True)
        ]
        part = max(0.0, most - self.fighters) / (most + sum(map(sum, ready)))
        running = self.random.random()
        for band in self.bands:
            strength = part * band.strength()
            for there, _, sway, _ in band.here.reach:
                before = int(running)
                running += strength * sway * call[there.number]
                if int(running) > before:
                    self.enlist(int(running) - before, band, there, ready[there.number])

    def ready_in(self, here, share, p):
        """Return how many of each identity group of a cell are ready to join."""
        if not here.armed[self.row]:
            return []
        drive = share * here.control[self.row] * (1.0 - p.livelihood_pull * here.livelihood)
        return [
            n * min(1.0, drive * mine * (1.0 + p.grievance_gain * grievance))
            for n, mine, grievance in zip(here.residents, self.constituency, here.grievance, strict=True)
        ]

    def enlist(self, n, band, there, ready):
        for g in self.random.choices(range(len(ready)), ready, k=n):
            if there.residents[g]:
                there.residents[g] -= 1
                band.fighters += 1
                self.fighters += 1
                self.model.counts["recruited"] += 1


class Band(CellAgent):
    """A mobile band."""

    def __init__(self, model, group, here, fighters):
        super().__init__(model)
        self.group, self.here, self.target, self.fighters = group, here, here, fighters
        self.cell, self.morale, self.losses, self.hidden = here.cell, 1.0, 0.0, False
        group.bands.append(self)

    def go(self, there):
        self.here, self.cell = there, there.cell

    def dissolve(self):
        self.group.bands.remove(self)
        self.remove()

    @property
    def gone(self):
        return self.cell is None

    def choose_target(self, p):
        candidates = [self.target, *self.random.choices(self.model.communities, k=p.candidates)]
        if self.group.posture == Posture.OFFENSIVE:
            candidates.append(self.model.capital)

        def value(there):
            km = self.model.distance_km(self.here, there)
            return self.group.appeal[there.number] / (1.0 + km / p.target_km)

        self.target = max(candidates, key=value)

    def readiness(self):
        """Return morale times local odds, less where peacekeepers stand between."""
        mine = self.here.armed[self.group.row]
        foe = sum(felt * hostile for felt, hostile in zip(self.here.armed, self.group.enemies, strict=True))
        odds = mine / (mine + foe) if foe else 1.0
        return self.morale * odds * (1.0 - self.here.interposition)

    def march(self):
        p = self.model.p.band_movement
        self.losses *= p.losses_keep
        self.morale += p.morale_return * (1.0 - self.morale)
        left = p.march_km_per_week
        while self.here is not self.target:
            best, least = self.here, self.squares(self.here)
            for there in self.here.neighbours:
                far = self.squares(there) + self.random.random()
                if far < least:
                    best, least = there, far
            if best is self.here:  # water in the way; the engine's bands would go round it
                return
            ease = 1.0 - p.terrain_drag * 0.5 * (self.here.terrain + best.terrain)
            km = self.model.distance_km(self.here, best)
            if left * ease < km:
                if self.random.random() < left * ease / km:
                    self.go(best)
                return
            left -= km / ease
            self.go(best)

    def squares(self, there):
        rows, columns = there.spot[0] - self.target.spot[0], there.spot[1] - self.target.spot[1]
        return rows * rows + columns * columns

    def meet(self):
        if self.gone:
            return
        p = self.model.p.band_movement
        loose = 1.0 + p.dispersal if self.group.posture == Posture.GUERRILLA else 1.0
        for other in self.cell.agents:
            if isinstance(other, Band) and other.unique_id > self.unique_id and other.group is self.group:
                total = self.fighters + other.fighters
                chance = p.merge_per_week / loose / (1.0 + total / (p.unwieldy * self.group.band_size))
                if self.random.random() < chance:
                    pooled = self.morale * self.fighters + other.morale * other.fighters
                    self.morale = pooled / total if total else 1.0
                    self.losses += other.losses
                    self.fighters = total
                    other.dissolve()
        crowd = self.fighters / self.group.band_size
        chance = p.split_per_week * (1.0 - 0.5 * self.group.cohesion) * crowd * loose
        chance *= 1.0 + p.pressure * self.losses / (self.losses + self.fighters)
        if self.random.random() < min(0.5, chance):
            leaving = int(self.fighters * self.random.random())
            if leaving >= p.smallest_band and self.fighters - leaving >= p.smallest_band:
                away = Band(self.model, self.group, self.here, leaving)
                away.morale, away.losses = self.morale, self.losses * leaving / self.fighters
                self.losses -= away.losses
                self.fighters -= leaving

    def press(self):
        strength, a = self.fighters * (0.5 + 0.5 * self.morale), self.group.row
        for there, _, sway, _ in self.here.reach:
            there.armed[a] += strength * sway

    def bold(self, p):
        name = BOLD.get(self.group.posture, "bold_comply")
        return getattr(p, name) if name else 1.0

    def nearness(self, other, sway):
        """How easily this band finds an enemy at some sway, per 1,000 km2."""
        p = self.model.p.clashes
        if other.hidden:
            return sway / self.model.area * p.hidden_risk
        return sway / self.model.area * (p.guerrilla_risk if other.group.posture == Posture.GUERRILLA else 1.0)

    def seek(self):
        """Look for an enemy, and return the fight with the place in the week's order that chance gives it."""
        if self.gone:
            return
        p, enemies, guerrilla = self.model.p.clashes, self.group.enemies, self.group.posture == Posture.GUERRILLA
        bold, luck = self.bold(p), self.random.random()
        if luck >= p.clash_rate * bold:
            return
        foes, near = [], []
        for there, _, sway, _ in self.here.reach:
            for other in there.cell.agents:
                if isinstance(other, Band) and enemies[other.group.row]:
                    foes.append(other)
                    near.append(self.nearness(other, sway))
        if not foes:
            return
        crowd = 1.0 - math.exp(-p.scouted_1000_km2 * sum(near))
        foe = self.random.choices(foes, near)[0]
        edge = self.strength() / foe.strength() / (p.ambush_odds if guerrilla else 1.0)
        dare = edge * edge / (1.0 + edge * edge)
        between = math.exp(-p.interposition_weight * foe.here.interposition)
        chance = 1.0 - math.exp(-p.clash_rate * bold * crowd * dare * between)
        if luck < chance:
            self.model.fights.append((luck / chance, self.unique_id, self, foe))

    def strength(self):
        return self.fighters * (0.5 + 0.5 * self.morale)

    def clash(self, other, p):
        there = other.here
        intensity = self.random.expovariate(1.0) * self.random.expovariate(1.0)
        own, foe, mine, theirs = self.fighters, other.fighters, self.morale, other.morale
        dead, dead_other = (
            self.suffer(own, foe, theirs, intensity, p),
            other.suffer(foe, own, mine, intensity, p),
        )
        there.battle_deaths += dead + dead_other
        self.model.counts["battle_deaths"] += dead + dead_other
        density = there.people / (1000.0 * self.model.area)
        shells = 0.5 * (self.group.shells + other.group.shells)
        town = 1.0 + p.town_gain * shells * density**2 / (density**2 + p.town_per_km2**2)
        caught = int(self.model.rng.poisson(p.crossfire_per_death * town * (dead + dead_other)))
        there.killed += there.lose(caught, [1.0] * len(there.residents))
        even = dead * foe == dead_other * own and self.random.random() < 0.5
        beaten = self if even or dead * foe > dead_other * own else other
        if not beaten.gone and beaten.here.neighbours:
            beaten.go(self.random.choice(beaten.here.neighbours))

    def suffer(self, own, foe, morale, intensity, p):
        bearing = foe**p.engaged_power
        share = 1.0 - math.exp(-p.lethality * intensity * (0.5 + 0.5 * morale) * bearing / own)
        dead = int(self.model.rng.binomial(own, share))
        self.fighters -= dead
        self.group.fighters -= dead
        self.losses += dead
        self.morale *= 1.0 - min(0.9, p.morale_loss * dead / own)
        if self.fighters == 0:
            self.dissolve()
        return dead

    def kill_civilians(self):
        if self.gone:
            return
        p, group = self.model.p.one_sided_violence, self.group
        size = p.killed_per_100 * self.fighters / 100.0
        hazard = p.kill_rate * group.abusiveness * size / (1.0 + size)
        hazard *= 1.0 + p.retaliation_gain * self.losses / (self.losses + p.loss_half * self.fighters)
        hazard *= 1.0 + p.loot_gain * (1.0 - group.support)
        luck = self.random.random()
        if luck >= hazard * (1.0 + p.contest_gain):
            return
        weights = [sway * there.people for there, _, sway, _ in self.here.reach]
        around = sum(weights)
        if around <= 0.0:
            return
        here = self.random.choices(self.here.reach, weights)[0][0]
        people = foreign = 0.0
        for residents, hosted, own in zip(here.residents, here.hosted, group.constituency, strict=True):
            people += residents + hosted
            foreign += (residents + hosted) * (1.0 - own)
        if people < 1.0:
            return
        hazard *= around / (around + p.crowd_per_km2 * 1000.0 * self.model.area)
        hazard *= 1.0 + p.contest_gain * (1.0 - abs(2.0 * here.control[group.row] - 1.0))
        hazard *= p.spare + (1.0 - p.spare) * foreign / people
        reach = self.model.p.presence.force_on_host if group.kind == GroupKind.STATE else 1.0
        policed = here.officers / (here.officers + people / 1000.0 * p.officers_per_1000)
        guard = p.protection_weight * here.protection + p.police_weight * policed * (1.0 - here.contested)
        hazard *= math.exp(-reach * guard - p.monitoring_weight * here.monitoring * group.support)
        if luck < 1.0 - math.exp(-hazard):
            mean = size * 2.0 * self.random.gammavariate(0.5, 1.0)
            wanted = 1 + int(self.model.rng.poisson(mean))
            dead = here.lose(wanted, [1.0 - (1.0 - p.spare) * own for own in group.constituency])
            here.killed += dead
            self.model.counts["civilians_killed"] += dead

    def desert(self):
        if self.gone:
            return
        p, here, group = self.model.p.recruitment, self.here, self.group
        leaving = p.desert_rate * (1.0 + p.weariness_gain * group.weariness)
        leaving *= (1.0 - 0.5 * group.cohesion) * (1.0 + p.peace_gain * group.commitment)
        leaving *= 1.0 + p.want_gain * (1.0 - group.support)
        gone = int(self.model.rng.binomial(self.fighters, min(1.0, leaving)))
        self.fighters -= gone
        group.fighters -= gone
        own = [g for g, mine in enumerate(group.constituency) if mine]
        here.residents[max(own, key=here.residents.__getitem__)] += gone
        self.model.counts["deserted"] += gone
        if self.fighters == 0:
            self.dissolve()
