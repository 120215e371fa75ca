// The time line: stages of the peace, turns of the story, deaths week by week, and the handle that scrubs.

import { forkMark } from "./axes.js";
import { trace } from "./marks.js";
import { capital, kindWords, make, shortDay, several } from "./words.js";

const TURNS = {
  agreement: ["circle", "a"], ceasefire: ["circle", "a"], election: ["square", "a"], collapse: ["hourglass", "b"],
  consent_withdrawn: ["down", "b"], shock: ["diamond", "b"], mission_stage: ["triangle", "a"], mandate: ["house", "a"],
  rehat: ["house", "a"], contributor_leaves: ["down", "b"], offensive: ["star", "b"], stage: ["plus", "ink"],
};
const STAGE_COLOURS = {
  light: ["#7f2704", "#d94801", "#fd9a4e", "#fdd9b0", "#c9ddf0", "#6baed6", "#08519c", "#3f0a45"],
  dark: ["#b3471a", "#d96a26", "#e8a062", "#8a7358", "#48617a", "#3f86b5", "#86bdf0", "#b26ac0"],
};
const SIDE = 12; // pixels kept free at both ends
const REACH = 18; // pixels around a mark that belong to it

export class Timeline {
  constructor(deck) {
    this.deck = deck;
    this.canvas = make("canvas", {
      class: "pk-timeline", tabIndex: 0, role: "slider", "aria-label": "Week", "aria-valuemin": "0", "aria-valuemax": "1", "aria-valuenow": "0",
    });
    this.sheet = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.tip = make("div", { class: "pk-tip", hidden: true });
    this.node = make("div", { class: "pk-timeline-box" }, this.canvas, this.tip);
    this.marks = [];
    this.listen();
  }

  x(week) {
    return this.side + (week / Math.max(1, this.deck.runs.a.weeks - 1)) * (this.width - 2 * this.side);
  }

  weekAt(x) {
    const part = (x - this.side) / (this.width - 2 * this.side);
    return Math.round(Math.max(0, Math.min(1, part)) * (this.deck.runs.a.weeks - 1));
  }

  resize(scale) {
    this.scale = scale;
    this.side = SIDE * this.deck.textScale;
    const box = this.canvas.getBoundingClientRect();
    this.width = Math.max(80, box.width);
    this.height = Math.max(50, box.height);
    for (const canvas of [this.canvas, this.sheet]) {
      canvas.width = Math.round(this.width * scale);
      canvas.height = Math.round(this.height * scale);
    }
    this.redraw();
  }

  redraw() {
    const { deck } = this;
    if (!this.width || !deck.runs.a) return;
    const run = deck.runs.a;
    const pen = this.sheet.getContext("2d");
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    const unit = deck.textScale;
    this.lane = { turns: 13 * unit, deaths: 24 * unit, stage: this.height - 25 * unit, years: this.height - 3 * unit };
    this.drawStages(pen, run, this.lane.stage, 11 * unit);
    this.drawDeaths(pen, unit);
    this.drawTurns(pen, run, unit);
    this.drawYears(pen, run, unit);
    this.drawFork(pen, unit);
    this.canvas.setAttribute("aria-valuemax", String(run.weeks - 1));
    this.drawn = null;
  }

  drawStages(pen, run, top, high) {
    const stages = run.arrays.stage;
    const colours = STAGE_COLOURS[this.deck.theme.name];
    pen.font = `${9.5 * this.deck.textScale}px system-ui, "Segoe UI", Roboto, sans-serif`;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    let from = 0;
    for (let w = 1; w <= run.weeks; w++) {
      if (w < run.weeks && stages[w] === stages[from]) continue;
      const [x0, x1] = [this.x(from), this.x(Math.min(w, run.weeks - 1))];
      pen.fillStyle = colours[stages[from]];
      pen.fillRect(x0, top, Math.max(1, x1 - x0), high);
      const word = run.stages[stages[from]];
      if (pen.measureText(word).width + 8 < x1 - x0) {
        pen.fillStyle = light(colours[stages[from]]) ? "#101820" : "#ffffff";
        pen.fillText(word, x0 + 4, top + high / 2 + 0.5);
      }
      from = w;
    }
  }

