import { expect, test } from 'vitest';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { RUNGS } from '../ladder/wrong-switches.ts';
import { CrashCampaign } from './crash-campaign.ts';
import { underTest } from './mutants.ts';

test.each(RUNGS)('%s keeps its promises in a browser, too', async (rung) => {
  const campaign = new CrashCampaign(underTest(rung, slicedCrc32), 40_000);
  await campaign.run(({ states }) => states >= 5000);
  expect([...campaign.violations.values()]).toEqual([]);
});

test('the same seed crashes the same states as in Node', async () => {
  const campaign = new CrashCampaign(underTest('append-log', slicedCrc32), 1);
  await campaign.runWorkload(1);
  expect(campaign.counts).toMatchInlineSnapshot(`
    {
      "repeated": 1330,
      "states": 694,
      "violations": 0,
      "workloads": 1,
    }
  `);
});
