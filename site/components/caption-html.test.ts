import { expect, test } from 'vitest';
import { captionHtml } from './caption-html.ts';

test('a caption may be bold and hold code', () => {
  expect(captionHtml('**Notice** the byte at `0x6e`.')).toBe(
    '<strong>Notice</strong> the byte at <code>0x6e</code>.',
  );
});

test('a caption is text, whatever it contains', () => {
  expect(captionHtml('<script> & "quotes"')).toBe(
    '&lt;script&gt; &amp; &quot;quotes&quot;',
  );
});