  // Deaths of each week on a root scale: up for this world, down for the other.
  drawDeaths(pen, unit) {
    const { deck } = this;
    const worlds = ["a", "b"].filter((world) => deck.runs[world]);
    const room = this.lane.stage - this.lane.deaths - 3 * unit;
    const middle = this.lane.deaths + (worlds.length > 1 ? room / 2 : room);
    const reach = worlds.length > 1 ? room / 2 : room;
    let most = 1;
    for (const world of worlds) for (const dead of deck.runs[world].deaths) most = Math.max(most, dead);
    pen.strokeStyle = deck.theme.faint;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(this.side, middle);
    pen.lineTo(this.width - this.side, middle);
    pen.stroke();
    worlds.forEach((world, n) => {
      const run = deck.runs[world];
      pen.strokeStyle = worlds.length > 1 ? deck.theme[world] : deck.theme.pulse;
      pen.lineWidth = Math.max(1, ((this.width - 2 * this.side) / run.weeks) * 0.8);
      pen.beginPath();
      run.deaths.forEach((dead, w) => {
        if (dead <= 0 || w >= deck.runs.a.weeks) return;
        pen.moveTo(this.x(w), middle);
        pen.lineTo(this.x(w), middle + (n === 0 ? -1 : 1) * Math.max(1.5, reach * Math.sqrt(dead / most)));
      });
      pen.stroke();
    });
  }

  drawTurns(pen, run, unit) {
    const { deck } = this;
    this.marks = [];
    const turns = run.events.filter((event) => TURNS[event.kind] && event.rank < 9).sort((a, b) => b.rank - a.rank);
    for (const event of turns) {
      const [shape, tone] = TURNS[event.kind];
      const x = this.x(event.week);
      const r = (event.rank < 2 ? 5.4 : 3.8) * unit;
      trace(pen, shape, x, this.lane.turns, r);
      pen.lineWidth = 2.4 * unit;
      pen.strokeStyle = deck.theme.paper;
      pen.stroke();
      pen.fillStyle = tone === "ink" ? deck.theme.soft : deck.theme[tone];
      pen.fill();
      this.marks.push({ event, x });
    }
    this.marks.sort((a, b) => a.event.rank - b.event.rank || a.event.week - b.event.week);
  }

  // The week from which the policy changes, with a word where there is room.
  drawFork(pen, unit) {
    const { deck } = this;
    if (!(deck.forkWeek > 0)) return;
    const x = this.x(deck.forkWeek);
    forkMark(pen, this, 0, this.lane.stage + 11 * unit, x);
    const right = x < this.width / 2;
    pen.font = `600 ${10.5 * unit}px system-ui, "Segoe UI", Roboto, sans-serif`;
    pen.textAlign = right ? "left" : "right";
    pen.textBaseline = "bottom";
    pen.lineWidth = 3 * unit;
    pen.strokeStyle = deck.theme.wash;
    const at = [x + (right ? 5 : -5) * unit, this.lane.stage - 1 * unit];
    pen.strokeText("policy changes", ...at);
    pen.fillStyle = deck.theme.fork;
    pen.fillText("policy changes", ...at);
  }

  drawYears(pen, run, unit) {
    const [first, last] = [run.date(0).getUTCFullYear(), run.date(run.weeks - 1).getUTCFullYear()];
    const every = [1, 2, 5, 10].find((n) => (this.width / (last - first + 1)) * n > 40 * unit) || 20;
    pen.font = `${10.5 * unit}px system-ui, "Segoe UI", Roboto, sans-serif`;
    pen.fillStyle = this.deck.theme.soft;
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    for (let year = first; year <= last; year++) {
      const week = (Date.UTC(year, 0, 1) - run.first) / (7 * 86400000);
      if (week < -0.99 || year % every !== 0) continue;
      const x = this.x(Math.max(0, week));
      pen.fillRect(x, this.lane.stage - 2 * unit, 1, 17 * unit);
      pen.fillText(String(year), x + 3, this.lane.years);
    }
  }

