// One cell: its values now, their history, who is there, and what happened there.

import { groupColour } from "./colours.js";
import { brief, capital, layerWords, make, percent, rulerWords, several, shortDay } from "./words.js";
import { decodeLevel } from "./run.js";

const MOST_THERE = 6;

export class CellPanel {
  constructor(deck) {
    this.deck = deck;
    this.cell = -1;
    this.body = make("div", {});
    this.node = make("section", { class: "pk-panel pk-cell-panel", "aria-label": "Place", hidden: true }, this.body);
  }

  show(cell) {
    const run = this.deck.runs.a;
    this.cell = run && cell < run.cells ? cell : -1;
    this.node.hidden = this.cell < 0;
    if (this.cell < 0) return;
    const worlds = this.worlds();
    this.rows = run.layers.map((layer) => {
      const values = worlds.map(({ world }) => make("td", { class: `pk-value pk-${world}` }));
      const spark = make("canvas", { class: "pk-spark", "aria-hidden": "true" });
      return { layer, values, spark, row: make("tr", {}, make("th", { scope: "row", title: layer.explains }, layer.title), make("td", {}, spark), values) };
    });
    this.ruler = worlds.map(({ world }) => make("b", { class: `pk-ruled pk-${world}` }));
    this.there = make("div", {});
    this.past = make("ol", { class: "pk-events" });
    const heads = worlds.length > 1 ? [make("tr", {}, make("td"), make("td"), worlds.map(({ world, label }) => make("th", { scope: "col", class: `pk-${world}` }, label)))] : [];
    this.body.replaceChildren(
      make("button", { class: "pk-close", type: "button", "aria-label": "Close this place", onclick: () => this.deck.select(-1) }, "×"),
      make("h3", {}, capital(run.ground.cells[this.cell])),
      make("p", { class: "pk-kicker" }, run.ground.regions[run.arrays.region[this.cell]]),
      make("p", { class: "pk-rule" }, "Ruled by ", this.ruler),
      make("table", { class: "pk-table" }, make("thead", {}, heads), make("tbody", {}, this.rows.map(({ row }) => row))),
      make("h4", {}, "Who is there"),
      this.there,
      make("h4", {}, "What happened here"),
      this.past,
    );
    this.said = -1;
    this.draw();
    this.frame(this.deck.week());
  }

  worlds() {
    const { runs, labels } = this.deck;
    const shown = this.deck.sameCountry ? ["a", "b"] : ["a"];
    return shown.map((world) => ({ world, run: runs[world], label: labels[world] }));
  }

  // Histories, drawn once for a cell.
  draw() {
    if (this.cell < 0) return;
    const scale = Math.max(1, window.devicePixelRatio || 1);
    for (const { layer, spark } of this.rows) {
      const box = spark.getBoundingClientRect();
      const [width, height] = [Math.max(40, box.width), Math.max(14, box.height)];
      Object.assign(spark, { width: width * scale, height: height * scale });
      const pen = spark.getContext("2d");
      pen.scale(scale, scale);
      for (const { world, run } of this.worlds().reverse()) {
        pen.beginPath();
        for (let f = 0; f < run.frames; f++) {
          const level = run.arrays.layers[run.offset(layer.id, f) + this.cell];
          pen.lineTo((f / Math.max(1, run.frames - 1)) * width, height - 1.5 - (level / 255) * (height - 3));
        }
        pen.strokeStyle = this.deck.theme[world];
        pen.lineWidth = 1.3;
        pen.setLineDash(world === "b" ? [3, 2] : []);
        pen.stroke();
      }
    }
  }

  frame(week) {
    const at = Math.floor(week);
    if (this.cell < 0 || at === this.said) return;
    this.said = at;
    const worlds = this.worlds();
    for (const { layer, values } of this.rows) values.forEach((td, k) => (td.textContent = layerWords(worlds[k].run, layer.id, at, this.cell)));
    this.ruler.forEach((b, k) => (b.textContent = rulerWords(worlds[k].run, at, this.cell)));
    this.there.replaceChildren(...worlds.map((world) => this.people(world, at, worlds.length > 1)));
    const run = this.deck.runs.a;
    const events = (run.eventsByCell.get(this.cell) || []).filter((event) => event.week <= at).slice(-MOST_THERE).reverse();
    const items = events.map((event) => make("li", {}, make("button", { type: "button", onclick: () => this.deck.openEvent(event) }, make("time", {}, shortDay(run.date(event.week))), make("span", {}, capital(event.text)))));
    this.past.replaceChildren(...(items.length ? items : [make("li", { class: "pk-none" }, "Nothing so far.")]));
  }

  people({ world, run, label }, week, named) {
    const units = run.unitsAt(week, this.cell).slice(0, MOST_THERE);
    const bands = run.bandsAt(week, this.cell);
    const items = [
      ...bands.map((band) => {
        const patch = make("span", { class: "pk-patch" });
        patch.style.background = groupColour(run.groups[band.group], this.deck.theme);
        return make("li", {}, patch, `${run.groups[band.group].name.split(":")[0]}: ${several(band.people, "fighter")} in ${several(band.n, "band")}`);
      }),
      ...units.map((unit) => make("li", {}, `${run.units.contributors[unit.contributor]}: ${brief(unit.people)} ${run.units.components[unit.component]}, ${several(unit.n, "unit")}`)),
    ];
    const head = named ? [make("p", { class: `pk-kicker pk-${world}` }, label)] : [];
    return make("div", {}, head, items.length ? make("ul", { class: "pk-there" }, items) : make("p", { class: "pk-none" }, "Nobody in arms, no peacekeepers."));
  }
}

// What the pointer is over: the cell's name and the layer's value in each world.
export function hoverWords(deck, layer, week, cell, over) {
  const run = deck.runs[over];
  const worlds = deck.sameCountry ? ["a", "b"] : [over];
  const says = worlds.map((world) => {
    const of = deck.runs[world];
    const value = layer === "control" ? rulerWords(of, week, cell) : layerWords(of, layer, week, cell);
    return worlds.length > 1 ? `${deck.labels[world]}: ${value}` : value;
  });
  return [capital(run.ground.cells[cell]), ...says];
}

export function legendTicks(layer) {
  const share = layer.id === "displacement";
  const levels = layer.scale === "log" ? [1, 85, 170, 255] : [0, 127, 255];
  return levels.map((level) => {
    const value = decodeLevel(layer, level);
    return { at: level / 255, text: share ? percent(value) : brief(Number(value.toPrecision(1))) };
  });
}
