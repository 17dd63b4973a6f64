import { runCli } from "../local/cli/cli.ts";
import { REPLAY_LINE, repositoryOnly, subcommands } from "../local/cli/subcommands.ts";

// Right from bin and from dist, where the bundle stands.
const packageJson = new URL("../package.json", import.meta.url);
const replay = { line: `${REPLAY_LINE} (in the repository)`, run: repositoryOnly("replay") };
process.exitCode = await runCli({ ...subcommands, replay }, process.argv.slice(2), packageJson);
