// What Python sends: runs and fans of both worlds, unpacked, each with what it belongs to.

import { Fan } from "./fan.js";
import { Run } from "./run.js";
import { bytesOf, unpack } from "./unpack.js";

const WORLD = { run: "a", other: "b", fan: "a", fan_other: "b" };

export class Inbox {
  constructor(model) {
    this.model = model;
    this.runs = { a: null, b: null };
    this.fans = { a: null, b: null };
    this.fanParts = { a: null, b: null };
    this.asked = {};
    this.sameCountry = false;
  }

  // Unpack a run; whether it is the latest one, and there to be shown. A message that cannot be read is an error.
  async takeRun(name) {
    const turn = (this.asked[name] = (this.asked[name] || 0) + 1);
    const bytes = bytesOf(this.model.get(name));
    const run = bytes ? new Run(await unpack(bytes)) : null;
    if (this.asked[name] !== turn) return false; // a later one is on its way
    this.runs[WORLD[name]] = run;
    this.match();
    return true;
  }

  async takeFan(name) {
    const turn = (this.asked[name] = (this.asked[name] || 0) + 1);
    const bytes = bytesOf(this.model.get(name));
    let fan = null;
    try {
      fan = bytes ? new Fan(await unpack(bytes)) : null;
    } catch (error) {
      console.error(error); // the run is shown without its fan
    }
    if (this.asked[name] !== turn) return false;
    this.fanParts[WORLD[name]] = fan;
    this.match();
    return true;
  }

  // A fan belongs to one run; two worlds are as a rule one country, cell by cell.
  match() {
    const { a, b } = this.runs;
    this.sameCountry = Boolean(a && b && a.cells === b.cells && a.rows === b.rows && a.columns === b.columns && a.groups.length === b.groups.length);
    for (const world of ["a", "b"]) {
      const fan = this.fanParts[world];
      this.fans[world] = fan && this.runs[world] && fan.fits(this.runs[world]) ? fan : null;
    }
  }
}
