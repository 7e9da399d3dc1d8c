import { icons, type IconName } from '../../../../demo/icons.ts';

/** A line drawing; decoration only, so name the button that it is in. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
