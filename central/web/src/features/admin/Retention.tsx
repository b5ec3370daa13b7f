// How long what is kept and who set it so, what goes next, what went. Numbers and days only.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Retention as View } from '../../api/types';
import { useHere } from '../../app/session';
import { type Key, useText } from '../../i18n';
import { admin } from '../../i18n/words/admin';
import { numberText } from '../../text/number';
import { dayOf, dayText, momentText } from '../../text/time';
import { Empty, Failed, Loading } from '../../ui/States';
import { Settings } from './RetentionSettings';

/** What went or goes; the service's own word where we have none for it. */
function useGone(): (code: string) => string {
  const { t } = useText();
  return (code) => (code in admin.gone ? t(`admin.gone.${code}` as Key) : code);
}

export function Retention() {
  const administers = useHere().roles.includes('administrator');
  const query = useQuery({ queryKey: ['retention'], queryFn: ({ signal }) => api.call('get', '/api/v1/retention', { signal }), staleTime: Infinity });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <Settings all={query.data.settings} mayChange={administers} readAgain={() => void query.refetch()} />
      <Next of={query.data} />
      <Times of={query.data} />
      <Log of={query.data} />
    </>
  );
}

function Next({ of }: { of: View }) {
  const { t } = useText();
  const gone = useGone();
  return (
    <section>
      <h2>{t('admin.kept.next')}</h2>
      {of.next.length === 0 ? <Empty>{t('admin.kept.nothing')}</Empty> : (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('admin.kept.what')}</th><th className="number">{t('admin.kept.rows')}</th><th>{t('admin.kept.oldest')}</th></tr></thead>
            <tbody>
              {of.next.map((each) => (
                <tr key={each.what}><td>{gone(each.what)}</td><td className="number">{numberText(each.rows)}</td><td>{each.oldest && dayText(dayOf(Date.parse(each.oldest.utc)))}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Times({ of }: { of: View }) {
  const { t } = useText();
  const values = (days: number | null | undefined) => ({ days: days ?? 0, content: of.rejected_content_days, record: of.rejected_record_days });
  return (
    <section>
      <h2>{t('admin.kept.times')}</h2>
      <p className="hint">{t('admin.kept.source')}</p>
      <div className="sheet">
        <table className="table">
          <thead><tr><th>{t('admin.kept.class')}</th><th>{t('admin.kept.time')}</th><th>{t('admin.kept.tables')}</th></tr></thead>
          <tbody>
            {of.classes.map((each) => (
              <tr key={`${each.class} ${each.rule} ${each.days}`}>
                <td>{each.class in admin.class ? t(`admin.class.${each.class}` as Key) : each.class}</td>
                <td>{each.rule in admin.rule ? t(`admin.rule.${each.rule}` as Key, values(each.days)) : each.rule}{each.guarded && <><br /><span className="hint">{t('admin.kept.locked')}</span></>}</td>
                <td className="hint">{each.tables.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** `events 12, evidence 3` in words. */
function Removed({ what }: { what: string }) {
  const gone = useGone();
  const parts = what.split(', ').map((part) => {
    const [code = '', rows = ''] = part.split(' ');
    return `${gone(code)}: ${numberText(Number(rows))}`;
  });
  return <>{parts.join(' · ')}</>;
}

function Log({ of }: { of: View }) {
  const { t } = useText();
  return (
    <section>
      <h2>{t('admin.kept.log')}</h2>
      {of.removed.length === 0 ? <Empty>{t('admin.kept.none')}</Empty> : (
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('shell.word.time')}</th><th>{t('admin.kept.what')}</th></tr></thead>
            <tbody>
              {of.removed.map((each, i) => (
                <tr key={i}><td>{momentText(each.at.utc)}</td><td><Removed what={each.what} />{each.shared && <><br /><span className="hint">{t('admin.kept.shared')}</span></>}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
