/**
 * Finds the Chromium that the browser tests, the end-to-end tests and the
 * screenshots drive, and installs one when the machine has none.
 *
 * The order: CHROMIUM_PATH, a Chrome or Chromium of the system, Playwright's
 * own download; then, as root on Debian or Ubuntu, apt; last,
 * `playwright install`. `npm test` runs this file first, so that nobody has to
 * know about it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from 'playwright';

/**
 * What every Chromium of this repository starts with. The resolver rule keeps
 * tests honest: a page that needs a host other than this machine fails.
 */
export const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

const systemNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];

const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

export interface BrowserSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const thisMachine: BrowserSearch = { env: process.env, exists: existsSync };

/**
 * The path of a Chromium that is already on this machine outside Playwright's
 * own folder, or undefined. Throws when CHROMIUM_PATH names a file that is not
 * there: a wrong setting should not be passed over in silence.
 */
export function findBrowser({
  env,
  exists,
}: BrowserSearch = thisMachine): string | undefined {
  const chosen = env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (exists(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but no file is there`);
  }
  const folders = (env.PATH ?? '').split(delimiter).concat('/usr/bin');
  const candidates = systemNames.flatMap((name) =>
    folders.filter((folder) => folder !== '').map((f) => join(f, name)),
  );
  return [...candidates, ...otherPlaces].find(exists);
}

/** Launch options for Playwright; without a system browser it uses its own. */
export function browserLaunchOptions(): LaunchOptions {
  const executablePath = findBrowser();
  return {
    headless: true,
    args: [...browserFlags],
    ...(executablePath === undefined ? {} : { executablePath }),
  };
}

async function playwrightHasChromium(): Promise<boolean> {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

function installWithApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    return false;
  }
  console.log('No Chromium found: installing chromium-headless-shell (apt).');
  const install = () =>
    run('apt-get', [
      ...['install', '-y', '-qq', '--no-install-recommends'],
      'chromium-headless-shell',
    ]);
  return (run('apt-get', ['update', '-qq']) && install()) || install();
}

function installWithPlaywright(): boolean {
  console.log('No Chromium found: downloading one with Playwright.');
  const cli = fileURLToPath(
    new URL('cli.js', import.meta.resolve('playwright/package.json')),
  );
  return run(process.execPath, [cli, 'install', 'chromium']);
}

/** Returns when a browser can be started; throws when none can be had. */
export async function ensureBrowser(): Promise<void> {
  const ready = async () =>
    findBrowser() !== undefined || (await playwrightHasChromium());
  if (await ready()) return;
  if (installWithApt() && (await ready())) return;
  if (installWithPlaywright() && (await ready())) return;
  throw new Error(
    'No Chromium could be found or installed. Install Chrome or Chromium, ' +
      'or set CHROMIUM_PATH to one, and run this again.',
  );
}

if (import.meta.main) {
  await ensureBrowser().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
