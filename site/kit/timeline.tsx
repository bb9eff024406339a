/**
 * K1: back, step, play, scrub. It shows a step and asks for another; what a
 * step is, its owner knows.
 */
import './timeline.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ActionButton } from './action-button.tsx';

interface TimelineProps {
  readonly step: number;
  readonly stepCount: number;
  /** What happens at this step, for whoever drags without seeing. */
  readonly sentence: string;
  /** Steps at which a command starts, drawn as ticks. */
  readonly marks?: readonly number[];
  /** Where two stories part; marked apart. */
  readonly parting?: number | undefined;
  readonly onStep: (step: number) => void;
  readonly onReset?: () => void;
  /** Further buttons in the same row. */
  readonly children?: ComponentChildren;
}

const SPEEDS = [
  { name: '½×', intervalMs: 1600 },
  { name: '1×', intervalMs: 800 },
  { name: '3×', intervalMs: 260 },
] as const;

export function Timeline(props: TimelineProps) {
  const { step, stepCount, sentence, marks = [], onStep, onReset } = props;
  const { parting } = props;
  const last = stepCount - 1;
  const play = usePlay(props);
  return (
    <div class="timeline" role="group" aria-label="Timeline" ref={play.root}>
      <div class="timeline-track">
        <input
          type="range"
          class="timeline-scrub"
          aria-label="Step"
          aria-valuetext={`step ${step + 1} of ${stepCount}: ${sentence}`}
          min={0}
          max={last}
          value={step}
          onInput={(event) => onStep(event.currentTarget.valueAsNumber)}
        />
        <div class="timeline-marks" aria-hidden="true">
          {marks.map((mark) => (
            <i key={mark} style={`--at:${last === 0 ? 0 : mark / last}`} />
          ))}
          {parting !== undefined && (
            <i data-parts style={`--at:${last === 0 ? 0 : parting / last}`} />
          )}
        </div>
      </div>
      <div class="timeline-buttons">
        <ActionButton
          isOff={step === 0}
          keyName="ArrowLeft"
          onPress={() => onStep(step - 1)}
        >
          <Arrow to="back" /> Back
        </ActionButton>
        <ActionButton
          isOff={step === last}
          keyName="ArrowRight"
          onPress={() => onStep(step + 1)}
        >
          Step <Arrow to="forth" />
        </ActionButton>
        <ActionButton
          look="timeline-play"
          isPressed={play.isPlaying}
          keyName=" "
          onPress={play.toggle}
        >
          {play.isPlaying ? 'Pause' : 'Play'}
        </ActionButton>
        <label class="timeline-speed">
          <span class="visually-hidden">Speed</span>
          <select
            value={play.speed}
            onChange={(event) =>
              play.setSpeed(event.currentTarget.selectedIndex)
            }
          >
            {SPEEDS.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {onReset && <ActionButton onPress={onReset}>Reset</ActionButton>}
        {props.children}
        <span class="timeline-count meter">
          step {step + 1} of {stepCount}
        </span>
      </div>
    </div>
  );
}

/** The keys of a timeline, for a list that can be unfolded. */
export function TimelineKeys() {
  return (
    <details class="timeline-keys">
      <summary>Keys</summary>
      <dl>
        <Key name="←">back one step</Key>
        <Key name="→">one step</Key>
        <Key name="Space">play, pause</Key>
        <Key name="Home">first step</Key>
        <Key name="End">last step</Key>
      </dl>
      <p>They work while the focus is in the figure.</p>
    </details>
  );
}

/**
 * The keys of every island with a timeline. Put it on the island's root; it
 * leaves alone what a focused control does with the same key.
 */
export function timelineKeyDown(event: TargetedKeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || usesKey(target, event.key)) return;
  const scrub =
    currentTarget.querySelector<HTMLInputElement>('.timeline-scrub');
  if (scrub === null) return;
  if (event.key === 'Home' || event.key === 'End') {
    scrub.value = event.key === 'Home' ? scrub.min : scrub.max;
    scrub.dispatchEvent(new Event('input', { bubbles: true }));
  } else {
    const key = CSS.escape(event.key);
    const button = currentTarget.querySelector<HTMLButtonElement>(
      `.timeline [data-key="${key}"]`,
    );
    if (button === null) return;
    button.click();
  }
  event.preventDefault();
}

function usesKey(target: HTMLElement, key: string): boolean {
  if (target.matches('textarea, select, [contenteditable]')) return true;
  if (target.matches('input[type=range]')) return key !== ' ';
  if (target.matches('input[type=checkbox], input[type=radio]')) return true;
  if (target.matches('input')) return true;
  return key === ' ' && target.matches('button, summary, a');
}

function usePlay({ step, stepCount, onStep }: TimelineProps) {
  const isPlaying = useSignal(false);
  const speed = useSignal(1);
  const root = useRef<HTMLDivElement>(null);
  const isAtEnd = step >= stepCount - 1;
  useEffect(() => {
    if (!isPlaying.value) return;
    if (isAtEnd) {
      isPlaying.value = false;
      return;
    }
    const timer = setTimeout(
      () => onStep(step + 1),
      SPEEDS[speed.value]?.intervalMs,
    );
    return () => clearTimeout(timer);
  });
  // Nothing goes on playing where nobody looks.
  useEffect(() => {
    const pause = () => {
      isPlaying.value = false;
    };
    const onHide = () => document.hidden && pause();
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === false) pause();
    });
    if (root.current) watcher.observe(root.current);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      watcher.disconnect();
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [isPlaying]);
  return {
    root,
    isPlaying: isPlaying.value,
    speed: speed.value,
    setSpeed: (index: number) => {
      speed.value = index;
    },
    toggle: () => {
      if (!isPlaying.value && isAtEnd) onStep(0);
      isPlaying.value = !isPlaying.value;
    },
  };
}

function Arrow({ to }: { to: 'back' | 'forth' }) {
  const path = to === 'back' ? 'M13 8H3m4-4L3 8l4 4' : 'M3 8h10M9 4l4 4-4 4';
  return (
    <svg class="timeline-arrow" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function Key({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
