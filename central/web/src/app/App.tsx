// The console: sign-in, or the shell with its screens.
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { asApiError } from '../api/error';
import { Failed, Loading } from '../ui/States';
import { AlertsProvider } from './alerts';
import { LiveProvider } from './live';
import { SessionProvider, useSession } from './session';
import { Shell } from './Shell';
import { SignIn } from './SignIn';

const First = lazy(() => import('./First'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal does not become another answer by asking again.
      retry: (times, error) => times < 2 && asApiError(error).trouble === 'offline',
      // Reading is on record for most of these: nothing is read again only because a window was clicked.
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      gcTime: 60_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  return (
    // The page's policy forbids inline style elements; what they would say stands in our own style sheets.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <Entrance />
        </SessionProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function Entrance() {
  const { state, ask } = useSession();
  switch (state.is) {
    case 'asking':
      return <main className="sign-in"><Loading /></main>;
    case 'failed':
      return <main className="sign-in"><Failed error={state.error} retry={ask} /></main>;
    case 'out':
      return <SignIn why={state.why} />;
    case 'in':
      if (state.session.must) return <Suspense fallback={<main className="sign-in"><Loading /></main>}><First must={state.session.must} /></Suspense>;
      return <LiveProvider><AlertsProvider><Shell /></AlertsProvider></LiveProvider>;
  }
}
