/**
 * How code looks: ink, weight and two greys. The legend's hues never appear
 * in code, because a colour on this site always means a state.
 */
import { readColorToken, type ThemeName } from './read-tokens.ts';

type TokenColor = {
  scope: string[];
  settings: { foreground: string; fontStyle?: string };
};

export type CodeTheme = {
  name: ThemeName;
  type: ThemeName;
  colors: Record<string, string>;
  tokenColors: TokenColor[];
};

function codeTheme(name: ThemeName): CodeTheme {
  const ink = readColorToken('code-text', name);
  const keyword = readColorToken('code-keyword', name);
  const literal = readColorToken('code-literal', name);
  const comment = readColorToken('code-comment', name);
  return {
    name,
    type: name,
    colors: {
      'editor.background': readColorToken('code-ground', name),
      'editor.foreground': ink,
    },
    tokenColors: [
      { scope: ['source', 'text'], settings: { foreground: ink } },
      {
        scope: ['comment', 'punctuation.definition.comment'],
        settings: { foreground: comment },
      },
      {
        scope: ['keyword', 'storage', 'storage.type', 'variable.language'],
        settings: { foreground: keyword, fontStyle: 'bold' },
      },
      {
        scope: ['keyword.operator'],
        settings: { foreground: ink, fontStyle: '' },
      },
      {
        // Words that the grammar files under operators: new, typeof, in.
        scope: ['keyword.operator.new', 'keyword.operator.expression'],
        settings: { foreground: keyword, fontStyle: 'bold' },
      },
      {
        scope: ['string', 'constant', 'support.type.property-name.json'],
        settings: { foreground: literal },
      },
    ],
  };
}

/** The light theme first: it is what a browser without CSS queries shows. */
export function codeThemes(): CodeTheme[] {
  return [codeTheme('light'), codeTheme('dark')];
}
