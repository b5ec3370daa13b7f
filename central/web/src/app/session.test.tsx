import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import '../i18n';
import { api } from '../api/client';
import { SessionProvider, useHere, useSession } from './session';
import { SignIn } from './SignIn';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const SESSION = {
  user: 'mau-01', csrf: 'token', locked: false, has_pin: false, must: null, second_factor: false,
  roles: [{ controller: 'office', role: 'desk', label: '' }, { controller: 'police', role: 'auditor', label: '' }],
};
const answer = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));
const over = () => answer(401, { error: { code: 'session_ended', message: 'Phiên làm việc đã hết. Vui lòng đăng nhập lại.' } });

function Shown() {
  const { state, choose } = useSession();
  const here = useHere();
  if (state.is === 'out') return <SignIn why={state.why} />;
  return <button type="button" onClick={() => choose('police')}>{state.is} {here.user} {here.controller} {here.roles.join()}</button>;
}

function start(fetcher: typeof fetch) {
  vi.stubGlobal('fetch', fetcher);
  const queries = new QueryClient();
  render(<QueryClientProvider client={queries}><SessionProvider><Shown /></SessionProvider></QueryClientProvider>);
  return queries;
}

it('signs in, holds the token, chooses among bodies, and forgets everything when the session is over', async () => {
  let signedIn = false;
  const fetcher = vi.fn<typeof fetch>((_, init) => {
    if (init?.method === 'POST') signedIn = true;
    return signedIn ? answer(200, SESSION) : over();
  });
  const queries = start(fetcher);
  const user = await screen.findByLabelText('Tên đăng nhập');
  // A fresh page is no session that ended.
  expect(screen.queryByText(/Phiên làm việc đã hết/)).toBeNull();
  fireEvent.change(user, { target: { value: 'mau-01' } });
  fireEvent.change(screen.getByLabelText('Mật khẩu'), { target: { value: 'mot-mat-khau-dai' } });
  fireEvent.submit(user);
  await screen.findByText('in mau-01 office desk');
  expect([api.csrf, api.controller]).toEqual(['token', 'office']);
  queries.setQueryData(['people'], 'Mẫu 01');
  fireEvent.click(screen.getByRole('button'));
  await screen.findByText('in mau-01 police auditor');
  expect(queries.getQueryData(['people'])).toBeUndefined();

  queries.setQueryData(['people'], 'Mẫu 01');
  signedIn = false;
  await act(() => api.call('get', '/api/v1/gates').catch(() => undefined));
  await screen.findByText(/Phiên làm việc đã hết/);
  expect(queries.getQueryData(['people'])).toBeUndefined();
  expect([api.csrf, api.controller]).toEqual([null, null]);
});

it('empties the password field with a wrong password and says so', async () => {
  start(vi.fn<typeof fetch>((_, init) => (init?.method === 'POST'
    ? answer(401, { error: { code: 'wrong_credentials', message: 'Tên đăng nhập hoặc mật khẩu không đúng.' } }) : over())));
  const password = await screen.findByLabelText<HTMLInputElement>('Mật khẩu');
  fireEvent.change(password, { target: { value: 'sai' } });
  fireEvent.submit(password);
  await screen.findByText('Tên đăng nhập hoặc mật khẩu không đúng.');
  await waitFor(() => expect(password.value).toBe(''));
});

it('asks for the code of a telephone where the centre does, and holds the password no longer than that', async () => {
  const sent: unknown[] = [];
  start(vi.fn<typeof fetch>((_, init) => {
    if (init?.method !== 'POST') return over();
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as { code: string | null };
    sent.push(body);
    if (body.code === null) return answer(401, { error: { code: 'code_needed', message: '' } });
    return body.code === '123456' ? answer(200, SESSION) : answer(401, { error: { code: 'wrong_code', message: 'Mã xác thực không đúng hoặc đã dùng.' } });
  }));
  const user = await screen.findByLabelText('Tên đăng nhập');
  fireEvent.change(user, { target: { value: 'mau-01' } });
  fireEvent.change(screen.getByLabelText('Mật khẩu'), { target: { value: 'mot-mat-khau-dai' } });
  fireEvent.submit(user);
  const code = await screen.findByLabelText('Mã xác thực (6 chữ số)');
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.change(code, { target: { value: '000000' } });
  fireEvent.submit(code);
  await screen.findByText('Mã xác thực không đúng hoặc đã dùng.');
  fireEvent.change(screen.getByLabelText('Mã xác thực (6 chữ số)'), { target: { value: '123456' } });
  fireEvent.submit(screen.getByLabelText('Mã xác thực (6 chữ số)'));
  await screen.findByText('in mau-01 office desk');
  expect(sent).toEqual([null, '000000', '123456'].map((each) => ({ user: 'mau-01', password: 'mot-mat-khau-dai', code: each })));
});
