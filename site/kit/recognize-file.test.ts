import { expect, test } from 'vitest';
import { recognizeFile, UPLOAD_SIZE_BYTES_MAX } from './recognize-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['x.bin', 'WRONGLOG....', 'append.log'],
  ['segment-000007.log', 'WRONGSEG....', 'segment-000007.log'],
  ['anything', 'WRONGSEG....', 'segment-000001.log'],
  ['my.log', '{"put":"cat","value":"Mina"}\n', 'append.log'],
  ['my.log', '{"delete":"cat"}\n{"torn', 'append.log'],
  ['backup', '{"cat":"Mina"}', 'data.json'],
])('%s starting with %s is shown as %s', (name, text, shownAs) => {
  const found = recognizeFile(name, bytes(text));
  expect(found).toMatchObject({ kind: 'ours', file: { name: shownAs } });
});

test('a picture is refused, and the message shows how it starts', () => {
  const found = recognizeFile('cat.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  expect(found).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('0x 89 50 4e 47'),
  });
});

test('a file that is too large is refused by its size', () => {
  const found = recognizeFile('big', new Uint8Array(UPLOAD_SIZE_BYTES_MAX + 1));
  expect(found).toMatchObject({ message: expect.stringContaining('64 kB') });
});

test('an empty file is refused', () => {
  expect(recognizeFile('none', new Uint8Array(0)).kind).toBe('refused');
});
