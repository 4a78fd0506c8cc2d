import "./Scrubber.css";
import { Slider } from "@base-ui/react/slider";
import type { ReactNode } from "react";

/** Where one is in what is played back, from 0 to `last`: to be dragged, pressed, or stepped along by the keyboard. */
export function Scrubber({
  value,
  last,
  largeStep,
  label,
  textOf,
  onValue,
  children,
}: {
  readonly value: number;
  readonly last: number;
  /** Passed over by Page Up and Page Down. */
  readonly largeStep: number;
  readonly label: string;
  /** What there is at a place, for who does not see it. */
  readonly textOf: (value: number) => string;
  readonly onValue: (value: number) => void;
  /** Stands on the rail. */
  readonly children?: ReactNode;
}) {
  return (
    <Slider.Root
      className="scrub"
      value={value}
      min={0}
      max={Math.max(1, last)}
      largeStep={largeStep}
      onValueChange={onValue}
    >
      <Slider.Control className="scrub-control">
        <Slider.Track className="scrub-rail">
          <Slider.Indicator className="scrub-passed" />
          {children}
          <Slider.Thumb
            className="scrub-thumb"
            getAriaLabel={() => label}
            getAriaValueText={(_, value) => textOf(value)}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
