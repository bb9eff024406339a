import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');
const windows = process.platform === 'win32';
let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill('SIGKILL');
});

/** Runs `npm start` as a reader does, and resolves when it serves. */
async function npmStart(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn('npm', ['start'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    const url = /WrongoDB is at (\S+)[\s\S]*Ctrl-C/.exec(printed)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`npm start ended early:\n${printed}`);
}

describe.skipIf(windows)('npm start', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'serves the site until %s, then ends without an error',
    async (signal) => {
      const { child, url } = await npmStart();
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('WrongoDB');
      const ended = once(child, 'exit');
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      await expect(fetch(url)).rejects.toThrow();
    },
  );
});
