import { readEntranceSettings } from "../settings/entrance.ts";
import { connectEntrance } from "./connect-entrance.ts";
import { overFunctionUrl } from "./function-url.ts";
import { createSlackApp } from "./slack.ts";

/** The entry of the slack function, behind a Function URL. */
export const handler = overFunctionUrl(createSlackApp(connectEntrance(readEntranceSettings())));
