declare module "dynalite" {
  import type { Server } from "node:http";

  /** Creates an HTTP server that plays DynamoDB; `path` keeps the tables on disk, `createTableMs: 0` makes them usable immediately. */
  export default function dynalite(options: { path?: string; createTableMs: 0 }): Server;
}
