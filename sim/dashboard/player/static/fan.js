// Many futures summed up: quantiles of every series, and a few futures by themselves.

export class Fan {
  constructor({ header, arrays }) {
    Object.assign(this, header);
    this.arrays = arrays;
    const [, lines, weeks] = header.arrays.quantiles.shape;
    this.lines = lines;
    this.weeks = weeks;
    this.futures = header.arrays.single.shape[0];
  }

  // Whether it is about a run: a late message about an earlier one is dropped.
  fits(run) {
    return this.weeks === run.weeks && (this.id === "" || this.id === run.id);
  }

  quantile(k, row) {
    const from = (k * this.lines + row) * this.weeks;
    return this.arrays.quantiles.subarray(from, from + this.weeks);
  }

  future(k, row) {
    const from = (k * this.lines + row) * this.weeks;
    return this.arrays.single.subarray(from, from + this.weeks);
  }
}
