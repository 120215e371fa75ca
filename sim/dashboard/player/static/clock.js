// Playing: weeks pass with the frames of the screen, and nothing is sent anywhere.

import { prefersStill } from "./options.js";

export class PlayClock {
  // `draw(week)` draws a frame; `changed()` is told when it starts, stops or is moved by hand.
  constructor(draw, changed) {
    this.draw = draw;
    this.changed = changed;
    this.week = 0;
    this.weeks = 1;
    this.speed = 13;
    this.playing = false;
    this.frames = 0;
    this.drawMs = 0;
    this.gaps = [];
    this.asked = 0;
  }

  get still() {
    return prefersStill();
  }

  play() {
    if (this.playing || this.weeks < 2) return;
    if (this.week >= this.weeks - 1) this.week = 0;
    this.playing = true;
    this.last = 0;
    this.gaps = [];
    this.changed();
    this.ask();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.week = Math.floor(this.week);
    this.changed();
    this.ask();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(week) {
    this.week = Math.max(0, Math.min(this.weeks - 1, week));
    if (!this.playing) this.changed();
    this.ask();
  }

  step(weeks) {
    if (this.playing) this.pause();
    this.seek(Math.round(this.week) + weeks);
  }

  ask() {
    if (this.asked) return;
    this.asked = requestAnimationFrame((now) => this.frame(now));
  }

  frame(now) {
    this.asked = 0;
    if (this.playing) {
      if (this.last) {
        const gap = now - this.last;
        if (this.gaps.length < 5000) this.gaps.push(gap);
        this.week += (Math.min(gap, 250) / 1000) * this.speed;
        if (this.week >= this.weeks - 1) {
          this.week = this.weeks - 1;
          this.playing = false;
          this.changed();
        }
      }
      this.last = now;
    }
    const began = performance.now();
    this.draw(this.playing && this.still ? Math.floor(this.week) : this.week);
    this.drawMs = performance.now() - began;
    this.frames += 1;
    if (this.playing) this.ask();
  }

  stop() {
    this.playing = false;
    if (this.asked) cancelAnimationFrame(this.asked);
    this.asked = 0;
  }
}
