import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserFlags, findBrowser } from './find-browser.ts';

function machineWith(
  files: readonly string[],
  env: Record<string, string> = {},
) {
  return { env, exists: (path: string) => files.includes(path) };
}

describe('the search for a browser', () => {
  test('takes what CHROMIUM_PATH names before anything else', () => {
    const machine = machineWith(['/my/chrome', '/usr/bin/chromium'], {
      CHROMIUM_PATH: '/my/chrome',
      PATH: '/usr/bin',
    });
    expect(findBrowser(machine)).toBe('/my/chrome');
  });

  test('refuses a CHROMIUM_PATH that is not there', () => {
    const machine = machineWith(['/usr/bin/chromium'], {
      CHROMIUM_PATH: '/my/chrome',
    });
    expect(() => findBrowser(machine)).toThrow('/my/chrome');
  });

  test('looks along the PATH', () => {
    const machine = machineWith(['/opt/bin/google-chrome'], {
      PATH: ['/bin', '/opt/bin'].join(delimiter),
    });
    expect(findBrowser(machine)).toBe('/opt/bin/google-chrome');
  });

  test('prefers the headless shell, which starts soonest', () => {
    const machine = machineWith([
      '/usr/bin/chromium',
      '/usr/bin/chromium-headless-shell',
    ]);
    expect(findBrowser(machine)).toBe('/usr/bin/chromium-headless-shell');
  });

  test('finds nothing on a bare machine', () => {
    expect(findBrowser(machineWith([]))).toBeUndefined();
  });
});

test('no browser of this repository reaches another host', () => {
  const rules = browserFlags.filter((flag) => flag.includes('resolver'));
  expect(rules).toEqual([expect.stringContaining('MAP * ~NOTFOUND')]);
});
