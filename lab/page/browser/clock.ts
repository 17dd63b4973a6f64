import type { ClockView } from "../views.ts";
import { byId, el } from "./dom.ts";
import { answerIn, type Outcome, onlyRefusal, post } from "./post.ts";

const SPEEDS = [1, 60, 600, 3000, 20000];
const REDRAW_MS = 200;
const SAID_MS = 5_000;

const speed = byId("speed", HTMLSelectElement);
const pause = byId("pause");
let known: ClockView = { now: 0, speed: 0, resumeSpeed: 600 };
let heardAt = performance.now();

/** Takes the lab's time, and counts on from there. */
export function showClock(clock: ClockView): void {
  known = clock;
  heardAt = performance.now();
  const speeds = [...new Set([...SPEEDS, clock.resumeSpeed])].sort((a, b) => a - b);
  speed.replaceChildren(...speeds.map((value) => el("option", { value, selected: value === clock.resumeSpeed }, `${value}×`)));
  pause.textContent = clock.speed === 0 ? "Go on" : "Pause";
  pause.dataset.post = clock.speed === 0 ? "resume" : "pause";
  draw();
}

/** Connects the header's buttons. */
export function startClock(): void {
  const said = byId("clock-said");
  let clearing: number | undefined;
  const say = (answer: Outcome) => {
    answerIn(said, answer);
    clearTimeout(clearing);
    clearing = window.setTimeout(() => said.replaceChildren(), SAID_MS);
  };
  for (const button of document.querySelectorAll<HTMLElement>("[data-post]")) {
    button.addEventListener("click", async () => {
      const action = button.dataset.post ?? "";
      const answer = await post(action);
      say(action === "step" ? answer : onlyRefusal(answer));
    });
  }
  speed.addEventListener("change", async () => {
    say(onlyRefusal(await post("speed", { speed: Number(speed.value) })));
  });
  setInterval(draw, REDRAW_MS);
}

/** Milliseconds since 1970 by the lab's clock. */
export function now(): number {
  return known.now + (performance.now() - heardAt) * known.speed;
}

/** Milliseconds as a person says them: `12 min`, `1 h 05 min`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return "less than a minute";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** The same to the second, for what is soon over: `12 s`, `1 min 05 s`. */
export function seconds(milliseconds: number): string {
  const all = Math.max(0, Math.round(milliseconds / 1_000));
  return all < 60 ? `${all} s` : `${Math.floor(all / 60)} min ${String(all % 60).padStart(2, "0")} s`;
}

function draw(): void {
  const iso = new Date(now()).toISOString();
  byId("now").textContent = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC${known.speed === 0 ? ", paused" : ""}`;
  byId("now").setAttribute("datetime", iso);
}
