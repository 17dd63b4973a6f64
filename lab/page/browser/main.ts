import type { DatabasesView } from "../databases.ts";
import type { StateView } from "../views.ts";
import * as channel from "./channel.ts";
import { showClock, startClock } from "./clock.ts";
import { showPeople, startComposer } from "./composer.ts";
import { showGuard, showStories, startControls } from "./controls.ts";
import { redraw, showDatabases, showSwitchovers } from "./databases.ts";
import { byId } from "./dom.ts";
import { follow } from "./feed.ts";
import { offer } from "./offers.ts";
import { deploymentsAre, guardIs, showOperations } from "./operations.ts";
import { startParts } from "./parts.ts";
import * as timeline from "./timeline.ts";

startParts();
startClock();
startControls();
startComposer();

function databases(seen: DatabasesView): void {
  showDatabases(seen);
  offer(seen);
  deploymentsAre(seen);
}

function guard(state: StateView["guard"]): void {
  showGuard(state);
  guardIs(state);
}

follow(
  {
    state(state) {
      showClock(state.clock);
      guard(state.guard);
      showStories(state.stories);
      byId("channel-title").textContent = state.channels.map((name) => `#${name}`).join(" ");
      showPeople(state.people);
      channel.showAll(state.messages);
      timeline.showAll(state.entries, state.lines);
      showSwitchovers(state.switchovers);
      databases(state.databases);
      showOperations(state.operations);
    },
    message(message) {
      channel.show(message);
      timeline.refresh(message.ts);
      if (message.threadTs === undefined) redraw();
    },
    entry: timeline.show,
    line: timeline.say,
    databases,
    switchovers: showSwitchovers,
    operations: showOperations,
    clock: showClock,
    guard,
    stories: showStories,
  },
  (isConnected) => {
    const chip = byId("connection");
    chip.textContent = isConnected ? "Live" : "Connection lost: trying again";
    chip.className = `chip ${isConnected ? "good" : "bad"}`;
  },
);
