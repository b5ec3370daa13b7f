// Entries of the list of permits that held for this plate, at this place and moment. A hint for the officer; it decides nothing.
import type { SuspicionDetail } from '../../api/types';
import { useText } from '../../i18n';
import { momentText } from '../../text/time';
import { Notice } from '../../ui/States';

export function AllowedNotes({ detail }: { detail: SuspicionDetail }) {
  const { t } = useText();
  if (detail.allowed.length === 0) return null;
  return (
    <Notice>
      <strong>{t('suspicions.allowed.title')}</strong> <span className="hint">{t('suspicions.allowed.caution')}</span>
      <ul className="allowed-notes">
        {detail.allowed.map((each) => <li key={each.entry_id}>{t('suspicions.allowed.entry', { reason: each.reason, keeper: each.keeper, until: momentText(each.expires_at.utc) })}</li>)}
      </ul>
    </Notice>
  );
}
