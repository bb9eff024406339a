/**
 * The words of the trade as this series uses them: one word, one meaning, one
 * sentence. `firstPost` is the entry that needs the word first.
 */
export type GlossaryEntry = {
  /** The anchor on the glossary page: never change it, posts link to it. */
  id: string;
  term: string;
  definition: string;
  firstPost: number;
};

function entry(
  firstPost: number,
  term: string,
  definition: string,
): GlossaryEntry {
  const id = term
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { id, term, definition, firstPost };
}

export const glossary: readonly GlossaryEntry[] = [
  entry(
    0,
    'acknowledge',
    'To tell the caller that a write is done; from then on the engine has made a promise.',
  ),
  entry(
    0,
    'durable',
    'Still there after a power loss, not merely after a restart of the program.',
  ),
  entry(
    0,
    'power loss',
    'The machine stops at once: everything not yet on the medium may be gone, in any combination.',
  ),
  entry(
    0,
    'process crash',
    'The program stops but the operating system goes on, and still writes out what it was given.',
  ),
  entry(
    0,
    'recovery',
    'What an engine does when it opens its files after a crash, before it answers anything.',
  ),
  entry(
    0,
    'storage engine',
    'The part of a database that keeps keys and values on a disk and finds them again.',
  ),
  entry(
    1,
    'atomic',
    'Seen from outside, it happened completely or not at all.',
  ),
  entry(
    1,
    'directory entry',
    'The name that leads to a file; it is data of its own, and needs a sync of its own.',
  ),
  entry(
    0,
    'fsync',
    'The system call that returns only when a file’s bytes are on the medium, or says that they are not.',
  ),
  entry(
    1,
    'rename',
    'The system call that points a name at another file in one step, so readers see the old file or the new one.',
  ),
  entry(
    1,
    'torn write',
    'A write of which only some sectors reached the medium before the power went.',
  ),
  entry(
    1,
    'write amplification',
    'Bytes written to the disk, divided by bytes that the user asked to store.',
  ),
  entry(
    2,
    'append-only',
    'Written at the end and nowhere else, so that nothing old is ever touched.',
  ),
  entry(
    2,
    'checksum',
    'A short number computed from bytes and stored beside them, so that a changed byte is noticed.',
  ),
  entry(
    2,
    'corruption',
    'Bytes in the file that the engine never wrote there; a right engine names the place and refuses.',
  ),
  entry(
    2,
    'CRC-32',
    'A checksum of 32 bits that catches every single flipped bit and nearly all larger damage.',
  ),
  entry(
    2,
    'length prefix',
    'The size of a record, stored before it, so that a reader knows where it ends.',
  ),
  entry(2, 'log', 'A file of records in the order in which they happened.'),
  entry(2, 'record', 'One entry of a log or a page, with its own boundaries.'),
  entry(
    2,
    'torn tail',
    'The unfinished last record that a crash leaves at the end of a log; it was never acknowledged, so it is cut off.',
  ),
  entry(
    0,
    'drive cache',
    'Memory inside the drive that takes writes before the medium does, and forgets them when power goes.',
  ),
  entry(
    3,
    'fence',
    'A point in an order of writes that no write may cross; on a disk, a sync.',
  ),
  entry(
    3,
    'group commit',
    'One sync that makes the writes of many callers durable together.',
  ),
  entry(
    0,
    'OS cache',
    'The operating system’s memory that holds written bytes until it gets round to the drive; also called page cache.',
  ),
  entry(
    0,
    'sector',
    'The smallest piece that a drive writes as a whole: here 512 bytes.',
  ),
  entry(
    0,
    'sync',
    'To wait until what was written is on the medium; the contract’s word for fsync.',
  ),
  entry(
    4,
    'compaction',
    'Copying what is still needed to new files so that the old ones can go.',
  ),
  entry(
    4,
    'hash index',
    'A map in memory from each key to the place of its newest record in the log.',
  ),
  entry(
    4,
    'hint file',
    'A small file with keys and offsets only, so that opening need not read every value.',
  ),
  entry(
    4,
    'merge',
    'In a hash index: compaction of closed segments into one, keeping each key’s newest record.',
  ),
  entry(
    4,
    'range query',
    'A question for all keys between two keys, which an unordered index can answer only by reading everything.',
  ),
  entry(
    4,
    'resurrection',
    'A deleted key that comes back, because its tombstone went before the last old copy did.',
  ),
  entry(
    4,
    'roll',
    'To close the segment that is written to, and start the next one.',
  ),
  entry(
    4,
    'segment',
    'One file of a log that is kept as several, so that old parts can be removed whole.',
  ),
  entry(
    4,
    'tombstone',
    'A record that says a key is deleted; without it, an older record would answer.',
  ),
  entry(
    5,
    'block',
    'The unit in which a file is divided, read, checked and handed out again.',
  ),
  entry(5, 'free list', 'The list of blocks that may be written again.'),
  entry(
    5,
    'page',
    'The unit in which an engine arranges records, inside a block.',
  ),
  entry(
    6,
    'slot',
    'A small fixed-size entry in a page that points at a record, so that sorting moves slots and not records.',
  ),
  entry(
    7,
    'B+tree',
    'A tree of pages with all records in the leaves and only signposts above them.',
  ),
  entry(7, 'leaf', 'A page of a tree that holds records, not signposts.'),
  entry(
    7,
    'separator',
    'A key in an inner page that says which child holds the keys from there on.',
  ),
  entry(
    7,
    'split',
    'Dividing a full page in two and telling the parent about it.',
  ),
  entry(
    9,
    'dirty page',
    'A page changed in memory that the disk does not have yet.',
  ),
  entry(
    9,
    'eviction',
    'Taking a page out of the cache to make room for another.',
  ),
  entry(
    10,
    'checkpoint',
    'A consistent state of the whole database made durable in one small last write.',
  ),
  entry(
    10,
    'copy-on-write',
    'Writing a changed page to a new place and leaving the old one until nobody needs it.',
  ),
  entry(
    11,
    'LSN',
    'Log sequence number: the place of a record in the log, which only ever grows.',
  ),
  entry(
    11,
    'write-ahead log',
    'A log that has a change on the medium before the changed page may be.',
  ),
  entry(
    12,
    'MVCC',
    'Multi-version concurrency control: keeping old versions so that readers never wait for writers.',
  ),
  entry(
    12,
    'snapshot isolation',
    'Each transaction reads the state as of its start and may not overwrite what changed since.',
  ),
  entry(
    13,
    'history store',
    'A table of older versions that have left the page but are still needed by a reader.',
  ),
  entry(
    14,
    'turtle',
    'The tiny file that says where the newest checkpoint’s root is; everything else is found from there.',
  ),
  entry(
    15,
    'BSON',
    'MongoDB’s binary format for documents: typed, length-prefixed, in field order.',
  ),
  entry(
    18,
    'oplog',
    'The log of changes that a primary keeps and that its secondaries replay.',
  ),
  entry(
    20,
    'LSM tree',
    'Log-structured merge tree: sorted tables written once, merged later, searched newest first.',
  ),
  entry(
    21,
    'bloom filter',
    'A few bits a key that can say “certainly not here” without reading the table.',
  ),
  entry(
    0,
    'medium',
    'Where a drive keeps its bits without power: flash cells or a magnetic platter.',
  ),
  entry(
    0,
    'rung',
    'One small whole engine of this series, on the same contract as all the others.',
  ),
  entry(
    0,
    'wrong switch',
    'A named option that removes one rule of an engine, so that you can see what the rule was for.',
  ),
  entry(
    1,
    'crash grid',
    'Every moment of a story times everything that may survive a power loss then, each tried and judged.',
  ),
  entry(
    1,
    'truncate',
    'To cut a file to a given length; opening a file to write it anew cuts it to nothing first.',
  ),
  entry(
    2,
    'witness',
    'A later record that proves which bytes had been synced when it was written.',
  ),
  entry(
    3,
    'lying drive',
    'A drive that answers “written” while the bytes are still in its own cache.',
  ),
];

/** The entry with this id. Throws if absent: a post links to nothing. */
export function glossaryEntry(id: string): GlossaryEntry {
  const found = glossary.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no glossary entry "${id}"`);
  return found;
}
