// The maps: one, or two of one size and scale, under one pointer.

import { hoverWords } from "./cell.js";
import { MapView } from "./map.js";
import { make, weekWords } from "./words.js";

export class Atlas {
  constructor(deck) {
    this.deck = deck;
    this.cell = -1; // under the pointer
    this.panes = ["a", "b"].map((world) => this.pane(world));
    this.node = make("div", { class: "pk-maps" }, this.panes.map((pane) => pane.node));
  }

  pane(world) {
    const canvas = make("canvas", { class: "pk-map", tabIndex: 0, role: "img" });
    const tip = make("div", { class: "pk-tip", hidden: true });
    const name = make("h3", { class: `pk-map-title pk-${world}` });
    const pane = { world, canvas, tip, name, view: new MapView(canvas), node: make("div", { class: "pk-pane" }, name, canvas, tip) };
    canvas.addEventListener("pointermove", (event) => this.point(pane, event));
    canvas.addEventListener("pointerleave", () => this.leave());
    canvas.addEventListener("click", (event) => {
      const cell = this.cellAt(pane, event);
      if (cell < 0 || (pane.view.run !== this.deck.runs.a && !this.deck.sameCountry)) return;
      this.deck.select(cell === this.deck.selected ? -1 : cell);
      if (this.deck.selected >= 0) this.deck.cellPanel.node.scrollIntoView({ block: "nearest" });
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    return pane;
  }

  cellAt(pane, event) {
    const box = pane.canvas.getBoundingClientRect();
    return pane.view.pick(event.clientX - box.left, event.clientY - box.top);
  }

  point(pane, event) {
    const cell = this.cellAt(pane, event);
    if (cell < 0) {
      this.leave();
      return;
    }
    this.cell = cell;
    this.tipPane = pane;
    for (const other of this.panes) other.tip.hidden = other !== pane;
    this.tell();
    const box = pane.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top + pane.canvas.offsetTop;
    const left = x + 18 + pane.tip.offsetWidth > box.width ? x - pane.tip.offsetWidth - 12 : x + 16;
    pane.tip.style.left = `${Math.max(0, left)}px`;
    pane.tip.style.top = `${Math.max(0, y - pane.tip.offsetHeight - 8)}px`;
    this.deck.ask();
  }

  tell() {
    if (this.cell < 0 || !this.tipPane) return;
    const [place, ...values] = hoverWords(this.deck, this.deck.layer, Math.floor(this.deck.week()), this.cell, this.worldOf(this.tipPane));
    this.tipPane.tip.replaceChildren(make("b", {}, place), ...values.map((text) => make("span", {}, text)));
  }

  leave() {
    if (this.cell < 0) return;
    this.cell = -1;
    for (const pane of this.panes) pane.tip.hidden = true;
    this.deck.ask();
  }

  // Arrow keys walk from cell to cell.
  key(event) {
    const { deck } = this;
    const run = deck.runs.a;
    if (!run) return;
    if (event.key === "Enter" || event.key.startsWith("Arrow")) {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const from = deck.selected >= 0 ? deck.selected : run.ground.places.length ? run.ground.places[0].cell : 0;
      const to = step && deck.selected >= 0 ? nextCell(run, from, step) : from;
      deck.select(to);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  worldOf(pane) {
    return pane.view.run === this.deck.runs.b ? "b" : "a";
  }

  get view() {
    const { deck } = this;
    if (!deck.runs.b) return "single";
    if (deck.view === "difference" && !deck.sameCountry) return "single";
    return deck.view === "side" && deck.narrow ? "single" : deck.view;
  }

  setRuns() {
    const { deck } = this;
    const { runs, labels } = deck;
    if (!runs.a) return;
    const { view } = this;
    const [first, second] = this.panes;
    const swap = deck.flipped && view !== "difference";
    const shown = (view === "other") !== swap ? "b" : "a";
    first.view.setRun(runs[shown], view === "difference" ? runs.b : null);
    first.name.textContent = view === "difference" ? `${labels.a}, compared with: ${labels.b}` : labels[shown];
    first.name.className = `pk-map-title pk-${shown}`;
    second.node.hidden = view !== "side";
    if (view === "side") {
      const rest = shown === "a" ? "b" : "a";
      second.view.setRun(runs[rest]);
      second.name.textContent = labels[rest];
      second.name.className = `pk-map-title pk-${rest}`;
    }
    this.node.classList.toggle("pk-two", view === "side");
  }

  resize(scale) {
    this.setRuns();
    const { runs, options } = this.deck;
    if (!runs.a) return;
    const two = this.view === "side";
    const room = this.node.clientWidth;
    const wide = Math.floor(two ? (room - 10) / 2 : room);
    const { row, column } = runs.a.arrays;
    const shape = (span(row) + 3) / (span(column) + 3);
    const tall = Math.max(220, window.innerHeight * (options.height || (two ? 0.42 : 0.5)));
    const high = Math.floor(Math.max(200, Math.min(wide * Math.min(1.15, shape), tall)));
    for (const pane of this.panes) {
      if (pane.node.hidden) continue;
      pane.view.textScale = this.deck.textScale;
      pane.view.resize(wide, high, scale);
    }
  }

  frame(week) {
    const { deck } = this;
    for (const pane of this.panes) {
      if (pane.node.hidden) continue;
      const linked = deck.sameCountry || pane.view.run === deck.runs.a;
      const hover = deck.sameCountry || pane === this.tipPane ? this.cell : -1;
      pane.view.draw(week, deck.layer, deck.options, deck.theme, hover, linked ? deck.selected : -1);
    }
    const at = Math.floor(week);
    if (this.cell >= 0 && at !== this.told) this.tell();
    this.told = at;
  }

  restyle() {
    for (const pane of this.panes) pane.view.themed = null;
  }

  // Words for those who do not see the maps; only when it stands still.
  describe(week, layer) {
    for (const pane of this.panes) {
      if (pane.node.hidden || !pane.view.run) continue;
      pane.canvas.setAttribute("aria-label", `Map of ${pane.name.textContent}, ${layer}. ${weekWords(pane.view.run, Math.floor(week))}. Arrow keys choose a place.`);
    }
  }
}

function span(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

// The nearest cell in a direction, across water if need be.
function nextCell(run, from, [dr, dc]) {
  let [r, c] = [run.arrays.row[from] + dr, run.arrays.column[from] + dc];
  while (r >= 0 && c >= 0 && r < run.rows && c < run.columns) {
    const cell = run.at[r * run.columns + c];
    if (cell >= 0) return cell;
    r += dr;
    c += dc;
  }
  return from;
}
