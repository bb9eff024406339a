import { describe, expect, test } from 'vitest';
import { JSON_FILE_WRONGS } from './1-json-file.ts';
import { APPEND_LOG_WRONGS } from './2-append-log.ts';
import { HASH_INDEX_WRONGS } from './3-hash-index.ts';
import { checkStoreAgainstModel } from './key-value-model-suite.ts';
import { powerCutDisks } from './power-cut-disks-suite.ts';
import { RUNGS, WRONG_RULES, wrongRulesOf } from './wrong-switches.ts';

const switchesOf = {
  'json-file': JSON_FILE_WRONGS,
  'append-log': APPEND_LOG_WRONGS,
  'hash-index': HASH_INDEX_WRONGS,
};

test.each(RUNGS)('the table has each switch of %s once', (rung) => {
  const names = wrongRulesOf(rung).map(({ name }) => name);
  expect(names.sort()).toEqual([...switchesOf[rung]].sort());
});

test('the table has no rule of an unknown rung', () => {
  const ofRungs = RUNGS.flatMap((rung) => wrongRulesOf(rung));
  expect(WRONG_RULES).toEqual(ofRungs);
});

test.each(WRONG_RULES)('$name says what it leaves out', (rule) => {
  expect(rule.rule).toMatch(/^[A-Z].*\.$/);
  expect(rule.post).toBeGreaterThan(0);
});

// The enumerator kills every mutant; these die at once, which shows that the
// model suite has teeth of its own.
describe('the model suite notices at once that a store lacks a rule', () => {
  const names = [
    ...['no-file-sync', 'no-directory-sync', 'plain-lines'],
    ...['keep-torn-tail', 'acknowledge-before-sync', 'open-without-sync'],
    ...['delete-only-in-map', 'roll-without-sync'],
  ];
  const rules = WRONG_RULES.filter(({ name }) => names.includes(name));

  test.each(rules)('$name', async ({ rung, name }) => {
    const failures: unknown[] = [];
    for (let salt = 0; salt < 20 && failures.length === 0; salt++) {
      const factory = { rung, disks: powerCutDisks(salt), wrong: [name] };
      await checkStoreAgainstModel(factory).catch((error) => {
        failures.push(error);
      });
    }
    expect(failures).toHaveLength(1);
  });
});
