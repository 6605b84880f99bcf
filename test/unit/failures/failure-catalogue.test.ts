import { expect, it } from 'vitest';
import { FAILURE_CATALOGUE } from '../../../src/failures/failure-catalogue.js';

it('every card but one offers a callback: there is no second button for it below the card', () => {
  const without = Object.entries(FAILURE_CATALOGUE).filter(
    ([, { nextSteps }]) => !nextSteps.includes('callback'),
  );
  expect(without.map(([reason]) => reason)).toEqual(['call-in-another-tab']);
});
