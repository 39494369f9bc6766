/** Where an installation belongs: `ACCOUNT` and `REGION`. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What is wrong with a place; one sentence each, saying what right looks like. */
export function placeProblems({ account, region }: Place): readonly string[] {
  return [...accountProblems(account), ...regionProblems(region)];
}

function accountProblems(account: string): readonly string[] {
  if (/^\d{12}$/.test(account)) return [];
  const found = account === '' ? 'is not set' : `is "${account}"`;
  return [`ACCOUNT ${found}; set it to the twelve digits of the AWS account, for example ACCOUNT=123456789012`];
}

function regionProblems(region: string): readonly string[] {
  if (/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/.test(region)) return [];
  const found = region === '' ? 'is not set' : `is "${region}"`;
  return [`REGION ${found}; set it to an AWS region, for example REGION=eu-central-1`];
}
