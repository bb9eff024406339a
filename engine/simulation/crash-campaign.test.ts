import { describe, expect, test } from 'vitest';
import { zlibCrc32 } from '../bytes/crc32-node.ts';
import { RUNGS, WRONG_RULES } from '../ladder/wrong-switches.ts';
import { CrashCampaign } from './crash-campaign.ts';
import { failEveryCall } from './fault-campaign.ts';
import { flipEveryBit } from './flip-campaign.ts';
import killTable from './kill-table.json' with { type: 'json' };
import { huntMutant, underTest } from './mutants.ts';

const MINUTES = 60_000;
const SEED = 20_000;

describe('a fixed rung keeps its promises', () => {
  test.each(RUNGS)(
    '%s: in each of 100,000 crash states',
    async (rung) => {
      const campaign = new CrashCampaign(underTest(rung, zlibCrc32), SEED);
      await campaign.run(({ states }) => states >= 100_000);
      expect([...campaign.violations.values()]).toEqual([]);
      expect(campaign.counts.states).toBeGreaterThanOrEqual(100_000);
    },
    5 * MINUTES,
  );

  test.each(RUNGS)(
    '%s: when any call of the disk fails',
    async (rung) => {
      let states = 0;
      for (let seed = SEED; seed < SEED + 8; seed++) {
        const counts = await failEveryCall(underTest(rung, zlibCrc32), seed);
        expect(counts.violations).toEqual([]);
        states += counts.states;
      }
      expect(states).toBeGreaterThan(1000);
    },
    MINUTES,
  );

  test.each(['append-log', 'hash-index'] as const)(
    '%s: whichever bit is flipped',
    async (rung) => {
      for (let seed = SEED; seed < SEED + 2; seed++) {
        const counts = await flipEveryBit(underTest(rung, zlibCrc32), seed);
        expect(counts.violations).toEqual([]);
        expect(counts.refused).toBeGreaterThan(0);
      }
    },
    MINUTES,
  );
});

describe('each wrong switch is caught by the promise that it breaks', () => {
  test.each(WRONG_RULES)(
    '$name: $promise',
    async (rule) => {
      const result = await huntMutant(rule, zlibCrc32, killTable.seed);
      expect(result).toMatchObject({ killed: true });
      // The site prints the table. `npm run crash -- --mutants --seed 1 --json
      // engine/simulation/kill-table.json` makes it anew.
      const row = killTable.mutants.find((one) => one.rule.name === rule.name);
      expect(row).toEqual(result);
    },
    MINUTES,
  );
});

test('a campaign repeats itself from its seed', async () => {
  const run = async () => {
    const store = underTest('append-log', zlibCrc32, ['no-checksum']);
    const campaign = new CrashCampaign(store, 5);
    await campaign.run(({ workloads }) => workloads >= 3);
    return {
      counts: campaign.counts,
      found: [...campaign.violations.values()],
    };
  };
  expect(await run()).toEqual(await run());
});

test('a seed crashes the same states on every machine', async () => {
  // The browser's test expects the same numbers.
  const campaign = new CrashCampaign(underTest('append-log', zlibCrc32), 1);
  await campaign.runWorkload(1);
  expect(campaign.counts).toEqual({
    repeated: 1330,
    states: 694,
    violations: 0,
    workloads: 1,
  });
});
