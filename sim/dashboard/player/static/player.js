// The player: maps, time and charts of a run, and of the world beside it.

import { Atlas } from "./atlas.js";
import { CellPanel } from "./cell.js";
import { PlayClock } from "./clock.js";
import { DAY, NIGHT } from "./colours.js";
import { EventPanel } from "./events.js";
import { Face } from "./face.js";
import { Inbox } from "./inbox.js";
import { listen } from "./listen.js";
import { prefersStill, readOptions, SPEEDS } from "./options.js";
import { Timeline } from "./timeline.js";

const LIST_MS = 200; // lists of words need not follow every frame

class Player {
  constructor(model, el) {
    this.model = model;
    this.inbox = new Inbox(model);
    this.hoverWeek = null;
    this.selected = -1;
    this.flipped = false; // the maps show the other world as long as a key is held
    this.given = readOptions(model);
    this.options = { ...this.given };
    this.options.smooth = !prefersStill();
    this.layer = this.options.layer;
    this.view = this.options.view;
    this.textScale = 1;
    this.clock = new PlayClock((week) => this.draw(week), () => this.changed());
    this.clock.speed = this.options.speed;
    this.readLabels();
    this.pickTheme();
    this.charts = [];
    this.atlas = new Atlas(this);
    this.timeline = new Timeline(this);
    this.eventPanel = new EventPanel(this);
    this.cellPanel = new CellPanel(this);
    this.face = new Face(this);
    this.face.build(el);
    this.restyle();
    this.stopListening = listen(this);
  }

  get runs() {
    return this.inbox.runs;
  }

  get fans() {
    return this.inbox.fans;
  }

  get sameCountry() {
    return this.inbox.sameCountry;
  }

  // The first week in which the worlds may differ, 0 where they do from the start.
  get forkWeek() {
    return this.model.get("fork_week") || 0;
  }

  // ------------------------------------------------------------ messages

  async begin() {
    await Promise.all([this.load("run"), this.load("other")]);
    await Promise.all([this.loadFan("fan"), this.loadFan("fan_other")]);
  }

  async load(name) {
    try {
      if (await this.inbox.takeRun(name)) this.ready();
    } catch (error) {
      this.face.complain(`This run cannot be shown: ${error.message}`);
      console.error(error);
    }
  }

  async loadFan(name) {
    if (await this.inbox.takeFan(name)) this.redrawCharts();
  }

  ready() {
    const run = this.runs.a;
    if (!run) return;
    this.face.wait.hidden = true;
    this.face.body.hidden = false;
    const week = this.clock.weeks > 1 ? this.clock.week : this.model.get("week") || 0;
    this.clock.weeks = run.weeks;
    this.clock.week = Math.min(week, run.weeks - 1);
    this.face.fillControls();
    this.face.fillCharts();
    this.face.fillFork();
    if (run.id !== this.shownId) {
      if (this.shownId) this.save("selected_event", -1);
      this.shownId = run.id;
      this.eventPanel.setRun();
    }
    this.eventPanel.fillWorlds();
    const cell = this.selected >= 0 ? this.selected : this.model.get("selected_cell");
    this.selected = Number.isInteger(cell) && cell < run.cells ? cell : -1;
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

  save(name, value) {
    if (this.model.get(name) === value) return;
    this.model.set(name, value);
    this.model.save_changes();
  }

  // ------------------------------------------------------------ drawing

  pickTheme() {
    const dark = this.options.theme === "dark" || (this.options.theme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
    this.theme = dark ? NIGHT : DAY;
  }

  restyle() {
    this.pickTheme();
    this.face.restyle();
    this.atlas.restyle();
  }

  relayout() {
    if (!this.runs.a || this.face.layout() === 0) return;
    const scale = Math.max(1, window.devicePixelRatio || 1);
    this.atlas.resize(scale);
    this.timeline.resize(scale);
    this.face.fillFan();
    for (const chart of this.charts) chart.resize(scale);
    this.cellPanel.draw();
    this.face.fillLegend();
    this.ask();
  }

  redrawCharts() {
    if (!this.runs.a) return;
    this.face.fillFan();
    for (const chart of this.charts) {
      chart.redraw();
      chart.forget();
    }
    this.ask();
  }

  draw(week) {
    if (!this.runs.a || this.face.body.hidden) return;
    this.atlas.frame(week);
    this.timeline.frame(week);
    for (const chart of this.charts) chart.frame(week);
    const at = Math.floor(week);
    if (at !== this.told) {
      this.told = at;
      this.face.tellDate(this.runs.a, at);
      this.face.fillFork();
    }
    const now = performance.now();
    if (!this.clock.playing || now - (this.listed || 0) > LIST_MS) {
      this.listed = now;
      this.cellPanel.frame(week);
      this.eventPanel.frame(week);
    }
    this.tally(week);
  }

  // Figures for tests and the curious.
  tally(week) {
    const { id } = this.runs.a;
    const { playing, frames, drawMs, gaps } = this.clock;
    this.face.root.dataset.run = id;
    window.__player = { id, run: id, week: Math.floor(week), playing, frames, drawMs, gaps, layer: this.layer, view: this.atlas.view, flipped: this.flipped, fork: this.forkWeek, selected: this.selected, fan: Boolean(this.fans.a) };
  }

  // It started, stopped or was moved: say so in words, and to Python.
  changed() {
    this.face.fillPlay();
    this.save("playing", this.clock.playing);
    if (this.clock.playing || !this.runs.a) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), 250);
    this.ask();
  }

  settle() {
    const week = Math.floor(this.clock.week);
    this.face.tellWeek(week);
    this.atlas.describe(week, this.layer);
    this.save("week", week);
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
    if (this.face.closeMenu()) this.face.showMenu.querySelector("summary").focus();
    else if (this.eventPanel.shown) this.eventPanel.close();
    else if (this.selected >= 0) this.select(-1);
    else return false;
    return true;
  }

  // Ask Python to let the policy change from the week shown, or with 0 to leave that.
  fork(week) {
    if (this.clock.playing) this.clock.pause();
    this.save("fork_week", week);
  }

  setLayer(id) {
    this.layer = id;
    this.face.layerChoice.set(id);
    this.face.fillLegend();
    this.ask();
  }

  setView(view) {
    this.view = view;
    this.face.viewSelect.value = view;
    this.relayout();
  }

  hold(on) {
    if (on === this.flipped || (on && (!this.runs.b || this.atlas.view === "difference"))) return;
    this.flipped = on;
    this.face.showFlipped(on);
    this.atlas.setRuns();
    this.ask();
  }

  setSpeed(speed) {
    this.clock.speed = speed;
    this.face.speedSelect.value = String(speed);
  }

  faster(by) {
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.clock.speed) + by))]);
  }

  setOption(name, value) {
    this.options[name] = value;
    this.restyle();
    if (!this.runs.a) return;
    this.face.fillControls();
    this.face.fillCharts();
    this.relayout();
    this.cellPanel.show(this.selected);
  }

  end() {
    this.clock.stop();
    clearTimeout(this.settling);
    this.stopListening();
  }
}

export default {
  render({ model, el }) {
    const player = new Player(model, el);
    player.begin();
    return () => player.end();
  },
};
