"""A simulated field survey: two-stage cluster sampling with probability proportional to size.

Clusters are cells, drawn with replacement by their people (Hansen and Hurwitz 1943,
doi:10.1214/aoms/1177731356), and in each of them as many respondents are asked, so that everybody has the same
chance and the mean of the clusters' means is unbiased for the people whom interviewers can reach. Its variance is
that between clusters. Places that are unsafe are left out, as national surveys leave out zones of conflict: what is
said there, nobody hears. Intervals are Wilson's with the effective number of respondents (Franco, Little, Louis and
Slud 2019, doi:10.1093/jssam/smy019), and Student's t for the few clusters.

The draws have streams of their own and nothing in a run reads them: a survey changes nothing. It is paid by those
who evaluate and not by the mission.
"""

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.philox import uniforms
from sim.results.evaluation.frame import QUESTION_NAMES, Frame
from sim.world.streams import Stream
from sim.world.tables import Floats, Ints

if TYPE_CHECKING:
    from sim.scenario.evaluation import Evaluation

LEVEL = 0.95
MOST_QUESTIONS = 64  # respondents are numbered by this, so that one more question leaves the others' answers alone


class Estimate(NamedTuple):
    """What a round says of one question, beside the truth that only the model knows.

    Parameters
    ----------
    share
        Share of respondents who said yes.
    standard_error
        By the variance between clusters.
    low, high
        Interval of 95 %.
    design_effect
        Variance over that of a simple random sample as large.
    true_reached
        Share among the people of the places where interviewers go: what ``share`` estimates.
    true
        Share among all people.
    """

    share: float
    standard_error: float
    low: float
    high: float
    design_effect: float
    true_reached: float
    true: float


class Round(NamedTuple):
    """One round of the survey.

    Parameters
    ----------
    week
        At whose end people were asked.
    occasion
        ``before``, ``yearly``, ``exit`` or ``end``.
    places : array (clusters,)
        Cells that were drawn.
    answers : array (clusters, respondents, questions)
        Yes or no; see `sim.results.evaluation.frame.QUESTIONS`.
    left_out
        Share of the people who live where interviewers do not go.
    cost_usd
        What the interviews cost.
    estimates
        By question; without trust in the mission before anyone has come, and empty where no place is safe.
    """

    week: int
    occasion: str
    places: np.ndarray
    answers: np.ndarray
    left_out: float
    cost_usd: float
    estimates: dict[str, Estimate]

    @property
    def respondents(self) -> int:
        """How many people were asked."""
        return self.answers.shape[0] * self.answers.shape[1]


def draw_places(seed: int, week: int, people: Floats, n: int) -> Ints:
    """Draw a cell for each of n clusters by its people."""
    running = np.cumsum(people)
    targets = uniforms(seed, week, Stream.SURVEY_CLUSTER, np.arange(n), 0) * running[-1]
    return np.minimum(np.searchsorted(running, targets, side="right"), len(people) - 1).astype(np.int64)


def ask(seed: int, week: int, chances: Floats, places: Ints, size: int) -> np.ndarray:
    """Return the answers (clusters, respondents, questions) of so many respondents in each place."""
    n_questions = chances.shape[1]
    clusters = np.arange(len(places))[:, None, None]
    k = np.arange(size)[:, None] * MOST_QUESTIONS + np.arange(n_questions)
    luck = uniforms(seed, week, Stream.SURVEY_ANSWER, clusters, k)
    return luck < chances[places][:, None, :]


def field(
    frame: Frame, design: "Evaluation", seed: int, occasion: str, names: tuple[str, ...] = QUESTION_NAMES
) -> Round:
    """Send interviewers out.

    Parameters
    ----------
    frame : Frame
    design : Evaluation
    seed : int
        That of the run.
    occasion : str
        Why now.
    names : tuple of str
        Questions that make sense at this time.
    """
    reached = np.where(frame.safe, frame.people, 0.0)
    everyone, n_reached = frame.people.sum(), reached.sum()
    left_out = float(1.0 - n_reached / everyone) if everyone > 0.0 else 0.0
    places = np.zeros(0, dtype=np.int64)
    answers = np.zeros((0, design.respondents, len(QUESTION_NAMES)), dtype=np.bool_)
    estimates = {}
    if n_reached > 0.0:
        places = draw_places(seed, frame.week, reached, design.clusters)
        answers = ask(seed, frame.week, frame.chances, places, design.respondents)
        for q, name in enumerate(QUESTION_NAMES):
            if name in names:
                truth = (np.average(frame.chances[:, q], weights=w) for w in (reached, frame.people))
                estimates[name] = estimate(answers[:, :, q], *map(float, truth))
    return Round(
        frame.week, occasion, places, answers, left_out, design.interview_usd * answers[:, :, 0].size, estimates
    )


def estimate(answers: np.ndarray, true_reached: float, true: float) -> Estimate:
    """Estimate a share from the answers (clusters, respondents) to one question."""
    n, size = answers.shape
    means = answers.mean(axis=1)
    share = float(means.mean())
    variance = float(((means - share) * (means - share)).sum() / (n * (n - 1)))
    simple = share * (1.0 - share) / (n * size)
    # Where all clusters say alike there is no variance to go by: count every respondent.
    effective = share * (1.0 - share) / variance if variance > 0.0 else float(n * size)
    low, high = wilson(share, effective, t_quantile(0.5 + 0.5 * LEVEL, n - 1))
    design_effect = variance / simple if simple > 0.0 else math.nan
    return Estimate(share, math.sqrt(variance), low, high, design_effect, true_reached, true)


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Return Wilson's interval of a share among n."""
    pull = z * z / n
    middle = (share + 0.5 * pull) / (1.0 + pull)
    half = z * math.sqrt(share * (1.0 - share) / n + 0.25 * pull / n) / (1.0 + pull)
    return max(0.0, middle - half), min(1.0, middle + half)


def t_quantile(p: float, df: int) -> float:
    """Return a quantile of Student's t, by the first four terms of its expansion in 1/df.

    Right to 0.5 % from three degrees of freedom on (Abramowitz and Stegun 1964, 26.7.5). Every run takes a survey, and
    loading scipy for this one number would make each of them start later.
    """
    z = NormalDist().inv_cdf(p)
    x, y = z * z, 1.0 / df
    terms = (
        1.0,
        (x + 1.0) / 4.0,
        ((5.0 * x + 16.0) * x + 3.0) / 96.0,
        (((3.0 * x + 19.0) * x + 17.0) * x - 15.0) / 384.0,
        ((((79.0 * x + 776.0) * x + 1482.0) * x - 1920.0) * x - 945.0) / 92160.0,
    )
    total = 0.0
    for term in reversed(terms):
        total = total * y + term
    return z * total
