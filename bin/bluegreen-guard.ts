#!/usr/bin/env node
import { replayMain } from "../lab/replay/main.ts";
import { runCli } from "../local/cli/cli.ts";
import { commands, REPLAY_LINE } from "../local/cli/commands.ts";

const packageJson = new URL("../package.json", import.meta.url);
process.exitCode = await runCli({ ...commands, replay: { line: REPLAY_LINE, run: replayMain } }, process.argv.slice(2), packageJson);
