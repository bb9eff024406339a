/**
 * The picture that a link to a page shows elsewhere: the entry's number, its
 * title and its question on graph paper. Drawn at build by satori (layout to
 * SVG) and sharp (SVG to PNG); readers of the site never download it.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import satori from 'satori';
import sharp from 'sharp';
import { plannedPosts } from '../series.ts';
import { readColorToken } from '../styles/read-tokens.ts';

export type ShareText = {
  label: string;
  title: string;
  question: string;
  /** The entries whose pages are inked in the row at the foot. */
  inked: readonly number[];
};

type Box = {
  type: string;
  props: { style: Record<string, string | number>; children?: unknown };
};

const widthPx = 1200;
const heightPx = 630;
const gridPx = 30;

const ink = readColorToken('ink', 'light');
const paper = readColorToken('paper', 'light');
const fold = readColorToken('paper-fold', 'light');
const grid = readColorToken('grid-major', 'light');

/** A PNG of 1200 x 630. */
export async function drawShareImage(text: ShareText): Promise<Uint8Array> {
  const [serif, mono] = await Promise.all([
    readFile(resolve('site/social/bench-serif-display.woff')),
    readFile(resolve('site/social/jetbrains-mono-regular.woff')),
  ]);
  // Satori takes plain objects where its types ask for React's elements.
  const layout = shareLayout(text) as Parameters<typeof satori>[0];
  const lettering = await satori(layout, {
    width: widthPx,
    height: heightPx,
    fonts: [
      { name: 'serif', data: serif, weight: 600, style: 'normal' },
      { name: 'mono', data: mono, weight: 500, style: 'normal' },
    ],
  });
  return sharp(Buffer.from(sheet(text.inked)))
    .composite([{ input: Buffer.from(lettering) }])
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

function shareLayout({ label, title, question }: ShareText): Box {
  return box({ flexDirection: 'column', padding: 90, color: ink }, [
    box({ fontFamily: 'mono', fontSize: 30 }, `WrongoDB  ·  ${label}`),
    box({ fontFamily: 'serif', fontSize: 44, marginTop: 46 }, title),
    box(
      {
        fontFamily: 'serif',
        fontSize: question.length > 45 ? 72 : 92,
        lineHeight: 1.1,
        letterSpacing: '-0.02em',
        marginTop: 16,
      },
      question,
    ),
  ]);
}

function box(style: Record<string, string | number>, children: unknown): Box {
  return {
    type: 'div',
    props: { style: { display: 'flex', ...style }, children },
  };
}

// The sheet itself: graph paper, an ink outline, the folded corner.
function sheet(inked: readonly number[]): string {
  const inset = 30;
  const ear = 90;
  const right = widthPx - inset;
  const bottom = heightPx - inset;
  const outline =
    `M${inset} ${inset}H${right - ear}L${right} ${inset + ear}` +
    `V${bottom}H${inset}Z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">
  <defs><pattern id="grid" width="${gridPx}" height="${gridPx}" patternUnits="userSpaceOnUse">
    <path d="M0 .5H${gridPx}M.5 0V${gridPx}" stroke="${grid}"/></pattern></defs>
  <rect width="100%" height="100%" fill="${fold}"/>
  <path d="${outline}" fill="${paper}"/>
  <path d="${outline}" fill="url(#grid)" stroke="${ink}" stroke-width="4"/>
  <path d="M${right - ear} ${inset}v${ear}h${ear}z" fill="${fold}" stroke="${ink}" stroke-width="4" stroke-linejoin="round"/>
  ${pageRow(inked)}
</svg>`;
}

// The whole series as small pages, this entry's inked.
function pageRow(inked: readonly number[]): string {
  const strideX = 40;
  return plannedPosts
    .map(({ number }) => {
      const isInked = inked.includes(number);
      return (
        `<path transform="translate(${90 + number * strideX} 506)" ` +
        `d="M0 0H18L26 8V34H0Z" fill="${isInked ? ink : paper}" ` +
        `stroke="${ink}" stroke-width="2.5" stroke-linejoin="round"/>`
      );
    })
    .join('');
}
