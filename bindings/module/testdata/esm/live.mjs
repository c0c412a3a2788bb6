export let count = 0;
export function inc() { count++; }
export default class Thing {}
export { readFileSync as read } from 'node:fs';
export * from './star.mjs';
