/** What `agent_choices` offers, in a call and beside each reply in a chat. */
export const OFFER = {
  question: 'When would you like to come?',
  choices: [
    { label: 'Today', text: 'I would like to come today' },
    { label: 'Tomorrow', text: 'I would like to come tomorrow' },
    { label: 'Our prices', href: 'https://example.org/prices' },
  ],
};
