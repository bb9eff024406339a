/**
 * K3: where the bytes are, from the program to the medium. While the reader
 * chooses what a power cut spares, each ticket has a check box.
 */
import './disk-strip.css';
import type { ComponentChildren } from 'preact';
import type { Survival } from '#engine/playground.ts';
import type {
  DiskStripScene,
  LostTicket,
  MediumFile,
  ProcessState,
  StripRoom,
  Ticket,
} from './disk-strip-scene.ts';
import { StatePage } from './state-page.tsx';
import { firstSectors, type SurvivorChoice } from './survivor-choice.ts';

/** The reader's choice, while there is one to make. */
export interface SurvivorChooser {
  readonly choice: SurvivorChoice;
  readonly onChoose: (choice: SurvivorChoice) => void;
}

interface Props {
  readonly scene: DiskStripScene;
  readonly room: StripRoom;
  readonly chooser?: SurvivorChooser | undefined;
}

const PROCESS: Record<ProcessState, string> = {
  'not-started': 'Not started.',
  opening: 'Opening.',
  running: 'Running.',
  closing: 'Closing.',
  closed: 'Closed in good order.',
  refused: 'It would not open.',
  killed: 'Killed. Its memory is gone.',
  'no-power': 'No power. Its memory is gone.',
};

export function DiskStrip({ scene, room, chooser }: Props) {
  const { process, bufferedWriteCount, medium } = scene;
  const isDark = process === 'no-power';
  const lostFrom = (place: 'os' | 'drive') =>
    scene.lost.filter((one) => (one.place === 'drive') === (place === 'drive'));
  return (
    <ol class="strip" data-process={process}>
      <Box
        name="application"
        title="Application"
        fate="gone at a kill"
        isOff={isDark || process === 'killed'}
      >
        <p class="strip-process">{PROCESS[process]}</p>
        {bufferedWriteCount > 0 && (
          <p class="strip-buffer">
            <Tab state="dirty" letter="D" />
            <span>
              {bufferedWriteCount === 1
                ? '1 write, in here only'
                : `${bufferedWriteCount} writes, in here only`}
            </span>
          </p>
        )}
      </Box>
      <Box
        name="os-cache"
        title="OS cache"
        call="write()"
        fate="gone at a power cut"
        room={room.osCache}
        isOff={isDark}
      >
        <Tickets tickets={scene.osCache} chooser={chooser} />
        <LostTickets tickets={lostFrom('os')} />
      </Box>
      <Box
        name="drive-cache"
        title="Drive cache"
        call="fsync"
        fate="gone at a power cut"
        room={room.driveCache}
        isOff={isDark}
      >
        <Tickets tickets={scene.driveCache} chooser={chooser} />
        <LostTickets tickets={lostFrom('drive')} />
      </Box>
      <Box
        name="medium"
        title="Medium"
        call="flush"
        fate="stays"
        room={room.medium}
      >
        <ul class="strip-list">
          {medium.map((file) => (
            <File key={file.inode} file={file} />
          ))}
        </ul>
      </Box>
    </ol>
  );
}

interface BoxProps {
  readonly name: string;
  readonly title: string;
  /** The call that brings bytes here. */
  readonly call?: string;
  readonly fate: string;
  readonly room?: number;
  readonly isOff?: boolean;
  readonly children: ComponentChildren;
}

function Box({ name, title, call, fate, room = 0, isOff, children }: BoxProps) {
  const volatile = name === 'medium' ? undefined : '';
  return (
    <li
      class="strip-box"
      data-box={name}
      data-volatile={volatile}
      data-off={isOff || undefined}
      style={`--room:${Math.min(room, 5)}`}
    >
      {call && (
        <span class="strip-call">
          <code>{call}</code>
        </span>
      )}
      <div class="strip-head">
        <p class="strip-title">{title}</p>
        <span class="strip-fate">{fate}</span>
      </div>
      <div class="strip-content">{children}</div>
    </li>
  );
}

type TicketsProps = {
  tickets: readonly Ticket[];
  chooser: SurvivorChooser | undefined;
};

