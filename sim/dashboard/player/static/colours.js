// Colours as tables of 256 packed pixels, by day and by night.

export const DAY = {
  name: "light", sea: "#e0e9ef", abroad: "#dddbd6", outside: "#f4f6f8", nobody: "#f1ede3", ink: "#16212b", soft: "#4d5a66", faint: "#d5dbe0",
  paper: "#ffffff", coast: "#4f5b66", border: "rgba(255,255,255,.8)", grid: "rgba(20,33,43,.05)", halo: "rgba(255,255,255,.88)",
  unit: "#0a2f66", unitEdge: "#ffffff", band: "#16120f", bandEdge: "#ffffff", pulse: "#a3001f", focus: "#c2410c",
  a: "#0067a6", b: "#b84a00", same: "#e9eaeb", fork: "#6a1b7a", wash: "#f4f6f8",
};
export const NIGHT = {
  name: "dark", sea: "#0d1722", abroad: "#222a32", outside: "#1b2530", nobody: "#34383c", ink: "#e9eef2", soft: "#a9b6c2", faint: "#2e3a46",
  paper: "#141c25", coast: "#90a0ae", border: "rgba(10,16,22,.6)", grid: "rgba(255,255,255,.05)", halo: "rgba(10,16,22,.85)",
  unit: "#d7ecff", unitEdge: "#0b2138", band: "#0c0a08", bandEdge: "#f3ead9", pulse: "#ff8a8a", focus: "#ffb066",
  a: "#5fb4f0", b: "#ff9a57", same: "#2b323a", fork: "#e3a8f2", wash: "#1b2530",
};

export function rgb(text) {
  const n = parseInt(text.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

export function mix(a, b, part) {
  return [0, 1, 2].map((k) => Math.round(a[k] + (b[k] - a[k]) * part));
}

export function css([r, g, b], alpha = 1) {
  return alpha === 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
}

const LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

export function pixel([r, g, b]) {
  return LITTLE ? (255 << 24) | (b << 16) | (g << 8) | r : (r << 24) | (g << 16) | (b << 8) | 255;
}

// A ramp through stops at even distances, as `n` packed pixels.
export function ramp(stops, n = 256) {
  const colours = stops.map(rgb);
  const table = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const at = (k / (n - 1)) * (colours.length - 1);
    const low = Math.min(colours.length - 2, Math.floor(at));
    table[k] = pixel(mix(colours[low], colours[low + 1], at - low));
  }
  return table;
}

// Less in the first world on the left, more on the right; in the middle nothing differs.
export function difference(theme) {
  const stops = theme.name === "dark" ? ["#ffb267", "#c96a1d", theme.same, "#2f7fc4", "#9fd4ff"] : ["#8f3a00", "#e08a35", theme.same, "#4a90c9", "#053b69"];
  return ramp(stops, 511);
}

// Colours of armed groups by share: faint where a hold is weak.
export function ruleTables(groups, theme) {
  const ground = rgb(theme.nobody);
  return groups.map((group) => {
    const full = rgb(theme.name === "dark" ? group.dark : group.colour);
    const table = new Uint32Array(256);
    for (let k = 0; k < 256; k++) table[k] = pixel(mix(ground, full, 0.25 + 0.75 * Math.min(1, k / 245)));
    return table;
  });
}

export function groupColour(group, theme) {
  return theme.name === "dark" ? group.dark : group.colour;
}

// Lines across the cells of an armed group, so that colour is never all that tells groups apart.
export function hatch(context, kind, size, theme) {
  const tile = document.createElement("canvas");
  const n = Math.max(5, Math.round(size));
  tile.width = tile.height = n;
  const pen = tile.getContext("2d");
  pen.strokeStyle = pen.fillStyle = theme.name === "dark" ? "rgba(0,0,0,.34)" : "rgba(30,18,8,.24)";
  pen.lineWidth = Math.max(1, n / 8);
  pen.beginPath();
  if (kind === 1 || kind === 4) for (const d of [-n, 0, n]) { pen.moveTo(d, n); pen.lineTo(d + n, 0); }
  if (kind === 2 || kind === 4) for (const d of [-n, 0, n]) { pen.moveTo(d, 0); pen.lineTo(d + n, n); }
  pen.stroke();
  if (kind === 3) { pen.beginPath(); pen.arc(n / 2, n / 2, n / 6, 0, 7); pen.fill(); }
  return context.createPattern(tile, "repeat");
}
