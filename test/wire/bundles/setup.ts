/** Makes the bundles before any test. */
export { makeBundles as setup } from "../../../infra/bundles.ts";
