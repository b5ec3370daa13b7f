// What a place on the screen shows when it has nothing to show yet, nothing at all, or failed.
import type { ReactNode } from 'react';
import { asApiError } from '../api/error';
import { useText } from '../i18n';
import { Button } from './Button';
import { useErrorText } from './errorText';

export function Loading() {
  const { t } = useText();
  return <p className="state state-loading" role="status">{t('shell.state.loading')}</p>;
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="state state-empty">{children}</div>;
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useText();
  const say = useErrorText();
  const { trouble } = asApiError(error);
  return (
    <div className="state state-failed" role="alert">
      <p>{say(error)}</p>
      {trouble === 'offline' && <p className="hint">{t('shell.state.offlineHint')}</p>}
      {retry && <Button onClick={retry}>{t('shell.state.retry')}</Button>}
    </div>
  );
}

type Tone = 'bad' | 'good' | 'warn' | 'plain';

export function Notice({ tone = 'plain', alert = false, children }: { tone?: Tone; alert?: boolean; children: ReactNode }) {
  return <div className={`notice notice-${tone}`} role={alert ? 'alert' : 'status'}>{children}</div>;
}
