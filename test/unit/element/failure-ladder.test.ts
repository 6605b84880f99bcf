import { expect, it } from 'vitest';
import { LADDERS } from '../../../src/element/panel/views/failure-ladder.js';

it('every card but one offers a callback: there is no second button for it below the card', () => {
  const without = Object.entries(LADDERS).filter(
    ([, ladder]) => !(ladder as readonly string[]).includes('callback'),
  );
  expect(without.map(([reason]) => reason)).toEqual(['call-in-another-tab']);
});
