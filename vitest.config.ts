import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserLaunchOptions } from './scripts/find-browser.ts';

// One JSX runtime everywhere: the islands are Preact.
const preactJsx = {
  jsx: { runtime: 'automatic', importSource: 'preact' },
} as const;

const secondsMs = 1000;

export default defineConfig({
  test: {
    // The engine, in Node: quick, and the bulk of the tests.
    projects: [
      {
        test: {
          name: 'engine',
          environment: 'node',
          include: ['engine/**/*.test.ts'],
          exclude: ['engine/**/*.browser.test.ts'],
          testTimeout: 30 * secondsMs,
        },
      },
      // Scenes, checkers and the repository's scripts, in Node as well.
      {
        oxc: preactJsx,
        test: {
          name: 'site',
          environment: 'node',
          include: [
            'site/**/*.test.{ts,tsx}',
            'blog/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
          ],
          exclude: ['site/**/*.browser.test.{ts,tsx}', 'site/e2e/**'],
          testTimeout: 30 * secondsMs,
        },
      },
      // The same engine suites, and the islands, in a real Chromium.
      {
        oxc: preactJsx,
        worker: { format: 'es' },
        optimizeDeps: {
          // Found late, a dependency makes Vite reload the page mid-test.
          include: [
            'crc-32',
            'fast-check',
            'preact',
            'preact/hooks',
            'preact/jsx-runtime',
            'preact/jsx-dev-runtime',
            '@preact/signals',
            'lz-string',
          ],
        },
        test: {
          name: 'browser',
          include: [
            'engine/**/*.browser.test.ts',
            'site/**/*.browser.test.{ts,tsx}',
          ],
          testTimeout: 60 * secondsMs,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: browserLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      // Chromium against the built site. One file at a time: a page that
      // fights another for two cores fails for reasons of its own.
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['site/e2e/**/*.e2e.ts', 'scripts/**/*.e2e.ts'],
          globalSetup: ['scripts/e2e-setup.ts'],
          fileParallelism: false,
          testTimeout: 120 * secondsMs,
          hookTimeout: 300 * secondsMs,
        },
      },
    ],
  },
});
