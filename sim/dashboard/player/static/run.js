// A run as the page reads it: values of cells, positions, series, events, all by week.

export const NONE8 = 255;
export const NOWHERE = 65535;
const WEEK_MS = 7 * 86400 * 1000;

export class Run {
  constructor({ header, arrays }) {
    Object.assign(this, header);
    this.arrays = arrays;
    this.cells = arrays.row.length;
    this.frames = arrays.ruler.length / this.cells;
    this.nUnits = header.units.component.length;
    this.nBands = this.frames > 0 ? arrays.band_cell.length / this.frames : 0;
    this.rows = header.ground.rows;
    this.columns = header.ground.columns;
    this.layerRow = Object.fromEntries(header.layers.map((layer, k) => [layer.id, k]));
    this.at = new Int32Array(this.rows * this.columns).fill(-1);
    for (let c = 0; c < this.cells; c++) this.at[arrays.row[c] * this.columns + arrays.column[c]] = c;
    this.first = Date.parse(header.start + "T00:00:00Z");
    this.eventsByWeek = new Map();
    this.eventsByCell = new Map();
    for (const event of header.events) {
      push(this.eventsByWeek, event.week, event);
      if (event.cell >= 0) push(this.eventsByCell, event.cell, event);
    }
    this.deaths = new Float32Array(this.weeks);
    for (const event of header.events) if (event.week < this.weeks) this.deaths[event.week] += event.dead;
    this.rule = this.ruleByGroup();
  }

  frame(week) {
    return Math.max(0, Math.min(this.frames - 1, Math.floor(week / this.stride)));
  }

  date(week) {
    return new Date(this.first + week * WEEK_MS);
  }

  // Where the bytes of a layer in a frame begin.
  offset(layer, frame) {
    return (this.layerRow[layer] * this.frames + frame) * this.cells;
  }

  level(layer, week, cell) {
    return this.arrays.layers[this.offset(layer, this.frame(week)) + cell];
  }

  value(layer, week, cell) {
    return decodeLevel(this.layers[this.layerRow[layer]], this.level(layer, week, cell));
  }

  // The armed group that rules a cell, -1 for nobody, and the share that it holds.
  ruler(week, cell) {
    const k = this.frame(week) * this.cells + cell;
    const group = this.arrays.ruler[k];
    return { group: group === NONE8 ? -1 : group, share: this.arrays.share[k] / 255 };
  }

  series(row, week) {
    return this.arrays.series[row * this.weeks + Math.max(0, Math.min(this.weeks - 1, Math.floor(week)))];
  }

  // Share of the area ruled by each group and, last, by nobody: one row a frame.
  ruleByGroup() {
    const width = this.groups.length + 1;
    const rule = new Float32Array(this.frames * width);
    for (let f = 0; f < this.frames; f++) {
      for (let c = 0; c < this.cells; c++) {
        const group = this.arrays.ruler[f * this.cells + c];
        rule[f * width + (group === NONE8 ? width - 1 : group)] += 1 / this.cells;
      }
    }
    return rule;
  }

  // Units in a cell: people by component.
  unitsAt(week, cell) {
    const frame = this.frame(week);
    const found = new Map();
    for (let u = 0; u < this.nUnits; u++) {
      if (this.arrays.unit_cell[frame * this.nUnits + u] !== cell) continue;
      const key = `${this.units.component[u]}:${this.units.contributor[u]}`;
      const held = found.get(key) || { component: this.units.component[u], contributor: this.units.contributor[u], people: 0, n: 0 };
      held.people += this.arrays.unit_people[frame * this.nUnits + u];
      held.n += 1;
      found.set(key, held);
    }
    return [...found.values()].sort((a, b) => b.people - a.people);
  }

  // Bands in a cell: fighters by armed group.
  bandsAt(week, cell) {
    const frame = this.frame(week);
    const found = new Map();
    for (let i = 0; i < this.nBands; i++) {
      const k = frame * this.nBands + i;
      if (this.arrays.band_cell[k] !== cell) continue;
      const group = this.arrays.band_group[k];
      const held = found.get(group) || { group, people: 0, n: 0 };
      held.people += this.arrays.band_people[k];
      held.n += 1;
      found.set(group, held);
    }
    return [...found.values()].sort((a, b) => b.people - a.people);
  }

  stage(week) {
    return this.stages[this.arrays.stage[Math.max(0, Math.min(this.weeks - 1, Math.floor(week)))]] || "";
  }
}

function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function decodeLevel(layer, level) {
  if (layer.scale === "log") return level === 0 ? 0 : layer.low * Math.pow(layer.high / layer.low, (level - 1) / 254);
  let part = level / 255;
  if (layer.scale === "sqrt") part *= part;
  return layer.low + part * (layer.high - layer.low);
}

export function encodeLevel(layer, value) {
  if (layer.scale === "log") {
    if (value < 0.5 * layer.low) return 0;
    return Math.max(1, Math.min(255, 1 + (254 * Math.log(value / layer.low)) / Math.log(layer.high / layer.low)));
  }
  const part = Math.max(0, Math.min(1, (value - layer.low) / (layer.high - layer.low)));
  return 255 * (layer.scale === "sqrt" ? Math.sqrt(part) : part);
}
