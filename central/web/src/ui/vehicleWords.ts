// Words for kinds of vehicles, behaviours and why there was no case; what is unknown here is shown as its code, never as another word.
import { type Key, useText } from '../i18n';
import { words } from '../i18n/words';

const GROUPS = { ...words.vehicle, reason: words.suspicions.reason };
type Group = keyof typeof GROUPS;
const UNDER = { kind: 'vehicle.kind.', colour: 'vehicle.colour.', behaviour: 'vehicle.behaviour.', reason: 'suspicions.reason.' } as const;

export function useVehicleWords(): (group: Group, code: string) => string {
  const { t } = useText();
  return (group, code) => (code in GROUPS[group] ? t((UNDER[group] + code) as Key) : code);
}
