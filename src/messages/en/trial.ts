import type { Form } from "../form.ts";

/** What a person's test is called. */
export const TRIAL_TITLE = "A test of Blue/Green Guard";

/** What it says below. */
export const trialText = (as: Form): string =>
  `${as.code("npx bluegreen-guard doctor --post")} tries whether the guard can post, reply and change what it posted. It deletes this again.`;
