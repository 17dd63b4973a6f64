import { expect, it } from "vitest";
import { ON_DEGRADED, ON_DEGRADED_TAG, type OnDegraded, onDegradedOf } from "../../../src/plans/on-degraded.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";

it.each<[setting: OnDegraded, tag: OnDegraded, alone: OnDegraded, mayRaise: OnDegraded]>([
  ["notify", "recreate", "notify", "recreate"],
  ["notify", "ask", "notify", "ask"],
  ["ask", "recreate", "ask", "recreate"],
  ["ask", "notify", "notify", "notify"],
  ["recreate", "notify", "notify", "notify"],
  ["recreate", "ask", "ask", "ask"],
  ["recreate", "recreate", "recreate", "recreate"],
])("where the setting is %s, a tag that says %s makes it %s, or %s where tags may raise it", (onDegraded, tag, alone, mayRaise) => {
  const tags = { [ON_DEGRADED_TAG]: tag };
  expect(onDegradedOf({ tags }, { onDegraded, tagMayRaise: false })).toBe(alone);
  expect(onDegradedOf({ tags }, { onDegraded, tagMayRaise: true })).toBe(mayRaise);
});

it.each(ON_DEGRADED)("where the setting is %s, it stays so with a tag that is no word that is known", (onDegraded) => {
  const tags = { [ON_DEGRADED_TAG]: "always" };
  for (const tagMayRaise of [false, true]) expect(onDegradedOf({ tags }, { onDegraded, tagMayRaise })).toBe(onDegraded);
});

it("what is done about a degraded deployment is to ask, where nobody says otherwise, and no tag asks for more", () => {
  expect(DEFAULTS).toMatchObject({ onDegraded: "ask", tagMayRaise: false, settleMinutes: 10, maxRecreatesPerDay: 2 });
});
