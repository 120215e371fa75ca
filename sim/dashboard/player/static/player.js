// The player: maps, time and charts of a run, and of the world beside it.

import { Atlas } from "./atlas.js";
import { CellPanel } from "./cell.js";
import { Chart, RuleChart } from "./chart.js";
import { PlayClock } from "./clock.js";
import { DAY, difference, NIGHT } from "./colours.js";
import { button, check, Choice, icon, KEYS, legend, select, speedChoices, viewChoices } from "./controls.js";
import { EventPanel } from "./events.js";
import { Fan } from "./fan.js";
import { onKey } from "./keys.js";
import { prefersStill, readOptions, SPEEDS } from "./options.js";
import { Run } from "./run.js";
import { Timeline } from "./timeline.js";
import { bytesOf, unpack } from "./unpack.js";
import { day, make, weekWords } from "./words.js";

const HIDDEN_LAYERS = ["people"]; // in the cell's history only
const SHOWN = { units: "Peacekeepers", bands: "Armed bands", names: "Names", hatching: "Patterns", single: "Single futures" };
const WORLD = { run: "a", other: "b" };

class Player {
  constructor(model, el) {
    this.model = model;
    this.runs = { a: null, b: null };
    this.fans = { a: null, b: null };
    this.fanParts = { a: null, b: null };
    this.asked = {};
    this.hoverWeek = null;
    this.selected = -1;
    this.options = readOptions(model);
    this.options.smooth = !prefersStill();
    this.layer = this.options.layer;
    this.view = this.options.view;
    this.textScale = 1;
    this.clock = new PlayClock((week) => this.draw(week), () => this.changed());
    this.clock.speed = this.options.speed;
    this.readLabels();
    this.pickTheme();
    this.atlas = new Atlas(this);
    this.timeline = new Timeline(this);
    this.eventPanel = new EventPanel(this);
    this.cellPanel = new CellPanel(this);
    this.charts = [];
    this.build(el);
    this.listen();
  }

  // ------------------------------------------------------------ the page

  build(el) {
    this.title = make("h2", { class: "pk-title" });
    this.date = make("span", { class: "pk-date" });
    this.layerBox = make("div", { class: "pk-layers" });
    this.legendBox = make("div", { class: "pk-legend" });
    this.viewBox = make("span", {});
    this.playButton = make("button", { class: "pk-button pk-play", type: "button", onclick: () => this.clock.toggle() });
    this.speedSelect = select("Speed", speedChoices(), String(this.clock.speed), (speed) => this.setSpeed(Number(speed)));
    this.chartBox = make("div", { class: "pk-charts" });
    this.says = make("p", { class: "pk-says", role: "status", "aria-live": "polite" });
    this.wait = make("p", { class: "pk-wait", role: "status" }, "Waiting for a run …");
    this.checks = make("div", { class: "pk-menu" });
    this.helpBox = make("dialog", { class: "pk-help", "aria-label": "Keys" }, make("h3", {}, "Keys"), make("dl", {}, KEYS.map(([key, what]) => [make("dt", {}, key), make("dd", {}, what)])), make("button", { class: "pk-chip", type: "button", onclick: () => this.helpBox.close() }, "Close"));
    const transport = make(
      "div",
      { class: "pk-transport", role: "group", "aria-label": "Playing" },
      button("To the start", "first", () => this.jump(-Infinity)),
      button("A week back", "back", () => this.clock.step(-1)),
      this.playButton,
      button("A week on", "on", () => this.clock.step(1)),
      button("To the end", "last", () => this.jump(Infinity)),
      this.date,
      make("span", { class: "pk-gap" }),
      this.speedSelect,
      this.viewBox,
    );
    const tools = make(
      "div",
      { class: "pk-tools" },
      make("details", { class: "pk-show" }, make("summary", { class: "pk-button pk-text" }, "Show"), this.checks),
      make("button", { class: "pk-button pk-text", type: "button", title: "Keys", "aria-label": "Keys", onclick: () => this.help() }, "?"),
      button("Full screen", "screen", () => this.fullScreen(), "pk-screen"),
    );
    this.main = make("div", { class: "pk-main" }, make("div", { class: "pk-bar" }, this.layerBox, tools), this.legendBox, this.atlas.node, transport, this.timeline.node, this.says, this.chartBox);
    this.side = make("aside", { class: "pk-side" }, this.eventPanel.detail, this.cellPanel.node, this.eventPanel.node);
    this.root = make("div", { class: "pk-root" }, make("header", { class: "pk-head" }, this.title), this.wait, make("div", { class: "pk-body", hidden: true }, this.main, this.side), this.helpBox);
    this.body = this.root.querySelector(".pk-body");
    el.replaceChildren(this.root);
    this.restyle();
    this.fillPlay();
  }

