/**
 * A button that may be off. It stays in the tab order then: a button that is
 * disabled while it has the focus throws a keyboard reader out of the figure.
 */
import type { ComponentChildren } from 'preact';

interface Props {
  readonly isOff?: boolean;
  /** Classes beside `button`. */
  readonly look?: string;
  /** The key of a timeline that presses it; see timelineKeyDown. */
  readonly keyName?: string;
  readonly isPressed?: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

export function ActionButton(props: Props) {
  const { isOff = false, look = '', keyName, isPressed, onPress } = props;
  return (
    <button
      type="button"
      class={`button ${look}`}
      aria-disabled={isOff || undefined}
      aria-pressed={isPressed}
      data-key={keyName}
      onClick={isOff ? undefined : onPress}
    >
      {props.children}
    </button>
  );
}
