export interface PhoneNumber {
  id: string;
  number: string;
  label: string;
}

/** The lines of the demo organization; 555-01xx numbers belong to nobody. */
export const phoneNumbers: readonly PhoneNumber[] = [
  { id: 'phone_demo', number: '+12025550100', label: 'Front desk' },
  { id: 'phone_second', number: '+12025550101', label: 'Second line' },
];
