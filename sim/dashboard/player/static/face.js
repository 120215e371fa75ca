// What the player looks like: its parts on the page, and what its controls, legend and charts offer for a run.

import { Chart, RuleChart } from "./chart.js";
import { NIGHT } from "./colours.js";
import { button, check, Choice, icon, KEYS, legend, select, speedChoices, viewChoices } from "./controls.js";
import { day, make, weekWords } from "./words.js";

const HIDDEN_LAYERS = ["people"]; // in the cell's history only
const SHOWN = { units: "Peacekeepers", bands: "Armed bands", names: "Names", hatching: "Patterns", ranges: "Range of futures", single: "Single futures" };

export class Face {
  constructor(deck) {
    this.deck = deck;
  }

  build(el) {
    const { deck } = this;
    this.title = make("h2", { class: "pk-title" });
    this.date = make("span", { class: "pk-date" });
    this.layerBox = make("div", { class: "pk-layers" });
    this.legendBox = make("div", { class: "pk-legend" });
    this.viewBox = make("span", { class: "pk-views" });
    this.playButton = make("button", { class: "pk-button pk-play", type: "button", onclick: () => deck.clock.toggle() });
    this.speedSelect = select("Speed", speedChoices(), String(deck.clock.speed), (speed) => deck.setSpeed(Number(speed)));
    this.chartBox = make("div", { class: "pk-charts" });
    this.fanBox = make("div", { class: "pk-fan", role: "group", "aria-label": "Futures in the charts", hidden: true });
    this.forkBox = make("div", { class: "pk-fork", hidden: true });
    this.says = make("p", { class: "pk-says", role: "status", "aria-live": "polite" });
    this.wait = make("p", { class: "pk-wait", role: "status" }, "Waiting for a run …");
    this.checks = make("div", { class: "pk-menu" });
    this.helpBox = make("dialog", { class: "pk-help", "aria-label": "Keys" }, make("h3", {}, "Keys"), make("dl", {}, KEYS.map(([key, what]) => [make("dt", {}, key), make("dd", {}, what)])), make("button", { class: "pk-chip", type: "button", onclick: () => this.helpBox.close() }, "Close"));
    const transport = make(
      "div",
      { class: "pk-transport", role: "group", "aria-label": "Playing" },
      button("To the start", "first", () => deck.clock.step(-Infinity)),
      button("A week back", "back", () => deck.clock.step(-1)),
      this.playButton,
      button("A week on", "on", () => deck.clock.step(1)),
      button("To the end", "last", () => deck.clock.step(Infinity)),
      this.date,
      make("span", { class: "pk-gap" }),
      this.speedSelect,
      this.viewBox,
    );
    const tools = make(
      "div",
      { class: "pk-tools" },
      (this.showMenu = make("details", { class: "pk-show" }, make("summary", { class: "pk-button pk-text" }, "Show"), this.checks)),
      make("button", { class: "pk-button pk-text", type: "button", title: "Keys", "aria-label": "Keys", onclick: () => this.help() }, "?"),
      button("Full screen", "screen", () => this.fullScreen(), "pk-screen"),
    );
    this.transport = transport;
    this.main = make("div", { class: "pk-main" }, make("div", { class: "pk-bar" }, this.layerBox, tools), this.legendBox, deck.atlas.node, transport, deck.timeline.node, this.forkBox, this.says, this.fanBox, this.chartBox);
    this.side = make("aside", { class: "pk-side" }, deck.eventPanel.detail, deck.cellPanel.node, deck.eventPanel.node);
    this.root = make("div", { class: "pk-root" }, make("header", { class: "pk-head" }, this.title), this.wait, make("div", { class: "pk-body", hidden: true }, this.main, this.side), this.helpBox);
    this.body = this.root.querySelector(".pk-body");
    el.replaceChildren(this.root);
    this.root.addEventListener("pointerdown", ({ target }) => this.showMenu.contains(target) || this.closeMenu());
    this.fillPlay();
  }

  // ------------------------------------------------------------ what it offers

