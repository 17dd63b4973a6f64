const NAME = "bluegreen-guard-rehearsal";

/**
 * The commands by which a person makes, checks and removes a blue/green deployment of a small database of its own; nothing here runs them.
 *
 * Source: AWS CLI reference, rds; RDS user guide, "Limitations for Amazon RDS blue/green deployments" (backups on, no managed password).
 */
export const REHEARSAL = `# A rehearsal with a database of its own, for a deployed guard. It takes one to two hours and costs less than a
# dollar: two db.t4g.micro, and two more while there is a green. doctor runs none of these commands: you do, one
# after the other, in a shell that is signed in to the account and Region of the guard.

# 1. Blue: a small MySQL with a read replica, in the default VPC, reachable from nowhere else.
FROM=8.0.42
TO=8.4.6
aws rds describe-db-engine-versions --engine mysql --engine-version "$FROM" \\
  --query "DBEngineVersions[].ValidUpgradeTarget[].EngineVersion"   # $TO has to be among these: set both anew if not
aws rds create-db-instance --db-instance-identifier ${NAME} --db-instance-class db.t4g.micro \\
  --engine mysql --engine-version "$FROM" --allocated-storage 20 --backup-retention-period 1 \\
  --master-username rehearsal --master-user-password "$(openssl rand -hex 16)" --no-publicly-accessible
aws rds wait db-instance-available --db-instance-identifier ${NAME}
aws rds create-db-instance-read-replica --db-instance-identifier ${NAME}-reader \\
  --source-db-instance-identifier ${NAME}
aws rds wait db-instance-available --db-instance-identifier ${NAME}-reader

# 2. The deployment. Within five minutes its card is in the channel (where watch is "tagged", because of the tag).
BLUE=$(aws rds describe-db-instances --db-instance-identifier ${NAME} --query "DBInstances[0].DBInstanceArn" --output text)
aws rds create-blue-green-deployment --blue-green-deployment-name ${NAME} --source "$BLUE" \\
  --target-engine-version "$TO" --tags Key=bluegreen-guard:watch,Value=true
npx bluegreen-guard status ${NAME}   # again until it is ready to be switched over

# 3. The guard deletes it with its green and creates it again, under the recreate function's own role. In Slack:
#      /bluegreen recreate ${NAME}
#    Wait until the thread says that green is ready. Then compare what the card and the thread say with what RDS says:
aws rds describe-blue-green-deployments --query "BlueGreenDeployments[?Source=='$BLUE']"
npx bluegreen-guard doctor --record after-recreate.json

# 4. The guard switches it over. The deployment that it created in step 3 has a name and an identifier of its own.
#    This prints what to enter in Slack:
RECREATED=$(aws rds describe-blue-green-deployments --output text \\
  --query "BlueGreenDeployments[?Source=='$BLUE'].BlueGreenDeploymentName")
echo "/bluegreen switchover $RECREATED"
#    Wait until the thread says that it was switched over.
npx bluegreen-guard doctor --record after-switchover.json
aws rds describe-events --source-type blue-green-deployment --duration 360 > rehearsal-events.json

# 5. Take everything away. The deployment goes first, and nothing green with it: by now that is production.
DEPLOYMENT=$(aws rds describe-blue-green-deployments --output text \\
  --query "BlueGreenDeployments[?starts_with(BlueGreenDeploymentName, '${NAME}')].BlueGreenDeploymentIdentifier")
aws rds delete-blue-green-deployment --blue-green-deployment-identifier "$DEPLOYMENT"
for name in ${NAME}-reader ${NAME} ${NAME}-reader-old1 ${NAME}-old1; do
  aws rds delete-db-instance --db-instance-identifier "$name" --skip-final-snapshot --delete-automated-backups
done

# 6. Nothing should be left: both lists are empty once RDS has done this.
aws rds describe-db-instances --query "DBInstances[?starts_with(DBInstanceIdentifier, '${NAME}')].DBInstanceIdentifier"
aws rds describe-blue-green-deployments \\
  --query "BlueGreenDeployments[?starts_with(BlueGreenDeploymentName, '${NAME}')].BlueGreenDeploymentIdentifier"
`;
