// Markers of peacekeepers and armed bands: the shape says what they are, the size how many.

import { NOWHERE } from "./run.js";
import { groupColour } from "./colours.js";

export const UNIT_KINDS = [
  { id: "troops", label: "troops", shape: "square", components: [0, 5] },
  { id: "police", label: "police", shape: "triangle", components: [1, 2] },
  { id: "observers", label: "observers", shape: "circle", components: [3] },
  { id: "civilians", label: "civilian staff", shape: "house", components: [4] },
];
export const BAND_SHAPES = ["down", "diamond", "plus", "star", "hourglass"]; // by hatching; the state's first
const PLACES = [[-0.2, -0.2], [0.2, -0.22], [-0.24, 0.16], [0.02, 0.02]]; // of unit kinds within a cell
const BAND_PLACES = [[0.2, 0.2], [-0.05, 0.24], [0.24, -0.02], [-0.2, 0.05]];
const KIND_OF = [0, 1, 1, 2, 3, 0]; // of each component

export function trace(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "square") pen.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else corners(pen, SHAPES[shape], x, y, r);
}

const SHAPES = {
  triangle: [[0, -1.1], [1, 0.75], [-1, 0.75]],
  down: [[0, 1.1], [1, -0.75], [-1, -0.75]],
  house: [[0, -1.1], [1, -0.25], [0.75, 0.9], [-0.75, 0.9], [-1, -0.25]],
  diamond: [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]],
  plus: [[-0.38, -1.1], [0.38, -1.1], [0.38, -0.38], [1.1, -0.38], [1.1, 0.38], [0.38, 0.38], [0.38, 1.1], [-0.38, 1.1], [-0.38, 0.38], [-1.1, 0.38], [-1.1, -0.38], [-0.38, -0.38]],
  star: [[0, -1.3], [0.36, -0.36], [1.3, 0], [0.36, 0.36], [0, 1.3], [-0.36, 0.36], [-1.3, 0], [-0.36, -0.36]],
  hourglass: [[-0.95, -1.05], [0.95, -1.05], [0.25, 0], [0.95, 1.05], [-0.95, 1.05], [-0.25, 0]],
};

function corners(pen, points, x, y, r) {
  points.forEach(([dx, dy], k) => (k === 0 ? pen.moveTo(x + dx * r, y + dy * r) : pen.lineTo(x + dx * r, y + dy * r)));
  pen.closePath();
}

// Radius in pixels of a marker for some people, in cells of some size.
export function radius(people, cell) {
  return cell * Math.max(0.14, Math.min(0.62, 0.42 * Math.sqrt(people / 800)));
}

export class Marks {
  constructor(run) {
    this.run = run;
    this.units = new Float32Array(run.cells * UNIT_KINDS.length);
    this.bands = new Float32Array(run.cells * Math.max(1, run.groups.length));
    this.seen = new Float32Array(this.bands.length); // the part of them in the open
    this.moving = [];
    this.sprites = new Map(); // drawing a picture is several times cheaper than tracing a shape
    this.look = "";
  }

  // A marker as a picture, traced once for its kind, colours and size (to half a pixel).
  sprite(key, r, paint) {
    const size = Math.round(2 * r);
    const name = `${key}:${size}`;
    let found = this.sprites.get(name);
    if (!found) {
      const half = Math.ceil(0.7 * size + 4);
      found = document.createElement("canvas");
      found.width = found.height = 2 * half;
      const pen = found.getContext("2d");
      paint(pen, half, size / 2);
      this.sprites.set(name, found);
    }
    return found;
  }

  // Sum up who stands where at a week; those under way between two weeks are listed one by one.
  gather(week, options) {
    const { run } = this;
    const { arrays } = run;
    this.units.fill(0);
    this.bands.fill(0);
    this.seen.fill(0);
    this.moving.length = 0;
    const frame = run.frame(week);
    const next = Math.min(run.frames - 1, frame + 1);
    const part = options.smooth ? Math.min(1, week / run.stride - frame) : 0;
    if (options.units) {
      for (let u = 0; u < run.nUnits; u++) {
        const from = arrays.unit_cell[frame * run.nUnits + u];
        if (from === NOWHERE) continue;
        const to = part > 0 ? arrays.unit_cell[next * run.nUnits + u] : from;
        const kind = KIND_OF[run.units.component[u]];
        const people = arrays.unit_people[frame * run.nUnits + u];
        if (to === from || to === NOWHERE) this.units[from * UNIT_KINDS.length + kind] += people;
        else this.moving.push({ from, to, part, people, kind, group: -1, open: true });
      }
    }
    if (options.bands) {
      const width = Math.max(1, run.groups.length);
      for (let i = 0; i < run.nBands; i++) {
        const k = frame * run.nBands + i;
        const from = arrays.band_cell[k];
        if (from === NOWHERE) continue;
        const to = part > 0 ? arrays.band_cell[next * run.nBands + i] : from;
        const group = arrays.band_group[k];
        const people = arrays.band_people[k];
        const open = arrays.band_status[k] !== 2;
        if (to === from || to === NOWHERE || arrays.band_group[next * run.nBands + i] !== group) {
          this.bands[from * width + group] += people;
          if (open) this.seen[from * width + group] += people;
        } else this.moving.push({ from, to, part, people, kind: -1, group, open });
      }
    }
  }

