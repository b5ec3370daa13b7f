// Words for kinds of vehicles and behaviours; what is unknown here is shown as its code, never as another word.
import { addWords, type Key, useText } from '../i18n';
import { vehicle } from '../i18n/words/vehicle';

addWords('vehicle', vehicle);

type Group = keyof typeof vehicle;
const UNDER = { kind: 'vehicle.kind.', colour: 'vehicle.colour.', behaviour: 'vehicle.behaviour.' } as const;

export function useVehicleWords(): (group: Group, code: string) => string {
  const { t } = useText();
  return (group, code) => (code in vehicle[group] ? t((UNDER[group] + code) as Key) : code);
}
