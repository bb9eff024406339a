/**
 * Hex: bytes as people read them, two digits a byte, and the hex dump.
 *
 * Why: a storage engine is what its bytes are. Every format of this project
 * shows a worked example in hex, every figure of a file is a hex dump, and
 * `hexDump` makes the rows for both the page and the command line, so that
 * the two can be laid side by side.
 *
 * Layout of a row of 8 bytes (asserted by the test):
 *   0x0008  6f 20 63 61 74 00 ff 21  o cat..!
 *   offset  two digits a byte        printable ASCII, else a dot
 *
 * Invariants: (1) hexToBytes(bytesToHex(bytes)) equals bytes. (2) Every row
 * but the last is full. (3) All rows' offsets have the same width.
 * Cost: O(bytes), with strings: for people's eyes, not for hot paths.
 * Real tools: `xxd` and `hexdump -C` print rows of 16 in this order.
 */
import { assert } from '../base/assert.ts';
import { InvalidInputError } from '../base/errors.ts';

export type HexDumpOptions = {
  /** The offset of the first byte in its file; 0 unless given. */
  readonly offset?: number;
  /** 16 unless given; figures use 8 on narrow screens. */
  readonly bytesPerRow?: number;
};

export type HexRow = {
  readonly offset: number;
  /** The offset as `0x0010`, padded to the same width in all rows. */
  readonly offsetText: string;
  /** One string of two digits a byte. */
  readonly hex: readonly string[];
  /** One character a byte, so ascii[i] stands for hex[i]. */
  readonly ascii: string;
};

const OFFSET_DIGITS_MIN = 4;

/** Two digits a byte, lowercase, with `separator` between the bytes. */
export function bytesToHex(bytes: Uint8Array, separator = ''): string {
  return Array.from(bytes, byteToHex).join(separator);
}

/**
 * The bytes written in `hex`; digits of either case, white space ignored.
 * Throws InvalidInputError for another character or half a byte.
 */
export function hexToBytes(hex: string): Uint8Array<ArrayBuffer> {
  const digits = hex.replace(/\s+/g, '');
  const badDigit = /[^0-9a-f]/iu.exec(digits);
  if (badDigit !== null) {
    throw new InvalidInputError(`"${badDigit[0]}" is not a hex digit`);
  }
  if (digits.length % 2 !== 0) {
    throw new InvalidInputError(
      `hex needs two digits a byte, found ${digits.length} digits`,
    );
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** The rows of a hex dump; no rows for no bytes. */
export function hexDump(
  bytes: Uint8Array,
  { offset = 0, bytesPerRow = 16 }: HexDumpOptions = {},
): HexRow[] {
  assert(
    Number.isSafeInteger(bytesPerRow) && bytesPerRow > 0,
    'a hex dump row holds at least one byte',
  );
  const lastOffset = offset + bytes.length;
  const digitCount = Math.max(OFFSET_DIGITS_MIN, toHex(lastOffset).length);
  const rows: HexRow[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerRow) {
    const row = bytes.subarray(start, start + bytesPerRow);
    rows.push({
      offset: offset + start,
      offsetText: `0x${toHex(offset + start).padStart(digitCount, '0')}`,
      hex: Array.from(row, byteToHex),
      ascii: Array.from(row, byteToAscii).join(''),
    });
  }
  return rows;
}

/** The hex dump as lines of text for a terminal, without a final newline. */
export function hexDumpText(
  bytes: Uint8Array,
  options: HexDumpOptions = {},
): string {
  const { bytesPerRow = 16 } = options;
  const hexWidth = bytesPerRow * 3 - 1;
  return hexDump(bytes, options)
    .map(({ offsetText, hex, ascii }) => {
      return `${offsetText}  ${hex.join(' ').padEnd(hexWidth)}  ${ascii}`;
    })
    .join('\n');
}

function byteToHex(byte: number): string {
  return toHex(byte).padStart(2, '0');
}

/** Space to tilde as themselves; the rest would move the cursor or vanish. */
function byteToAscii(byte: number): string {
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
}

function toHex(value: number): string {
  return value.toString(16);
}
