"""Those who pay missions, and those who bring relief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.view import Named, column
from sim.world.kinds import Count, Mechanism

if TYPE_CHECKING:
    from sim.agents.mission import Mission


class Donor(Named):
    """A state or fund that pays a mission."""

    chapter = "donors"

    mechanism = column("donors", "mechanism", "How its money comes", kind=Mechanism)
    share = column("donors", "share", "Part of the mission's budget that it owes or promises")
    will = column("donors", "index 0 to 1", "Readiness to pay")
    usual_will = column("donors", "index 0 to 1", "Readiness to pay that it comes back to")
    reliability = column("donors", "share", "Part paid on time when willing")
    delay_weeks = column("donors", "weeks", "Usual delay of a payment")
    owed_usd = column("donors", "US$", "Due and not paid")
    reserve_usd = column("donors", "US$", "Given to a pool and not yet paid out")
    promised_usd = column("donors", "US$", "Promised since the start")
    paid_usd = column("donors", "US$", "Paid since the start")
    lapsed_usd = column("donors", "US$", "Promised and never paid")
    mission_number = column("donors", "number of a mission", "Whom it pays", name="mission")

    @property
    def mission(self) -> Mission:
        """The mission it pays."""
        return self.model.views.missions[self.mission_number]

    def pay(self, usd: float) -> float:
        """Pay part of what it owes, and return how much: never more than that [US$]."""
        usd = min(max(0.0, float(usd)), self.owed_usd)
        self.owed_usd -= usd
        self.paid_usd += usd
        accounts, earmark = self.model.world.accounts, self.model.world.donors.earmark[self.row]
        if earmark >= 0:
            accounts.purse[self.mission_number, earmark] += usd
        else:
            self.mission.cash_usd += usd
        self.mission.received_usd += usd
        self.model.world.record.tally[Count.RECEIVED_USD] += usd
        return usd

    def pay_all(self) -> float:
        """Pay all that it owes, and return how much [US$]."""
        return self.pay(self.owed_usd)


class Ngo(Named):
    """A relief organisation, or a cluster of them."""

    chapter = "ngos"

    weekly_usd = column("ngos", "US$ per week", "What it spends")
    start_week = column("ngos", "week", "When it begins")
    end_week = column("ngos", "week", "When it ends")
    principled = column("ngos", "index 0 to 1", "Distance it keeps from soldiers")

    @property
    def active(self) -> bool:
        """Whether it is at work this week."""
        return self.start_week <= self.model.week < self.end_week

    def withdraw(self) -> None:
        """End its work now."""
        self.end_week = min(self.end_week, self.model.week)
