#!/usr/bin/env node
import { replayMain } from "../lab/replay/main.ts";
import { runCli } from "../local/cli/cli.ts";
import { REPLAY_LINE, subcommands } from "../local/cli/subcommands.ts";

const packageJson = new URL("../package.json", import.meta.url);
const replay = { line: REPLAY_LINE, shows: true, run: replayMain } as const;
process.exitCode = await runCli({ ...subcommands, replay }, process.argv.slice(2), packageJson);
