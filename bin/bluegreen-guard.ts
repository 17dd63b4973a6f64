#!/usr/bin/env node
import { replayMain } from "../lab/replay/main.ts";
import { runCli } from "../local/cli/cli.ts";
import { REPLAY_LINE, subcommands } from "../local/cli/subcommands.ts";

const packageJson = new URL("../package.json", import.meta.url);
process.exitCode = await runCli({ ...subcommands, replay: { line: REPLAY_LINE, run: replayMain } }, process.argv.slice(2), packageJson);
