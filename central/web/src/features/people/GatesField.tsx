// Which gates: chosen out of those there are. Where the list cannot be read they are typed, as they stand in a spreadsheet.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { useText } from '../../i18n';
import { Field } from '../../ui/Field';
import { Loading } from '../../ui/States';
import { useErrorText } from '../../ui/errorText';
import { gatesOf } from './proposal';

interface Props {
  /** Lines of site/node/gate. */
  gates: string;
  choose: (gates: string) => void;
}

export function GatesField({ gates, choose }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const query = useQuery({ queryKey: ['gate names'], queryFn: ({ signal }) => api.call('get', '/api/v1/gates', { signal }), staleTime: 5 * 60_000 });
  const chosen = gatesOf(gates);
  if (query.isPending) return <Loading />;
  if (query.isError || query.data.items.length === 0) {
    return (
      <Field label={t('people.form.gates')} hint={query.isError ? say(query.error) : t('people.form.noGates')}>
        {(id) => <textarea id={id} name="gates" required rows={2} spellCheck={false} value={gates} onChange={(e) => choose(e.target.value)} />}
      </Field>
    );
  }
  const known = query.data.items.map((gate) => ({ name: `${gate.site}/${gate.node}/${gate.gate}`, title: gate.title, site: gate.site }));
  const sites = [...new Set(known.map((gate) => gate.site))];
  const toggle = (name: string, on: boolean) => choose((on ? [...chosen, name] : chosen.filter((each) => each !== name)).join('\n'));
  return (
    <fieldset className="gate-names">
      <legend>{t('people.form.chooseGates')}</legend>
      {sites.map((site) => (
        <div key={site}>
          <p className="hint">{site}</p>
          <div className="gate-names-of">
            {known.filter((gate) => gate.site === site).map((gate) => (
              <label key={gate.name} className="check">
                <input type="checkbox" data-gate={gate.name} checked={chosen.includes(gate.name)} onChange={(e) => toggle(gate.name, e.target.checked)} /> {gate.title} <span className="hint">{gate.name}</span>
              </label>
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
