// Lượt khách: the tourism office's own pages, or for other desks the counting lines of a day.
import { lazy, Suspense } from 'react';
import { useHere } from '../../app/session';
import { addWords } from '../../i18n';
import { visitors } from '../../i18n/words/visitors';
import { Loading } from '../../ui/States';
import './visitors.css';

addWords('visitors', visitors);

const Office = lazy(() => import('./Office'));
const LinesDay = lazy(() => import('./LinesDay'));

export default function VisitorsScreen() {
  const { roles } = useHere();
  return <Suspense fallback={<Loading />}>{roles.includes('tourism') ? <Office /> : <LinesDay />}</Suspense>;
}
