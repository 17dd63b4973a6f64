import { describe, expect, it } from "vitest";
import { whyNotWebhook } from "../../../src/clients/webhook/address.ts";

describe("a webhook's URL", () => {
  it.each([
    "https://hooks.example.com/services/T0/B0?key=1",
    "https://hooks.example.com:8443/",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/",
  ])("may be %s", (url) => expect(whyNotWebhook(new URL(url))).toBeUndefined());

  it.each([
    ["http://hooks.example.com/", "https"],
    ["ftp://hooks.example.com/", "https"],
    ["https://me:secret@hooks.example.com/", "a user or a password"],
    ["https://localhost/", "private"],
    ["https://receiver/", "private"],
    ["https://receiver.internal/", "private"],
    ["https://RECEIVER.LOCAL./", "private"],
    ["https://127.0.0.1/", "private"],
    ["https://2130706433/", "private"],
    ["https://0x7f.1/", "private"],
    ["https://10.1.2.3/", "private"],
    ["https://172.31.255.255/", "private"],
    ["https://192.168.0.1/", "private"],
    ["https://100.64.0.1/", "private"],
    ["https://169.254.169.254/latest/meta-data", "private"],
    ["https://0.0.0.0/", "private"],
    ["https://[::1]/", "private"],
    ["https://[::ffff:10.0.0.1]/", "private"],
    ["https://[fd00:ec2::254]/", "private"],
    ["https://[fe80::1]/", "private"],
  ])("may not be %s", (url, why) => expect(whyNotWebhook(new URL(url))).toContain(why));
});
