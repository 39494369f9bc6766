// Checks what `npm run normalise` printed: JSON lines, each a record or a reason for quarantine, some of both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const lines = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const outcomes = lines.map((line) => JSON.parse(line));
const refused = outcomes.filter((outcome) => typeof outcome.quarantine === 'string');
const records = outcomes.filter((outcome) => outcome.event_id !== undefined && outcome.event_type !== undefined);

assert.equal(records.length + refused.length, outcomes.length, 'each line is a record or a reason');
assert.ok(records.length > 0, 'the examples give records');
