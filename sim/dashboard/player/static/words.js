// Numbers, dates and sentences.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const QUARTER = 13; // weeks

export function brief(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  for (const [unit, letter] of [[1e9, "bn"], [1e6, "M"], [1e3, "k"]]) {
    if (size >= unit) return `${trim((value / unit).toPrecision(3))}${letter}`;
  }
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return trim(size >= 1 ? value.toFixed(1) : value.toFixed(2));
}

function trim(text) {
  return text.includes("e") ? String(Math.round(Number(text))) : text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

export function whole(value) {
  return Math.round(value).toLocaleString("en-GB");
}

export function percent(value) {
  return `${Math.round(100 * value)}\u00a0%`;
}

export function day(date) {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function shortDay(date) {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}`;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function several(n, one, many) {
  return `${whole(n)} ${n === 1 ? one : many || one + "s"}`;
}

export function kindWords(kind) {
  return capital(kind.replace(/_/g, " "));
}

// The value of a layer in a cell, in words.
export function layerWords(run, layer, week, cell) {
  const value = run.value(layer, week, cell);
  if (layer === "displacement") return percent(value);
  if (layer === "presence") return value < 0.4 ? "none" : brief(value);
  if (layer === "violence") return value === 0 ? "none" : value.toFixed(2);
  if (layer === "people") return brief(Number(value.toPrecision(2)));
  return value.toFixed(2);
}

export function rulerWords(run, week, cell) {
  const { group, share } = run.ruler(week, cell);
  return group < 0 ? "nobody" : `${shortName(run.groups[group])}, ${percent(share)}`;
}

// A world at a glance, for the line under the maps and for those who do not see them.
export function weekWords(run, week) {
  const frame = run.frame(week);
  const killing = new Set();
  for (let w = Math.max(0, week - QUARTER + 1); w <= week; w++) {
    for (const event of run.eventsByWeek.get(w) || []) if (event.dead > 0) killing.add(event.cell);
  }
  const rule = run.rule.subarray(frame * (run.groups.length + 1), (frame + 1) * (run.groups.length + 1));
  const order = run.groups.map((group, k) => k).sort((a, b) => rule[b] - rule[a]);
  const rulers = order.filter((k) => rule[k] >= 0.005).slice(0, 3).map((k) => `${shortName(run.groups[k])} ${percent(rule[k])}`);
  const at = new Set();
  let people = 0;
  for (let u = 0; u < run.nUnits; u++) {
    const cell = run.arrays.unit_cell[frame * run.nUnits + u];
    if (cell === 65535) continue;
    at.add(cell);
    people += run.arrays.unit_people[frame * run.nUnits + u];
  }
  const helmets = people > 0 ? `${several(people, "peacekeeper")} in ${several(at.size, "cell")}` : "no peacekeepers";
  const land = rulers.length > 0 ? `land ruled: ${rulers.join(", ")}` : "no group rules anywhere";
  return `${capital(run.stage(week))}; ${land}; ${helmets}; killing in ${several(killing.size, "cell")} in the last quarter`;
}

export function shortName(group) {
  const name = group.name.split(":")[0];
  return name.length > 18 && group.id.length <= 7 ? group.id.toUpperCase() : name;
}

// An element with properties and children; text only ever enters as text.
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith("aria")) node[name] = value;
    else node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}
