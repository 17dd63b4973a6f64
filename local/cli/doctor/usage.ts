/** What `doctor --help` says. */
export const USAGE = `Usage: bluegreen-guard doctor [--stack NAME] [--post] [--stop] [--json] [--record FILE]
       bluegreen-guard doctor --rehearse

Asks AWS and Slack, in about two minutes, whether a guard can be deployed here, and, once one is, whether
all of it works: each function tests its own calls under its own role. Each line says what was asked, what
came, what that means, and what to do. Reads the settings from bluegreen-guard.json, or cdk.json's context.

It changes nothing: each function writes one item into the guard's table, which expires after an hour.

  --stack NAME   the CloudFormation stack of the guard (default: BlueGreenGuard)
  --post         also posts a test message in the channel, replies to it, changes it, and deletes both: once with
                 your own credentials and, once a guard is deployed, once more by its watch function;
                 its webhook, if it has one, gets a signed test
  --stop         also stops the execution of a self-test, to see that the guard hears of it:
                 this sets off the alarm "execution-stopped" once
  --json         prints a line of JSON for each question; people read standard error
  --record FILE  writes what AWS and Slack answered to FILE, without secrets, account ids and names, so that
                 it can go into an issue and be played by the lab; read it before you share it
  --rehearse     prints the AWS CLI commands by which you make, check and remove a blue/green deployment of
                 a small database of its own; runs none of them
  --help         say this

AWS's own environment says where, and who asks: AWS_PROFILE, AWS_REGION (or AWS_DEFAULT_REGION), AWS_ENDPOINT_URL.
SLACK_API_URL is the address of Slack's API if it is not slack.com's.

Exit code: 0 where every question passes, 1 where one fails or nobody answers it, 2 for a mistake in the
arguments, the environment or the settings file.
`;
