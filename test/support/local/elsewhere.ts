import { createServer } from "node:http";

/** What answers everything in AWS's place, always with the same, or takes all and never answers without an answer; its address. */
export async function elsewhere(
  onTestFinished: (end: () => void) => void,
  answer?: [status: number, body: string, contentType?: string],
): Promise<string> {
  const server = createServer((_, response) => {
    if (!answer) return;
    const [status, body, contentType] = answer;
    response.writeHead(status, contentType === undefined ? {} : { "content-type": contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
