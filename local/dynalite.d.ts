declare module "dynalite" {
  import type { Server } from "node:http";

  /** Makes an HTTP server that plays DynamoDB; `path` keeps the tables on disk, `createTableMs: 0` makes them usable at once. */
  export default function dynalite(options: { path?: string; createTableMs: 0 }): Server;
}
