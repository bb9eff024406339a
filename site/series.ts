/**
 * The series as planned: every entry of the log, written or not. A post takes
 * its place here by its folder's name in blog/; the rest are shown by title
 * as not written yet, so the log never hides how much is missing.
 */
export type Part = {
  title: string;
  summary: string;
  entries: readonly PlannedPost[];
};

export type PlannedPost = {
  number: number;
  slug: string;
  title: string;
  question: string;
};

function planned(slug: string, title: string, question: string): PlannedPost {
  return { number: Number(slug.slice(0, 2)), slug, title, question };
}

export const series: readonly Part[] = [
  {
    title: 'The front door',
    summary: 'Lose a document first. Ask questions afterwards.',
    entries: [
      planned('00-front-door', 'The front door', 'How fast can you lose data?'),
    ],
  },
  {
    title: 'One file',
    summary: 'Three small engines, each wrong in a way that can be shown.',
    entries: [
      planned('01-one-json-file', 'One JSON file', 'I saved it. Is it saved?'),
      planned(
        '02-append-only-log',
        'Append-only log',
        'Why is the quickest write also the safest shape?',
      ),
      planned(
        '03-where-are-the-bytes',
        'Where are the bytes?',
        'write() returned. Who has the data?',
      ),
      planned(
        '04-hash-index',
        'Hash index',
        'How do you find a key without reading everything?',
      ),
    ],
  },
  {
    title: 'Pages and the tree',
    summary: 'Fixed pages, records that are not, and signposts between them.',
    entries: [
      planned(
        '05-pages-and-blocks',
        'Pages and blocks',
        'Why read 4 KB for 12 bytes?',
      ),
      planned(
        '06-slotted-leaf',
        'Slotted leaf',
        'Pages are fixed. Records are not. Now what?',
      ),
      planned(
        '07-one-split',
        'B+tree: one split',
        'One page is full. Where does the rest go?',
      ),
      planned(
        '08-growing-and-shrinking',
        'B+tree: growing and shrinking',
        'Why is a billion keys only four reads away?',
      ),
    ],
  },
  {
    title: 'Memory, and losing it',
    summary: 'The cache decides what the disk contains. Then the power goes.',
    entries: [
      planned(
        '09-page-cache',
        'Page cache',
        'Why is most of a database’s speed not reading?',
      ),
      planned(
        '10-checkpoints',
        'Checkpoints and copy-on-write',
        'How do five page writes become one instant?',
      ),
      planned(
        '11-write-ahead-log',
        'Write-ahead log',
        'Must I lose the last minute?',
      ),
    ],
  },
  {
    title: 'Many at once',
    summary: 'Readers who need the past, and where the past is kept.',
    entries: [
      planned(
        '12-mvcc',
        'MVCC',
        'Two people read the account at once. What do they see?',
      ),
      planned(
        '13-history-store',
        'Eviction, reconciliation, history store',
        'What does one reader cost who stays open for an hour?',
      ),
      planned(
        '14-catalog-and-turtle',
        'Catalog and turtle',
        'Who finds the tree that finds the trees?',
      ),
    ],
  },
  {
    title: 'Documents',
    summary: 'From bytes in order to documents, indexes and a real client.',
    entries: [
      planned('15-bson-and-order', 'BSON and order', 'Is 10 before 9?'),
      planned(
        '16-secondary-indexes',
        'Secondary indexes',
        'The index says yes, the document says no. Who is right?',
      ),
      planned(
        '17-wire-protocol',
        'Wire protocol',
        'What does mongosh say first?',
      ),
    ],
  },
  {
    title: 'More than one copy',
    summary: 'Recovery that never ends, and a majority that remembers.',
    entries: [
      planned(
        '18-oplog-and-replication',
        'Oplog and replication',
        'How does a second copy stay the same?',
      ),
      planned('19-elections', 'Elections', 'Two primaries at noon?'),
    ],
  },
  {
    title: 'The other tree',
    summary: 'Never update anything, and pay the bill later.',
    entries: [
      planned(
        '20-lsm-tree',
        'LSM: never update',
        'What if we never update anything?',
      ),
      planned(
        '21-bloom-and-compaction',
        'LSM: bloom and compaction',
        'Forty files to say no?',
      ),
      planned(
        '22-btree-against-lsm',
        'B-tree against LSM, and how to lie with a benchmark',
        'Which is faster?',
      ),
    ],
  },
  {
    title: 'Beyond one machine, and beyond doubt',
    summary: 'Moving keys between machines, and testing what you claim.',
    entries: [
      planned(
        '23-outgrowing-one-machine',
        'Outgrowing one machine',
        'What happens when you add a fifth server?',
      ),
      planned(
        '24-how-do-you-know',
        'How do you know?',
        'All tests are green. Is it right?',
      ),
    ],
  },
];

export const plannedPosts: readonly PlannedPost[] = series.flatMap(
  (part) => part.entries,
);
