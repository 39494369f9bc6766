import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type ConfigurationInput, readInstallation } from '../../../infra/config';
import { blocksOf } from '../../contracts/guide/document';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'alerts.md'), 'utf8');
const shown = blocksOf(page).filter(({ language }) => language === 'ts');
const written = shown.map(({ text }) => runInNewContext(`({ ${text} })`) as ConfigurationInput);
const config = Object.assign({}, ...written) as ConfigurationInput;

describe('what docs/alerts.md shows', () => {
  it('is accepted, all of it together', () => {
    const read = readInstallation(
      config,
      { ACCOUNT: '111122223333', REGION: 'eu-central-1' },
      new Date('2026-03-02T00:00:00Z'),
    );

    expect(Object.keys(config).sort()).toEqual(['defaultRoute', 'maintenance', 'redaction', 'routes', 'silences']);
    expect(read.config.routes).toHaveLength(3);
    expect(read.notes.join()).not.toContain('ended');
  });

  it('leads from its list of contents to what stands in it', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');

    expect(links.length).toBeGreaterThan(8);
    expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}
