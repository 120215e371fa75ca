// Scales and strokes of charts: years along the foot, round numbers up the side, lines and bands between.

import { brief, shortDay } from "./words.js";

export const DASHES = { a: [[], [1.5, 3], [6, 2.5, 1.5, 2.5]], b: [[7, 3], [1.5, 4], [9, 2, 2, 2]] };
export const WIDTHS = [2, 1.7, 1.4];

export function weekX(chart, week) {
  const { weeks } = chart.deck.runs.a;
  return chart.pad.left + (week / Math.max(1, weeks - 1)) * (chart.width - chart.pad.left - chart.pad.right);
}

export function stroke(pen, chart, values) {
  const n = values.length;
  const step = Math.max(1, Math.floor(n / (2 * chart.width)));
  pen.beginPath();
  for (let w = 0; w < Math.min(n, chart.deck.runs.a.weeks); w += step) pen.lineTo(weekX(chart, w), chart.up(values[w]));
  pen.stroke();
}

export function band(pen, chart, low, high) {
  pen.beginPath();
  const n = Math.min(low.length, chart.deck.runs.a.weeks);
  for (let w = 0; w < n; w++) pen.lineTo(weekX(chart, w), chart.up(high[w]));
  for (let w = n - 1; w >= 0; w--) pen.lineTo(weekX(chart, w), chart.up(low[w]));
  pen.fill();
}

export function rule(pen, chart, week, colour, width) {
  const x = weekX(chart, week);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(x, chart.pad.top - 3);
  pen.lineTo(x, chart.height - chart.pad.bottom + 3);
  pen.stroke();
}

// Where the policy changes: a broken line over the whole chart.
export function forkMark(pen, chart, top, bottom, x) {
  const { deck } = chart;
  pen.save();
  pen.setLineDash([5, 3]);
  pen.strokeStyle = deck.theme.fork;
  pen.lineWidth = 1.6 * deck.textScale;
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x, bottom);
  pen.stroke();
  pen.restore();
}

// The date at the pointer, on the side where there is room.
export function dated(pen, chart, week) {
  const { deck } = chart;
  const x = weekX(chart, week);
  const right = x > chart.width / 2;
  pen.font = font(deck, 11);
  pen.textAlign = right ? "right" : "left";
  pen.textBaseline = "top";
  pen.lineWidth = 3;
  pen.strokeStyle = deck.theme.paper;
  pen.strokeText(shortDay(deck.runs.a.date(week)), x + (right ? -5 : 5), 1);
  pen.fillStyle = deck.theme.ink;
  pen.fillText(shortDay(deck.runs.a.date(week)), x + (right ? -5 : 5), 1);
}

export function font(deck, size) {
  return `${size * deck.textScale}px system-ui, "Segoe UI", Roboto, sans-serif`;
}

export function axes(pen, chart, deck) {
  pen.font = font(deck, 10.5);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.lineWidth = 1;
  for (const value of ticks(chart.most, chart.log)) {
    const y = Math.round(chart.up(value)) + 0.5;
    pen.strokeStyle = deck.theme.faint;
    pen.beginPath();
    pen.moveTo(chart.pad.left, y);
    pen.lineTo(chart.width - chart.pad.right, y);
    pen.stroke();
    pen.fillStyle = deck.theme.soft;
    pen.fillText(brief(value), chart.pad.left - 5, y);
  }
  years(pen, chart, deck);
}

export function years(pen, chart, deck) {
  const run = deck.runs.a;
  const first = run.date(0).getUTCFullYear();
  const last = run.date(run.weeks - 1).getUTCFullYear();
  const room = (chart.width - chart.pad.left - chart.pad.right) / Math.max(1, last - first + 1);
  const every = [1, 2, 5, 10, 20, 50].find((n) => room * n > 36 * deck.textScale) || 100;
  pen.font = font(deck, 10.5);
  pen.fillStyle = deck.theme.soft;
  pen.strokeStyle = deck.theme.faint;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  for (let year = first; year <= last + 1; year++) {
    const x = weekX(chart, (Date.UTC(year, 0, 1) - run.first) / (7 * 86400000));
    if (x < chart.pad.left - 1 || x > chart.width - chart.pad.right + 1 || year % every !== 0) continue;
    pen.beginPath();
    pen.moveTo(x, chart.height - chart.pad.bottom);
    pen.lineTo(x, chart.height - chart.pad.bottom + 4);
    pen.stroke();
    pen.fillText(String(year), Math.max(chart.pad.left, Math.min(chart.width - 16, x)), chart.height - 4);
  }
}

export function nice(most) {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((k) => k * power >= most * 0.999) * power;
}

export function ticks(most, log) {
  if (!log) return [0, most / 2, most];
  const marks = [0];
  for (let power = 10; power <= most; power *= 10) marks.push(power);
  return marks.length > 5 ? marks.filter((_, k) => k === 0 || (marks.length - 1 - k) % 2 === 0) : marks;
}

export function swatch(world, k, theme) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "line");
  for (const [name, value] of Object.entries({ viewBox: "0 0 22 8", "aria-hidden": "true" })) svg.setAttribute(name, value);
  const look = { x1: 0, x2: 22, y1: 4, y2: 4, stroke: theme[world], "stroke-width": WIDTHS[k], "stroke-dasharray": DASHES[world][k].join(" ") };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
