/**
 * A caption's HTML. Captions are attributes, which MDX leaves alone, so the
 * two marks that they need are read here: `**bold**` and `code`.
 */
import { escapeHtml } from './escape-html.ts';
/** Safe HTML for one line of caption text. */
export function captionHtml(caption: string): string {
  return escapeHtml(caption)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}