  fillPlay() {
    const { playing } = this.clock;
    this.playButton.replaceChildren(icon(playing ? "pause" : "play"), make("span", {}, playing ? "Pause" : "Play"));
    this.playButton.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  fillControls() {
    const run = this.runs.a;
    const key = JSON.stringify([run.title, this.labels, Boolean(this.runs.b), this.sameCountry, this.theme.name, this.narrow, this.options]);
    if (key === this.controlKey) return;
    this.controlKey = key;
    const layers = [{ id: "control", title: "Control", explains: "Who rules each cell, and how firmly." }, ...run.layers.filter(({ id }) => !HIDDEN_LAYERS.includes(id))];
    this.layers = layers.map(({ id }) => id);
    if (!this.layers.includes(this.layer)) this.layer = "control";
    this.layerChoice = new Choice("Layer of the map", layers.map(({ id, title, explains }, k) => ({ id, title, explains, hint: String(k + 1) })), (id) => this.setLayer(id));
    this.layerBox.replaceChildren(this.layerChoice.node);
    this.layerChoice.set(this.layer);
    const choices = viewChoices(this.labels, { two: Boolean(this.runs.b), same: this.sameCountry, narrow: this.narrow });
    this.viewSelect = select("Maps", choices, choices.some(([id]) => id === this.view) ? this.view : "single", (view) => this.setView(view));
    this.viewBox.replaceChildren(...(choices.length > 1 ? [this.viewSelect] : []));
    this.checks.replaceChildren(...Object.entries(SHOWN).map(([name, label]) => check(label, this.options[name], (on) => this.setOption(name, on))), check("Large type", this.options.large, (on) => this.setOption("large", on)), check("Dark", this.theme === NIGHT, (on) => this.setOption("theme", on ? "dark" : "light")));
    this.title.textContent = this.options.title ? run.title : "";
    this.title.title = run.summary;
    this.root.querySelector(".pk-head").hidden = !this.options.title;
  }

  fillLegend() {
    if (this.runs.a) this.legendBox.replaceChildren(...legend(this, this.layer, this.atlas.view));
  }

  fillCharts() {
    const run = this.runs.a;
    const hidden = new Set(this.options.hidden);
    const known = this.options.charts ? run.charts.filter(({ id }) => !hidden.has(id)) : [];
    const cards = known.filter((card) => card.lines.some(({ row }) => ["a", "b"].some((world) => this.runs[world] && this.runs[world].arrays.series.subarray(row * run.weeks, (row + 1) * run.weeks).some((value) => value > 0))));
    const key = cards.map(({ id }) => id).join();
    if (key !== this.chartKey) {
      this.charts = cards.map((card) => new Chart(card, this));
      if (this.options.charts && !hidden.has("rule")) this.charts.splice(2, 0, new RuleChart(this));
      this.chartBox.replaceChildren(...this.charts.map((chart) => chart.node));
      this.chartKey = key;
    }
  }

  // ------------------------------------------------------------ messages

  async load(name) {
    const world = WORLD[name];
    const turn = (this.asked[name] = (this.asked[name] || 0) + 1);
    const bytes = bytesOf(this.model.get(name));
    try {
      const run = bytes ? new Run(await unpack(bytes)) : null;
      if (this.asked[name] !== turn) return; // a later one is on its way
      this.runs[world] = run;
    } catch (error) {
      this.wait.hidden = false;
      this.wait.textContent = `This run cannot be shown: ${error.message}`;
      console.error(error);
      return;
    }
    this.match();
    this.ready();
  }

  async loadFan(name) {
    const world = name === "fan" ? "a" : "b";
    const turn = (this.asked[name] = (this.asked[name] || 0) + 1);
    const bytes = bytesOf(this.model.get(name));
    let fan = null;
    try {
      fan = bytes ? new Fan(await unpack(bytes)) : null;
    } catch (error) {
      console.error(error); // the run is shown without its fan
    }
    if (this.asked[name] !== turn) return;
    this.fanParts[world] = fan;
    this.match();
    this.redrawCharts();
  }

  // A fan belongs to one run; two worlds are as a rule one country, cell by cell.
  match() {
    const { a, b } = this.runs;
    this.sameCountry = Boolean(a && b && a.cells === b.cells && a.rows === b.rows && a.columns === b.columns && a.groups.length === b.groups.length);
    for (const world of ["a", "b"]) {
      const fan = this.fanParts[world];
      this.fans[world] = fan && this.runs[world] && fan.fits(this.runs[world]) ? fan : null;
    }
  }

  ready() {
    if (!this.runs.a) return;
    this.wait.hidden = true;
    this.body.hidden = false;
    const week = this.clock.weeks > 1 ? this.clock.week : this.model.get("week") || 0;
    this.clock.weeks = this.runs.a.weeks;
    this.clock.week = Math.min(week, this.runs.a.weeks - 1);
    this.fillControls();
    this.fillCharts();
    if (this.runs.a.id !== this.shownId) {
      if (this.shownId) this.save("selected_event", -1);
      this.shownId = this.runs.a.id;
      this.eventPanel.setRun();
    }
    this.eventPanel.fillWorlds();
    const cell = this.selected >= 0 ? this.selected : this.model.get("selected_cell");
    this.selected = Number.isInteger(cell) && cell < this.runs.a.cells ? cell : -1;
    this.relayout();
    this.cellPanel.show(this.selected);
    this.changed();
    if (this.options.autoplay && !this.started && !prefersStill()) this.clock.play();
    this.started = true;
  }

  readLabels() {
    const given = this.model.get("labels") || {};
    this.labels = { a: given.run || "This world", b: given.other || "The other world" };
  }

  // ------------------------------------------------------------ drawing

  pickTheme() {
    const dark = this.options.theme === "dark" || (this.options.theme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
    this.theme = dark ? NIGHT : DAY;
  }

  restyle() {
    this.pickTheme();
    this.root.dataset.theme = this.theme.name;
    this.root.classList.toggle("pk-big", Boolean(this.options.large));
    this.atlas.restyle();
  }

  relayout() {
    if (!this.runs.a) return;
    const width = this.root.clientWidth;
    if (width === 0) return;
    this.root.classList.toggle("pk-wide", width >= 1080);
    this.narrow = width < 600;
    this.root.classList.toggle("pk-narrow", this.narrow);
    this.fillControls();
    if (this.narrow) this.atlas.node.after(this.legendBox);
    else this.atlas.node.before(this.legendBox);
    this.side.hidden = !this.options.events;
    if (width >= 1080 && this.options.events) this.side.prepend(this.says);
    else this.chartBox.before(this.says);
    this.textScale = parseFloat(getComputedStyle(this.root).fontSize) / 14;
    const scale = Math.max(1, window.devicePixelRatio || 1);
    this.atlas.resize(scale);
    this.timeline.resize(scale);
    for (const chart of this.charts) chart.resize(scale);
    this.cellPanel.draw();
    this.fillLegend();
    this.redrawCharts();
  }

  redrawCharts() {
    if (!this.runs.a) return;
    for (const chart of this.charts) {
      chart.redraw();
      chart.forget();
    }
    this.ask();
  }

  draw(week) {
    if (!this.runs.a || this.body.hidden) return;
    this.atlas.frame(week);
    this.timeline.frame(week);
    for (const chart of this.charts) chart.frame(week);
    const at = Math.floor(week);
    if (at !== this.told) {
      this.told = at;
      this.date.textContent = "";
      this.date.append(make("b", {}, day(this.runs.a.date(at))), make("span", {}, ` week ${at + 1} of ${this.runs.a.weeks}`));
    }
    const now = performance.now();
    if (!this.clock.playing || now - (this.listed || 0) > 200) {
      this.listed = now;
      this.cellPanel.frame(week);
      this.eventPanel.frame(week);
    }
    this.tally(now, week);
  }

  // Figures for tests and the curious.
  tally(now, week) {
    this.root.dataset.run = this.runs.a.id;
    window.__player = { id: this.runs.a.id, run: this.runs.a.id, week: Math.floor(week), playing: this.clock.playing, frames: this.clock.frames, drawMs: this.clock.drawMs, gaps: this.clock.gaps, layer: this.layer, view: this.atlas.view, selected: this.selected, fan: Boolean(this.fans.a) };
  }

  // It started, stopped or was moved: say so in words, and to Python.
  changed() {
    this.fillPlay();
    this.save("playing", this.clock.playing);
    if (this.clock.playing || !this.runs.a) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), 250);
    this.ask();
  }

