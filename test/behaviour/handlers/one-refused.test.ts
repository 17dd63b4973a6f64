import { describe, expect, it, vi } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { told } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

vi.setConfig({ testTimeout: 60_000 });

const DEGRADED = "  Replication is degraded: switchover is blocked";
