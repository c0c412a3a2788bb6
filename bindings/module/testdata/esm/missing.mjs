import { nope } from './star.mjs'; nope();
