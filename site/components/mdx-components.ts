/**
 * What an author may use in a post without importing it, and nothing else.
 * README.md beside this file lists the props.
 */
import Bet from './bet.astro';
import Bridge from './bridge.astro';
import Challenge from './challenge.astro';
import Command from './command.astro';
import Excerpt from './excerpt.astro';
import Figure from './figure.astro';
import FigureLink from './figure-link.astro';
import GridFigure from './grid-figure.astro';
import HeadingThree from './heading-three.astro';
import HeadingTwo from './heading-two.astro';
import Legend from './legend.astro';
import MarginNote from './margin-note.astro';
import Prompt from './prompt.astro';
import RaceFigure from './race-figure.astro';
import RealEngine from './real-engine.astro';
import Recall from './recall.astro';
import ScrollingTable from './scrolling-table.astro';
import Stamp from './stamp.astro';
import StoryFigure from './story-figure.astro';
import Strike from './strike.astro';
import Term from './term.astro';
import TwinFigure from './twin-figure.astro';
import Word from './word.astro';

export const mdxComponents = {
  Bet,
  Bridge,
  Challenge,
  Command,
  Excerpt,
  Figure,
  FigureLink,
  GridFigure,
  Legend,
  MarginNote,
  Prompt,
  RaceFigure,
  RealEngine,
  Recall,
  Stamp,
  StoryFigure,
  Strike,
  Term,
  TwinFigure,
  Word,
  h2: HeadingTwo,
  h3: HeadingThree,
  table: ScrollingTable,
};
