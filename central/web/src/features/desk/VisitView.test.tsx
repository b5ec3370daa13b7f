import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { api } from '../../api/client';
import { ApiError } from '../../api/error';
import type { Visit } from '../../api/types';
import { addWords } from '../../i18n';
import { desk } from '../../i18n/words/desk';
import { visits } from '../../i18n/words/visits';
import { VisitView } from './VisitView';

addWords('desk', desk);
addWords('visits', visits);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const moment = { utc: '2026-11-23T01:00:00Z', text: '' };
const visit = (more: Partial<Visit> = {}): Visit => ({
  visit_id: 'v', revision: 4, site: 's', visitor_name: 'Mẫu 01', organisation: null, purpose: 'x', badge: null, arrival_id: null,
  host: { host_id: 'h', name: 'Mẫu 05', department: null, room: '203', phone: '0205' }, state: 'host_called', state_text: '', arrived_at: moment, registered_by: 'g',
  called_at: moment, called_by: 'g', answered_at: null, answer: null, admitted_at: null, refused_at: null, refusal_reason: null, left_at: null, decided_by: null, decided_why: null, steps: [], ...more,
});

function shown(of: Visit) {
  const call = vi.spyOn(api, 'call').mockResolvedValue(of);
  const readAgain = vi.fn();
  render(<QueryClientProvider client={new QueryClient()}><VisitView visit={of} done={() => undefined} readAgain={readAgain} /></QueryClientProvider>);
  const press = (code: string) => fireEvent.keyDown(window, { code });
  const asked = () => call.mock.calls.map(([, path, with_]) => [String(path).split('/').at(-1), (with_ as { body: unknown }).body]);
  return { call, press, asked, readAgain };
}

it('notes the host’s answer by one key and quotes what was on the screen', async () => {
  const { press, asked } = shown(visit());
  press('Digit2');
  await waitFor(() => expect(asked()).toEqual([['host-answer', { revision: 4, answer: 'not_expected', note: null }]]));
});

it('admits at once whom the host expects, and asks why of everybody else', async () => {
  const expected = shown(visit({ state: 'expected' }));
  expected.press('KeyC');
  await waitFor(() => expect(expected.asked()).toEqual([['admit', { revision: 4, reason: null }]]));
  cleanup();
  vi.restoreAllMocks();
  const other = shown(visit({ state: 'no_answer' }));
  other.press('KeyC');
  const field = await screen.findByRole('textbox');
  expect(other.asked()).toEqual([]);
  fireEvent.change(field, { target: { value: 'Có giấy giới thiệu' } });
  fireEvent.submit(field);
  await waitFor(() => expect(other.asked()).toEqual([['admit', { revision: 4, reason: 'Có giấy giới thiệu' }]]));
});

it('refuses with a reason by two keys', async () => {
  const { press, asked } = shown(visit());
  press('KeyK');
  press('Digit1');
  await waitFor(() => expect(asked()).toEqual([['refuse', { revision: 4, reason: 'no_appointment', note: null }]]));
});

it('does nothing about a visitor who has left', () => {
  const { press, asked } = shown(visit({ state: 'left' }));
  for (const code of ['KeyG', 'Digit1', 'KeyC', 'KeyK', 'KeyR']) press(code);
  expect(asked()).toEqual([]);
});

it('reads again when another desk was faster, and says so', async () => {
  const { call, press, readAgain } = shown(visit());
  call.mockRejectedValue(new ApiError('refused', 409, 'visit_changed', ''));
  press('KeyG');
  await waitFor(() => expect(readAgain).toHaveBeenCalledOnce());
  expect((await screen.findByRole('alert')).textContent).toBe(visits.changed[0]);
});
