/**
 * Before a token: nothing of a word, but for the escapes of JSON and of URLs, and the colours of a terminal, which end in
 * letters and digits.
 */
export const start = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[nrtbf])|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9a-fA-F]{2})|(?<=\[[\d;]{1,8}m))`;

/** How a token begins, up to the sign by which it is found, and how it goes on. */
type Token = readonly [prefix: string, rest: string];

/** Tokens that are known by how they begin. Prefixes end in `_`, `-` or `.`, so that looking for them is cheap. */
const prefixed: readonly Token[] = [
  // Slack
  ['xox[a-z]-', String.raw`[\w-]{8,}`],
  ['xapp-', String.raw`\d-[\w-]{8,}`],
  ['xwfp-', String.raw`[\w-]{20,}`],
  // GitHub, GitLab, Bitbucket and Atlassian
  ['gh[opsur]_', String.raw`(?:[A-Za-z0-9]{20,}|\d{1,12}_eyJ)[\w-]*(?:\.[\w-]+)*`],
  ['github_pat_', String.raw`\w{20,}`],
  ['gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|imt|agent|oas|ffct)-', String.raw`[\w-]{16,}(?:\.[\w-]+)*`],
  // Packages and images
  ['npm_', '[A-Za-z0-9]{30,}'],
  ['pypi-', String.raw`Ag[\w-]{30,}`],
  ['rubygems_', '[0-9a-f]{40,}'],
  ['dckr_[po]at_', String.raw`[\w-]{20,}`],
  // Payment and shops
  ['[rs]k_(?:live|test|prod)_', String.raw`\w{10,}`],
  ['whsec_', '[A-Za-z0-9+/]{20,}=*'],
  ['shp(?:at|ca|pa|ss)_', '[0-9a-fA-F]{32}'],
  ['sq0(?:atp|csp|idp)-', String.raw`[\w-]{20,}`],
  // Models
  [
    String.raw`(?:(?<![a-z])|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4}))sk-`,
    String.raw`(?=[\w-]{0,120}?(?=[A-Za-z]{0,15}\d)[A-Za-z0-9]{16})[\w-]{20,}`,
  ],
  ['gsk_', '[A-Za-z0-9]{40,}'],
  ['(?:xai|pplx)-', '[A-Za-z0-9]{40,}'],
  ['nvapi-', String.raw`[\w-]{40,}`],
  ['hf_', '[A-Za-z0-9]{30,}'],
  ['bedrock-api-key-', '[A-Za-z0-9+/]{20,}={0,2}'],
  ['r8_', '[A-Za-z0-9]{30,}'],
  ['(?:lsv2_(?:pt|sk)|pcsk)_', String.raw`\w{30,}`],
  // Google
  ['GOCSPX-', String.raw`[\w-]{20,}`],
  [String.raw`ya29\.`, String.raw`[\w-]{20,}`],
  // Data tools
  ['dbt[cus]_', String.raw`(?=[A-Za-z_]{0,40}\d)[\w-]{30,}=*`],
  ['pn[ub]_', '[A-Za-z0-9]{36}'],
  ['(?:sbp|sbs|napi|sgp|bkua|mdb_sa_sk|sb_secret)_', String.raw`(?=[A-Za-z_]{0,40}\d)[\w-]{20,}`],
  ['pscale_(?:tkn|pw|oauth)_', String.raw`[\w=.-]{32,}`],
  // Infrastructure and observability
  [String.raw`hv[sbr]\.`, String.raw`[\w-]{20,}`],
  [String.raw`[A-Za-z0-9]{14}\.atlasv1\.`, String.raw`[\w-]{40,}`],
  [String.raw`dp\.(?:pt|st|sa|ct|scim|audit)\.`, String.raw`[\w.-]{30,}`],
  ['do[opr]_v1_', '[0-9a-f]{40,}'],
  ['pul-', '[0-9a-f]{40}'],
  ['nfp_', '[A-Za-z0-9]{30,}'],
  ['vercel_blob_rw_', String.raw`\w{20,}`],
  ['(?:fm1[ar]|fm2|fo1)_', String.raw`[\w+/-]{32,}={0,3}`],
  ['tskey-', String.raw`[a-z]{2,12}-[\w-]{16,}`],
  ['gl(?:sa|c)_', String.raw`[\w+/]{32,}={0,2}`],
  ['NR(?:AK|JS|II|RA|AA)-', String.raw`[\w-]{20,}`],
  ['sq[upa]_', '[0-9a-f]{40}'],
  ['sntry[su]_', String.raw`[\w+/-]{40,}={0,2}`],
  ['PMAK-', '[0-9a-f]{24}-[0-9a-f]{30,}'],
  ['(?:HRKU|CFPAT)-', String.raw`[\w-]{20,}`],
  ['CCIPAT_', String.raw`\w{20,}`],
  ['AGE-SECRET-KEY-', '1[A-Z0-9]{50,}'],
  // Mail and work
  [String.raw`SG\.`, String.raw`[\w-]{22}\.[\w-]{30,}`],
  ['xkeysib-', '[0-9a-f]{40,}-[A-Za-z0-9]{10,}'],
  ['(?<![a-z]-)key-', '[0-9a-f]{32}(?![0-9a-z./_-])'],
  ['(?:lin_api|ntn|figd|ops|secret)_', String.raw`(?=[A-Za-z_]{0,40}\d)[A-Za-z0-9][\w-]{31,}`],
];

/** Tokens that begin otherwise; `signs` finds them by a part that each of them has. */
const others: readonly string[] = [
  String.raw`AIza[\w-]{35}`,
  String.raw`d(?:api|ose)[0-9a-f]{32}(?:-\d+)?`,
  // Bedrock, Airtable, Dynatrace and Mailchimp
  'ABSK[A-Za-z0-9+/]{40,}={0,2}',
  String.raw`pat\w{14}\.[0-9a-f]{64}`,
  String.raw`dt0[a-z]\d{2}\.[A-Z0-9]{8,32}\.[A-Z0-9]{32,}`,
  String.raw`[0-9a-f]{32}-us\d{1,2}(?![\w-])`,
  // A bot of Discord: its number in base64, a time and a key
  String.raw`[MNO][DTjz][AEIMQUYcgk][w-z0-5][\w-]{18,24}\.[\w-]{6}\.[\w-]{27,}`,
  // A client secret of Azure
  String.raw`[\w~.-]{3}\dQ~[\w~.-]{31,34}`,
  // Atlassian, Bitbucket and Artifactory
  String.raw`AT(?:ATT|CTT)[\w=-]{40,}`,
  'ATBB[A-Za-z0-9]{24,}',
  'AKCp[A-Za-z0-9]{50,}',
  // A session token of AWS by itself, also in the query of a signed URL and with the slashes of JSON
  String.raw`(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|AQoDYXdz)(?:[A-Za-z0-9+/=_-]|%(?:25){0,4}(?:2[BbFf]|3[Dd])|\\{1,8}\/){20,}`,
  // A session of Salesforce: its organisation and a key
  String.raw`00D\w{12}![\w.]{60,}`,
  // Private keys without their first line, and whole ones in base64
  String.raw`MII[A-Za-z0-9+/]{1,5}IBA(?:AKC|DANBgkqhki)(?:[A-Za-z0-9+/=]|\\n|\s){40,}`,
  'b3BlbnNzaC1rZXk[A-Za-z0-9+/=]{20,}',
  'MH[cQ]CAQEE[A-Za-z0-9+/=]{40,}',
  'LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[A-Za-z0-9+/=]{20,}',
];

/** One regular expression's source for all tokens. */
export const token = [...prefixed.map((parts) => parts.join('')), ...others].join('|');

/** How tokens begin: sources of regular expressions, each of which ends in `_`, `-` or `\\.`. */
export const tokenPrefixes: readonly string[] = prefixed.map(([prefix]) => prefix);
