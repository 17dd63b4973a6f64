import { header, message, section } from "./message.ts";

const TITLE = "A test of Blue/Green Guard";

/** What a person's test posts in the channel, changes and deletes. */
export const TRIAL = message("good", TITLE, header(TITLE), [
  section("`npx bluegreen-guard doctor --post` tries whether the guard can post, reply and change what it posted. It deletes this again."),
]);
