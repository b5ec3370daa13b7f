// The rule on the day of the act, as the centre holds it: reference, summary, range of the fine. What the data do not give is
// said to be missing; the amount of a fine is nobody's business here.
import type { Law } from '../../api/types';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { momentText } from '../../text/time';

export function LawOfTheDay({ law, violation }: { law: Law | null; violation: string }) {
  const { t, language } = useText();
  if (!law) return <div className="wide"><dt>{t('suspicions.law.title')}</dt><dd>{t('suspicions.law.unknown', { code: violation })}</dd></div>;
  const day = (utc: string) => momentText(utc).slice(0, 10);
  const validity = law.valid_to
    ? t('suspicions.law.between', { from: day(law.valid_from.utc), to: day(law.valid_to.utc) })
    : t('suspicions.law.since', { from: day(law.valid_from.utc) });
  return (
    <div className="law">
      <dt>{t('suspicions.law.title')} · {validity}</dt>
      <dd>{law.legal_ref}: {language === 'vi' ? law.behaviour_vi : law.behaviour_en}</dd>
      <dd className="law-more">
        {t('suspicions.law.fine', { min: numberText(law.fine_min), max: numberText(law.fine_max) })}
        {typeof law.points === 'number' && law.points > 0 && <> · {t('suspicions.law.points', { points: law.points })}</>}
        {language === 'vi' && law.note && <> · {law.note}</>}
      </dd>
      <dd className="law-more">{law.statute ?? t('suspicions.law.noWords')}</dd>
    </div>
  );
}
