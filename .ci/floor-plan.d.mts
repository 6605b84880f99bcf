export interface Room {
  code?: string[];
  types?: string[];
  later?: string[];
  packages?: string[];
}

export const ROOMS: Record<string, Room>;
