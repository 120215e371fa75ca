// One small chart: lines of one or two worlds with their fans, drawn once; a frame only moves the cursor.

import { brief, make } from "./words.js";
import { groupColour } from "./colours.js";
import { axes, band, DASHES, dated, font, forkMark, nice, rule, stroke, swatch, weekX, WIDTHS, years } from "./axes.js";

const PAD = { left: 40, right: 10, top: 6, bottom: 18 }; // in pixels at normal type

export class Chart {
  // `deck` holds what all charts share: worlds, fans, labels, theme, options, seek, hover.
  constructor(card, deck) {
    this.card = card;
    this.deck = deck;
    this.log = false;
    this.off = new Set();
    this.sheet = document.createElement("canvas");
    this.canvas = make("canvas", { class: "pk-chart-canvas", "aria-hidden": "true" });
    this.pen = this.canvas.getContext("2d");
    this.values = make("div", { class: "pk-chart-values" });
    this.logButton = card.log
      ? make("button", { class: "pk-chip", type: "button", title: "Logarithmic scale", "aria-pressed": "false", onclick: () => this.setLog(!this.log) }, "log")
      : null;
    this.wide = make("button", { class: "pk-chart-title", type: "button", title: `${card.explains} Click to enlarge.`, "aria-expanded": "false", onclick: () => this.enlarge() }, card.title);
    this.node = make(
      "figure",
      { class: "pk-chart", "aria-label": card.title },
      make("figcaption", {}, this.wide, make("span", { class: "pk-unit" }, card.unit), this.logButton),
      this.canvas,
      this.values,
    );
    follow(this.canvas, this);
  }

  enlarge() {
    const large = this.node.classList.toggle("pk-large-chart");
    this.wide.setAttribute("aria-expanded", String(large));
    this.deck.relayout();
  }

  setLog(log) {
    this.log = log;
    this.logButton.setAttribute("aria-pressed", String(log));
    this.redraw();
    this.frame(this.deck.week());
  }

  resize(scale) {
    this.scale = scale;
    const box = this.canvas.getBoundingClientRect();
    this.pad = Object.fromEntries(Object.entries(PAD).map(([side, wide]) => [side, wide * this.deck.textScale]));
    this.width = Math.max(60, box.width);
    this.height = Math.max(40, box.height);
    for (const canvas of [this.canvas, this.sheet]) {
      canvas.width = Math.round(this.width * scale);
      canvas.height = Math.round(this.height * scale);
    }
    this.redraw();
    this.forget();
  }

  worlds() {
    const { deck } = this;
    return ["a", "b"].filter((world) => deck.runs[world]).map((world) => ({ world, run: deck.runs[world], fan: deck.fans[world] }));
  }

  // Nobody can trust a mission that is not there.
  has(run, line) {
    return run.has_mission || line.id !== "trust_mission";
  }

  line(run, row) {
    return run.arrays.series.subarray(row * run.weeks, (row + 1) * run.weeks);
  }

  up(value) {
    const part = this.log ? Math.log10(1 + Math.max(0, value)) / Math.log10(1 + this.most) : value / this.most;
    return this.pad.top + (1 - Math.max(0, Math.min(1, part))) * (this.height - this.pad.top - this.pad.bottom);
  }

