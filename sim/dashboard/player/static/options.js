// How the player begins; any of these may come in the trait `options`.

export const DEFAULTS = {
  layer: "control", // or the id of a value layer: violence, displacement, presence, trust, fear, institutions, need
  view: "side", // side, single, other, difference; single where there is no other world
  speed: 13, // weeks a second
  theme: "auto", // auto, light, dark
  large: false, // larger type, for projectors
  units: true, // markers of peacekeepers
  bands: true, // markers of armed bands
  names: true, // names of places
  hatching: true, // patterns over the colours of armed groups
  ranges: true, // bands of the fan: half of all futures, and nine in ten
  single: false, // a few single futures over the fan
  title: true, // the heading with the scenario's title
  charts: true,
  events: true, // the list of events and the cell's history
  hidden: [], // ids of charts left out
  keys: true, // the keyboard works while the player has the focus; "page" for anywhere on the page, false for nowhere
  height: 0, // height of the maps as a share of the window, 0 for the usual
  autoplay: false,
  one_past: false, // both worlds are one until the week in which the policy changes
  forks: false, // a button that asks to change the policy from the week shown; something must answer it
};

export const SPEEDS = [4, 13, 26, 52];
export const VIEWS = { side: "Side by side", single: "This world", other: "Other world", difference: "Difference" };

export function readOptions(model) {
  const given = model.get("options") || {};
  const options = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) if (given[name] !== undefined) options[name] = given[name];
  return options;
}

export function prefersStill() {
  return Boolean(window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches);
}
