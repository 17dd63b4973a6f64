import { readEntranceSettings } from "../settings/entrance.ts";
import { connectEntrance } from "./connect-entrance.ts";
import { overFunctionUrl } from "./function-url.ts";
import { withEntranceSelfTest } from "./self-test/self-test.ts";
import { createSlackApp } from "./slack.ts";

const entrance = connectEntrance(readEntranceSettings());

/** The entry point of the slack function, behind a function URL. */
export const handler = withEntranceSelfTest(entrance, overFunctionUrl(createSlackApp(entrance)));
