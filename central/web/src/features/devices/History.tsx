// When devices were away: a strip of the last days for each, and the same as a table with what was said of it.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Outage } from '../../api/types';
import { type Key, useText } from '../../i18n';
import { devices } from '../../i18n/words/devices';
import { shareText } from '../../text/number';
import { DAY_MS, dayOf, dayText, momentText, windowOf } from '../../text/time';
import { Button } from '../../ui/Button';
import { Empty, Failed, Loading } from '../../ui/States';
import { useSpanWords } from './figures';
import { latestFirst, type Strip, stripsOf } from './outages';

const SPANS = [1, 7, 31] as const;

export interface Of { site: string; node: string; camera: string }

export function History({ of }: { of?: Of }) {
  const { t } = useText();
  const [days, setDays] = useState<(typeof SPANS)[number]>(7);
  // Whole days: from the first moment of the first day until now, to the minute.
  const to = Math.floor(api.now() / 60_000) * 60_000;
  const first = windowOf(dayOf(to - (days - 1) * DAY_MS))?.from ?? '';
  const query = useInfiniteQuery({
    queryKey: ['outages', of ?? null, days, first],
    queryFn: ({ pageParam, signal }) => api.call('get', '/api/v1/devices/outages', { query: { site: of?.site ?? null, node: of?.node ?? null, camera: of?.camera ?? null, from: first, to: null, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  return (
    <section>
      <div className="page-head">
        <h2>{t('devices.history.title')}</h2>
        <fieldset className="segments">
          <legend className="visually-hidden">{t('devices.history.span')}</legend>
          {SPANS.map((each) => <button key={each} type="button" aria-pressed={each === days} onClick={() => setDays(each)}>{each === 1 ? t('devices.history.today') : t('devices.history.days', { days: each })}</button>)}
        </fieldset>
      </div>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && <Shown strips={stripsOf({ items, availability: pages[0]?.availability ?? [] }, Date.parse(first), to)} from={Date.parse(first)} to={to} days={days} alone={of !== undefined} outages={latestFirst(items)} />}
      {query.hasNextPage && <p className="hint">{t('devices.history.more')} <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('shell.word.more')}</Button></p>}
    </section>
  );
}

function Shown({ strips, from, to, days, alone, outages }: { strips: Strip[]; from: number; to: number; days: number; alone: boolean; outages: ReturnType<typeof latestFirst> }) {
  const { t } = useText();
  const span = useSpanWords();
  // Several at once are joined by a plus.
  const kindText = ({ kind, kind_text: text }: Outage) => kind.split('+').map((part) => (part in devices.outage ? t(`devices.outage.${part}` as Key) : text)).join(', ');
  return (
    <>
      {strips.length > 0 && (
        <div className="sheet strips">
          {strips.map((strip) => (
            <div key={`${strip.site}/${strip.node}/${strip.camera ?? ''}`} className="strip">
              <span className="strip-name"><strong>{strip.camera ?? strip.node}</strong> {!alone && <span className="hint">{strip.camera ? `${strip.site} / ${strip.node}` : strip.site}</span>}</span>
              <Bar strip={strip} from={from} to={to} days={days} />
              <span className="number strip-share">{strip.share === null ? '–' : shareText(strip.share)}</span>
            </div>
          ))}
          <p className="hint">{t('devices.history.how', { from: momentText(from), to: momentText(to) })}</p>
        </div>
      )}
      {outages.length === 0 ? <Empty>{t('devices.history.none')}</Empty> : (
        <div className="sheet">
          <table className="table">
            <thead><tr>{!alone && <th>{t('devices.history.device')}</th>}<th>{t('devices.history.kind')}</th><th>{t('devices.history.began')}</th><th>{t('devices.history.ended')}</th><th className="number">{t('devices.history.length')}</th><th>{t('devices.reason')}</th></tr></thead>
            <tbody>
              {outages.map((each) => (
                <tr key={`${each.site}/${each.node}/${each.camera ?? ''}/${each.began_at.utc}/${each.kind}`} className={each.ended_at ? undefined : 'device-bad'}>
                  {!alone && <td><strong>{each.camera ?? each.node}</strong><br /><span className="hint">{each.camera ? `${each.site} / ${each.node}` : each.site}</span></td>}
                  <td>{kindText(each)}</td>
                  <td>{momentText(each.began_at.utc)}</td>
                  <td>{each.ended_at ? momentText(each.ended_at.utc) : <strong>{t('devices.history.lasts')}</strong>}</td>
                  <td className="number">{span((each.ended_at ? Date.parse(each.ended_at.utc) : to) - Date.parse(each.began_at.utc))}</td>
                  <td>{each.words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** Time from left to right, midnights as thin lines, outages as red stretches never thinner than can be seen. */
function Bar({ strip, from, to, days }: { strip: Strip; from: number; to: number; days: number }) {
  const { t } = useText();
  const midnights = Array.from({ length: days - 1 }, (_, n) => ((n + 1) * DAY_MS) / (to - from)).filter((at) => at < 1);
  const label = strip.stretches.length === 0 ? t('devices.history.whole') : t('devices.history.times', { count: strip.stretches.length });
  return (
    <svg className="strip-bar" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="strip-ground" width="1000" height="20" />
      {midnights.map((at) => <line key={at} className="strip-day" x1={at * 1000} x2={at * 1000} y1="0" y2="20"><title>{dayText(dayOf(from + at * (to - from)))}</title></line>)}
      {strip.stretches.map(({ from: began, to: ended, outage }) => (
        <rect key={outage.began_at.utc + outage.kind} className="strip-out" x={Math.min(began * 1000, 997)} width={Math.max((ended - began) * 1000, 3)} height="20">
          <title>{`${momentText(outage.began_at.utc)} – ${outage.ended_at ? momentText(outage.ended_at.utc) : t('devices.history.lasts')}`}</title>
        </rect>
      ))}
    </svg>
  );
}
