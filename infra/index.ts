export { propsFromSettings } from "./context.ts";
export { BlueGreenGuard, BUS_NAME } from "./guard.ts";
export type { BlueGreenGuardProps } from "./props.ts";
