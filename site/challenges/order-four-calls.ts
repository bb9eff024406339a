/**
 * Challenge 01: the order of the four calls of a save.
 *
 * What it teaches: a save is a sequence, and any prefix of it, with any part
 * of what was not synced, can be all that happened. The check is the crash
 * grid over two saves: each moment, each surviving subset. Of the 24 orders
 * one has no broken cell (the test tries them all).
 */
import { crashGrid, Story } from '#engine/playground.ts';
import {
  type CrashGridScene,
  crashGridScene,
  effectFate,
  nextBroken,
} from '../kit/crash-grid-scene.ts';
import type { ChallengeDefinition, ChallengeResult } from './challenge.ts';
import { decodeSaveOrder, type SaveOrder } from './order-four-calls-answer.ts';

export const orderFourCalls: ChallengeDefinition<SaveOrder> = {
  id: '01-order-four-calls',
  post: 1,
  title: 'Order four calls',
  task:
    'A save is four calls. Put them into an order in which a power cut at any ' +
    'moment, with any part of the unsynced bytes and names surviving, leaves ' +
    'the old version or the new one, whole, and never an old one after the ' +
    'save was acknowledged.',
  hints: [
    'Until the rename, the old file is still there under its own name. Whatever must be true of the new file has to be true before that.',
    'A rename can reach the medium before the bytes do. Then the name points at a file that is empty or half.',
    'Bytes have a sync of their own, and so have names. Each comes right after the call whose effect it makes safe.',
  ],
  par: 'no broken cell',
  initial: ['sync-directory', 'write-temporary', 'rename', 'sync-temporary'],
  solution: ['write-temporary', 'sync-temporary', 'rename', 'sync-directory'],
  wrongAnswers: [
    {
      answer: ['write-temporary', 'rename', 'sync-temporary', 'sync-directory'],
      why: 'write, rename, and sync everything at the end',
    },
    {
      answer: ['write-temporary', 'sync-temporary', 'sync-directory', 'rename'],
      why: 'sync both, and rename last, when all is safe',
    },
    {
      answer: ['write-temporary', 'rename', 'sync-directory', 'sync-temporary'],
      why: 'names first, bytes last',
    },
  ],
  decode: decodeSaveOrder,
  check,
};

/** Two saves: the second has an old version to lose. */
function saveCommands(order: SaveOrder): string[] {
  const open = `open json-file steps=${order.join(',')}`;
  return [open, 'put cat Mina', 'sync', 'put cat Leo', 'sync'];
}

async function check(order: SaveOrder): Promise<ChallengeResult> {
  const commands = saveCommands(order);
  const recording = await Story.run(commands);
  const error = recording.answers
    .flat()
    .find((answer) => answer.startsWith('error'));
  if (error !== undefined) {
    return {
      passed: false,
      message: 'nothing is saved: the save stops at its first failing call.',
      details: [error],
    };
  }
  const grid = await crashGrid(commands);
  const scene = crashGridScene(grid, recording);
  const tried = `${scene.total} crashes tried`;
  const [worst] = scene.promises;
  if (worst === undefined) {
    const message = `every promise kept: ${tried}, none broken.`;
    return { passed: true, message, details: countOutcomes(scene) };
  }
  const [promise, count] = worst;
  const details = firstBroken(scene);
  return {
    passed: false,
    message: `${promise}: ${count} of ${tried}.`,
    details,
  };
}

/** The first crash that breaks a promise, told in words. */
function firstBroken(scene: CrashGridScene): string[] {
  const place = nextBroken(scene, undefined);
  const group = scene.groups[place?.group ?? -1];
  const column = group?.columns[place?.column ?? -1];
  const cell = column?.cells[place?.cell ?? -1];
  if (column === undefined || cell === undefined) return [];
  const [keep = 'none'] = cell.examples;
  return [
    `the power fails after: ${column.sentence}`,
    ...column.effects.map(({ id, text }) => `${text}: ${effectFate(keep, id)}`),
    `recovery: ${cell.promise}, ${cell.evidence}`,
  ];
}

function countOutcomes({ counts }: CrashGridScene): string[] {
  return [
    `the old version was found ${counts['recovered-old']} times`,
    `the new version was found ${counts['recovered-new']} times`,
  ];
}