  redraw() {
    if (!this.width) return;
    const { deck, card } = this;
    const pen = this.sheet.getContext("2d");
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    this.most = card.top || this.highest();
    axes(pen, this, deck);
    const shown = card.lines.filter((line) => !this.off.has(line.id));
    for (const { world, run, fan } of this.worlds()) {
      if (!fan || shown.length === 0 || !this.has(run, shown[0])) continue;
      const row = shown[0].row;
      pen.fillStyle = deck.theme[world];
      for (const [low, high, alpha] of deck.options.ranges ? [[0, 4, 0.13], [1, 3, 0.2]] : []) {
        pen.globalAlpha = deck.theme.name === "dark" ? 1.5 * alpha : alpha;
        band(pen, this, fan.quantile(low, row), fan.quantile(high, row));
      }
      pen.globalAlpha = 0.75;
      pen.strokeStyle = deck.theme[world];
      pen.lineWidth = 0.8;
      pen.setLineDash([]);
      if (deck.options.single) for (let k = 0; k < fan.futures; k++) stroke(pen, this, fan.future(k, row));
      pen.globalAlpha = 1;
    }
    for (const { world, run } of this.worlds().reverse()) {
      for (const line of shown.slice().reverse()) {
        if (!this.has(run, line)) continue;
        const k = card.lines.indexOf(line);
        pen.strokeStyle = deck.theme[world];
        pen.lineWidth = WIDTHS[k] * deck.textScale;
        pen.setLineDash(DASHES[world][k]);
        stroke(pen, this, this.line(run, line.row));
      }
    }
    pen.setLineDash([]);
    this.markFork(pen);
    this.legend();
  }

  markFork(pen) {
    const { forkWeek } = this.deck;
    if (forkWeek > 0) forkMark(pen, this, this.pad.top - 3, this.height - this.pad.bottom + 3, weekX(this, forkWeek));
  }

  highest() {
    let most = 0;
    for (const line of this.card.lines) {
      if (this.off.has(line.id)) continue;
      for (const { run, fan } of this.worlds()) {
        for (const value of this.line(run, line.row)) if (value > most) most = value;
        if (fan && line === this.card.lines[0]) for (const value of fan.quantile(4, line.row)) if (value > most) most = value;
      }
    }
    return nice(most);
  }

  legend() {
    const { card, deck } = this;
    const large = this.node.classList.contains("pk-large-chart"); // with room for the range of futures
    this.texts = [];
    const rows = card.lines.map((line, k) => {
      const cells = this.worlds().map(({ world, run }) => {
        const text = make("b", { class: `pk-value pk-${world}` });
        if (!this.has(run, line)) return null;
        const fan = deck.fans[world];
        this.texts.push({ text, run, row: line.row, fan: large ? fan : null });
        return [swatch(world, k, deck.theme), text];
      });
      return make(
        "button",
        {
          class: "pk-line", type: "button", title: `Show or hide ${line.label}`, "aria-pressed": String(!this.off.has(line.id)),
          onclick: () => {
            if (!this.off.delete(line.id)) this.off.add(line.id);
            this.redraw();
            this.frame(this.deck.week());
            this.values.querySelectorAll("button")[k].focus();
          },
        },
        make("span", {}, line.label),
        cells,
      );
    });
    this.values.replaceChildren(...rows);
    this.said = -1;
  }

  frame(week) {
    if (!this.width) return;
    const { pen, deck } = this;
    const hover = deck.hoverWeek;
    const column = Math.round(weekX(this, week) * this.scale);
    const key = `${column}:${hover}:${this.pointed}`;
    if (key !== this.drawn || this.stale !== this.sheet.width) {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
      pen.drawImage(this.sheet, 0, 0);
      pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
      rule(pen, this, week, deck.theme.ink, 1.4);
      if (hover !== null) {
        rule(pen, this, hover, deck.theme.focus, 1);
        if (this.pointed) dated(pen, this, hover);
      }
      this.drawn = key;
    }
    const at = Math.floor(hover === null ? week : hover);
    if (at === this.said || (deck.clock.playing && performance.now() - (this.saidAt || 0) < 150)) return;
    this.said = at;
    this.saidAt = performance.now();
    for (const { text, run, row, fan } of this.texts) text.textContent = brief(run.series(row, at)) + (run.unit || "") + (fan ? inRange(fan, row, at) : "");
  }

  forget() {
    this.drawn = null;
    this.said = -1;
  }
}

// Shares of the land by ruler, as stacked areas: one strip for each world.
export class RuleChart extends Chart {
  constructor(deck) {
    super({ id: "rule", title: "Control over time", unit: "share of land", lines: [], top: 1, explains: "Who rules how much of the land." }, deck);
  }

