import * as channel from "./channel.js";
import { showClock, startClock } from "./clock.js";
import { showPeople, startComposer } from "./composer.js";
import { offer, showGuard, showStories, startControls } from "./controls.js";
import { redraw, showDatabases, showSwitchovers } from "./databases.js";
import { byId } from "./dom.js";
import { follow } from "./feed.js";
import { deploymentsAre, guardIs, showOperations } from "./operations.js";
import { startParts } from "./parts.js";
import * as timeline from "./timeline.js";

startParts();
startClock();
startControls();
startComposer();

function databases(seen) {
  showDatabases(seen);
  offer(seen);
  deploymentsAre(seen);
}

function guard(state) {
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
