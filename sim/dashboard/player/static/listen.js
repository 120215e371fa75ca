// What the player hears: traits that Python sets, the keyboard, the size of its place, the colours of the system.

import { onKey } from "./keys.js";
import { readOptions } from "./options.js";

// Begin to listen; returns what ends it.
export function listen(player) {
  const { model, face } = player;
  const heard = {
    run: () => player.load("run"),
    other: () => player.load("other"),
    fan: () => player.loadFan("fan"),
    fan_other: () => player.loadFan("fan_other"),
    week: () => {
      const week = model.get("week");
      if (!player.clock.playing && week !== Math.floor(player.clock.week)) player.clock.seek(week);
    },
    selected_cell: () => {
      const cell = model.get("selected_cell");
      if (cell !== player.selected) player.select(cell);
    },
    playing: () => (model.get("playing") ? player.clock.play() : player.clock.pause()),
    fork_week: () => player.ready(),
    labels: () => (player.readLabels(), player.ready()),
    options: () => hearOptions(player),
  };
  for (const [name, act] of Object.entries(heard)) model.on(`change:${name}`, act);

  const key = (event) => {
    if (player.options.keys && player.runs.a && !face.helpBox.open) onKey(event, player);
  };
  const keyed = player.options.keys === "page" ? document : face.root;
  const letGo = () => player.hold(false);
  for (const kind of ["keydown", "keyup"]) keyed.addEventListener(kind, key);
  window.addEventListener("blur", letGo);

  let lastWidth = 0;
  const observer = new ResizeObserver(() => {
    if (face.root.clientWidth === lastWidth) return;
    lastWidth = face.root.clientWidth;
    requestAnimationFrame(() => player.relayout());
  });
  observer.observe(face.root);

  const night = window.matchMedia("(prefers-color-scheme: dark)");
  const onNight = () => player.setOption("theme", player.options.theme);
  night.addEventListener("change", onNight);

  return () => {
    observer.disconnect();
    for (const kind of ["keydown", "keyup"]) keyed.removeEventListener(kind, key);
    window.removeEventListener("blur", letGo);
    night.removeEventListener("change", onNight);
    for (const [name, act] of Object.entries(heard)) model.off(`change:${name}`, act);
  };
}

function hearOptions(player) {
  const before = player.given;
  const given = readOptions(player.model);
  // What the reader has chosen stays, unless Python says something else than it said before.
  const changed = Object.fromEntries(Object.entries(given).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
  player.given = given;
  Object.assign(player.options, changed);
  if ("layer" in changed) player.layer = changed.layer;
  if ("view" in changed) player.view = changed.view;
  if ("speed" in changed) player.setSpeed(changed.speed);
  player.setOption("theme", player.options.theme);
}
