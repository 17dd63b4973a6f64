import { readEntranceSettings } from "../settings/entrance.ts";
import { connectEntrance } from "./connect-entrance.ts";
import { overFunctionUrl } from "./function-url.ts";
import { createSlackApp } from "./slack.ts";

/** The entry point of the slack function, behind a function URL. */
export const handler = overFunctionUrl(createSlackApp(connectEntrance(readEntranceSettings())));
