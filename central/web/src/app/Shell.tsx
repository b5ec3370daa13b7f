// The frame: which screens there are, for whose data, how the line stands.
import { type MouseEvent, Suspense, useEffect } from 'react';
import { useText } from '../i18n';
import { clockText } from '../text/time';
import { Empty, Loading } from '../ui/States';
import { Account } from './Account';
import { useUnseenAlerts } from './alerts';
import { Help } from './Help';
import { useLine } from './live';
import { goTo, usePath } from './router';
import { type Screen, SCREENS, screensFor } from './routes';
import { useHere, useSession } from './session';
import { Trapped } from './Trapped';

export function Shell() {
  const { t } = useText();
  const { roles, controller, controllers } = useHere();
  const { choose } = useSession();
  const path = usePath();
  const mine = screensFor(roles);
  const asked = SCREENS.find((screen) => screen.path === path);
  const open = asked ?? mine[0];
  useEffect(() => {
    document.title = open ? `${t(`shell.nav.${open.name}`)} – ${t('shell.name')}` : t('shell.name');
  });
  return (
    <div className="shell">
      <header className="bar">
        <strong className="brand">{t('shell.name')}</strong>
        <nav aria-label={t('shell.nav.label')}>
          {mine.map((screen) => <NavLink key={screen.name} screen={screen} current={screen === open} />)}
        </nav>
        <LineSign />
        {controllers.length > 1 && (
          <label className="controller">
            <span className="visually-hidden">{t('shell.account.controller')}</span>
            <select value={controller} onChange={(e) => choose(e.target.value)}>
              {controllers.map((name) => <option key={name}>{name}</option>)}
            </select>
          </label>
        )}
        <Help />
        <Account />
      </header>
      <StaleBanner />
      <main className="screen" key={controller}>
        <Trapped key={open?.name ?? ''}>
          <Suspense fallback={<Loading />}>
            {!open && <Empty>{t('shell.state.noScreen')}</Empty>}
            {open && (mine.includes(open) ? <open.View /> : <Empty>{t('shell.state.notYours')}</Empty>)}
          </Suspense>
        </Trapped>
      </main>
    </div>
  );
}

function NavLink({ screen, current }: { screen: Screen; current: boolean }) {
  const { t } = useText();
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(screen.path);
  };
  return <a href={screen.path} aria-current={current ? 'page' : undefined} onClick={follow}>{t(`shell.nav.${screen.name}`)}{screen.name === 'vehicles' && <UnseenAlerts />}</a>;
}

/** Quiet: a number, no sound and no window. */
function UnseenAlerts() {
  const { t } = useText();
  const { unseen } = useUnseenAlerts();
  if (unseen === 0) return null;
  return <><span className="count" aria-hidden="true">{unseen}</span><span className="visually-hidden"> {t('shell.nav.unseen', { count: unseen })}</span></>;
}

function LineSign() {
  const { t } = useText();
  const line = useLine();
  if (!line) return null;
  return <span className={`line line-${line.state}`} role="status">{t(`shell.line.${line.state}`)}</span>;
}

/** What is old must look old: the whole screen below is greyed while this stands. */
function StaleBanner() {
  const { t } = useText();
  const line = useLine();
  if (line?.state !== 'stale') return null;
  return <div className="stale-banner" role="alert">{t('shell.line.staleBanner', { at: clockText(line.heardAt) })}</div>;
}