  frame(week) {
    const { pen, deck } = this;
    if (!this.width) return;
    const x = this.x(week);
    const key = `${Math.round(x * this.scale)}:${deck.hoverWeek}:${this.pointed ? this.pointed.n : ""}`;
    if (key === this.drawn) return;
    this.drawn = key;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.sheet, 0, 0);
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    const unit = deck.textScale;
    if (deck.hoverWeek !== null) line(pen, this.x(deck.hoverWeek), 0, this.lane.stage + 11 * unit, deck.theme.focus, 1);
    line(pen, x, 2, this.lane.stage + 11 * unit, deck.theme.ink, 2 * unit);
    trace(pen, "circle", x, this.lane.stage + 5.5 * unit, 7.5 * unit);
    pen.fillStyle = deck.theme.ink;
    pen.fill();
    pen.lineWidth = 2 * unit;
    pen.strokeStyle = deck.theme.paper;
    pen.stroke();
    if (this.pointed) {
      trace(pen, "circle", this.x(this.pointed.week), this.lane.turns, 9 * unit);
      pen.strokeStyle = deck.theme.focus;
      pen.stroke();
    }
    const at = Math.floor(week);
    if (at !== this.said) {
      this.said = at;
      this.canvas.setAttribute("aria-valuenow", String(at));
      this.canvas.setAttribute("aria-valuetext", `${shortDay(deck.runs.a.date(at))}, week ${at + 1} of ${deck.runs.a.weeks}`);
    }
  }

  // The mark near a point, the weightier one where two are near.
  markAt(x, y) {
    if (y > this.lane.deaths + 4) return null;
    const near = this.marks.filter((mark) => Math.abs(mark.x - x) <= REACH);
    near.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x) + 3 * (a.event.rank - b.event.rank));
    return near.length > 0 ? near[0].event : null;
  }

  listen() {
    const { canvas, deck } = this;
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let dragging = false;
    canvas.addEventListener("pointerdown", (event) => {
      const [x, y] = point(event);
      const mark = this.markAt(x, y);
      if (mark) {
        deck.openEvent(mark);
        return;
      }
      dragging = true;
      canvas.setPointerCapture(event.pointerId);
      deck.seek(this.weekAt(x));
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = point(event);
      if (dragging) deck.seek(this.weekAt(x));
      this.point(dragging ? null : this.markAt(x, y), x);
      deck.hover(dragging || this.pointed ? null : this.weekAt(x));
    });
    const release = () => {
      dragging = false;
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointerleave", () => {
      this.point(null, 0);
      deck.hover(null);
    });
  }

  point(event, x) {
    if (event === this.pointed) return;
    this.pointed = event;
    this.tip.hidden = !event;
    this.canvas.style.cursor = event ? "pointer" : "";
    if (event) {
      const dead = event.dead > 0 ? ` · ${several(event.dead, "death")}` : "";
      this.tip.replaceChildren(...[make("b", {}, `${shortDay(this.deck.runs.a.date(event.week))} · ${kindWords(event.kind)}${dead}`), make("span", {}, capital(event.text)), event.because ? make("span", { class: "pk-kicker" }, `Why: ${event.because}`) : null].filter(Boolean));
      this.tip.style.left = `${Math.max(0, Math.min(this.width - this.tip.offsetWidth, x - this.tip.offsetWidth / 2))}px`;
    }
    this.deck.ask();
  }
}

function line(pen, x, top, bottom, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x, bottom);
  pen.stroke();
}

function light(colour) {
  const n = parseInt(colour.slice(1), 16);
  return 0.3 * (n >> 16) + 0.59 * ((n >> 8) & 255) + 0.11 * (n & 255) > 140;
}
