import { expect, it } from 'vitest';
import { gatesOf, minuteOf, proposalOf } from './proposal';

it('reads gates, hours and the last day as the service takes them', () => {
  expect(gatesOf(' office/n1/main \n\noffice/n1/side, office/n1/main')).toEqual(['office/n1/main', 'office/n1/side']);
  expect([minuteOf('7:30'), minuteOf('24:00'), minuteOf('24:01'), minuteOf('7h30')]).toEqual([450, 1440, null, null]);
  const proposal = proposalOf({
    name: ' Mẫu 04 ', unit: '', basis: 'QĐ 01', consentOn: null, validTo: '2026-12-31', gates: 'office/n1/main', hours: { days: [1, 2], from: '7:00', to: '17:30' },
  }, ['YQ==']);
  expect(proposal).toMatchObject({ name: 'Mẫu 04', valid_to: '2026-12-31T17:00:00.000Z', consent_on: null, hours: [{ days: [1, 2], from_minute: 420, to_minute: 1050 }] });
});
