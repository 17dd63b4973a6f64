import { runCli } from "../local/cli/cli.ts";
import { commands, REPLAY_LINE, repositoryOnly } from "../local/cli/commands.ts";

// Right from bin and from dist, where the bundle stands.
const packageJson = new URL("../package.json", import.meta.url);
const replay = { line: `${REPLAY_LINE} (in the repository)`, run: repositoryOnly("replay") };
process.exitCode = await runCli({ ...commands, replay }, process.argv.slice(2), packageJson);
