// The one place a look-up is about. There is no choice of all.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { useText } from '../i18n';
import { Field } from './Field';

export function useSites() {
  return useQuery({
    queryKey: ['sites'],
    queryFn: ({ signal }) => api.call('get', '/api/v1/sites', { signal }),
    select: (answer) => answer.items.map((each) => each.site),
    staleTime: 5 * 60_000,
  });
}

export function SiteField({ sites, site, choose }: { sites: readonly string[]; site: string; choose: (site: string) => void }) {
  const { t } = useText();
  return (
    <Field label={t('shell.word.site')}>
      {(id) => <select id={id} value={site} onChange={(e) => choose(e.target.value)}>{sites.map((each) => <option key={each}>{each}</option>)}</select>}
    </Field>
  );
}
