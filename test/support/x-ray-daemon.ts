import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a traced process sends to X-Ray's daemon. */
export interface Subsegment {
  type: string;
  name: string;
  id: string;
  parent_id: string;
  trace_id: string;
  annotations?: Record<string, string>;
  fault?: boolean;
  cause?: unknown;
}

/** Plays the daemon that Lambda runs beside a traced function. */
export interface XrayDaemon {
  /** As AWS_XRAY_DAEMON_ADDRESS takes it. */
  address: string;
  /** Answers everything that was sent before, as it came over the wire. */
  received(): Promise<string[]>;
}

/** Opens a daemon on a free UDP port of 127.0.0.1 until the end of the test. */
export async function openXrayDaemon(): Promise<XrayDaemon> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  const { port } = socket.address() as AddressInfo;
  const texts: string[] = [];
  socket.on("message", (message) => texts.push(message.toString()));
  return {
    address: `127.0.0.1:${port}`,
    async received() {
      // A socket is read in the order of arrival: what it says to itself comes after everything else.
      const last = `last ${texts.length}`;
      socket.send(last, port, "127.0.0.1");
      while (!texts.includes(last)) await once(socket, "message");
      return texts.filter((text) => !text.startsWith("last "));
    },
  };
}

/** The subsegment in a datagram: a line of the protocol, then JSON. */
export function subsegmentIn(datagram: string): Subsegment {
  return JSON.parse(datagram.split("\n")[1] ?? "") as Subsegment;
}

const ROOT = "1-65c0b1f0-aaaaaaaaaaaaaaaaaaaaaaaa";
export const TRACE = { root: ROOT, parent: "53995c3f42cd8ad8", header: `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1` };
