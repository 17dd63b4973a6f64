import type { Finding } from "../../plans/checks.ts";
import type { Form } from "../form.ts";
import { told } from "../sentences.ts";
import type { FindingText } from "./findings/finding-words.ts";
import { findingIn } from "./findings/findings.ts";
import { telling } from "./operations/said.ts";

/** What a check found and, unless it passed, what to do. */
export const findingText = (finding: Finding, as: Form): FindingText => findingIn(finding, telling(as));

/** The same in one line. */
export const findingLine = (finding: Finding, as: Form): string => told(...findingText(finding, as).map((it) => it ?? ""));
