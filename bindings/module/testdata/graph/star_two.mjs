export const x = 2;
export { only } from './star_one.mjs';