  draw(pen, view, week, options, theme) {
    this.gather(week, options);
    const { run } = this;
    const width = Math.max(1, run.groups.length);
    const size = view.size;
    if (this.look !== `${size}:${theme.name}`) {
      this.look = `${size}:${theme.name}`;
      this.sprites.clear();
    }
    for (let c = 0; c < run.cells; c++) {
      for (let g = 0; g < run.groups.length; g++) {
        const people = this.bands[c * width + g];
        if (people > 0) this.band(pen, view.x(c), view.y(c), g, people, this.seen[c * width + g] > 0, size, theme);
      }
    }
    for (const mark of this.moving) {
      if (mark.group < 0) continue;
      const [x, y] = between(view, mark);
      this.band(pen, x, y, mark.group, mark.people, mark.open, size, theme);
    }
    for (let c = 0; c < run.cells; c++) {
      for (let k = 0; k < UNIT_KINDS.length; k++) {
        const people = this.units[c * UNIT_KINDS.length + k];
        if (people > 0) this.unit(pen, view.x(c), view.y(c), k, people, size, theme);
      }
    }
    for (const mark of this.moving) {
      if (mark.group >= 0) continue;
      const [x, y] = between(view, mark);
      this.unit(pen, x, y, mark.kind, mark.people, size, theme);
    }
  }

  unit(pen, x, y, kind, people, size, theme) {
    const [dx, dy] = PLACES[kind];
    const sprite = this.sprite(`u${kind}`, radius(people, size), (brush, middle, r) => {
      trace(brush, UNIT_KINDS[kind].shape, middle, middle, r);
      brush.lineWidth = 2 * Math.max(1, size / 14);
      brush.strokeStyle = theme.unitEdge;
      brush.stroke();
      brush.fillStyle = theme.unit;
      brush.fill();
    });
    put(pen, sprite, x + dx * size, y + dy * size);
  }

  band(pen, x, y, group, people, open, size, theme) {
    const [dx, dy] = BAND_PLACES[group % BAND_PLACES.length];
    const sprite = this.sprite(`b${group}${open ? "" : "h"}`, radius(people, size) * 0.9, (brush, middle, r) => {
      const colour = groupColour(this.run.groups[group], theme);
      const edge = Math.max(1, size / 16);
      trace(brush, BAND_SHAPES[this.run.groups[group].hatch], middle, middle, r);
      brush.lineWidth = 2.4 * edge;
      brush.strokeStyle = open ? theme.bandEdge : colour;
      brush.stroke();
      brush.fillStyle = open ? colour : theme.paper;
      brush.fill();
      brush.lineWidth = edge;
      brush.strokeStyle = theme.band;
      brush.stroke();
    });
    put(pen, sprite, x + dx * size, y + dy * size);
  }
}

function put(pen, sprite, x, y) {
  pen.drawImage(sprite, Math.round(x - sprite.width / 2), Math.round(y - sprite.height / 2));
}

function between(view, mark) {
  const ease = mark.part * mark.part * (3 - 2 * mark.part);
  return [view.x(mark.from) + (view.x(mark.to) - view.x(mark.from)) * ease, view.y(mark.from) + (view.y(mark.to) - view.y(mark.from)) * ease];
}

// A small picture of a marker for legends.
export function markPicture(shape, fill, edge, size = 18) {
  const canvas = document.createElement("canvas");
  const scale = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = canvas.height = size * scale;
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  trace(pen, shape, size / 2, size / 2, size * 0.32);
  pen.lineWidth = 2.5;
  pen.strokeStyle = edge;
  pen.stroke();
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 1;
  pen.stroke();
  return canvas;
}
