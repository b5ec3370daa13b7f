import { expect, it } from 'vitest';
import { drawnCode } from './drawnCode';

it('takes shapes over and nothing that could act', () => {
  const code = drawnCode('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><script>x()</script><rect width="9" height="9" fill="#fff" style="x"/><a href="x"><path d="M0 0"/></a><path d="M1 1h1" fill="#000"/></svg>');
  expect(code?.outerHTML).toBe('<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"></rect><path d="M1 1h1" fill="#000"></path></svg>');
  expect(drawnCode('<html/>')).toBeNull();
  expect(drawnCode('no drawing')).toBeNull();
});
