import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };

it("ends a call that RDS does not answer", async () => {
  const rds = createRds({ endpoint: lab.url, region: "ap-northeast-1", credentials, timeoutMs: 20 });
  lab.rds.faults.hang({ times: 5 });
  await expect(rds.deployments()).rejects.toMatchObject({ name: "TimeoutError" });
  expect(await rds.deployments()).toEqual([]);
});

it("answers nothing for a deployment that RDS does not know, and throws every other refusal", async () => {
  const rds = createRds({ endpoint: lab.url, region: "ap-northeast-1", credentials });
  expect(await rds.deployment("bgd-hy5ntvomddiv89r8")).toBeUndefined();
  lab.rds.faults.throttle({ times: 5 });
  await expect(rds.deployment("bgd-hy5ntvomddiv89r8")).rejects.toMatchObject({ name: expect.stringContaining("Throttling") });
});

// Nothing public says whether AWS takes an end in the future; the guard asks for one, so that a clock that is behind loses nothing.
it("asks for events until now where RDS refuses a window that ends later", async () => {
  const ends: number[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const end = Date.parse(form.get("EndTime") ?? "");
    ends.push(end);
    const isLate = end > Date.now() + 1_000;
    const refusal =
      "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>EndTime is in the future.</Message></Error></ErrorResponse>";
    const answer = "<DescribeEventsResponse><DescribeEventsResult><Events/></DescribeEventsResult></DescribeEventsResponse>";
    response.writeHead(isLate ? 400 : 200, { "content-type": "text/xml" }).end(isLate ? refusal : answer);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const { port } = server.address() as AddressInfo;
    const rds = createRds({ endpoint: `http://127.0.0.1:${port}`, region: "ap-northeast-1", credentials });
    const now = Date.now();
    expect(await rds.events(now - 3_600_000, now + 24 * 3_600_000)).toEqual([]);
    expect(ends.filter((end) => end > now - 1_000 && end <= Date.now())).toHaveLength(1);
    await expect(rds.events(now + 3_600_000, now + 24 * 3_600_000)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  } finally {
    server.close();
  }
});
