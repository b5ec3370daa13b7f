// What the system read and on which rule it rests: a suggestion, with its clocks.
import type { ReactNode } from 'react';
import type { SuspicionDetail } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { suspicions } from '../../i18n/words/suspicions';
import { clockText, momentText } from '../../text/time';
import { Notice } from '../../ui/States';
import { useVehicleWords } from '../../ui/vehicleWords';
import { useDeadlineText } from './deadline';
import { LawOfTheDay } from './LawOfTheDay';

export function CaseFacts({ detail, children }: { detail: SuspicionDetail; children?: ReactNode }) {
  const { t, language } = useText();
  const word = useVehicleWords();
  const say = useDeadlineText();
  const state = detail.state in suspicions.decided ? t(`suspicions.decided.${detail.state}` as Key) : t('suspicions.tab.pending');
  return (
    <div className="case-facts">
      {detail.retracted_at && <Notice tone="warn">{t('suspicions.case.retracted')}</Notice>}
      <dl>
        <div><dt>{t('suspicions.case.plate')}</dt><dd className="plate">{detail.plate ?? t('suspicions.queue.noPlate')}</dd></div>
        <div><dt>{t('suspicions.case.vehicle')}</dt><dd>{word('kind', detail.class)}</dd></div>
        <div className="wide"><dt>{t('suspicions.case.behaviour')} · {t('suspicions.case.rule')} {detail.rule}</dt><dd>{word('behaviour', detail.violation)}</dd></div>
        <div><dt>{t('suspicions.case.place')}</dt><dd>{detail.site} / {detail.camera}</dd></div>
        <div><dt>{t('suspicions.case.at')}</dt><dd>{momentText(detail.occurred_at.utc).slice(0, 10)} {clockText(detail.occurred_at.utc)}</dd></div>
        <div className="wide">
          <dt>{t('suspicions.case.deadlines')}</dt>
          {detail.deadlines.map((each) => <dd key={each.kind} className={`deadline deadline-${each.urgency}`}>{say(each)}</dd>)}
        </div>
        <LawOfTheDay law={detail.law ?? null} violation={detail.violation} />
      </dl>
      <div className="case-foot">
        <p className="hint caution">{t('suspicions.case.number', { number: detail.number })} · {language === 'vi' ? detail.state_text : state} · {language === 'vi' && detail.caution ? detail.caution : t('suspicions.case.caution')}</p>
        {children}
      </div>
    </div>
  );
}
