import { writeFileSync } from "node:fs";
import { catalogue, FILE } from "./catalogue.ts";

writeFileSync(new URL(`../../${FILE}`, import.meta.url), await catalogue());
process.exit(0);
