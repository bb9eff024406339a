import { describe, expect, test } from 'vitest';
import { extractDeclaration } from './extract-declaration.ts';

const source = `/**
 * The file's head, which is no declaration's doc comment.
 */

/** A page's number. */
export type PageId = number & { readonly brand: 'PageId' };

// Why this value: one block of most disks.
export const pageSizeBytes = 4096;

export const rules = {
  /** Log before page. */
  logFirst(page: number): boolean {
    return page > 0;
  },
};

/** Reads. */
export function read(id: number): string;
export function read(id: string): string;
export function read(id: number | string): string {
  return \`page \${id}\`;
}

export interface Disk {
  /** Bytes now. */
  size(): number;
}

export class SimulatedDisk implements Disk {
  #pending: string[] = []; // not synced yet

  /**
   * Pulls the plug.
   */
  crash(keep: number): void {
    if (keep > 0) {
      this.#pending.length = keep;
    }
  }

  size(): number {
    return this.#pending.length;
  }

  constructor(first: string) {
    this.#pending.push(first);
  }
}
`;

const file = 'engine/disk/simulated-disk.ts';
const extract = (symbol: string) => extractDeclaration(source, file, symbol);

describe('an excerpt', () => {
  test('takes a declaration with its doc comment, without the head', () => {
    expect(extract('PageId').code).toBe(
      `/** A page's number. */\n` +
        `export type PageId = number & { readonly brand: 'PageId' };`,
    );
  });

  test('takes the line comment that touches a const', () => {
    expect(extract('pageSizeBytes').code).toBe(
      '// Why this value: one block of most disks.\n' +
        'export const pageSizeBytes = 4096;',
    );
  });

  test('takes a method, moved to the left edge', () => {
    expect(extract('SimulatedDisk.crash').code).toBe(
      [
        '/**',
        ' * Pulls the plug.',
        ' */',
        'crash(keep: number): void {',
        '  if (keep > 0) {',
        '    this.#pending.length = keep;',
        '  }',
        '}',
      ].join('\n'),
    );
  });

  test('says where it begins, one-based', () => {
    const lines = source.split('\n');
    const { firstLine } = extract('SimulatedDisk.crash');
    expect(lines[firstLine - 1]).toBe('  /**');
    expect(lines[firstLine]).toBe('   * Pulls the plug.');
  });

  test('leaves the comment at the end of the line before alone', () => {
    expect(extract('SimulatedDisk.size').code).toMatch(/^size\(\)/);
    expect(extract('SimulatedDisk.constructor').code).toMatch(
      /^constructor\(first/,
    );
  });

  test('takes private fields, interface members, object members', () => {
    expect(extract('SimulatedDisk.#pending').code).toBe(
      '#pending: string[] = [];',
    );
    expect(extract('Disk.size').code).toBe(
      '/** Bytes now. */\nsize(): number;',
    );
    expect(extract('rules.logFirst').code).toContain('return page > 0;');
  });

  test('takes the overloads of a function together', () => {
    const { code } = extract('read');
    expect(code.match(/function read/g)).toHaveLength(3);
    expect(code.startsWith('/** Reads. */')).toBe(true);
  });

  test('of a whole class ends with its last brace', () => {
    const { code } = extract('SimulatedDisk');
    expect(code.startsWith('export class SimulatedDisk')).toBe(true);
    expect(code.endsWith('}')).toBe(true);
  });
});

describe('an excerpt that is not there', () => {
  test('stops the build and lists what the file does declare', () => {
    expect(() => extract('LyingDisk')).toThrow(
      /engine\/disk\/simulated-disk\.ts declares no LyingDisk.*SimulatedDisk/,
    );
  });

  test('stops the build when only the member is gone', () => {
    expect(() => extract('SimulatedDisk.melt')).toThrow(
      /no SimulatedDisk.melt/,
    );
    expect(() => extract('PageId.crash')).toThrow(/no PageId.crash/);
  });

  test('stops the build when the name is only mentioned', () => {
    expect(() => extract('keep')).toThrow(/declares no keep/);
  });
});
