// Words for kinds of vehicles and behaviours; what is unknown here is shown as its code, never as another word.
import { type Key, useText } from '../i18n';
import { words } from '../i18n/words';

type Group = keyof typeof words.vehicle;
const UNDER = { kind: 'vehicle.kind.', colour: 'vehicle.colour.', behaviour: 'vehicle.behaviour.' } as const;

export function useVehicleWords(): (group: Group, code: string) => string {
  const { t } = useText();
  return (group, code) => (code in words.vehicle[group] ? t((UNDER[group] + code) as Key) : code);
}
