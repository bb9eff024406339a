/** A button that copies the address of what a figure shows. */
import { useSignal } from '@preact/signals';

interface CopyLinkProps {
  /** The fragment of the link. */
  readonly fragment: () => string;
}

export function CopyLink({ fragment }: CopyLinkProps) {
  const said = useSignal('');
  const copy = async () => {
    const address = fragment() || location.pathname;
    const link = new URL(address, location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      said.value = 'Copied.';
    } catch {
      history.replaceState(history.state, '', link);
      said.value = 'It is in the address bar.';
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={copy}>
        Copy link
      </button>
      <span role="status">{said.value}</span>
    </>
  );
}
