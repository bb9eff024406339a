/** What each field of the ladder's file formats is for, in one sentence. */

const NOTES: Readonly<Record<string, string>> = {
  magic: 'It says whose file this is.',
  version: 'It says which format follows.',
  crc32: 'The checksum of the bytes beside it: the first thing to be compared.',
  sizeBytes: 'The length of the whole record, lowest byte first.',
  position: 'Where the record says that it stands; elsewhere it is refused.',
  durablePosition: 'Everything before this offset was synced by then.',
  kind: '1 is a put, 2 a delete, 3 a clean close.',
  keySizeBytes: 'Where the key ends and the value begins.',
  key: 'The name of the document.',
  value: 'The document.',
  id: 'The segment’s number: later ones win.',
  replacesFromId: 'A merge from that segment to this one stands here.',
  line: 'One record as JSON. Nothing in it can testify for it.',
  newline: 'The only sign that the record is complete.',
  content: 'The whole database.',
};

export function fieldNote(field: string): string {
  return NOTES[field] ?? 'Bytes of the file.';
}
