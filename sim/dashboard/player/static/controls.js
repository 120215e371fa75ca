// Buttons, choices and the legend.

import { difference, groupColour, ramp } from "./colours.js";
import { legendTicks } from "./cell.js";
import { comparable, Gap } from "./gap.js";
import { BAND_SHAPES, markPicture, UNIT_KINDS } from "./marks.js";
import { SPEEDS, VIEWS } from "./options.js";
import { make, shortName } from "./words.js";

export const KEYS = [
  ["Space", "play or pause"], ["← →", "a week back or on"], ["Page Up, Page Down", "a quarter back or on"], ["Home, End", "first or last week"],
  ["1 – 8", "layer of the map"], ["+ −", "faster, slower"], ["V", "side by side, one world, difference"], ["X, held", "the other world in the same place"], ["U, B, N, S", "peacekeepers, bands, names, single futures on or off"],
  ["E", "next turning point; Shift+E the one before"], ["F", "full screen"], ["Tab to a map, then arrows", "choose a cell"], ["Esc", "close the event, then the cell"], ["?", "this list"],
];

const ICONS = {
  play: "M7 4l14 8-14 8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z", back: "M15 5l-8 7 8 7z", on: "M9 5l8 7-8 7z",
  first: "M6 5h2v14H6zM19 5L9 12l10 7z", last: "M16 5h2v14h-2zM5 5l10 7-10 7z", screen: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "pk-icon", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function button(label, name, act, extra = "") {
  return make("button", { class: `pk-button ${extra}`, type: "button", title: label, "aria-label": label, onclick: act }, icon(name));
}

// A choice of one, with arrow keys between the choices.
export class Choice {
  constructor(label, choices, act) {
    this.buttons = choices.map(({ id, title, hint, explains }) =>
      make("button", { type: "button", role: "radio", class: "pk-choice", title: `${explains || title}${hint ? ` (key ${hint})` : ""}`, "aria-checked": "false", tabIndex: -1, onclick: () => act(id) }, title),
    );
    this.ids = choices.map(({ id }) => id);
    this.node = make("div", { class: "pk-choices", role: "radiogroup", "aria-label": label }, this.buttons);
    this.node.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      const next = (this.ids.indexOf(this.now) + by + this.ids.length) % this.ids.length;
      act(this.ids[next]);
      this.buttons[next].focus();
    });
  }

  set(id) {
    this.now = id;
    this.buttons.forEach((node, k) => {
      node.setAttribute("aria-checked", String(this.ids[k] === id));
      node.tabIndex = this.ids[k] === id ? 0 : -1;
    });
  }
}

export function select(label, choices, value, act) {
  const node = make("select", { class: "pk-select", "aria-label": label, title: label, onchange: () => act(node.value) }, choices.map(([id, title]) => make("option", { value: id }, title)));
  node.value = value;
  return node;
}

export function speedChoices() {
  return SPEEDS.map((speed) => [String(speed), { 4: "1 month/s", 13: "¼ year/s", 26: "½ year/s", 52: "1 year/s" }[speed]]);
}

export function viewChoices(labels, { two, same, narrow }) {
  if (!two) return [["single", VIEWS.single]];
  const views = [["side", VIEWS.side], ["single", `Only: ${labels.a}`], ["other", `Only: ${labels.b}`]];
  if (narrow) views.shift();
  return same ? [...views, ["difference", VIEWS.difference]] : views;
}

export function check(label, on, act) {
  const box = make("input", { type: "checkbox", checked: on, onchange: () => act(box.checked) });
  return make("label", { class: "pk-check" }, box, label);
}

// What colours and markers mean.
export function legend(deck, layer, view) {
  const { theme } = deck;
  const run = deck.runs.a;
  const parts = [];
  const card = run.layers.find((one) => one.id === layer);
  if (view === "difference") parts.push(...differenceLegend(deck, card));
  else if (layer === "control") parts.push(...ruleLegend(deck, true));
  else if (card) parts.push(...rampLegend(card, theme));
  if (view !== "difference") parts.push(markLegend(deck, layer !== "control"));
  return parts;
}

