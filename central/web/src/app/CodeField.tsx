// Where the one-time code of a telephone is typed.
import { useText } from '../i18n';
import { Field } from '../ui/Field';

export function CodeField({ code, choose, hint }: { code: string; choose: (code: string) => void; hint?: string }) {
  const { t } = useText();
  return (
    <Field label={t('shell.signIn.code')} hint={hint}>
      {(id) => (
        <input id={id} name="code" className="one-time-code" inputMode="numeric" autoComplete="one-time-code" autoFocus required
          pattern="[0-9]{3} ?[0-9]{3}" maxLength={7} value={code} onChange={(e) => choose(e.target.value)} />
      )}
    </Field>
  );
}
