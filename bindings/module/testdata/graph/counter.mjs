export let count = 0;
export const step = 2, { a, b: [c] } = { a: 'A', b: ['C'] };
export function inc() { count += step; return count++; }
export function swap() { [count, other] = [other, count]; for (count of [7, 8]); ({ count } = { count: count + 1 }); }
export var other = 100;
export class Box { static made = 0; constructor() { Box.made++; } }
export { count as alias, inc as default };
export const arrow = () => {};