// Who rules: colour and pattern of the land, and with `marked` the marker of the group's bands.
function ruleLegend({ runs, theme, options, textScale }, marked) {
  const bands = marked && options.bands;
  const items = runs.a.groups.map((group) => {
    const patch = make("span", { class: `pk-patch pk-hatch-${marked && options.hatching ? group.hatch : 0}` });
    patch.style.backgroundColor = groupColour(group, theme);
    const [name, brief] = [group.name.split(":")[0], shortName(group)];
    return make("span", { class: "pk-legend-item", title: group.name }, patch, bands ? bandMark(group, theme, textScale) : null, name === brief ? name : `${name} (${brief})`);
  });
  const nobody = make("span", { class: "pk-patch" });
  nobody.style.background = theme.nobody;
  const note = bands ? "paler: a weaker hold; symbol: armed band" : "paler: a weaker hold";
  return [...items, make("span", { class: "pk-legend-item" }, nobody, "nobody"), make("span", { class: "pk-legend-note" }, note)];
}

function bandMark(group, theme, scale) {
  return markPicture(BAND_SHAPES[group.hatch], groupColour(group, theme), theme.band, 18 * scale);
}

function rampLegend(card, theme) {
  const canvas = make("canvas", { class: "pk-ramp", width: 256, height: 1, "aria-hidden": "true" });
  paintRamp(canvas, ramp(theme.name === "dark" ? card.ramp_dark : card.ramp));
  return [make("span", { class: "pk-legend-note" }, card.unit), make("span", { class: "pk-ramp-box", role: "img", "aria-label": `Colours from ${card.low} to ${card.high}, ${card.unit}` }, canvas, rampMarks(legendTicks(card)))];
}

function rampMarks(ticks) {
  const marks = ticks.map(({ at, text }) => {
    const node = make("span", {}, text);
    node.style.left = `${100 * at}%`;
    return node;
  });
  return make("span", { class: "pk-ramp-marks", "aria-hidden": "true" }, marks);
}

function differenceLegend(deck, card) {
  if (!card) {
    const same = make("span", { class: "pk-patch" });
    same.style.background = deck.theme.same;
    const rulers = ruleLegend(deck, false).slice(0, -1);
    return [make("span", { class: "pk-legend-item" }, same, "the same ruler in both worlds"), make("span", { class: "pk-legend-note" }, `otherwise who rules in: ${deck.labels.a}`), ...rulers];
  }
  if (!comparable(card.id, deck.runs.a, deck.runs.b)) return [make("span", { class: "pk-legend-note" }, "One world has no mission to trust: there is nothing to compare.")];
  const canvas = make("canvas", { class: "pk-ramp", width: 511, height: 1, "aria-hidden": "true" });
  paintRamp(canvas, difference(deck.theme));
  const ticks = new Gap(card).ticks();
  const words = `Colours of the difference, from ${ticks[0].text} to ${ticks[ticks.length - 1].text}, ${card.unit}`;
  const note = (text) => make("span", { class: "pk-legend-note" }, text);
  return [note(`${deck.labels.a}: less`), make("span", { class: "pk-ramp-box pk-gap-box", role: "img", "aria-label": words }, canvas, rampMarks(ticks)), note(`more (${card.unit})`)];
}

function paintRamp(canvas, table) {
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(table.length, 1);
  new Uint32Array(image.data.buffer).set(table);
  pen.putImageData(image, 0, 0);
}

function markLegend(deck, withBands) {
  const { theme, options } = deck;
  const run = deck.runs.a;
  const box = make("span", { class: "pk-legend-marks" });
  const there = new Set(run.units.component);
  if (options.units) {
    for (const kind of UNIT_KINDS) {
      if (kind.components.some((component) => there.has(component))) box.append(make("span", { class: "pk-legend-item" }, markPicture(kind.shape, theme.unit, theme.unitEdge, 18 * deck.textScale), kind.label));
    }
  }
  if (options.bands && withBands) {
    for (const group of run.groups) box.append(make("span", { class: "pk-legend-item", title: `Bands of ${group.name}` }, bandMark(group, theme, deck.textScale), make("span", { class: "pk-legend-name" }, shortName(group))));
  }
  box.append(make("span", { class: "pk-legend-item" }, make("span", { class: "pk-ring" }), "recent killing"));
  return box;
}
