import { b, readA, hoisted } from './cycle_b.mjs';
export const a = 'a';
export function early() { return typeof hoisted; }
export let log = [b, readA(), hoisted()];
