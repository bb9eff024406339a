/**
 * Cuts the site's fonts down to the characters and weights that it uses.
 *
 *   npm run fonts
 *
 * Reads the variable fonts of the @fontsource-variable packages and writes
 * site/fonts/*.woff2 (what readers download: four files, budget below) and
 * site/social/*.woff (fixed weights for the share images, which are drawn at
 * build time and never downloaded by a reader). The results are committed, so
 * a build needs this script only when a character or a weight is added.
 *
 * Source Serif's licence keeps the name "Source" for unmodified copies, so our
 * cut of it goes by another name.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

type Axis = number | { min: number; max: number };

type FontCut = {
  source: string;
  target: string;
  characters: string;
  axes: Record<string, Axis>;
  features: readonly string[];
  format: 'woff' | 'woff2';
};

const FONT_BUDGET_BYTES = 95_000;

const ascii = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join('');

// The typographer's marks, a few accented letters for names, and the signs
// that a post about bytes needs. The packages carry no arrows and no box
// drawing, so those come from the reader's own fonts.
const punctuation = '\u00a0‘’“”–—…•·×÷±−µ°§¶†‡²½éèêëàáâäåçñóöøüÉÖÜ';
const textCharacters = ascii + punctuation;

const features = ['kern', 'liga', 'mark', 'mkmk', 'calt', 'ccmp'];
const packages = 'node_modules/@fontsource-variable';

const cuts: readonly FontCut[] = [
  {
    source: `${packages}/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2`,
    target: 'site/fonts/bench-serif.woff2',
    characters: textCharacters,
    // Optical sizes down to 20 only: a text size is 20 within a pixel, and
    // the drawings below it would cost another 12 kB.
    axes: { wght: { min: 400, max: 700 }, opsz: { min: 20, max: 60 } },
    features: [...features, 'onum', 'lnum', 'tnum'],
    format: 'woff2',
  },
  {
    source: `${packages}/source-serif-4/files/source-serif-4-latin-wght-italic.woff2`,
    target: 'site/fonts/bench-serif-italic.woff2',
    characters: textCharacters,
    axes: { wght: 400 },
    features,
    format: 'woff2',
  },
  {
    source: `${packages}/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2`,
    target: 'site/fonts/jetbrains-mono.woff2',
    characters: textCharacters,
    axes: { wght: { min: 400, max: 700 } },
    // No ligatures: `!=` has to look like the two bytes that it is. The
    // package's cut has no slashed zero, only the dotted one, which will do.
    features: ['kern', 'mark', 'ccmp'],
    format: 'woff2',
  },
  {
    source: `${packages}/public-sans/files/public-sans-latin-wght-normal.woff2`,
    target: 'site/fonts/public-sans.woff2',
    characters: textCharacters,
    axes: { wght: { min: 400, max: 700 } },
    features: ['kern', 'mark', 'ccmp', 'tnum'],
    format: 'woff2',
  },
  {
    source: `${packages}/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2`,
    target: 'site/social/bench-serif-display.woff',
    characters: textCharacters,
    axes: { wght: 600, opsz: 60 },
    features,
    format: 'woff',
  },
  {
    source: `${packages}/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2`,
    target: 'site/social/jetbrains-mono-regular.woff',
    characters: textCharacters,
    axes: { wght: 500 },
    features: ['kern'],
    format: 'woff',
  },
];

async function cutFont(cut: FontCut): Promise<number> {
  const subset = await subsetFont(await readFile(cut.source), cut.characters, {
    targetFormat: cut.format,
    variationAxes: cut.axes,
    keepFeatures: [...cut.features],
    noHinting: true,
  });
  await writeFile(cut.target, subset);
  console.log(`${String(subset.length).padStart(7)} bytes  ${cut.target}`);
  return subset.length;
}

await mkdir('site/fonts', { recursive: true });
await mkdir('site/social', { recursive: true });
let downloadedBytes = 0;
for (const cut of cuts) {
  const sizeBytes = await cutFont(cut);
  if (cut.format === 'woff2') downloadedBytes += sizeBytes;
}
console.log(`${String(downloadedBytes).padStart(7)} bytes  for a reader`);
if (downloadedBytes > FONT_BUDGET_BYTES) {
  throw new Error(
    `the fonts weigh ${downloadedBytes} bytes, over the budget of ` +
      `${FONT_BUDGET_BYTES}`,
  );
}
