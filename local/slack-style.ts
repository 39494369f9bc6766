/** How the page of messages looks: near enough to Slack to judge a message by. */
export const slackStyle = `
  :root { --line: #dddddd; --soft: #616061; --link: #1264a3; --code: #c01343; }
  * { box-sizing: border-box; }
  body { margin: 0; background: #ffffff; color: #1d1c1d;
    font: 15px/1.46668 Lato, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
  body > header { position: sticky; top: 0; background: #4a154b; color: #ffffff; padding: 12px 20px; }
  body > header h1 { margin: 0; font-size: 18px; }
  body > header p { margin: 2px 0 0; font-size: 13px; opacity: 0.85; }
  main { max-width: 780px; padding: 4px 0 40px; }
  article { display: flex; gap: 10px; padding: 10px 20px; overflow-wrap: anywhere; }
  article:hover { background: #f8f8f8; }
  .face { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #36c5f0; text-align: center; line-height: 36px; }
  .body { flex: 1; min-width: 0; }
  .who b { font-weight: 900; }
  .who span { margin-left: 6px; color: var(--soft); font-size: 12px; }
  .who .app { background: #dddddd; border-radius: 2px; padding: 0 4px; font-size: 10px; font-weight: 700; }
  .preview { margin: 2px 0 4px; color: var(--soft); font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  h2 { margin: 6px 0 4px; font-size: 18px; line-height: 1.3; font-weight: 900; }
  section { margin: 4px 0; }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; }
  .context { margin: 6px 0; color: var(--soft); font-size: 13px; }
  pre { margin: 4px 0; padding: 8px; border: 1px solid var(--line); border-radius: 4px; background: #f8f8f8;
    font: 12px/1.5 Monaco, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; max-height: 420px; overflow: auto; }
  code { padding: 1px 3px; border: 1px solid var(--line); border-radius: 3px; background: #f8f8f8; color: var(--code);
    font: 12px/1.5 Monaco, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  a { color: var(--link); text-decoration: none; }
  a:hover { text-decoration: underline; }
  .mention { padding: 0 2px; border-radius: 3px; background: #fff3c4; color: var(--link); }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 4px 0; }
  dt { font-weight: 700; }
  dd { margin: 0; white-space: pre-wrap; }
`;
