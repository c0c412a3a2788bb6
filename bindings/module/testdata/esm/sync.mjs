import { a } from './star.mjs';
export { a };
export default 'sync';
