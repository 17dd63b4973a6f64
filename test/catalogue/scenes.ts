import { auroraPostgresql, toPostgresql16 } from "../../lab/stories/databases.ts";
import { press, type } from "../../lab/stories/in-slack.ts";
import { ordersReady } from "../../lab/stories/orders-ready.ts";
import { deletionBegun, ended, requestOf } from "../../lab/stories/person.ts";
import type { Stage, Story } from "../../lab/stories/story.ts";
import { createRuined, pass } from "../../lab/stories/team.ts";
import type { ActionId } from "../../src/messages/slack/buttons.ts";
import { COLLEAGUE, DEVELOPER, ONCALL } from "../support/conversation/people.ts";

/** Somebody types, and reads what comes before anything else happens. */
async function asks(stage: Stage, text: string, user = ONCALL): Promise<void> {
  await type(stage, text, user);
  await pass(stage, 0.1);
}

async function presses(stage: Stage, action: ActionId, user = ONCALL): Promise<void> {
  await press(stage, action, user);
  await pass(stage, 0.1);
}

/** What people read who type where nothing is, or what the guard does not understand. */
const nothingThere: Story = {
  name: "nothing-there",
  line: "an account without a deployment, and commands that the guard does not understand",
  async play(stage) {
    for (const text of ["", " help", " status orders-16", " switch orders-16", " status orders 16", " recreate", " switchover orders-16 5"])
      await asks(stage, `/bluegreen${text}`);
    for (const text of [" recreate orders-16", " cancel orders-16", " cancel orders-16 --force"]) await asks(stage, `/bluegreen${text}`);
  },
};

/** What people read who ask how things stand, or may not have anything changed. */
const asked: Story = {
  name: "asked",
  line: "people ask how a deployment stands, and for what they may not or need not have done",
  async play(stage) {
    await ordersReady(stage);
    await asks(stage, "/bluegreen", DEVELOPER);
    await asks(stage, "/bluegreen status orders-16", DEVELOPER);
    await asks(stage, "/bluegreen switchover orders-16", DEVELOPER);
    await asks(stage, "/bluegreen switchover ord");
    await asks(stage, "/bluegreen recreate bgd-");
    await asks(stage, "/bluegreen recreate orders-16");
    await presses(stage, "dismiss");
    await asks(stage, "/bluegreen switchover orders-16");
    await pass(stage, 31);
    await presses(stage, "confirm");
  },
};

/** What people read where another operator has to approve, and does not. */
const notApproved: Story = {
  name: "not-approved",
  line: "an asker who cannot approve, a colleague who rejects, and one who comes too late",
  policy: { approvals: 1 },
  async play(stage) {
    await ordersReady(stage);
    await asks(stage, "/bluegreen switchover orders-16");
    await presses(stage, "confirm");
    await presses(stage, "approve");
    await presses(stage, "approve", DEVELOPER);
    await asks(stage, "/bluegreen switchover orders-16", COLLEAGUE);
    await presses(stage, "reject", COLLEAGUE);
    await asks(stage, "/bluegreen switchover orders-16");
    await presses(stage, "confirm");
    await pass(stage, 31);
    await presses(stage, "approve", COLLEAGUE);
  },
};

/** What people read who stop a recreation under way. */
const stopped: Story = {
  name: "stopped",
  line: "a recreation that is asked for twice, and stopped while RDS deletes green",
  async play(stage) {
    stage.rds.addCluster(auroraPostgresql("orders"));
    const id = await createRuined(stage, toPostgresql16("orders"));
    await pass(stage, 5);
    await asks(stage, "/bluegreen recreate orders-16");
    await presses(stage, "confirm");
    const requestId = await requestOf(stage, id);
    await deletionBegun(stage, requestId);
    await asks(stage, "/bluegreen status orders-16");
    await asks(stage, "/bluegreen recreate orders-16", COLLEAGUE);
    await asks(stage, "/bluegreen cancel orders-16 --force", COLLEAGUE);
    await presses(stage, "dismiss", COLLEAGUE);
    await asks(stage, "/bluegreen cancel orders-16", COLLEAGUE);
    await ended(stage, requestId);
    await pass(stage, 10);
    await asks(stage, "/bluegreen");
    await asks(stage, "/bluegreen recreate orders-16");
  },
};

/** What people read who hold what the policy has announced. */
const held: Story = {
  name: "held",
  line: "the policy announces a recreation, and somebody holds it",
  policy: { onDegraded: "recreate" },
  async play(stage) {
    stage.rds.addCluster(auroraPostgresql("orders"));
    await createRuined(stage, toPostgresql16("orders"));
    await presses(stage, "hold", DEVELOPER);
    await pass(stage, 10);
  },
};

/** Short scenes, played as the stories are, for what no story shows. */
export const scenes: readonly Story[] = [nothingThere, asked, notApproved, stopped, held];
