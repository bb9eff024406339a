/** K9: what it cost, counted from the engine's own events. */
import './meters.css';
import type { Meters as MeterCounts } from '#engine/playground.ts';

type Props = { meters: MeterCounts };

export function Meters({ meters }: Props) {
  const { logicalBytes, writtenBytes, readBytes } = meters;
  const { putCount, writeCount, readCount, syncCount } = meters;
  const amplification =
    logicalBytes === 0 ? '–' : `${(writtenBytes / logicalBytes).toFixed(2)}×`;
  return (
    <dl class="meters meter">
      <Meter name="asked to keep" value={bytes(logicalBytes)}>
        {times(putCount, 'put')}
      </Meter>
      <Meter name="written" value={bytes(writtenBytes)}>
        {times(writeCount, 'write')}
      </Meter>
      <Meter name="read" value={bytes(readBytes)}>
        {times(readCount, 'read')}
      </Meter>
      <Meter name="syncs" value={String(syncCount)} />
      <Meter name="write amplification" value={amplification} />
    </dl>
  );
}

type MeterProps = { name: string; value: string; children?: string };

function Meter({ name, value, children }: MeterProps) {
  return (
    <div>
      <dt class="label">{name}</dt>
      <dd>
        <span class="meters-value">{value}</span>
        {children && <span class="meters-count"> {children}</span>}
      </dd>
    </div>
  );
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} B`;
}

function times(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
