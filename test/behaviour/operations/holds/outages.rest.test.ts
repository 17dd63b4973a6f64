import { describe, expect, it } from "vitest";
import { rdsFails, recordsFail } from "./outage.ts";
import { answeredWith, recreateWith } from "./recreate-with.ts";

describe("what passes by itself does not end a recreation between deletion and creation:", () => {
  it.each<[string, number, Error]>([
    ["the credentials have expired for 100 minutes", 100, answeredWith("ExpiredToken", 403)],
    ["RDS's name is not resolved for 110 minutes", 110, Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" })],
    ["RDS answers 503 for 60 minutes", 60, answeredWith("ServiceUnavailable", 503)],
  ])("%s", async (_, minutes, error) => {
    const recreated = await recreateWith(rdsFails(minutes, "deleteWithGreen", error));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
    expect(recreated.hours).toBeGreaterThan(minutes / 60);
  });

  it.each(["RequestLimitExceeded", "ExpiredTokenException", "ThrottlingException"])("DynamoDB answers %s for 20 minutes", async (name) => {
    const recreated = await recreateWith(recordsFail(20, answeredWith(name)));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
  });
});

it("RDS that throttles for an hour after the creation ends nothing", async () => {
  const recreated = await recreateWith(rdsFails(60, "create", answeredWith("Throttling")));
  expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
});