  settle() {
    const week = Math.floor(this.clock.week);
    const worlds = ["a", "b"].filter((world) => this.runs[world]);
    this.says.replaceChildren(...worlds.map((world) => make("span", { class: `pk-${world}` }, worlds.length > 1 ? make("b", {}, `${this.labels[world]}: `) : null, weekWords(this.runs[world], week), ".")));
    this.atlas.describe(week, this.layer);
    this.save("week", week);
  }

  save(name, value) {
    if (this.model.get(name) === value) return;
    this.model.set(name, value);
    this.model.save_changes();
  }

  // ------------------------------------------------------------ what one can do; also what the parts call

  week() {
    return this.clock.week;
  }

  ask() {
    this.clock.ask();
  }

  seek(week) {
    this.clock.seek(week);
  }

  jump(weeks) {
    if (this.clock.playing) this.clock.pause();
    this.clock.seek(weeks < 0 ? 0 : Infinity);
  }

  hover(week) {
    if (week === this.hoverWeek) return;
    this.hoverWeek = week;
    this.ask();
  }

  select(cell) {
    this.selected = cell;
    this.cellPanel.show(cell);
    this.save("selected_cell", cell);
    this.ask();
  }

  openEvent(event, world = "a") {
    this.seek(event.week);
    this.eventPanel.show(event, world);
    if (world === "a") this.save("selected_event", event.n); // Python knows the events of the run, not of the other
    if (event.cell >= 0 && (world === "a" || this.sameCountry)) this.select(event.cell);
    this.ask();
  }

