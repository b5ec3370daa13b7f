// Today at a glance: how many are inside against how many the place holds, this month, this year, the last.
import type { components } from '../../api/schema';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { clockText } from '../../text/time';
import { Failed, Loading } from '../../ui/States';
import { Card } from './Figure';
import { useNowAt } from './useOffice';

type Now = components['schemas']['VisitorsNow'];

export function Inside({ site }: { site: string }) {
  const { t } = useText();
  const now = useNowAt(site);
  if (now.isPending) return <Loading />;
  if (now.isError) return <Failed error={now.error} retry={() => void now.refetch()} />;
  return (
    <>
      <div className="figure-cards">
        <Filling now={now.data} />
        <Card title={t('visitors.todaySoFar')} figure={now.data.today} />
        <Card title={t('visitors.monthSoFar')} figure={now.data.month} />
        <Card title={t('visitors.yearSoFar')} figure={now.data.year} />
        <Card title={t('visitors.lastYear')} figure={now.data.last_year} />
      </div>
      <p className="hint">{t('visitors.updated', { at: clockText(now.data.at.utc) })}</p>
    </>
  );
}

function Filling({ now }: { now: Now }) {
  const { t } = useText();
  const inside = now.inside;
  return (
    <section className={`sheet figure-card fullness-${inside?.fullness ?? 'free'}`} aria-label={t('visitors.inside')}>
      <h2>{t('visitors.inside')}</h2>
      {inside ? (
        <>
          <p className="figure-number">{numberText(inside.count)}</p>
          {typeof now.capacity === 'number' && <meter min={0} max={now.capacity} high={now.capacity * 0.7} optimum={0} value={Math.min(inside.count, now.capacity)} aria-label={t('visitors.inside')} />}
          {typeof now.capacity === 'number'
            ? <p className={inside.fullness === 'free' ? 'hint' : 'lacks'}>{inside.fullness && inside.fullness !== 'free' ? `${t(`visitors.fullness.${inside.fullness}`)}: ` : ''}{t('visitors.ofCapacity', { share: inside.per_cent ?? 0, capacity: numberText(now.capacity) })}</p>
            : <p className="hint">{t('visitors.noCapacity')}</p>}
          <p className="hint">{t('visitors.insideHow')}</p>
          {inside.drift > 0 && <p className="lacks">{t('visitors.drift', { count: numberText(inside.drift) })}</p>}
          {inside.lacks && <p className="hint lacks">{t('visitors.insideLacks')}</p>}
        </>
      ) : <p className="hint">{t(now.needs_model ? 'visitors.noSum' : 'visitors.missing')}</p>}
    </section>
  );
}
