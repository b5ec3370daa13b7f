// What this program is, and whose work is built in.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { numberText } from '../../text/number';
import { Failed, Loading } from '../../ui/States';

export function About() {
  const { t } = useText();
  const query = useQuery({ queryKey: ['about'], queryFn: ({ signal }) => api.call('get', '/api/v1/about', { signal }), staleTime: Infinity });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const { version, commit, licence, built_in: builtIn } = query.data;
  return (
    <>
      <section>
        <h2>{t('shell.name')}</h2>
        <p>{t('admin.about.version', { version })} · {t('admin.about.commit', { commit: commit ?? t('admin.about.unknown') })} · {t('admin.about.licence', { licence })}</p>
        <p className="hint">{t('admin.about.models')}</p>
      </section>
      <section>
        <h2>{t('admin.about.builtIn', { count: numberText(builtIn.length) })}</h2>
        <div className="sheet">
          <table className="table">
            <thead><tr><th>{t('admin.about.name')}</th><th>{t('admin.about.versionColumn')}</th><th>{t('admin.about.licenceColumn')}</th></tr></thead>
            <tbody>{builtIn.map((each) => <tr key={`${each.part} ${each.name} ${each.version}`}><td>{each.name}</td><td>{each.version}</td><td>{each.licence}</td></tr>)}</tbody>
          </table>
        </div>
      </section>
    </>
  );
}
