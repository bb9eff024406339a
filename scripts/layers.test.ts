import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doorViolationsIn } from './door-imports.ts';
import { findLayerViolations } from './layers.ts';

const repository = join(import.meta.dirname, '..');

describe('a planted tree', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'wrongodb-layers-'));
    plant({
      'package.json': JSON.stringify({
        imports: { '#engine/*': './engine/*' },
      }),
      'engine/layers.json': '[["base"], ["bytes", "trace"], ["disk"]]',
      'engine/base/assert.ts': 'export const assert = 1;',
      'engine/bytes/crc.ts': "export { assert } from '../base/assert.ts';",
      'engine/disk/disk.ts': "export * from '../bytes/crc.ts';",
    });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function plant(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  async function violations(): Promise<string[]> {
    const found = await findLayerViolations(root);
    return found.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`);
  }

  test('passes while every import points down the stack', async () => {
    expect(await violations()).toEqual([]);
  });

  test('fails on an import from a higher layer', async () => {
    plant({ 'engine/base/bad.ts': "import '../disk/disk.ts';" });
    expect(await violations()).toEqual([
      'base-imports-only-from-layers-above-it-in-layers-json: ' +
        'engine/base/bad.ts -> engine/disk/disk.ts',
    ]);
  });

  test('fails on a type import from a higher layer', async () => {
    plant({
      'engine/base/bad.ts':
        "import type { assert } from '../disk/disk.ts';\n" +
        'export type Bad = typeof assert;',
    });
    expect(await violations()).toHaveLength(1);
  });

  test('fails on an import from a neighbour on the same line', async () => {
    plant({ 'engine/trace/bad.ts': "import '../bytes/crc.ts';" });
    expect(await violations()).toHaveLength(1);
  });

  test('fails on a layer that imports a door', async () => {
    plant({
      'engine/index.ts': "export * from './base/assert.ts';",
      'engine/disk/bad.ts': "import '../index.ts';",
    });
    expect(await violations()).toHaveLength(1);
  });

  test('fails on an engine that imports the site', async () => {
    plant({
      'site/a.ts': 'export const a = 1;',
      'engine/disk/bad.ts': "import '../../site/a.ts';",
    });
    expect(await violations()).toEqual([
      'the-engine-never-imports-the-site: engine/disk/bad.ts -> site/a.ts',
    ]);
  });

  test('fails on Node in the core, and allows it in node files', async () => {
    plant({
      'engine/disk/bad.ts': "import 'node:fs';",
      'engine/disk/node-disk.ts': "import 'node:fs';",
      'engine/bytes/crc-node.ts': "import 'node:zlib';",
    });
    expect(await violations()).toEqual([
      'the-core-runs-without-node: engine/disk/bad.ts -> fs',
    ]);
  });

  test('fails on a node file in the core, and allows it in a door', async () => {
    plant({
      'engine/disk/node-disk.ts': "import 'node:fs';",
      'engine/disk/bad.ts': "import './node-disk.ts';",
      'engine/index.ts': "export * from './disk/node-disk.ts';",
      'engine/playground.ts': "export * from './disk/node-disk.ts';",
    });
    expect(await violations()).toEqual([
      'only-node-files-and-the-library-import-node-files: ' +
        'engine/disk/bad.ts -> engine/disk/node-disk.ts',
      'only-node-files-and-the-library-import-node-files: ' +
        'engine/playground.ts -> engine/disk/node-disk.ts',
    ]);
  });

  test('fails on a cycle, and allows one of types only', async () => {
    plant({
      'engine/disk/a.ts': "export * from './b.ts';",
      'engine/disk/b.ts': "export * from './a.ts';",
      'engine/disk/c.ts':
        "import type { D } from './d.ts';\nexport type C = D;",
      'engine/disk/d.ts':
        "import type { C } from './c.ts';\nexport type D = C;",
    });
    const found = await violations();
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(line).toMatch(/^no-cycles.*\/[ab]\.ts/);
  });

  test('fails on a folder that layers.json does not name', async () => {
    plant({ 'engine/extra/a.ts': 'export const a = 1;' });
    expect(await violations()).toEqual([
      'every-folder-of-the-engine-is-named-in-layers-json: ' +
        'engine/extra -> engine/layers.json',
    ]);
  });

  test('lets a test import anything, and nothing import a test', async () => {
    plant({
      'engine/base/assert.test.ts':
        "import 'node:fs';\nimport '../disk/disk.ts';",
      'engine/base/bad.ts': "import './assert.test.ts';",
    });
    expect(await violations()).toEqual([
      'only-tests-import-tests: engine/base/bad.ts -> ' +
        'engine/base/assert.test.ts',
    ]);
  });

  test('fails on a page that climbs through a window', async () => {
    plant({
      'engine/index.ts': "export * from './base/assert.ts';",
      'site/pages/index.astro':
        "---\nimport { assert } from '#engine/base/assert.ts';\n---\n<p />",
      'site/pages/good.astro':
        "---\nimport { assert } from '#engine/index.ts';\n---\n<p />",
    });
    expect(await violations()).toEqual([
      'the-site-enters-the-engine-by-its-doors: ' +
        'site/pages/index.astro -> engine/base/assert.ts',
    ]);
  });
});

describe('an import of the engine from the site', () => {
  test.each([
    ["import { Disk } from '#engine/index.ts';", true],
    ["import { Disk } from '../../engine/playground.ts';", true],
    ["import layers from '#engine/layers.json';", true],
    ["import source from '#engine/disk/disk.ts?raw';", true],
    ["import type { Disk } from '#engine/disk/disk.ts';", true],
    [
      "import {\n  type Disk,\n  type File,\n} from '#engine/disk/disk.ts';",
      true,
    ],
    ["import { Disk } from '#engine/disk/disk.ts';", false],
    ["import {\n  type Disk,\n  open,\n} from '#engine/disk/disk.ts';", false],
    ["import '#engine/disk/disk.ts';", false],
    ["import type from '#engine/disk/disk.ts';", false],
    ["import * as disk from '../../engine/disk/disk.ts';", false],
    ["export { open } from '#engine/disk/disk.ts';", false],
    ["const disk = await import('#engine/disk/disk.ts');", false],
    ["import { h } from 'preact';\nimport x from '../engine/x.ts';", true],
  ])('%j passes: %j', (source, passes) => {
    const found = doorViolationsIn('site/pages/a.ts', source);
    expect(found.length === 0).toBe(passes);
  });
});

test('this repository keeps its layers', async () => {
  expect(await findLayerViolations(repository)).toEqual([]);
});
