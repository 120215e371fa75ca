// How far two worlds are apart in a cell, on a scale that is the same for every run and week: half the range of the
// layer fills it to both sides. Layers on a log scale differ by a factor, the others by an amount.

import { decodeLevel } from "./run.js";
import { brief, percent } from "./words.js";

const MIDDLE = 255; // of the 511 colours

// Trust in a mission and, where there is none, trust in the state are not one thing.
export function comparable(layer, first, second) {
  return layer !== "trust" || first.has_mission === second.has_mission;
}

export class Gap {
  constructor(layer) {
    this.layer = layer;
    this.log = layer.scale === "log";
    const place = (value) => (this.log ? Math.log10(Math.max(value, layer.low / 2)) : value);
    this.places = Float32Array.from({ length: 256 }, (_, level) => place(decodeLevel(layer, level)));
    this.reach = (place(layer.high) - place(layer.low)) / 2;
  }

  // The colour of a cell by its levels in both worlds: 0 far less in the first, 510 far more, 255 the same.
  colour(first, second) {
    const apart = (this.places[first] - this.places[second]) / this.reach;
    return Math.round(MIDDLE * (1 + Math.max(-1, Math.min(1, apart))));
  }

  // Marks along the scale, `at` from 0 to 1.
  ticks() {
    const shown = this.layer.id === "displacement" ? percent : (value) => brief(value);
    const sizes = this.log ? [1, 2].filter((tens) => tens <= this.reach) : [this.reach];
    const word = (size) => (this.log ? brief(10 ** size) : shown(size));
    const marks = sizes.flatMap((size) => [
      { at: 0.5 - size / this.reach / 2, text: `${this.log ? "÷" : "−"}${word(size)}` },
      { at: 0.5 + size / this.reach / 2, text: `${this.log ? "×" : "+"}${word(size)}` },
    ]);
    return [...marks, { at: 0.5, text: "same" }].sort((a, b) => a.at - b.at);
  }
}
