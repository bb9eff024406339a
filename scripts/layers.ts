/**
 * The rule that keeps the engine a stack: a folder imports only from the lines
 * above its own in engine/layers.json, and the site enters by two doors.
 *
 * The rules are made from the JSON, so the order has one home. The import
 * graph comes from dependency-cruiser, which does not read .astro and .mdx;
 * door-imports.ts covers those.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';
import { findDoorViolations } from './door-imports.ts';

/** Folders of the engine, bottom-up; one line holds folders of equal rank. */
export type Layers = readonly (readonly string[])[];

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Files that may reach for anything in the engine, and for Node. */
export const testFiles = '(\\.test\\.tsx?|-(suite|conformance)\\.ts)$';
const nodeFiles = '/(node-[^/]+|[^/]+-node)\\.ts$|^engine/(cli|bench)/';

export function readLayers(root: string): Layers {
  const layers: Layers = JSON.parse(
    readFileSync(join(root, 'engine/layers.json'), 'utf8'),
  );
  return layers;
}

/** One rule for each folder, and the rules that hold for all of them. */
export function layerRules(layers: Layers): IForbiddenRuleType[] {
  const folders = layers.flatMap((line, lineIndex) => {
    const below = layers.slice(0, lineIndex).flat();
    return line.map((folder) => folderRule(folder, [folder, ...below]));
  });
  return [...folders, ...wholeRepositoryRules];
}

function folderRule(
  folder: string,
  allowed: readonly string[],
): IForbiddenRuleType {
  return {
    name: `${folder}-imports-only-from-layers-above-it-in-layers-json`,
    severity: 'error',
    from: { path: `^engine/${folder}/`, pathNot: testFiles },
    to: { path: '^engine/', pathNot: `^engine/(${allowed.join('|')})/` },
  };
}

const wholeRepositoryRules: readonly IForbiddenRuleType[] = [
  {
    name: 'the-engine-never-imports-the-site',
    severity: 'error',
    from: { path: '^engine/' },
    to: { path: '^(site|blog|scripts)/' },
  },
  {
    name: 'only-tests-import-tests',
    severity: 'error',
    from: { pathNot: testFiles },
    to: { path: testFiles },
  },
  {
    name: 'the-core-runs-without-node',
    severity: 'error',
    from: { path: '^engine/', pathNot: [testFiles, nodeFiles] },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'only-node-files-and-the-library-import-node-files',
    severity: 'error',
    from: {
      path: '^engine/',
      pathNot: [testFiles, nodeFiles, '^engine/index\\.ts$'],
    },
    to: { path: nodeFiles },
  },
  {
    name: 'the-engine-depends-only-on-bson-and-crc-32',
    severity: 'error',
    from: { path: '^engine/', pathNot: testFiles },
    to: {
      path: 'node_modules/',
      pathNot: 'node_modules/(bson|crc-32)/',
    },
  },
  {
    name: 'no-cycles',
    severity: 'error',
    from: { pathNot: testFiles },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

/** Everything in the tree under `root` that breaks a rule; empty when sound. */
export async function findLayerViolations(root: string): Promise<Violation[]> {
  const layers = readLayers(root);
  const graph = await cruiseTree(root, layerRules(layers));
  return [
    ...findUnknownFolders(root, layers),
    ...graph,
    ...findDoorViolations(root),
  ];
}

async function cruiseTree(
  root: string,
  forbidden: IForbiddenRuleType[],
): Promise<Violation[]> {
  const folders = ['engine', 'site', 'blog', 'scripts'].filter((folder) =>
    existsSync(join(root, folder)),
  );
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden },
      doNotFollow: { path: 'node_modules' },
      // Type imports count: a layer that knows a higher layer's types is
      // bound to it as surely as one that calls it.
      tsPreCompilationDeps: true,
    },
    { conditionNames: ['import'], exportsFields: ['exports'] },
  );
  if (typeof output === 'string') throw new Error(output);
  if (output.summary.totalCruised === 0) {
    throw new Error(`no modules found under ${root}`);
  }
  return output.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
}

/** A folder that layers.json does not name would escape every rule. */
function findUnknownFolders(root: string, layers: Layers): Violation[] {
  const known = new Set(layers.flat());
  return readdirSync(join(root, 'engine'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .filter((entry) => holdsSource(join(root, 'engine', entry.name)))
    .map((entry) => ({
      rule: 'every-folder-of-the-engine-is-named-in-layers-json',
      from: `engine/${entry.name}`,
      to: 'engine/layers.json',
    }));
}

/** Whether a folder holds source; suites across layers may live anywhere. */
function holdsSource(folder: string): boolean {
  const isTest = new RegExp(testFiles);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (path) => path.endsWith('.ts') && !isTest.test(path),
  );
}

if (import.meta.main) {
  const violations = await findLayerViolations(process.cwd());
  for (const { rule, from, to } of violations) {
    console.error(`${from} -> ${to}\n    ${rule}`);
  }
  process.exitCode = violations.length === 0 ? 0 : 1;
}
