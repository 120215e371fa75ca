// What happened: the list of events up to the week shown, and one event with the factors that moved it.

import { capital, kindWords, make, several, shortDay } from "./words.js";

const MOST_LISTED = 40;
const FILTERS = {
  turns: ["Turning points", (event) => event.rank < 9],
  deadly: ["Deadly", (event) => event.dead > 0],
  all: ["All", () => true],
};

export class EventPanel {
  constructor(deck) {
    this.deck = deck;
    this.filter = "turns";
    this.world = "a";
    this.list = make("ol", { class: "pk-events" });
    this.detail = make("section", { class: "pk-panel pk-detail", "aria-label": "Event", hidden: true, "aria-live": "polite" });
    this.buttons = Object.entries(FILTERS).map(([id, [label]]) =>
      make("button", { class: "pk-chip", type: "button", "aria-pressed": String(id === this.filter), onclick: () => this.choose(id) }, label),
    );
    this.worlds = make("div", { class: "pk-chips" });
    this.node = make(
      "section",
      { class: "pk-panel pk-event-panel", "aria-label": "Events" },
      make("h3", {}, "What happened"),
      this.worlds,
      make("div", { class: "pk-chips" }, this.buttons),
      this.list,
    );
  }

  setRun() {
    this.key = null;
    this.world = "a";
    this.show(null);
  }

  // Whose events are listed, where there are two worlds.
  fillWorlds() {
    const { runs, labels } = this.deck;
    if (!runs.b) this.world = "a";
    const choose = (world) => {
      this.world = world;
      this.fillWorlds();
      this.show(null);
      this.frame(this.deck.week());
    };
    const chip = (world) => make("button", { class: `pk-chip pk-of-${world}`, type: "button", "aria-pressed": String(world === this.world), onclick: () => choose(world) }, labels[world]);
    this.worlds.replaceChildren(...(runs.b ? [chip("a"), chip("b")] : []));
    this.key = null;
  }

  get run() {
    return this.deck.runs[this.world] || this.deck.runs.a;
  }

  choose(id) {
    this.filter = id;
    Object.keys(FILTERS).forEach((name, k) => this.buttons[k].setAttribute("aria-pressed", String(name === id)));
    this.key = null;
    this.frame(this.deck.week());
  }

  // The latest events up to a week, the newest first.
  frame(week) {
    const { run } = this;
    const at = Math.floor(week);
    const fits = FILTERS[this.filter][1];
    const found = [];
    for (let k = lastBefore(run.events, at); k >= 0 && found.length < MOST_LISTED; k--) if (fits(run.events[k])) found.push(run.events[k]);
    const key = `${this.world}:${this.filter}:${found.length}:${found.length ? found[0].n : ""}:${this.shown ? this.shown.n : ""}`;
    if (key === this.key) return;
    this.key = key;
    this.list.replaceChildren(...(found.length ? found.map((event) => this.item(event)) : [make("li", { class: "pk-none" }, "Nothing yet.")]));
  }

  item(event) {
    const { run, world } = this;
    return make(
      "li",
      { class: event.rank < 2 ? "pk-turn" : "" },
      make(
        "button",
        { type: "button", "aria-current": String(this.shown === event), onclick: () => this.deck.openEvent(event, world) },
        make("time", {}, shortDay(run.date(event.week))),
        make("span", {}, capital(event.text)),
      ),
    );
  }

  show(event, world = this.world) {
    this.shown = event;
    this.detail.hidden = !event;
    this.key = null;
    if (!event) return;
    if (world !== this.world) {
      this.world = world;
      this.fillWorlds();
    }
    const { run } = this;
    const dead = event.dead > 0 ? ` · ${several(event.dead, "death")}` : "";
    this.detail.replaceChildren(
      make("button", { class: "pk-close", type: "button", "aria-label": "Close this event", onclick: () => this.close() }, "×"),
      make("p", { class: "pk-kicker" }, `${shortDay(run.date(event.week))} · ${kindWords(event.kind)}${dead}`),
      make("p", { class: "pk-words" }, capital(event.text)),
      ...why(run, event),
      make(
        "div",
        { class: "pk-chips" },
        make("button", { class: "pk-chip", type: "button", onclick: () => this.deck.seek(event.week) }, "Go to this week"),
        event.cell >= 0 ? make("button", { class: "pk-chip", type: "button", onclick: () => this.deck.select(event.cell) }, "Show the place") : null,
      ),
    );
  }

  // The next turn of the story, or with -1 the one before.
  turn(by) {
    const at = Math.floor(this.deck.week());
    const turns = this.deck.runs.a.events.filter((event) => event.rank < 3);
    const next = by > 0 ? turns.find((event) => event.week > at) : turns.reverse().find((event) => event.week < at);
    if (next) this.deck.openEvent(next);
  }

  close() {
    this.show(null);
    this.frame(this.deck.week());
    this.deck.ask();
  }
}

function lastBefore(events, week) {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle].week <= week) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Why it happened: a bar for each factor, to the right where it made the event more likely.
function why(run, event) {
  const causes = run.causes[event.kind];
  if (!event.factors || !causes) return event.because ? [make("p", { class: "pk-because" }, `Why: ${event.because}.`)] : [];
  const names = Object.keys(causes.factors);
  const force = (value) => (causes.added ? value : value > 0 ? Math.log(value) : -6);
  const rows = event.factors.map((value, k) => ({ name: names[k], value, force: force(value) })).filter((row) => row.value !== null);
  const strong = rows.filter((row) => Math.abs(row.force) > 0.005).sort((a, b) => Math.abs(b.force) - Math.abs(a.force));
  const most = Math.max(0.7, ...strong.map((row) => Math.abs(row.force)));
  const items = strong.map((row) => {
    const wide = Math.min(50, (50 * Math.abs(row.force)) / most);
    const bar = make("i", { class: row.force > 0 ? "pk-more" : "pk-less" });
    bar.style.width = `${wide}%`;
    bar.style.left = row.force > 0 ? "50%" : `${50 - wide}%`;
    const times = causes.added ? `${row.value >= 0 ? "+" : ""}${row.value.toFixed(2)}` : `×${Number(row.value.toPrecision(2))}`;
    const neutral = `${causes.added ? "0" : "1"} is: ${causes.factors[row.name]}`;
    return make("li", { title: neutral }, make("span", {}, row.name), make("b", {}, times), make("span", { class: "pk-force", "aria-hidden": "true" }, bar));
  });
  const head = make("p", { class: "pk-because" }, `What moved its ${causes.of}`, make("span", { class: "pk-sides" }, "less likely ◂ ▸ more likely"));
  const often = event.often ? `: ${event.often}` : "";
  const total = event.hazard === null || event.hazard === undefined ? null : make("p", { class: "pk-because" }, `In all ${says(event.hazard, causes)}${often}.`);
  return items.length ? [head, make("ul", { class: "pk-factors" }, items), total] : [make("p", { class: "pk-because" }, "Nothing out of the ordinary made it likelier."), total];
}

function says(value, causes) {
  return causes.of.startsWith("hazard") && value < 1 ? `${Number((100 * value).toPrecision(2))}\u00a0%${causes.of.replace("hazard", "")}` : `${Number(value.toPrecision(2))} (${causes.of})`;
}
