// One map on a canvas. A cell of the country is one pixel of a small picture that is scaled up without smoothing, so a
// frame costs as much as the country has cells, whatever the size of the screen.

import { difference, hatch, pixel, ramp, rgb, ruleTables } from "./colours.js";
import { comparable, Gap } from "./gap.js";
import { Marks } from "./marks.js";
import { NONE8 } from "./run.js";

const PULSE_WEEKS = 8;

export class MapView {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d", { alpha: false });
    this.tile = document.createElement("canvas");
    this.lines = document.createElement("canvas"); // borders and names
    this.sheet = document.createElement("canvas"); // the same over the hatching of the week
    this.run = null;
    this.textScale = 1;
  }

  setRun(run, against = null) {
    if (run !== this.run) this.marks = new Marks(run);
    this.run = run;
    this.against = against;
    this.hatchKey = null;
    this.themed = null;
  }

  resize(width, height, scale) {
    const wide = Math.max(1, Math.round(width * scale));
    const high = Math.max(1, Math.round(height * scale));
    this.scale = scale;
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.themed = null;
  }

  // Where everything is, for this size and these colours.
  prepare(options, theme) {
    const { run } = this;
    const { row, column, base } = run.arrays;
    const span = extent(row, column);
    const { width, height } = this.canvas;
    const margin = 1;
    const across = span.right - span.left + 1 + 2 * margin;
    const down = span.bottom - span.top + 1 + 2 * margin;
    this.size = Math.max(2, Math.floor(Math.min(width / across, height / down)));
    this.left = span.left - margin - Math.ceil((width / this.size - across) / 2);
    this.top = span.top - margin - Math.ceil((height / this.size - down) / 2);
    this.shiftX = Math.round((width - (across - 2 * margin) * this.size) / 2 - (span.left - this.left) * this.size);
    this.shiftY = Math.round((height - (down - 2 * margin) * this.size) / 2 - (span.top - this.top) * this.size);
    const tw = Math.ceil((width - this.shiftX) / this.size) + 1;
    const th = Math.ceil((height - this.shiftY) / this.size) + 1;
    this.tile.width = tw;
    this.tile.height = th;
    this.image = this.tile.getContext("2d").createImageData(tw, th);
    this.pixels = new Uint32Array(this.image.data.buffer);
    const ground = [theme.sea, theme.abroad, theme.outside].map((colour) => pixel(rgb(colour)));
    for (let y = 0; y < th; y++) {
      for (let x = 0; x < tw; x++) {
        const [r, c] = [y + this.top, x + this.left];
        const drawn = r >= 0 && c >= 0 && r < run.rows && c < run.columns;
        this.pixels[y * tw + x] = ground[drawn ? Math.min(1, base[r * run.columns + c]) : 2];
      }
    }
    this.place = new Int32Array(run.cells);
    for (let c = 0; c < run.cells; c++) this.place[c] = (row[c] - this.top) * tw + column[c] - this.left;
    this.tables = Object.fromEntries(run.layers.map((layer) => [layer.id, ramp(theme.name === "dark" ? layer.ramp_dark : layer.ramp)]));
    this.gaps = Object.fromEntries(run.layers.map((layer) => [layer.id, new Gap(layer)]));
    this.rulers = ruleTables(run.groups, theme);
    this.nobody = pixel(rgb(theme.nobody));
    this.same = pixel(rgb(theme.same));
    this.differences = difference(theme);
    this.hatches = [null, 1, 2, 3, 4].map((kind) => (kind ? hatch(this.pen, kind, this.size / 2.6, theme) : null));
    for (const sheet of [this.lines, this.sheet]) Object.assign(sheet, { width, height });
    drawBorders(this.lines.getContext("2d"), this, theme);
    if (options.names) drawNames(this.lines.getContext("2d"), this, theme);
    this.hatchKey = null;
    this.themed = theme;
  }

  x(cell) {
    return (this.run.arrays.column[cell] - this.left + 0.5) * this.size + this.shiftX;
  }

  y(cell) {
    return (this.run.arrays.row[cell] - this.top + 0.5) * this.size + this.shiftY;
  }

  // The cell at a point in CSS pixels, -1 for none.
  pick(x, y) {
    if (!this.themed) return -1;
    const c = Math.floor((x * this.scale - this.shiftX) / this.size) + this.left;
    const r = Math.floor((y * this.scale - this.shiftY) / this.size) + this.top;
    if (r < 0 || c < 0 || r >= this.run.rows || c >= this.run.columns) return -1;
    return this.run.at[r * this.run.columns + c];
  }

  draw(week, layer, options, theme, hover, selected) {
    if (!this.run) return;
    if (this.themed !== theme) this.prepare(options, theme);
    const { pen, canvas, run } = this;
    this.paint(week, layer, options);
    this.tile.getContext("2d").putImageData(this.image, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.tile, this.shiftX, this.shiftY, this.tile.width * this.size, this.tile.height * this.size);
    const hatched = layer === "control" && options.hatching && !this.against;
    if (hatched) this.drawHatching(week);
    pen.drawImage(hatched ? this.sheet : this.lines, 0, 0);
    if (!this.against) {
      this.drawPulses(week, theme, options);
      if (options.units || options.bands) this.marks.draw(pen, this, week, options, theme);
    }
    if (hover >= 0 && hover < run.cells) this.frameCell(hover, theme.ink, 1.5);
    if (selected >= 0 && selected < run.cells) this.frameCell(selected, theme.focus, 3);
    canvas.dataset.week = String(Math.floor(week));
  }

  // One colour a cell into the small picture.
  paint(week, layer, options) {
    const { run, pixels, place, against } = this;
    const frame = run.frame(week);
    if (layer === "control") {
      this.paintRule(frame);
      return;
    }
    const levels = run.arrays.layers;
    const table = this.tables[layer];
    const at = run.offset(layer, frame);
    if (against) {
      const other = against.arrays.layers;
      const from = against.offset(layer, against.frame(week));
      const gap = this.gaps[layer];
      if (!comparable(layer, run, against)) {
        for (let c = 0; c < run.cells; c++) pixels[place[c]] = this.same;
        return;
      }
      for (let c = 0; c < run.cells; c++) pixels[place[c]] = this.differences[gap.colour(levels[at + c], other[from + c])];
      return;
    }
    const part = options.smooth ? Math.min(1, week / run.stride - frame) : 0;
    if (part <= 0 || frame + 1 >= run.frames) {
      for (let c = 0; c < run.cells; c++) pixels[place[c]] = table[levels[at + c]];
      return;
    }
    const next = at + run.cells;
    for (let c = 0; c < run.cells; c++) {
      const low = levels[at + c];
      pixels[place[c]] = table[Math.round(low + (levels[next + c] - low) * part)];
    }
  }

  paintRule(frame) {
    const { run, pixels, place, against } = this;
    const { ruler, share } = run.arrays;
    const from = frame * run.cells;
    for (let c = 0; c < run.cells; c++) {
      const group = ruler[from + c];
      const same = against && against.arrays.ruler[Math.min(against.frames - 1, frame) * run.cells + c] === group;
      if (same) pixels[place[c]] = this.same;
      else pixels[place[c]] = group === NONE8 ? this.nobody : this.rulers[group][share[from + c]];
    }
  }

  // Hatch the cells whose ruler has changed since the last frame; the rest is on the sheet already.
  drawHatching(week) {
    const { run, size } = this;
    const from = run.frame(week) * run.cells;
    const now = run.arrays.ruler.subarray(from, from + run.cells);
    const pen = this.sheet.getContext("2d");
    if (!this.hatchKey) {
      pen.clearRect(0, 0, this.sheet.width, this.sheet.height);
      pen.drawImage(this.lines, 0, 0);
      this.hatchKey = new Uint8Array(run.cells).fill(NONE8);
    }
    for (let c = 0; c < run.cells; c++) {
      if (this.hatchKey[c] === now[c]) continue;
      const kind = now[c] === NONE8 ? 0 : run.groups[now[c]].hatch;
      const before = this.hatchKey[c] === NONE8 ? 0 : run.groups[this.hatchKey[c]].hatch;
      this.hatchKey[c] = now[c];
      if (kind === before) continue;
      const [x, y] = [(run.arrays.column[c] - this.left) * size + this.shiftX, (run.arrays.row[c] - this.top) * size + this.shiftY];
      pen.clearRect(x, y, size, size);
      if (kind > 0) {
        pen.fillStyle = this.hatches[kind];
        pen.fillRect(x, y, size, size);
      }
      pen.drawImage(this.lines, x, y, size, size, x, y, size, size);
    }
  }

  // Rings where people were killed in the last weeks, which widen and fade.
  drawPulses(week, theme, options) {
    const { pen, run, size } = this;
    for (let w = Math.max(0, Math.floor(week) - PULSE_WEEKS + 1); w <= Math.floor(week); w++) {
      const age = Math.max(0, week - w) / PULSE_WEEKS;
      for (const event of run.eventsByWeek.get(w) || []) {
        if (!(event.dead > 0) || event.cell < 0) continue;
        const wide = size * Math.min(1.6, 0.3 + 0.11 * Math.sqrt(event.dead));
        pen.beginPath();
        pen.arc(this.x(event.cell), this.y(event.cell), options.smooth ? wide * (0.7 + 0.5 * age) : wide, 0, 2 * Math.PI);
        pen.globalAlpha = Math.max(0, 0.95 * (1 - age));
        pen.lineWidth = Math.max(1.2 * this.scale, size * 0.09);
        pen.strokeStyle = theme.pulse;
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }

  frameCell(cell, colour, width) {
    const { pen, size } = this;
    pen.lineWidth = width * this.scale;
    pen.strokeStyle = colour;
    pen.strokeRect(this.x(cell) - size / 2, this.y(cell) - size / 2, size, size);
  }
}

function extent(row, column) {
  let [top, bottom, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let c = 0; c < row.length; c++) {
    top = Math.min(top, row[c]);
    bottom = Math.max(bottom, row[c]);
    left = Math.min(left, column[c]);
    right = Math.max(right, column[c]);
  }
  return { top, bottom, left, right };
}

function drawBorders(pen, view, theme) {
  const { run, size } = view;
  const { row, column, region } = run.arrays;
  const coast = new Path2D();
  const border = new Path2D();
  const grid = new Path2D();
  for (let c = 0; c < run.cells; c++) {
    const [x, y] = [view.x(c) - size / 2, view.y(c) - size / 2];
    for (const [dr, dc, x0, y0, x1, y1] of [[-1, 0, 0, 0, 1, 0], [1, 0, 0, 1, 1, 1], [0, -1, 0, 0, 0, 1], [0, 1, 1, 0, 1, 1]]) {
      const [r, k] = [row[c] + dr, column[c] + dc];
      const there = r < 0 || k < 0 || r >= run.rows || k >= run.columns ? -1 : run.at[r * run.columns + k];
      const path = there < 0 ? coast : region[there] !== region[c] ? border : grid;
      path.moveTo(x + x0 * size, y + y0 * size);
      path.lineTo(x + x1 * size, y + y1 * size);
    }
  }
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.lineCap = "square";
  for (const [path, colour, width] of [[grid, theme.grid, 1], [border, theme.border, 1.2 * view.scale], [coast, theme.coast, 1.5 * view.scale]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(path);
  }
}

// Names of places, the capital first; one that would cover another is left out.
function drawNames(pen, view, theme) {
  const { run, size, scale } = view;
  const taken = [];
  const points = Math.max(10.5, Math.min(19, (size / scale) * 0.62 + 2)) * scale * Math.max(1, view.textScale);
  pen.lineJoin = "round";
  pen.textBaseline = "middle";
  for (const place of run.ground.places.slice(0, 40)) {
    pen.font = `${place.capital ? 700 : 500} ${points}px system-ui, "Segoe UI", Roboto, sans-serif`;
    const wide = pen.measureText(place.name).width;
    const [x, y] = [view.x(place.cell), view.y(place.cell)];
    for (const left of [x + size * 0.55, x - size * 0.55 - wide]) {
      const box = [left, y - points * 0.6, left + wide, y + points * 0.6];
      if (box[0] < 2 || box[2] > pen.canvas.width - 2 || taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) continue;
      taken.push(box);
      pen.strokeStyle = theme.halo;
      pen.lineWidth = 3.2 * scale;
      pen.strokeText(place.name, left, y);
      pen.fillStyle = theme.ink;
      pen.fillText(place.name, left, y);
      break;
    }
  }
}
