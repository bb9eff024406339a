/**
 * Runs a tool of node_modules under the Node that runs this script. The
 * machine's own Node may be older than the tools need, so a tool is never
 * started through its shebang line.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');

export interface ToolRun {
  readonly exitCode: number;
  readonly output: string;
}

export interface ToolOptions {
  /** 'show' streams what the tool prints; 'keep' returns it. */
  readonly output: 'show' | 'keep';
}

/** The script behind a package's command; its name if it has several. */
export function toolPath(packageName: string, command?: string): string {
  const folder = join(repository, 'node_modules', packageName);
  const manifest: { name: string; bin: string | Record<string, string> } =
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { bin, name } = manifest;
  const script =
    typeof bin === 'string' ? bin : bin[command ?? name.replace(/^.*\//, '')];
  if (script === undefined) {
    throw new Error(`${packageName} has no command ${command ?? name}`);
  }
  return join(folder, script);
}

/** Runs a Node script in the repository's root and waits for its end. */
export function runNode(
  args: readonly string[],
  { output }: ToolOptions,
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: repository,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: output === 'show' ? ['ignore', 'inherit', 'inherit'] : 'pipe',
    });
    const chunks: Buffer[] = [];
    child.stdin?.end();
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? 1,
        output: Buffer.concat(chunks).toString('utf8').trimEnd(),
      }),
    );
  });
}