  redraw() {
    if (!this.width) return;
    const { deck } = this;
    const pen = this.sheet.getContext("2d");
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    this.most = 1;
    const worlds = this.worlds();
    const room = this.height - this.pad.top - this.pad.bottom;
    const each = (room - 5 * (worlds.length - 1)) / worlds.length;
    worlds.forEach(({ run, world }, n) => this.strip(pen, run, this.pad.top + n * (each + 5), each, world, worlds.length > 1));
    years(pen, this, deck);
    this.markFork(pen);
    this.legend();
  }

  strip(pen, run, top, high, world, named) {
    const { deck } = this;
    const width = run.groups.length + 1;
    const floor = new Float32Array(run.frames);
    const x = (f) => weekX(this, f * run.stride);
    pen.fillStyle = deck.theme.nobody;
    pen.fillRect(this.pad.left, top, this.width - this.pad.left - this.pad.right, high);
    run.groups.forEach((group, g) => {
      pen.beginPath();
      const frames = Math.min(run.frames, deck.runs.a.frames);
      for (let f = 0; f < frames; f++) pen.lineTo(x(f), top + high * (1 - floor[f]));
      for (let f = frames - 1; f >= 0; f--) {
        floor[f] += run.rule[f * width + g];
        pen.lineTo(x(f), top + high * (1 - floor[f]));
      }
      pen.fillStyle = groupColour(group, deck.theme);
      pen.fill();
    });
    pen.font = font(deck, 10.5);
    pen.fillStyle = named ? deck.theme[world] : deck.theme.soft;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText(named ? (world === "a" ? "this" : "other") : "100 %", this.pad.left - 5, top + (named ? high / 2 : 5));
  }

  legend() {
    this.texts = [];
    const run = this.deck.runs.a;
    const width = run.groups.length + 1;
    const rows = [...run.groups, { name: "nobody", id: "" }].map((group, g) => {
      const values = this.worlds().map(({ world, run: of }) => {
        if (world === "b" && !this.deck.sameCountry) return null;
        const text = make("b", { class: `pk-value pk-${world}` });
        this.texts.push({ text, run: { series: (_, week) => Math.round(of.rule[of.frame(week) * width + g] * 1000) / 10, unit: "\u00a0%" }, row: 0 });
        return text;
      });
      const patch = make("span", { class: "pk-patch" });
      patch.style.background = g < run.groups.length ? groupColour(group, this.deck.theme) : this.deck.theme.nobody;
      return make("span", { class: "pk-line pk-still", title: group.name }, patch, make("span", {}, shorten(group)), values);
    });
    this.values.replaceChildren(...rows);
    this.said = -1;
  }
}

// Where nine in ten futures are in a week.
function inRange(fan, row, week) {
  const [low, high] = [0, 4].map((k) => brief(fan.quantile(k, row)[Math.min(week, fan.weeks - 1)]));
  return ` (${low} to ${high})`;
}

function shorten(group) {
  const name = group.name.split(":")[0];
  return name.length > 20 && group.id.length <= 8 ? group.id.replace(/_/g, " ").toUpperCase() : name;
}

function follow(canvas, chart) {
  const weekOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const part = (event.clientX - box.left - chart.pad.left) / (box.width - chart.pad.left - chart.pad.right);
    return Math.round(Math.max(0, Math.min(1, part)) * (chart.deck.runs.a.weeks - 1));
  };
  canvas.addEventListener("pointermove", (event) => {
    chart.pointed = true;
    if (event.buttons & 1) chart.deck.seek(weekOf(event));
    chart.deck.hover(weekOf(event));
  });
  canvas.addEventListener("pointerleave", () => {
    chart.pointed = false;
    chart.deck.hover(null);
  });
  canvas.addEventListener("pointerdown", (event) => chart.deck.seek(weekOf(event)));
}
