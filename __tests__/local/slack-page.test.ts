import { slackPage as pageOfPosts } from '../../local/slack-page';

const slackPage = (bodies: readonly string[]) =>
  pageOfPosts(bodies.map((body) => ({ channel: 'slack_webhook', body })));

const markdown = (text: string) => ({ type: 'mrkdwn', text });

/** The page of one message whose only section is this text. */
const pageOf = (text: string) =>
  mainOf(slackPage([JSON.stringify({ blocks: [{ type: 'section', text: markdown(text) }] })]));

/** What the page shows below its head. */
const mainOf = (page: string) => page.slice(page.indexOf('<main>'));

test('a message that holds a script is a text that names one', () => {
  const evil = '</pre></title><script>alert(1)</script><img src=x onerror="alert(2)">';
  const bodies = [
    { text: evil, blocks: [{ type: 'header', text: { type: 'plain_text', text: evil } }] },
    { blocks: [{ type: 'section', text: markdown(evil), fields: [markdown(evil)] }] },
    { blocks: [{ type: 'context', elements: [markdown(`\`\`\`${evil}\`\`\``)] }, { type: evil }] },
    { text: evil },
    { [evil]: evil },
    { service: [evil] },
    { blocks: [{ type: 'section', text: markdown(`<https://x.example/"onclick="alert(3)|${evil}>`) }] },
    { blocks: [{ type: 'section', text: markdown('<javascript:alert(4)|here> <!date^1^{time}"><script>|x>') }] },
  ];

  const page = slackPage([...bodies.map((body) => JSON.stringify(body)), evil]);

  expect(page).not.toMatch(/<script|<img|javascript:alert\(4\)"|"onclick=/i);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.match(/<\/title>/g)).toHaveLength(1);
});

test('the page fetches nothing and runs nothing', () => {
  const page = slackPage([JSON.stringify({ text: '<https://x.example/|a link>' })]);

  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<link|<img|\ssrc=|url\(|@import/i);
});

test.each([
  [
    'a link',
    '<https://x.example/?a=1&amp;b=2|Logs>',
    '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">Logs</a>',
  ],
  [
    'a date, in UTC',
    '<!date^1767607170^{date_short_pretty} {time_secs}|then>',
    '<time title="then">5 Jan 2026 09:59:30 UTC</time>',
  ],
  ['a group', '<!subteam^S12>', '<span class="mention">@S12</span>'],
  ['a person', '<@U12>', '<span class="mention">@U12</span>'],
  ['everyone', '<!channel> <!here>', '<span class="mention">@channel</span> <span class="mention">@here</span>'],
  ['bold and code', '*name* `a_b` _x_', '<b>name</b> <code>a_b</code> <i>x</i>'],
  ['a block of code', '```a\n &lt;b&gt; *c*```', '<pre>a\n &lt;b&gt; *c*</pre>'],
  ['names with underscores', 'orders_daily and a_b_c', 'orders_daily and a_b_c'],
  ['what is escaped', '&lt;!channel&gt; &amp;amp;', '&lt;!channel&gt; &amp;amp;'],
])('%s looks as in Slack', (_what, text, expected) => {
  expect(pageOf(text)).toContain(`<section>${expected}</section>`);
});

test('a message shows its header, its fields in columns, and what a phone shows of it', () => {
  const page = mainOf(
    slackPage([
      JSON.stringify({
        text: '🔴 Glue job orders failed <!here>',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: '🔴 Glue job orders failed' } },
          { type: 'section', fields: [markdown('*service*\nglue_job')] },
        ],
      }),
    ]),
  );

  expect(page).toContain('<h2>🔴 Glue job orders failed</h2>');
  expect(page).toContain('<section class="fields"><div><b>service</b><br>glue_job</div></section>');
  expect(page).toContain('<div class="preview">🔔 🔴 Glue job orders failed @here</div>');
});

test('a message shows its channel, and is one of more than are given', () => {
  const page = pageOfPosts([{ channel: 'team<a>', body: '{"text":"x"}' }], 3);

  expect(page).toContain('#team&lt;a&gt;');
  expect(page).toContain('3 messages, the newest 1 of them here');
});

test("a workflow's message shows its fields", () => {
  const page = mainOf(slackPage([JSON.stringify({ service: 'glue_job', exception_details: 'a\n&lt;b&gt;' })]));

  expect(page).toContain('<dt>service</dt><dd>glue_job</dd>');
  expect(page).toContain('<dt>exception_details</dt><dd>a<br>&lt;b&gt;</dd>');
  expect(page).toContain('WORKFLOW');
});

test('of thousands of messages the newest 200 are shown, newest first', () => {
  const bodies = Array.from({ length: 5_000 }, (_, at) => JSON.stringify({ text: `message ${at}.` }));

  const page = slackPage(bodies);

  expect(page.match(/<article>/g)).toHaveLength(200);
  expect(page).toContain('5,000 messages, the newest 200 of them here');
  expect(page.indexOf('message 4999.')).toBeLessThan(page.indexOf('message 4800.'));
  expect(page).not.toContain('message 4799.');
});

test.each([
  [0, 'Nothing was posted.'],
  [1, 'One message, newest first. slack.jsonl holds its exact bodies.'],
  [2, '2 messages, newest first. slack.jsonl holds their exact bodies.'],
])('%i messages are called so', (count, sentence) => {
  expect(slackPage(Array.from({ length: count }, () => '{"text":"x"}'))).toContain(sentence);
});
