/**
 * What a recreation does to applications whose driver follows blue/green deployments.
 *
 * Source: aws/aws-advanced-jdbc-wrapper, pull request 2117, merged in September 2026; RDS User Guide, "Creating a blue/green deployment", on
 * RDS Proxy.
 */
export const CLIENTS =
  "Applications with an AWS driver plugin for blue/green deployments from before September 2026 stay with the deleted green: restart them afterwards.";
