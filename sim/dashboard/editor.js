// A scenario as text, checked while it is written; and its drawn map, painted cell by cell into that text.

const PAUSE_MS = 600;
const CELL = 16;
const MOST_CELLS = 20000;
const ROWS = /^([ \t]*rows[ \t]*=[ \t]*)("""|''')\r?\n?([\s\S]*?)\2/m;
// Light enough for black letters on every one of them; the letter says what it is, the colour only helps.
const COLOURS = ["#f3d7a5", "#b9d7f0", "#f2b8a8", "#c6e2b5", "#d8c7ec", "#f5e58f", "#a9ded8", "#e9c3d9", "#d6cfc2", "#c9d2dc"];

function render({ model, el }) {
  el.classList.add("editor");
  el.innerHTML = "";
  const text = made("textarea", { "aria-label": "Scenario as TOML", spellcheck: "false", wrap: "off" });
  const numbers = made("pre", { "aria-hidden": "true", class: "editor-lines" });
  const said = made("div", { class: "editor-problems", role: "status", "aria-live": "polite" });
  const use = button("Use it");
  const save = button("Download TOML");
  const back = button("Undo painting");
  const go = made("select", { "aria-label": "Go to a section" });
  const bar = made("div", { class: "editor-bar" });
  bar.append(use, save, go, back);
  const paper = made("div", { class: "editor-paper" });
  paper.append(numbers, text);
  const pens = made("div", { class: "editor-pens", role: "radiogroup", "aria-label": "What to paint" });
  const canvas = made("canvas", { tabindex: "0", role: "application", class: "editor-map" });
  const told = made("p", { class: "muted", role: "status", "aria-live": "polite" });
  const drawing = made("div", { class: "editor-drawing" });
  drawing.append(pens, canvas, told);
  const sides = made("div", { class: "editor-sides" });
  sides.append(paper, drawing);
  el.append(bar, said, sides);

  let pen = "";
  let at = { row: 0, column: 0 };
  let down = false;
  let waiting = 0; // the draft that the server has not answered yet
  let again = null; // what to send after its answer
  let timer = 0;
  const undo = [];

  text.value = model.get("text");
  text.addEventListener("input", () => changed());
  text.addEventListener("scroll", () => (numbers.scrollTop = text.scrollTop));
  use.addEventListener("click", () => send(true));
  save.addEventListener("click", download);
  go.addEventListener("change", () => {
    if (go.value) line(Number(go.value));
    go.value = "";
  });
  back.addEventListener("click", () => {
    if (undo.length) text.value = undo.pop();
    changed();
  });

  function changed() {
    count();
    draw();
    clearTimeout(timer);
    timer = setTimeout(() => send(false), PAUSE_MS);
  }

  // One draft is under way at a time: a slow server is not given a second one to check.
  function send(wanted) {
    clearTimeout(timer);
    if (waiting) {
      again = { wanted: wanted || Boolean(again && again.wanted) };
      return;
    }
    waiting = Date.now();
    use.disabled = true;
    const size = new Blob([text.value]).size;
    const small = size <= model.get("largest");
    model.set("sent", { text: small ? text.value : "", size, use: wanted, at: waiting });
    model.save_changes();
  }

  model.on("change:verdict", () => {
    const verdict = model.get("verdict");
    if (!verdict || verdict.at !== waiting) return;
    waiting = 0;
    use.disabled = false;
    said.replaceChildren();
    const problems = verdict.problems || [];
    said.classList.toggle("wrong", problems.length > 0);
    if (!problems.length) said.textContent = verdict.used ? "In use: the page shows this scenario now." : "In order.";
    for (const problem of problems) {
      const each = problem.line ? button(problem.text) : made("p", {});
      each.className = "editor-problem";
      each.textContent = problem.text;
      if (problem.line) each.addEventListener("click", () => line(problem.line));
      said.append(each);
    }
    if (again) {
      const next = again;
      again = null;
      send(next.wanted);
    }
  });
  model.on("change:text", () => {
    if (text.value === model.get("text")) return; // it was written here
    text.value = model.get("text");
    undo.length = 0;
    count();
    draw();
    said.replaceChildren();
  });

  function line(number) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, number - 1).reduce((sum, each) => sum + each.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[number - 1] || "").length);
    text.scrollTop = Math.max(0, (number - 6) * (text.scrollHeight / Math.max(1, lines.length)));
  }

  function count() {
    const lines = text.value.split("\n");
    numbers.textContent = lines.map((_, number) => number + 1).join("\n");
    go.replaceChildren(new Option("Go to…", ""));
    lines.forEach((each, number) => {
      const head = /^\s*(\[{1,2}[^\]]+\]{1,2})/.exec(each);
      if (head && go.length < 400) go.append(new Option(head[1], String(number + 1)));
    });
  }

  function map() {
    const found = ROWS.exec(text.value);
    if (!found) return null;
    const rows = found[3].split("\n").map((row) => row.trim()).filter((row) => row !== "" && row !== "\\");
    const width = Math.max(0, ...rows.map((row) => row.length));
    return width && rows.length * width <= MOST_CELLS ? { found, rows, width } : null;
  }

  function draw() {
    const shown = map();
    drawing.hidden = !shown;
    back.hidden = !shown;
    back.disabled = !undo.length;
    if (!shown) return;
    const { rows, width } = shown;
    at.row = Math.min(at.row, rows.length - 1);
    at.column = Math.min(at.column, width - 1);
    const letters = [...new Set([...rows.join(""), ".", "*"])].sort();
    if (!letters.includes(pen)) pen = letters.find((letter) => /[A-Z]/.test(letter)) || ".";
    if (pens.dataset.letters !== letters.join("")) choices(letters);
    for (const each of pens.children) each.setAttribute("aria-checked", String(each.dataset.letter === pen));
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * CELL * ratio;
    canvas.height = rows.length * CELL * ratio;
    canvas.style.width = `${width * CELL}px`;
    const pencil = canvas.getContext("2d");
    pencil.scale(ratio, ratio);
    pencil.font = "11px monospace";
    pencil.textAlign = "center";
    pencil.textBaseline = "middle";
    rows.forEach((row, y) => {
      [...row].forEach((letter, x) => {
        pencil.fillStyle = colour(letter);
        pencil.fillRect(x * CELL, y * CELL, CELL - 0.5, CELL - 0.5);
        pencil.fillStyle = "#1c2733";
        pencil.fillText(letter, (x + 0.5) * CELL, (y + 0.5) * CELL);
      });
    });
    pencil.strokeStyle = "#c2410c";
    pencil.lineWidth = 2;
    pencil.strokeRect(at.column * CELL, at.row * CELL, CELL - 1, CELL - 1);
    canvas.setAttribute("aria-label", `Map of ${rows.length} rows and ${width} columns: arrows move, Space paints ${pen}`);
  }

  function choices(letters) {
    pens.dataset.letters = letters.join("");
    pens.replaceChildren();
    for (const letter of letters) {
      const name = named(letter);
      const each = made("button", { type: "button", role: "radio", class: "editor-pen", title: name, "aria-label": name });
      each.dataset.letter = letter;
      each.style.background = colour(letter);
      each.textContent = letter;
      each.addEventListener("click", () => {
        pen = letter;
        draw();
      });
      pens.append(each);
    }
  }

  function named(letter) {
    if (letter === ".") return ". water";
    if (letter === "*") return "* foreign land";
    const kind = /[A-Z]/.test(letter) ? "regions" : "places";
    const head = text.value.indexOf(`[${kind}.${letter}]`);
    const name = head < 0 ? null : /^\s*name\s*=\s*"([^"\n]*)"/m.exec(text.value.slice(head, head + 600));
    return name ? `${letter} ${name[1]}` : letter;
  }

  function paint() {
    const shown = map();
    if (!shown) return;
    const { found, rows } = shown;
    const row = [...(rows[at.row] || "")];
    if (at.column >= row.length || row[at.column] === pen) return;
    row[at.column] = pen;
    rows[at.row] = row.join("");
    const start = found.index + found[1].length;
    const end = found.index + found[0].length;
    text.value = `${text.value.slice(0, start)}${found[2]}\n${rows.join("\n")}\n${found[2]}${text.value.slice(end)}`;
    changed();
  }

  function keep() {
    undo.push(text.value);
    if (undo.length > 50) undo.shift();
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const shown = map();
    if (!shown) return;
    const column = Math.floor(((event.clientX - box.left) / box.width) * shown.width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * shown.rows.length);
    at = { row: Math.max(0, Math.min(shown.rows.length - 1, row)), column: Math.max(0, Math.min(shown.width - 1, column)) };
  }

  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    keep();
    place(event);
    paint();
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    place(event);
    paint();
    draw();
  });
  canvas.addEventListener("pointerup", () => (down = false));
  canvas.addEventListener("pointercancel", () => (down = false));
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const shown = map();
    if (!shown) return;
    if (moves[event.key]) {
      at.row = Math.max(0, Math.min(shown.rows.length - 1, at.row + moves[event.key][0]));
      at.column = Math.max(0, Math.min(shown.width - 1, at.column + moves[event.key][1]));
    } else if (event.key === " " || event.key === "Enter") {
      keep();
      paint();
    } else if (pens.querySelector(`[data-letter="${CSS.escape(event.key)}"]`) && event.key.length === 1) {
      pen = event.key;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    draw();
    told.textContent = `Row ${at.row + 1}, column ${at.column + 1}: ${map().rows[at.row][at.column] || "nothing"}; paints ${pen}`;
  });

  function download() {
    const id = /^\s*id\s*=\s*"([a-z0-9_]{1,40})"/m.exec(text.value);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text.value], { type: "application/toml" }));
    link.download = `${id ? id[1] : "scenario"}.toml`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  count();
  draw();
  return () => clearTimeout(timer);
}

function colour(letter) {
  if (letter === ".") return "#dfe7ee";
  if (letter === "*") return "#f7f7f5";
  return /[A-Z]/.test(letter) ? COLOURS[(letter.charCodeAt(0) - 65) % COLOURS.length] : "#ffffff";
}

function made(tag, attributes) {
  const each = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) each.setAttribute(name, value);
  return each;
}

function button(words) {
  const each = made("button", { type: "button", class: "lab-button" });
  each.textContent = words;
  return each;
}

export default { render };
