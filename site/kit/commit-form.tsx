/** How commits are made: the form of challenge 03 and of the race figure. */
import './commit-form.css';
import type { CommitRaceConfig } from '#engine/playground.ts';

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
  }[];
  readonly onChoose: (value: Value) => void;
}

/** Two or three ways, one of them chosen. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { name, legend, value, options, onChoose } = props;
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
  readonly onValue: (value: number) => void;
}

/** A number that a thumb can set. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step = 1, unit = '', onValue } = props;
  return (
    <label class="slider">
      <span>{label}</span>
      {/* Not an <output>: the label would name that instead of the slider. */}
      <span class="meter" aria-hidden="true">
        {value}
        {unit}
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={`${value}${unit}`}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}

type Ways = Pick<CommitRaceConfig, 'grouping' | 'acknowledge' | 'drive'>;

interface CommitWaysProps {
  /** Makes the names of the radio buttons unique on the page. */
  readonly id: string;
  readonly ways: Ways;
  readonly onWays: (ways: Ways) => void;
}

/** The three rules that make commits fast or safe. */
export function CommitWays({ id, ways, onWays }: CommitWaysProps) {
  return (
    <>
      <Choice
        name={`${id}-grouping`}
        legend="Syncs"
        value={ways.grouping}
        options={[
          { value: 'alone', label: 'one for each commit' },
          { value: 'shared', label: 'shared by all who wait' },
        ]}
        onChoose={(grouping) => onWays({ ...ways, grouping })}
      />
      <Choice
        name={`${id}-acknowledge`}
        legend="Say “saved”"
        value={ways.acknowledge}
        options={[
          { value: 'after-sync', label: 'after the sync' },
          { value: 'before-sync', label: 'before the sync' },
        ]}
        onChoose={(acknowledge) => onWays({ ...ways, acknowledge })}
      />
      <Choice
        name={`${id}-drive`}
        legend="The drive"
        value={ways.drive}
        options={[
          { value: 'honest', label: 'writes when asked to' },
          { value: 'lying', label: 'only says so' },
        ]}
        onChoose={(drive) => onWays({ ...ways, drive })}
      />
    </>
  );
}