function Tickets({ tickets, chooser }: TicketsProps) {
  if (tickets.length === 0) return null;
  return (
    <ul class="strip-list">
      {tickets.map((ticket) => {
        const isDropped = ticket.place === 'lost';
        const state = isDropped ? 'broken' : 'dirty';
        return (
          <li
            key={ticket.id}
            class="ticket"
            data-state={state}
            data-new={ticket.isNew || undefined}
          >
            <Tab state={state} letter={isDropped ? 'X' : 'D'} />
            <TicketText ticket={ticket} />
            {isDropped && (
              <span class="ticket-note">dropped by a failed sync</span>
            )}
            {chooser && !isDropped && (
              <Chooser ticket={ticket} chooser={chooser} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function LostTickets({ tickets }: { tickets: readonly LostTicket[] }) {
  if (tickets.length === 0) return null;
  return (
    <ul class="strip-list">
      {tickets.map((ticket) => (
        <li key={ticket.id} class="ticket" data-state="broken">
          <Tab state="broken" letter="X" />
          <TicketText ticket={ticket} />
          <span class="ticket-note">{ticket.isTorn ? 'torn' : 'lost'}</span>
        </li>
      ))}
    </ul>
  );
}

function TicketText({ ticket }: { ticket: Ticket }) {
  return (
    <span class="ticket-text">
      <span class="ticket-change">
        <span class="ticket-id">#{ticket.id}</span> {ticket.change}
      </span>
      {ticket.preview !== '' && (
        <span class="ticket-preview">{ticket.preview}</span>
      )}
    </span>
  );
}

type ChooserProps = { ticket: Ticket; chooser: SurvivorChooser };

function Chooser({ ticket, chooser }: ChooserProps) {
  const { id, sectors, kind } = ticket;
  const survival = chooser.choice.get(id);
  const choose = (next: Survival | undefined) => {
    const choice = new Map(chooser.choice);
    if (next === undefined) choice.delete(id);
    else choice.set(id, next);
    chooser.onChoose(choice);
  };
  return (
    <span class="ticket-choice">
      <label>
        <input
          type="checkbox"
          checked={survival !== undefined}
          onChange={(event) => {
            const isKept = event.currentTarget.checked;
            choose(isKept ? 'whole' : undefined);
          }}
        />
        survives
        <span class="visually-hidden">: effect {id}</span>
      </label>
      {kind === 'write' && survival !== undefined && (
        <select
          aria-label={`How much of effect ${id} survives`}
          value={extentName(survival)}
          onChange={(event) => choose(extentNamed(event.currentTarget.value))}
        >
          <option value="whole">all of it</option>
          {Array.from({ length: sectors - 1 }, (_, index) => (
            <option key={index} value={String(index + 1)}>
              torn after sector {index + 1} of {sectors}
            </option>
          ))}
          <option value="size">its length, filled with zeros</option>
        </select>
      )}
    </span>
  );
}

function extentName(survival: Survival): string {
  return typeof survival === 'string' ? survival : String(survival.length);
}

function extentNamed(name: string): Survival {
  if (name === 'whole' || name === 'size') return name;
  return firstSectors(Number(name));
}

function File({ file }: { file: MediumFile }) {
  const { name, seenAs, sizeBytes, seenSizeBytes, preview } = file;
  const isDurable = name !== undefined;
  return (
    <li
      class="strip-file"
      data-state={isDurable ? 'durable' : 'free'}
      data-new={file.isNew || undefined}
    >
      <StatePage state={isDurable ? 'durable' : 'free'} />
      <span class="strip-file-text">
        <strong>{name ?? 'no name yet'}</strong>{' '}
        <span class="meter">{bytes(sizeBytes)}</span>
        {preview !== '' && <span class="ticket-preview">{preview}</span>}
        <FileNotes
          isOther={seenAs !== name}
          seenAs={seenAs}
          seenSizeBytes={
            seenSizeBytes === sizeBytes ? undefined : seenSizeBytes
          }
        />
      </span>
    </li>
  );
}

type FileNotesProps = {
  isOther: boolean;
  seenAs: string | undefined;
  seenSizeBytes: number | undefined;
};

function FileNotes({ isOther, seenAs, seenSizeBytes }: FileNotesProps) {
  if (!isOther && seenSizeBytes === undefined) return null;
  const name = seenAs === undefined ? 'no such file' : seenAs;
  const size = seenSizeBytes === undefined ? '' : bytes(seenSizeBytes);
  const seen = isOther ? `${name}${size && `, ${size}`}` : size;
  return <span class="ticket-note">read through the OS cache: {seen}</span>;
}

type TabProps = { state: 'dirty' | 'broken'; letter: string };

function Tab({ state, letter }: TabProps) {
  return (
    <span
      class="ticket-tab"
      data-state={state}
      data-letter={letter}
      aria-hidden="true"
    />
  );
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`;
}
