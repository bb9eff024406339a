/** One panel of a lab, by its name. */
import { Answers } from './answers.tsx';
import { DiskStrip, type SurvivorChooser } from './disk-strip.tsx';
import { Documents } from './documents.tsx';
import { Inspector } from './inspector.tsx';
import type { BitFlip } from './inspector-scene.ts';
import type { LabFrame, LabPanelName } from './lab-frame.ts';
import { Meters } from './meters.tsx';
import { SegmentMap } from './segment-map.tsx';

interface Props {
  readonly name: LabPanelName;
  readonly frame: LabFrame;
  readonly chooser?: SurvivorChooser | undefined;
  /** False: bytes can be read, but no bit of them be tried. */
  readonly canFlip?: boolean;
  /** Runs the story on with a flipped bit; without it a copy is flipped. */
  readonly onFlip?: ((flip: BitFlip) => void) | undefined;
}

export function LabPanel(props: Props) {
  const { name, frame, chooser, canFlip = true, onFlip } = props;
  switch (name) {
    case 'strip':
      return (
        <DiskStrip scene={frame.strip} room={frame.room} chooser={chooser} />
      );
    case 'documents':
      return <Documents scene={frame.documents} />;
    case 'inspector':
      return (
        <Inspector
          files={frame.files}
          canFlip={canFlip}
          canLoad={onFlip === undefined}
          onFlip={onFlip}
        />
      );
    case 'index':
      return frame.index && <SegmentMap scene={frame.index} />;
    case 'meters':
      return <Meters meters={frame.meters} />;
    case 'answers':
      return <Answers lines={frame.answers} />;
  }
}
