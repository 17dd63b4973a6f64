export const ONCALL = "U0ONCALL";
export const COLLEAGUE = "U0COLLEAGUE";
export const DEVELOPER = "U0DEVELOPER";