  fillPlay() {
    const { playing } = this.deck.clock;
    this.playButton.replaceChildren(icon(playing ? "pause" : "play"), make("span", {}, playing ? "Pause" : "Play"));
    this.playButton.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  fillControls() {
    const { deck } = this;
    const { options, labels } = deck;
    const run = deck.runs.a;
    const layers = [{ id: "control", title: "Control", explains: "Who rules each cell, and how firmly." }, ...run.layers.filter(({ id }) => !HIDDEN_LAYERS.includes(id))];
    const said = layers.map(({ id, title, explains }) => [id, title, explains]);
    const key = JSON.stringify([run.title, run.summary, said, labels, Boolean(deck.runs.b), deck.sameCountry, deck.theme.name, deck.narrow, options]);
    if (key === this.controlKey) return;
    this.controlKey = key;
    this.layers = layers.map(({ id }) => id);
    if (!this.layers.includes(deck.layer)) deck.layer = "control";
    this.layerChoice = new Choice("Layer of the map", layers.map(({ id, title, explains }, k) => ({ id, title, explains, hint: String(k + 1) })), (id) => deck.setLayer(id));
    this.layerBox.replaceChildren(this.layerChoice.node);
    this.layerChoice.set(deck.layer);
    const choices = viewChoices(labels, { two: Boolean(deck.runs.b), same: deck.sameCountry, narrow: deck.narrow });
    this.viewSelect = select("Maps", choices, choices.some(([id]) => id === deck.view) ? deck.view : "single", (view) => deck.setView(view));
    this.viewBox.replaceChildren(...(choices.length > 1 ? [this.flipButton(), this.viewSelect] : []));
    this.checks.replaceChildren(...Object.entries(SHOWN).map(([name, label]) => check(label, options[name], (on) => deck.setOption(name, on))), check("Large type", options.large, (on) => deck.setOption("large", on)), check("Dark", deck.theme === NIGHT, (on) => deck.setOption("theme", on ? "dark" : "light")));
    this.title.textContent = options.title ? run.title : "";
    this.title.title = run.summary;
    this.root.querySelector(".pk-head").hidden = !options.title;
  }

  // From which week the policy changes, and the buttons that ask for it.
  fillFork() {
    const { deck } = this;
    this.forkBox.hidden = !deck.options.forks && !deck.forkWeek;
    if (this.forkBox.hidden) return;
    const run = deck.runs.a;
    const [at, since] = [Math.floor(deck.week()), deck.forkWeek];
    const key = `${since}:${at === 0}:${at === since}:${run.id}:${deck.options.one_past}:${Boolean(deck.runs.b)}`;
    if (key === this.forkKey) return;
    this.forkKey = key;
    const one = deck.options.one_past && deck.runs.b ? "; until then both worlds are the same" : "";
    const words = since ? `Policy changed from ${day(run.date(since))}${one}.` : "Both worlds stay the same until then.";
    const label = since ? "Change from this week instead" : "Change the policy from this week";
    const ask = make("button", { class: "pk-chip pk-fork-ask", type: "button", disabled: at === 0 || at === since, title: at === 0 ? "Go to a later week first" : "", onclick: () => deck.fork(Math.floor(deck.week())) }, label);
    const go = make("button", { class: "pk-chip", type: "button", onclick: () => deck.seek(since) }, "Go there");
    const leave = make("button", { class: "pk-chip", type: "button", onclick: () => deck.fork(0) }, "Undo");
    const said = make("span", { class: since ? "pk-fork-words" : "pk-kicker" }, words);
    const parts = since ? [said, go, ...(deck.options.forks ? [ask, leave] : [])] : [ask, said];
    this.forkBox.replaceChildren(...parts);
  }

  // As long as it is held, the maps show the other world in the same place.
  flipButton() {
    const { deck } = this;
    const press = (event) => {
      if (event.type === "keydown" && event.key !== " " && event.key !== "Enter") return;
      if (event.type === "keydown") event.preventDefault();
      event.stopPropagation();
      deck.hold(true);
    };
    const release = () => deck.hold(false);
    return make("button", { class: "pk-button pk-text pk-flip", type: "button", title: "Hold to see the other world in the same place (or hold the key X)", "aria-pressed": "false", onpointerdown: press, onkeydown: press, onpointerup: release, onpointerleave: release, onpointercancel: release, onkeyup: release, onblur: release }, "Flip");
  }

  showFlipped(on) {
    this.root.classList.toggle("pk-flipped", on);
    for (const held of this.viewBox.querySelectorAll(".pk-flip")) held.setAttribute("aria-pressed", String(on));
  }

  fillLegend() {
    const { deck } = this;
    if (deck.runs.a) this.legendBox.replaceChildren(...legend(deck, deck.layer, deck.atlas.view));
  }

  // A chart of nothing but zeros is left out.
  fillCharts() {
    const { deck } = this;
    const run = deck.runs.a;
    const hidden = new Set(deck.options.hidden);
    const known = deck.options.charts ? run.charts.filter(({ id }) => !hidden.has(id)) : [];
    const cards = known.filter((card) => card.lines.some(({ row }) => ["a", "b"].some((world) => deck.runs[world] && deck.runs[world].arrays.series.subarray(row * run.weeks, (row + 1) * run.weeks).some((value) => value > 0))));
    const key = cards.map(({ id }) => id).join();
    if (key === this.chartKey) return;
    deck.charts = cards.map((card) => new Chart(card, deck));
    if (deck.options.charts && !hidden.has("rule")) deck.charts.splice(2, 0, new RuleChart(deck));
    this.chartBox.replaceChildren(...deck.charts.map((chart) => chart.node));
    this.chartKey = key;
  }

  // What bands and thin lines mean, and the buttons that show or hide them.
  fillFan() {
    const { deck } = this;
    const fan = deck.fans.a;
    this.fanBox.hidden = !fan || !deck.options.charts;
    if (this.fanBox.hidden) return;
    const { ranges, single } = deck.options;
    const key = `${fan.runs}:${ranges}:${single}`;
    if (key === this.fanKey) return;
    this.fanKey = key;
    const chip = (name, label) => make("button", { class: "pk-chip", type: "button", "aria-pressed": String(deck.options[name]), onclick: () => { deck.setOption(name, !deck.options[name]); this.fanBox.querySelector(`[data-what=${name}]`).focus(); }, "data-what": name }, label);
    const bands = ranges ? ` Dark band: half of ${fan.runs} futures; pale band: nine in ten.` : "";
    const lines = single ? ` Thin lines: ${fan.futures} of them, one by one.` : "";
    this.fanBox.replaceChildren(chip("ranges", "Range of futures"), chip("single", "Single futures"), make("span", { class: "pk-kicker" }, `Lines: the future on the map.${bands}${lines}`));
  }

  // ------------------------------------------------------------ what it says

  tellDate(run, week) {
    this.date.textContent = "";
    this.date.append(make("b", {}, day(run.date(week))), make("span", {}, ` week ${week + 1} of ${run.weeks}`));
  }

  tellWeek(week) {
    const { deck } = this;
    const worlds = ["a", "b"].filter((world) => deck.runs[world]);
    const one = worlds.length > 1 && deck.options.one_past && week < deck.forkWeek;
    const shown = one ? ["a"] : worlds;
    this.says.replaceChildren(...shown.map((world) => make("span", { class: `pk-${world}` }, worlds.length > 1 ? make("b", {}, `${one ? "Both worlds" : deck.labels[world]}: `) : null, weekWords(deck.runs[world], week), ".")));
  }

  complain(words) {
    this.wait.hidden = false;
    this.wait.textContent = words;
  }

  restyle() {
    this.root.dataset.theme = this.deck.theme.name;
    this.root.classList.toggle("pk-big", Boolean(this.deck.options.large));
  }

  // Where things stand for the width there is; 0 where the page does not show the player.
  layout() {
    const { deck } = this;
    const width = this.root.clientWidth;
    if (width === 0) return 0;
    const wide = width >= 1080;
    this.root.classList.toggle("pk-wide", wide);
    deck.narrow = width < 600;
    this.root.classList.toggle("pk-narrow", deck.narrow);
    this.fillControls();
    if (deck.narrow) deck.atlas.node.after(this.legendBox);
    else deck.atlas.node.before(this.legendBox);
    this.side.hidden = !deck.options.events;
    // A place that was clicked is told where it can be seen: beside the maps, or below them and above the charts.
    const beside = wide && deck.options.events;
    if (beside) {
      this.side.prepend(this.says, deck.eventPanel.detail, deck.cellPanel.node);
    } else {
      this.transport.after(...(deck.options.events ? [deck.cellPanel.node] : []));
      this.fanBox.before(this.says);
    }
    deck.textScale = parseFloat(getComputedStyle(this.root).fontSize) / 14;
    return width;
  }

  layerNumber(number) {
    if (!this.layers || number > this.layers.length) return false;
    this.deck.setLayer(this.layers[number - 1]);
    return true;
  }

  nextView() {
    const all = [...this.viewSelect.options].map(({ value }) => value);
    this.deck.setView(all[(all.indexOf(this.viewSelect.value) + 1) % all.length]);
  }

  // Whether there was anything to close.
  closeMenu() {
    const { open } = this.showMenu;
    this.showMenu.open = false;
    return open;
  }

  help() {
    this.helpBox.showModal();
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.root.requestFullscreen) this.root.requestFullscreen().catch(() => {});
  }
}
