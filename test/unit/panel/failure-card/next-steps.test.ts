import { expect, it } from 'vitest';
import { NEXT_STEPS } from '../../../../src/panel/failure-card/next-steps.js';

it('every card but one offers a callback: there is no second button for it below the card', () => {
  const without = Object.entries(NEXT_STEPS).filter(
    ([, ladder]) => !(ladder as readonly string[]).includes('callback'),
  );
  expect(without.map(([reason]) => reason)).toEqual(['call-in-another-tab']);
});
