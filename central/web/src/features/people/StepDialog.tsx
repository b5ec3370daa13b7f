// A step about one person: said in full before it is taken. A gate pass is shown once, here, and kept nowhere.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../api/client';
import type { components } from '../../api/schema';
import type { Enrolment } from '../../api/types';
import { useText } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Failed, Loading, Notice } from '../../ui/States';
import { drawnCode } from '../../ui/drawnCode';
import { useErrorText } from '../../ui/errorText';

export type Step = 'approve' | 'reject' | 'withdraw' | 'pass';
type GatePass = Pick<components['schemas']['GatePassView'], 'text' | 'svg' | 'galleries'>;

interface Props {
  step: Step;
  of: Enrolment;
  onClose: () => void;
  done: () => void;
}

interface Taken {
  galleries: number;
  pass: GatePass | null;
}

async function take(step: Step, id: string): Promise<Taken> {
  const path = { id };
  switch (step) {
    case 'approve':
      return { galleries: (await api.call('post', '/api/v1/people/{id}/approve', { path })).galleries.length, pass: null };
    case 'reject':
      return { galleries: (await api.call('post', '/api/v1/people/{id}/reject', { path })).galleries.length, pass: null };
    case 'withdraw':
      return { galleries: (await api.call('post', '/api/v1/people/{id}/withdraw', { path })).galleries.length, pass: null };
    case 'pass': {
      const pass = await api.call('post', '/api/v1/people/{id}/pass', { path });
      return { galleries: pass.galleries.length, pass };
    }
  }
}

export function StepDialog({ step, of, onClose, done }: Props) {
  const { t } = useText();
  const say = useErrorText();
  const name = of.name ?? t('people.deleted');
  const taking = useMutation({ mutationFn: () => take(step, of.id), onSuccess: done, gcTime: 0 });
  const pass = taking.data?.pass;
  return (
    <Dialog title={pass ? t('people.pass.title', { name }) : t(`people.act.${step}`)} onClose={onClose}>
      {!taking.isSuccess && <p>{t(`people.ask.${step}`, { name })}</p>}
      {taking.isError && <Notice tone="bad" alert>{say(taking.error)}</Notice>}
      {pass && <Code pass={pass} />}
      {taking.data && <Notice tone="good">{t('people.done', { count: taking.data.galleries })}</Notice>}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t(taking.isSuccess ? 'shell.word.close' : 'shell.word.cancel')}</Button>
        {pass && <Button onClick={() => window.print()}>{t('people.pass.print')}</Button>}
        {!taking.isSuccess && (
          <Button look={step === 'withdraw' || step === 'reject' ? 'bad' : 'main'} disabled={taking.isPending} onClick={() => taking.mutate()}>{t(`people.act.${step}`)}</Button>
        )}
      </div>
    </Dialog>
  );
}

function Code({ pass }: { pass: GatePass }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const code = drawnCode(pass.svg);
    if (code) place.current?.replaceChildren(code);
  }, [pass.svg]);
  return (
    <>
      <div ref={place} className="gate-pass" />
      <p className="gate-pass-text">{pass.text}</p>
      <Notice tone="warn">{t('people.pass.once')}</Notice>
    </>
  );
}

export function CertificateDialog({ of, onClose }: { of: Enrolment; onClose: () => void }) {
  const { t } = useText();
  const query = useQuery({
    queryKey: ['certificate', of.id],
    queryFn: ({ signal }) => api.call('get', '/api/v1/people/{id}/certificate', { path: { id: of.id }, signal }),
    gcTime: 0,
  });
  return (
    <Dialog title={t('people.act.certificate')} onClose={onClose} wide>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <h3>{t('people.certificate.document')}</h3>
          <pre className="signed">{query.data.document}</pre>
          <h3>{t('people.certificate.signature')}</h3>
          <pre className="signed">{query.data.signature}</pre>
        </>
      )}
    </Dialog>
  );
}