  close() {
    if (this.eventPanel.shown) this.eventPanel.close();
    else if (this.selected >= 0) this.select(-1);
    else return false;
    return true;
  }

  turn(by) {
    const at = Math.floor(this.clock.week);
    const turns = this.runs.a.events.filter((event) => event.rank < 3);
    const next = by > 0 ? turns.find((event) => event.week > at) : turns.reverse().find((event) => event.week < at);
    if (next) this.openEvent(next);
  }

  setLayer(id) {
    this.layer = id;
    this.layerChoice.set(id);
    this.fillLegend();
    this.ask();
  }

  layerNumber(number) {
    if (!this.layers || number > this.layers.length) return false;
    this.setLayer(this.layers[number - 1]);
    return true;
  }

  setView(view) {
    this.view = view;
    this.viewSelect.value = view;
    this.relayout();
  }

  nextView() {
    const all = [...this.viewSelect.options].map(({ value }) => value);
    this.setView(all[(all.indexOf(this.viewSelect.value) + 1) % all.length]);
  }

  setSpeed(speed) {
    this.clock.speed = speed;
    this.speedSelect.value = String(speed);
  }

  faster(by) {
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.clock.speed) + by))]);
  }

  setOption(name, value) {
    this.options[name] = value;
    this.restyle();
    if (!this.runs.a) return;
    this.fillControls();
    this.fillCharts();
    this.relayout();
    this.cellPanel.show(this.selected);
  }

  flip(name) {
    this.setOption(name, !this.options[name]);
  }

  toggle() {
    this.clock.toggle();
  }

  step(weeks) {
    if (Number.isFinite(weeks)) this.clock.step(weeks);
    else this.jump(weeks);
  }

  help() {
    this.helpBox.showModal();
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.root.requestFullscreen) this.root.requestFullscreen().catch(() => {});
  }

  differences() {
    return difference(this.theme);
  }

  // ------------------------------------------------------------ listening

  listen() {
    const { model } = this;
    this.heard = [];
    const hear = (name, act) => {
      model.on(`change:${name}`, act);
      this.heard.push([`change:${name}`, act]);
    };
    hear("run", () => this.load("run"));
    hear("other", () => this.load("other"));
    hear("fan", () => this.loadFan("fan"));
    hear("fan_other", () => this.loadFan("fan_other"));
    hear("week", () => this.hearWeek());
    hear("selected_cell", () => this.hearCell());
    hear("playing", () => (model.get("playing") ? this.clock.play() : this.clock.pause()));
    hear("labels", () => (this.readLabels(), this.ready()));
    hear("options", () => this.hearOptions());
    this.onKey = (event) => {
      if (this.options.keys && this.runs.a && !this.helpBox.open) onKey(event, this);
    };
    this.keyed = this.options.keys === "page" ? document : this.root;
    this.keyed.addEventListener("keydown", this.onKey);
    this.observer = new ResizeObserver(() => {
      if (this.root.clientWidth === this.lastWidth) return;
      this.lastWidth = this.root.clientWidth;
      requestAnimationFrame(() => this.relayout());
    });
    this.observer.observe(this.root);
    this.nightQuery = window.matchMedia("(prefers-color-scheme: dark)");
    this.onNight = () => this.setOption("theme", this.options.theme);
    this.nightQuery.addEventListener("change", this.onNight);
  }

  hearWeek() {
    const week = this.model.get("week");
    if (!this.clock.playing && week !== Math.floor(this.clock.week)) this.clock.seek(week);
  }

  hearCell() {
    const cell = this.model.get("selected_cell");
    if (cell !== this.selected) this.select(cell);
  }

  hearOptions() {
    const { smooth } = this.options;
    this.options = { ...readOptions(this.model), smooth };
    this.layer = this.options.layer;
    this.view = this.options.view;
    this.setSpeed(this.options.speed);
    this.setOption("theme", this.options.theme);
  }

  async begin() {
    await Promise.all([this.load("run"), this.load("other")]);
    await Promise.all([this.loadFan("fan"), this.loadFan("fan_other")]);
  }

  end() {
    this.clock.stop();
    clearTimeout(this.settling);
    this.observer.disconnect();
    this.keyed.removeEventListener("keydown", this.onKey);
    this.nightQuery.removeEventListener("change", this.onNight);
    for (const [name, act] of this.heard) this.model.off(name, act);
  }
}

export default {
  render({ model, el }) {
    const player = new Player(model, el);
    player.begin();
    return () => player.end();
  },
};
