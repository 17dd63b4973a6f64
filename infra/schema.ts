import { writeFileSync } from "node:fs";
import { SCHEMA_FILE, settingsSchema } from "../src/settings/schema.ts";

writeFileSync(new URL(`../${SCHEMA_FILE}`, import.meta.url), `${JSON.stringify(settingsSchema(), null, 2)}\n`);
