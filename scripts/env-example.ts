// Writes .env.example from the declarations of the settings: npx tsx scripts/env-example.ts
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { envExample } from "../src/ops/EnvExample.ts";

writeFileSync(fileURLToPath(new URL("../.env.example", import.meta.url)), envExample());
