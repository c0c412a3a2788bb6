export * from './star_one.mjs';
export * from './star_two.mjs';
export * as inner from './star_one.mjs';
