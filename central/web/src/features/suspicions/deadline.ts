// A clock of a case as a sentence. In Vietnamese the service's own, which is the one of the circular.
import type { components } from '../../api/schema';
import { useText } from '../../i18n';

export type Deadline = components['schemas']['DeadlineView'];

export function useDeadlineText(): (of: Deadline) => string {
  const { t, language } = useText();
  return (of) => {
    if (language === 'vi') return of.text;
    if (of.urgency === 'over') return t('suspicions.deadline.over');
    return t(`suspicions.deadline.${of.kind}`, { days: of.days_left });
  };
}
