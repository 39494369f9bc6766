import { verbatim } from '../../infra/verbatim';

test.each([
  ['an interpolation', `SELECT '\${name}'`, `SELECT '$\${name}'`],
  ['a directive', "LIKE '%{day}%'", "LIKE '%%{day}%'"],
  ['several of both', `\${a}%{b}\${c}%{d}`, `$\${a}%%{b}$\${c}%%{d}`],
  [
    'neither',
    "WHERE cost > $1 AND name LIKE '%job' AND map = '{}'",
    "WHERE cost > $1 AND name LIKE '%job' AND map = '{}'",
  ],
])('Terraform reads a text with %s as it stands', (_what, text, written) => {
  expect(verbatim(text)).toBe(written);
});
